"""Making a field unique that holds values already.

*How it works*: where there are few records, the keys are written with the change, and values that repeat
refuse it. Where there are many, the field is unique for whatever is written from now on, and a task
writes the keys of what is there; when values repeat it takes the promise back and names them.

*See*: records/store/uniqueness.py, which writes the keys.
"""

import uuid
from typing import Any

from guanxi.engine.designer.holding import require_sight
from guanxi.engine.designer.models import SchemaTask
from guanxi.engine.designer.work import TaskKind, count_rows, start, task_kind_registry
from guanxi.engine.records.store.uniqueness import drop_unique_keys, hold_chunk, renew_unique_keys
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.facade import update_field
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, system_ctx

AT_ONCE = 5000
SHOWN = 50
KIND = "unique"


def change_uniqueness(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> SchemaTask | None:
    """Hold the values of a field unique from now on, or no longer; the task, where it takes one.

    Raises Invalid naming the values that repeat, and Forbidden for who may not be told them.
    """
    if f.unique:
        require_sight(ctx, obj, f)
    if f.unique and count_rows(ctx, obj) > AT_ONCE:
        drop_unique_keys(ctx, obj, f)
        return start(ctx, KIND, obj, f.key)
    renew_unique_keys(ctx, obj, f)
    return None


def _step(ctx: Ctx, task: SchemaTask) -> bool:
    obj = get_object(ctx, task.object_key)
    f = obj.fields.get(task.field_key)
    if f is None or not f.unique:
        return True
    position = task.position or uuid.UUID(int=0)
    seen, last, repeated = hold_chunk(ctx, obj, f, position)
    found: list[dict[str, Any]] = task.result.get("duplicates", [])
    found += [{"value": value, "record": str(record), "title": title} for value, record, title in repeated]
    task.result = {"duplicates": found[:SHOWN], "count": task.result.get("count", 0) + len(repeated)}
    task.done += seen
    task.position = last
    if last is not None:
        return False
    if task.result["count"]:
        _take_back(ctx, task)
    return True


def _take_back(ctx: Ctx, task: SchemaTask) -> None:
    fresh = update_field(system_ctx(ctx.workspace), task.object_key, task.field_key, {"unique": False})
    obj = get_object(fresh, task.object_key)
    drop_unique_keys(fresh, obj, obj.fields[task.field_key])


task_kind_registry.register(TaskKind(KIND, _step, _take_back))
