"""Queues: who may take from them, what waits in them, and taking one: the first to hold the lead has it.

*How it works*: taking locks the lead's row (the next one skips leads that somebody is just taking), then writes
the owner through the write door. Whoever waited for the same lead finds that it has an owner and is told so.

*Rules*: a member sees of a waiting lead what helps to choose (name, company, source, region, need), as far as
their role shows these fields, and never how to reach anybody. Limits hold for taking as for being given.
"""

import uuid
from dataclasses import replace
from typing import Any

from guanxi.domains.sales.assignment import why
from guanxi.domains.sales.assignment.deciding import LEAD, Decision, as_program
from guanxi.domains.sales.assignment.giving import keep_reasons
from guanxi.domains.sales.assignment.models import AssignmentPerson, AssignmentQueue
from guanxi.domains.sales.assignment.reading import WAITING, open_leads, people_of, waiting_in
from guanxi.domains.sales.assignment.rules import OPEN
from guanxi.domains.sales.assignment.settings import AREA
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, Forbidden, NotFound
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

SHOWN = ("name", "company", "source", "region", "industry", "need", "created_at")
MAX_SHOWN = 100
TAKEN = Text("这条线索刚被别人领走了。", "Somebody else has just taken this lead.")
EMPTY = Text("队列里没有等待的线索。", "Nothing waits in this queue.")
ENOUGH = Text("你手上的线索已到上限 {max} 条。", "You already have {max} open leads, which is your limit.")
ENOUGH_TODAY = Text(
    "你今天已接 {max} 条，明天再来。", "You have taken {max} leads today, which is your limit."
)


def my_queues(ctx: Ctx) -> list[dict[str, Any]]:
    """The queues the actor may take from, with how much waits in each."""
    rows = list(AssignmentQueue.objects.filter(workspace_id=ctx.workspace.id).order_by("id"))
    _, members = people_of(ctx, [row.members for row in rows])
    mine = [row for row, people in zip(rows, members, strict=True) if ctx.actor.user_id in people]
    counted = waiting_in(ctx) if mine else {}
    return [{"id": row.id, "name": row.name, "waiting": counted.get(row.id, 0)} for row in mine]


def waiting(ctx: Ctx, queue_id: uuid.UUID) -> list[dict[str, Any]]:
    """What waits in a queue, longest first; raises NotFound for who has no part in it."""
    _queue(ctx, queue_id)
    statement = Sql(
        f"SELECT q.lead_id, q.entered_at{WAITING} AND q.queue_id = %s ORDER BY q.entered_at, q.id LIMIT {MAX_SHOWN}",
        (ctx.workspace.id, list(OPEN), queue_id),
    )
    entered = dict(select_rows(statement))
    readable = rights.readable(ctx, rights.get_object(ctx, LEAD))
    fields = [key for key in SHOWN if key in readable]
    records = get_records(replace(as_program(ctx), locale=ctx.locale), LEAD, list(entered), fields=fields)
    return [
        {
            "id": r["id"],
            "entered_at": entered[uuid.UUID(r["id"])],
            **{key: _place(r.get(key)) for key in fields},
        }
        for r in records
    ]


def _place(value: Any) -> Any:
    """A value as it stands; an address without the street and what is written out with it."""
    if not isinstance(value, dict) or "street" not in value:
        return value
    kept = {key: part for key, part in value.items() if key not in ("street", "postcode", "text")}
    return kept | {
        "text": "".join(dict.fromkeys(str(kept.get(part) or "") for part in ("province", "city", "district")))
    }


def take(ctx: Ctx, queue_id: uuid.UUID, lead: uuid.UUID | None = None) -> dict[str, Any]:
    """Take a lead (the one that has waited longest); raises NotFound, Forbidden, Conflict."""
    queue = _queue(ctx, queue_id, member=True)
    me = ctx.actor.user_id
    if me is None or not rights.can(ctx, rights.get_object(ctx, LEAD), "edit"):
        raise Forbidden
    _check_limits(ctx, me)
    chosen = Sql(" AND l.id = %s FOR UPDATE OF l", (lead,))
    if lead is None:
        chosen = Sql(" ORDER BY q.entered_at, q.id LIMIT 1 FOR UPDATE OF l SKIP LOCKED")
    statement = (
        Sql(f"SELECT l.id{WAITING} AND q.queue_id = %s", (ctx.workspace.id, list(OPEN), queue_id)) + chosen
    )
    rows = select_rows(statement)
    if not rows:
        raise Conflict(EMPTY if lead is None else TAKEN, code="queue_empty" if lead is None else "taken")
    found: uuid.UUID = rows[0][0]
    bulk_write(
        ctx, LEAD, [Change("update", found, {"owner": me})], partial=False, trusted=True, action="take"
    )
    said = why.filled(why.TAKEN, person=ctx.actor.name, queue=Text.of(queue.name))
    keep_reasons(as_program(ctx), {found: Decision("taken", said, person=me)})
    return {"lead": str(found)}


def _queue(ctx: Ctx, queue_id: uuid.UUID, *, member: bool = False) -> AssignmentQueue:
    """The queue, for its members (and, to look, for who sets it up)."""
    row = AssignmentQueue.objects.filter(workspace_id=ctx.workspace.id, id=queue_id).first()
    if row is None:
        raise NotFound
    _, (people,) = people_of(ctx, [row.members])
    if ctx.actor.user_id not in people and (member or not ctx.actor.may(AREA)):
        raise NotFound
    return row


def _check_limits(ctx: Ctx, me: uuid.UUID) -> None:
    """Refuse who has enough; one of their own requests waits for the other."""
    limits = (
        AssignmentPerson.objects.select_for_update().filter(workspace_id=ctx.workspace.id, user_id=me).first()
    )
    if limits is None:
        return
    if limits.max_open is not None and open_leads(ctx, [me]).get(me, 0) >= limits.max_open:
        raise Conflict(ENOUGH, code="enough", max=limits.max_open)
    if limits.per_day is not None:
        statement = Sql(
            "SELECT count(*) FROM assignment WHERE workspace_id = %s AND at >= %s AND person_id = %s"
            " AND how <> 'rebalanced'",
            (ctx.workspace.id, ctx.midnight, me),
        )
        if select_rows(statement)[0][0] >= limits.per_day:
            raise Conflict(ENOUGH_TODAY, code="enough_today", max=limits.per_day)
