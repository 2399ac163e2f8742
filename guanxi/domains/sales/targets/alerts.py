"""Telling people that a target is half reached, nearly, reached: once each, to them and to whoever answers for them.

*How it works*: every minute the sweep reads, for each plan with alerts, the cells of the running period and what was
reached, as the program. What has newly been passed is written down, and told by the highest of it. So a deal that
takes somebody from 40 % to 100 % tells once.

*Rules*: constant statements a plan. The job has a lock, and a row is unique: nobody is told twice.
"""

from datetime import date

from guanxi.domains.sales.targets.cells import read_cells, summed
from guanxi.domains.sales.targets.contests import close_due
from guanxi.domains.sales.targets.figures import open_to, read_figures
from guanxi.domains.sales.targets.firm import Firm, Subject, load_firm
from guanxi.domains.sales.targets.models import TargetAlert, TargetPlan
from guanxi.domains.sales.targets.plans import all_plans
from guanxi.domains.sales.targets.rules import Period, period_of, reached
from guanxi.domains.sales.targets.standing import of_subject, totals
from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import Ctx, session, system_ctx
from guanxi.kit.text import Text

KIND = "target.reached"
URL = "/performance"
ONE = Text("{period}「{plan}」已完成 {percent}%", "“{plan}” for {period}: {percent}% reached")
OF_OTHER = Text(
    "{whose}{period}「{plan}」已完成 {percent}%", "{whose}: “{plan}” for {period}, {percent}% reached"
)
FIRM = Text("全公司", "The whole firm")


def sweep_all() -> int:
    """Look at every workspace; gives the number of notices."""
    told = 0
    for workspace in list_workspaces():
        with session(workspace.id):
            ctx = system_ctx(workspace)
            told += sweep(ctx) + close_due(ctx)
    return told


def sweep(ctx: Ctx) -> int:
    """Tell what is new in one workspace; gives the number of notices."""
    plans = [plan for plan in all_plans(ctx) if plan.enabled and plan.alerts]
    if not plans:
        return 0
    firm = load_firm(ctx)
    return sum(_sweep_plan(ctx, firm, plan, period_of(plan.unit, ctx.today.date())) for plan in plans)


def _sweep_plan(ctx: Ctx, firm: Firm, plan: TargetPlan, period: Period) -> int:
    measure = open_to(ctx, plan)  # None, too, where the filter no longer fits the fields
    typed = summed(read_cells(ctx, [plan.id], period.start, period.end)[plan.id], period)
    if measure is None or not typed:
        return 0
    actuals = totals(read_figures(ctx, plan, measure, period, period))
    mine = {"workspace_id": ctx.workspace.id, "plan": plan, "start": period.start}
    known = {
        ((kind, subject), level)
        for kind, subject, level in TargetAlert.objects.filter(**mine).values_list("kind", "subject_id", "percent")
    }  # fmt: skip
    rows, notices = [], []
    for subject, target in typed.items():
        passed = reached(target, of_subject(firm, subject, actuals), plan.alerts)
        fresh = [level for level in passed if (subject, level) not in known]
        rows += [
            TargetAlert(**mine, kind=subject[0], subject_id=subject[1], percent=level, at=ctx.now)
            for level in fresh
        ]
        if fresh and fresh[-1] == passed[-1]:
            notices += _notices(firm, plan, period, subject, fresh[-1])
    TargetAlert.objects.bulk_create(rows, ignore_conflicts=True)
    return notify_each(ctx, KIND, notices)


def _notices(firm: Firm, plan: TargetPlan, period: Period, subject: Subject, level: int) -> list[Notice]:
    kind, subject_id = subject
    data = {"plan": Text.of(plan.name).as_dict(), "period": said(period).as_dict(), "percent": level}
    manager = firm.manager_of(subject)
    found = []
    if kind == "user" and subject_id in firm.people:
        found.append(Notice(subject_id, ONE, url=URL, data=data))
        whose = Text.of(firm.people[subject_id].name)
    elif kind == "team" and subject_id in firm.teams:
        whose = Text.of(firm.teams[subject_id].name)
    else:
        whose = FIRM
    if manager is not None and manager != subject_id:
        found.append(Notice(manager, OF_OTHER, url=URL, data=data | {"whose": whose.as_dict()}))
    return found


def said(period: Period) -> Text:
    """A period in words: 2026 年 11 月, Nov 2026."""
    start: date = period.start
    if period.unit == "year":
        return Text(f"{start.year} 年", str(start.year))
    if period.unit == "quarter":
        quarter = (start.month - 1) // 3 + 1
        return Text(f"{start.year} 年第 {quarter} 季度", f"Q{quarter} {start.year}")
    return Text(f"{start.year} 年 {start.month} 月", f"{_MONTHS[start.month - 1]} {start.year}")


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
