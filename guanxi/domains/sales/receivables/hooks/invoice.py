"""Invoices: what they take from their contract or order, their tax, how much of these and of an invoice is left.

*How it works*: orders and contracts are locked before their invoices are summed up, an invoice before what takes it back
is. Invoiced is what stands in invoices that are asked for or issued, less what issued negative ones take back; with what is
not invoiced it is the paper's total. Tax is reckoned by the rate, or as the share of the paper's tax, from running
totals: with the last invoice of a paper all of its tax is used up, and taken back as a whole all of it comes back.

*Rules*: never more than the paper's total, never more taken back than was invoiced; an invoice that is issued is locked.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing.rules import LARGEST, ZERO, rounded, taxed
from guanxi.domains.sales.receivables.hooks.papers import Papers, limit_of, names_paper, put
from guanxi.domains.sales.receivables.hooks.payment import FIXED, NOT_POSITIVE, TOO_FINE, TOO_LARGE
from guanxi.domains.sales.receivables.ledger import INVOICE, PAPERS, allocations, held, of_links, sums
from guanxi.domains.sales.receivables.rules import tax_of_part
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.currencies import places
from guanxi.kit.text import Text

OVER = {
    "contract": Text("合同只剩 {left} 没有开票。", "Only {left} of the contract is not invoiced yet."),
    "sales_order": Text("订单只剩 {left} 没有开票。", "Only {left} of the order is not invoiced yet."),
}
CODES = {"contract": "over_contract", "sales_order": "over_order"}
TOO_MUCH = Text("超过了还能开票的金额。", "It is more than can be invoiced.")
OVER_ORIGINAL = Text("原发票最多还能红冲 {left}。", "Only {left} of the invoice can be taken back.")
NEEDS_TAX_NUMBER = Text("专用发票要填税号。", "A special VAT invoice needs the tax number.")
HAS_MONEY = Text(
    "已经有回款核销到这张发票，请先取消。", "Money is allocated to it. Take the allocations back first."
)
NOT_DELETED = Text(
    "已开的发票不能删除，请红冲。", "An issued invoice is not deleted. Take it back with a negative one."
)
_FIGURES = ("total", "tax_rate", "status", "received", "reversed_total", "outstanding", "amount", "tax", "base_total")  # fmt: skip
_OF_PAPERS = (*PAPERS, "customer", "currency")
_READ = (*PAPERS, "reverses", "status", "total", "tax")


@dataclass(frozen=True, slots=True)
class Other:
    """An invoice beside those that are written."""

    id: uuid.UUID
    papers: Mapping[str, uuid.UUID]
    reverses: uuid.UUID | None
    status: str
    total: Decimal
    tax: Decimal

    @property
    def takes_room(self) -> bool:
        """Whether it counts as invoiced: asked for or issued; what takes back counts once it is issued."""
        return self.status in ("issued", "reversed") or (self.status == "requested" and self.total > ZERO)


class InvoiceHooks(RecordHooks):
    """Keeps invoices within their papers, and what takes them back within them."""

    object_key = INVOICE

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Fill in, reckon the tax, refuse what is too much."""
        live = [c for c in changes if not c.misread]
        for change in live:
            _check_alone(ctx, change)
        moved = [c for c in live if c.op in ("create", "restore") or (c.op == "update" and _moves(c))]
        originals = held(ctx, INVOICE, {i for c in moved if (i := c.value("reverses"))})
        papers = Papers(ctx, moved)  # after the invoices: everybody locks in this order
        fresh = [c for c in moved if c.op != "restore" and names_paper(c) and not c.value("reverses")]
        for change in fresh:
            papers.follow(change)
        papers.take_rates(fresh)
        book = _Book(ctx, moved, papers, originals)
        received = sums(allocations(ctx, "invoice", [c.id for c in moved if c.op != "create"]), "invoice")
        for change in moved:
            book.settle(change, received.get(change.id, (ZERO, ZERO))[0])

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """What is left of invoices that are taken back, or no longer."""
        told = [c for c in changes if c.op != "update" or c.changes("total") or c.changes("status")]
        found = held(ctx, INVOICE, {i for c in told if (i := c.value("reverses"))})
        back = _taken_back(_others(ctx, "reverses", found), issued=True)
        fresh = [
            Change("update", i, {"reversed_total": back.get(i, (ZERO, ZERO))[0], "status": "issued"}, index=n)
            for n, i in enumerate(found)
            if found[i].value("status") in ("issued", "reversed")
        ]  # what it is, `prepare` says anew
        if fresh:
            bulk_write(ctx, INVOICE, fresh, partial=False, trusted=True)


