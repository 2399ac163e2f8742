"""Who gets each of a set of leads: the first rule that matches and has somebody who can take it, else the fallback.

*How it works*: one statement tells which rules' filters each lead matches (the compiler of the lists, over drafts,
so that a lead need not be stored). Who looked after the same person before is found by identity keys, for all
leads at once. The choosing itself is rules.py.

*Rules*: a rule whose filter no longer fits the schema matches nothing. A lead is never left without a place: the
fallback person, if they have left the oldest administrator, or the fallback queue.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from guanxi.domains.sales.assignment import why
from guanxi.domains.sales.assignment.reading import Desk, Rule
from guanxi.domains.sales.assignment.rules import Asked, Method, choose
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import Compiler, rows_of, table_of
from guanxi.engine.records.query.drafts import draft_row, evaluate
from guanxi.engine.records.ruling.deciding import holds
from guanxi.engine.records.store.keys import holders, normal_of, rules_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import SYSTEM, Ctx, Via
from guanxi.kit.errors import Problem
from guanxi.kit.sql import FALSE, TRUE, Sql
from guanxi.kit.text import Text

LEAD = "lead"
_EARLIER: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("customer", {"name": "company"}), ("contact", {}), (LEAD, {}),
)  # fmt: skip
"""Where somebody may be known already, best first, and which field of a lead stands for which of theirs."""
_HOLDERS_EACH = 20


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a lead goes, by what, and why."""

    how: str
    why: Text
    person: uuid.UUID | None = None
    queue: uuid.UUID | None = None
    rule: uuid.UUID | None = None
    accept_by: datetime | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def as_program(ctx: Ctx) -> Ctx:
    """The context in which leads are shared out: the program's, in the caller's language and batch."""
    return replace(ctx, actor=SYSTEM, via=Via.SYSTEM)


def decide(
    ctx: Ctx, obj: ObjectDef, desk: Desk, leads: Sequence[Change], *,
    tried: Mapping[uuid.UUID, frozenset[uuid.UUID]] | None = None, at: Mapping[uuid.UUID, datetime] | None = None,
    eyes: Ctx | None = None,
) -> dict[uuid.UUID, Decision]:  # fmt: skip
    """By lead, where it goes. `tried` had it before; `at` is when each came in, in this order (default: now).

    The rules' filters are read with the program's eyes, or those given.
    """
    own = as_program(ctx)
    matched = matching(eyes or own, obj, [rule.row.filter for rule in desk.rules], leads)
    before = past_owners(own, leads) if any(rule.terms.past_owner for rule in desk.rules) else {}
    found = {}
    day = None
    for lead in leads:
        came = at[lead.id].astimezone(ctx.workspace.zone).date() if at is not None else None
        if came != day:
            day = came
            desk.work.today.clear()  # in the past every day began anew
        asked = Asked(
            at=(at or {}).get(lead.id, ctx.now),
            region=_region(lead.value("region")),
            past_owner=before.get(lead.id),
            tried=(tried or {}).get(lead.id, frozenset()),
        )
        rules = [desk.rules[n] for n in sorted(matched.get(lead.id, ()))]
        decision = next((d for rule in rules if (d := _by_rule(ctx, desk, rule, lead, asked))), None)
        found[lead.id] = decision or fallback(desk)
        if found[lead.id].person is not None:
            desk.work.add(found[lead.id].person)  # type: ignore[arg-type]  # just asked
    return found


def _by_rule(ctx: Ctx, desk: Desk, rule: Rule, lead: Change, asked: Asked) -> Decision | None:
    row = rule.row
    if rule.terms.method is Method.QUEUE:
        if row.queue_id not in desk.queues:
            return None
        named = Text.of(desk.queues[row.queue_id])
        return Decision("rule", why.filled(why.QUEUE, rule=Text.of(row.name), queue=named),
                        queue=row.queue_id, rule=row.id)  # fmt: skip
    if row.skill_field:
        value = lead.value(row.skill_field)
        asked = replace(asked, skill="" if value is None else str(value))
    choice = choose(rule.terms, desk.people, asked, desk.work, rule.turns)
    if choice.person is None:
        return None
    rule.used = True
    return Decision(
        "rule", why.of_choice(choice, row.name, desk.name(choice.person)), person=choice.person, rule=row.id,
        accept_by=_accept_by(desk, rule, choice.person, asked.at), facts=why.facts_of(choice),
    )  # fmt: skip


