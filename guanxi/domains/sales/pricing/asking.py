"""What prices and rates are made from, read for a whole pass at once: products, customers, price books, rates.

*How it works*: everything is read as the program itself reads it: a representative who may not open a price
book still sells at its prices. What comes of it stands in fields with rights of their own (`copies`).

*Rules*: constant statements, whatever the number of lines.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing.rules import ZERO, Priced
from guanxi.engine.access import rights
from guanxi.engine.records.query.read import get_records, stream
from guanxi.engine.records.query.spec import RecordQuery, Sort
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import SYSTEM, Ctx

OF_PRODUCTS = ("name", "code", "unit", "price", "cost", "tax_rate", "floor_price", "currency")
_OF_ENTRIES = (
    "product", "price", "from_quantity", "price_book", "price_book.currency", "price_book.tiers", "price_book.region",
    "price_book.starts_on", "price_book.ends_on", "price_book.priority",
)  # fmt: skip
_UNRANKED = 10_000
_LEVEL, _REGION = 2, 1
Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Products and the prices that books have for them, as one pass needs them."""

    currency: str
    products: Mapping[uuid.UUID, Record] = field(default_factory=dict)
    entries: Mapping[uuid.UUID, list[Record]] = field(default_factory=dict)

    def prices(self, product: uuid.UUID, currency: str, customer: Record | None) -> list[Priced]:
        """The prices of a product for a customer in a currency; its own counts as a book that fits least."""
        found = []
        for entry in self.entries.get(product, ()):
            rank = _rank(entry, customer)
            if rank is None or (entry["price_book.currency"] or self.currency) != currency:
                continue
            priority = entry["price_book.priority"]
            found.append(
                Priced(entry["price"], entry["from_quantity"] or ZERO, _day(entry["price_book.starts_on"]),
                       _day(entry["price_book.ends_on"]), rank, _UNRANKED if priority is None else int(priority))
            )  # fmt: skip
        own = self.products.get(product)
        if own and own["price"] is not None and (own["currency"] or self.currency) == currency:
            found.append(Priced(own["price"], rank=-1))
        return found


def shelf(ctx: Ctx, products: Collection[uuid.UUID]) -> Shelf:
    """The products of these ids with all prices in books that are in use."""
    if not products:
        return Shelf(ctx.workspace.currency)
    wanted = sorted(products)
    found = {uuid.UUID(r["id"]): r for r in _read(ctx, "product", wanted, OF_PRODUCTS)}
    entries: dict[uuid.UUID, list[Record]] = defaultdict(list)
    tree = {"and": [{"field": "product", "op": "in", "value": [str(i) for i in wanted]},
                    {"field": "price_book.is_active", "op": "is", "value": True}]}  # fmt: skip
    query = RecordQuery("price_book_entry", tree, (Sort("created_at"),), _OF_ENTRIES, count=False)
    for page in stream(replace(ctx, actor=SYSTEM), query):
        for entry in page:
            if entry["product"] and entry["price"] is not None:
                entries[uuid.UUID(entry["product"]["id"])].append(entry)
    return Shelf(ctx.workspace.currency, found, entries)


def customers(ctx: Ctx, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Record]:
    """The level and the region of customers."""
    found = _read(ctx, "customer", sorted(ids), ("tier", "region")) if ids else []
    return {uuid.UUID(r["id"]): r for r in found}


def rates(ctx: Ctx, wanted: Iterable[tuple[str, date]]) -> dict[tuple[str, date], Decimal]:
    """What one unit of a currency is worth in the workspace's on a day; nothing for a currency without a rate.

    It is the rate of the latest day up to then; of several for that day the one written last.
    """
    asked = set(wanted)
    found = {(code, day): Decimal(1) for code, day in asked if code == ctx.workspace.currency}
    codes = sorted({code for code, day in asked if (code, day) not in found})
    if not codes:
        return found
    tree = {"and": [{"field": "currency", "op": "in", "value": codes},
                    {"field": "day", "op": "on_or_before", "value": max(day for _, day in asked).isoformat()}]}  # fmt: skip
    order = (Sort("day", descending=True), Sort("created_at", descending=True))
    query = RecordQuery("currency_rate", tree, order, ("currency", "day", "rate"), count=False)
    waiting = asked - found.keys()
    for page in stream(replace(ctx, actor=SYSTEM), query):
        for row in page:
            since = date.fromisoformat(str(row["day"]))
            reached = [key for key in waiting if key[0] == row["currency"] and since <= key[1]]
            found |= dict.fromkeys(reached, row["rate"])
            waiting.difference_update(reached)
        if not waiting:
            break
    return found


def _read(ctx: Ctx, key: str, ids: list[uuid.UUID], fields: Iterable[str]) -> list[dict[str, Any]]:
    """Records with these fields; one that an administrator has put out of sight is None."""
    system = replace(ctx, actor=SYSTEM)
    readable = rights.readable(system, get_object(ctx, key))
    there = [name for name in fields if name in readable]
    return [dict.fromkeys(fields) | record for record in get_records(system, key, ids, fields=there)]


def _rank(entry: Record, customer: Record | None) -> int | None:
    """How exactly a book fits a customer; None when it is for others."""
    tiers, region = entry["price_book.tiers"], entry["price_book.region"]
    rank = 0
    if tiers:
        if customer is None or customer["tier"] not in tiers:
            return None
        rank += _LEVEL
    if region:
        if customer is None or not _lies_within(customer["region"], region):
            return None
        rank += _REGION
    return rank


def _lies_within(place: Record | None, region: Record) -> bool:
    if not place:
        return False
    if region.get("code"):
        return str(place.get("code") or "").startswith(str(region["code"]))
    return bool(region.get("country")) and place.get("country") == region["country"]


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(str(value))


def names(ctx: Ctx, key: str, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The titles of records."""
    found = _read(ctx, key, sorted(ids), ()) if ids else []
    return {uuid.UUID(r["id"]): r["title"] for r in found}
