"""What the sample firm asks of targets: some that fit what its people reach, and to take them away again."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from guanxi.domains.sales.targets.figures import measure_of, read_figures
from guanxi.domains.sales.targets.firm import load_firm
from guanxi.domains.sales.targets.models import (
    CommissionRule,
    Contest,
    ScoreCard,
    Target,
    TargetAlert,
    TargetPlan,
)
from guanxi.domains.sales.targets.plans import create_plan, find_plan
from guanxi.domains.sales.targets.rules import NOUGHT, Period, period_of
from guanxi.domains.sales.targets.standing import totals
from guanxi.engine.tenancy.context import Ctx

__all__ = ["add_sample", "remove_sample"]

PUSH = Decimal("1.05")
"""A target is a little more than what one reaches anyway."""
STEPS = {True: Decimal(10_000), False: Decimal(1)}


def add_sample(ctx: Ctx, given: Iterable[Mapping[str, Any]]) -> None:
    """Sample plans as `given`, with targets of this year for everybody who reached something in the twelve months before."""
    this_month = period_of("month", ctx.today.date())
    year = Period("year", this_month.start.replace(month=1))
    for body in given:
        plan = find_plan(ctx, create_plan(ctx, body)["id"])
        TargetPlan.objects.filter(id=plan.id).update(is_sample=True)
        measure = measure_of(plan)
        if measure is None:
            continue
        people = load_firm(ctx).people
        reached = totals(read_figures(ctx, plan, measure, this_month.moved(-12), this_month.moved(-1)))
        step = STEPS[measure.is_money]
        amounts = {
            user: max((value * PUSH / 12 / step).quantize(Decimal(1), ROUND_HALF_UP) * step, step)
            for user, value in reached.items()
            if value > NOUGHT and user in people
        }
        Target.objects.bulk_create(
            Target(workspace_id=ctx.workspace.id, plan=plan, kind="user", subject_id=user, start=part.start, amount=amount)
            for user, amount in amounts.items()
            for part in year.parts(plan.unit)
        )  # fmt: skip
        # What has been passed by now is no news.
        TargetAlert.objects.bulk_create(
            TargetAlert(
                workspace_id=ctx.workspace.id, plan=plan, kind="user", subject_id=user, start=this_month.start,
                percent=level, at=ctx.now,
            )
            for user in amounts for level in plan.alerts
        )  # fmt: skip


def remove_sample(ctx: Ctx) -> None:
    """Take sample plans away; one that something of the firm's own goes by becomes the firm's."""
    mine = {"workspace_id": ctx.workspace.id}
    for row in TargetPlan.objects.filter(**mine, is_sample=True):
        used = any(model.objects.filter(**mine, plan=row).exists() for model in (CommissionRule, Contest))
        if used or ScoreCard.objects.filter(**mine, items__contains=[{"plan": str(row.id)}]).exists():
            row.is_sample = False
            row.save(update_fields=["is_sample"])
        else:
            row.delete()
