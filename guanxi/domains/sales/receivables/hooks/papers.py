"""What instalments and invoices belong to: a contract, an order, or both; and what they take from it.

*How it works*: orders are locked, then contracts. What is of an order is of the order's contract too, where the actor
sees that: its money is planned and invoiced once, whichever page somebody stands on. Customer and currency are those of
the papers, the rate is that of the order, or else of the contract.

*Rules*: nothing is taken from a paper that the actor does not see, and nothing is said of it.
"""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing import asking
from guanxi.domains.sales.pricing.documents import NO_RATE
from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.domains.sales.receivables.ledger import ORDER, PAPERS, held
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

OTHER = {
    ("contract", "currency"): Text("和合同的币种不同。", "The contract is in another currency."),
    ("contract", "customer"): Text("和合同的客户不同。", "The contract is with another customer."),
    ("sales_order", "currency"): Text("和订单的币种不同。", "The order is in another currency."),
    ("sales_order", "customer"): Text("和订单的客户不同。", "The order is of another customer."),
}
CANCELLED = Text("订单已取消。", "The order is cancelled.")
LIMITS = {"contract": "total", "sales_order": "owed_total"}
"""By paper, what its instalments (and its invoices) come to at most: of an order, less what came back."""


def names_paper(change: Change) -> bool:
    """Whether it says anew what it belongs to, or in which currency and for whom."""
    if change.op == "create" or "currency" in change.values or any(map(change.changes, PAPERS)):
        return True
    return change.changes("customer") and change.action not in ("merge", "unmerge")


class Papers:
    """The contracts and orders of some changes, locked; those that the actor sees."""

    def __init__(self, ctx: Ctx, changes: Sequence[Change]) -> None:
        self._ctx = ctx
        orders = held(ctx, ORDER, _linked(changes, ORDER))
        theirs = {i for order in orders.values() if (i := order.value("contract"))}
        contracts = held(ctx, "contract", _linked(changes, "contract") | theirs)
        self._all: dict[str, dict[uuid.UUID, Change]] = {"sales_order": orders, "contract": contracts}
        self._seen = {key: _visible(ctx, key, found) for key, found in self._all.items()}
        self._told = {
            key: limit in rights.readable(ctx, get_object(ctx, key)) for key, limit in LIMITS.items()
        }

    def ids(self, key: str) -> list[uuid.UUID]:
        """The locked papers of this kind."""
        return list(self._all[key])

    def of(self, change: Change, *, seen: bool = True) -> Iterator[tuple[str, Change]]:
        """The papers of a change, the order first; without `seen` those as well that the actor does not see."""
        for key, found in self._all.items():
            paper = found.get(change.value(key))
            if paper is not None and (not seen or paper.id in self._seen[key]):
                yield key, paper

    def tells_limit(self, key: str) -> bool:
        """Whether the actor reads what papers of this kind come to."""
        return self._told[key]

    def follow(self, change: Change) -> None:
        """Fill in contract, customer and currency; refuse what differs. Without papers the currency is the workspace's."""
        for key, paper in self.of(change):
            if key == ORDER:
                self._take_contract(change, paper)
        for key, paper in self.of(change):
            for name in ("customer", "currency"):
                theirs = paper.value(name) or (self._ctx.workspace.currency if name == "currency" else None)
                if theirs is not None and change.value(name) is None:
                    change.values[name] = theirs
                elif theirs is not None and change.value(name) != theirs:
                    change.refuse(name, f"other_{name}", OTHER[key, name])
        if change.value("currency") is None:
            change.values["currency"] = self._ctx.workspace.currency

    def _take_contract(self, change: Change, order: Change) -> None:
        """An order that is named anew brings its contract along, unless another is named."""
        if change.op != "create" and not change.changes(ORDER):
            return
        theirs = order.value("contract")
        if change.value("contract") is None and theirs in self._seen["contract"]:
            change.values["contract"] = theirs
        if order.value("status") == "cancelled":
            change.refuse(ORDER, "cancelled", CANCELLED)

    def take_rates(self, changes: Sequence[Change]) -> None:
        """The rate of the order or the contract: what was booked; else that of today."""
        alone = []
        for change in changes:
            booked = next((rate for _, paper in self.of(change) if (rate := paper.value("rate"))), None)
            if any(error.field == "currency" for error in change.errors):
                continue
            if booked is not None:
                put(change, {"rate": booked})
            elif change.op == "create" or change.changes("currency") or change.value("rate") is None:
                alone.append(change)
        today = self._ctx.today.date()
        wanted = {(c.value("currency"), today) for c in alone}
        found = asking.rates(self._ctx, wanted) if wanted else {}
        for change in alone:
            key = (change.value("currency"), today)
            if key in found:
                put(change, {"rate": found[key]})
            else:
                change.refuse("currency", "no_rate", NO_RATE, currency=key[0], day=today.isoformat())


def limit_of(key: str, paper: Change) -> Decimal:
    """What a paper comes to; 0 where it says nothing: then it has no limit."""
    limit: Decimal | None = paper.value(LIMITS[key])
    return limit or ZERO


def put(change: Change, values: Mapping[str, Any]) -> None:
    """Set what differs."""
    for key, value in values.items():
        if change.value(key) != value:
            change.values[key] = value


def _linked(changes: Collection[Change], key: str) -> set[uuid.UUID]:
    return {i for change in changes if (i := change.value(key))}


def _visible(ctx: Ctx, key: str, found: Mapping[uuid.UUID, Change]) -> set[uuid.UUID]:
    return visible_ids(ctx, get_object(ctx, key), sorted(found)) if found else set()
