"""What everybody earns by a rule of commission: a preview while the period runs, frozen once it is closed.

*How it works*: the lines of an open period are computed from what was reached, under the rights of whoever asks.
Closing computes them once more, by somebody who sees every record, stores them with the rule as it is, and from then
on they are read from there: nothing that happens to records or rules later changes a closed statement.

*Rules*: one's own line; those of the people one leads; everybody's for who holds the area `sales`. Colleagues do not
see each other's pay, whatever records they see.
"""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from guanxi.domains.sales.targets.bands import NOUGHT, Step, earned, read_bands, total_of
from guanxi.domains.sales.targets.cells import aims_of, read_cells, summed
from guanxi.domains.sales.targets.commissions import fill, find_rule, included, rule_json, rules_of, told
from guanxi.domains.sales.targets.figures import circle_of, measure_of, open_to, read_figures
from guanxi.domains.sales.targets.firm import AREA, Firm, load_firm, settable
from guanxi.domains.sales.targets.models import CommissionLine, CommissionRule, CommissionStatement
from guanxi.domains.sales.targets.plans import require
from guanxi.domains.sales.targets.rules import Period, percent, period_of
from guanxi.domains.sales.targets.standing import period_json, totals
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, Forbidden, NotFound
from guanxi.kit.text import Text

NOT_OVER = Text("{end} 之后才能结算。", "It can be closed after {end}.")
ALREADY = Text("这一期已经结算了。", "This period is closed already.")
NOT_ALL = Text(
    "你看不到全部记录，算出来的不完整，不能结算。",
    "You do not see every record, so what you would close is not the whole.",
)  # fmt: skip


def overview(ctx: Ctx) -> dict[str, Any]:
    """Every rule that pays the actor or somebody they may look at, and whether they set up rules."""
    firm = load_firm(ctx)
    manages = ctx.actor.manages(AREA)
    readers = _readable(ctx, firm)
    rules = [
        rule
        for rule in rules_of(ctx)
        if open_to(ctx, rule.plan) and (manages or (rule.enabled and included(firm, rule.people) & readers))
    ]
    return {"rules": [rule_json(rule) for rule in rules], "may": manages}


