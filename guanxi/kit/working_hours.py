"""Clocks that run only while people work: "within 30 minutes" of an enquiry that came in at night.

*How it works*: `WorkingHours` says from when to when on which days: those of the working calendar (Chinese
public holidays and the weekends worked in exchange), or fixed weekdays. Each day's stretches become moments of
the zone, so that clocks hold on days on which the zone's own clocks are put forward or back.

*Rules*: pure arithmetic. A stretch does not reach past midnight; `24:00` is the end of a day. Hours in which
nobody ever works are refused, so that counting always ends.

*See*: working_calendar.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.kit.working_calendar import is_workday

MAX_STRETCHES = 4
MAX_DAYS = 3660
MIN_MINUTES = 60
"""With an hour on one day of the week, MAX_DAYS hold 500 working hours: clocks of a week always end."""
DAY_ENDS = "24:00"


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """When people work: `stretches` in minutes of the day, in order; `weekdays` 1 to 7, None for the calendar."""

    zone: ZoneInfo
    stretches: tuple[tuple[int, int], ...] = ((9 * 60, 18 * 60),)
    weekdays: frozenset[int] | None = None

    def works_on(self, day: date) -> bool:
        """True when people work on that day."""
        return is_workday(day) if self.weekdays is None else day.isoweekday() in self.weekdays

    def is_open(self, at: datetime) -> bool:
        """True when people work at that moment."""
        day = at.astimezone(self.zone).date()
        return any(start <= at < end for start, end in self._moments(day))

    def after(self, start: datetime, minutes: float) -> datetime:
        """The moment by which so many working minutes have passed since `start`."""
        left = timedelta(minutes=minutes)
        for opens, closes in self._from(start):
            begin = max(opens, start)
            if closes - begin >= left:
                return begin + left
            left -= closes - begin
        raise OverflowError("nobody works for years")

    def minutes_between(self, start: datetime, end: datetime) -> float:
        """The working minutes from one moment to a later one; 0 when it is not later."""
        total = timedelta()
        for opens, closes in self._from(start):
            if opens >= end:
                break
            total += max(min(closes, end) - max(opens, start), timedelta())
        return total.total_seconds() / 60

    def _from(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches that end after a moment, in order."""
        first = start.astimezone(self.zone).date()
        for step in range(MAX_DAYS):
            for opens, closes in self._moments(first + timedelta(days=step)):
                if closes > start:
                    yield opens, closes

    def _moments(self, day: date) -> list[tuple[datetime, datetime]]:
        if not self.works_on(day):
            return []
        return [(self._at(day, begin), self._at(day, end)) for begin, end in self.stretches]

    def _at(self, day: date, minute: int) -> datetime:
        if minute == 24 * 60:
            day, minute = day + timedelta(days=1), 0
        return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=self.zone).astimezone(UTC)


def read_hours(given: Any, zone: ZoneInfo) -> WorkingHours:
    """Hours of `{"stretches": [["09:00", "18:00"], …], "weekdays": [1, …] or null}`; raises ValueError."""
    if not isinstance(given, dict) or set(given) - {"stretches", "weekdays"}:
        raise ValueError("hours are an object of stretches and weekdays")
    stretches = _stretches(given.get("stretches"))
    days = given.get("weekdays")
    if days is None:
        return WorkingHours(zone, stretches)
    if not isinstance(days, list) or not days or any(type(d) is not int or not 1 <= d <= 7 for d in days):
        raise ValueError("weekdays are numbers from 1 to 7")
    return WorkingHours(zone, stretches, frozenset(days))


def _stretches(given: Any) -> tuple[tuple[int, int], ...]:
    if not isinstance(given, Sequence) or isinstance(given, str) or not 1 <= len(given) <= MAX_STRETCHES:
        raise ValueError("one to four stretches")
    found = []
    for pair in given:
        if not isinstance(pair, Sequence) or isinstance(pair, str) or len(pair) != 2:
            raise ValueError("a stretch is from and to")
        found.append((_minute(pair[0]), _minute(pair[1])))
    bounds = [minute for pair in found for minute in pair]
    if any(one >= other for one, other in zip(bounds[::2], bounds[1::2], strict=True)) or bounds != sorted(
        bounds
    ):
        raise ValueError("stretches follow each other")
    if sum(end - begin for begin, end in found) < MIN_MINUTES:
        raise ValueError("an hour a day at least")
    return tuple(found)


def _minute(text: Any) -> int:
    if text == DAY_ENDS:
        return 24 * 60
    if not isinstance(text, str) or len(text) != 5:
        raise ValueError("a time of day")
    at = time.fromisoformat(text)
    return at.hour * 60 + at.minute
