"""Snapshots of a day: taken in the first hour of the workspace's day by a chore, and whenever one asks.

*Rules*: totals are those of everybody's records, taken by the program itself: they are shown to
administrators and managers alone (shown.py).
"""

from datetime import timedelta
from typing import Any

from guanxi.engine.quality.measuring import as_detail, measure
from guanxi.engine.quality.models import QualitySnapshot
from guanxi.engine.quality.settings import settings_of
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx, system_ctx

KEPT = timedelta(days=400)
TREND = timedelta(days=30)


def measured_objects(ctx: Ctx) -> list[ObjectDef]:
    """The objects whose data is reviewed."""
    return [obj for obj in get_schema(ctx).listed if obj.record]


def take(ctx: Ctx, obj: ObjectDef) -> QualitySnapshot:
    """Measure all records of an object and keep the figures as today's."""
    own = system_ctx(ctx.workspace)
    settings = settings_of(own, obj)
    detail = as_detail(measure(own, obj, settings), settings)
    kept, _ = QualitySnapshot.objects.update_or_create(
        workspace_id=ctx.workspace.id,
        object_key=obj.key,
        day=own.today.date(),
        defaults={
            "records": detail["records"],
            "overall": detail["overall"],
            "scores": detail["scores"],
            "detail": detail,
            "taken_at": own.now,
        },
    )
    return kept


def latest(ctx: Ctx, object_key: str) -> QualitySnapshot | None:
    """The last snapshot of an object."""
    mine = QualitySnapshot.objects.filter(workspace_id=ctx.workspace.id, object_key=object_key)
    return mine.order_by("-day").first()


def trends(ctx: Ctx, object_key: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """By object, the days of the last thirty that were measured."""
    since = ctx.today.date() - TREND
    rows = QualitySnapshot.objects.filter(workspace_id=ctx.workspace.id, day__gt=since).order_by("day")
    if object_key is not None:
        rows = rows.filter(object_key=object_key)
    found: dict[str, list[dict[str, Any]]] = {}
    for key, day, overall, scores in rows.values_list("object_key", "day", "overall", "scores"):
        found.setdefault(key, []).append({"day": day.isoformat(), "overall": overall, "scores": scores})
    return found


def measure_daily(ctx: Ctx) -> None:
    """Take the snapshots that today still lacks; forget very old ones (a chore, hourly)."""
    mine = QualitySnapshot.objects.filter(workspace_id=ctx.workspace.id)
    today = ctx.today.date()
    taken = set(mine.filter(day=today).values_list("object_key", flat=True))
    for obj in measured_objects(ctx):
        if obj.key not in taken:
            take(ctx, obj)
    mine.filter(day__lt=today - KEPT).delete()


chore_registry.register(Chore("quality.measure", measure_daily))
