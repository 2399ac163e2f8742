"""Deals from before there were forecast categories get theirs, and closed ones the days they took.

*How it works*: a chore of the night gives deals without a category the one of their stage, through the write door; the
rest follows there as with any change (hooks/opportunity.py). Where every deal has one it is one statement that finds nothing.
"""

from guanxi.domains.sales.models import Opportunity
from guanxi.domains.sales.rules import forecast_of
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.writing import CHUNK, bulk_write
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx

PASSES = 20
"""So many chunks a night; the next one goes on."""


def fill_forecasts(ctx: Ctx) -> None:
    """Give deals without a forecast category that of their stage."""
    usual = {
        option.value: option.guide.get("forecast")
        or forecast_of(str(option.meta.get("kind") or "open"), float(option.meta.get("probability") or 0))
        for option in get_object(ctx, "opportunity").fields["stage"].options
    }
    lacking = Opportunity.objects.filter(
        workspace_id=ctx.workspace.id, deleted_at=None, forecast_category=None, stage__in=list(usual)
    ).order_by("id")  # fmt: skip
    for _ in range(PASSES):
        rows = list(lacking.values_list("id", "stage")[:CHUNK])
        changes = [
            Change("update", i, {"forecast_category": usual[stage or ""]}, index=n)
            for n, (i, stage) in enumerate(rows)
        ]
        if not changes or bulk_write(ctx, "opportunity", changes, trusted=True).updated < CHUNK:
            return


chore_registry.register(Chore("pipeline.fill_forecasts", fill_forecasts))
