"""A row of every kind of field, as PostgreSQL and as the oracle see it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from guanxi.engine.schema.definitions import FieldDef, Option
from guanxi.engine.schema.field_types import get_field_type
from guanxi.engine.schema.field_types.base import Env
from guanxi.engine.schema.formulas.building import Builder
from guanxi.engine.schema.formulas.grammar import parse
from guanxi.engine.schema.formulas.values import PG_TYPES, Kind, Value
from guanxi.kit.jsons import dumps
from guanxi.kit.sql import Sql, ident, join, sql
from guanxi.kit.text import Text
from tests.engine.schema.formulas.oracle import DATE, DATETIME, NUMBER, TEXT, Given, Oracle, V

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 31, 2, tzinfo=UTC)
LEVELS = (
    Option("high", Text("高价值", "High")),
    Option("mid", Text("一般", "Standard")),
    Option("low", Text("低", "Low")),
)
COLOURS = (Option("red", Text("红", "Red")), Option("mid", Text("中", "Middle")))
KINDS = {
    "n": "number", "m": "decimal", "share": "percent", "customer.n": "number", "t": "text", "u": "text", "customer.t": "text",
    "b": "boolean", "d": "date", "e": "date", "customer.d": "date", "at": "datetime", "until": "datetime",
    "level": "select", "grade": "select", "colour": "select", "tags": "multi_select",
}  # fmt: skip


def declared(path: str) -> FieldDef:
    """The field of a path."""
    options = COLOURS if path == "colour" else LEVELS
    kind = get_field_type(KINDS[path])
    return FieldDef(
        path.replace(".", "_"), kind, Text(path, path), column=path.replace(".", "_"),
        options=options if kind.has_options else (),
    )  # fmt: skip


@dataclass
class Row:
    """Values by path; what is not given is blank."""

    values: dict[str, Any] = field(default_factory=dict)
    zone: ZoneInfo = SHANGHAI
    now: datetime = NOW

    @property
    def env(self) -> Env:
        return Env(zone=self.zone, now=self.now)

    def value(self, path: str) -> tuple[FieldDef, Sql]:
        found = declared(path)
        return found, Sql(f"t.{ident(found.key)}")

    def table(self) -> Sql:
        """The row as a subquery called `t`."""
        columns = []
        for path in KINDS:
            found = declared(path)
            given = self.values.get(path)
            if found.type.as_json_value and given is not None:
                given = dumps(given).decode()
            columns.append(Sql(f"%s::{found.type.column_type} AS {ident(found.key)}", (given,)))
        return "(SELECT " + join(columns) + " OFFSET 0) t"

    def oracle(self) -> Oracle:
        """The oracle over the same row."""
        fields = {}
        for path, name in KINDS.items():
            found = declared(path)
            labels = tuple((o.value, o.label.zh, o.label.en) for o in found.options)
            kind = found.type.formula_kind
            fields[path] = Given(
                NUMBER if kind == "percent" else kind, self.values.get(path), labels,
                percent=name == "percent", own="." not in path,
            )  # fmt: skip
        return Oracle(fields, self.now, self.zone)


def built(formula: str, row: Row) -> tuple[Value, Sql]:
    """The value of a formula and its SQL, as the kind that it is."""
    builder = Builder(row)
    node = parse(formula)
    value = builder.build(node)
    piece = value.sql
    if value.kind in (Kind.TEXT, Kind.OPTION):
        piece = sql("nullif({}, '')", builder.as_text(value, node))
    kind = Kind.TEXT if value.kind is Kind.OPTION else value.kind
    return value, sql(f"({{}})::{PG_TYPES[kind]}", piece)


def asked(formula: str, row: Row) -> Any:
    """What PostgreSQL says."""
    value, piece = built(formula, row)
    statement = "SELECT " + piece + " FROM " + row.table()
    with transaction.atomic(), connection.cursor() as db:
        db.execute(statement.text, statement.params)
        found = db.fetchone()[0]
    if value.kind is Kind.NUMBER and found is not None:
        assert abs(found) < Decimal(10) ** value.whole, "a number beyond its bounds"
        assert -found.as_tuple().exponent <= value.scale or found == round(found, value.scale)
    return found


def expected(formula: str, row: Row) -> Any:
    """What the oracle says."""
    found: V = row.oracle().result(parse(formula))
    assert found.kind in (NUMBER, TEXT, "boolean", DATE, DATETIME, "blank")
    return found.value
