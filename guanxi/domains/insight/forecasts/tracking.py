"""What runs told at the beginning of a month, for holding it against what came."""

from guanxi.domains.insight.customers.models import InsightRun
from guanxi.engine.tenancy.context import Ctx

MEASURES = ("won", "received")
MONTHS = 14
_LOOKED_AT = 400


def tracked(ctx: Ctx) -> dict[str, dict[str, float]]:
    """By measure and month, what the first run of that month told of it; the newest months."""
    rows = InsightRun.objects.filter(
        workspace_id=ctx.workspace.id, state="done", figures__has_key="forecast"
    ).order_by("-started_at")
    first = {day.replace(day=1): run for run, day in rows.values_list("id", "day")[:_LOOKED_AT]}
    wanted = [first[month] for month in sorted(first)[-MONTHS:]]
    told: dict[str, dict[str, float]] = {measure: {} for measure in MEASURES}
    for figures in rows.filter(id__in=wanted).values_list("figures__forecast", flat=True):
        for measure in MEASURES:
            ahead = figures.get(measure, {}).get("ahead") or []
            if ahead:
                told[measure][ahead[0]["month"]] = ahead[0]["value"]
    return told
