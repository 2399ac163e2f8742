"""Making a field unique when there are records already, and taking it back.

*How it works*: the keys of all live records are written as the write door would have written them, a
chunk at a time; the first value that two records share ends it.

*See*: keys.py, which keeps them from then on.
"""

import uuid
from dataclasses import replace

from django.db import connection

from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.query.present import database_value
from guanxi.engine.records.store.keys import KEY_COLUMNS, Rule, normal_value, rules_of
from guanxi.engine.records.store.recordset import insert_rows, select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.sql import Sql, all_of
from guanxi.kit.text import Text

CHUNK = 5000
REPEATED = Text(
    "已经有记录的值重复，例如「{value}」，请先处理。",
    "Some records share a value already, such as “{value}”. Resolve that first.",
)


def renew_unique_keys(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> None:
    """Hold the values of a field unique from now on, or no longer; raises Invalid where they repeat."""
    rule = next(r for r in rules_of(replace(obj, identity=(), fields={f.key: replace(f, unique=True)})))
    with connection.cursor() as db:
        db.execute(
            "DELETE FROM record_key WHERE workspace_id = %s AND object_key = %s AND rule = %s",
            [ctx.workspace.id, obj.key, rule.key],
        )
    after: uuid.UUID | None = uuid.UUID(int=0) if f.unique else None
    while after is not None:
        after = _hold_chunk(ctx, obj, f, rule, after)


def _hold_chunk(ctx: Ctx, obj: ObjectDef, f: FieldDef, rule: Rule, after: uuid.UUID) -> uuid.UUID | None:
    source = Source("r", f.column, f.key, obj.key)
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.deleted_at IS NULL"), Sql("r.id > %s", (after,))])
    select = Sql("SELECT r.id, ") + source.sql(as_text=False) + f" FROM {table_of(obj)} r WHERE "
    found = select_rows(select + where + Sql(" ORDER BY r.id LIMIT %s", (CHUNK,)))
    values = [
        (i, normal_value(rule, obj, database_value(f, stored, from_json=source.is_json)))
        for i, stored in found
    ]
    rows = [
        {"workspace_id": ctx.workspace.id, "object_key": obj.key, "rule": rule.key, "value": value, "record_id": i,
         "strict": True}
        for i, value in values if value is not None
    ]  # fmt: skip
    held = {
        i
        for (i,) in insert_rows(
            "record_key", KEY_COLUMNS, rows, suffix="ON CONFLICT DO NOTHING RETURNING record_id"
        )
    }
    repeated = next((row["value"] for row in rows if row["record_id"] not in held), None)
    if repeated is not None:
        raise invalid("unique", "values_repeat", REPEATED, value=str(repeated)[:40])
    return found[-1][0] if len(found) == CHUNK else None
