"""The days of a comparison: which are counted, which they stand beside, and which row of one is which of the other.

*How it works*: `days_of` gives the days of a report's period and those before (kit/periods.py). Where the rows of a
report are periods of the very date that is compared, a row stands beside the row in its place before: March beside
March a year ago, the third week beside the third week. `shifter` moves the keys of the rows before to those places.

*Rules*: 29 February has no day a year later: its figures are in the totals alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.periods import Span, earlier, span_of
from guanxi.kit.relative_dates import WINDOWS, add_months, start_of, today

_PERIODS = ("day", "week", "month", "quarter", "year")
Shift = Callable[[Any], Any]
"""From a key of the days before to the one it stands beside; None where there is none."""


@dataclass(frozen=True, slots=True)
class Days:
    """A period on a date, and the days that it stands beside: none beside a number to reach."""

    date: str
    period: Any
    how: str
    span: Span
    before: Span | None

    @property
    def filter(self) -> dict[str, Any]:
        """The condition that finds the records of the period."""
        return in_days(self.date, self.period, self.span)

    @property
    def filter_before(self) -> dict[str, Any] | None:
        """The condition that finds those of the days before."""
        return between(self.date, self.before) if self.before else None


def days_of(ctx: Ctx, compare: Mapping[str, Any] | None) -> Days | None:
    """The days that a report's `compare` (checked) speaks of."""
    if not compare or not compare.get("date"):
        return None
    day = today(ctx.now, ctx.workspace.zone)
    span = span_of(compare["period"], day)
    try:
        before = earlier(span, compare["how"], day)
    except ValueError:
        before = None
    return Days(compare["date"], compare["period"], compare["how"], span, before)


def in_days(path: str, period: Any, span: Span) -> dict[str, Any]:
    """The condition that a date is in the period: by its name where lists know it."""
    if isinstance(period, str) and period in WINDOWS:
        return {"field": path, "op": "within", "value": period}
    return between(path, span)


def between(path: str, span: Span) -> dict[str, Any]:
    """The condition that a date is in the span."""
    return {
        "and": [
            {"field": path, "op": "on_or_after", "value": span.start.isoformat()},
            {"field": path, "op": "before", "value": span.end.isoformat()},
        ]
    }


def all_of(parts: Sequence[Any]) -> Any:
    """The conditions together; None for none."""
    found = [part for part in parts if part]
    return found[0] if len(found) == 1 else {"and": found} if found else None


def shifters(groups: Sequence[Mapping[str, Any]], days: Days) -> dict[str, Shift]:
    """By the field of each dimension that is a period of the compared date: how its keys before move."""
    return {
        group["field"]: _shifter(group["bucket"], days.how, days.span, days.before)
        for group in groups
        if days.before and group["field"] == days.date and group.get("bucket") in _PERIODS
    }


def _shifter(bucket: str, how: str, span: Span, before: Span) -> Shift:
    first, was = start_of(bucket, span.start), start_of(bucket, before.start)
    if bucket == "day" and how == "year":
        return lambda key: _text(_a_year_later(date.fromisoformat(key))) if key else None
    if bucket in ("day", "week"):
        moved = first - was
        return lambda key: _text(date.fromisoformat(key) + moved) if key else None
    months = (first.year - was.year) * 12 + first.month - was.month
    return lambda key: _text(add_months(date.fromisoformat(key), months)) if key else None


def _a_year_later(day: date) -> date | None:
    return None if (day.month, day.day) == (2, 29) else add_months(day, 12)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
