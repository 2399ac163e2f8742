"""What a firm has decided about its insight, read and changed; and the runs there are.

*Rules*: for who holds the area `insight`. Switching it on or off changes what customers have as fields.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from guanxi.domains.insight.customers.models import InsightRun, InsightSettings
from guanxi.domains.insight.customers.rules import InsightRules, check, rules_of
from guanxi.engine.schema.changes import bumped
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, Forbidden, StaleVersion
from guanxi.kit.text import Text

AREA = "insight"
DIED = timedelta(hours=3)
SWITCHED_OFF = Text("洞察已停用。", "Insight is switched off.")
UNDER_WAY = Text("正在计算，请稍候。", "It is being computed. Please wait.")


def require_area(ctx: Ctx) -> None:
    """Raises Forbidden for who does not hold the area."""
    if not ctx.actor.manages(AREA):
        raise Forbidden


def decided(ctx: Ctx) -> tuple[InsightRules, int]:
    """The rules in force and their version (0: as they come)."""
    row = InsightSettings.objects.filter(workspace_id=ctx.workspace.id).first()
    return (rules_of(row.rules), row.version) if row is not None else (InsightRules(), 0)


def decide(ctx: Ctx, version: int, given: Mapping[str, Any]) -> dict[str, Any]:
    """Change what is given; raises Forbidden, Invalid, StaleVersion."""
    require_area(ctx)
    rules, known = decided(ctx)
    if version != known:
        raise StaleVersion
    fresh = replace(rules, **given)
    check(fresh)
    InsightSettings.objects.update_or_create(
        workspace_id=ctx.workspace.id, defaults={"rules": fresh.as_json(), "version": known + 1}
    )
    record(ctx, "settings.changed", area=AREA, action="update", before=rules.as_json(), after=fresh.as_json())
    if fresh.is_on != rules.is_on:
        bumped(ctx)
    return told(ctx)


def told(ctx: Ctx) -> dict[str, Any]:
    """`{"rules", "version", "may"}`."""
    rules, version = decided(ctx)
    return {"rules": rules.as_json(), "version": version, "may": ctx.actor.manages(AREA)}


def latest(ctx: Ctx, *states: str) -> InsightRun | None:
    """The newest run in one of these states."""
    return (
        InsightRun.objects.filter(workspace_id=ctx.workspace.id, state__in=states)
        .order_by("-started_at")
        .first()
    )


def begin(ctx: Ctx, *, nightly: bool) -> InsightRun:
    """A run that waits for its worker; raises Conflict where one is under way, or insight is off."""
    if not decided(ctx)[0].is_on:
        raise Conflict(SWITCHED_OFF, code="insight_off")
    other = latest(ctx, "waiting", "running")
    if other is not None and other.started_at > ctx.now - DIED:
        raise Conflict(UNDER_WAY, code="under_way")
    return InsightRun.objects.create(
        workspace_id=ctx.workspace.id, day=ctx.today.date(), nightly=nightly, started_at=ctx.now
    )


def is_due(ctx: Ctx) -> bool:
    """True when it is night enough and the day has no run yet."""
    if ctx.today.hour < FIRST_HOUR or not decided(ctx)[0].is_on:
        return False
    mine = InsightRun.objects.filter(workspace_id=ctx.workspace.id, day=ctx.today.date())
    return not mine.exclude(state="failed", started_at__lt=ctx.now - DIED).exists()


FIRST_HOUR = 3
