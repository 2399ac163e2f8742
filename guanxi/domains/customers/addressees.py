"""Who of a customer can be written to, as somebody sees it.

*Rules*: only addresses that stand with the customer or its contacts: nobody mails strangers in the firm's name.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.read import fetch_page, find_record
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.schema.field_types.email import checked_email
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx

MOST_KNOWN = 50


@dataclass(frozen=True, slots=True)
class Addressee:
    """A record with an address; `chosen` for the contact that the paper or the event names."""

    object: str
    id: uuid.UUID
    name: str
    email: str
    chosen: bool = False


def addressees(
    ctx: Ctx, customer: Mapping[str, Any] | None, contact: Mapping[str, Any] | None
) -> list[Addressee]:
    """Each address once: the chosen contact first, then the customer's other contacts, then the customer."""
    rows: list[dict[str, Any]] = []
    if contact and "email" in _seen(ctx, "contact"):
        rows += _one(ctx, "contact", contact)
    if customer and {"email", "customer"} <= _seen(ctx, "contact"):
        tree = {"and": [{"field": "customer", "op": "is", "value": customer["id"]},
                        {"field": "email", "op": "is_not_empty"}]}  # fmt: skip
        query = RecordQuery("contact", tree, fields=("name", "email"), limit=MOST_KNOWN, count=False)
        rows += fetch_page(ctx, query).data
    if customer and "email" in _seen(ctx, "customer"):
        rows += _one(ctx, "customer", customer)
    told: dict[str, Addressee] = {}
    for row in rows:
        address = checked_email(str(row.get("email") or ""))
        if address and address not in told:
            chosen = contact is not None and row["id"] == contact["id"]
            told[address] = Addressee(row["object"], uuid.UUID(row["id"]), row["title"], address, chosen)
    return list(told.values())


def _seen(ctx: Ctx, object_key: str) -> set[str]:
    """The keys of the fields that the actor reads; none of an object they do not."""
    obj = get_schema(ctx).find(object_key)
    return set(rights.readable(ctx, obj)) if obj is not None and rights.can(ctx, obj, "read") else set()


def _one(ctx: Ctx, object_key: str, link: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = find_record(ctx, object_key, uuid.UUID(link["id"]))
    return [found] if found else []
