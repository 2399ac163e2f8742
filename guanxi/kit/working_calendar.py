"""Which days people in China work: weekdays, less public holidays, plus the weekends worked in exchange.

*How it works*: the notices of the General Office of the State Council (国务院办公厅关于某年部分节假日安排的通知)
say for each year which days are off and which Saturdays and Sundays are worked. They are kept here as data,
2020 to 2026. For other years every weekday counts as a workday.

*Source*: 国办发明电〔2019〕16号、〔2020〕1号 (2020), 〔2020〕27号 (2021), 〔2021〕11号 (2022), 〔2022〕16号 (2023), 〔2023〕7号 (2024),
〔2024〕12号 (2025), and the notice of 4 November 2025 (2026).

*Rules*: pure data and arithmetic; a new year is a new entry. The running numbers of `position` are what
formulas compute in SQL, so both must change together (schema/formulas/functions/calendar.py).
"""

from bisect import bisect_right
from datetime import date, timedelta
from functools import lru_cache

# Off: first and last day of each stretch. Worked: the Saturdays and Sundays in exchange.
_NOTICES: dict[int, tuple[str, str]] = {
    2020: ("01-01 01-01, 01-24 02-02, 04-04 04-06, 05-01 05-05, 06-25 06-27, 10-01 10-08",
           "01-19 04-26 05-09 06-28 09-27 10-10"),
    2021: ("01-01 01-03, 02-11 02-17, 04-03 04-05, 05-01 05-05, 06-12 06-14, 09-19 09-21, 10-01 10-07",
           "02-07 02-20 04-25 05-08 09-18 09-26 10-09"),
    2022: ("01-01 01-03, 01-31 02-06, 04-03 04-05, 04-30 05-04, 06-03 06-05, 09-10 09-12, 10-01 10-07, 12-31 12-31",
           "01-29 01-30 04-02 04-24 05-07 10-08 10-09"),
    2023: ("01-01 01-02, 01-21 01-27, 04-05 04-05, 04-29 05-03, 06-22 06-24, 09-29 10-06, 12-30 12-31",
           "01-28 01-29 04-23 05-06 06-25 10-07 10-08"),
    2024: ("01-01 01-01, 02-10 02-17, 04-04 04-06, 05-01 05-05, 06-08 06-10, 09-15 09-17, 10-01 10-07",
           "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12"),
    2025: ("01-01 01-01, 01-28 02-04, 04-04 04-06, 05-01 05-05, 05-31 06-02, 10-01 10-08",
           "01-26 02-08 04-27 09-28 10-11"),
    2026: ("01-01 01-03, 02-15 02-23, 04-04 04-06, 05-01 05-05, 06-19 06-21, 09-25 09-27, 10-01 10-07",
           "01-04 02-14 02-28 05-09 09-20 10-10"),
}  # fmt: skip
MONDAY = date(1900, 1, 1)
"""A Monday: weekdays are counted from here."""


def _day(year: int, text: str) -> date:
    return date.fromisoformat(f"{year}-{text}")


def known_years() -> range:
    """The years whose notice is here."""
    return range(min(_NOTICES), max(_NOTICES) + 1)


@lru_cache(maxsize=1)
def weekdays_off() -> tuple[date, ...]:
    """The Mondays to Fridays that are off, in order."""
    found = []
    for year, (stretches, _) in _NOTICES.items():
        for stretch in stretches.split(", "):
            first, last = (_day(year, text) for text in stretch.split())
            days = (first + timedelta(days=i) for i in range((last - first).days + 1))
            found += [day for day in days if day.weekday() < 5]
    return tuple(sorted(found))


@lru_cache(maxsize=1)
def weekends_worked() -> tuple[date, ...]:
    """The Saturdays and Sundays that are worked, in order."""
    return tuple(
        sorted(_day(year, text) for year, (_, worked) in _NOTICES.items() for text in worked.split())
    )


def is_workday(day: date) -> bool:
    """True when people work on that day."""
    return day in weekends_worked() or (day.weekday() < 5 and day not in weekdays_off())


def position(day: date) -> int:
    """How many workdays there are from 1900 to `day`, that day included (negative before)."""
    weeks, rest = divmod((day - MONDAY).days, 7)
    weekdays = weeks * 5 + min(rest + 1, 5)
    return weekdays - bisect_right(weekdays_off(), day) + bisect_right(weekends_worked(), day)


def workdays_between(first: date, last: date) -> int:
    """The workdays from one day to another, both included; negative when the last comes first."""
    if last < first:
        return -workdays_between(last, first)
    return position(last) - position(first - timedelta(days=1))


def workday_at(number: int) -> date:
    """The workday whose `position` is `number`."""
    day = weekday_at(number)
    day += timedelta(days=number - position(day))
    while position(day) < number:
        day += timedelta(days=max(number - position(day), 1))
    while position(day - timedelta(days=1)) >= number:
        day -= timedelta(days=1)
    return day


def weekday_at(number: int) -> date:
    """The Monday to Friday that is the `number`-th since 1900, holidays left out of account."""
    weeks, rest = divmod(number - 1, 5)
    return MONDAY + timedelta(days=weeks * 7 + rest)


def workday_after(day: date, count: int) -> date:
    """The workday so many workdays after `day` (before it, when negative); 0 is the day itself."""
    if count == 0:
        return day
    if count > 0:
        return workday_at(position(day) + count)
    return workday_at(position(day - timedelta(days=1)) + count + 1)


@lru_cache(maxsize=1)
def corrections() -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], tuple[date, ...]]:
    """What finds `workday_at` without search: (starts, shifts, worked positions, worked days).

    A workday of number n that is a Monday to Friday is `weekday_at(n + shift)`, with the shift of the last
    start that is not above n; the worked weekends stand in the other two.
    """
    starts: list[int] = []
    shifts: list[int] = []
    worked = weekends_worked()
    numbers = [position(day) for day in worked]
    edges = sorted({day + timedelta(days=step) for day in (*weekdays_off(), *worked) for step in range(12)})
    for day in edges:
        if is_workday(day) and day.weekday() < 5:
            weeks, rest = divmod((day - MONDAY).days, 7)
            shift = weeks * 5 + rest + 1 - position(day)
            if shift != (shifts[-1] if shifts else 0):
                starts.append(position(day))
                shifts.append(shift)
    return tuple(starts), tuple(shifts), tuple(numbers), worked
