"""Workdays, by the Chinese working calendar of the kit, in SQL.

*How it works*: `working_calendar.position` numbers the workdays; here the same number is computed with
`width_bucket` over the sorted exceptions, and found back through the list of corrections: no loop, no table.
"""

from collections.abc import Iterable
from datetime import date

from guanxi.engine.schema.formulas import values
from guanxi.engine.schema.formulas.functions.base import DATE, Site, function, p
from guanxi.engine.schema.formulas.values import Value, bound, in_calendar
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text
from guanxi.kit.working_calendar import MONDAY, corrections, known_years, weekdays_off, weekends_worked

YEARS = known_years()
_BACK = 60_000
"""Weeks added while dividing, so that days before 1900 divide like those after."""


def _array(items: Iterable[date | int], kind: str) -> str:
    """A constant array, for a template (its braces doubled)."""
    shown = ",".join(str(item) for item in items)
    return f"'{{{{{shown}}}}}'::{kind}[]"


def _days(days: Iterable[date]) -> str:
    """Days as a constant array of numbers, counted from the first day of the first known year: short to send."""
    return _array(((day - FIRST).days for day in days), "int")


FIRST = date(YEARS[0], 1, 1)
_OFF, _WORKED = _days(weekdays_off()), _days(weekends_worked())
_starts, _shifts, _numbers, _worked = corrections()
_STARTS, _SHIFTS, _NUMBERS = (_array(items, "int") for items in (_starts, _shifts, _numbers))
_SINCE = f"({{d}} - DATE '{MONDAY}' + {_BACK * 7})"
_DAY = f"{{d}} - DATE '{FIRST}'"
_POSITION = (
    f"(({_SINCE} / 7 - {_BACK}) * 5 + least(mod({_SINCE}, 7) + 1, 5)"
    f" - width_bucket({_DAY}, {_OFF}) + width_bucket({_DAY}, {_WORKED}))"
)


def position(day: Sql) -> Sql:
    """`working_calendar.position` of a day."""
    return bound(_POSITION, d=day)


def _is_workday(day: Sql) -> Sql:
    return bound(
        f"({_DAY} = ANY({_WORKED}) OR (extract(isodow FROM {{d}}) < 6 AND NOT {_DAY} = ANY({_OFF})))", d=day
    )


def _workday_at(number: Sql) -> Sql:
    """`working_calendar.workday_at` of a number."""
    weekday = bound(
        f"(DATE '{MONDAY}' + (({{k}} - 1 + {_BACK * 5}) / 5 - {_BACK}) * 7 + mod({{k}} - 1 + {_BACK * 5}, 5))",
        k=bound(f"{{n}} + coalesce(({_SHIFTS})[width_bucket({{n}}, {_STARTS})], 0)", n=number),
    )
    template = f"coalesce(DATE '{FIRST}' + ({_WORKED})[array_position({_NUMBERS}, {{n}})], {{w}})"
    return bound(template, n=number, w=weekday)


@function(
    "WORKDAYS", "工作日数", DATE, p("开始", "start"), p("结束", "end"),
    doc=Text(f"两个日期之间（含两头）的工作日数，按国务院公布的放假和调休安排（{YEARS[0]}–{YEARS[-1]} 年；其他年份只看周末）。",
             "The workdays between two dates, both included, by the public holidays and exchanged weekends of China "
             f"({YEARS[0]} to {YEARS[-1]}; weekends alone in other years)."),
    example=Text("WORKDAYS(TODAY(), 到期日)", "WORKDAYS(TODAY(), due_date)"),
)  # fmt: skip
def _workdays(site: Site) -> Value:
    last = _POSITION.replace("{d}", "greatest({a}, {b})")
    before = _POSITION.replace("{d}", "(least({a}, {b}) - 1)")
    sign = "CASE WHEN {b} >= {a} THEN 1 WHEN {b} < {a} THEN -1 END"
    piece = bound(f"{sign} * ({last} - {before})", a=site.date(0), b=site.date(1))
    return values.number(piece + "::numeric", whole=7, scale=0)


@function(
    "WORKDAY", "工作日后", DATE, p("日期", "date"), p("个数", "count"),
    doc=Text("几个工作日以后（负数是以前）的那一天，节假日和调休同上。",
             "The workday so many workdays on (negative: before), by the same calendar."),
    example=Text("WORKDAY(TODAY(), 3)", "WORKDAY(TODAY(), 3)"),
)  # fmt: skip
def _workday(site: Site) -> Value:
    day, step = site.date(0), values.counted(site.number(1), 100_000, -100_000)
    number = bound(
        "CASE WHEN {n} > 0 THEN " + _POSITION + " + {n} WHEN {n} < 0 THEN "
        + _POSITION.replace("{d}", "({d} - 1)") + " + {n} + 1 END",
        d=day,
        n=step,
    )  # fmt: skip
    piece = bound("CASE WHEN {n} = 0 THEN {d} ELSE {w} END", n=step, d=day, w=_workday_at(number))
    return values.date(in_calendar(piece))


@function(
    "ISWORKDAY", "是工作日", DATE, p("日期", "date"),
    doc=Text("这一天上班（节假日和调休同上）；没有日期时不成立。", "People work on that day, by the same calendar; false without a date."),
    example=Text("ISWORKDAY(TODAY())", "ISWORKDAY(TODAY())"),
)  # fmt: skip
def _isworkday(site: Site) -> Value:
    return values.truth(_is_workday(site.date(0)) + " IS TRUE")
