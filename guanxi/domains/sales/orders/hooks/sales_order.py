"""The money and the day of orders."""

from collections.abc import Sequence

from guanxi.domains.sales.orders.balance import standings
from guanxi.domains.sales.pricing.documents import Paper, PaperHooks
from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.engine.records.hooks import Change, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

IN_USE = Text("已有发货或退货，不能删除。", "It has deliveries or returns, and cannot be deleted.")
TOO_EARLY = Text("要求交付日期早于下单日期。", "It is due before it was ordered.")


class OrderPaper(PaperHooks):
    """An order's totals follow its items; its prices and rate are those of the day it was placed."""

    object_key = "sales_order"
    paper = Paper(
        subtotal="subtotal", discount_total="discount_total", tax_total="tax_total", net_total="net_total",
        discount="discount", tax_included="tax_included", day="ordered_on",
    )  # fmt: skip

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Fill in the day; refuse to be due before it; then the money."""
        _keep_moved(ctx, [c for c in changes if c.op == "delete"])
        for change in changes:
            if change.op == "create" and change.values.get("ordered_on") is None:
                change.values["ordered_on"] = ctx.today.date()
            placed, due = change.value("ordered_on"), change.value("due_on")
            moved = change.changes("ordered_on") or change.changes("due_on")
            if change.op in ("create", "update") and moved and placed and due and due < placed:
                change.refuse("due_on", "too_early", TOO_EARLY)
        super().prepare(ctx, obj, changes)
        for change in changes:
            if change.op in ("create", "update") and not change.misread:
                _owe(change)


def _keep_moved(ctx: Ctx, changes: Sequence[Change]) -> None:
    """Refuse to delete orders that something was delivered of."""
    moved = standings(ctx, [c.id for c in changes]).moved if changes else ()
    for change in changes:
        if change.id in moved:
            change.refuse("status", "in_use", IN_USE)


def _owe(change: Change) -> None:
    total = change.value("total")
    owed = None if total is None else total - (change.value("returned_total") or ZERO)
    if change.value("owed_total") != owed:
        change.values["owed_total"] = owed


hooks_registry.register(OrderPaper())
