"""Carrying out decisions: owners through the write door, the reasons beside them, queues, and telling people."""

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence

from guanxi.domains.sales.assignment.deciding import LEAD, Decision, as_program, decide
from guanxi.domains.sales.assignment.models import Assignment, AssignmentRule, QueuedLead
from guanxi.domains.sales.assignment.reading import Desk, desk_of, load_desk
from guanxi.domains.sales.assignment.rules import OPEN
from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.rollups import Keeper
from guanxi.engine.records.store.writing import CHUNK, bulk_write
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

ASSIGNED = "lead.assigned"
ACTION = "assign"
ONE = Text("新线索「{record}」分给了你", "A new lead is yours: “{record}”")
MANY = Text("{count} 条新线索分给了你", "{count} new leads are yours")
MINE = f"/o/{LEAD}?view=builtin:mine"
_SHOWN_TITLE = 200


def share_out(ctx: Ctx, leads: Sequence[Change], *, door: str) -> dict[uuid.UUID, Decision]:
    """Give new leads to whom the rules say; nothing when the desk is off or not asked at this door."""
    desk = load_desk(as_program(ctx), door=door)
    if desk is None:
        return {}
    decisions = decide(ctx, get_object(ctx, LEAD), desk, leads)
    carry_out(ctx, desk, decisions, {lead.id: str(lead.value("name") or "") for lead in leads})
    return decisions


def share_out_stored(
    ctx: Ctx, ids: Sequence[uuid.UUID], *, tried: Mapping[uuid.UUID, frozenset[uuid.UUID]] | None = None,
    desk: Desk | None = None,
) -> dict[uuid.UUID, Decision]:  # fmt: skip
    """Give stored leads anew; those that are not open any more stay. Nothing when the desk is off."""
    own = as_program(ctx)
    desk = desk or load_desk(own)
    if desk is None:
        return {}
    leads = [lead for lead in locked(own, ids) if lead.value("status") in OPEN]
    decisions = decide(ctx, get_object(ctx, LEAD), desk, leads, tried=tried)
    carry_out(ctx, desk, decisions, {lead.id: str(lead.value("name") or "") for lead in leads})
    return decisions


def locked(own: Ctx, ids: Sequence[uuid.UUID]) -> list[Change]:
    """Stored leads with their values, held until the transaction ends; those that are gone are left out."""
    obj = get_object(own, LEAD)
    changes = [Change("update", i, {}) for i in ids]
    Keeper(own, obj).lock(changes, whatever=True)
    lock_rows(own, obj, changes, deleted=False, trusted=True)
    return [change for change in changes if not change.errors]


def carry_out(
    ctx: Ctx, desk: Desk, decisions: Mapping[uuid.UUID, Decision], titles: Mapping[uuid.UUID, str]
) -> None:
    """Write owners, reasons, places in queues and whose turn is next; tell people."""
    own = as_program(ctx)
    changes = [
        Change("update", lead, {"owner": decision.person}, index=n)
        for n, (lead, decision) in enumerate(decisions.items())
    ]
    for start in range(0, len(changes), CHUNK):
        bulk_write(own, LEAD, changes[start : start + CHUNK], partial=False, trusted=True, action=ACTION)
    keep_reasons(own, decisions)
    for rule in desk.rules:
        if rule.used:
            AssignmentRule.objects.filter(workspace_id=ctx.workspace.id, id=rule.row.id).update(
                turns=rule.turns.as_json()
            )
    tell(ctx, decisions, titles)


def keep_reasons(own: Ctx, decisions: Mapping[uuid.UUID, Decision]) -> None:
    """Say of each lead who has it and why; whatever was said before is over."""
    mine = Assignment.objects.filter(
        workspace_id=own.workspace.id, lead_id__in=decisions, ended_at__isnull=True
    )
    mine.update(ended_at=own.now)
    QueuedLead.objects.filter(workspace_id=own.workspace.id, lead_id__in=decisions).delete()
    Assignment.objects.bulk_create(
        Assignment(
            workspace_id=own.workspace.id, lead_id=lead, how=d.how, rule_id=d.rule, person_id=d.person,
            queue_id=d.queue, why=d.why.as_dict(), facts=dict(d.facts), at=own.now, accept_by=d.accept_by,
        )
        for lead, d in decisions.items()
    )  # fmt: skip
    QueuedLead.objects.bulk_create(
        QueuedLead(workspace_id=own.workspace.id, queue_id=d.queue, lead_id=lead, entered_at=own.now)
        for lead, d in decisions.items()
        if d.queue is not None
    )


def tell(ctx: Ctx, decisions: Mapping[uuid.UUID, Decision], titles: Mapping[uuid.UUID, str]) -> None:
    """One notice a person, whatever the number of leads; nobody is told of what they did themselves."""
    by_person: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for lead, decision in decisions.items():
        if decision.person is not None and decision.person != ctx.actor.user_id:
            by_person[decision.person].append(lead)
    notices = [
        Notice(
            user_id=person,
            title=ONE if len(leads) == 1 else MANY,
            body=decisions[leads[0]].why if len(leads) == 1 else "",
            url=f"/o/{LEAD}/{leads[0]}" if len(leads) == 1 else MINE,
            data={"count": len(leads), "object_key": LEAD}
            | ({"record": titles.get(leads[0], "")[:_SHOWN_TITLE], "record_id": str(leads[0])} if len(leads) == 1 else {}),
            group=f"{ASSIGNED}:{ctx.batch_id}" if ctx.batch_id else None,
            grouped_title=MANY,
            grouped_url=MINE,
        )
        for person, leads in by_person.items()
    ]  # fmt: skip
    notify_each(ctx, ASSIGNED, notices)


def is_on(ctx: Ctx) -> bool:
    """True when leads are shared out in this workspace."""
    return desk_of(ctx).enabled
