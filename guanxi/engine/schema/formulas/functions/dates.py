"""Days and moments, in the workspace's time zone; what is out of the calendar is blank."""

from guanxi.engine.schema.formulas import errors, values
from guanxi.engine.schema.formulas.functions.base import DATE, Site, function, p
from guanxi.engine.schema.formulas.values import Kind, Value, bound
from guanxi.kit.relative_dates import today
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

DAY, FROM, TO = p("日期", "date"), p("开始", "start"), p("结束", "end")
MOMENT, MONTHS = p("日期时间", "moment"), p("月数", "months")
_FAR = 200_000
UNITS = {"Y": "Y", "年": "Y", "M": "M", "月": "M", "W": "W", "周": "W", "D": "D", "日": "D", "天": "D"}


def unit(site: Site, index: int) -> str:
    """The unit that an argument names: Y, M, W or D."""
    found = UNITS.get(site.literal(index).strip().upper())
    if found is None:
        raise site.refuse(index, "bad_unit", errors.BAD_UNIT, units='"Y" "M" "W" "D"')
    return found


def _month(day: Sql, months: Sql) -> Sql:
    """The number of the month so many months after that of a day."""
    return bound(
        "(extract(year FROM {d})::int * 12 + extract(month FROM {d})::int - 1 + {n})", d=day, n=months
    )


def months_on(day: Sql, months: Value) -> Sql:
    """The day so many months on, or the last one of that month when it is shorter."""
    first = values.month_start(_month(day, values.counted(months, _FAR, -_FAR)))
    return bound(
        "least({f} + extract(day FROM {d})::int - 1, ({f} + make_interval(months => 1))::date - 1)",
        f=first,
        d=day,
    )


def _part(site: Site, name: str, whole: int) -> Value:
    piece = sql("extract(" + name + " FROM {})::numeric", site.date(0))
    return values.number(piece, whole=whole, scale=0)


@function(
    "TODAY", "今天", DATE,
    doc=Text("今天的日期（按工作区的时区）。", "Today's date in the workspace's time zone."),
    example=Text("到期日 - TODAY()", "due_date - TODAY()"),
)  # fmt: skip
def _today(site: Site) -> Value:
    env = site.builder.env
    return values.stated_date(today(env.now, env.zone))


@function(
    "NOW", "现在", DATE,
    doc=Text("现在的日期和时间。", "The present date and time."),
    example=Text("NOW() - 创建时间", "NOW() - created_at"),
)  # fmt: skip
def _now(site: Site) -> Value:
    return values.moment(Sql("%s::timestamptz", (site.builder.env.now,)))


@function(
    "DATE", "日期", DATE, p("年", "year"), p("月", "month"), p("日", "day"),
    doc=Text("由年、月、日组成日期；超出的月和日顺延：DATE(2026, 14, 1) 是 2027-02-01。",
             "The day of a year, a month and a day; what is beyond runs on: DATE(2026, 14, 1) is 2027-02-01."),
    example="DATE(2026, 12, 31)",
)  # fmt: skip
def _date(site: Site) -> Value:
    year = site.count(0, 1, highest=9999, lowest=1)
    month, day = (site.count(i, 1, highest=99_999, lowest=-99_999) for i in (1, 2))
    first = values.month_start(sql("({} * 12 + {} - 1)", year, month), earliest=12)
    return values.date(values.days_on(first, sql("({} - 1)", day)))


@function(
    "YEAR",
    "年",
    DATE,
    DAY,
    doc=Text("日期的年份。", "The year of a date."),
    example=Text("YEAR(签约日期)", "YEAR(signed_on)"),
)
def _year(site: Site) -> Value:
    return _part(site, "year", 4)


@function(
    "MONTH", "月", DATE, DAY, doc=Text("日期的月份，1 到 12。", "The month of a date, 1 to 12."),
    example=Text("MONTH(签约日期)", "MONTH(signed_on)"),
)  # fmt: skip
def _month_of(site: Site) -> Value:
    return _part(site, "month", 2)


@function(
    "DAY", "日", DATE, DAY, doc=Text("日期是几号，1 到 31。", "The day of the month, 1 to 31."),
    example=Text("DAY(签约日期)", "DAY(signed_on)"),
)  # fmt: skip
def _day(site: Site) -> Value:
    return _part(site, "day", 2)


@function(
    "QUARTER", "季度", DATE, DAY, doc=Text("日期在第几季度，1 到 4。", "The quarter of a date, 1 to 4."),
    example=Text("QUARTER(签约日期)", "QUARTER(signed_on)"),
)  # fmt: skip
def _quarter(site: Site) -> Value:
    return _part(site, "quarter", 1)


@function(
    "WEEKDAY", "星期", DATE, DAY, doc=Text("星期几：周一是 1，周日是 7。", "The day of the week: 1 for Monday to 7 for Sunday."),
    example=Text("WEEKDAY(TODAY())", "WEEKDAY(TODAY())"),
)  # fmt: skip
def _weekday(site: Site) -> Value:
    return _part(site, "isodow", 1)


