"""What the firm would call its rules about following up; plain Python.

Repeats are a subset of RFC 5545: FREQ (daily, weekly, monthly, yearly), INTERVAL, BYDAY (plain weekdays, weekly alone),
BYMONTHDAY (one day, monthly alone; -1 is the last), COUNT, UNTIL. The arithmetic is `dateutil`'s.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from math import asin, cos, radians, sin, sqrt

from dateutil.rrule import rrulestr

from guanxi.kit.text import Text
from guanxi.kit.working_calendar import is_workday, workday_after

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MAX_INTERVAL = 366
MAX_COUNT = 1000
CUSTOM = "custom"
PRESETS = {
    "daily": "FREQ=DAILY",
    "workdays": "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    "weekly": "FREQ=WEEKLY",
    "biweekly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3",
    "yearly": "FREQ=YEARLY",
}
"""What people choose from, and the rules that these stand for."""
_PARTS = ("FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "COUNT", "UNTIL")
_UNTIL = re.compile(r"^(\d{4})(\d{2})(\d{2})(T\d{6}Z?)?\Z")

NO_RULE = Text(
    "这不是能用的重复规则，例如 FREQ=WEEKLY;BYDAY=MO。",
    "This is no rule that can be used, such as FREQ=WEEKLY;BYDAY=MO.",
)
UNKNOWN_PART = Text("重复规则里不能用「{part}」。", "“{part}” cannot be used in a repeat.")
BAD_PART = Text("重复规则里「{part}」的值不对。", "The value of “{part}” in the repeat is not valid.")
BOTH_ENDS = Text("COUNT 和 UNTIL 只能用一个。", "A repeat ends by COUNT or by UNTIL, not by both.")


class BadRepeat(ValueError):
    """A repeat that cannot be read; `text` says why."""

    def __init__(self, text: Text, **values: object) -> None:
        self.text, self.values = text, values
        super().__init__(text.in_("en", **values))


@dataclass(frozen=True, slots=True)
class Repeat:
    """A rule of repeating; `until` is the last day that may be one."""

    freq: str
    interval: int = 1
    days: tuple[str, ...] = ()
    month_day: int | None = None
    count: int | None = None
    until: date | None = None

    def __str__(self) -> str:
        """The rule as RFC 5545 writes it, in one order."""
        parts = [f"FREQ={self.freq}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.days:
            parts.append(f"BYDAY={','.join(self.days)}")
        if self.month_day is not None:
            parts.append(f"BYMONTHDAY={self.month_day}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)


def read_repeat(text: str) -> Repeat:
    """The rule that a text says; raises BadRepeat."""
    given = text.strip().upper().removeprefix("RRULE:")
    parts: dict[str, str] = {}
    for piece in given.split(";"):
        name, mark, value = piece.partition("=")
        if not mark or name in parts:
            raise BadRepeat(NO_RULE)
        if name not in _PARTS:
            raise BadRepeat(UNKNOWN_PART, part=name[:20])
        parts[name] = value
    freq = parts.get("FREQ")
    if freq not in FREQUENCIES:
        raise BadRepeat(NO_RULE)
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadRepeat(BOTH_ENDS)
    for name, only in (("BYDAY", "WEEKLY"), ("BYMONTHDAY", "MONTHLY")):
        if name in parts and freq != only:
            raise BadRepeat(UNKNOWN_PART, part=name)
    return Repeat(
        freq,
        _number(parts, "INTERVAL", 1, MAX_INTERVAL) or 1,
        _days(parts.get("BYDAY")),
        _month_day(parts),
        _number(parts, "COUNT", 1, MAX_COUNT),
        _until(parts.get("UNTIL")),
    )


def called(rule: str) -> str:
    """What people call a rule."""
    return next((name for name, preset in PRESETS.items() if preset == rule), CUSTOM)


def following(repeat: Repeat, due: datetime, now: datetime) -> tuple[datetime, Repeat] | None:
    """When the next one is due after that of `due` was done, and the rule it has; None after the last.

    What was missed meanwhile is not made up for. Both moments are in the firm's time zone, and the time of day is kept
    whatever the season: days are counted on the wall's clock.
    """
    if repeat.count is not None and repeat.count <= 1:
        return None
    wall = due.replace(tzinfo=None)
    after = max(wall, now.replace(tzinfo=None))
    endless = replace(repeat, count=None, until=None)
    found = rrulestr(str(endless), dtstart=wall).after(after)
    if found is None or (repeat.until is not None and found.date() > repeat.until):
        return None
    left = replace(repeat, count=repeat.count - 1) if repeat.count is not None else repeat
    return found.replace(tzinfo=due.tzinfo), left


def _number(parts: dict[str, str], name: str, least: int, most: int) -> int | None:
    if name not in parts:
        return None
    value = parts[name]
    if not value.isascii() or not value.isdigit() or len(value) > 6 or not least <= int(value) <= most:
        raise BadRepeat(BAD_PART, part=name)
    return int(value)


def _days(value: str | None) -> tuple[str, ...]:
    if value is None:
        return ()
    days = set(value.split(","))
    if not days <= set(WEEKDAYS):
        raise BadRepeat(BAD_PART, part="BYDAY")
    return tuple(day for day in WEEKDAYS if day in days)


def _month_day(parts: dict[str, str]) -> int | None:
    if parts.get("BYMONTHDAY") == "-1":
        return -1
    return _number(parts, "BYMONTHDAY", 1, 31)


def _until(value: str | None) -> date | None:
    if value is None:
        return None
    found = _UNTIL.match(value)
    try:
        if found is None:
            raise ValueError
        return datetime.combine(date(int(found[1]), int(found[2]), int(found[3])), time(), UTC).date()
    except ValueError:
        raise BadRepeat(BAD_PART, part="UNTIL") from None


MAX_STEPS = 20
MAX_DAY = 730


@dataclass(frozen=True, slots=True)
class Step:
    """What a plan wants done, `day` days after a record came to fit it."""

    day: int
    subject: Text


def day_of(start: date, step: Step, *, workdays: bool) -> date:
    """The day of a step; with `workdays` the first working day from then on."""
    day = date.fromordinal(start.toordinal() + step.day)
    return day if not workdays or is_workday(day) else workday_after(day, 1)


EARTH_RADIUS = 6_371_008.8
"""The mean radius in metres (IUGG)."""


def metres_between(one: Mapping[str, float], other: Mapping[str, float]) -> int:
    """The great-circle distance between two points (`lat`, `lng` in degrees), by the haversine formula."""
    lat_one, lat_other = radians(one["lat"]), radians(other["lat"])
    across = sin((lat_other - lat_one) / 2) ** 2
    along = cos(lat_one) * cos(lat_other) * sin(radians(other["lng"] - one["lng"]) / 2) ** 2
    return round(2 * EARTH_RADIUS * asin(sqrt(min(1.0, across + along))))
