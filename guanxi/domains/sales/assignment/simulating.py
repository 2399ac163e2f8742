"""Trying rules on the leads of the last weeks: who would have got what, beside who has it now.

*How it works*: the leads are taken in the order they came in, each at its own moment (hours, day's shares), through
the same choosing as new ones, with turns that begin anew. Nothing is written and nobody is told.

*Rules*: how much open work somebody had back then is not known: `max_open` is left out of account (`open_limits`
says so). Absence is that of now. At most MAX_LEADS leads, the newest. Everything is told of leads that whoever asks
sees (`whole`: of all), matched with their eyes: what a rule finds by more than they read would tell of it.
"""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from guanxi.domains.sales.assignment.deciding import LEAD, Decision, as_program, decide
from guanxi.domains.sales.assignment.models import AssignmentRule
from guanxi.domains.sales.assignment.reading import Desk, load_desk
from guanxi.domains.sales.assignment.settings import fill_rule, require
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.ids import new_id
from guanxi.kit.sql import Sql, sql

MAX_LEADS = 3000
SAMPLES = 20


def simulate(ctx: Ctx, drafts: Sequence[Mapping[str, Any]] | None, days: int) -> dict[str, Any]:
    """What the rules (drafts, or those stored) would have done with the leads of the last `days`.

    Raises Forbidden, NotFound for who sees no leads at all, and Invalid for a draft that is not in order.
    """
    require(ctx)
    own, obj = as_program(ctx), rights.get_object(ctx, LEAD)
    rules = _rules(ctx, drafts)
    desk = load_desk(own, rules=rules)
    assert desk is not None
    desk.people = {i: replace(person, max_open=None) for i, person in desk.people.items()}
    leads, at, more = _leads(ctx, own, days)
    decisions = decide(ctx, get_object(own, LEAD), desk, leads, at=at, eyes=ctx)
    names = [str(rule.id) for rule in rules]
    by_rule = Counter(str(d.rule) for d in decisions.values() if d.rule is not None)
    by_person = Counter(d.person for d in decisions.values() if d.person is not None)
    has = Counter(lead.value("owner") for lead in leads)
    people = {*by_person, *(owner for owner in has if owner in desk.people)}
    return {
        "days": days,
        "leads": len(leads),
        "more": more,
        "whole": rights.sees_everything(ctx, obj),
        "open_limits": False,
        "rules": [{"name": rule.name, "leads": by_rule[key]} for rule, key in zip(rules, names, strict=True)],
        "queues": _queues(desk, decisions),
        "fallback": sum(d.how == "fallback" for d in decisions.values()),
        "people": [
            {"user": {"id": i, "name": desk.name(i)}, "leads": by_person[i], "has_now": has[i]}
            for i in sorted(people, key=lambda i: (-by_person[i], desk.name(i)))
        ],
        "samples": _samples(ctx, desk, leads[-SAMPLES:][::-1], decisions),
    }


def _rules(ctx: Ctx, drafts: Sequence[Mapping[str, Any]] | None) -> list[AssignmentRule]:
    if drafts is None:
        rows = AssignmentRule.objects.filter(workspace_id=ctx.workspace.id, enabled=True)
        found = list(rows.order_by("position", "id"))
        for row in found:
            row.turns = {}
        return found
    found = []
    for position, given in enumerate(drafts):
        row = AssignmentRule(
            id=new_id(), workspace_id=ctx.workspace.id, position=position, created_at=ctx.now
        )
        fill_rule(ctx, row, given)
        found.append(row)
    return [row for row in found if row.enabled]


def _leads(ctx: Ctx, own: Ctx, days: int) -> tuple[list[Change], dict[uuid.UUID, datetime], bool]:
    """The leads that came in and that the actor sees, oldest first, with their moments, and whether there were more."""
    since = sql("r.created_at >= {}", own.now - timedelta(days=days))
    seen = Compiler(ctx, get_object(ctx, LEAD)).base(where=since)
    ending = sql(" ORDER BY r.created_at DESC, r.id DESC LIMIT {}", MAX_LEADS + 1)
    rows = select_rows(Sql("SELECT r.id, r.created_at ") + seen + ending)
    at = dict(rows[:MAX_LEADS][::-1])
    leads = [Change("update", i, {}) for i in at]
    lock_rows(own, get_object(own, LEAD), leads, deleted=False, trusted=True, lock=False)
    return [lead for lead in leads if not lead.errors], at, len(rows) > MAX_LEADS


def _queues(desk: Desk, decisions: Mapping[uuid.UUID, Decision]) -> list[dict[str, Any]]:
    counted = Counter(d.queue for d in decisions.values() if d.queue is not None)
    return [{"id": i, "name": desk.queues[i], "leads": count} for i, count in counted.most_common()]


def _samples(
    ctx: Ctx, desk: Desk, leads: Sequence[Change], decisions: Mapping[uuid.UUID, Decision]
) -> list[dict[str, Any]]:
    records = get_records(ctx, LEAD, [lead.id for lead in leads], fields=["id"])
    found = []
    for record in records:
        decision = decisions[uuid.UUID(record["id"])]
        to = {"id": decision.person, "name": desk.name(decision.person)} if decision.person else None
        found.append(
            {"id": record["id"], "title": record["title"], "to": to, "why": decision.why.in_(ctx.locale)}
        )
    return found
