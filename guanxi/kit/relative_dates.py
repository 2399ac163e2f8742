"""Dates relative to now: `-30d`, `+2w`, `today`, and the named windows of filters (`last_month` …).

*How it works*: everything is computed on the calendar of `zone`. Days, weeks, months, quarters and years
give dates, hours and `now` give moments. A month later than 31 January is the last day of February.
Windows are half-open, [start, end), and weeks start on Monday.

*Rules*: pure; `now` is always given. What does not exist is a ValueError.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_RELATIVE = re.compile(r"^([+-])([0-9]{1,5})([hdwmqy])$")
_MONTHS = {"m": 1, "q": 3, "y": 12}
FIRST_YEAR, LAST_YEAR = 1000, 9998


def add_months(day: date, months: int) -> date:
    """`day` so many months on, or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError("out of the calendar")
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def today(now: datetime, zone: ZoneInfo) -> date:
    """The date in `zone`."""
    return now.astimezone(zone).date()


def resolve(value: str, now: datetime, zone: ZoneInfo) -> date | datetime:
    """The date (or the moment, for hours and `now`) that a relative expression means; raises ValueError."""
    if value == "now":
        return now.astimezone(UTC)
    if value == "today":
        return today(now, zone)
    found = _RELATIVE.match(value)
    if not found:
        raise ValueError(f"not a relative date: {value[:20]!r}")
    sign, digits, unit = found.groups()
    amount = int(digits) if sign == "+" else -int(digits)
    if unit == "h":
        return now.astimezone(UTC) + timedelta(hours=amount)
    day = today(now, zone)
    if unit in _MONTHS:
        return add_months(day, amount * _MONTHS[unit])
    moved = day + timedelta(days=amount * (7 if unit == "w" else 1))
    if not FIRST_YEAR <= moved.year <= LAST_YEAR:
        raise ValueError("out of the calendar")
    return moved


def start_of(bucket: str, day: date) -> date:
    """The first day of the day, week, month, quarter or year that `day` is in."""
    if bucket == "day":
        return day
    if bucket == "week":
        return day - timedelta(days=day.weekday())
    if bucket == "month":
        return day.replace(day=1)
    if bucket == "quarter":
        return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    return day.replace(month=1, day=1)


def shift(bucket: str, day: date, count: int) -> date:
    """`day` moved by `count` buckets."""
    if bucket in ("day", "week"):
        return day + timedelta(days=count * (7 if bucket == "week" else 1))
    return add_months(day, count * {"month": 1, "quarter": 3, "year": 12}[bucket])


def _period(bucket: str, offset: int) -> Callable[[date], tuple[date, date]]:
    def between(day: date) -> tuple[date, date]:
        start = shift(bucket, start_of(bucket, day), offset)
        return start, shift(bucket, start, 1)

    return between


def _span(first: int, end: int) -> Callable[[date], tuple[date, date]]:
    return lambda day: (day + timedelta(days=first), day + timedelta(days=end))


_OFFSETS = {"last": -1, "this": 0, "next": 1}
WINDOWS: dict[str, Callable[[date], tuple[date, date]]] = {
    "yesterday": _period("day", -1),
    "today": _period("day", 0),
    "tomorrow": _period("day", 1),
    **{
        f"{name}_{bucket}": _period(bucket, offset)
        for bucket in ("week", "month", "quarter", "year")
        for name, offset in _OFFSETS.items()
    },
    **{f"last_{days}_days": _span(1 - days, 1) for days in (7, 30, 90)},  # today is the last of them
    **{f"next_{days}_days": _span(0, days) for days in (7, 30)},  # today is the first of them
}


def window(name: str, now: datetime, zone: ZoneInfo) -> tuple[date, date]:
    """The [start, end) dates of a named window; raises ValueError for an unknown name."""
    found = WINDOWS.get(name)
    if found is None:
        raise ValueError(f"not a window: {name[:30]!r}")
    return found(today(now, zone))
