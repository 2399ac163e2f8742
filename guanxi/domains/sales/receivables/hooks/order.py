"""Orders that are cancelled: nobody owes what was planned of them any more.

*How it works*: with the order, in one step: instalments that nothing came for become void, and name the order and why;
one that was paid in part comes down to what was paid. The order's reason says how many these were, so that its page and
its history tell what went with it. Taking the step back (undo) brings everything back.

*Rules*: money that came stays where it is. It is for the program to do: who cancels an order need not see its instalments.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.domains.sales.receivables.ledger import ORDER, PLAN, held, of_links
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

OPEN = ("due", "partial", "overdue")
WHY = Text("订单 {number} 已取消", "Order {number} was cancelled")
VOIDED = Text("未回款的回款计划作废 {n} 期", "{n} unpaid instalments made void")
KEPT = Text("部分回款的 {n} 期只留已收到的", "{n} instalments paid in part kept what was paid")
BETWEEN = Text("；", "; ")


class CancelledOrders(RecordHooks):
    """Ends the instalments of orders that are cancelled."""

    object_key = ORDER

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """The state."""
        return "status" in keys

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Say with the reason what goes with the order."""
        ended = _cancelled(changes)
        plans = _open_plans(ctx, [c.id for c in ended]) if ended else {}
        for change in ended:
            paid = [bool(plan.value("received")) for plan in plans.get(change.id, ())]
            told = [
                text.in_(ctx.workspace.locale, n=n)
                for text, n in ((VOIDED, paid.count(False)), (KEPT, paid.count(True)))
                if n
            ]
            if told:
                said = [str(change.value("closing_note") or ""), *told]
                change.values["closing_note"] = BETWEEN.in_(ctx.workspace.locale).join(filter(None, said))

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """End the instalments."""
        ended = _cancelled(changes)
        plans = _open_plans(ctx, [c.id for c in ended]) if ended else {}
        wanted: list[Change] = []
        for order in ended:
            why = WHY.in_(ctx.workspace.locale, number=order.value("number") or order.value("name") or "—")
            for plan in plans.get(order.id, ()):
                values = _ended(plan, why)
                wanted.append(Change("update", plan.id, values, index=len(wanted)))
        if wanted:
            bulk_write(ctx, PLAN, wanted, partial=False, trusted=True)


def _cancelled(changes: Sequence[Change]) -> list[Change]:
    return [
        c for c in changes
        if c.op == "update" and c.changes("status") and c.value("status") == "cancelled" and c.action != "undo"
    ]  # fmt: skip


def _open_plans(ctx: Ctx, orders: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Change]]:
    """By order, its instalments that are not settled, locked: no money comes for them meanwhile."""
    ids = {uuid.UUID(str(row["id"])) for row in of_links(ctx, PLAN, ORDER, orders, ("status",))}
    found: dict[uuid.UUID, list[Change]] = defaultdict(list)
    for plan in held(ctx, PLAN, ids).values():
        if plan.value("status") in OPEN:
            found[plan.value(ORDER)].append(plan)
    return found


def _ended(plan: Change, why: str) -> dict[str, Any]:
    received = plan.value("received") or ZERO
    return {"amount": received} if received else {"status": "void", "void_reason": why}


hooks_registry.register(CancelledOrders())
