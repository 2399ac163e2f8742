"""Giving out targets: the grid of people and periods, filling it from above, saving it.

*How it works*: `grid` gives everybody's cells of a year and what was reached the year before, by the statements of one
person and one month. `propose` splits an amount by largest remainder, over people, then over periods: it computes and
stores nothing; the grid shows it and saves what its reader makes of it. `save_cells` writes all cells with one statement.

*Rules*: one sets the targets of those one may (firm.settable); the whole is refused where one cell is not. The last to
save a cell wins; the audit has what it was before.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.targets.cells import read_cells
from guanxi.domains.sales.targets.figures import circle_of, open_to, read_figures
from guanxi.domains.sales.targets.firm import AREA, Firm, Subject, load_firm, seen_subjects, settable
from guanxi.domains.sales.targets.measures import TargetMeasure
from guanxi.domains.sales.targets.models import Target, TargetPlan
from guanxi.domains.sales.targets.plans import all_plans, find_plan, measures_json, plan_json
from guanxi.domains.sales.targets.rules import CENT, NOUGHT, ONE, Period, period_of, spread
from guanxi.domains.sales.targets.standing import ordered, place_of
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.currencies import places
from guanxi.kit.errors import FieldError, Invalid, NotFound, invalid
from guanxi.kit.text import Text

MAX_TOLD = 100
NOT_YOURS = Text("你不能设这一行的目标。", "You cannot set this one's target.")
NOT_A_START = Text("{day} 不是一个周期的第一天。", "{day} is not the first day of a period.")
TOO_FINE = Text("最多 {places} 位小数。", "At most {places} decimals.")
NOBODY = Text("下面没有可以分的人。", "There is nobody below to split among.")
NO_PARTS = Text("这个目标按{unit}，不能分到更短的周期。", "This target goes by the {unit}.")
_UNITS = {"month": Text("月", "month"), "quarter": Text("季度", "quarter"), "year": Text("年", "year")}


def overview(ctx: Ctx) -> dict[str, Any]:
    """`{"plans", "measures", "may"}`: what is aimed at, and whether the actor sets plans, targets, or looks only."""
    manages = ctx.actor.manages(AREA)
    mine = settable(ctx, load_firm(ctx))
    found = [plan_json(plan) for plan in all_plans(ctx) if (manages or plan.enabled) and open_to(ctx, plan)]
    return {
        "plans": found, "measures": measures_json(ctx) if manages else [],
        "may": {"plans": manages, "targets": mine is None or bool(mine)},
    }  # fmt: skip


def grid(ctx: Ctx, plan_id: uuid.UUID, year: int) -> dict[str, Any]:
    """`{"plan", "starts", "rows"}`: cells of a year, and what was reached a year before; raises NotFound."""
    plan, measure, firm, mine = _opened(ctx, plan_id)
    period = Period("year", date(year, 1, 1))
    starts = [part.start for part in period.parts(plan.unit)]
    before = [part.start for part in period.moved(-1).parts(plan.unit)]
    cells = read_cells(ctx, [plan.id], period.start, period.end)[plan.id]
    figures = _year_before(ctx, plan, measure, before)
    seen = seen_subjects(firm, circle_of(ctx, measure))
    rows = []
    for subject in ordered(firm):
        may = mine is None or subject in mine
        if not may and subject not in seen:
            continue
        if (
            subject[0] == "user"
            and not firm.people[subject[1]].active
            and not any((subject, start) in cells for start in starts)
        ):
            continue
        members = [person.id for person in firm.members(subject)]
        rows.append({
            "kind": subject[0], "id": subject[1], **place_of(firm, subject), "may": may,
            "cells": [cells.get((subject, start)) for start in starts],
            "before": [sum((figures.get((user, start), NOUGHT) for user in members), NOUGHT) for start in before]
            if subject in seen else None,
        })  # fmt: skip
    return {"plan": plan_json(plan), "year": year, "starts": starts, "rows": rows}


def _year_before(
    ctx: Ctx, plan: TargetPlan, measure: TargetMeasure, starts: Sequence[date]
) -> Mapping[tuple[uuid.UUID, date], Decimal]:
    first, last = Period(plan.unit, starts[0]), Period(plan.unit, starts[-1])
    return read_figures(ctx, plan, measure, first, last)


def save_cells(ctx: Ctx, plan_id: uuid.UUID, given: Sequence[Mapping[str, Any]]) -> int:
    """Store cells (null empties one); gives how many. Raises NotFound, Invalid: then none is stored."""
    plan, measure, firm, mine = _opened(ctx, plan_id)
    errors: list[FieldError] = []
    wanted: dict[tuple[Subject, date], Decimal | None] = {}
    for i, cell in enumerate(given):
        subject: Subject = (cell["kind"], cell["id"])
        start, amount = cell["start"], cell["amount"]
        if not firm.knows(subject) or (mine is not None and subject not in mine):
            errors.append(FieldError(f"cells.{i}.id", "not_yours", NOT_YOURS))
        elif period_of(plan.unit, start).start != start:
            errors.append(FieldError(f"cells.{i}.start", "not_a_start", NOT_A_START, {"day": str(start)}))
        elif amount is not None and amount % step_of(ctx, measure):
            decimals = places(ctx.workspace.currency) if measure.is_money else 0
            errors.append(FieldError(f"cells.{i}.amount", "too_fine", TOO_FINE, {"places": decimals}))
        wanted[subject, start] = amount
    if errors:
        raise Invalid(errors=errors[:MAX_TOLD])
    find_plan(ctx, plan_id, lock=True)  # two who save at once: one after the other
    return _store(ctx, plan, wanted)


def _store(ctx: Ctx, plan: TargetPlan, wanted: Mapping[tuple[Subject, date], Decimal | None]) -> int:
    if not wanted:
        return 0
    days = [start for _, start in wanted]
    kept = Target.objects.filter(
        workspace_id=ctx.workspace.id, plan=plan, start__gte=min(days), start__lte=max(days)
    )
    before: dict[tuple[Subject, date], Decimal] = {}
    ids: dict[tuple[Subject, date], uuid.UUID] = {}
    for row_id, kind, subject, start, amount in kept.values_list(
        "id", "kind", "subject_id", "start", "amount"
    ):
        before[(kind, subject), start], ids[(kind, subject), start] = amount, row_id
    changed = {at: amount for at, amount in wanted.items() if before.get(at) != amount}
    Target.objects.filter(id__in=[ids[at] for at, amount in changed.items() if amount is None]).delete()
    Target.objects.bulk_create(
        [
            Target(
                workspace_id=ctx.workspace.id, plan=plan, kind=subject[0], subject_id=subject[1], start=start, amount=amount
            )
            for (subject, start), amount in changed.items()
            if amount is not None
        ],
        update_conflicts=True,
        unique_fields=["workspace", "plan", "start", "kind", "subject_id"],
        update_fields=["amount"],
    )  # fmt: skip
    if changed:
        told = [
            [
                kind,
                str(subject),
                start.isoformat(),
                _text(before.get(((kind, subject), start))),
                _text(amount),
            ]
            for ((kind, subject), start), amount in list(changed.items())[:MAX_TOLD]
        ]
        record(
            ctx, "settings.changed", area="targets", what="cells", record_id=plan.id, count=len(changed), cells=told
        )  # fmt: skip
    return len(changed)


def propose(ctx: Ctx, plan_id: uuid.UUID, given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The cells that `amount` for a subject and a period comes to, split among its people; raises Invalid, NotFound.

    Who gets nothing has no target (null), not one of 0.

    `way`: `even`; `last`: people by what they reached in the same stretch before, periods by what all reached in
    each; `typed`: people by `weights`. Where there is nothing to go by, evenly.
    """
    plan, measure, firm, mine = _opened(ctx, plan_id)
    subject: Subject = (given["kind"], given["id"])
    if not firm.knows(subject):
        raise NotFound
    people = [person.id for person in firm.members(subject) if person.active]
    if mine is not None and not all(("user", user) in mine for user in people):
        raise invalid("id", "not_yours", NOT_YOURS)
    if not people:
        raise invalid("id", "nobody", NOBODY)
    period = period_of(given["unit"], given["start"])
    try:
        parts = period.parts(plan.unit)
    except ValueError:
        raise invalid("unit", "too_short", NO_PARTS, unit=_UNITS[plan.unit]) from None
    step = step_of(ctx, measure)
    if given["amount"] % step:
        raise invalid(
            "amount", "too_fine", TOO_FINE, places=places(ctx.workspace.currency) if measure.is_money else 0
        )
    of_people, of_parts = _weights(ctx, plan, measure, period, people, given)
    found = spread(given["amount"], of_people, of_parts, step)
    return [
        {"kind": "user", "id": user, "start": part.start, "amount": amount or None}
        for user, row in zip(people, found, strict=True)
        for part, amount in zip(parts, row, strict=True)
    ]


