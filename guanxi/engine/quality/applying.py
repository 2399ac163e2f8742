"""Applying a repair: through the write door, under one batch, in the background where it is large.

*How it works*: the run's row is made first; its id is the batch in the journal. Up to INLINE records are
repaired while the asker waits; more go to a job that works in transactions of CHUNK rows, as the person
who asked and with their rights, and tells them when it is done. Undoing is the journal's undo of the batch.

*Rules*: each record is written as of the version it was read at; what is refused is counted and left alone.
"""

import uuid
from typing import Any

from procrastinate.contrib.django import app

from guanxi.engine.access import rights
from guanxi.engine.identity import facade as identity
from guanxi.engine.notifications.facade import notify
from guanxi.engine.quality.models import QualityRepair
from guanxi.engine.quality.proposing import propose
from guanxi.engine.quality.repairs import repair_registry
from guanxi.engine.quality.repairs.base import Repair
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.kit.errors import Forbidden, NotFound
from guanxi.kit.text import Text

APPLY = "quality.apply_repair"
QUEUE = "maintenance"
INLINE = 1000
CHUNK = 2000
MAX_RECORDS = 100_000
RUNS = 10
REPAIRED = "quality.repaired"
_DONE = Text("已修正 {count} 条{object}", "{count} records repaired: {object}")


def recent_runs(ctx: Ctx, obj: ObjectDef) -> list[dict[str, Any]]:
    """The last runs of the actor's (of everybody's for who looks after all), newest first."""
    rows = QualityRepair.objects.filter(workspace_id=ctx.workspace.id, object_key=obj.key)
    if not ctx.actor.manages("changes"):
        rows = rows.filter(created_by=ctx.actor.user_id)
    return [shown(row) for row in rows.order_by("-id")[:RUNS]]


def shown(row: QualityRepair) -> dict[str, Any]:
    """A run in the API; `batch` is what `/{object}/bulk` undoes."""
    repair = repair_registry.find(row.repair)
    return {
        "batch": str(row.id),
        "repair": row.repair,
        "label": repair.label.as_dict() if repair else None,
        "state": row.state,
        "repaired": row.repaired,
        "refused": row.refused,
        "created_at": row.created_at,
        "finished_at": row.finished_at,
    }


def apply(ctx: Ctx, obj: ObjectDef, key: str) -> dict[str, Any]:
    """Repair all that the actor may change; raises NotFound, Forbidden."""
    repair = repair_registry.find(key)
    if repair is None:
        raise NotFound
    rights.require(ctx, obj, "bulk")
    if ctx.actor.user_id is None:
        raise Forbidden
    row = QualityRepair.objects.create(
        workspace_id=ctx.workspace.id, object_key=obj.key, repair=key, created_by=ctx.actor.user_id,
        created_at=ctx.now,
    )  # fmt: skip
    if propose(ctx, obj, repair, limit=INLINE).last is None:
        _stretch(ctx, obj, repair, row, None, INLINE)
        _finish(row, ctx)
    else:
        task = app.configure_task(APPLY, queue=QUEUE, lock=f"{APPLY}:{ctx.workspace.id}:{obj.key}")
        task.defer(workspace_id=str(ctx.workspace.id), run_id=str(row.id), locale=ctx.locale)
    return shown(row)


def run(workspace_id: uuid.UUID, run_id: uuid.UUID, locale: str) -> None:
    """Work through a large repair, a stretch in a transaction (the job)."""
    last: uuid.UUID | None = None
    going = True
    while going:
        with session(workspace_id):
            row = QualityRepair.objects.select_for_update().filter(id=run_id, state="running").first()
            if row is None or row.created_by is None:
                return
            try:
                workspace, actor = identity.load_actor(workspace_id, row.created_by)
            except NotFound:  # they have left meanwhile
                QualityRepair.objects.filter(id=run_id).update(state="failed")
                return
            ctx = Ctx(workspace=workspace, actor=actor, via=Via.WEB, locale=locale)
            obj, repair = rights.get_object(ctx, row.object_key), repair_registry.get(row.repair)
            last = _stretch(ctx, obj, repair, row, last, CHUNK)
            going = last is not None and row.repaired < MAX_RECORDS
            if going:
                row.save(update_fields=["repaired", "refused"])
            else:
                _finish(row, ctx)
                values = {"count": row.repaired, "object": obj.label_plural.as_dict()}
                notify(
                    ctx, [row.created_by], REPAIRED, _DONE, "", f"/settings/quality?object={obj.key}", values
                )


def _stretch(
    ctx: Ctx, obj: ObjectDef, repair: Repair, row: QualityRepair, after: uuid.UUID | None, limit: int
) -> uuid.UUID | None:
    """Repair the next rows; gives where to go on, None at the end."""
    found = propose(ctx, obj, repair, after=after, limit=limit)
    changes = [
        Change("update", item.id, {key: new for key, (_, new) in item.changes.items()}, version=item.version,
               index=i)
        for i, item in enumerate(found.proposals)
    ]  # fmt: skip
    if changes:
        result = bulk_write(ctx.with_batch(row.id), obj.key, changes, partial=True)
        row.repaired += result.updated
        row.refused += len(result.refused)
    return found.last


def _finish(row: QualityRepair, ctx: Ctx) -> None:
    row.state, row.finished_at = "done", ctx.now
    row.save()
