"""What the firm would call the rules of its pools, in pure Python: days, caps, cooldown, who may.

*How it works*: a recycle rule counts days, in the workspace's time zone, from the day of an event (the last
contact, the day somebody became owner): calendar days, or workdays of the Chinese calendar. A record is due on
`due_day`; everything whose event lies on or before `last_day_before` is due today or overdue.

*Rules*: a day is a date of the workspace; no instants here, so no daylight-saving traps.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from guanxi.kit.working_calendar import workday_after

MAX_DAYS = 3650
DISCLOSED = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """What a pool allows; None: no limit, 0 days: none."""

    daily: int | None = None
    held: int | None = None
    team_daily: int | None = None
    team_held: int | None = None
    cooldown_days: int = 0
    protection_days: int = 0


LIMITS = tuple(Limits.__dataclass_fields__)
CAPS = ("daily", "held", "team_daily", "team_held")


@dataclass(frozen=True, slots=True)
class Member:
    """Who a pool is open to: everyone, a person, or a team with those below it."""

    kind: str
    id: str | None
    manages: bool = False


@dataclass(frozen=True, slots=True)
class RecycleRule:
    """When records fall into the pool: so many days after `kind`'s event, if they match `filter`."""

    id: str
    kind: str
    days: int
    workdays: bool = False
    filter: Any = None
    warn_days: int = 0
    enabled: bool = False


def belongs(members: Iterable[Member], person: str, teams: Iterable[str], *, managing: bool = False) -> bool:
    """True when a person, by themselves or by one of their `teams`, is a member (a manager, with `managing`)."""
    own = set(teams)
    return any(
        (each.manages or not managing)
        and (
            each.kind == "everyone"
            or (each.kind == "user" and each.id == person)
            or (each.kind == "team" and each.id in own)
        )
        for each in members
    )


def due_day(event: date, rule: RecycleRule) -> date:
    """The day on which a record whose event was on `event` falls into the pool."""
    return workday_after(event, rule.days) if rule.workdays else event + timedelta(days=rule.days)


def last_day_before(today: date, rule: RecycleRule, *, ahead: int = 0) -> date:
    """The last day of an event that makes a record due by `today` (with `ahead`: so many calendar days later)."""
    day = today + timedelta(days=ahead)
    if not rule.workdays:
        return day - timedelta(days=rule.days)
    found = workday_after(day, -rule.days)
    while due_day(found + timedelta(days=1), rule) <= day:  # a weekend's events are due with the Friday's
        found += timedelta(days=1)
    while due_day(found, rule) > day:
        found -= timedelta(days=1)
    return found


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day of the workspace is over."""
    return datetime.combine(day + timedelta(days=1), time(), zone)


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The instant at which a day of the workspace begins."""
    return datetime.combine(day, time(), zone)


def cooling_until(pooled_at: datetime | None, limits: Limits) -> datetime | None:
    """Until when whoever owned a record last may not claim it again; None without a cooldown."""
    if pooled_at is None or not limits.cooldown_days:
        return None
    return pooled_at + timedelta(days=limits.cooldown_days)


def room(
    limits: Limits, *, claimed: int, held: int, team_claimed: int, team_held: int
) -> tuple[int | None, str]:
    """How many more may be claimed now (None: any number), and which limit says so."""
    given = {"daily": (limits.daily, claimed), "held": (limits.held, held),
             "team_daily": (limits.team_daily, team_claimed), "team_held": (limits.team_held, team_held)}  # fmt: skip
    left = {key: max(0, cap - used) for key, (cap, used) in given.items() if cap is not None}
    if not left:
        return None, ""
    tightest = min(left, key=lambda key: left[key])
    return left[tightest], tightest


def dealt(records: int, people: int) -> list[int]:
    """By record, whose turn it is when they are dealt out one by one."""
    return [turn % people for turn in range(records)]
