"""Leaderboards: who is how far, and who would rather not be named.

*How it works*: of people whose figures the reader may see, the board says all. Where a plan's board is open to
everybody, the others stand on it, too, with the percentage alone.

*Rules*: who does not see the measured amounts sees no board. Who opted out is a colleague without a name, to
everybody but themselves; managers have the figures of their people in the table beside it.
"""

import uuid
from datetime import date
from typing import Any

from guanxi.domains.sales.targets.cells import aims_of, read_cells, summed
from guanxi.domains.sales.targets.figures import circle_of, open_to, read_figures
from guanxi.domains.sales.targets.firm import load_firm
from guanxi.domains.sales.targets.models import TargetShy
from guanxi.domains.sales.targets.plans import find_plan
from guanxi.domains.sales.targets.rules import NOUGHT, percent, period_of, wider
from guanxi.domains.sales.targets.standing import period_json, totals
from guanxi.engine.tenancy.context import Ctx, system_ctx
from guanxi.kit.errors import NotFound

MAX_ROWS = 500


def board(ctx: Ctx, plan_id: uuid.UUID, unit: str, day: date) -> dict[str, Any]:
    """`{"period", "shy", "rows"}`, the best first; raises NotFound."""
    plan = find_plan(ctx, plan_id)
    measure = open_to(ctx, plan) if plan.enabled else None
    if measure is None:
        raise NotFound
    firm = load_firm(ctx)
    period = period_of(wider(unit, plan.unit), day)
    # The firm shows everybody how far everybody is; whose records these are is nobody's business here.
    reader = system_ctx(ctx.workspace) if plan.open_board else ctx
    reached = totals(read_figures(reader, plan, measure, period, period))
    aims = aims_of(firm, summed(read_cells(ctx, [plan.id], period.start, period.end)[plan.id], period))
    shy = set(TargetShy.objects.filter(workspace_id=ctx.workspace.id).values_list("user_id", flat=True))
    circle = circle_of(ctx, measure)
    me = ctx.actor.user_id
    rows: list[dict[str, Any]] = []
    for person in firm.people.values():
        seen = circle is None or person.id in circle
        target, actual = aims["user", person.id].target, reached.get(person.id, NOUGHT)
        share = percent(target, actual)
        if not person.active or (target is None and not actual) or not (seen or plan.open_board):
            continue
        if not seen and share is None:
            continue
        named = person.id == me or person.id not in shy
        rows.append({
            "id": person.id if named else None, "name": person.name if named else None, "me": person.id == me,
            "percent": share, "actual": actual if seen and named else None, "order": (share or NOUGHT, actual),
        })  # fmt: skip
    rows.sort(key=lambda row: row["order"], reverse=True)
    ranked: list[dict[str, Any]] = []
    for i, row in enumerate(rows):
        same = i > 0 and rows[i - 1]["order"] == row["order"]
        ranked.append({"rank": ranked[-1]["rank"] if same else i + 1, **row})
    told = [{name: value for name, value in row.items() if name != "order"} for row in ranked[:MAX_ROWS]]
    return {"period": period_json(period), "shy": me in shy, "rows": told}


def save_shy(ctx: Ctx, shy: bool) -> bool:
    """Whether the actor stands on leaderboards without a name; raises NotFound for who is no person."""
    if ctx.actor.user_id is None:
        raise NotFound
    mine = {"workspace_id": ctx.workspace.id, "user_id": ctx.actor.user_id}
    if shy:
        TargetShy.objects.bulk_create([TargetShy(**mine)], ignore_conflicts=True)
    else:
        TargetShy.objects.filter(**mine).delete()
    return shy
