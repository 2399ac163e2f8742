"""Changing the type of a custom field that holds values: previewed, in the background, taken back for 90 days.

*How it works*: a conversion first marks the field as busy (nobody writes it) and reads every record's value,
a chunk in a transaction, into `FormerValue`s with what each becomes (reading.py). Its last step is one
transaction: rows, journal, unique keys and the field's declaration change together, so that nobody ever
meets a value of one type in a field of another. Taking it back is a conversion to the former
declaration, in which values that nobody has touched since get back exactly what they were.

*Rules*: custom fields only; a field in use is refused (schema/usage.py) unless its users let go of it.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guanxi.engine.designer import switching
from guanxi.engine.designer.meanings import held_sql, meanings_of
from guanxi.engine.designer.models import FormerValue, SchemaTask
from guanxi.engine.designer.reading import convert, refused_types, shown_value, targets_of
from guanxi.engine.designer.work import TaskKind, start, task_kind_registry
from guanxi.engine.records.query.compile import Compiler, environment, rows_of, table_of
from guanxi.engine.records.query.present import file_descriptions, reference_of, titles_of
from guanxi.engine.records.store.recordset import insert_rows, select_rows
from guanxi.engine.schema.changes import begin, finish
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.facade import NEEDS_TARGET, find_field
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.loading import field_from_row, get_object, get_schema
from guanxi.engine.schema.models import SchemaField
from guanxi.engine.schema.retyping import as_type
from guanxi.engine.schema.usage import refuse_used
from guanxi.engine.schema.written import written
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, NotFound, invalid
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql, all_of
from guanxi.kit.text import Text

KIND = "convert"
CHUNK = 2000
NOT_POSSIBLE = Text("这个字段不能改成「{type}」。", "This field cannot become “{type}”.")
NOT_BACK = Text("这次转换不能撤回了。", "This conversion cannot be taken back any more.")
WORKING = Text(
    "这个字段的数据正在改写，请等它完成。", "The values of this field are being rewritten. Wait for that."
)
_FORMER = {"workspace_id": "uuid", "task_id": "uuid", "record_id": "uuid", "old": "jsonb", "new": "jsonb"}


def coming_field(ctx: Ctx, obj: ObjectDef, field_key: str, given: Mapping[str, Any]) -> FieldDef:
    """The field as it would be; raises NotFound, Invalid for a type it cannot become."""
    f = find_field(obj, field_key)
    definition = _definition(ctx, obj, f, given)  # refuses what is no type before it is used as one
    return _made(field_key, given["type"], definition)


def start_conversion(
    ctx: Ctx, object_key: str, field_key: str, given: Mapping[str, Any], *, version: int | None = None
) -> SchemaTask:
    """Begin to change a field's type; raises NotFound, Invalid, Conflict while something uses it."""
    ctx = begin(ctx, object_key, version)
    obj = get_object(ctx, object_key)
    f = find_field(obj, field_key)
    if f.busy:
        raise Conflict(WORKING, code="field_busy")
    definition = _definition(ctx, obj, f, given)
    refuse_used(ctx, object_key, field_key, detach=given.get("detach") is True, retyped=True)
    row = SchemaField.objects.get(object_key=object_key, key=field_key)
    return _begin_task(ctx, obj, row, {"type": given["type"], "definition": definition})


def _definition(ctx: Ctx, obj: ObjectDef, f: FieldDef, given: Mapping[str, Any]) -> dict[str, Any]:
    """The declaration under the wanted type; raises Invalid."""
    kind = given.get("type")
    refused = next((why for target, why in refused_types(f) if target.type == kind), None)
    if refused is not None:
        raise invalid("type", "not_possible", refused)
    if not isinstance(kind, str) or kind not in {target.type for target in targets_of(f)}:
        raise invalid("type", "not_possible", NOT_POSSIBLE, type=str(kind)[:40])
    row = SchemaField.objects.get(object_key=obj.key, key=f.key)
    definition = as_type(f, row.definition, field_type_registry.get(kind), given)
    if field_type_registry.get(kind).is_record_link:
        target = get_schema(ctx).find(str(given.get("target") or f.target or ""))
        if target is None or not target.listed:
            raise invalid("target", "required", NEEDS_TARGET)
        definition["target"] = target.key
    return definition


def _made(key: str, kind: str, definition: dict[str, Any]) -> FieldDef:
    return field_from_row(SchemaField(key=key, type=kind, definition=definition))


def take_back(ctx: Ctx, task: SchemaTask) -> SchemaTask:
    """Begin to give a converted field its former type and values again; raises Conflict, NotFound."""
    ctx = begin(ctx)
    row = SchemaField.objects.filter(object_key=task.object_key, key=task.field_key, deleted_at=None).first()
    if row is None or task.kind != KIND:
        raise NotFound
    latest = SchemaTask.objects.filter(object_key=row.object_key, field_key=row.key, kind=KIND).order_by(
        "-id"
    )
    is_latest = latest.values_list("id", flat=True).first() == task.id
    if task.status != "done" or not is_latest or task.params.get("back") or task.result.get("purged"):
        raise Conflict(NOT_BACK, code="not_reversible")
    obj = get_object(ctx, task.object_key)
    refuse_used(ctx, obj.key, row.key, retyped=True)
    return _begin_task(ctx, obj, row, {**task.params["before"], "back": str(task.id)})


