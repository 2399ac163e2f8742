"""KPI score cards: several targets with weights, one number a person.

*How it works*: a card's targets are read as the performance page reads them; each counts up to its cap, by weight.
What somebody has no target for does not count, and the other weights stand for it.
"""

import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.targets.bands import score
from guanxi.domains.sales.targets.cells import aims_of, read_cells, summed
from guanxi.domains.sales.targets.commissions import UNKNOWN_PLAN, at_version, checked_people, included
from guanxi.domains.sales.targets.figures import circle_of, open_to, read_figures
from guanxi.domains.sales.targets.firm import AREA, Firm, load_firm
from guanxi.domains.sales.targets.models import ScoreCard, TargetPlan
from guanxi.domains.sales.targets.plans import TOO_MANY, all_plans, names, require
from guanxi.domains.sales.targets.rules import NOUGHT, UNITS, percent, period_of
from guanxi.domains.sales.targets.standing import period_json, totals
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.text import Text

MAX_CARDS = 20
NEEDS_ITEMS = Text("至少选一个目标，权重要大于 0。", "One target at least, with a weight above 0.")
TWICE = Text("同一个目标只能选一次。", "A target counts once on a card.")
TOO_LONG = Text("「{plan}」的周期比考核周期长。", "“{plan}” goes by longer periods than the card.")
_FIELDS = ("name", "unit", "items", "people", "enabled")


def cards(ctx: Ctx, day: date) -> dict[str, Any]:
    """Every card with the scores of those whose figures the actor sees, the best first."""
    firm = load_firm(ctx)
    manages = ctx.actor.manages(AREA)
    plans = {str(plan.id): plan for plan in all_plans(ctx)}
    rows = ScoreCard.objects.filter(workspace_id=ctx.workspace.id).order_by("id")[:MAX_CARDS]
    found = []
    for row in rows:
        told = _scored(ctx, firm, row, plans, day)
        if manages or (row.enabled and told["rows"]):
            found.append(card_json(row) | told)
    return {"data": found, "may": manages}


def _scored(
    ctx: Ctx, firm: Firm, row: ScoreCard, plans: Mapping[str, TargetPlan], day: date
) -> dict[str, Any]:
    period = period_of(row.unit, day)
    people = {user for user in included(firm, row.people) if firm.people[user].active}
    shares: dict[uuid.UUID, list[tuple[Decimal | None, Decimal, Decimal]]] = {user: [] for user in people}
    parts = []
    for item in row.items:
        plan = plans.get(item["plan"])
        measure = open_to(ctx, plan) if plan else None
        if plan is None or measure is None:
            # Without one of its parts a score would be another score: it is not for this reader.
            return {"period": period_json(period), "parts": [], "rows": []}
        circle = circle_of(ctx, measure)
        reached = totals(read_figures(ctx, plan, measure, period, period))
        aims = aims_of(firm, summed(read_cells(ctx, [plan.id], period.start, period.end)[plan.id], period))
        parts.append({"plan": plan.id, "name": plan.name, "weight": item["weight"], "cap": item["cap"]})
        shares = {user: known for user, known in shares.items() if circle is None or user in circle}
        for user, known in shares.items():
            share = percent(aims["user", user].target, reached.get(user, NOUGHT))
            known.append((share, Decimal(item["weight"]), Decimal(item["cap"])))
    scored: list[dict[str, Any]] = [
        {
            "id": user,
            "name": firm.people[user].name,
            "score": score(known),
            "parts": [part[0] for part in known],
        }
        for user, known in shares.items()
        if any(part[0] is not None for part in known)
    ]
    scored.sort(key=lambda each: (-(each["score"] or NOUGHT), each["name"]))
    return {"period": period_json(period), "parts": parts, "rows": scored}


def card_json(row: ScoreCard) -> dict[str, Any]:
    """A card in the API."""
    return {"id": row.id, **_told(row), "version": row.version}


def save_card(ctx: Ctx, card_id: uuid.UUID | None, given: Mapping[str, Any]) -> dict[str, Any]:
    """Make or change a card; raises Forbidden, NotFound, Invalid, StaleVersion."""
    require(ctx)
    if card_id is None:
        if ScoreCard.objects.filter(workspace_id=ctx.workspace.id).count() >= MAX_CARDS:
            raise invalid("name", "too_many", TOO_MANY, max=MAX_CARDS)
        row, before = ScoreCard(workspace_id=ctx.workspace.id, created_at=ctx.now), {}
    else:
        row = _find(ctx, card_id)
        at_version(row.version, given)
        before = _told(row)
        row.version += 1
    for name in _FIELDS:
        if given.get(name) is not None:
            setattr(row, name, given[name])
    row.name = names(row.name)
    row.people = checked_people(ctx, row.people)
    row.items = _checked(ctx, row)
    row.save()
    record_change(
        ctx, "settings.changed", before, _told(row), record_id=row.id, area="targets", what="card"
    )  # fmt: skip
    return card_json(row)


def delete_card(ctx: Ctx, card_id: uuid.UUID) -> None:
    """Delete a card; its targets stay."""
    require(ctx)
    row = _find(ctx, card_id)
    record_change(ctx, "settings.changed", _told(row), {}, record_id=row.id, area="targets", what="card")
    row.delete()


def _checked(ctx: Ctx, row: ScoreCard) -> list[dict[str, Any]]:
    plans = {str(plan.id): plan for plan in all_plans(ctx) if open_to(ctx, plan)}
    found: list[dict[str, Any]] = [
        {"plan": str(i["plan"]), "weight": int(i["weight"]), "cap": int(i["cap"])} for i in row.items
    ]
    if not sum(item["weight"] for item in found):
        raise invalid("items", "required", NEEDS_ITEMS)
    if len({item["plan"] for item in found}) < len(found):
        raise invalid("items", "twice", TWICE)
    for i, item in enumerate(found):
        plan = plans.get(item["plan"])
        if plan is None:
            raise invalid(f"items.{i}.plan", "unknown_plan", UNKNOWN_PLAN)
        if UNITS.index(plan.unit) > UNITS.index(row.unit):
            raise invalid(f"items.{i}.plan", "too_long", TOO_LONG, plan=Text.of(plan.name))
    return found


def _find(ctx: Ctx, card_id: uuid.UUID) -> ScoreCard:
    row = ScoreCard.objects.select_for_update().filter(workspace_id=ctx.workspace.id, id=card_id).first()
    if row is None:
        raise NotFound
    return row


def _told(row: ScoreCard) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FIELDS}
