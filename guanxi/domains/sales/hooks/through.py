"""From contacts and deals to their customers, for a set of them at once."""

import uuid
from collections.abc import Collection
from dataclasses import replace

from guanxi.engine.records.query.read import get_records, visible_ids
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import SYSTEM, Ctx


def customers_of(ctx: Ctx, object_key: str, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """The customers of contacts or deals, by their ids; only customers that the actor may see."""
    records = get_records(replace(ctx, actor=SYSTEM), object_key, list(ids), fields=["customer"])
    found = {uuid.UUID(r["id"]): uuid.UUID(r["customer"]["id"]) for r in records if r["customer"]}
    seen = visible_ids(ctx, get_object(ctx, "customer"), list(set(found.values()))) if found else set()
    return {about: customer for about, customer in found.items() if customer in seen}
