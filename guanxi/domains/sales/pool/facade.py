"""What the sample firm asks of public pools: one with some records in it, and to take it away again."""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.pool import settings
from guanxi.domains.sales.pool.models import Pool, PoolTally
from guanxi.engine.access.sharing import raise_version
from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import table_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.changes import bumped
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import sql


def add_sample(ctx: Ctx, given: Mapping[str, Any], fallen: Mapping[uuid.UUID, Mapping[str, Any]]) -> Ctx:
    """A sample pool of customers as `given`, with records in it; by record its fields `pooled_at` and `pool_note`."""
    ctx, pool = settings.create_pool(ctx, {**given, "object": "customer"}, sample=True)
    common = {"owner": None, "pool": pool.key, "pool_reason": "no_follow_up"}
    changes = [
        Change("update", i, common | dict(own), index=n, system={"updated_at": own["pooled_at"]})
        for n, (i, own) in enumerate(fallen.items())
    ]
    store.bulk_write(ctx, pool.object, changes, partial=False, sample=True, trusted=True, action="recycle")
    return ctx


def remove_sample(ctx: Ctx) -> Ctx:
    """Take sample pools away; one that by now holds a record of the firm's own becomes the firm's.

    One that holds sample records that had to stay goes with them, the next time.
    """
    rows = list(Pool.objects.filter(workspace_id=ctx.workspace.id, is_sample=True))
    for row in rows:
        table = table_of(get_object(ctx, row.object_key))
        held = sql(
            f"SELECT bool_or(NOT is_sample) FROM {table} WHERE workspace_id = {{}} AND pool = {{}}",
            row.workspace_id, row.key,
        )  # fmt: skip
        ((own,),) = select_rows(held)
        if own is None:
            PoolTally.objects.filter(workspace_id=row.workspace_id, pool_key=row.key).delete()
            row.delete()
        elif own:
            row.is_sample = False
            row.save(update_fields=["is_sample"])
    if not rows:
        return ctx
    raise_version(ctx)
    return bumped(ctx)