def _moves(change: Change) -> bool:
    return any(change.changes(key) for key in (*_FIGURES, *_OF_PAPERS))


def _check_alone(ctx: Ctx, change: Change) -> None:
    """What is wrong with an invoice by itself."""
    if change.op == "delete":
        if change.value("status") in ("issued", "reversed"):
            change.refuse("id", "issued", NOT_DELETED)
        elif change.value("received"):
            change.refuse("id", "has_money", HAS_MONEY)
        return
    if change.op == "restore":
        return
    if change.value("kind") == "special" and not change.value("tax_number"):
        change.refuse("tax_number", "required", NEEDS_TAX_NUMBER)
    total = change.value("total")
    if total is None or (change.op == "update" and not change.changes("total")):
        return
    currency = change.value("currency") or ctx.workspace.currency
    if change.value("reverses"):
        if change.op == "update":
            change.refuse("total", "fixed", FIXED)
    elif total <= ZERO:
        change.refuse("total", "not_positive", NOT_POSITIVE)
    if abs(total) >= LARGEST:
        change.refuse("total", "too_large", TOO_LARGE)
    elif rounded(total, places(currency)) != total:
        change.refuse("total", "too_fine", TOO_FINE, currency=currency)


def _others(ctx: Ctx, field: str, ids: Collection[uuid.UUID]) -> list[Other]:
    """The live invoices of papers, or those that take invoices back."""
    rows = of_links(ctx, INVOICE, field, ids, _READ)
    return [
        Other(uuid.UUID(str(row["id"])), {key: i for key in PAPERS if (i := _id(row[key]))}, _id(row["reverses"]), row["status"],
              Decimal(str(row["total"] or 0)), Decimal(str(row["tax"] or 0)))
        for row in rows
    ]  # fmt: skip


def _id(link: Any) -> uuid.UUID | None:
    return uuid.UUID(str(link["id"])) if link else None


def _taken_back(rows: Collection[Other], *, issued: bool = False) -> dict[uuid.UUID, tuple[Decimal, Decimal]]:
    """By invoice, what others take back of its total and of its tax; rejected ones take nothing."""
    found: dict[uuid.UUID, tuple[Decimal, Decimal]] = {}
    for row in rows:
        if row.reverses is not None and (row.status == "issued" if issued else row.status != "rejected"):
            total, tax = found.get(row.reverses, (ZERO, ZERO))
            found[row.reverses] = (total - row.total, tax - row.tax)
    return found