def _weights(
    ctx: Ctx, plan: TargetPlan, measure: TargetMeasure, period: Period, people: Sequence[uuid.UUID],
    given: Mapping[str, Any],
) -> tuple[list[Decimal], list[Decimal]]:  # fmt: skip
    count = len(period.parts(plan.unit))
    if given["way"] == "typed":
        typed = given.get("weights") or {}
        return [Decimal(str(typed.get(user, 0))) for user in people], [ONE] * count
    if given["way"] == "even":
        return [ONE] * len(people), [ONE] * count
    before = period.moved(-1).parts(plan.unit)
    figures = read_figures(ctx, plan, measure, before[0], before[-1])
    by_person = [
        _sum(max(figures.get((user, part.start), NOUGHT), NOUGHT) for part in before) for user in people
    ]
    by_part = [
        _sum(max(figures.get((user, part.start), NOUGHT), NOUGHT) for user in people) for part in before
    ]
    return by_person, by_part


def step_of(ctx: Ctx, measure: TargetMeasure) -> Decimal:
    """The least that targets of a measure differ by: a cent, or the currency's unit; one, for counts."""
    if not measure.is_money:
        return ONE
    return max(CENT, Decimal(1).scaleb(-places(ctx.workspace.currency)))


def _opened(ctx: Ctx, plan_id: uuid.UUID) -> tuple[TargetPlan, TargetMeasure, Firm, set[Subject] | None]:
    """A plan whose targets the actor may set, for some; raises NotFound for anybody else."""
    plan = find_plan(ctx, plan_id)
    measure = open_to(ctx, plan)
    if measure is None:
        raise NotFound
    firm = load_firm(ctx)
    mine = settable(ctx, firm)
    if mine is not None and not mine:
        raise NotFound
    return plan, measure, firm, mine


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, NOUGHT)


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)
