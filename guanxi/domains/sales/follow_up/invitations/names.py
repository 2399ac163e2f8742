"""What guests are called."""

import uuid
from collections.abc import Iterable

from guanxi.domains.sales.follow_up.models import EventGuest
from guanxi.engine.access import rights
from guanxi.engine.identity.facade import people
from guanxi.engine.records.query.read import get_records
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx

COLLEAGUE = "user"


def names_of(ctx: Ctx, guests: Iterable[EventGuest]) -> dict[uuid.UUID, str]:
    """By record (or account), the names of those guests whom the actor may see; a statement an object."""
    by_object: dict[str, list[uuid.UUID]] = {}
    for row in guests:
        by_object.setdefault(row.object_key, []).append(row.record_id)
    names = people(ctx, by_object.pop(COLLEAGUE, []))
    schema = get_schema(ctx)
    for key, ids in by_object.items():
        obj = schema.find(key)
        if obj is not None and rights.can(ctx, obj, "read"):
            names |= {uuid.UUID(row["id"]): row["title"] for row in get_records(ctx, key, ids, fields=["id"])}
    return names
