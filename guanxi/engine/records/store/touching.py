"""Values the program keeps by itself (last contact, ages): written without a version or a journal entry.

They are no change of a person: nobody's edit grows stale by them and history stays readable.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.recordset import select_rows, update_rows
from guanxi.engine.records.store.rollups import Keeper
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql, ident, sql


def touch(ctx: Ctx, object_key: str, values: Mapping[uuid.UUID, Mapping[str, Any]]) -> int:
    """Set readonly typed fields of records, `{record id: {field: Python value}}`; gives the rows changed.

    All records are given the same fields.
    """
    if not values:
        return 0
    obj = get_object(ctx, object_key)
    names = sorted({key for given in values.values() for key in given})
    fields = [obj.fields[name] for name in names]
    if any(f.column is None for f in fields):
        raise ValueError("only fields with a column can be touched")
    columns = {"id": "uuid"} | {f.column or "": f.type.column_type for f in fields}
    rows = []
    for record_id in sorted(values):
        given = values[record_id]
        row: dict[str, Any] = {"id": record_id}
        for f in fields:
            value = given[f.key]
            row[f.column or ""] = None if value is None else f.type.dump(value, f)
        rows.append(row)
    changed = update_rows(obj.table, columns, rows)
    Keeper(ctx, obj).follow_rows(list(values), names)
    return changed


def touch_found(ctx: Ctx, object_key: str, key: str, found: Sql) -> list[tuple[uuid.UUID | None, int, Any]]:
    """Give a readonly typed field the values that `found` (a SELECT of `id` and `value`) says, and no other record any.

    Gives, by owner, how many records got another value and the least of these.
    """
    obj = get_object(ctx, object_key)
    f = obj.fields[key]
    if f.column is None:
        raise ValueError("only fields with a column can be touched")
    column, table = ident(f.column), table_of(obj)
    keeper = Keeper(ctx, obj)
    statement = sql(
        "WITH found AS MATERIALIZED ({}), other AS MATERIALIZED ("
        f"SELECT t.id, t.owner_id, f.value FROM {table} t LEFT JOIN found f ON f.id = t.id"
        f" WHERE {{}} AND t.deleted_at IS NULL AND t.{column} IS DISTINCT FROM f.value"
        " ORDER BY t.id FOR NO KEY UPDATE OF t),"
        f" changed AS (UPDATE {table} t SET {column} = o.value FROM other o WHERE t.id = o.id)"
        " SELECT owner_id, count(value), min(value), {} FROM other GROUP BY owner_id",
        found, rows_of(ctx, obj, "t"), Sql("array_agg(id)" if keeper.keeps else "NULL"),
    )  # fmt: skip
    rows = select_rows(statement)
    if keeper.keeps:
        keeper.follow_rows([i for row in rows for i in row[3]], [key])
    return [(owner, count, least) for owner, count, least, _ in rows if count]
