"""The life of an order, as data: draft, confirmed, in delivery, delivered, completed or cancelled.

*Rules*: `in_delivery` and `delivered` are no moves of a person: they follow from deliveries and returns (balance.py).
"""

from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.orders.balance import standings
from guanxi.domains.sales.orders.confirming import may_be_confirmed
from guanxi.domains.sales.orders.objects.sales_order import STATES
from guanxi.domains.sales.orders.rules import status_of
from guanxi.domains.sales.papers.facade import Machine, Move, may_decide
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.engine.records.hooks import Change
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

NOT_YOURS = Text(
    "已确认的订单，只有主管或管理员能收回。", "Only managers and administrators take back what was confirmed."
)
IN_USE = Text("已有发货单或退货单，请先取消它们。", "It has deliveries or returns. Cancel them first.")
PLANNED = Text(
    "还有待发货的发货单，请先发货或取消。", "A delivery waits to be shipped. Ship or cancel it first."
)


def confirmed(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: when it was confirmed."""
    return {"confirmed_at": ctx.now}


def closed(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: why it ended."""
    return {"closing_note": data.get("comment")}


def nothing_moved(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: nothing was delivered, or is about to be."""
    return [Reason("in_use", IN_USE, {})] if standings(ctx, [held.id]).moved else []


def may_be_taken_back(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: by those who look after the work of others, before anything was delivered."""
    mine = [] if may_decide(ctx, obj) else [Reason("not_yours", NOT_YOURS, {})]
    return [*mine, *nothing_moved(ctx, obj, held)]


def nothing_planned(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: no delivery waits to be shipped."""
    planned = any(standing.planned for _, standing in standings(ctx, [held.id]).of(held.id))
    return [Reason("planned", PLANNED, {})] if planned else []


def may_be_reopened(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: by those who look after the work of others."""
    return [] if may_decide(ctx, obj) else [Reason("not_yours", NOT_YOURS, {})]


def reopened(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: the state that follows from what was delivered."""
    found = standings(ctx, [held.id])
    states = [standing for _, standing in found.of(held.id)]
    return {"status": status_of(states, on_the_way=held.id in found.on_the_way), "closing_note": None}


MACHINE = Machine(
    object="sales_order",
    states=STATES,
    first="draft",
    locked=frozenset({"confirmed", "in_delivery", "delivered", "completed", "cancelled"}),
    guarded=frozenset({"currency", "discount", "tax_included", "customer", "ordered_on"}),
    kept=frozenset({"delivered", "returned"}),
    moves=(
        Move("confirm", Text("确认订单", "Confirm"), ("draft",), "confirmed", icon="check", guard=may_be_confirmed,
             stamp=confirmed),
        Move("complete", Text("完成", "Complete"), ("delivered",), "completed", icon="check", comment="optional",
             stamp=closed),
        Move("close", Text("余下不再交付", "Close short"), ("confirmed", "in_delivery"), "completed", icon="flag",
             comment="required", guard=nothing_planned, stamp=closed),
        Move("cancel", Text("取消订单", "Cancel"), ("draft", "confirmed"), "cancelled", icon="flag", danger=True,
             comment="required", guard=nothing_moved, stamp=closed),
        Move("reopen", Text("重新打开", "Reopen"), ("completed",), "in_delivery", icon="rotate-ccw",
             guard=may_be_reopened, stamp=reopened),
        Move("unlock", Text("收回修改", "Take back"), ("confirmed",), "draft", icon="key", danger=True,
             guard=may_be_taken_back),
    ),
)  # fmt: skip
MACHINE.register()
