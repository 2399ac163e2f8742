"""What can be a target: declared measures over records.

*How it works*: a `TargetMeasure` counts records, or adds up an amount of theirs, by who owns them and by a date. It may
have several sources (a follow-up is a note, a call, a visit). A topic adds one with `declare_measure`, in one line.

*Rules*: declarations only, objects and fields by key; figures.py reads them through the query door. A measure whose
object or field somebody may not see does not exist for them.
"""

from dataclasses import dataclass
from typing import Any

from guanxi.kit.registry import Registry
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class Source:
    """Records that count: those of `object` that match `filter`, on the day of `date`, for whoever is `owner`.

    `amount` is the field that is added up; without, each record counts as one.
    """

    object: str
    date: str
    amount: str | None = None
    owner: str = "owner"
    filter: Any = None


@dataclass(frozen=True, slots=True)
class TargetMeasure:
    """A number that somebody can be given a target for."""

    key: str
    label: Text
    help: Text
    sources: tuple[Source, ...]

    @property
    def is_money(self) -> bool:
        """True when it adds up amounts."""
        return any(source.amount is not None for source in self.sources)

    @property
    def object(self) -> str | None:
        """The one object it measures; None where several kinds of records add up."""
        keys = {source.object for source in self.sources}
        return keys.pop() if len(keys) == 1 else None


target_measures: Registry[TargetMeasure] = Registry("target measure", lambda measure: measure.key)


def declare_measure(key: str, label: tuple[str, str], about: tuple[str, str], *sources: Source) -> None:
    """Make something a target can be set for."""
    target_measures.register(TargetMeasure(key, Text(*label), Text(*about), sources))
