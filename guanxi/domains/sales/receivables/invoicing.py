"""What becomes of invoices: asked for of a contract or an order, issued with a number, taken back by a negative one.

*How it works*: the states are data (`MACHINE`, papers/states.py); the functions here are what the actions and other topics
call. Whatever is written is checked once more by the hooks of the object, which lock what it belongs to.

*Rules*: as the actor: who may not create invoices asks for none, and nothing of a customer is copied that they do not read.
"""

import uuid
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.papers.states import Machine, Move, check_state, locked_row
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.domains.sales.receivables import providers, summary
from guanxi.domains.sales.receivables.hooks.invoice import HAS_MONEY, OVER_ORIGINAL
from guanxi.domains.sales.receivables.hooks.papers import LIMITS
from guanxi.domains.sales.receivables.ledger import INVOICE, PAPERS
from guanxi.domains.sales.receivables.objects.invoice import STATES
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import find_record
from guanxi.engine.records.store import change_sets
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Forbidden, invalid
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

ALL_INVOICED = Text("金额已经全部开票。", "All of it is invoiced already.")
NO_TOTAL = Text("请填开票金额。", "Say how much is invoiced.")
NOT_AGREED = Text(
    "还没有谈定或已经取消，不能开票。", "It is not agreed yet, or cancelled: nothing is invoiced."
)
NO_TITLE = Text("请填发票抬头。", "Give the invoice a title.")
RED = Text("红字发票不能再红冲。", "What takes an invoice back is not taken back itself.")
ISSUE, REVERSE = Text("登记开票", "Mark as issued"), Text("红冲", "Take back")
_BUYER = ("tax_number", "bank", "bank_account", "address", "phone", "send_to")
AGREED = {
    "contract": ("approved", "active", "finished"),
    "sales_order": ("confirmed", "in_delivery", "delivered", "completed"),
}
"""By paper, the states in which it may be invoiced."""
_OF_ORIGINAL = (
    "name",
    "kind",
    "customer",
    *PAPERS,
    "currency",
    "rate",
    "tax_rate",
    "content",
    "owner",
    *_BUYER,
)


