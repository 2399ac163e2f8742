"""SQL text with its parameters, kept together until it is run.

*How it works*: a `Sql` is a piece of PostgreSQL with `%s` placeholders and the values for them; pieces
are joined, never formatted with values. Names come from declarations and pass through `ident`.

*Rules*: no value of a person ever stands in `text`; `ident` is the only way for a name to get there.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_NAME = re.compile(r"^[a-z_][a-z0-9_]{0,62}\Z")
_KEY = re.compile(r"^[a-z_][a-z0-9_]*[#$]?\Z")


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL and its parameters, in the order of their `%s`."""

    text: str
    params: tuple[Any, ...] = ()

    def __add__(self, other: "Sql | str") -> "Sql":
        if isinstance(other, str):
            return Sql(self.text + other, self.params)
        return Sql(self.text + other.text, self.params + other.params)

    def __radd__(self, other: str) -> "Sql":
        return Sql(other + self.text, self.params)

    def __bool__(self) -> bool:
        return bool(self.text)

    def wrapped(self) -> "Sql":
        """The piece in parentheses."""
        return Sql(f"({self.text})", self.params)


TRUE = Sql("TRUE")
FALSE = Sql("FALSE")


def sql(template: str, *parts: Any) -> Sql:
    """Fill each `{}` of `template` with a Sql piece, or with `%s` for any other value."""
    pieces = template.split("{}")
    if len(pieces) != len(parts) + 1:
        raise ValueError(f"{len(parts)} parts for {template!r}")
    text = pieces[0]
    params: tuple[Any, ...] = ()
    for part, piece in zip(parts, pieces[1:], strict=True):
        if isinstance(part, Sql):
            text += part.text
            params += part.params
        else:
            text += "%s"
            params += (part,)
        text += piece
    return Sql(text, params)


def join(pieces: Iterable[Sql], separator: str = ", ") -> Sql:
    """The pieces one after the other."""
    texts: list[str] = []
    params: list[Any] = []
    for piece in pieces:
        texts.append(piece.text)
        params.extend(piece.params)
    return Sql(separator.join(texts), tuple(params))


def all_of(pieces: Iterable[Sql]) -> Sql:
    """AND of the pieces; TRUE when there are none."""
    kept = [piece for piece in pieces if piece.text != "TRUE"]
    return join((piece.wrapped() for piece in kept), " AND ") if kept else TRUE


def any_of(pieces: Iterable[Sql]) -> Sql:
    """OR of the pieces; FALSE when there are none."""
    kept = list(pieces)
    if any(piece.text == "TRUE" for piece in kept):
        return TRUE
    return join((piece.wrapped() for piece in kept), " OR ") if kept else FALSE


def ident(name: str) -> str:
    """A quoted identifier; raises ValueError for anything but a plain lower-case name."""
    if not _NAME.match(name):
        raise ValueError(f"not an identifier: {name!r}")
    return f'"{name}"'


def literal(text: str) -> Sql:
    """A text constant inside SQL for places that take no parameter (index expressions): keys only.

    The keys of what belongs to a field's value (`phone#`) are keys, too.
    """
    if not _KEY.match(text):
        raise ValueError(f"not a key: {text!r}")
    return Sql(f"'{text}'")