class _Book:
    """The invoices of some papers, and what takes some invoices back, as they will be."""

    def __init__(
        self, ctx: Ctx, moved: Sequence[Change], papers: Papers, originals: Mapping[uuid.UUID, Change]
    ) -> None:
        self._ctx, self._papers, self._originals = ctx, papers, originals
        mine = {change.id for change in moved}
        rows = {row.id: row for key in PAPERS for row in _others(ctx, key, papers.ids(key))}
        self._rows = [row for row in rows.values() if row.id not in mine]
        reversing = _others(ctx, "reverses", {*originals, *mine})
        self._back = _taken_back([row for row in reversing if row.id not in mine])
        self._issued_back = _taken_back(reversing, issued=True)
        self._seen = visible_ids(ctx, get_object(ctx, INVOICE), sorted(originals)) if originals else set()

    def settle(self, change: Change, received: Decimal) -> None:
        """Room, tax and figures of one; then it counts for the next."""
        total = change.value("total")
        if total is None or change.errors:
            return
        original = self._originals.get(change.value("reverses"))
        if change.value("status") != "rejected":
            if original is not None:
                self._check_original(change, original, total)
            elif _asks(change):
                self._check_papers(change, total)
        if change.op != "restore" and not change.errors:
            self._put(change, original, total, received)
        if change.errors:
            return
        tax = change.value("tax") or ZERO
        if original is not None and change.value("status") != "rejected":
            before, tax_before = self._back.get(original.id, (ZERO, ZERO))
            self._back[original.id] = (before - total, tax_before - tax)
        papers = {key: i for key in PAPERS if (i := change.value(key))}
        status = change.value("status") or "requested"
        self._rows.append(Other(change.id, papers, change.value("reverses"), status, total, tax))

    def _others(self, key: str, paper: Change) -> list[Other]:
        """What counts as invoiced of a paper."""
        return [row for row in self._rows if row.takes_room and row.papers.get(key) == paper.id]

    def _check_papers(self, change: Change, total: Decimal) -> None:
        for key, paper in self._papers.of(change):
            limit = limit_of(key, paper)
            left = limit - sum((row.total for row in self._others(key, paper)), ZERO)
            if limit and total > left:
                words = OVER[key] if self._papers.tells_limit(key) else TOO_MUCH
                change.refuse("total", CODES[key], words, left=f"{max(left, ZERO):,.2f}")

    def _check_original(self, change: Change, original: Change, total: Decimal) -> None:
        if change.op == "update" and not change.changes("status"):
            return
        back = self._back.get(original.id, (ZERO, ZERO))[0]
        left = original.value("total") - back - (original.value("received") or ZERO)
        if (
            original.id not in self._seen
            or original.value("status") not in ("issued", "reversed")
            or -total > left
        ):
            words = OVER_ORIGINAL if original.id in self._seen else TOO_MUCH
            change.refuse("total", "over_original", words, left=f"{max(left, ZERO):,.2f}")

    def _put(self, change: Change, original: Change | None, total: Decimal, received: Decimal) -> None:
        decimals = places(change.value("currency") or self._ctx.workspace.currency)
        if change.value("status") in (None, "requested") or change.value("tax") is None:
            tax = self._tax(change, original, total, decimals)
            put(change, {"tax": tax, "amount": total - tax})
        back = self._issued_back.get(change.id, (ZERO, ZERO))[0]
        status = change.value("status")
        if status in ("issued", "reversed") and original is None:
            put(change, {"status": "reversed" if back and back >= total else "issued"})
        dead = status == "rejected" or original is not None
        rate = change.value("rate")
        if original is None and total - back < received and change.op == "update":
            change.refuse("status", "has_money", HAS_MONEY)
        put(change, {
            "received": received, "reversed_total": back, "outstanding": ZERO if dead else total - back - received,
            "base_total": None if rate is None else rounded(total * rate, places(self._ctx.workspace.currency)),
        })  # fmt: skip
        if status == "rejected" and received:
            change.refuse("status", "has_money", HAS_MONEY)

    def _tax(self, change: Change, original: Change | None, total: Decimal, decimals: int) -> Decimal:
        if original is not None:
            before, tax_before = self._back.get(original.id, (ZERO, ZERO))
            tax = original.value("tax") or ZERO
            return -tax_of_part(before, -total, tax_before, tax, original.value("total"), decimals)
        if change.value("tax_rate") is not None:
            return taxed(total, change.value("tax_rate"), decimals, tax_included=True)[1]
        for key, paper in self._papers.of(change, seen=False):
            if paper.value("total"):
                counted = self._others(key, paper)
                before = sum((row.total for row in counted), ZERO)
                tax_before = sum((row.tax for row in counted), ZERO)
                tax = paper.value("tax_total") or ZERO
                return tax_of_part(before, total, tax_before, tax, paper.value("total"), decimals)
        return ZERO


def _asks(change: Change) -> bool:
    """Whether it takes more of its papers than before."""
    before = change.before or {}
    more = change.value("total") > (before.get("total") or ZERO)
    back = before.get("status") == "rejected"
    return change.op in ("create", "restore") or more or back or any(map(change.changes, PAPERS))


hooks_registry.register(InvoiceHooks())
