"""From the database to Arrow: the rows of a fact, a batch at a time.

*How it works*: PostgreSQL writes the rows as CSV (COPY), and Arrow reads them in C++: no row becomes a Python object.
Fields compile as in every query (columns or keys of `custom`).
"""

import io
import uuid
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
from django.db import connection

from guanxi.domains.insight.lake.facts import Fact
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql, all_of, join, sql

_BATCH_BYTES = 32 * 1024 * 1024
_TYPES = {
    "numeric": pa.float64(),
    "date": pa.date32(),
    "timestamptz": pa.timestamp("us", tz="UTC"),
    "boolean": pa.bool_(),
}
LIVE = "is_live"


def shape(ctx: Ctx, fact: Fact) -> dict[str, str]:
    """By column, what it is made of in this workspace: a lake of another shape is made again."""
    obj = get_schema(ctx).objects.get(fact.object)
    return {name: _made_of(obj, key) for name, key in fact.columns.items()}


def schema_of(shaped: dict[str, str]) -> pa.Schema:
    """The columns of a part."""
    columns = {"id": pa.string()} | {name: _TYPES.get(kind, pa.string()) for name, kind in shaped.items()}
    return pa.schema(list(columns.items()))


def batches(
    ctx: Ctx, fact: Fact, where: Sql, *, also_dead: bool = False, ordered: bool = True
) -> Iterator[pa.Table]:
    """The rows of a fact that match, in the order of their ids; with `also_dead` a column says whether a row lives."""
    obj = get_schema(ctx).objects[fact.object]
    shaped = shape(ctx, fact)
    pieces = [Sql("r.id::text"), *(_value(obj, key, shaped[name]) for name, key in fact.columns.items())]
    kinds = {field.name: field.type for field in schema_of(shaped)}
    conditions = [rows_of(ctx, obj, "r"), where]
    if also_dead:
        pieces.append(Sql("r.deleted_at IS NULL"))
        kinds[LIVE] = pa.bool_()
    else:
        conditions.append(Sql("r.deleted_at IS NULL"))
    statement = Sql("SELECT ") + join(pieces) + Sql(f" FROM {table_of(obj)} r WHERE ") + all_of(conditions)
    if ordered:
        statement += " ORDER BY r.id"
    for text in _copied(statement):
        yield _table(text, kinds)


def _made_of(obj: ObjectDef | None, key: str) -> str:
    """The PostgreSQL type of a field that may go in; `-` for one that may not, or is not there."""
    f = obj.fields.get(key) if obj is not None else None
    if f is None or not _may_leave(f):
        return "-"
    return f.type.column_type


def _may_leave(f: FieldDef) -> bool:
    return f.in_row and f.seal is None and not f.sealing and not (f.sensitive or f.confidential)


def _value(obj: ObjectDef, key: str, kind: str) -> Sql:
    if kind == "-":
        return Sql("NULL")
    f = obj.fields[key]
    value = f.type.typed_expression(Source("r", f.column, f.key, obj.key))
    # ISO with a zone, whatever the connection's own is.
    return (
        Sql("to_char(") + value + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"
        if kind == "timestamptz"
        else value
    )


def _copied(statement: Sql) -> Iterator[bytes]:
    """The rows as CSV, in pieces that end with a row."""
    connection.ensure_connection()
    raw: Any = connection.connection
    with (
        raw.cursor() as db,
        db.copy(f"COPY ({statement.text}) TO STDOUT (FORMAT csv)", statement.params or None) as copy,
    ):
        held = io.BytesIO()
        for row in copy:
            held.write(row)
            if held.tell() >= _BATCH_BYTES:
                yield held.getvalue()
                held = io.BytesIO()
        if held.tell():
            yield held.getvalue()


def _table(text: bytes, kinds: dict[str, Any]) -> pa.Table:
    return pa_csv.read_csv(
        io.BytesIO(text),
        read_options=pa_csv.ReadOptions(column_names=list(kinds)),
        convert_options=pa_csv.ConvertOptions(
            column_types=kinds, true_values=["t"], false_values=["f"], null_values=[""], strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
    )  # fmt: skip


def counted(ctx: Ctx, fact: Fact, lows: list[uuid.UUID]) -> dict[int, int]:
    """By part (its place in `lows`), how many live rows the database has."""
    obj = get_schema(ctx).objects[fact.object]
    statement = (
        Sql("SELECT width_bucket(r.id, %s::uuid[]) - 1, count(*)", (lows,))
        + Sql(f" FROM {table_of(obj)} r WHERE ")
        + all_of([rows_of(ctx, obj, "r"), Sql("r.deleted_at IS NULL")])
        + " GROUP BY 1"
    )
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        return dict(db.fetchall())


def between(low: str, high: str | None) -> Sql:
    """The rows of a part."""
    first = sql("r.id >= {}", uuid.UUID(low))
    return first if high is None else all_of([first, sql("r.id < {}", uuid.UUID(high))])