def _accept_by(desk: Desk, rule: Rule, person: uuid.UUID, at: datetime) -> datetime | None:
    minutes = rule.row.accept_minutes
    if minutes is None:
        return None
    hours = desk.people[person].hours or desk.hours
    return hours.after(at, minutes) if rule.terms.in_hours else at + timedelta(minutes=minutes)


def fallback(desk: Desk) -> Decision:
    """Where a lead goes that no rule could place."""
    if desk.row.fallback_queue in desk.queues:
        named = Text.of(desk.queues[desk.row.fallback_queue])
        return Decision(
            "fallback", why.filled(why.FALLBACK_QUEUE, queue=named), queue=desk.row.fallback_queue
        )
    person = desk.row.fallback_user
    if person in desk.people:
        return Decision("fallback", why.filled(why.FALLBACK, person=desk.name(person)), person=person)
    return Decision(
        "fallback", why.filled(why.FALLBACK_GONE, person=desk.name(desk.admin)), person=desk.admin
    )


def matching(
    ctx: Ctx, obj: ObjectDef, filters: Sequence[Any], leads: Sequence[Change]
) -> dict[uuid.UUID, set[int]]:
    """By lead, the positions of the filters that it matches; one statement."""
    made = {"created_at": ctx.now, "updated_at": ctx.now}

    def row(lead: Change) -> dict[str, Any]:
        base = made if lead.before is None else {}
        values = base | (lead.before or {}) | lead.system | lead.values
        return draft_row(ctx, obj, lead.id, {k: v for k, v in values.items() if k in obj.fields}, lead.custom)

    def build(compiler: Compiler) -> list[Sql]:
        return [_condition(compiler, tree) for tree in filters]

    if not filters:
        return {}
    told = evaluate(ctx, obj, [row(lead) for lead in leads], build)
    return {lead: {n for n, held in enumerate(values) if held} for lead, values in told.items()}


def _condition(compiler: Compiler, tree: Any) -> Sql:
    if not tree:
        return TRUE
    try:
        return holds(compiler, tree)
    except Problem:
        return FALSE


def _region(address: Any) -> str:
    return str(address.get("code") or "") if isinstance(address, Mapping) else ""


def past_owners(ctx: Ctx, leads: Sequence[Change]) -> dict[uuid.UUID, uuid.UUID]:
    """By lead, whoever owns the newest earlier record of the same person or firm: customers, then people, then leads."""
    found: dict[uuid.UUID, uuid.UUID] = {}
    schema = get_schema(ctx)
    lead_at = {lead.id: lead.value("created_at") for lead in leads}
    for key, renamed in _EARLIER:
        obj = schema.find(key)
        if obj is None:
            continue
        keys = {lead.id: _keys(obj, lead, renamed) for lead in leads if lead.id not in found}
        wanted: dict[Any, set[str]] = defaultdict(set)
        for each in keys.values():
            for rule, normal in each:
                wanted[rule].add(normal)
        if not wanted:
            continue
        held = holders(ctx, obj, wanted, most=_HOLDERS_EACH * len(leads))
        owners = _owners(ctx, obj, {i for ids in held.values() for i in ids})
        for lead_id, each in keys.items():
            ids = {i for rule, normal in each for i in held.get((rule.key, normal), ()) if i != lead_id}
            came = lead_at.get(lead_id) or ctx.now
            best = max((owners[i] for i in ids if i in owners and owners[i][0] <= came), default=None)
            if best is not None:
                found[lead_id] = best[1]
    return found


def _keys(obj: ObjectDef, lead: Change, renamed: Mapping[str, str]) -> list[tuple[Any, str]]:
    value: Callable[[str], Any] = lambda name: lead.value(renamed.get(name, name))  # noqa: E731
    pairs = [(rule, normal_of(rule, obj, value)) for rule in rules_of(obj)]
    return [(rule, normal) for rule, normal in pairs if normal is not None]


def _owners(ctx: Ctx, obj: ObjectDef, ids: set[uuid.UUID]) -> dict[uuid.UUID, tuple[datetime, uuid.UUID]]:
    if not ids:
        return {}
    statement = (
        Sql(f"SELECT r.id, r.created_at, r.owner_id FROM {table_of(obj)} r WHERE ")
        + rows_of(ctx, obj, "r")
        + Sql(" AND r.id = ANY(%s::uuid[]) AND r.deleted_at IS NULL AND r.owner_id IS NOT NULL", (list(ids),))
    )
    return {row[0]: (row[1], row[2]) for row in select_rows(statement)}