def preview(ctx: Ctx, given: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What a rule that is not stored would pay in a period; raises Forbidden, Invalid."""
    require(ctx)
    rule = CommissionRule(workspace_id=ctx.workspace.id, created_at=ctx.now)
    fill(ctx, rule, given)
    return _computed(ctx, load_firm(ctx), rule, period_of(rule.plan.unit, day))


def statement(ctx: Ctx, rule_id: uuid.UUID, day: date) -> dict[str, Any]:
    """The statement of a rule for the period a day is in, as far as the actor may see it; raises NotFound."""
    rule = find_rule(ctx, rule_id)
    firm = load_firm(ctx)
    if not open_to(ctx, rule.plan) or not included(firm, rule.people) & _readable(ctx, firm):
        raise NotFound
    period = period_of(rule.plan.unit, day)
    closed = CommissionStatement.objects.filter(
        workspace_id=ctx.workspace.id, rule=rule, start=period.start
    ).first()
    if closed is None:
        return _computed(ctx, firm, rule, period)
    return _frozen(ctx, firm, rule, period, closed)


def close(ctx: Ctx, rule_id: uuid.UUID, day: date) -> dict[str, Any]:
    """Close the period a day is in, for good; raises Forbidden, NotFound, Conflict."""
    require(ctx)
    rule = find_rule(ctx, rule_id, lock=True)
    measure = open_to(ctx, rule.plan)
    if measure is None:
        raise NotFound
    period = period_of(rule.plan.unit, day)
    if circle_of(ctx, measure) is not None:
        raise Forbidden(NOT_ALL, code="not_all")
    if ctx.today.date() < period.end:
        raise Conflict(NOT_OVER, code="not_over", end=period.last.isoformat())
    if CommissionStatement.objects.filter(
        workspace_id=ctx.workspace.id, rule=rule, start=period.start
    ).exists():
        raise Conflict(ALREADY, code="already_closed")
    firm = load_firm(ctx)
    lines = _lines(ctx, rule, period, firm)
    row = CommissionStatement(
        workspace_id=ctx.workspace.id, rule=rule, start=period.start, said=_said(rule), closed_at=ctx.now,
        closed_by=ctx.actor.user_id, total=sum((line.amount for line in lines), NOUGHT),
    )  # fmt: skip
    row.save(force_insert=True)
    for line in lines:
        line.statement = row
    CommissionLine.objects.bulk_create(lines)
    record(
        ctx, "settings.changed", area="targets", what="statement", record_id=row.id, count=len(lines),
        total=str(row.total), start=period.start.isoformat(),
    )  # fmt: skip
    return _frozen(ctx, firm, rule, period, row)


def _computed(ctx: Ctx, firm: Firm, rule: CommissionRule, period: Period) -> dict[str, Any]:
    measure = open_to(ctx, rule.plan)
    if measure is None:
        raise NotFound
    circle, readers = circle_of(ctx, measure), _readable(ctx, firm)
    lines = [
        line
        for line in _lines(ctx, rule, period, firm)
        if line.user_id in readers and (circle is None or line.user_id in circle)
    ]
    return _json(rule, period, firm, lines, _said(rule)) | {
        "closed_at": None, "may_close": ctx.actor.manages(AREA) and circle is None and ctx.today.date() >= period.end,
    }  # fmt: skip


def _frozen(
    ctx: Ctx, firm: Firm, rule: CommissionRule, period: Period, row: CommissionStatement
) -> dict[str, Any]:
    readers = _readable(ctx, firm)
    rows = CommissionLine.objects.filter(workspace_id=ctx.workspace.id, statement=row)
    lines = [line for line in rows.order_by("-amount", "id") if line.user_id in readers]
    return _json(rule, period, firm, lines, row.said) | {"closed_at": row.closed_at, "may_close": False}


def _lines(ctx: Ctx, rule: CommissionRule, period: Period, firm: Firm) -> list[CommissionLine]:
    """Everybody's, the most first; not stored."""
    plan, measure = rule.plan, measure_of(rule.plan)
    if measure is None:
        return []
    reached = totals(read_figures(ctx, plan, measure, period, period))
    aims = aims_of(firm, summed(read_cells(ctx, [plan.id], period.start, period.end)[plan.id], period))
    bands = read_bands(rule.bands)
    found = []
    for user in included(firm, rule.people):
        actual, target = reached.get(user, NOUGHT), aims["user", user].target
        steps = earned(
            bands, actual, target, whole=rule.mode == "whole", by_attainment=rule.basis == "attainment",
            money=measure.is_money,
        )  # fmt: skip
        if steps or (target is not None and firm.people[user].active):
            found.append(CommissionLine(
                workspace_id=ctx.workspace.id, user_id=user, actual=actual, target=target, amount=total_of(steps),
                steps=[_step_json(step) for step in steps],
            ))  # fmt: skip
    return sorted(found, key=lambda line: (-line.amount, str(line.user_id)))


def _readable(ctx: Ctx, firm: Firm) -> set[uuid.UUID]:
    """Whose pay the actor may see."""
    if ctx.actor.may(AREA):
        return set(firm.people)
    led = settable(ctx, firm)
    found = {user for kind, user in led or () if kind == "user"}
    return found | ({ctx.actor.user_id} if ctx.actor.user_id else set())


def _said(rule: CommissionRule) -> dict[str, Any]:
    kept = {name: value for name, value in told(rule).items() if name not in ("plan_id", "people", "enabled")}
    measure = measure_of(rule.plan)
    return kept | {"plan": rule.plan.name, "money": bool(measure and measure.is_money)}


def _json(
    rule: CommissionRule, period: Period, firm: Firm, lines: list[CommissionLine], said: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "rule": rule.id, "said": said, "period": period_json(period),
        "total": sum((line.amount for line in lines), NOUGHT),
        "lines": [
            {"id": line.user_id, "name": firm.people[line.user_id].name if line.user_id in firm.people else "",
             "actual": line.actual, "target": line.target, "percent": percent(line.target, line.actual),
             "amount": line.amount, "steps": line.steps}
            for line in lines
        ],
    }  # fmt: skip


def _step_json(step: Step) -> dict[str, str]:
    return {
        "from": str(step.start),
        "base": str(step.base),
        "rate": str(step.rate),
        "amount": str(step.amount),
    }
