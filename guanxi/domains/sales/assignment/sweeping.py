"""Leads that were not taken up in time go on to somebody else: looked at every minute.

*How it works*: an assignment with `accept_by` is waiting until its person does something: says so, changes the
lead, is in touch with them. The sweep settles what has been settled meanwhile (taken up, given on by hand, closed)
and shares the rest out again, leaving out everybody who had the lead since it came in.

*Rules*: when nobody else is left, the fallback gets it; the fallback itself is not asked to accept. May run twice.
"""

import uuid
from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from guanxi.domains.sales.assignment import why
from guanxi.domains.sales.assignment.deciding import LEAD, Decision, decide
from guanxi.domains.sales.assignment.giving import carry_out, locked
from guanxi.domains.sales.assignment.models import Assignment, AssignmentRule
from guanxi.domains.sales.assignment.reading import load_desk
from guanxi.domains.sales.assignment.rules import OPEN
from guanxi.engine.identity.facade import people
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import Ctx, session, system_ctx
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

CHUNK = 500
MEMORY = timedelta(days=30)
"""Who had a lead longer ago may have it again."""


def sweep_all() -> int:
    """Look at every workspace; gives the number of leads passed on."""
    passed = 0
    for workspace in list_workspaces():
        with session(workspace.id):
            passed += sweep(system_ctx(workspace))
    return passed


def sweep(ctx: Ctx) -> int:
    """Settle what is due in one workspace; gives the number of leads passed on."""
    waiting = Assignment.objects.filter(
        workspace_id=ctx.workspace.id, accept_by__lte=ctx.now, accepted_at__isnull=True, ended_at__isnull=True
    )
    if not waiting.exists():
        return 0
    desk = load_desk(ctx)  # held first, as by everybody who shares leads out
    due = {row.lead_id: row for row in waiting.order_by("accept_by", "id")[:CHUNK]}
    leads = {lead.id: lead for lead in locked(ctx, list(due))}
    moved = _touched(ctx, list(leads))
    gone, settled, unasked, late = [], [], [], []
    for lead_id, row in due.items():
        lead = leads.get(lead_id)
        if lead is None or lead.value("owner") != row.person_id:
            gone.append(row.id)
        elif lead.value("status") not in OPEN or _is_taken_up(row, moved.get(lead_id)):
            settled.append(row.id)
        elif desk is None:
            unasked.append(row.id)  # sharing out is off: nobody is asked to take anything up
        else:
            late.append(lead)
    mine = Assignment.objects.filter(workspace_id=ctx.workspace.id)
    mine.filter(id__in=gone).update(ended_at=ctx.now)
    mine.filter(id__in=settled).update(accepted_at=ctx.now)
    mine.filter(id__in=unasked).update(accept_by=None)
    if desk is None or not late:
        return 0
    decisions = decide(ctx, get_object(ctx, LEAD), desk, late, tried=_tried(ctx, [lead.id for lead in late]))
    rules = {rule.id: rule for rule in AssignmentRule.objects.filter(workspace_id=ctx.workspace.id)}
    names = people(ctx, {person for lead_id in decisions if (person := due[lead_id].person_id)})
    told: dict[uuid.UUID, Decision] = {}
    for lead_id, decision in decisions.items():
        row = due[lead_id]
        former = names.get(row.person_id, "?") if row.person_id else "?"
        said = _said(rules.get(row.rule_id) if row.rule_id else None, former, decision)
        told[lead_id] = replace(decision, how="passed_on", why=said)
    carry_out(ctx, desk, told, {lead.id: str(lead.value("name") or "") for lead in late})
    return len(told)


def _said(rule: AssignmentRule | None, former: str, decision: Decision) -> Text:
    if rule is None or rule.accept_minutes is None:  # gone or changed meanwhile
        return why.filled(why.PASSED_ON, former=former, sentence=decision.why)
    text = why.PASSED_ON_AFTER_WORK if rule.in_hours else why.PASSED_ON_AFTER
    return why.filled(text, former=former, sentence=decision.why, minutes=rule.accept_minutes)


def _touched(ctx: Ctx, ids: list[uuid.UUID]) -> dict[uuid.UUID, tuple[object, ...]]:
    statement = Sql(
        "SELECT id, updated_by, updated_at, last_contact_at FROM lead WHERE workspace_id = %s AND id = ANY(%s::uuid[])",
        (ctx.workspace.id, ids),
    )
    return {row[0]: row[1:] for row in select_rows(statement)}


def _is_taken_up(row: Assignment, moved: tuple[object, ...] | None) -> bool:
    if moved is None:
        return False
    by, at, contact = moved
    return (by == row.person_id and at > row.at) or (contact is not None and contact >= row.at)  # type: ignore[operator]


def _tried(ctx: Ctx, ids: list[uuid.UUID]) -> dict[uuid.UUID, frozenset[uuid.UUID]]:
    had: dict[uuid.UUID, set[uuid.UUID]] = defaultdict(set)
    rows = Assignment.objects.filter(
        workspace_id=ctx.workspace.id, lead_id__in=ids, person_id__isnull=False, at__gte=ctx.now - MEMORY
    )
    for lead_id, person in rows.values_list("lead_id", "person_id"):
        if person is not None:
            had[lead_id].add(person)
    return {lead: frozenset(people) for lead, people in had.items()}
