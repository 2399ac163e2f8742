"""Making a field unique when there are records already, and taking it back.

*How it works*: the keys of all live records are written as the write door would have written them, a
chunk at a time; values that two records share are named.

*See*: keys.py, which keeps them from then on; designer/uniqueness.py for objects with many records.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from django.db import connection

from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.query.present import stored_source, stored_value
from guanxi.engine.records.store.keys import KEY_COLUMNS, Rule, normal_value, unique_rule
from guanxi.engine.records.store.recordset import insert_rows, select_rows
from guanxi.engine.records.store.twins import twin_of
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid
from guanxi.kit.sql import Sql, all_of
from guanxi.kit.text import Text

CHUNK = 5000
SHOWN = 50
REPEATED = Text(
    "已经有记录的值重复，例如「{value}」，请先处理。",
    "Some records share a value already, such as “{value}”. Resolve that first.",
)


def renew_unique_keys(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> None:
    """Hold the values of a field unique from now on, or no longer; raises Invalid where they repeat.

    The problem's `duplicates` name the first of them.
    """
    drop_unique_keys(ctx, obj, f)
    after: uuid.UUID | None = uuid.UUID(int=0) if f.unique else None
    repeated: list[tuple[str, uuid.UUID, str]] = []
    while after is not None and len(repeated) < SHOWN:
        _, after, found = hold_chunk(ctx, obj, f, after)
        repeated += found
    if repeated:
        rows = [{"value": v, "record": str(i), "title": title} for v, i, title in repeated[:SHOWN]]
        error = FieldError("unique", "values_repeat", REPEATED, {"value": repeated[0][0][:40]})
        raise Invalid(errors=[error], extra={"duplicates": rows})


def drop_unique_keys(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> None:
    """Take away the keys of a unique field."""
    with connection.cursor() as db:
        db.execute(
            "DELETE FROM record_key WHERE workspace_id = %s AND object_key = %s AND rule = %s",
            [ctx.workspace.id, obj.key, unique_rule(f.key).key],
        )


def hold_chunk(
    ctx: Ctx, obj: ObjectDef, f: FieldDef, after: uuid.UUID
) -> tuple[int, uuid.UUID | None, list[tuple[str, uuid.UUID, str]]]:
    """Write the keys of the next live records past `after`.

    Gives how many records that were, the last one's id (None at the end), and `(value, id, title)` of those
    whose value another record holds.
    """
    rule = unique_rule(f.key)
    source = Source("r", f.column, f.key, obj.key)
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.deleted_at IS NULL"), Sql("r.id > %s", (after,))])
    token = stored_source(source, f).sql(as_text=False)
    select = Sql("SELECT r.id, r.title, ") + token + f" FROM {table_of(obj)} r WHERE "
    found = select_rows(select + where + Sql(" ORDER BY r.id LIMIT %s", (CHUNK,)))
    titles = {i: title for i, title, _ in found}
    values = [(i, stored_value(f, i, stored, from_json=source.is_json)) for i, _, stored in found]
    rows = _strict_keys(ctx, obj, rule, values)
    held = {
        i
        for (i,) in insert_rows(
            "record_key", KEY_COLUMNS, rows, suffix="ON CONFLICT DO NOTHING RETURNING record_id"
        )
    }
    if (twin := twin_of(rule, obj)) is not None:
        twins = _strict_keys(ctx, obj, twin, [pair for pair in values if pair[0] in held])
        insert_rows("record_key", KEY_COLUMNS, twins, suffix="ON CONFLICT DO NOTHING RETURNING record_id")
    missing = [row for row in rows if row["record_id"] not in held]
    # A record that was written meanwhile holds its key already.
    own = _holding(ctx, obj, rule, [row["record_id"] for row in missing])
    repeated = [
        (str(row["value"]), row["record_id"], titles[row["record_id"]])
        for row in missing
        if (row["record_id"], row["value"]) not in own
    ]
    return len(found), (found[-1][0] if len(found) == CHUNK else None), repeated


def _strict_keys(
    ctx: Ctx, obj: ObjectDef, rule: Rule, values: Sequence[tuple[uuid.UUID, Any]]
) -> list[dict[str, Any]]:
    keyed = [(i, normal_value(rule, obj, value)) for i, value in values]
    return [
        {"workspace_id": ctx.workspace.id, "object_key": obj.key, "rule": rule.key, "value": key, "record_id": i,
         "strict": True}
        for i, key in keyed if key is not None
    ]  # fmt: skip


def _holding(ctx: Ctx, obj: ObjectDef, rule: Rule, ids: list[uuid.UUID]) -> set[tuple[uuid.UUID, str]]:
    if not ids:
        return set()
    statement = Sql(
        "SELECT record_id, value FROM record_key WHERE workspace_id = %s AND object_key = %s AND rule = %s"
        " AND record_id = ANY(%s::uuid[])",
        (ctx.workspace.id, obj.key, rule.key, ids),
    )
    return {(record_id, value) for record_id, value in select_rows(statement)}
