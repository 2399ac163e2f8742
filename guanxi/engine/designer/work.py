"""Tasks of the designer: asked for with a change, done in the background chunk by chunk, told about.

*How it works*: `start` writes the task and enqueues its job in the caller's transaction. The job calls the
kind's `step` again and again, each time in a transaction of its own that also keeps the task's position,
until it says that it is done. A `Problem` ends the task as failed, with its sentence.

*Rules*: steps are idempotent up to their commit; a kind is registered once.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from procrastinate.contrib.django import app

from guanxi.engine.access import rights
from guanxi.engine.designer.models import SchemaTask
from guanxi.engine.identity import facade as identity
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.telling import tell
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.kit.errors import NotFound, Problem
from guanxi.kit.registry import Registry
from guanxi.kit.sql import Sql

RUN_TASK = "designer.run_task"
QUEUE = "maintenance"
OPEN = ("queued", "running")
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class TaskKind:
    """What a kind of task does: `step` works on one chunk and gives True when nothing is left.

    `failed` puts right what was promised when the task was started.
    """

    key: str
    step: Callable[[Ctx, SchemaTask], bool]
    failed: Callable[[Ctx, SchemaTask], None]


task_kind_registry: Registry[TaskKind] = Registry("task kind", lambda kind: kind.key)


def start(
    ctx: Ctx, kind: str, obj: ObjectDef, field_key: str, params: Mapping[str, Any] | None = None
) -> SchemaTask:
    """A new task on a field's values, at work once this transaction commits."""
    task = SchemaTask.objects.create(
        workspace_id=ctx.workspace.id,
        kind=kind,
        object_key=obj.key,
        field_key=field_key,
        params=dict(params or {}),
        total=count_rows(ctx, obj),
        created_by=ctx.actor.user_id,
        locale=ctx.locale,
    )
    job = app.configure_task(RUN_TASK, queue=QUEUE, lock=f"{RUN_TASK}:{ctx.workspace.id}:{obj.key}")
    job.defer(workspace_id=str(ctx.workspace.id), task_id=str(task.id))
    return task


def work(workspace_id: uuid.UUID, task_id: uuid.UUID) -> None:
    """Do a task to its end; does nothing when it has ended already."""
    while True:
        try:
            with session(workspace_id):
                task = SchemaTask.objects.select_for_update().filter(id=task_id).first()
                if task is None or task.status not in OPEN:
                    return
                ctx = _ctx(task)
                if task_kind_registry.get(task.kind).step(ctx, task):
                    task.status, task.finished_at = "done", ctx.now
                else:
                    task.status = "running"
                task.save()
                _announce(ctx, task)
        except Problem as problem:
            _fail(workspace_id, task_id, problem)


def _fail(workspace_id: uuid.UUID, task_id: uuid.UUID, problem: Problem) -> None:
    with session(workspace_id):
        task = SchemaTask.objects.select_for_update().get(id=task_id)
        ctx = _ctx(task)
        task_kind_registry.get(task.kind).failed(ctx, task)
        task.status, task.finished_at = "failed", ctx.now
        task.result = {**task.result, "error": problem.message(task.locale)}
        task.save()
        _announce(ctx, task)


def _ctx(task: SchemaTask) -> Ctx:
    """The context of the program at work for the person who asked: what it writes is theirs."""
    ctx = load_system_ctx(task.workspace_id)
    actor = ctx.actor
    if task.created_by is not None:
        try:
            actor = identity.load_actor(task.workspace_id, task.created_by)[1]
        except Problem:
            actor = ctx.actor
    return Ctx(
        workspace=ctx.workspace, actor=actor, via=ctx.via, locale=task.locale, now=ctx.now, batch_id=task.id
    )


def _announce(ctx: Ctx, task: SchemaTask) -> None:
    data = {"id": task.id, "object": task.object_key, "status": task.status}
    tell({"workspace": ctx.workspace.id, "user": task.created_by, "event": "schema_task", "data": data})


def count_rows(ctx: Ctx, obj: ObjectDef) -> int:
    """All rows of an object, those in the recycle bin included."""
    statement = Sql(f"SELECT count(*) FROM {table_of(obj)} r WHERE ") + rows_of(ctx, obj, "r")
    return int(select_rows(statement)[0][0])


def get_task(ctx: Ctx, task_id: uuid.UUID) -> SchemaTask:
    """The task; raises NotFound."""
    found = SchemaTask.objects.filter(workspace_id=ctx.workspace.id, id=task_id).first()
    if found is None:
        raise NotFound
    return found


def open_task(object_key: str, field_key: str, kind: str) -> SchemaTask | None:
    """A task of this kind on the field that has not ended."""
    rows = SchemaTask.objects.filter(object_key=object_key, field_key=field_key, kind=kind, status__in=OPEN)
    return rows.order_by("-id").first()


def list_tasks(ctx: Ctx, object_key: str) -> list[dict[str, Any]]:
    """The latest tasks of an object, newest first."""
    rows = SchemaTask.objects.filter(object_key=object_key).order_by("-id")[:MOST_LISTED]
    return [task_json(ctx, row) for row in rows]


def task_json(ctx: Ctx, task: SchemaTask) -> dict[str, Any]:
    """The task as the API shows it; values that repeat, and numbers, only to who sees the field of every record.

    Others are told how far it is in hundredths.
    """
    result, progress = task.result, {"done": task.done, "total": task.total}
    obj = get_schema(ctx).find(task.object_key)
    if obj is None or not rights.sees_values(ctx, obj, task.field_key):
        result = {key: value for key, value in result.items() if not isinstance(value, int | list)}
        progress = {"done": task.done * 100 // max(task.total, 1), "total": 100}
    return {
        "id": task.id,
        "kind": task.kind,
        "object": task.object_key,
        "field": task.field_key,
        "status": task.status,
        "progress": progress,
        "params": {key: value for key, value in task.params.items() if key != "before"},
        "result": result,
        "created_at": task.created_at,
        "finished_at": task.finished_at,
    }
