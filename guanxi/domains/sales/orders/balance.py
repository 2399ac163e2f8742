"""How orders stand: what is planned, was shipped and came back, read from the lines and kept on the order.

*How it works*: whoever writes a delivery, a return or a line of one locks the order's row first (`lock_orders`); hence the
sums that `standings` reads hold until the end of the transaction, and of two at once the second sees what the first has
left. `settle` writes on the order what follows: `delivered` and `returned` of each line, what is to be paid, the state.

*Rules*: read and written as the program: who ships need not be allowed to change orders. A constant number of
statements, whatever the number of orders and lines.

*See*: rules.py for the arithmetic; hooks/movements.py, who asks.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.orders.rules import ZERO, Standing, share, status_of
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import stream
from guanxi.engine.records.query.spec import RecordQuery, Sort
from guanxi.engine.records.store import bulk_write
from guanxi.engine.records.store.lines import stored_lines
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.rollups import Keeper
from guanxi.engine.schema.field_types.operators import MAX_LIST
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.currencies import places
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

ORDER, DELIVERY, RETURN = "sales_order", "delivery", "sales_return"
ITEMS = "items"
FOLLOWS = ("confirmed", "in_delivery", "delivered")
"""The states of an order that follow from its deliveries."""

TOO_FEW_LEFT = Text(
    "「{item}」已经另有安排：发货会超过订单数量。", "“{item}”: more would be delivered than was ordered."
)
SENT_BACK = Text(
    "「{item}」已有退货，不能少于退货数量。", "“{item}”: more would come back than was delivered."
)


@dataclass(slots=True)
class Standings:
    """How the lines of orders stand, in their order; which orders have something live, or on the way."""

    lines: dict[uuid.UUID, list[Change]] = field(default_factory=dict)
    """By order, its lines."""
    by_line: dict[uuid.UUID, Standing] = field(default_factory=dict)
    moved: set[uuid.UUID] = field(default_factory=set)
    """Orders with a delivery or return that is not cancelled."""
    on_the_way: set[uuid.UUID] = field(default_factory=set)
    """Orders with a delivery that has not been received."""

    def of(self, order: uuid.UUID) -> list[tuple[Change, Standing]]:
        """The lines of an order and how they stand."""
        return [(line, self.by_line[line.id]) for line in self.lines.get(order, [])]


def lock_orders(ctx: Ctx, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Change]:
    """Lock orders until the transaction ends, whoever may see them; those that are there, with their values."""
    system, obj = _system(ctx), get_object(ctx, ORDER)
    changes = [Change("update", i, {}) for i in sorted(ids)]
    if not changes:
        return {}
    Keeper(system, obj).lock(changes, whatever=True)
    lock_rows(system, obj, changes, deleted=False, trusted=True)
    return {change.id: change for change in changes if not change.errors}


def standings(ctx: Ctx, orders: Collection[uuid.UUID]) -> Standings:
    """How the lines of orders stand."""
    system = _system(ctx)
    found = Standings(lines=stored_lines(system, get_object(ctx, line_key(ORDER, ITEMS)), sorted(orders)))
    for lines in found.lines.values():
        for line in lines:
            quantity = line.value("quantity")
            found.by_line[line.id] = Standing(Decimal(1) if quantity is None else quantity)
    for key, count in ((DELIVERY, _go_out), (RETURN, _come_back)):
        heads = _heads(system, key, orders)
        by_head = stored_lines(system, get_object(ctx, line_key(key, ITEMS)), [head["id"] for head in heads])
        for head in heads:
            order = uuid.UUID(head[ORDER]["id"])
            found.moved.add(order)
            if key == DELIVERY and head["status"] != "received":
                found.on_the_way.add(order)
            for line in by_head[head["id"]]:
                standing = found.by_line.get(line.value("item"))
                if standing is not None:
                    count(standing, head, line.value("quantity") or ZERO)
    return found


def settle(ctx: Ctx, ids: Collection[uuid.UUID]) -> None:
    """Write on orders what follows from their deliveries and returns; raises Invalid where it does not add up."""
    orders = lock_orders(ctx, ids)
    if not orders:
        return
    found = standings(ctx, orders)
    lines: list[Change] = []
    heads: list[Change] = []
    for order in orders.values():
        for line, standing in found.of(order.id):
            _check(line, standing)
            values = {"delivered": standing.delivered, "returned": standing.returned}
            if any((line.value(key) or ZERO) != value for key, value in values.items()):
                line.values |= values
                lines.append(line)
        values = _follow(ctx, order, found)
        if values:
            heads.append(Change("update", order.id, values, index=len(heads)))
    system = _system(ctx)
    if lines:
        numbered = [replace(line, index=n) for n, line in enumerate(lines)]
        bulk_write(system, line_key(ORDER, ITEMS), numbered, partial=False, trusted=True, quiet=True)
    if heads:
        bulk_write(ctx, ORDER, heads, partial=False, trusted=True)


def _check(line: Change, standing: Standing) -> None:
    said = {"item": line.value("name") or "—"}
    if standing.left < ZERO:
        raise invalid("status", "over_ordered", TOO_FEW_LEFT, **said)
    if standing.returnable < ZERO:
        raise invalid("status", "over_delivered", SENT_BACK, **said)


def _follow(ctx: Ctx, order: Change, found: Standings) -> dict[str, Any]:
    """The values of an order that are others now."""
    rows = found.of(order.id)
    decimals = places(order.value("currency") or ctx.workspace.currency)
    back = sum((_worth(line, standing, decimals) for line, standing in rows), ZERO)
    values: dict[str, Any] = {"returned_total": back}
    if order.value("status") in FOLLOWS:
        way = order.id in found.on_the_way
        values["status"] = status_of([standing for _, standing in rows], on_the_way=way)
    return {key: value for key, value in values.items() if (order.value(key) or ZERO) != (value or ZERO)}


def _worth(line: Change, standing: Standing, decimals: int) -> Decimal:
    """What the returned pieces of a line come to, tax included."""
    whole = (line.value("net") or ZERO) + (line.value("tax") or ZERO)
    return share(whole, standing.returned, standing.ordered, decimals)


def _heads(system: Ctx, key: str, orders: Collection[uuid.UUID]) -> list[dict[str, Any]]:
    """The live deliveries or returns of orders that are not cancelled; `id` is a UUID."""
    fields = (ORDER, "status", "kind") if key == RETURN else (ORDER, "status")
    asked, found = sorted(orders), []
    for start in range(0, len(asked), MAX_LIST):
        some = [str(i) for i in asked[start : start + MAX_LIST]]
        tree = {"and": [{"field": ORDER, "op": "in", "value": some},
                        {"field": "status", "op": "is_not", "value": "cancelled"}]}  # fmt: skip
        query = RecordQuery(key, tree, (Sort("created_at"),), fields, count=False)
        found += [row | {"id": uuid.UUID(row["id"])} for page in stream(system, query) for row in page]
    return found


def _go_out(standing: Standing, head: Mapping[str, Any], quantity: Decimal) -> None:
    if head["status"] == "planned":
        standing.planned += quantity
    else:
        standing.shipped += quantity


def _come_back(standing: Standing, head: Mapping[str, Any], quantity: Decimal) -> None:
    if head["status"] != "received":
        standing.announced += quantity
    elif head["kind"] == "exchange":
        standing.exchanged += quantity
    else:
        standing.refunded += quantity


def _system(ctx: Ctx) -> Ctx:
    return replace(ctx, actor=SYSTEM)
