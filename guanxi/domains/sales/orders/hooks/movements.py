"""Deliveries and returns: of an order that goes on, never more than is left, and the order follows.

*How it works*: whatever door a line comes through (with its record, by itself, by import, undo or restoring), its order is
locked before the sums are read, and the line is refused where it asks for more than is left, saying how much that is.
When a delivery or return changes its state, goes to the bin or comes back, `settle` keeps the order.

*Rules*: a delivery with lines stays with its order. What was shipped or has come back is cancelled, not deleted.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar

from guanxi.domains.sales.orders.balance import DELIVERY, ITEMS, ORDER, RETURN, lock_orders, settle, standings
from guanxi.domains.sales.orders.rules import ZERO, Standing
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store.lines import stored_lines
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.lines import PARENT
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.text import Text

NOT_NOW = Text("「{state}」的订单不能这样做。", "Not possible for an order that is “{state}”.")
STAYS = Text("有明细时不能换到另一张订单。", "With its items it stays with its order.")
CANCEL_FIRST = Text("已发生的要先取消，不能直接删除。", "What has happened is cancelled first, not deleted.")
FOREIGN = Text("这一行不是这张订单的。", "This is no line of the order.")
NOTHING = Text("数量要大于 0。", "The quantity must be more than 0.")
TOO_MANY = Text("最多还能发 {left}。", "At most {left} are left to deliver.")
TOO_MANY_BACK = Text("最多还能退 {left}。", "At most {left} can come back.")


@dataclass(frozen=True, slots=True)
class Kind:
    """What tells deliveries and returns apart."""

    key: str
    room: Callable[[Standing], Decimal]
    over: Text
    states: tuple[str, ...]
    """The states of an order that it is made in."""
    loose: tuple[str, ...]
    """Its own states in which it may be deleted."""
    day: str


DELIVERIES = Kind(
    DELIVERY,
    lambda s: s.left,
    TOO_MANY,
    ("confirmed", "in_delivery", "delivered"),
    ("planned", "cancelled"),
    "",
)
RETURNS = Kind(
    RETURN, lambda s: s.returnable, TOO_MANY_BACK, ("in_delivery", "delivered", "completed"),
    ("requested", "cancelled"), "requested_on",
)  # fmt: skip


class MovementHooks(RecordHooks):
    """A delivery or a return, and the order that follows it."""

    kind: ClassVar[Kind]

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Lock the orders; name what has no name; refuse to take lines to another order, and to delete what has happened."""
        fresh = [c for c in changes if c.op == "create"]
        orders = lock_orders(ctx, {order for c in changes if isinstance(order := c.value(ORDER), uuid.UUID)})
        for change in fresh:
            if self.kind.day and change.values.get(self.kind.day) is None:
                change.values[self.kind.day] = ctx.today.date()
        _name(ctx, obj, [c for c in fresh if not c.value("name")], orders)
        self._keep_orders(ctx, [c for c in changes if c.op == "update" and c.changes(ORDER)])
        for change in changes:
            if change.op == "delete" and (change.before or {}).get("status") not in (None, *self.kind.loose):
                change.refuse("status", "cancel_first", CANCEL_FIRST)

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Keep the orders of what has moved."""
        moved = [
            c for c in changes if c.op in ("delete", "restore") or c.changes("status") or c.changes("kind")
        ]
        orders = {c.value(ORDER) for c in moved if c.op != "create" and c.value(ORDER)}
        if orders:
            settle(ctx, orders)

    def _keep_orders(self, ctx: Ctx, changes: Sequence[Change]) -> None:
        """Refuse another order for what has lines: they are lines of the order."""
        if changes:
            lines = stored_lines(
                _system(ctx), get_object(ctx, line_key(self.kind.key, ITEMS)), [c.id for c in changes]
            )
            for change in changes:
                if lines[change.id]:
                    change.refuse(ORDER, "stays", STAYS)


class MovementLineHooks(RecordHooks):
    """The lines of deliveries or returns: of the order, and no more than is left."""

    kind: ClassVar[Kind]

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Lock the orders, read how they stand, take from it line by line."""
        written = [c for c in changes if c.op != "delete" and not c.errors]
        heads = self._heads(ctx, written)
        orders = {head[ORDER] for head in heads.values() if head[ORDER]}
        if not orders:
            return
        states = {i: order.value("status") for i, order in lock_orders(ctx, orders).items()}
        found = standings(ctx, orders)
        room = {line: self.kind.room(standing) for line, standing in found.by_line.items()}
        goods = {line.id: (order, line) for order, lines in found.lines.items() for line in lines}
        for change in written:  # what changes is free again
            head = heads.get((change.before or {}).get(PARENT))  # type: ignore[arg-type]
            if change.op == "update" and head and head["status"] != "cancelled":
                item = (change.before or {}).get("item")
                if item in room:
                    room[item] += (change.before or {}).get("quantity") or ZERO
        for change in written:
            head = heads.get(change.value(PARENT))
            if head is None:
                continue
            if head["status"] != "cancelled" and states.get(head[ORDER]) not in self.kind.states:
                change.refuse("item", "wrong_state", NOT_NOW, state=_state(ctx, states.get(head[ORDER])))
            else:
                self._take(change, head, goods, room)

    def _take(
        self,
        change: Change,
        head: Mapping[str, Any],
        goods: Mapping[Any, tuple[Any, Change]],
        room: dict[Any, Decimal],
    ) -> None:
        item, quantity = change.value("item"), change.value("quantity")
        if item is None:
            return  # required: the write door says so
        order, line = goods.get(item, (None, None))
        if line is None or order != head[ORDER]:
            change.refuse("item", "unknown_line", FOREIGN)
            return
        for key in ("name", "sku", "unit"):
            if change.op == "create" or change.changes("item"):
                change.values[key] = line.value(key)
        if quantity is None:
            return
        if quantity <= ZERO:
            change.refuse("quantity", "too_small", NOTHING)
        elif head["status"] == "cancelled":
            return
        elif quantity > room[item]:
            left = max(room[item], ZERO)
            change.refuse("quantity", "too_many", self.kind.over, left=f"{left.normalize():f}")
        else:
            room[item] -= quantity

    def _heads(self, ctx: Ctx, changes: Sequence[Change]) -> dict[uuid.UUID, dict[str, Any]]:
        """By id, the live records of the lines; `sales_order` is a UUID."""
        asked = {i for c in changes for i in (c.value(PARENT), (c.before or {}).get(PARENT)) if i}
        rows = (
            get_records(_system(ctx), self.kind.key, sorted(asked), fields=[ORDER, "status"]) if asked else []
        )
        return {
            uuid.UUID(row["id"]): row | {ORDER: uuid.UUID(row[ORDER]["id"]) if row[ORDER] else None}
            for row in rows
        }


def _name(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], orders: Mapping[uuid.UUID, Change]) -> None:
    """Call what has no name by its order and its kind."""
    label = obj.label.in_(ctx.workspace.locale)
    for change in changes:
        order = orders.get(change.value(ORDER))
        change.values["name"] = f"{order.value('name')} · {label}" if order else label


def _state(ctx: Ctx, state: str | None) -> str:
    from_object = get_object(ctx, ORDER).fields["status"].option(state or "draft")
    return from_object.label.in_(ctx.locale) if from_object else str(state)


def _system(ctx: Ctx) -> Ctx:
    return replace(ctx, actor=SYSTEM)


for kind in (DELIVERIES, RETURNS):
    hooks_registry.register(
        type(
            f"{kind.key.title()}Hooks",
            (MovementHooks,),
            {"object_key": kind.key, "kind": kind, "__doc__": MovementHooks.__doc__},
        )()
    )
    hooks_registry.register(
        type(
            f"{kind.key.title()}LineHooks",
            (MovementLineHooks,),
            {"object_key": line_key(kind.key, ITEMS), "kind": kind, "__doc__": MovementLineHooks.__doc__},
        )()
    )
