"""Whether a lead is somebody the firm knows already: its customer, its contact and the deal it is about."""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.rules import customer_name, person_name
from guanxi.engine.records.duplicates import find_duplicates
from guanxi.engine.records.query.read import fetch_page, get_record
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, invalid
from guanxi.kit.text import Text

OF_COLLEAGUE = Text(
    "这家客户已由{team}负责。请联系对方，或选择「一定新建客户」。",
    "This customer is already looked after by {team}. Talk to them, or choose to always create a new customer.",
)
SOMEBODY = Text("同事", "a colleague")
NOT_BOTH = Text("选了已有客户，就不能再新建。", "Choose an existing customer or a new one, not both.")
NO_DEAL = Text(
    "选了已有商机，就要带上商机。", "An existing opportunity was chosen: it cannot be left out too."
)
OTHERS_DEAL = Text("这个商机不属于这家客户。", "This opportunity is not this customer's.")
OF_NEW_DEALS = ("opportunity_name", "amount", "expected_close_date")


def deal_chosen(ctx: Ctx, data: Mapping[str, Any]) -> dict[str, Any] | None:
    """The deal that was chosen, with its customer; raises NotFound for one out of sight."""
    chosen = data.get("opportunity")
    if chosen is None:
        return None
    if data.get("create_opportunity") is False:
        raise invalid("opportunity", "contrary", NO_DEAL)
    return get_record(ctx, "opportunity", uuid.UUID(str(chosen)), fields=["customer"])


def find_deal(
    ctx: Ctx, data: Mapping[str, Any], chosen: Mapping[str, Any] | None, customer_id: uuid.UUID, name: str
) -> uuid.UUID | None:
    """The deal that was chosen, or the customer's open one of that name where nothing is said of a new one.

    Raises Invalid for a chosen one that is not the customer's.
    """
    if chosen is not None:
        if (chosen["customer"] or {}).get("id") != str(customer_id):
            raise invalid("opportunity", "of_other_customer", OTHERS_DEAL)
        return uuid.UUID(chosen["id"])
    if any(data.get(key) is not None for key in OF_NEW_DEALS):
        return None
    same = {"and": [{"field": "customer", "op": "is", "value": str(customer_id)},
                    {"field": "name", "op": "is", "value": name},
                    {"field": "status", "op": "is", "value": "open"}]}  # fmt: skip
    page = fetch_page(ctx, RecordQuery("opportunity", filter=same, fields=("id",), limit=1, count=False))
    return uuid.UUID(page.data[0]["id"]) if page.data else None


def find_customer(
    ctx: Ctx, lead: Mapping[str, Any], data: Mapping[str, Any], deal: Mapping[str, Any] | None
) -> uuid.UUID | None:
    """The customer that was chosen, by itself or by its `deal`, or that matches; None for none to be found.

    Raises NotFound for a chosen one out of sight, Conflict for a match that belongs to a colleague.
    """
    chosen = data.get("customer")
    if chosen is None and deal is not None and deal["customer"]:
        chosen = deal["customer"]["id"]
    if chosen is not None:
        if data.get("create_customer"):
            raise invalid("create_customer", "contrary", NOT_BOTH)
        get_record(ctx, "customer", chosen, fields=["id"])
        return uuid.UUID(str(chosen))
    if data.get("create_customer"):
        return None
    found = find_duplicates(ctx, "customer", {"name": customer_name(lead)})
    found += _through_contact(ctx, lead)
    found += find_duplicates(ctx, "customer", {"phone": lead.get("phone"), "mobile": lead.get("mobile")})
    for match in found:
        if match["can_open"]:
            return uuid.UUID(match["id"])
    if found:
        team = (found[0].get("team") or {}).get("name") or SOMEBODY.in_(ctx.locale)
        raise Conflict(
            OF_COLLEAGUE, code="customer_of_colleague", extra={"team": found[0].get("team")}, team=team
        )
    return None


def find_contact(ctx: Ctx, lead: Mapping[str, Any], customer_id: uuid.UUID) -> uuid.UUID | None:
    """The customer's contact with the lead's mobile, e-mail or name, or None."""
    for match in find_duplicates(ctx, "contact", {"mobile": lead.get("mobile"), "email": lead.get("email")}):
        if match["can_open"]:
            record = get_record(ctx, "contact", uuid.UUID(match["id"]), fields=["customer"])
            if record["customer"] and record["customer"]["id"] == str(customer_id):
                return uuid.UUID(match["id"])
    name = person_name(lead)
    if name is None:
        return None
    same = {"and": [{"field": "customer", "op": "is", "value": str(customer_id)},
                    {"field": "name", "op": "is", "value": name}]}  # fmt: skip
    page = fetch_page(ctx, RecordQuery("contact", filter=same, fields=("id",), limit=1, count=False))
    return uuid.UUID(page.data[0]["id"]) if page.data else None


def _through_contact(ctx: Ctx, lead: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The customers of contacts with the lead's mobile or e-mail, in the form of duplicates."""
    found = []
    for match in find_duplicates(ctx, "contact", {"mobile": lead.get("mobile"), "email": lead.get("email")}):
        if not match["can_open"]:
            found.append(match)
            continue
        customer = get_record(ctx, "contact", uuid.UUID(match["id"]), fields=["customer"])["customer"]
        if customer:
            found.append({"id": customer["id"], "can_open": True})
    return found
