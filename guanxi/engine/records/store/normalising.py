"""The normalisers of identity rules, each with a memory.

*See*: keys.py, kit/normalise.py; foreseeing.py, which fills the memory.
"""

from collections.abc import Callable, Mapping, Sequence

from guanxi.kit.normalise import (
    normalise_company,
    normalise_email,
    normalise_name,
    normalise_person,
    normalise_phone,
    normalise_tax_number,
)

REMEMBERED = 20_000


class Normaliser:
    """A normaliser with a memory: a pass asks twice for each value, for duplicates and for the keys."""

    def __init__(self, normalise: Callable[[str], str | None]) -> None:
        self._normalise = normalise
        self._known: dict[str, str | None] = {}

    def __call__(self, text: str) -> str | None:
        known = self._known.get(text, "")  # nothing is normalised to an empty text
        if known == "":
            known = self._normalise(text) or None
            self.learn({text: known})
        return known

    def column(self, texts: Sequence[str | None]) -> list[str | None]:
        """The normal form of each text."""
        get = self._known.get
        found: list[str | None] = [None if text is None else get(text, "") for text in texts]
        if "" not in found:
            return found
        fresh = {
            text: self._normalise(text) or None
            for text, normal in zip(texts, found, strict=True)
            if normal == "" and text is not None
        }
        self.learn(fresh)
        return [fresh[text] if normal == "" and text is not None else normal
                for text, normal in zip(texts, found, strict=True)]  # fmt: skip

    def learn(self, known: Mapping[str, str | None]) -> None:
        """Remember what others have worked out."""
        if len(self._known) + len(known) > REMEMBERED:
            self._known = {}
        self._known.update(known)


NORMALISERS: Mapping[str, Callable[[str], str | None]] = {
    "name": Normaliser(normalise_name),
    "company": Normaliser(normalise_company),
    "person": Normaliser(normalise_person),
    "phone": Normaliser(normalise_phone),
    "email": Normaliser(normalise_email),
    "tax_number": normalise_tax_number,
    "text": lambda text: " ".join(text.split()).casefold() or None,
}


def normal_forms(name: str, texts: Sequence[str | None]) -> list[str | None]:
    """The normal form of each text by the normaliser of this name."""
    normaliser = NORMALISERS[name]
    if isinstance(normaliser, Normaliser):
        return normaliser.column(texts)
    return [None if text is None else normaliser(text) for text in texts]


def learn_normals(known: Mapping[str, Mapping[str, str | None]]) -> None:
    """Remember normal forms: by normaliser, by text."""
    for name, normals in known.items():
        normaliser = NORMALISERS.get(name)
        if isinstance(normaliser, Normaliser):
            normaliser.learn(normals)
