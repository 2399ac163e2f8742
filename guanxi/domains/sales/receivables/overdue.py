"""Instalments whose day comes or has passed: their state follows, and who looks after them is told.

*How it works*: an hourly chore finds open instalments that are due within their days of notice, today, or were. Each is
told of once a step (before, on the day, late): the step stands on the instalment, so that a run that comes twice tells
nothing twice, and a night without the program loses only steps that are past. What is late becomes overdue by the
workspace's day.

*Rules*: at most MOST a run, the earliest first; another due day starts anew.
"""

from datetime import date, timedelta
from typing import Any

from django.db.models import DecimalField, F, IntegerField, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce

from guanxi.domains.sales.receivables.models import PaymentPlan
from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

NOTICE_DAYS = 3
MAX_NOTICE_DAYS = 90
MOST = 500
STEPS = ("", "before", "on_day", "late")
WORDS = {
    "before": Text("「{record}」{day} 到期，请跟进回款", "“{record}” is due on {day}"),
    "on_day": Text("「{record}」今天到期，请跟进回款", "“{record}” is due today"),
    "late": Text("「{record}」{day} 到期，还没有收齐", "“{record}” was due on {day} and is not paid in full"),
}
_READ = ("id", "name", "due_on", "owner_id", "status", "reminder")


def follow_days(ctx: Ctx) -> int:
    """Bring open instalments up to the day and tell their owners; gives the number that changed."""
    today = ctx.today.date()
    late = Q(due_on__lt=today) & (~Q(status="overdue") | Q(reminder=None) | ~Q(reminder="late"))
    on_day = Q(due_on=today) & (Q(reminder=None) | Q(reminder="before"))
    before = Q(due_on__gt=today, due_on__lte=today + timedelta(days=MAX_NOTICE_DAYS), reminder=None)
    rows = (
        PaymentPlan.objects.filter(
            late | on_day | before, workspace_id=ctx.workspace.id, deleted_at=None,
            status__in=("due", "partial", "overdue"),
        )
        .annotate(
            notice=Coalesce("notice_days", Value(NOTICE_DAYS), output_field=DecimalField()),
            ahead=RawSQL("payment_plan.due_on - %s::date", [today], output_field=IntegerField()),
        )
        .filter(ahead__lte=F("notice"))
        .order_by("due_on", "id")
        .values(*_READ)
    )[:MOST]  # fmt: skip
    stepped = [(row, _step(row, today)) for row in rows]
    changes = [
        Change(
            "update",
            row["id"],
            {"reminder": step} | ({"status": "overdue"} if step == "late" else {}),
            index=n,
        )
        for n, (row, step) in enumerate(stepped)
    ]
    if changes:
        done = bulk_write(ctx, "payment_plan", changes, partial=True, trusted=True).ids
        told = [
            pair for n, pair in enumerate(stepped) if n in done and pair[0]["owner_id"] and _is_news(*pair)
        ]
        notify_each(ctx, "payment_plan.due", [_notice(row, step) for row, step in told])
    return len(changes)


def _step(row: dict[str, Any], today: date) -> str:
    if row["due_on"] < today:
        return "late"
    return "on_day" if row["due_on"] == today else "before"


def _is_news(row: dict[str, Any], step: str) -> bool:
    return STEPS.index(row["reminder"] or "") < STEPS.index(step)


def _notice(row: dict[str, Any], step: str) -> Notice:
    data = {"record": row["name"] or "—", "day": row["due_on"].isoformat()}
    return Notice(row["owner_id"], WORDS[step], url=f"/o/payment_plan/{row['id']}", data=data)


def _run(ctx: Ctx) -> None:
    follow_days(ctx)


chore_registry.register(Chore("receivables.follow_days", _run))
