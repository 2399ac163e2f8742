"""What a rule is made of: comparisons of fields, their levels, and the weight of each level.

*How it works*: a `Comparison` prepares a row's value once and tells at which `Level` two values agree. A level
weighs log2(m / u) bits: m is how often records that are the same agree like this, u how often others do by
chance (Fellegi and Sunter 1969). The bits of a pair's fields and of the prior odds add up to its score.

*Rules*: a missing value says nothing and weighs nothing. A level that `contradicts` keeps clusters apart.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log2
from typing import Any

from guanxi.kit.text import Text

Row = Mapping[str, Any]  # role → text, or a list of texts
Value = Any  # prepared, hashable; None for nothing
Seen = Counter[Hashable]


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which two values agree or differ."""

    key: str
    text: Text
    m: float
    u: float
    contradicts: bool = False

    @property
    def bits(self) -> float:
        """The shipped weight."""
        return log2(self.m / self.u)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One field of a rule. `compare` gives the index of a level and is told how many records have what.

    `counted` are the keys by which a value is counted; `rarity` lets equality weigh by the first of them.
    """

    key: str
    label: Text
    prepare: Callable[[Row], Value]
    compare: Callable[[Any, Any, Seen], int]
    levels: tuple[Level, ...]
    learns: bool = True
    rarity: bool = False
    counted: Callable[[Any], tuple[Hashable, ...]] = lambda value: (value,)
    reads: tuple[str, ...] = ()

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that `prepare` reads."""
        return self.reads or (self.key,)

    def index(self, key: str) -> int:
        """The position of the level of a key."""
        return next(n for n, level in enumerate(self.levels) if level.key == key)


@dataclass(frozen=True, slots=True)
class Pass:
    """One way of bringing records together: `keys` of a row's prepared values.

    The keys of a `loose` pass hold many that are alike by chance (all brands with one character left out): its
    blocks are cut earlier.
    """

    keys: Callable[[Sequence[Value]], Iterable[Hashable]]
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """What records of one kind are compared by.

    `order` sorts the rows of a block that is too large; `veto` refuses pairs whatever the sum says;
    `survey` looks at all candidate pairs' first values before any is judged and may add to what has been counted;
    `hopeless` then says which pairs of a loose pass, by their first values, need not be compared;
    `identical` says whether rows with these values, all equal, are the same without further evidence.
    """

    key: str
    label: Text
    comparisons: tuple[Comparison, ...]
    passes: tuple[Pass, ...]
    order: Callable[[Sequence[Value]], str]
    veto: Callable[[Mapping[str, str]], bool] = lambda levels: False
    identical: Callable[[Sequence[Value]], bool] = lambda values: True
    survey: Callable[[Iterable[tuple[Value, Value]], Seen], None] = lambda pairs, seen: None
    hopeless: Callable[[Value, Value, Seen], bool] = lambda a, b, seen: False
    prior: float = 1e-4
    roles: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """How one field of a pair agrees, in words and in bits for (or against) their being the same."""

    field: str
    label: Text
    level: str
    text: Text
    bits: float

    def as_json(self, locale: str | None = None) -> dict[str, Any]:
        """For files and answers; in one language, or in both when none is given."""
        label, text = (
            (self.label.in_(locale), self.text.in_(locale))
            if locale
            else (self.label.as_dict(), self.text.as_dict())
        )
        return {
            "field": self.field,
            "label": label,
            "level": self.level,
            "text": text,
            "bits": round(self.bits, 1),
        }
