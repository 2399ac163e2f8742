"""Filter operators: each checks its operand and compiles to SQL over one field.

*How it works*: `Operator.operand` turns the JSON `value` of a filter leaf into Python (through the
type's own `parse`, so that a filter accepts what a form accepts), raising `Refusal`; `compile` gives
the SQL. A type lists the operators it offers; the same operator serves every type it makes sense for.

*Rules*: a comparison with an empty field does not hold; `is_not`, `not_in`, `not_contains` and
`has_none` hold for empty fields, because people read "is not" that way. A positive comparison may
give SQL NULL (an index can serve it so); the filter tree's `not` treats NULL as not held.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guanxi.engine.schema.field_types.base import Env, Refusal, Source
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

if TYPE_CHECKING:
    from guanxi.engine.schema.definitions import FieldDef

MAX_LIST = 1000

NEEDS_VALUE = Text("这个条件需要一个值。", "This condition needs a value.")
NEEDS_LIST = Text("这里需要一个列表，最多 {max} 项。", "A list of at most {max} values is needed here.")
NEEDS_TEXT = Text("这里需要文字。", "Text is needed here.")
NEEDS_PAIR = Text("这里需要两个值：从、到。", "Two values are needed here: from and to.")
NEEDS_BOOL = Text("这里只能是 true 或 false。", "Only true or false is allowed here.")


def one(value: Any, field: "FieldDef", env: Env) -> Any:
    """A single operand, parsed by the field's type."""
    if value is None:
        raise Refusal("missing_value", NEEDS_VALUE)
    parsed = field.type.parse(value, field, env)
    if parsed is None:  # an empty text is no value either: that is what is_empty asks
        raise Refusal("missing_value", NEEDS_VALUE)
    return parsed


def several(value: Any, field: "FieldDef", env: Env) -> list[Any]:
    """A list operand, each parsed by the field's type."""
    if not isinstance(value, list) or len(value) > MAX_LIST:
        raise Refusal("wrong_type", NEEDS_LIST, max=MAX_LIST)
    return [one(item, field, env) for item in value]


def pair(value: Any, field: "FieldDef", env: Env) -> list[Any]:
    """A [from, to] operand."""
    if not isinstance(value, list) or len(value) != 2:
        raise Refusal("wrong_type", NEEDS_PAIR)
    return [one(item, field, env) for item in value]


def words(value: Any, field: "FieldDef", env: Env) -> str:
    """A piece of text, taken as it is."""
    if not isinstance(value, str) or not value or len(value) > 1000 or "\x00" in value:
        raise Refusal("wrong_type", NEEDS_TEXT)
    return value


def texts(value: Any, field: "FieldDef", env: Env) -> list[str]:
    """A list of option values or tags, taken as they are."""
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list) or len(given) > MAX_LIST or not all(isinstance(v, str) for v in given):
        raise Refusal("wrong_type", NEEDS_LIST, max=MAX_LIST)
    return [words(item, field, env) for item in given]


def nothing(value: Any, field: "FieldDef", env: Env) -> None:
    """An operator without operand ignores what is given."""
    return


def like_pattern(text: str, *, before: str = "%", after: str = "%") -> str:
    """A LIKE pattern that finds `text` literally."""
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"{before}{escaped}{after}"


@dataclass(frozen=True, slots=True)
class Operator:
    """How one operator reads its operand and what SQL it makes of it."""

    key: str
    operand: Callable[[Any, "FieldDef", Env], Any]
    build: Callable[["FieldDef", Source, Any, Env], Sql]

    def compile(self, field: "FieldDef", source: Source, value: Any, env: Env) -> Sql:
        """The leaf as SQL (NULL counts as not held); raises `Refusal` for a wrong operand."""
        return self.build(field, source, self.operand(value, field, env), env)


def _compared(symbol: str) -> Callable[["FieldDef", Source, Any, Env], Sql]:
    def build(field: "FieldDef", source: Source, operand: Any, env: Env) -> Sql:
        left = field.type.expression(source)
        cast = Sql(f"%s::{_cast(field, source)}", (field.type.compare_value(operand, source, field),))
        return sql("{} " + symbol + " {}", left, cast)

    return build


def _cast(field: "FieldDef", source: Source) -> str:
    return (field.type.json_cast or "text") if source.is_json else field.type.column_type


