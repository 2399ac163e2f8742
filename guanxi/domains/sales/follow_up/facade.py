"""What the sample firm asks of following up: plans that are switched on, and to take them away again."""

from collections.abc import Iterable, Mapping
from typing import Any

from guanxi.domains.sales.follow_up.models import FollowUpPlan
from guanxi.domains.sales.follow_up.plans.running import seed
from guanxi.domains.sales.follow_up.plans.settings import create_plan
from guanxi.engine.access.sharing import raise_version
from guanxi.engine.records.query.compile import table_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Invalid
from guanxi.kit.sql import sql

__all__ = ["add_sample", "remove_sample"]


def add_sample(ctx: Ctx, given: Iterable[Mapping[str, Any]]) -> None:
    """Sample plans as `given`, begun: with `existing`, those that fit already are taken in.

    One whose condition says nothing to the workspace's fields is left out.
    """
    for body in given:
        try:
            made = create_plan(ctx, body)
        except Invalid:
            continue
        changes = {
            "enabled": True,
            "is_sample": True,
            "seeding": not body.get("existing"),
            "created_at": ctx.now,
        }
        FollowUpPlan.objects.filter(workspace_id=ctx.workspace.id, id=made["id"]).update(**changes)
        raise_version(ctx)
        seed(ctx, made["id"])


def remove_sample(ctx: Ctx) -> None:
    """Take sample plans away, once sample records are gone; one with a record of the firm's own becomes the firm's."""
    rows = list(FollowUpPlan.objects.filter(workspace_id=ctx.workspace.id, is_sample=True))
    for row in rows:
        table = table_of(get_schema(ctx).objects[row.object_key])
        held = sql(
            f"SELECT 1 FROM sales_plan_entry e JOIN {table} r ON r.id = e.record_id"
            " WHERE e.workspace_id = {} AND e.plan_id = {} AND NOT r.is_sample LIMIT 1",
            row.workspace_id, row.id,
        )  # fmt: skip
        if select_rows(held):
            row.is_sample = False
            row.save(update_fields=["is_sample"])
        else:
            row.delete()
    if rows:
        raise_version(ctx)
