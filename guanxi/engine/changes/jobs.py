"""Bulk work on a selection: asked for, carried out a chunk at a time, with an outcome for every record.

*How it works*: `create_job` checks what is asked for, counts the selection and hands it to a worker. The
worker walks the selection in the order of ids (what was made after the job is not in it), writes each
chunk through the write door in one transaction and notes what was refused, record by record. An action
that refuses a chunk is tried on each of its records.

*Rules*: done as the person who asked, with the rights they have now. The job's id is the batch of its
changes, so that all of it can be undone. A cancelled job keeps what it has done.
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from guanxi.engine.access import rights
from guanxi.engine.changes.models import BulkJob, BulkRefusal
from guanxi.engine.identity import facade as identity
from guanxi.engine.records.acting import find_action, read_input, run_action
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query import count_matching, parse_query
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.query.read import require_reach, visible_ids
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.rollups import lock_matching
from guanxi.engine.records.store.single import parse_changes
from guanxi.engine.records.store.telling import tell
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, FieldError, Forbidden, NotFound, Problem, TooLarge, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.jsons import dumps, loads
from guanxi.kit.sql import Sql, all_of
from guanxi.kit.text import Text

RUN = "changes.run_bulk_job"
QUEUE = "transfer"
CHUNK = 2000
ACTION_CHUNK = 200
MAX_IDS = 50_000
MAX_COUNTED = 10_000_000
KEPT = timedelta(days=31)
OPS = ("update", "delete", "restore", "action")
ALLOWED = frozenset(
    {"object", "op", "ids", "filter", "q", "set", "add", "remove", "action", "input", "expect"}
)
UNKNOWN = Text("没有这个参数。", "There is no such parameter.")
BAD_OP = Text("op 应是 update、delete、restore 或 action。", "op must be update, delete, restore or action.")
BAD_IDS = Text("这里需要一组记录的 id。", "A list of record ids is needed here.")
NOT_OBJECT = Text("这里需要一个对象。", "An object is needed here.")
NOTHING = Text("请给出要改的值。", "Say what to change.")
NEEDS_TARGET = Text("请给出 ids 或 filter。", "Give ids or a filter.")
TOO_MANY = Text("一次最多点名 {max} 条，更多请用筛选。", "Name at most {max} records; use a filter for more.")
CHANGED = Text("符合条件的现在是 {now} 条，不是 {expected} 条。", "{now} records match now, not {expected}.")
OVER = Text("这项工作已经结束。", "This work is over.")
NOT_BULK = Text("这个操作一次只能用于一条记录。", "This action works on one record at a time.")
LEFT = Text("发起人已不在工作区。", "Whoever asked for this is no longer in the workspace.")


def create_job(ctx: Ctx, body: Mapping[str, Any]) -> BulkJob:
    """Check and queue bulk work; raises Invalid, Forbidden, NotFound, Conflict (another count), TooLarge."""
    for name in body:
        if name not in ALLOWED:
            raise invalid(name[:60], "unknown_parameter", UNKNOWN)
    obj = rights.get_object(ctx, str(body.get("object") or ""))
    if ctx.actor.user_id is None:
        raise Forbidden
    rights.require(ctx, obj, "bulk")
    op = body.get("op")
    if op not in OPS:
        raise invalid("op", "unknown_op", BAD_OP)
    spec = _read_spec(ctx, obj, str(op), body)
    target, total = _read_target(ctx, obj, body, deleted=_is_deleted(obj, str(op), spec))
    job = BulkJob.objects.create(
        workspace_id=ctx.workspace.id, object_key=obj.key, op=op, spec=spec, target=target, total_count=total,
        via=ctx.via, locale=ctx.locale, created_by=ctx.actor.user_id, created_at=ctx.now,
    )  # fmt: skip
    app.configure_task(RUN, queue=QUEUE, lock=f"{RUN}:{job.id}").defer(
        workspace_id=str(ctx.workspace.id), job_id=str(job.id)
    )
    record(ctx, "records.changed", object_key=obj.key, count=total, op=op, spec=spec, target=target)
    return job


def get_job(ctx: Ctx, job_id: uuid.UUID, *, lock: bool = False) -> BulkJob:
    """One's own job (administrators: anybody's); raises NotFound."""
    rows = BulkJob.objects.select_for_update() if lock else BulkJob.objects
    found = rows.filter(workspace_id=ctx.workspace.id, id=job_id).first()
    if found is None or (found.created_by != ctx.actor.user_id and not ctx.actor.may("changes")):
        raise NotFound
    return found


def cancel_job(ctx: Ctx, job_id: uuid.UUID) -> BulkJob:
    """Stop after the chunk that is being written; raises NotFound, Conflict."""
    job = get_job(ctx, job_id, lock=True)
    if job.status not in ("queued", "running"):
        raise Conflict(OVER, code="job_over")
    job.status, job.finished_at = "cancelled", ctx.now
    job.save(update_fields=["status", "finished_at"])
    return job


def job_json(ctx: Ctx, job: BulkJob) -> dict[str, Any]:
    """The job as the API tells it."""
    return {
        "id": str(job.id),
        "object": job.object_key,
        "op": job.op,
        "status": job.status,
        "progress": {"done": job.done_count, "total": job.total_count},
        "changed": job.changed_count,
        "unchanged": job.unchanged_count,
        "refused": job.refused_count,
        "batch": str(job.id),
        "error": Text.of(job.error).in_(ctx.locale) if job.error else None,
        "created_at": job.created_at,
        "finished_at": job.finished_at,
    }


def list_refusals(ctx: Ctx, job: BulkJob, *, after: uuid.UUID | None, limit: int) -> list[BulkRefusal]:
    """The next records that were refused."""
    rows = BulkRefusal.objects.filter(workspace_id=ctx.workspace.id, job=job)
    if after is not None:
        rows = rows.filter(id__gt=after)
    return list(rows.order_by("id")[:limit])


def refusals_json(ctx: Ctx, job: BulkJob, rows: Sequence[BulkRefusal]) -> list[dict[str, Any]]:
    """Refused records as the API tells them; of those that are out of sight at most what their asker named."""
    obj = get_schema(ctx).find(job.object_key)
    ids = [row.record_id for row in rows]
    seen = visible_ids(ctx, obj, ids) | visible_ids(ctx, obj, ids, deleted=True) if obj else set()
    own = job.created_by == ctx.actor.user_id
    return [
        {
            "record_id": str(row.record_id),
            "title": row.title if row.record_id in seen else "",
            "errors": [
                {"field": e["field"], "code": e["code"], "message": Text.of(e["message"]).in_(ctx.locale)}
                for e in row.errors
            ],
        }
        for row in rows
        if own or row.record_id in seen
    ]


def work(workspace_id: uuid.UUID, job_id: uuid.UUID) -> None:
    """Carry a job through, or go on with one that was interrupted."""
    going = True
    while going:
        with session(workspace_id):
            going = _next_chunk(workspace_id, job_id)


def _next_chunk(workspace_id: uuid.UUID, job_id: uuid.UUID) -> bool:
    job = BulkJob.objects.select_for_update().filter(workspace_id=workspace_id, id=job_id).first()
    if job is None or job.status not in ("queued", "running"):
        return False
    try:
        workspace, actor = identity.load_actor(workspace_id, job.created_by)
        ctx = Ctx(workspace=workspace, actor=actor, via=Via(job.via), locale=job.locale, batch_id=job.id)
        obj = rights.get_object(ctx, job.object_key)
        ids = _next_ids(ctx, obj, job)
        with transaction.atomic():
            _do(ctx, obj, job, ids)
    except Problem as problem:
        job.status, job.finished_at = "failed", timezone.now()
        text = (
            LEFT if isinstance(problem, NotFound) else Text(problem.message("zh-CN"), problem.message("en"))
        )
        job.error = text.as_dict()
        job.save()
        return False
    job.done_count += len(ids)
    size = ACTION_CHUNK if job.op == "action" else CHUNK
    job.status = "running" if len(ids) == size else "done"
    if ids:
        job.position = ids[-1]
    if job.status == "done":
        job.total_count, job.finished_at = job.done_count, ctx.now
    job.save()
    tell({"workspace": ctx.workspace.id, "user": job.created_by, "event": "job", "data": job_json(ctx, job)})
    return job.status == "running"


def _next_ids(ctx: Ctx, obj: ObjectDef, job: BulkJob) -> list[uuid.UUID]:
    size = ACTION_CHUNK if job.op == "action" else CHUNK
    if "ids" in job.target:
        given = [i for item in job.target["ids"] if (i := parse_id(item))]
        return given[job.done_count : job.done_count + size]
    query = parse_query(
        obj.key,
        {"filter": job.target["filter"], "q": job.target["q"], "deleted": _is_deleted(obj, job.op, job.spec)},
    )
    return lock_matching(ctx, query, limit=size, after=job.position, until=job.created_at)


def _do(ctx: Ctx, obj: ObjectDef, job: BulkJob, ids: Sequence[uuid.UUID]) -> None:
    if not ids:
        return
    require_reach(ctx, obj, ids, "bulk", deleted=_is_deleted(obj, job.op, job.spec))
    if job.op == "action":
        _act(ctx, obj, job, ids)
        return
    values, added, removed = parse_changes(
        ctx, obj, *(job.spec.get(name) or {} for name in ("set", "add", "remove"))
    )
    changes = [
        Change(job.op, i, dict(values), index=n, added=added, removed=removed)  # type: ignore[arg-type]
        for n, i in enumerate(ids)
    ]
    result = bulk_write(ctx, obj.key, changes, partial=True)
    job.changed_count += result.updated + result.deleted + result.restored
    job.unchanged_count += result.unchanged
    _refuse(ctx, obj, job, {ids[n]: errors for n, errors in result.refused.items()})


def _act(ctx: Ctx, obj: ObjectDef, job: BulkJob, ids: Sequence[uuid.UUID]) -> None:
    """The action on all of the chunk at once; where that is refused, on each record by itself."""
    refused: dict[uuid.UUID, list[FieldError]] = {}
    parts = [list(ids)]
    while parts:
        part = parts.pop()
        try:
            with transaction.atomic():
                run_action(ctx, obj, job.spec["action"], part, loads(dumps(job.spec["input"])))
            job.changed_count += len(part)
        except Problem as problem:
            if len(part) > 1:
                parts += [[i] for i in part]
                continue
            said = Text(problem.message("zh-CN"), problem.message("en"))
            refused[part[0]] = problem.errors or [FieldError("", problem.code, said)]
    _refuse(ctx, obj, job, refused)


def _refuse(
    ctx: Ctx, obj: ObjectDef, job: BulkJob, refused: Mapping[uuid.UUID, Sequence[FieldError]]
) -> None:
    if not refused:
        return
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (list(refused),))])
    titles = dict(select_rows(Sql(f"SELECT r.id, r.title FROM {table_of(obj)} r WHERE ") + where))
    hidden = {i for i, errors in refused.items() if any(error.code == "not_found" for error in errors)}
    BulkRefusal.objects.bulk_create(
        [
            BulkRefusal(
                workspace_id=ctx.workspace.id, job=job, record_id=record_id,
                title="" if record_id in hidden else titles.get(record_id, ""),
                errors=[
                    {"field": e.field, "code": e.code,
                     "message": {locale: e.as_json(locale)["message"] for locale in ("zh-CN", "en")}}
                    for e in errors
                ],
            )
            for record_id, errors in refused.items()
        ],
        batch_size=1000,
    )  # fmt: skip
    job.refused_count += len(refused)


def _is_deleted(obj: ObjectDef, op: str, spec: Mapping[str, Any]) -> bool:
    return op == "restore" or (op == "action" and find_action(obj, spec["action"]).deleted)


def _read_spec(ctx: Ctx, obj: ObjectDef, op: str, body: Mapping[str, Any]) -> dict[str, Any]:
    if op == "action":
        action = find_action(obj, str(body.get("action") or ""))
        if not rights.can_act(ctx, obj, action.key, action.verb):
            raise Forbidden
        if not action.bulk:
            raise invalid("action", "one_only", NOT_BULK)
        given = _object(body, "input")
        if not action.raw_input:
            read_input(ctx, action, obj, given)
        return {"action": action.key, "input": given}
    rights.require(ctx, obj, "edit" if op == "update" else "delete")
    if op != "update":
        return {}
    spec = {name: _object(body, name) for name in ("set", "add", "remove")}
    if not any(spec.values()):
        raise invalid("set", "required", NOTHING)
    parse_changes(ctx, obj, spec["set"], spec["add"], spec["remove"])
    return spec


def _object(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    given = body.get(name) or {}
    if not isinstance(given, dict):
        raise invalid(name, "wrong_type", NOT_OBJECT)
    return given


def _read_target(
    ctx: Ctx, obj: ObjectDef, body: Mapping[str, Any], *, deleted: bool
) -> tuple[dict[str, Any], int]:
    if body.get("ids") is not None:
        given = body["ids"]
        found = [parse_id(item) for item in given] if isinstance(given, list) else [None]
        if not found or None in found:
            raise invalid("ids", "wrong_type", BAD_IDS)
        if len(found) > MAX_IDS:
            raise TooLarge(TOO_MANY, max=MAX_IDS)
        ids = [str(i) for i in dict.fromkeys(found)]
        return {"ids": ids}, len(ids)
    if "filter" not in body:
        raise invalid("ids", "required", NEEDS_TARGET)
    query = parse_query(obj.key, {"filter": body["filter"], "q": body.get("q") or "", "deleted": deleted})
    total, _ = count_matching(ctx, query, cap=MAX_COUNTED)
    expected = body.get("expect")
    if expected is not None and expected != total:
        raise Conflict(CHANGED, code="count_changed", now=total, expected=expected, extra={"count": total})
    return {"filter": body["filter"], "q": query.q}, total


def forget_old(ctx: Ctx) -> None:
    """Remove jobs whose work can no longer be undone (an hourly chore)."""
    BulkJob.objects.filter(workspace_id=ctx.workspace.id, created_at__lt=ctx.now - KEPT).delete()


chore_registry.register(Chore("changes.forget_bulk_jobs", forget_old))