def _begin_task(ctx: Ctx, obj: ObjectDef, row: SchemaField, params: Mapping[str, Any]) -> SchemaTask:
    before = {"type": row.type, "definition": {k: v for k, v in row.definition.items() if k != "busy"}}
    task = start(ctx, KIND, obj, row.key, {**params, "before": before})
    row.definition = {**row.definition, "busy": str(task.id)}
    row.save()
    finish(
        ctx,
        obj.key,
        "conversion_started",
        field=row.key,
        before={"type": row.type},
        after={"type": params["type"]},
    )
    return task


def _step(ctx: Ctx, task: SchemaTask) -> bool:
    obj = get_object(ctx, task.object_key)
    former = find_field(obj, task.field_key)
    if former.busy != str(task.id):
        return True
    coming = _made(former.key, task.params["type"], task.params["definition"])
    rows = _rows(ctx, obj, former, Sql("r.id > %s", (task.position or uuid.UUID(int=0),)))
    _read(ctx, obj, former, coming, task, rows)
    if len(rows) == CHUNK:
        task.position = rows[-1][0]
        return False
    while stray := _rows(ctx, obj, former, switching.unread(ctx, obj, former, task)):
        FormerValue.objects.filter(task_id=task.id, record_id__in=[row[0] for row in stray]).delete()
        _read(ctx, obj, former, coming, task, stray)
    switching.switch(ctx, obj, former, coming, task)
    return True


def _rows(ctx: Ctx, obj: ObjectDef, f: FieldDef, condition: Sql) -> list[tuple[uuid.UUID, Any]]:
    """`(id, stored JSON)` of the next records, deleted ones included."""
    where = all_of([rows_of(ctx, obj, "r"), condition])
    select = Sql("SELECT r.id, ") + held_sql(ctx, obj, f) + f" FROM {table_of(obj)} r WHERE " + where
    found = select_rows(select + Sql(" ORDER BY r.id LIMIT %s", (CHUNK,)))
    return [(i, None if stored is None else loads(stored)) for i, stored in found]


def _read(
    ctx: Ctx, obj: ObjectDef, former: FieldDef, coming: FieldDef, task: SchemaTask, rows: list[tuple[uuid.UUID, Any]]
) -> None:  # fmt: skip
    """Keep what the records hold, and what it becomes."""
    env = replace(environment(ctx), locale=task.locale)
    exact = _former_values(task, [i for i, _ in rows])
    filled = [(i, stored) for i, stored in rows if stored is not None or exact.get(i, (None, 0))[1] is None]
    titles = titles_for(ctx, obj, former, [stored for _, stored in filled if stored is not None])
    counts = {"kept": 0, "changed": 0, "lost": 0} | task.result
    shown = {i: shown_value(former, stored, titles) for i, stored in filled}
    meant = meanings_of(ctx, coming, {written(former, value, env) for value in shown.values()})
    kept = []
    for record_id, stored in filled:
        known = exact.get(record_id)
        if known is not None and known[1] == stored:
            outcome, fresh = "kept", known[0]
        else:
            found = convert(former, coming, shown[record_id], env, meant)
            outcome, fresh = found.outcome, found.stored
        counts[outcome] += 1
        kept.append({"workspace_id": ctx.workspace.id, "task_id": task.id, "record_id": record_id, "old": stored,
                     "new": fresh})  # fmt: skip
    insert_rows("former_value", _FORMER, kept)
    task.result = counts
    task.done = min(task.done + len(rows), task.total)


def _former_values(task: SchemaTask, ids: list[uuid.UUID]) -> dict[uuid.UUID, tuple[Any, Any]]:
    """What a conversion that is being taken back had found, and made of it."""
    if not task.params.get("back"):
        return {}
    rows = FormerValue.objects.filter(task_id=uuid.UUID(task.params["back"]), record_id__in=ids)
    return {row.record_id: (row.old, row.new) for row in rows}


def titles_for(ctx: Ctx, obj: ObjectDef, f: FieldDef, values: list[Any]) -> dict[uuid.UUID, dict[str, Any]]:
    """The titles of what some stored values refer to."""
    kind = reference_of(f)
    if kind is None or not values:
        return {}
    loaded = [f.type.load(value, f) for value in values]
    ids = {i for value in loaded for i in value} if f.type.refers_to_many else set(loaded)
    if kind == "file":
        return file_descriptions(ids)
    return {key[1]: title for key, title in titles_of(Compiler(ctx, obj), {kind: ids}).items()}


def _failed(ctx: Ctx, task: SchemaTask) -> None:
    """Let people write the field again, as it was."""
    FormerValue.objects.filter(task_id=task.id).delete()
    row = SchemaField.objects.filter(object_key=task.object_key, key=task.field_key).first()
    if row is not None and row.definition.get("busy") == str(task.id):
        row.definition = {key: value for key, value in row.definition.items() if key != "busy"}
        row.save()
        finish(ctx, task.object_key, "conversion_failed", field=task.field_key)


task_kind_registry.register(TaskKind(KIND, _step, _failed))
