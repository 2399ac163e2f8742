"""Replacing an option by another in every record, and then retiring or removing it.

*How it works*: one task walks over the records that hold it, a chunk in a transaction, and writes the other
option through the write door, journaled as one batch that can be undone. Records in the recycle bin are
rewritten too (without a journal entry: nobody has seen them change), so that none brings it back.

*Rules*: both are options of the same field; the other is not retired.
"""

import uuid
from typing import Any

from django.db import connection

from guanxi.engine.designer.holding import count_held
from guanxi.engine.designer.models import SchemaTask
from guanxi.engine.designer.work import TaskKind, open_task, start, task_kind_registry
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.query.present import database_value
from guanxi.engine.records.store.recordset import select_rows, update_rows
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.changes import begin
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.facade import find_field, update_field
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.usage import refuse_named
from guanxi.engine.tenancy.context import Ctx, system_ctx
from guanxi.kit.errors import Conflict, invalid
from guanxi.kit.jsons import dumps
from guanxi.kit.sql import Sql, all_of, ident
from guanxi.kit.text import Text

KIND = "replace_option"
CHUNK = 2000
NO_OPTION = Text("请选择这个字段的一个选项。", "Choose one of the field's options.")
SAME = Text("请换成另一个选项。", "Choose another option.")
WORKING = Text(
    "这个字段正在替换选项，请等它完成。", "An option of this field is being replaced. Wait for that."
)


def replace_option(
    ctx: Ctx, object_key: str, field_key: str, given: dict[str, Any], *, version: int | None = None
) -> SchemaTask:
    """Have every record that holds `from` hold `to`; then `remove` the option, or retire it.

    Raises Invalid, NotFound, Conflict.
    """
    ctx = begin(ctx, object_key, version)
    obj = get_object(ctx, object_key)
    f = find_field(obj, field_key)
    if not f.type.has_options or f.options_source:
        raise invalid("from", "not_possible", NO_OPTION)
    former, other = given.get("from"), given.get("to")
    for name, value in (("from", former), ("to", other)):
        if not isinstance(value, str) or value not in f.option_values:
            raise invalid(name, "unknown_option", NO_OPTION)
    if former == other or other in f.retired_options:
        raise invalid("to", "same_option", SAME)
    if given.get("remove") is True:
        refuse_named(ctx, object_key, field_key, [str(former)])
    if open_task(object_key, field_key, KIND):
        raise Conflict(WORKING, code="field_busy")
    task = start(
        ctx, KIND, obj, field_key, {"from": former, "to": other, "remove": given.get("remove") is True}
    )
    task.total = count_held(ctx, obj, f, [str(former)]).get(str(former), 0)
    task.save()
    _settle(ctx, task, retire=True)
    return task


def _step(ctx: Ctx, task: SchemaTask) -> bool:
    obj = get_object(ctx, task.object_key)
    f = find_field(obj, task.field_key)
    rows = _holders(ctx, obj, f, task)
    former, other = task.params["from"], task.params["to"]
    changes = [
        Change("update", record_id, {f.key: _replaced(f, value, former, other)}, index=i)
        for i, (record_id, value, deleted) in enumerate(rows)
        if not deleted
    ]
    result = bulk_write(ctx, obj.key, changes, trusted=True, action="update") if changes else None
    refused = len(result.refused) if result else 0
    gone = [(i, _replaced(f, value, former, other)) for i, value, deleted in rows if deleted]
    _rewrite_deleted(obj, f, gone)
    task.done += len(rows)
    task.result = {"refused": task.result.get("refused", 0) + refused, "batch": str(task.id)}
    task.position = rows[-1][0] if rows else task.position
    if len(rows) == CHUNK:
        return False
    if task.params.get("remove") and not task.result["refused"]:
        _settle(ctx, task, retire=False)
    return True


def _settle(ctx: Ctx, task: SchemaTask, *, retire: bool) -> None:
    """Retire the option (so that nobody chooses it meanwhile), or take it out of the list."""
    field = find_field(get_object(ctx, task.object_key), task.field_key)
    former = task.params["from"]
    options: list[dict[str, Any]] = [
        {**option.as_json(), **({"retired": True} if option.value == former else {})}
        for option in field.options
        if retire or option.value != former
    ]
    update_field(system_ctx(ctx.workspace), task.object_key, task.field_key, {"options": options})


def _holders(ctx: Ctx, obj: ObjectDef, f: FieldDef, task: SchemaTask) -> list[tuple[uuid.UUID, Any, bool]]:
    source = Source("r", f.column, f.key, obj.key)
    stored = source.sql(as_text=not f.type.as_json_value and not source.is_json)
    holds = (
        Sql(f"({source.sql(as_text=False).text}) @> to_jsonb(%s::text)", (task.params["from"],))
        if f.type.as_json_value
        else f.type.expression(source) + Sql(" = %s", (task.params["from"],))
    )
    after = Sql("r.id > %s", (task.position or uuid.UUID(int=0),))
    where = all_of([rows_of(ctx, obj, "r"), after, holds])
    select = Sql("SELECT r.id, ") + stored + f", r.deleted_at IS NOT NULL FROM {table_of(obj)} r WHERE "
    found = select_rows(select + where + Sql(" ORDER BY r.id LIMIT %s", (CHUNK,)))
    return [(i, database_value(f, value, from_json=source.is_json), gone) for i, value, gone in found]


def _replaced(f: FieldDef, value: Any, former: str, other: str) -> Any:
    if not isinstance(value, list):
        return other
    return list(dict.fromkeys(other if item == former else item for item in value))


def _rewrite_deleted(obj: ObjectDef, f: FieldDef, rows: list[tuple[uuid.UUID, Any]]) -> None:
    values = [{"id": i, "value": f.type.dump(value, f)} for i, value in rows]
    if not values:
        return
    if f.column:
        renamed = [{"id": row["id"], f.column: row["value"]} for row in values]
        update_rows(obj.table, {"id": "uuid", f.column: f.type.column_type}, renamed)
        return
    with connection.cursor() as db:
        db.execute(
            f"UPDATE {ident(obj.table)} AS t SET custom = jsonb_set(t.custom, %s, v.value)"
            " FROM json_to_recordset(%s::json) AS v(id uuid, value jsonb) WHERE t.id = v.id",
            [[f.key], dumps(values).decode()],
        )


task_kind_registry.register(TaskKind(KIND, _step, lambda ctx, task: None))