def rejected(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: why."""
    return {"reason": data.get("comment")}


def asked_again(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: the reason is dealt with."""
    return {"reason": None}


def is_unpaid(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: no money is allocated to it."""
    from_money = held.value("received")
    return [Reason("has_money", HAS_MONEY, {})] if from_money else []


MACHINE = Machine(
    object=INVOICE,
    states=STATES,
    first="requested",
    locked=frozenset({"issued", "reversed"}),
    guarded=frozenset({"name", "kind", "customer", *PAPERS, "content", "total", "tax_rate", "currency", *_BUYER}),
    moves=(
        Move("reject", Text("退回", "Reject"), ("requested",), "rejected", icon="flag", danger=True,
             comment="required", guard=is_unpaid, stamp=rejected),
        Move("request_again", Text("重新申请", "Ask again"), ("rejected",), "requested", icon="rotate-ccw",
             stamp=asked_again),
    ),
)  # fmt: skip


def request(ctx: Ctx, key: str, paper_id: uuid.UUID, data: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for an invoice over a contract or an order (`key`): all that is not invoiced, or `data["total"]`.

    `data` holds `kind` and what else is known of the buyer. Gives `{"invoice": a link to it}`; raises NotFound, Forbidden,
    Invalid.
    """
    rights.require(ctx, get_object(ctx, INVOICE), "create")
    paper_object = rights.get_object(ctx, key)
    paper = locked_row(ctx, paper_object, paper_id)
    if paper.value("status") not in AGREED[key]:
        raise invalid("status", "not_agreed", NOT_AGREED)
    if LIMITS[key] not in rights.readable(ctx, paper_object):
        raise Forbidden
    total = _left(ctx, key, paper) if data.get("total") is None else data["total"]
    buyer = _buyer(ctx, paper.value("customer"))
    values = {name: data[name] for name in ("kind", "content", *_BUYER) if data.get(name)}
    values |= {key: paper.id, "customer": paper.value("customer"), "owner": paper.value("owner"), "total": total,
               "name": data.get("name") or buyer.get("title")}  # fmt: skip
    if buyer.get("tax_number") and "tax_number" not in values:
        values["tax_number"] = buyer["tax_number"]
    if not values["name"]:
        raise invalid("name", "required", NO_TITLE)
    made = Change("create", new_id(), {name: value for name, value in values.items() if value is not None})
    bulk_write(ctx, INVOICE, [made], partial=False, trusted=True, ruled=True)
    return {"invoice": _link(made)}


def _left(ctx: Ctx, key: str, paper: Change) -> Decimal:
    """What is not invoiced; raises Invalid where nothing is, or nobody can say."""
    left: Decimal | None = summary.of_paper(ctx, key, paper.id)["uninvoiced"]
    if not paper.value(LIMITS[key]) or left is None:
        raise invalid("total", "no_total", NO_TOTAL)
    if left <= ZERO:
        raise invalid("total", "all_invoiced", ALL_INVOICED)
    return left


def _buyer(ctx: Ctx, customer: uuid.UUID | None) -> dict[str, Any]:
    """Name and tax number of a customer, as far as the actor reads them."""
    found = find_record(ctx, "customer", customer) if customer else None
    readable = rights.readable(ctx, get_object(ctx, "customer"))
    if found is None or "name" not in readable:
        return {}
    return {
        "title": found["title"],
        "tax_number": found.get("tax_number") if "tax_number" in readable else None,
    }


def issue(ctx: Ctx, invoice_id: uuid.UUID, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write down `number` and `issued_on` (or what the provider gives): from then on the invoice is locked.

    Gives `{"status": "issued", "number"}`; raises Conflict unless it is asked for, Invalid for a number that is taken.
    """
    held = locked_row(ctx, rights.get_object(ctx, INVOICE), invoice_id)
    check_state(ctx, MACHINE, held, ("requested",), ISSUE)
    issued = providers.chosen(ctx).issue(ctx, held, data)
    values = {"status": "issued", "number": issued.number, "issued_on": issued.day}
    bulk_write(ctx, INVOICE, [Change("update", held.id, values)], partial=False, trusted=True, ruled=True)
    return {"status": "issued", "number": issued.number}


def reverse(ctx: Ctx, invoice_id: uuid.UUID, data: Mapping[str, Any]) -> dict[str, Any]:
    """Take an issued invoice back, all of it or `data["total"]`, for the reason `data["comment"]`.

    Gives `{"invoice": a link to the negative one}`, which is asked for; raises Invalid for more than is left of it.
    """
    obj = rights.get_object(ctx, INVOICE)
    rights.require(ctx, obj, "create")
    held = locked_row(ctx, obj, invoice_id)
    check_state(ctx, MACHINE, held, ("issued",), REVERSE)
    if held.value("reverses"):
        raise invalid("total", "is_red", RED)
    taken = (held.value("reversed_total") or ZERO) + (held.value("received") or ZERO)
    left: Decimal = held.value("total") - taken
    total = left if data.get("total") is None else data["total"]
    if not ZERO < total <= left:
        raise invalid("total", "over_original", OVER_ORIGINAL, left=f"{max(left, ZERO):,.2f}")
    values = {key: held.value(key) for key in _OF_ORIGINAL if held.value(key) is not None}
    values |= {"reverses": held.id, "total": -total, "reason": data["comment"]}
    made = Change("create", new_id(), values)
    bulk_write(change_sets.as_one(ctx), INVOICE, [made], partial=False, trusted=True)
    return {"invoice": _link(made)}


def _link(made: Change) -> dict[str, Any]:
    return {"id": str(made.id), "title": str(made.value("name") or ""), "object": INVOICE}
