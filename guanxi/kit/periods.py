"""Spans of days that figures are asked for, and the span that one of them is compared with.

*How it works*: a period is the name of a window (`this_month`, `last_7_days`) or `{"from", "to"}`, both days included.
`span_of` gives its days as [start, end). `earlier` gives those it is compared with: `previous`, the same period before
it, or `year`, the same days a year before. Of a period that is still running only the days gone by are compared:
three weeks of this month stand beside the first three weeks of the last one, not beside all of it.

*Rules*: pure; `today` is always given. What does not exist is a ValueError.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from guanxi.kit.relative_dates import FIRST_YEAR, LAST_YEAR, WINDOWS, add_months, shift

NAMED = (
    "today", "yesterday", "this_week", "last_week", "this_month", "last_month", "this_quarter", "last_quarter",
    "this_year", "last_year", "last_7_days", "last_30_days", "last_90_days",
)  # fmt: skip
COMPARED = ("previous", "year")
MOST_DAYS = 3660


@dataclass(frozen=True, slots=True)
class Span:
    """The days from `start` up to `end`, which is no part of it; `unit` is the calendar's name for it, or none."""

    start: date
    end: date
    unit: str | None = None

    @property
    def days(self) -> int:
        """How many."""
        return (self.end - self.start).days


def span_of(period: Any, today: date) -> Span:
    """The days of a period; raises ValueError for what is none."""
    if isinstance(period, str):
        if period not in NAMED:
            raise ValueError(f"not a period: {period[:30]!r}")
        start, end = WINDOWS[period](today)
        unit = period.split("_")[1] if period.startswith(("this_", "last_")) else "day"
        return Span(start, end, unit if unit in ("day", "week", "month", "quarter", "year") else None)
    if not isinstance(period, dict) or set(period) != {"from", "to"}:
        raise ValueError("not a period")
    first, last = (_day(period[name]) for name in ("from", "to"))
    if not first <= last or (last - first).days >= MOST_DAYS:
        raise ValueError("out of the calendar")
    return Span(first, last + timedelta(days=1))


def earlier(span: Span, how: str, today: date) -> Span:
    """The days that those of `span` up to today are compared with; raises ValueError out of the calendar."""
    if how not in COMPARED:
        raise ValueError(f"not a comparison: {how[:30]!r}")
    tomorrow = today + timedelta(days=1)
    gone = Span(span.start, tomorrow) if span.start < tomorrow < span.end else span
    if how == "year":
        return Span(add_months(gone.start, -12), _a_year_before(gone.end))
    if span.unit is None:
        return Span(
            span.start - timedelta(days=span.days), span.start - timedelta(days=span.days - gone.days)
        )
    start = shift(span.unit, span.start, -1)
    if gone is span:
        return Span(start, span.start)
    return Span(start, min(start + timedelta(days=gone.days), span.start))


def _a_year_before(end: date) -> date:
    """The end of the same days a year before: the day after the last of them."""
    return add_months(end - timedelta(days=1), -12) + timedelta(days=1)


def _day(given: Any) -> date:
    if not isinstance(given, str) or len(given) != 10:
        raise ValueError("not a day")
    found = date.fromisoformat(given)
    if not FIRST_YEAR + 20 <= found.year <= LAST_YEAR - 1:
        raise ValueError("out of the calendar")
    return found
