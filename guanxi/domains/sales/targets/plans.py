"""Setting up what is aimed at.

*Rules*: changed by who holds the area `sales`; every change is in the audit. The measure and the unit of a plan that
has cells stay: they are what the numbers mean.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.targets.figures import check_filter, is_readable, sees_figures
from guanxi.domains.sales.targets.firm import AREA
from guanxi.domains.sales.targets.measures import TargetMeasure, target_measures
from guanxi.domains.sales.targets.models import CommissionRule, Contest, ScoreCard, Target, TargetPlan
from guanxi.domains.sales.targets.rules import ALERTS
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import Conflict, Forbidden, NotFound, StaleVersion, VersionRequired, invalid
from guanxi.kit.text import Text

MAX_PLANS = 20
NEEDS_NAME = Text("请填写名称。", "A name is needed.")
TOO_MANY = Text("最多 {max} 个。", "At most {max}.")
UNKNOWN_MEASURE = Text("没有这个指标。", "There is no such measure.")
ONE_SOURCE = Text(
    "「{measure}」由几种记录合计，不能加条件。",
    "“{measure}” adds up several kinds of records; it takes no condition.",
)
IN_USE = Text(
    "这个目标已经有数字了，指标和周期不能再改；可以停用它，另建一个。",
    "This target has numbers already, so its measure and period stay. Switch it off and make another.",
)  # fmt: skip
NEEDED = Text(
    "提成规则、考核表或比赛在用这个目标，先改它们再删除。",
    "Commission, a score card or a competition goes by this target. Change these first.",
)  # fmt: skip
NOT_ALL = Text(
    "你看不到全部记录，不能让所有人看到它们合计到了多少。",
    "You do not see every record, so it is not yours to show everybody what they come to.",
)  # fmt: skip
_FIELDS = ("name", "measure", "unit", "filter", "alerts", "open_board", "enabled", "position")


def require(ctx: Ctx) -> None:
    """Raise Forbidden unless the actor may change what is aimed at."""
    if not ctx.actor.manages(AREA):
        raise Forbidden


def all_plans(ctx: Ctx) -> list[TargetPlan]:
    """Every plan, in order."""
    rows = TargetPlan.objects.filter(workspace_id=ctx.workspace.id)
    return list(rows.order_by("position", "id")[:MAX_PLANS])


def find_plan(ctx: Ctx, plan_id: uuid.UUID, *, lock: bool = False) -> TargetPlan:
    """A plan; raises NotFound."""
    rows = TargetPlan.objects.filter(workspace_id=ctx.workspace.id, id=plan_id)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise NotFound
    return row


def measures_json(ctx: Ctx) -> list[dict[str, Any]]:
    """What the actor can set targets for."""
    return [
        {"key": m.key, "label": m.label.as_dict(), "help": m.help.as_dict(), "money": m.is_money,
         "object": m.object}
        for m in target_measures
        if is_readable(ctx, m)
    ]  # fmt: skip


def plan_json(row: TargetPlan) -> dict[str, Any]:
    """A plan in the API."""
    measure = target_measures.find(row.measure)
    return {
        "id": row.id, **_told(row), "version": row.version, "money": bool(measure and measure.is_money),
        "measure_label": (measure.label if measure else Text.of(row.measure)).as_dict(),
    }  # fmt: skip


def create_plan(ctx: Ctx, given: Mapping[str, Any]) -> dict[str, Any]:
    """A new plan, the last in order; raises Forbidden, Invalid."""
    require(ctx)
    rows = TargetPlan.objects.filter(workspace_id=ctx.workspace.id)
    positions = list(rows.values_list("position", flat=True))
    if len(positions) >= MAX_PLANS:
        raise invalid("name", "too_many", TOO_MANY, max=MAX_PLANS)
    row = TargetPlan(
        workspace_id=ctx.workspace.id, position=max(positions, default=-1) + 1, created_at=ctx.now,
        alerts=list(ALERTS),
    )  # fmt: skip
    _fill(ctx, row, given)
    row.save(force_insert=True)
    _changed(ctx, row, {}, _told(row))
    return plan_json(row)


def update_plan(ctx: Ctx, plan_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change a plan; raises Forbidden, NotFound, Invalid, StaleVersion, Conflict."""
    require(ctx)
    row = find_plan(ctx, plan_id, lock=True)
    if given.get("version") is None:
        raise VersionRequired
    if given["version"] != row.version:
        raise StaleVersion(extra={"current": row.version})
    before = _told(row)
    _fill(ctx, row, given)
    if any(before[name] != getattr(row, name) for name in ("measure", "unit")) and _has_cells(row):
        raise Conflict(IN_USE, code="in_use")
    row.version += 1
    row.save()
    _changed(ctx, row, before, _told(row))
    return plan_json(row)


def delete_plan(ctx: Ctx, plan_id: uuid.UUID) -> None:
    """Delete a plan with its cells; raises Conflict where commission or a score card goes by it."""
    require(ctx)
    row = find_plan(ctx, plan_id, lock=True)
    mine = {"workspace_id": ctx.workspace.id}
    cards = ScoreCard.objects.filter(**mine, items__contains=[{"plan": str(plan_id)}])
    used = any(model.objects.filter(**mine, plan=row).exists() for model in (CommissionRule, Contest))
    if used or cards.exists():
        raise Conflict(NEEDED, code="in_use")
    _changed(ctx, row, _told(row) | {"cells": Target.objects.filter(plan=row).count()}, {})
    row.delete()


def checked_measure(ctx: Ctx, key: str, tree: Any) -> TargetMeasure:
    """The measure `key`, whose records `tree` can filter; raises Invalid."""
    measure = target_measures.find(key)
    if measure is None or not is_readable(ctx, measure):
        raise invalid("measure", "unknown_measure", UNKNOWN_MEASURE)
    if tree and measure.object is None:
        raise invalid("filter", "several_sources", ONE_SOURCE, measure=measure.label)
    if tree:
        check_filter(ctx, measure, tree)
    return measure


def names(given: Any) -> dict[str, str]:
    """A name in both languages; raises Invalid where there is none."""
    found = Text.of({key: str(value).strip() for key, value in dict(given or {}).items()})
    if not found.zh:
        raise invalid("name", "required", NEEDS_NAME)
    return found.as_dict()


def _fill(ctx: Ctx, row: TargetPlan, given: Mapping[str, Any]) -> None:
    for name in _FIELDS:
        if name in given and (given[name] is not None or name == "filter"):
            setattr(row, name, given[name])
    row.name = names(row.name)
    row.alerts = sorted(set(row.alerts))
    measure = checked_measure(ctx, row.measure, row.filter)
    if row.open_board and not sees_figures(ctx, measure):
        raise Forbidden(NOT_ALL, code="not_all")


def _has_cells(row: TargetPlan) -> bool:
    return Target.objects.filter(workspace_id=row.workspace_id, plan=row).exists()


def _told(row: TargetPlan) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _FIELDS}


def _changed(ctx: Ctx, row: TargetPlan, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    record_change(ctx, "settings.changed", before, after, record_id=row.id, area="targets", what="plan")