def _is_not(field: "FieldDef", source: Source, operand: Any, env: Env) -> Sql:
    left = field.type.expression(source)
    value = field.type.compare_value(operand, source, field)
    return sql("{} IS DISTINCT FROM {}", left, Sql(f"%s::{_cast(field, source)}", (value,)))


def _in(field: "FieldDef", source: Source, operand: Sequence[Any], env: Env) -> Sql:
    values = [form for item in operand for form in field.type.compare_values(item, source, field)]
    return sql("{} = ANY({})", field.type.expression(source), Sql(f"%s::{_cast(field, source)}[]", (values,)))


def _not_in(field: "FieldDef", source: Source, operand: Sequence[Any], env: Env) -> Sql:
    return sql("({}) IS NOT TRUE", _in(field, source, operand, env))


def _between(field: "FieldDef", source: Source, operand: Sequence[Any], env: Env) -> Sql:
    low, high = (field.type.compare_value(item, source, field) for item in operand)
    cast = _cast(field, source)
    left = field.type.expression(source)
    return sql("{} BETWEEN {} AND {}", left, Sql(f"%s::{cast}", (low,)), Sql(f"%s::{cast}", (high,)))


def _empty(field: "FieldDef", source: Source, operand: None, env: Env) -> Sql:
    return sql("{} IS NULL", field.type.expression(source))


def _not_empty(field: "FieldDef", source: Source, operand: None, env: Env) -> Sql:
    return sql("{} IS NOT NULL", field.type.expression(source))


def _like(before: str, after: str) -> Callable[["FieldDef", Source, str, Env], Sql]:
    def build(field: "FieldDef", source: Source, operand: str, env: Env) -> Sql:
        return sql(
            "{} ILIKE {}", field.type.expression(source), like_pattern(operand, before=before, after=after)
        )

    return build


def _unlike(field: "FieldDef", source: Source, operand: str, env: Env) -> Sql:
    return sql("({} ILIKE {}) IS NOT TRUE", field.type.expression(source), like_pattern(operand))


def _has_any(field: "FieldDef", source: Source, operand: list[str], env: Env) -> Sql:
    return sql("{} ?| {}", field.type.expression(source), Sql("%s::text[]", (operand,)))


def _has_all(field: "FieldDef", source: Source, operand: list[str], env: Env) -> Sql:
    return sql("{} ?& {}", field.type.expression(source), Sql("%s::text[]", (operand,)))


def _has_none(field: "FieldDef", source: Source, operand: list[str], env: Env) -> Sql:
    return sql("({}) IS NOT TRUE", _has_any(field, source, operand, env))


IS = Operator("is", one, _compared("="))
IS_NOT = Operator("is_not", one, _is_not)
IN = Operator("in", several, _in)
NOT_IN = Operator("not_in", several, _not_in)
GT = Operator("gt", one, _compared(">"))
GTE = Operator("gte", one, _compared(">="))
LT = Operator("lt", one, _compared("<"))
LTE = Operator("lte", one, _compared("<="))
BETWEEN = Operator("between", pair, _between)
IS_EMPTY = Operator("is_empty", nothing, _empty)
IS_NOT_EMPTY = Operator("is_not_empty", nothing, _not_empty)
CONTAINS = Operator("contains", words, _like("%", "%"))
NOT_CONTAINS = Operator("not_contains", words, _unlike)
STARTS_WITH = Operator("starts_with", words, _like("", "%"))
HAS_ANY = Operator("has_any", texts, _has_any)
HAS_ALL = Operator("has_all", texts, _has_all)
HAS_NONE = Operator("has_none", texts, _has_none)


def offered(*operators: Operator) -> dict[str, Operator]:
    """The operators by key."""
    return {operator.key: operator for operator in operators}


EMPTINESS = (IS_EMPTY, IS_NOT_EMPTY)
TEXT_OPERATORS = offered(IS, IS_NOT, CONTAINS, NOT_CONTAINS, STARTS_WITH, IN, *EMPTINESS)
NUMBER_OPERATORS = offered(IS, IS_NOT, GT, GTE, LT, LTE, BETWEEN, IN, *EMPTINESS)
CHOICE_OPERATORS = offered(IS, IS_NOT, IN, NOT_IN, *EMPTINESS)
MANY_OPERATORS = offered(HAS_ANY, HAS_ALL, HAS_NONE, *EMPTINESS)
LINK_OPERATORS = offered(IS, IS_NOT, IN, *EMPTINESS)
EMPTY_ONLY = offered(*EMPTINESS)
