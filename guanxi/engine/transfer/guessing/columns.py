"""Headers and samples to fields: each column's best field, each field at most once.

*How it works*: every (column, field) pair gets a score from the names; values that do not fit take half
of it away. Pairs are then given out from the best down. Columns left over are looked at for a shape
(e-mail, phone, address of a site, tax number) that one free field is for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.transfer.guessing.names import names_of, normal, score
from guanxi.engine.transfer.guessing.values import are_mobiles, fit, shape

MAPPED_FROM = 0.55
SHOWN_FROM = 0.3
BY_SHAPE = 0.6


@dataclass(frozen=True, slots=True)
class Guess:
    """A column's field and how sure we are, 0 to 1; it is mapped from MAPPED_FROM on."""

    field: str
    confidence: float

    @property
    def is_sure(self) -> bool:
        """True when it is good enough to be the mapping unless somebody says otherwise."""
        return self.confidence >= MAPPED_FROM


def guess_columns(
    headers: Sequence[str],
    samples: Sequence[Sequence[str]],
    obj: ObjectDef,
    fields: Iterable[FieldDef],
    objects: Mapping[str, ObjectDef],
    env: Env,
) -> list[Guess | None]:
    """For every column its guess, or None. `fields` are those that may be written."""
    offered = [field for field in fields if field.type.storage != "none"]
    named = names_of(obj, offered, objects)
    pairs: list[tuple[float, int, FieldDef]] = []
    for index, header in enumerate(headers):
        for names in named:
            found = score(header, names, obj)
            if found < SHOWN_FROM:
                continue
            fits = fit(samples[index], names.field, env) if index < len(samples) else None
            if fits is not None and fits < 0.5:
                found *= 0.5
            pairs.append((found, index, names.field))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2].position))
    guesses: list[Guess | None] = [None] * len(headers)
    taken: set[str] = set()
    for found, index, field in pairs:
        if guesses[index] is None and field.key not in taken and found >= SHOWN_FROM:
            guesses[index] = Guess(field.key, round(found, 2))
            taken.add(field.key)
    _by_shape(guesses, taken, samples, offered)
    return guesses


def _by_shape(
    guesses: list[Guess | None], taken: set[str], samples: Sequence[Sequence[str]], fields: Sequence[FieldDef]
) -> None:
    for index, column in enumerate(samples):
        if guesses[index] is not None or (found := shape(column)) is None:
            continue
        kind, share = found
        free = [field for field in fields if field.type.type == kind and field.key not in taken]
        if kind == "phone":
            mobiles = are_mobiles(column)
            free.sort(key=lambda field: ("mobile" in normal(field.key)) is not mobiles)
        if free:
            guesses[index] = Guess(free[0].key, round(BY_SHAPE * share, 2))
            taken.add(free[0].key)


def guess_object(
    headers: Sequence[str],
    samples: Sequence[Sequence[str]],
    candidates: Iterable[tuple[ObjectDef, Sequence[FieldDef]]],
    objects: Mapping[str, ObjectDef],
    env: Env,
) -> str | None:
    """The object whose fields the headers name best, or None when none is named well."""
    best, best_score = None, 0.0
    for obj, fields in candidates:
        guesses = [guess for guess in guess_columns(headers, samples, obj, fields, objects, env) if guess]
        total = sum(guess.confidence for guess in guesses if guess.is_sure) / max(len(headers), 1)
        # The title named by its own header ("客户名称") tells more than fields that every object has.
        if any(guess.field == obj.title_field and guess.confidence >= 0.9 for guess in guesses):
            total += 0.25
        if total > best_score:
            best, best_score = obj.key, total
    return best if best_score >= 0.3 else None
