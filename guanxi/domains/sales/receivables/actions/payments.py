"""What is done with payments: allocating, refunding what is left, making void."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.sales.papers.states import Machine, check_state, locked_row
from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.domains.sales.receivables import allocating
from guanxi.domains.sales.receivables.hooks.payment import HAS_REFUND, OVER_SURPLUS
from guanxi.domains.sales.receivables.ledger import LINES, PAYMENT, allocations
from guanxi.domains.sales.receivables.objects.payment import STATES
from guanxi.engine.access import rights
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store import change_sets
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.lines import PARENT
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

MACHINE = Machine(
    object=PAYMENT,
    states=STATES,
    first="confirmed",
    moves=(),
    locked=frozenset({"void"}),
    guarded=frozenset({"amount", "currency", "paid_on", "customer"}),
    items="allocations",
)


class Allocate(Action):
    """Pay what is due first with what is left of a payment."""

    key = "allocate"
    label = Text("核销", "Allocate")
    icon = "check"
    objects = (PAYMENT,)
    when = ("kind", ("receipt",))

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"allocated": how many instalments}`; raises Conflict for a void payment."""
        held = locked_row(ctx, obj, ids[0])
        check_state(ctx, MACHINE, held, ("confirmed",), self.label)
        return allocating.allocate_proposed(ctx, ids[0])


class RefundPayment(Action):
    """Give back what is left of a payment."""

    key = "refund_payment"
    label = Text("退款", "Refund")
    icon = "rotate-ccw"
    objects = (PAYMENT,)
    when = ("kind", ("receipt",))

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """How much, when, and why."""
        return (
            field("amount", "money", Text("退款金额", "Amount"), config={"min": 0},
                  help=Text("不填时退还全部未核销的金额。", "Left empty, all that is not allocated.")),
            field("paid_on", "date", Text("退款日期", "Paid back on"),
                  help=Text("不填为今天。", "Left empty, today.")),
            field("comment", "text", Text("原因", "Reason"), required=True, config={"max": 500}),
        )  # fmt: skip

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"payment": a link to the refund}`; raises Invalid for more than is left, Conflict for a void payment."""
        rights.require(ctx, obj, "create")
        held = locked_row(ctx, obj, ids[0])
        check_state(ctx, MACHINE, held, ("confirmed",), self.label)
        left = held.value("surplus") or ZERO
        amount = left if data["amount"] is None else data["amount"]
        if held.value("kind") != "receipt" or not ZERO < amount <= left:
            raise invalid("amount", "over_surplus", OVER_SURPLUS, left=f"{left:,.2f}")
        taken = ("customer", "currency", "rate", "method", "owner")
        values = {key: held.value(key) for key in taken if held.value(key) is not None} | {
            "kind": "refund", "refunds": held.id, "amount": -amount, "description": data["comment"],
            "paid_on": data["paid_on"] or ctx.today.date(),
        }  # fmt: skip
        made = Change("create", new_id(), values)
        bulk_write(change_sets.as_one(ctx), PAYMENT, [made], partial=False, trusted=True)
        return {"payment": {"id": str(made.id), "title": str(made.value("name") or ""), "object": PAYMENT}}


class VoidPayment(Action):
    """Say that a payment never was: what it paid is owed again."""

    key = "void_payment"
    label = Text("作废", "Make void")
    icon = "flag"
    danger = True
    objects = (PAYMENT,)
    when = ("status", ("confirmed",))

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """Why."""
        return (field("comment", "text", Text("原因", "Reason"), required=True, config={"max": 500}),)

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"status": "void", "given_back": how many allocations}`; raises Invalid while it has a refund."""
        ctx = change_sets.as_one(ctx)
        held = locked_row(ctx, obj, ids[0])
        check_state(ctx, MACHINE, held, ("confirmed",), self.label)
        if held.value("refunded"):
            raise invalid("status", "has_refund", HAS_REFUND)
        lines = [
            Change("delete", row.id, {}, index=n) for n, row in enumerate(allocations(ctx, PARENT, [held.id]))
        ]
        if lines:
            bulk_write(ctx, LINES, lines, partial=False, trusted=True)
        void = Change("update", held.id, {"status": "void", "void_reason": data["comment"]})
        bulk_write(ctx, PAYMENT, [void], partial=False, trusted=True, ruled=True)
        return {"status": "void", "given_back": len(lines)}


MACHINE.register()
for _action in (Allocate(), RefundPayment(), VoidPayment()):
    action_registry.register(_action)
