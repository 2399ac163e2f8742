"""What was agreed on another paper already, and is therefore not asked about again: prices of its quote or contract.

*How it works*: of every product (or item by name) the least unit price that binding papers have agreed, after all
discounts, in their currency. A line that sells for no less is agreed; more pieces, other days and other words change
nothing of it. One that sells for less, or something else, is asked about like any other.

*Rules*: a paper binds in the states of BINDING alone, and for its own customer: a good price for one is none for another.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.papers.approving import lines_of
from guanxi.domains.sales.pricing.rules import HUNDRED, ZERO
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_records
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import SYSTEM, Ctx

BINDING = {"quote": ("approved", "sent", "accepted"), "contract": ("approved", "active", "finished")}
Goods = tuple[Any, Any, Any]


def not_agreed(ctx: Ctx, paper: Change, lines: Sequence[Change], sources: Sequence[str]) -> list[Change]:
    """Those of a paper's lines whose price none of its `sources` (its links to quote and contract) has agreed."""
    agreed: dict[Goods, Decimal] = {}
    for key in sources:
        if (source := paper.value(key)) is not None:
            _add(ctx, key, source, paper.value("customer"), agreed)
    return [line for line in lines if not _is_agreed(line, paper, agreed)]


def _add(
    ctx: Ctx, key: str, source: uuid.UUID, customer: uuid.UUID | None, agreed: dict[Goods, Decimal]
) -> None:
    system = replace(ctx, actor=SYSTEM)
    found = get_records(system, key, [source], fields=["discount", "currency", "status", "customer"])
    if not found or found[0]["status"] not in BINDING[key]:
        return
    theirs = found[0]["customer"]
    if (uuid.UUID(theirs["id"]) if theirs else None) != customer:
        return
    paper = Change("update", source, {}, before=_decimals(found[0]))
    for line in lines_of(system, get_object(system, key), paper):
        if line.value("price") is not None:
            at, paid = _goods(line, paper), _paid(line, paper)
            agreed[at] = min(agreed.get(at, paid), paid)


def _decimals(paper: Mapping[str, Any]) -> dict[str, Any]:
    off = paper.get("discount")
    return {"currency": paper.get("currency"), "discount": None if off is None else Decimal(str(off))}


def _goods(line: Change, paper: Change) -> Goods:
    product = line.value("product")
    return product, None if product else line.value("name"), paper.value("currency")


def _paid(line: Change, paper: Change) -> Decimal:
    price: Decimal = line.value("price")
    for off in (line.value("discount"), paper.value("discount")):
        price = price * (HUNDRED - (off or ZERO)) / HUNDRED
    return price


def _is_agreed(line: Change, paper: Change, agreed: Mapping[Goods, Decimal]) -> bool:
    least = agreed.get(_goods(line, paper))
    return least is not None and line.value("price") is not None and _paid(line, paper) >= least