@function(
    "WEEKNUM", "周数", DATE, DAY, doc=Text("一年中的第几周（ISO，周一开始）。", "The ISO week of the year; weeks start on Monday."),
    example=Text("WEEKNUM(TODAY())", "WEEKNUM(TODAY())"),
)  # fmt: skip
def _weeknum(site: Site) -> Value:
    return _part(site, "week", 2)


def _clock(site: Site, name: str) -> Value:
    value = site.builder.dated(site.value(0))
    local = site.builder.local(site.builder.as_moment(value, site.args[0]))
    return values.number(sql("extract(" + name + " FROM {})::numeric", local), whole=2, scale=0)


@function(
    "HOUR", "时", DATE, MOMENT, doc=Text("几点，0 到 23（按工作区的时区）。", "The hour, 0 to 23, in the workspace's time zone."),
    example=Text("HOUR(创建时间)", "HOUR(created_at)"),
)  # fmt: skip
def _hour(site: Site) -> Value:
    return _clock(site, "hour")


@function(
    "MINUTE", "分", DATE, MOMENT, doc=Text("几分，0 到 59。", "The minute, 0 to 59."),
    example=Text("MINUTE(创建时间)", "MINUTE(created_at)"),
)  # fmt: skip
def _minute(site: Site) -> Value:
    return _clock(site, "minute")


@function(
    "DATEDIF", "日期差", DATE, FROM, TO, p("单位", "unit", optional=True),
    doc=Text('两个日期相差几天；单位 "M" 是满几个月，"Y" 是满几年，"W" 是满几周。结束早于开始时是负数。',
             'The days between two dates; the unit "M" counts full months, "Y" full years, "W" full weeks. '
             'Negative when the end comes first.'),
    example=Text('DATEDIF(签约日期, TODAY(), "M")', 'DATEDIF(signed_on, TODAY(), "M")'),
)  # fmt: skip
def _datedif(site: Site) -> Value:
    start, end = site.date(0), site.date(1)
    kind = unit(site, 2) if site.has(2) else "D"
    if kind in "DW":
        days = sql("({} - {})", end, start)
        piece = days if kind == "D" else sql("({} / 7)", days)
        return values.number(piece + "::numeric", whole=7, scale=0)
    months = (
        "((extract(year FROM {b}) - extract(year FROM {a})) * 12 + extract(month FROM {b}) - extract(month FROM {a})"
        " - CASE WHEN {b} >= {a} AND extract(day FROM {b}) < extract(day FROM {a}) THEN 1"
        " WHEN {b} < {a} AND extract(day FROM {b}) > extract(day FROM {a}) THEN -1 ELSE 0 END)"
    )
    piece = bound(months if kind == "M" else f"trunc({months} / 12)", a=start, b=end)
    return values.number(piece + "::numeric", whole=6, scale=0)


@function(
    "DAYS", "天数", DATE, TO, FROM,
    doc=Text("结束减开始的天数。", "The days from the start to the end."),
    example=Text("DAYS(到期日, TODAY())", "DAYS(due_date, TODAY())"),
)  # fmt: skip
def _days(site: Site) -> Value:
    return values.number(sql("({} - {})::numeric", site.date(0), site.date(1)), whole=7, scale=0)


@function(
    "EDATE", "加月", DATE, DAY, MONTHS,
    doc=Text("几个月以后的同一天；那个月没有这一天时取月末。", "The same day so many months on, or that month's last day."),
    example=Text("EDATE(签约日期, 12)", "EDATE(signed_on, 12)"),
)  # fmt: skip
def _edate(site: Site) -> Value:
    return values.date(months_on(site.date(0), site.number(1)))


@function(
    "EOMONTH", "月末", DATE, DAY, p("月数", "months", optional=True),
    doc=Text("几个月以后（默认当月）的最后一天。", "The last day of the month so many months on (of its own, unless given)."),
    example=Text("EOMONTH(TODAY())", "EOMONTH(TODAY())"),
)  # fmt: skip
def _eomonth(site: Site) -> Value:
    step = site.count(1, 0, highest=_FAR, lowest=-_FAR)
    first = values.month_start(_month(site.date(0), step))
    return values.date(sql("(({} + make_interval(months => 1))::date - 1)", first))


@function(
    "DATEADD", "日期加", DATE, DAY, p("数量", "amount"), p("单位", "unit"),
    doc=Text('几天（"D"）、几周（"W"）、几个月（"M"）、几年（"Y"）以后。', 'So many days ("D"), weeks ("W"), months ("M") or years ("Y") on.'),
    example=Text('DATEADD(TODAY(), 2, "W")', 'DATEADD(TODAY(), 2, "W")'),
)  # fmt: skip
def _dateadd(site: Site) -> Value:
    kind, amount = unit(site, 2), site.number(1)
    if kind in "DW":
        given = site.builder.dated(site.value(0))
        steps = (
            amount if kind == "D" else values.multiplied(amount, values.number(Sql("7"), whole=1, scale=0))
        )
        if given.kind is Kind.DATETIME:
            return site.builder.moved(given, steps)
        return site.builder.moved(values.date(site.date(0)), steps)
    months = amount if kind == "M" else values.multiplied(amount, values.number(Sql("12"), whole=2, scale=0))
    return values.date(months_on(site.date(0), months))
