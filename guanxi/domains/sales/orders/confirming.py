"""What stands in the way of confirming an order.

*How it works*: `before_confirm` is the seam for other topics: receivables hold orders of customers over their credit. Each
check gets the order (locked, with its values) and gives reasons; every reason is told at once. Prices are asked like
those of a quote, but for what a quote or contract had agreed already: those are agreed.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.papers.facade import has_items, lines_of, may_decide, price_rule
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.domains.sales.pricing.rules import HUNDRED, ZERO
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_records
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.text import Text

Check = Callable[[Ctx, Change], list[Reason]]
before_confirm: list[Check] = []
"""What may hold an order: `check(ctx, order)` gives reasons, in the caller's language when they are told."""

BOSS_FIRST = Text("要由主管或管理员确认：{reason}", "A manager or administrator must confirm it: {reason}")
NO_CUSTOMER = Text("还没有填客户。", "It has no customer yet.")
_SOURCES = ("quote", "contract")


def may_be_confirmed(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: it has a customer and items, at prices that were agreed or may be given, and nothing holds it."""
    missing = has_items(ctx, obj, held)
    if held.value("customer") is None:
        missing.append(Reason("no_customer", NO_CUSTOMER, {}))
    if missing:
        return missing
    return [*_prices(ctx, obj, held), *(reason for check in before_confirm for reason in check(ctx, held))]


def _prices(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    if may_decide(ctx, obj):
        return []
    agreed = _agreed(ctx, held)
    lines = [line for line in lines_of(ctx, obj, held) if not _is_agreed(line, held, agreed)]
    reasons = price_rule(ctx, obj, held, lines)
    return [Reason("needs_approval", BOSS_FIRST, {"reason": reason.in_(ctx.locale)}) for reason in reasons]


Agreed = Mapping[tuple[Any, Any, Any], Decimal]


def _agreed(ctx: Ctx, held: Change) -> Agreed:
    """The least unit price that the order's quote and contract have agreed for a product or an item by name."""
    system = replace(ctx, actor=SYSTEM)
    found: dict[tuple[Any, Any, Any], Decimal] = {}
    for key in _SOURCES:
        source: uuid.UUID | None = held.value(key)
        papers = (
            get_records(system, key, [source], fields=["discount", "currency", "status"]) if source else []
        )
        if not papers or papers[0]["status"] not in _BINDING[key]:
            continue
        paper = Change("update", source, {}, before=_decimals(papers[0])) if source else held
        for line in lines_of(system, get_object(system, key), paper):
            if line.value("price") is not None:
                at = _goods(line, paper)
                found[at] = min(found.get(at, _paid(line, paper)), _paid(line, paper))
    return found


_BINDING = {"quote": ("approved", "sent", "accepted"), "contract": ("approved", "active", "finished")}


def _decimals(paper: Mapping[str, Any]) -> dict[str, Any]:
    off = paper.get("discount")
    return {"currency": paper.get("currency"), "discount": None if off is None else Decimal(str(off))}


def _goods(line: Change, paper: Change) -> tuple[Any, Any, Any]:
    return (
        line.value("product"),
        None if line.value("product") else line.value("name"),
        paper.value("currency"),
    )


def _paid(line: Change, paper: Change) -> Decimal:
    price: Decimal = line.value("price")
    for off in (line.value("discount"), paper.value("discount")):
        price = price * (HUNDRED - (off or ZERO)) / HUNDRED
    return price


def _is_agreed(line: Change, held: Change, agreed: Agreed) -> bool:
    least = agreed.get(_goods(line, held))
    return least is not None and line.value("price") is not None and _paid(line, held) >= least
