"""Delivering an order and taking goods back, in one step from the order's page.

*How it works*: with `items` (`[{"item": a line of the order, "quantity": n, "note": …}]`) so many of these lines; without,
everything that is left to deliver. The delivery is made, filled and shipped in one transaction; the rules are those of
every door (hooks/movements.py).
"""

import uuid
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.orders.actions.order_moves import MACHINE
from guanxi.domains.sales.orders.balance import DELIVERY, ITEMS, ORDER, RETURN, lock_orders, standings
from guanxi.domains.sales.orders.objects.sales_return import KINDS, REASONS
from guanxi.domains.sales.orders.rules import ZERO, Standing
from guanxi.domains.sales.papers.facade import check_state
from guanxi.engine.access import rights
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.query.read import get_record
from guanxi.engine.records.store import bulk_write
from guanxi.engine.records.store.inputs import read_values
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.lines import MAX_LINES, PARENT, POSITION
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid, invalid
from guanxi.kit.ids import new_id
from guanxi.kit.text import Text

NOTHING_LEFT = Text("没有可填的明细了。", "There is nothing left to put on it.")
NOT_LINES = Text("这里需要一组明细，最多 {max} 行。", "A list of at most {max} lines is needed here.")


class _Moving(Action):
    """Makes a delivery or a return of an order."""

    makes: str
    move: str
    done: str
    """The input that says it has happened already, and the move that it then makes."""
    at_once: bool
    """Whether it has where nobody says so."""

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{the object that was made: a link to it}`; raises Invalid at the line that asks for too many."""
        made = get_object(ctx, self.makes)
        rights.require(ctx, made, "create")
        held = {
            key: value for key, value in data.items() if key not in (ITEMS, self.done) and value is not None
        }
        (order,) = lock_orders(ctx, ids).values()
        check_state(ctx, MACHINE, order, self.when[1] if self.when else (), self.label)
        rows = self._rows(ctx, ids[0], data.get(ITEMS))
        head = Change("create", new_id(), {**held, ORDER: ids[0], ITEMS: {"created": len(rows)}})
        bulk_write(ctx, self.makes, [head], partial=False, trusted=True, ruled=True)
        lines = [
            Change("create", new_id(), row | {PARENT: head.id, POSITION: n + 1}, index=n)
            for n, row in enumerate(rows)
        ]
        refused = bulk_write(ctx, line_key(self.makes, ITEMS), lines, trusted=True, quiet=True).refused
        if refused:
            raise Invalid(
                errors=[e.at(f"{ITEMS}.{n}") for n, errors in sorted(refused.items()) for e in errors]
            )
        if self.at_once if data.get(self.done) is None else data[self.done]:
            action_registry.get(self.move).run(ctx, made, [head.id], {})
        title = get_record(ctx, self.makes, head.id, fields=["name"])["title"]
        return {self.makes: {"id": str(head.id), "title": title, "object": self.makes}}

    def room(self, standing: Standing) -> Decimal:
        """How many of a line are proposed where none are given."""
        raise NotImplementedError

    def _rows(self, ctx: Ctx, order: uuid.UUID, given: Any) -> list[dict[str, Any]]:
        """The values of the lines: those given, or everything that is left."""
        if given is None:
            found = standings(ctx, [order]).of(order)
            rows = [{"item": line.id, "quantity": n} for line, s in found if (n := self.room(s)) > ZERO]
        else:
            rows = _read(ctx, get_object(ctx, line_key(self.makes, ITEMS)), given)
        if not rows:
            raise invalid(ITEMS, "nothing_left", NOTHING_LEFT)
        return rows


def _read(ctx: Ctx, obj: ObjectDef, given: Any) -> list[dict[str, Any]]:
    if not isinstance(given, list) or len(given) > MAX_LINES:
        raise invalid(ITEMS, "wrong_type", NOT_LINES, max=MAX_LINES)
    env, rows, errors = environment(ctx), [], list[FieldError]()
    for n, row in enumerate(given):
        values, wrong = read_values(ctx, obj, row, env, prefix=f"{ITEMS}.{n}.")
        rows.append(values)
        errors += wrong
    if errors:
        raise Invalid(errors=errors)
    return rows


def _items(label: Text) -> FieldDef:
    return field(ITEMS, "json", label)


class DeliverOrder(_Moving):
    """Deliver an order, or a part of it."""

    key = "deliver_order"
    label = Text("发货", "Deliver")
    icon = "truck"
    objects = (ORDER,)
    when = ("status", ("confirmed", "in_delivery", "delivered"))
    makes, move, done = DELIVERY, "ship_delivery", "shipped"
    at_once = True

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """What, by whom, when; and whether it has left already."""
        return (
            _items(Text("明细", "Items")),
            field("carrier", "text", Text("承运商", "Carrier"), config={"max": 100}),
            field("tracking_number", "text", Text("运单号", "Tracking number"), config={"max": 100}),
            field("planned_on", "date", Text("计划发货日期", "To be shipped")),
            field("shipped_on", "date", Text("发货日期", "Shipped on")),
            field("shipped", "boolean", Text("已发出", "Shipped already"), default=True),
        )

    def room(self, standing: Standing) -> Decimal:
        """What is left to deliver."""
        return standing.left


class ReturnGoods(_Moving):
    """Note what a customer sends back."""

    key = "return_goods"
    label = Text("退换货", "Take back")
    icon = "rotate-ccw"
    objects = (ORDER,)
    when = ("status", ("in_delivery", "delivered", "completed"))
    makes, move, done = RETURN, "receive_sales_return", "received"
    at_once = False

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """What, why, to be replaced or not; and whether it has come already."""
        return (
            field("kind", "select", Text("方式", "Kind"), options=KINDS, required=True, default="refund"),
            field("reason", "select", Text("原因", "Reason"), options=REASONS),
            _items(Text("明细", "Items")),
            field("carrier", "text", Text("承运商", "Carrier"), config={"max": 100}),
            field("tracking_number", "text", Text("运单号", "Tracking number"), config={"max": 100}),
            field("received", "boolean", Text("已收到货", "Received already"), default=False),
        )

    def room(self, standing: Standing) -> Decimal:
        """What the customer has."""
        return standing.returnable


action_registry.register(DeliverOrder())
action_registry.register(ReturnGoods())
