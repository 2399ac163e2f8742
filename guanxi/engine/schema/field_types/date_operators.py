"""Filter operators of dates and moments.

*How it works*: every operand becomes a half-open stretch [start, end): a day is that day, a moment the
microsecond it is, a window its days. `before` is then "< start", `after` ">= end", `is` and `within`
both ends. A date field compares with dates, a datetime field with the borders of days in the
workspace's zone; the field's type says which through `stretch`.

*Rules*: the compared expression is the bare column, or the bare JSON text in collation "C", so that an
index on it serves every one of these.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol

from guanxi.engine.schema.field_types.base import Env, Refusal, Source
from guanxi.engine.schema.field_types.operators import EMPTINESS, NEEDS_PAIR, NEEDS_VALUE, Operator, offered
from guanxi.kit.relative_dates import WINDOWS, resolve, window
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

if TYPE_CHECKING:
    from guanxi.engine.schema.definitions import FieldDef

NOT_RELATIVE = Text(
    "相对日期写作 -30d、+2w、-1m、-1q、-1y、-3h、today 或 now。",
    "Relative dates are written -30d, +2w, -1m, -1q, -1y, -3h, today or now.",
)
NOT_WINDOW = Text("不认识这个时间段：{value}。", "Unknown period: {value}.")

Stretch = tuple[Any, Any]


class HasStretch(Protocol):
    """What the operators ask of the date types."""

    def stretch(self, start: date | datetime, end: date | None, field: "FieldDef", env: Env) -> Stretch:
        """[start, end) in the field's own kind of value; `end` None: the day or moment `start` itself."""
        ...

    def read_moment(self, value: Any, field: "FieldDef", env: Env) -> date | datetime | None:
        """A date or a moment as written in a filter."""
        ...


def _asked(field: "FieldDef") -> HasStretch:
    return field.type  # type: ignore[return-value]  # only the date types offer these operators


def _moment(value: Any, field: "FieldDef", env: Env) -> Stretch:
    if value is None or value == "":
        raise Refusal("missing_value", NEEDS_VALUE)
    if isinstance(value, dict):
        given = value.get("relative")
        try:
            found: date | datetime | None = (
                resolve(given, env.now, env.zone) if isinstance(given, str) else None
            )
        except (ValueError, OverflowError):
            found = None
        if found is None:
            raise Refusal("wrong_type", NOT_RELATIVE)
    else:
        found = _asked(field).read_moment(value, field, env)
        if found is None:
            raise Refusal("missing_value", NEEDS_VALUE)
    return _asked(field).stretch(found, None, field, env)


def _pair(value: Any, field: "FieldDef", env: Env) -> Stretch:
    if not isinstance(value, list) or len(value) != 2:
        raise Refusal("wrong_type", NEEDS_PAIR)
    return _moment(value[0], field, env)[0], _moment(value[1], field, env)[1]


def _window(value: Any, field: "FieldDef", env: Env) -> Stretch:
    if not isinstance(value, str) or value not in WINDOWS:
        raise Refusal("wrong_type", NOT_WINDOW, value=str(value)[:30])
    start, end = window(value, env.now, env.zone)
    return _asked(field).stretch(start, end, field, env)


def _param(field: "FieldDef", source: Source, value: Any) -> Sql:
    cast = "text" if source.is_json else field.type.column_type
    return Sql(f"%s::{cast}", (field.type.compare_value(value, source, field),))


def _side(symbol: str, end: int) -> Callable[["FieldDef", Source, Stretch, Env], Sql]:
    def build(field: "FieldDef", source: Source, operand: Stretch, env: Env) -> Sql:
        return sql("{} " + symbol + " {}", field.type.expression(source), _param(field, source, operand[end]))

    return build


def _inside(field: "FieldDef", source: Source, operand: Stretch, env: Env) -> Sql:
    left = field.type.expression(source)
    start, end = (_param(field, source, side) for side in operand)
    return sql("{} >= {} AND {} < {}", left, start, left, end)


DATE_OPERATORS = offered(
    Operator("is", _moment, _inside),
    Operator("before", _moment, _side("<", 0)),
    Operator("after", _moment, _side(">=", 1)),
    Operator("on_or_before", _moment, _side("<", 1)),
    Operator("on_or_after", _moment, _side(">=", 0)),
    Operator("between", _pair, _inside),
    Operator("within", _window, _inside),
    *EMPTINESS,
)
