"""How everybody stands: targets, what was reached, pace; the figures of the performance page and the workbench.

*How it works*: `standing` reads people, teams, plans and all cells of the stretch with one statement each, and what was
reached with one grouped query a source of a plan. Every figure carries the lists that open it.

*Rules*: rows are of those whose figures the reader may see in full (firm.seen_subjects), and of the reader.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.targets.cells import Aim, Cells, aims_of, read_cells, summed
from guanxi.domains.sales.targets.figures import circle_of, open_to, read_figures, tree_of
from guanxi.domains.sales.targets.firm import Firm, Subject, load_firm, seen_subjects
from guanxi.domains.sales.targets.measures import Source, TargetMeasure
from guanxi.domains.sales.targets.models import TargetPlan
from guanxi.domains.sales.targets.plans import all_plans, plan_json
from guanxi.domains.sales.targets.rules import NOUGHT, Period, pace, percent, period_of, wider
from guanxi.engine.tenancy.context import Ctx


def standing(ctx: Ctx, unit: str, day: date, *, mine: bool = False) -> dict[str, Any]:
    """`{"period", "today", "plans"}`: every plan the actor sees, in the period of `unit` that `day` is in.

    A plan in quarters is told for the quarter where a month is asked for. With `mine`, the actor's row alone.
    """
    today = ctx.today.date()
    firm = load_firm(ctx)
    plans = [(plan, measure) for plan in all_plans(ctx) if plan.enabled and (measure := open_to(ctx, plan))]
    periods = {plan.id: period_of(wider(unit, plan.unit), day) for plan, _ in plans}
    cells = read_cells(
        ctx, periods,
        min((p.start for p in periods.values()), default=day), max((p.end for p in periods.values()), default=day),
    )  # fmt: skip
    return {
        "period": period_json(period_of(unit, day)),
        "today": today,
        "plans": [
            plan_json(plan) | _told(ctx, firm, plan, measure, periods[plan.id], cells[plan.id], mine=mine)
            for plan, measure in plans
        ],
    }


def _told(
    ctx: Ctx,
    firm: Firm,
    plan: TargetPlan,
    measure: TargetMeasure,
    period: Period,
    cells: Cells,
    *,
    mine: bool,
) -> dict[str, Any]:
    reached = totals(read_figures(ctx, plan, measure, period, period))
    aims = aims_of(firm, summed(cells, period))
    seen = seen_subjects(firm, circle_of(ctx, measure))
    user = ctx.actor.user_id
    me: Subject | None = ("user", user) if user is not None and user in firm.people else None
    shown = [] if mine else [subject for subject in ordered(firm) if subject in seen]
    if me is not None and me not in shown:
        shown.append(me)
    rows = [
        row_json(ctx, firm, plan, measure, period, subject, aims[subject], of_subject(firm, subject, reached))
        for subject in shown
    ]
    kept = [row for row in rows if row["id"] == ctx.actor.user_id or _says_something(firm, row)]
    return {"period": period_json(period), "me": ctx.actor.user_id if me else None, "rows": kept}


def _says_something(firm: Firm, row: Mapping[str, Any]) -> bool:
    """False for somebody who has left without a figure, and for teams and people with nothing at all."""
    if row["target"] is not None or row["actual"]:
        return True
    return row["kind"] == "team" and bool(firm.members(("team", row["id"])))


def totals(figures: Mapping[tuple[uuid.UUID, date], Decimal]) -> dict[uuid.UUID, Decimal]:
    """By person, over all periods."""
    found: dict[uuid.UUID, Decimal] = {}
    for (owner, _), value in figures.items():
        found[owner] = found.get(owner, NOUGHT) + value
    return found


def of_subject(firm: Firm, subject: Subject, reached: Mapping[uuid.UUID, Decimal]) -> Decimal:
    """What everybody who counts for a subject has reached."""
    return sum((reached.get(person.id, NOUGHT) for person in firm.members(subject)), NOUGHT)


def ordered(firm: Firm) -> Iterable[Subject]:
    """The firm, then its tree: each team, its people, the teams below."""
    yield firm.subject
    waiting = list(reversed(firm.tops))
    while waiting:
        group = waiting.pop()
        yield ("team", group.id)
        yield from (("user", person.id) for person in group.people)
        waiting += reversed(group.below)
    yield from (("user", person.id) for person in firm.loose)


def row_json(
    ctx: Ctx, firm: Firm, plan: TargetPlan, measure: TargetMeasure, period: Period, subject: Subject, aim: Aim,
    actual: Decimal,
) -> dict[str, Any]:  # fmt: skip
    """One row: somebody's target, what was reached, the pace, and the lists behind it."""
    found = pace(period, ctx.today.date(), aim.target, actual)
    return {
        "kind": subject[0], "id": subject[1], **place_of(firm, subject),
        "target": aim.target, "typed": aim.typed is not None, "below": aim.below, "difference": aim.difference,
        "actual": actual, "percent": percent(aim.target, actual),
        "pace": {
            "days": found.days, "gone": found.gone, "left": found.left, "expected": found.expected,
            "expected_percent": percent(aim.target, found.expected) if found.expected is not None else None,
            "ahead": found.ahead, "projected": found.projected, "per_day": found.per_day,
        },
        "lists": lists_of(plan, measure, period, subject),
    }  # fmt: skip


def place_of(firm: Firm, subject: Subject) -> dict[str, Any]:
    """What a subject is called and the team it hangs on."""
    kind, subject_id = subject
    if kind == "user":
        person = firm.people[subject_id]
        return {"name": person.name, "parent": person.team}
    if kind == "team":
        return {"name": firm.teams[subject_id].name, "parent": firm.teams[subject_id].parent}
    return {"name": "", "parent": None}


def lists_of(
    plan: TargetPlan, measure: TargetMeasure, period: Period, subject: Subject
) -> list[dict[str, Any]]:
    """The queries that open a figure: its records, by the measure's sources."""
    kind, subject_id = subject
    found: dict[str, list[tuple[Source, dict[str, Any]]]] = {}
    for source in measure.sources:
        whose = {
            "user": {"field": source.owner, "op": "is", "value": str(subject_id)},
            "team": {"field": f"{source.owner}.team", "op": "within", "value": str(subject_id)},
        }.get(kind, {"field": source.owner, "op": "is_not_empty"})
        tree = tree_of(plan, source, period.start, period.last, whose)
        found.setdefault(source.object, []).append((source, tree))
    return [
        {
            "object": key, "sort": f"-{parts[0][0].date}",
            "filter": parts[0][1] if len(parts) == 1 else {"or": [tree for _, tree in parts]},
        }
        for key, parts in found.items()
    ]  # fmt: skip


def period_json(period: Period) -> dict[str, Any]:
    """A period in the API."""
    return {"unit": period.unit, "start": period.start, "end": period.last}
