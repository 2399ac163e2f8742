"""Kinds of values in formulas, a value's SQL, and the few tools that make SQL which never raises.

*How it works*: a number is a `numeric` that is known to have at most `whole` digits before the point and
`scale` after it, so that most operations need no check when they run; where the bounds grow too far,
`limited` checks once. `bound` evaluates an argument once where a piece needs it several times.

*Rules*: a number of 10^30 or more has no value; results keep 20 decimals. Text has at most 5,000
characters. A `%` never stands in SQL text: it is the mark of parameters.
"""

from dataclasses import dataclass, replace
from datetime import date as day_of
from decimal import Decimal
from enum import Enum

from guanxi.engine.schema.definitions import FieldDef
from guanxi.kit.sql import Sql, join, sql
from guanxi.kit.text import Text

MAX_WHOLE = 30
MAX_SCALE = 20
MAX_TEXT = 5_000
LAST_DAY = 3_286_816
"""31 December 9998, counted from the first day of the year 1000."""
INLINE = 160


class Kind(Enum):
    """What sort of thing a value is."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    DATETIME = "datetime"
    OPTION = "option"
    OPTIONS = "options"
    REFERENCE = "reference"
    BLANK = "blank"

    @property
    def label(self) -> Text:
        """How messages call it."""
        return _LABELS[self]


_LABELS = {
    Kind.NUMBER: Text("数字", "a number"),
    Kind.TEXT: Text("文字", "a text"),
    Kind.BOOLEAN: Text("是否", "a yes or no"),
    Kind.DATE: Text("日期", "a date"),
    Kind.DATETIME: Text("日期时间", "a date and time"),
    Kind.OPTION: Text("选项", "an option"),
    Kind.OPTIONS: Text("多个选项", "several options"),
    Kind.REFERENCE: Text("关联", "a link"),
    Kind.BLANK: Text("空值", "a blank"),
}
PG_TYPES = {
    Kind.NUMBER: "numeric", Kind.TEXT: "text", Kind.BOOLEAN: "boolean", Kind.DATE: "date",
    Kind.DATETIME: "timestamptz", Kind.OPTION: "text", Kind.OPTIONS: "jsonb", Kind.REFERENCE: "uuid",
    Kind.BLANK: "text",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Value:
    """A typed SQL expression. `sure` says it is never NULL; `nature` hints at the result (money, percent)."""

    kind: Kind
    sql: Sql
    whole: int = MAX_WHOLE
    scale: int = MAX_SCALE
    field: FieldDef | None = None
    literal: str | None = None
    sure: bool = False
    nature: str = ""


BLANK = Value(Kind.BLANK, Sql("NULL"), whole=1, scale=0)


def number(text: Sql, *, whole: int = MAX_WHOLE, scale: int = MAX_SCALE) -> Value:
    """A number within its bounds."""
    return Value(Kind.NUMBER, text, whole=whole, scale=scale)


def numeral(value: Decimal) -> Value:
    """A number that the formula states; written out, for what has no parameters is cheap to repeat."""
    exponent = value.as_tuple().exponent
    scale = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    whole = max(value.adjusted() + 1, 1)
    return number(Sql(f"{value:f}::numeric"), whole=whole, scale=scale)  # digits and a point, nothing else


def text(piece: Sql, *, sure: bool = False) -> Value:
    """A text."""
    return Value(Kind.TEXT, piece, sure=sure)


def truth(piece: Sql) -> Value:
    """A yes or no that is never blank."""
    return Value(Kind.BOOLEAN, piece.wrapped(), sure=True)


def date(piece: Sql) -> Value:
    """A day."""
    return Value(Kind.DATE, piece)


def stated_date(day: day_of) -> Value:
    """A day that the formula states, written out like a number."""
    return date(Sql(f"DATE '{day.isoformat()}'"))


def moment(piece: Sql) -> Value:
    """A moment."""
    return Value(Kind.DATETIME, piece)


def bound(template: str, **parts: Sql) -> Sql:
    """`template` with each `{name}` in it evaluated once, however often it stands there.

    What is short and without parameters is put in place; the rest goes through a subquery that the planner
    does not pull up (OFFSET 0), so that neither the text nor the work multiplies. The planner works out what
    is constant before any CASE guards it: no part of a template may raise for a constant alone.
    """
    inline = {name: part for name, part in parts.items() if not part.params and len(part.text) <= INLINE}
    named = {name: part for name, part in parts.items() if name not in inline}
    shown = {name: part.text for name, part in inline.items()} | {name: f"fx.{name}" for name in named}
    body = template.format(**shown)
    if not named:
        return Sql(f"({body})")
    columns = join([part + f" AS {name}" for name, part in named.items()])
    return Sql(f"(SELECT {body} FROM (SELECT ") + columns + " OFFSET 0) fx)"


def limited(value: Value) -> Value:
    """The number, or NULL where it is too large; nothing to do where it cannot be."""
    if value.whole <= MAX_WHOLE:
        return value
    return replace(value, sql=below(value.sql, MAX_WHOLE), whole=MAX_WHOLE)


def below(piece: Sql, digits: int) -> Sql:
    """The number where it has at most `digits` before the point, else NULL."""
    return bound(f"CASE WHEN abs({{x}}) < 1e{digits} THEN {{x}} END", x=piece)


def scaled(value: Value, scale: int = MAX_SCALE) -> Value:
    """The number rounded to `scale` decimals; nothing to do where it cannot have more."""
    if value.scale <= scale:
        return value
    rounded = sql(f"round({{}}, {scale})", value.sql)
    return replace(value, sql=rounded, scale=scale, whole=value.whole + 1)


def padded(value: Value) -> Sql:
    """The number with 20 decimals written out: then divisions and roots are as exact as that."""
    return sql(f"round({{}}, {MAX_SCALE})", value.sql)


def multiplied(left: Value, right: Value) -> Value:
    """The product."""
    product = number(
        sql("({} * {})", left.sql, right.sql), whole=left.whole + right.whole, scale=left.scale + right.scale
    )
    return limited(scaled(product))


def divided(left: Value, right: Value) -> Value:
    """The quotient; NULL for a division by zero."""
    piece = sql("round({} / nullif({}, 0), 20)", padded(left), right.sql)
    return limited(number(piece, whole=left.whole + right.scale + 1))


def added(left: Value, right: Value, op: str = "+") -> Value:
    """The sum or the difference."""
    whole, scale = max(left.whole, right.whole) + 1, max(left.scale, right.scale)
    return limited(number(sql("({} " + op + " {})", left.sql, right.sql), whole=whole, scale=scale))


def raised(left: Value, right: Value) -> Value:
    """The power; NULL where it is too large, is no real number or divides by zero."""
    small = (
        "(abs({b}) <= 1000 AND ({a} > 0 OR ({a} = 0 AND {b} >= 0) OR ({a} < 0 AND {b} = trunc({b})))"
        " AND CASE WHEN {a} = 0 THEN TRUE ELSE {b}::float8 * ln(abs({a})::float8) < 70 END)"
    )
    tiny = "CASE WHEN {a} = 0 THEN FALSE ELSE {b}::float8 * ln(abs({a})::float8) < -115 END"
    piece = bound(
        f"CASE WHEN {small} THEN CASE WHEN {tiny} THEN 0 ELSE round(power({{a}}, {{b}}), 15) END END",
        a=padded(left),
        b=right.sql,
    )
    return number(below(piece, MAX_WHOLE), scale=15)


def counted(value: Value, highest: int = MAX_TEXT, lowest: int = 0) -> Sql:
    """A number as a count: its whole part, kept between `lowest` and `highest`; NULL stays NULL."""
    return bound(
        f"(CASE WHEN {{n}} < {lowest} THEN {lowest} WHEN {{n}} > {highest} THEN {highest} ELSE trunc({{n}}) END)::int",
        n=value.sql,
    )


def short(piece: Sql) -> Sql:
    """A text cut to what a text may have."""
    return sql(f"left({{}}, {MAX_TEXT})", piece)


def days_on(day: Sql, days: Sql) -> Sql:
    """The day so many days on (at most a few millions), or NULL where that leaves the calendar of 1000 to 9998."""
    template = f"CASE WHEN {{d}} - DATE '1000-01-01' + {{n}} BETWEEN 0 AND {LAST_DAY} THEN {{d}} + {{n}} END"
    return bound(template, d=day, n=days)


def month_start(number: Sql, *, earliest: int = 12_000) -> Sql:
    """The first day of a month, numbered year × 12 + month - 1; NULL out of the calendar."""
    return bound(
        f"CASE WHEN {{k}} BETWEEN {earliest} AND 119987 THEN make_date({{k}} / 12, mod({{k}}, 12) + 1, 1) END",
        k=number,
    )


def in_calendar(piece: Sql) -> Sql:
    """A day between the years 1000 and 9998, else NULL."""
    return bound("CASE WHEN {d} BETWEEN DATE '1000-01-01' AND DATE '9998-12-31' THEN {d} END", d=piece)


def moment_in_calendar(piece: Sql) -> Sql:
    """A moment between the years 1000 and 9998 (UTC), else NULL."""
    return bound(
        "CASE WHEN {t} >= TIMESTAMPTZ '1000-01-01 00:00+00' AND {t} < TIMESTAMPTZ '9999-01-01 00:00+00' THEN {t} END",
        t=piece,
    )
