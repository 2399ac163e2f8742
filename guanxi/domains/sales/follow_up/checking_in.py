"""Checking in at a visit: where the device says it was, and how far that is from the customer's address.

*How it works*: the place and its accuracy come from the device and are kept as they come. The customer's address has
coordinates where the firm keeps them in a field of the type location; the first that holds some counts, of the
record or of its customer. Without any the distance is empty: nothing is guessed from a street's name.

*Rules*: what a device says can be forged; it is shown as what it is. The place is data of people: it stands in the
visit's record, is exported, erased and kept as long as that is.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.follow_up.rules import metres_between
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx

LOCATION = "location"


def check_in(
    ctx: Ctx, event_id: str, place: Mapping[str, Any], about: ObjectDef, record_id: uuid.UUID
) -> None:
    """Keep the place on a visit that was just written, with its distance where the address is known."""
    address = _address(ctx, about, record_id)
    values = {
        "checked_in_at": ctx.now,
        "checked_in_place": {"lat": round(place["lat"], 6), "lng": round(place["lng"], 6)},
        "accuracy": round(place["accuracy"]) if place.get("accuracy") is not None else None,
        "distance": metres_between(place, address) if address else None,
    }
    change = Change("update", uuid.UUID(event_id), values)
    bulk_write(ctx, "event", [change], partial=False, trusted=True, action="check_in")


def _address(ctx: Ctx, about: ObjectDef, record_id: uuid.UUID) -> Mapping[str, float] | None:
    """The coordinates that the actor reads of a record, or of its customer."""
    found, customer = _coordinates(ctx, about, record_id)
    if found is None and customer is not None:
        found, _ = _coordinates(ctx, rights.get_object(ctx, "customer"), customer)
    return found


def _coordinates(
    ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID
) -> tuple[Mapping[str, float] | None, uuid.UUID | None]:
    readable = rights.readable(ctx, obj)
    places = [f.key for f in readable.values() if f.type.type == LOCATION and not f.masked]
    link = next((f.key for f in readable.values() if f.target == "customer" and f.key == "customer"), None)
    asked = [*places, *([link] if link else [])]
    if not asked:
        return None, None
    for row in get_records(ctx, obj.key, [record_id], fields=asked):
        found = next((row[key] for key in places if row.get(key)), None)
        return found, uuid.UUID(row[link]["id"]) if link and row.get(link) else None
    return None, None
