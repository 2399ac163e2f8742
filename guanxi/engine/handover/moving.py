"""Handing over: started with a plan, carried out a chunk at a time through the write door, told of afterwards.

*How it works*: starting it disables the person if that was asked for, passes on open work (views, imports,
teams …) at once and leaves the records to a worker: object by object, in the order of ids, each chunk a
transaction. Everything is written under the hand-over's id, so that "my changes" can take it back.

*Rules*: done as whoever asked, with the rights they have when a chunk is written. A record that cannot be
written stays where it is and is named. It may run twice and then finds its work done.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from guanxi.engine.handover.models import HandOver
from guanxi.engine.handover.planning import check_plan, counts, get_person, json_of, require_handing
from guanxi.engine.handover.sharing_out import Plan, next_records
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.actions.members import update_member
from guanxi.engine.identity.actions.rights import require_ruling
from guanxi.engine.identity.leaving import open_work
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store import change_sets
from guanxi.engine.records.store.telling import tell
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, Forbidden, NotFound, Problem
from guanxi.kit.ids import new_id, parse_id
from guanxi.kit.text import Text

RUN = "handover.run"
QUEUE = "transfer"
KIND = "handover"
CHUNK = 2000
MAX_TOLD = 100
RUNNING = Text("正在交接，请等它完成。", "A hand-over of this person is running. Wait until it is done.")
LEFT = Text("发起人已不在工作区。", "Whoever asked for this is no longer in the workspace.")
_OPEN = ("queued", "running")


def start(
    ctx: Ctx, person: uuid.UUID, to: Sequence[uuid.UUID], objects: Mapping[str, Any], *, deactivate: bool
) -> HandOver:
    """Check a plan and begin with it; raises Forbidden, NotFound, Invalid, Conflict (one runs)."""
    member = get_person(ctx, person, lock=True)
    require_ruling(ctx, member)
    if ctx.actor.user_id is None:
        raise Forbidden
    plan = check_plan(ctx, person, to, objects)
    counted = counts(ctx, person)
    require_handing(ctx, [obj for obj, _ in counted])
    rows = HandOver.objects.filter(workspace_id=ctx.workspace.id, person_id=person)
    if rows.filter(status__in=_OPEN).exists():
        raise Conflict(RUNNING, code="hand_over_running")
    total = sum(number for _, number in counted)
    row = HandOver(
        id=new_id(), workspace_id=ctx.workspace.id, person_id=person, via=ctx.via, locale=ctx.locale,
        created_by=ctx.actor.user_id, created_at=ctx.now,
        plan={"to": [str(i) for i in plan.to], "objects": {k: [str(i) for i in ids] for k, ids in plan.objects.items()},
              "order": [obj.key for obj, _ in counted], "total": total},
    )  # fmt: skip
    row.work = {kind.key: kept for kind in open_work if (kept := kind.hand_over(ctx, person, plan.to[0]))}
    if deactivate and member.status != "disabled":
        update_member(ctx, person, {"status": "disabled"})
    row.save(force_insert=True)
    change_sets.begin(ctx, row.id, KIND, None, title=member.name)
    work = {key: len(kept) for key, kept in row.work.items()}
    record(ctx, "member.handed_over", record_id=person, count=total, name=member.name, to=row.plan["to"],
           objects={obj.key: number for obj, number in counted}, by_object=row.plan["objects"], work=work,
           deactivated=deactivate)  # fmt: skip
    app.configure_task(RUN, queue=QUEUE, lock=f"{RUN}:{row.id}").defer(
        workspace_id=str(ctx.workspace.id), work_id=str(row.id)
    )
    return row


def get(ctx: Ctx, person: uuid.UUID, work_id: uuid.UUID) -> HandOver:
    """A hand-over of a person; raises Forbidden, NotFound."""
    get_person(ctx, person)
    row = HandOver.objects.filter(workspace_id=ctx.workspace.id, person_id=person, id=work_id).first()
    if row is None:
        raise NotFound
    return row


def work(workspace_id: uuid.UUID, work_id: uuid.UUID) -> None:
    """Carry it through, or go on with one that was interrupted."""
    going = True
    while going:
        with session(workspace_id):
            going = _next_chunk(workspace_id, work_id)


def _next_chunk(workspace_id: uuid.UUID, work_id: uuid.UUID) -> bool:
    row = HandOver.objects.select_for_update().filter(workspace_id=workspace_id, id=work_id).first()
    if row is None or row.status not in _OPEN:
        return False
    try:
        workspace, actor = identity.load_actor(workspace_id, row.created_by)
        ctx = Ctx(workspace=workspace, actor=actor, via=Via(row.via), locale=row.locale, batch_id=row.id)
        with transaction.atomic():
            _advance(ctx, row)
    except Problem as problem:
        row.status, row.finished_at = "failed", timezone.now()
        said = Text(problem.message("zh-CN"), problem.message("en"))
        row.error = (LEFT if isinstance(problem, NotFound) else said).as_dict()
        row.save()
        return False
    row.save()
    data = {**json_of(ctx, row), "left": []}
    tell({"workspace": workspace_id, "user": row.created_by, "event": "job", "data": data})
    return row.status == "running"


def _advance(ctx: Ctx, row: HandOver) -> None:
    order: list[str] = row.plan["order"]
    row.status = "running"
    if row.step >= len(order):
        row.status, row.finished_at = "done", ctx.now
        return
    obj = get_schema(ctx).find(order[row.step])
    if obj is not None:
        require_handing(ctx, [obj])
        plan = Plan(_ids(row.plan["to"]), {key: _ids(ids) for key, ids in row.plan["objects"].items()})
        found = next_records(ctx, obj, row.person_id, plan, row.id, after=row.position, limit=CHUNK)
        if found:
            _hand(ctx, obj, row, plan, found)
            return
    row.step, row.position, row.dealt = row.step + 1, None, 0


def _hand(
    ctx: Ctx, obj: ObjectDef, row: HandOver, plan: Plan, found: list[tuple[uuid.UUID, uuid.UUID | None]]
) -> None:
    receivers, changes = plan.receivers(obj.key), []
    for index, (record_id, with_it) in enumerate(found):
        to = with_it
        if to is None:
            to = receivers[row.dealt % len(receivers)]
            row.dealt += 1
        changes.append(Change("update", record_id, {"owner": to}, index=index))
    # The right to hand over was asked for as a whole; no rule of a form may keep somebody's records with them.
    result = bulk_write(ctx, obj.key, changes, partial=True, trusted=True, action=KIND)
    row.moved_count += len(result.ids)
    row.refused_count += len(result.refused)
    row.refused = [
        *row.refused,
        *({"object": obj.key, "id": str(found[n][0]),
           "reason": errors[0].as_json(ctx.locale)["message"] if errors else ""} for n, errors in result.refused.items()),
    ][:MAX_TOLD]  # fmt: skip
    row.position = found[-1][0]


def _ids(given: Sequence[str]) -> list[uuid.UUID]:
    return [found for item in given if (found := parse_id(item))]
