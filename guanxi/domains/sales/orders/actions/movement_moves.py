"""The lives of deliveries and returns, as data. What they do to the order: hooks/movements.py."""

from collections.abc import Mapping
from typing import Any

from guanxi.domains.sales.orders.objects.delivery import STATES as DELIVERY_STATES
from guanxi.domains.sales.orders.objects.sales_return import STATES as RETURN_STATES
from guanxi.domains.sales.papers.facade import Machine, Move, lines_of
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.engine.records.hooks import Change
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

NOTHING_IN_IT = Text("还没有一行明细。", "It has no items yet.")


def has_lines(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: there is something in it."""
    return [] if lines_of(ctx, obj, held) else [Reason("no_items", NOTHING_IN_IT, {})]


def shipped(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: shipped today, unless a day is given."""
    return {} if held.value("shipped_on") else {"shipped_on": ctx.today.date()}


def received(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: received today, unless a day is given."""
    return {} if held.value("received_on") else {"received_on": ctx.today.date()}


def cancelled(ctx: Ctx, obj: ObjectDef, held: Change, data: Mapping[str, Any]) -> dict[str, Any]:
    """Stamp: why."""
    return {"closing_note": data.get("comment")}


DELIVERIES = Machine(
    object="delivery",
    states=DELIVERY_STATES,
    first="planned",
    locked=frozenset({"shipped", "received", "cancelled"}),
    guarded=frozenset(),
    moves=(
        Move("ship", Text("标为已发货", "Mark as shipped"), ("planned",), "shipped", icon="truck", guard=has_lines,
             stamp=shipped),
        Move("receive", Text("标为已签收", "Mark as received"), ("shipped",), "received", icon="check", stamp=received),
        Move("cancel", Text("取消发货", "Cancel"), ("planned", "shipped", "received"), "cancelled", icon="flag",
             danger=True, comment="required", stamp=cancelled),
    ),
)  # fmt: skip
RETURNS = Machine(
    object="sales_return",
    states=RETURN_STATES,
    first="requested",
    locked=frozenset({"received", "cancelled"}),
    guarded=frozenset({"kind"}),
    moves=(
        Move("receive", Text("标为已收货", "Mark as received"), ("requested",), "received", icon="check", guard=has_lines,
             stamp=received),
        Move("cancel", Text("取消退货", "Cancel"), ("requested", "received"), "cancelled", icon="flag", danger=True,
             comment="required", stamp=cancelled),
    ),
)  # fmt: skip
DELIVERIES.register()
RETURNS.register()
