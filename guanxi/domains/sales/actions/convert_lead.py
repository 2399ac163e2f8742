"""`ConvertLead`: a lead becomes a customer with a contact and, if wanted, a deal.

*How it works*: the lead's row is locked first, so that a second conversion waits and then sees that it
is done. The customer is the one given, or one that shares the name, phone or contact (matching.py), or
a new one; likewise the contact and the deal. What was done with the lead is linked to what it became, and the lead
remembers all three.

*Rules*: one transaction, every write through the store and in the journal. A customer of a colleague
that the person may not see is never matched silently: they are told whose it is.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.customers.facade import Contacted, mark_contacted
from guanxi.domains.sales.actions.matching import deal_chosen, find_contact, find_customer, find_deal
from guanxi.domains.sales.actions.moving import link_activities
from guanxi.domains.sales.rules import customer_values, person_values, summary
from guanxi.engine.access import rights
from guanxi.engine.records import store
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_record
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.rollups import Keeper
from guanxi.engine.records.store.writing import bulk_write, refusal
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict
from guanxi.kit.text import Text

ALREADY = Text("这条线索已经转化过了。", "This lead has already been converted.")


class ConvertLead(Action):
    """Make a customer, a contact and a deal of a lead."""

    key = "convert"
    label = Text("转化", "Convert")
    icon = "user-plus"
    objects = ("lead",)

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """Which customer, whether a new one, and the deal."""
        return (
            field(
                "customer", "link", Text("已有客户", "Existing customer"), target="customer",
                help=Text("不填时按名称和电话匹配，没有就新建。", "Left empty: matched by name and phone, else created."),
            ),
            field("create_customer", "boolean", Text("一定新建客户", "Always create a new customer"), default=False),
            field("create_contact", "boolean", Text("建立联系人", "Create a contact"), default=True),
            field("create_opportunity", "boolean", Text("建立商机", "Create an opportunity"), default=True),
            field(
                "opportunity", "link", Text("已有商机", "Existing opportunity"), target="opportunity",
                help=Text(
                    "不填时，客户名下有同名的进行中商机就用它，没有就新建。",
                    "Left empty: the customer's open opportunity of that name, else a new one.",
                ),
            ),
            field("opportunity_name", "text", Text("商机名称", "Name of the opportunity")),
            field("amount", "money", Text("商机金额", "Amount"), config={"min": 0}),
            field("expected_close_date", "date", Text("预计成交日期", "Expected close")),
        )  # fmt: skip

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"customer", "contact", "opportunity", "created": [objects], "activities": n}`.

        Raises Conflict when the lead is converted already or its customer belongs to a colleague.
        """
        return convert(ctx, ids[0], data)


def convert(ctx: Ctx, lead_id: uuid.UUID, data: Mapping[str, Any]) -> dict[str, Any]:
    """Convert one lead; `data` holds the parsed input."""
    lead = _locked(ctx, lead_id)
    owner = _owner(ctx, lead)
    created: list[str] = []

    chosen = deal_chosen(ctx, data)
    customer_id = find_customer(ctx, lead, data, chosen)
    if customer_id is None:
        customer_id = _create(ctx, "customer", customer_values(lead), owner, created)
    contact_id = None
    if data.get("create_contact") is not False:
        contact_id = find_contact(ctx, lead, customer_id)
        person = person_values(lead)
        if contact_id is None and person is not None:
            contact_id = _create(ctx, "contact", person | {"customer": customer_id}, owner, created)
    opportunity_id = None
    if data.get("create_opportunity") is not False:
        values = _deal_values(ctx, lead, data, customer_id, contact_id)
        opportunity_id = find_deal(ctx, data, chosen, customer_id, values["name"])
        if opportunity_id is None:
            opportunity_id = _create(ctx, "opportunity", values, owner, created)

    became = {"customer": customer_id, "contact": contact_id, "opportunity": opportunity_id}
    moved = link_activities(ctx, lead_id, {key: value for key, value in became.items() if value is not None})
    for key, record_id in became.items():
        if record_id is not None:
            seen = Contacted(lead.get("last_contact_at"), lead.get("next_contact_at"))
            mark_contacted(ctx, key, {record_id: seen})
    outcome = {"status": "converted", "converted_at": ctx.now}
    outcome |= {f"converted_{key}": value for key, value in became.items()}
    bulk_write(ctx, "lead", [Change("update", lead_id, outcome)], partial=False, action="convert")
    shown = {key: _brief(ctx, key, value) if value else None for key, value in became.items()}
    return shown | {"created": created, "activities": moved}


def _locked(ctx: Ctx, lead_id: uuid.UUID) -> dict[str, Any]:
    """The lead's values, its row locked until the end; raises NotFound, Forbidden or Conflict."""
    change = Change("update", lead_id, {})
    obj = get_object(ctx, "lead")
    Keeper(ctx, obj).lock([change], whatever=True)
    lock_rows(ctx, obj, [change], deleted=False, trusted=False)
    if change.errors:
        raise refusal({0: change.errors}, single=True)
    lead = change.before or {}
    if lead.get("converted_at") is not None or lead.get("status") == "converted":
        became = {key: str(lead[f"converted_{key}"]) for key in ("customer", "contact", "opportunity")
                  if lead.get(f"converted_{key}")}  # fmt: skip
        raise Conflict(ALREADY, code="already_converted", extra={"converted": became})
    return lead


def _owner(ctx: Ctx, lead: Mapping[str, Any]) -> uuid.UUID | None:
    """The lead's owner, or whoever converts it when it has none or they may not hand on to them."""
    owner: uuid.UUID | None = lead.get("owner")
    allowed = rights.assignable(ctx, get_object(ctx, "customer"))
    return owner if owner is not None and (allowed is None or owner in allowed) else ctx.actor.user_id


def _create(
    ctx: Ctx, object_key: str, values: Mapping[str, Any], owner: uuid.UUID | None, created: list[str]
) -> uuid.UUID:
    """Make a record of Python values that the lead held; fields the workspace has not are passed over."""
    fields = get_object(ctx, object_key).fields
    kept = {key: value for key, value in values.items() if value is not None and key in fields} | {
        "owner": owner
    }
    created.append(object_key)
    return store.bulk_create(ctx, object_key, [kept], parsed=True)[0]


def _deal_values(
    ctx: Ctx,
    lead: Mapping[str, Any],
    data: Mapping[str, Any],
    customer_id: uuid.UUID,
    contact_id: uuid.UUID | None,
) -> dict[str, Any]:
    title = get_record(ctx, "customer", customer_id, fields=["name"])["title"]
    return {
        "name": data.get("opportunity_name") or summary(lead.get("need") or "") or title,
        "customer": customer_id,
        "contact": contact_id,
        "amount": data.get("amount"),
        "expected_close_date": data.get("expected_close_date"),
        "source": lead.get("source"),
        "description": lead.get("need"),
        "start_date": ctx.today.date(),
    }


def _brief(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> dict[str, str]:
    record = get_record(ctx, object_key, record_id, fields=["id"])
    return {"id": record["id"], "title": record["title"], "object": object_key}


action_registry.register(ConvertLead())
