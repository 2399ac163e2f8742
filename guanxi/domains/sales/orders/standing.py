"""What is left of an order, for who delivers it or takes something back."""

import uuid
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.orders.balance import ITEMS, ORDER, standings
from guanxi.engine.access import rights
from guanxi.engine.records.query.read import get_record
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx

_SHOWN = ("id", "title", "name", "sku", "unit")
_FIGURES = ("ordered", "planned", "delivered", "returned", "left", "returnable")


def listed(ctx: Ctx, order_id: uuid.UUID) -> list[dict[str, Any]]:
    """The lines of an order that the actor sees, in their order, and how each stands; raises NotFound.

    Who may not read the order's lines, or how much they are of, is told of none.
    """
    if not _reads(ctx):
        get_record(ctx, ORDER, order_id, fields=["id"])
        return []
    lines = get_record(ctx, ORDER, order_id, fields=[ITEMS]).get(ITEMS, [])
    found = standings(ctx, [order_id]).by_line
    return [
        {key: line.get(key) for key in _SHOWN} | {key: _plain(getattr(found[at], key)) for key in _FIGURES}
        for line in lines
        if (at := uuid.UUID(line["id"])) in found
    ]


def _reads(ctx: Ctx) -> bool:
    """Whether the actor reads the lines of orders and their quantities, unmasked."""
    lines = get_schema(ctx).find(line_key(ORDER, ITEMS))
    reads_lines = ITEMS in rights.readable(ctx, rights.get_object(ctx, ORDER))
    return reads_lines and lines is not None and "quantity" in rights.readable(ctx, lines)


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
