"""Instalments of contracts and orders, their states as data, and how they become void and valid again."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guanxi.domains.sales.papers.states import Machine, Move
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.domains.sales.receivables import planning
from guanxi.domains.sales.receivables.hooks.papers import CANCELLED
from guanxi.domains.sales.receivables.hooks.payment_plan import HAS_MONEY
from guanxi.domains.sales.receivables.ledger import ORDER, PLAN
from guanxi.domains.sales.receivables.objects.payment_plan import STATES
from guanxi.domains.sales.receivables.rules import MAX_PARTS
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_records
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.text import Text


class PlanPayments(Action):
    """Split what is not planned of a contract or an order into equal instalments."""

    key = "plan_payments"
    label = Text("制定回款计划", "Plan payments")
    icon = "calendar"
    objects = ("contract", "sales_order")
    when = ("status", tuple(sorted({state for states in planning.OPEN.values() for state in states})))

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """How many parts, from which day, and how far apart."""
        return (
            field(
                "parts", "number", Text("期数", "Parts"), required=True, config={"min": 1, "max": MAX_PARTS}
            ),
            field("first_due", "date", Text("第一期应收日期", "First due"), required=True),
            field(
                "every_months", "number", Text("间隔（月）", "Months between"), config={"min": 0, "max": 24}
            ),
        )

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"plans": ids, "instalments", "unplanned", "currency"}`; raises Invalid."""
        every = 1 if data["every_months"] is None else int(data["every_months"])
        split = planning.Split(count=int(data["parts"]), first_due=data["first_due"], every_months=every)
        return planning.make(ctx, obj.key, ids[0], split)


def unpaid(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: no money has come for it."""
    return [Reason("has_money", HAS_MONEY, {})] if held.value("received") else []


def order_stands(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: the order that it is of was not cancelled."""
    order = held.value(ORDER)
    found = get_records(replace(ctx, actor=SYSTEM), ORDER, [order], fields=["status"]) if order else []
    return [Reason("cancelled", CANCELLED, {})] if found and found[0]["status"] == "cancelled" else []


def voided(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: why."""
    return {"void_reason": data.get("comment")}


def reopened(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: valid again, and told of again."""
    return {"void_reason": None, "reminder": None}


MACHINE = Machine(
    object=PLAN,
    states=STATES,
    first="due",
    locked=frozenset({"void"}),
    guarded=frozenset({"amount", "due_on", "currency", "customer", "contract", "sales_order"}),
    moves=(
        Move("void", Text("作废", "Make void"), ("due", "partial", "overdue"), "void", icon="flag", danger=True,
             comment="required", guard=unpaid, stamp=voided),
        Move("reopen", Text("恢复", "Make valid again"), ("void",), "due", icon="rotate-ccw", guard=order_stands,
             stamp=reopened),
    ),
)  # fmt: skip
MACHINE.register()
action_registry.register(PlanPayments())
