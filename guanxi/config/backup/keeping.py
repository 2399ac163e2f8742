"""Which of the daily copies stay: 14 of them, over more than three months.

*How it works*: son, father, grandfather. The newest copy of each of the last 7 days that have one; then,
older than those, the newest of each of the last 4 weeks (Monday to Sunday) that have one; then, older
again, the newest of each of the last 3 months. Days are those of the machine's clock. Copies made by hand
are never removed; of those made before upgrades the last 2 stay.

*Rules*: pure; no clock, no disk.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from guanxi.config.backup.names import Kept

DAYS, WEEKS, MONTHS = 7, 4, 3
UPGRADES = 2


def superfluous(copies: Iterable[Kept]) -> list[Kept]:
    """The copies that may go."""
    every = sorted(copies, key=lambda copy: copy.at, reverse=True)
    daily = [copy for copy in every if copy.reason == "daily"]
    upgrades = [copy for copy in every if copy.reason == "upgrade"]
    stay = {copy.name for copy in (*_staying(daily), *upgrades[:UPGRADES])}
    return [copy for copy in (*daily, *upgrades) if copy.name not in stay]


def _staying(newest_first: list[Kept]) -> list[Kept]:
    stay: list[Kept] = []
    rest = newest_first
    for count, period in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        chosen = _newest_of_each(rest, count, period, taken={period(copy.at) for copy in stay})
        stay += chosen
        rest = [copy for copy in rest if copy.at < stay[-1].at] if stay else rest
    return stay


def _newest_of_each(
    copies: list[Kept], count: int, period: Callable[[datetime], Any], taken: set[Any]
) -> list[Kept]:
    """The newest of each of so many periods; one that a finer rule keeps a copy of is passed over."""
    chosen: list[Kept] = []
    for copy in copies:
        if len(chosen) == count:
            break
        mark = period(copy.at)
        if mark not in taken:
            taken.add(mark)
            chosen.append(copy)
    return chosen


def _day(at: datetime) -> Any:
    return at.astimezone().date()


def _week(at: datetime) -> Any:
    return at.astimezone().isocalendar()[:2]


def _month(at: datetime) -> Any:
    local = at.astimezone()
    return local.year, local.month
