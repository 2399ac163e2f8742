"""What a type can still do once its values are encrypted: be equal, be one of several, be empty (addresses: the last).

*How it works*: each type has a sealed sibling, made when it is first asked for: the same class with fewer
abilities. It is read, checked, shown and masked like the type itself; in SQL only its blind index exists.

While the key of blind indexes changes, a value has two of them, and a stored one may be either: conditions ask for both.

*Rules*: the database sees neither values nor their order: no sorting, grouping, measuring, searching in them,
and no formula. Whatever would offer these asks the type, and finds that it cannot.

*See*: schema/seals.py.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from guanxi.engine.schema.field_types.base import Env, FieldType, Source
from guanxi.engine.schema.field_types.operators import (
    IN,
    IS,
    IS_EMPTY,
    IS_NOT,
    IS_NOT_EMPTY,
    Operator,
    offered,
)
from guanxi.kit.sql import Sql, sql

if TYPE_CHECKING:
    from guanxi.engine.schema.definitions import FieldDef

TOKEN, INDEX = "$", "#"
"""What is appended to a field's key in `custom`: its encrypted value, and its blind index. No key ends so."""


def _is(field: "FieldDef", source: Source, operand: Any, env: Env) -> Sql:
    several = len(field.type.compare_values(operand, source, field)) > 1
    # One value alone is asked for by "=": an index then gives the rows in the order of their titles.
    return IN.build(field, source, [operand], env) if several else IS.build(field, source, operand, env)


def _is_not(field: "FieldDef", source: Source, operand: Any, env: Env) -> Sql:
    return sql("({}) IS NOT TRUE", _is(field, source, operand, env))


class _Sealed(FieldType):
    storage: ClassVar[Literal["value", "links", "none"]] = "value"
    column_type = "text"
    json_cast = ""
    as_json_value = False
    operators: ClassVar[Mapping[str, Operator]] = offered(
        replace(IS, build=_is), replace(IS_NOT, build=_is_not), IN, IS_EMPTY, IS_NOT_EMPTY
    )
    sortable = False
    groupable = False
    buckets = ()
    measures = frozenset()
    can_be_searched = False
    convertible = False
    formula_kind = ""

    def expression(self, source: Source) -> Sql:
        """The blind index, which is all that the database can compare."""
        return replace(source, column=None, key=source.key + INDEX).sql()

    def typed_expression(self, source: Source) -> Sql:
        """The blind index."""
        return self.expression(source)

    def compare_value(self, value: Any, source: Source, field: "FieldDef") -> Any:
        """The blind index of a value."""
        assert field.seal is not None
        return field.seal.blind(self.dump(value, field))

    def compare_values(self, value: Any, source: Source, field: "FieldDef") -> tuple[Any, ...]:
        """The blind indexes of a value under each key that is there, the one in force first."""
        assert field.seal is not None
        dumped = self.dump(value, field)
        return tuple(field.seal.blind(dumped, version) for version in field.seal.versions() if version)

    def sound(self, field: "FieldDef", source: Source) -> Sql | None:
        """Nothing the database could look at."""
        return None

    def __reduce__(self) -> tuple[Any, ...]:
        return sealed_type, (self.plain,)

    plain: ClassVar[FieldType]


def plain_type(field: "FieldDef") -> FieldType:
    """The type of a field's plain values, encrypted or not."""
    return field.type.plain if isinstance(field.type, _Sealed) else field.type


def column_type(field: "FieldDef") -> str:
    """The PostgreSQL type of the column that a field's plain values stand in, or stood."""
    return plain_type(field).column_type


_made: dict[type[FieldType], FieldType] = {}


def sealed_type(plain: FieldType) -> FieldType:
    """The sealed sibling of a type."""
    kind = type(plain)
    if isinstance(plain, _Sealed):
        return plain
    if kind not in _made:
        less = {} if plain.has_exact_values else {"operators": offered(IS_EMPTY, IS_NOT_EMPTY)}
        made = type(f"Sealed{kind.__name__}", (_Sealed, kind), {"plain": plain, **less})
        _made[kind] = made()
    return _made[kind]
