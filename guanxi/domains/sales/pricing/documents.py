"""Papers: records with lines whose prices, taxes and totals the program keeps: opportunities, quotes, orders …

*How it works*: a domain subclasses `PaperHooks` with the object's key and a `Paper` that names its fields, and
registers it. A record written together with its lines is worked out before either is written (`prepare_lines`);
one whose currency or discount changes takes its lines along (`Change.lines`); lines written by a door of their
own (import, bulk edit, undo) have their record follow (`lines_written`).

*Rules*: a line takes name, code, unit, price, tax and cost from the product when the product is chosen, where
it gives none itself; later changes of products and price books leave it as it is. Its quantity brings the
price of another step only while it sells at the list price. Lines without a price add nothing, and where no
line has a price the total stays as it was typed.

*See*: rules.py for the arithmetic; asking.py for prices and rates; docs/adr/0065.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing import asking
from guanxi.domains.sales.pricing.rules import LARGEST, ZERO, Line, Totals, best_price, reckon, rounded
from guanxi.engine.records.hooks import Change, RecordHooks
from guanxi.engine.records.store import bulk_write
from guanxi.engine.records.store.lines import stored_lines
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.currencies import places
from guanxi.kit.text import Text

NO_RATE = Text(
    "{currency} 在 {day} 没有汇率，请先在「汇率」里填一条。",
    "There is no exchange rate of {currency} for {day}. Add one under Exchange rates first.",
)
TOO_MUCH = Text("金额太大了。", "The amount is too large.")
_TAKEN = {"name": "name", "sku": "code", "unit": "unit", "tax_rate": "tax_rate", "cost": "cost"}
"""What a line takes from its product, by its own field."""


@dataclass(frozen=True, slots=True)
class Paper:
    """The fields of a paper; None where it has none. `total` is what its lines come to."""

    items: str = "items"
    total: str = "total"
    subtotal: str | None = None
    discount_total: str | None = None
    tax_total: str | None = None
    net_total: str | None = None
    cost_total: str | None = None
    gross_profit: str | None = None
    """Net total less the cost of the lines, in the workspace's currency."""
    discount: str | None = None
    tax_included: str | None = None
    customer: str | None = "customer"
    day: str | None = None
    """The field whose day decides prices and the rate; today without one."""


class PaperHooks(RecordHooks):
    """Keeps the money of papers; subclass it with `object_key` and `paper`."""

    paper: Paper
    with_lines = True

    def prepare_lines(
        self, ctx: Ctx, obj: ObjectDef, change: Change, lines: Mapping[str, Sequence[Change]]
    ) -> None:
        """Price the lines and sum them up."""
        if self.paper.items not in lines:
            return
        kept = [line for line in lines[self.paper.items] if line.op != "delete"]
        self._price(ctx, [(change, kept)])
        self._sum(ctx, change, kept)

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Work out stored lines anew where what they hang on has changed; take the rate, keep the base total."""
        written = [c for c in changes if c.op in ("create", "update") and not c.misread]
        fill_currency(ctx, written)
        decides = ("currency", self.paper.total, self.paper.discount, self.paper.tax_included)
        moved = [c for c in written if c.op == "update" and any(c.changes(key) for key in decides if key)]
        if moved:
            line = get_schema(ctx).find(line_key(obj.key, self.paper.items))
            stored = stored_lines(ctx, line, [c.id for c in moved]) if line is not None else {}
            for change in moved:
                rows = stored.get(change.id, [])
                self._sum(ctx, change, rows)
                change.lines[line_key(obj.key, self.paper.items)] = [row for row in rows if row.values]
        self._take_rates(ctx, written)

    def lines_written(self, ctx: Ctx, obj: ObjectDef, field: str, ids: Collection[uuid.UUID]) -> None:
        """Price what has no price yet, and sum up, of records whose lines were written without them."""
        line = get_schema(ctx).find(line_key(obj.key, self.paper.items))
        if field != self.paper.items or line is None:
            return
        changes = [Change("update", i, {}, index=n) for n, i in enumerate(sorted(ids))]
        lock_rows(ctx, obj, changes, deleted=False, trusted=True)
        live = [change for change in changes if not change.errors]
        stored = stored_lines(ctx, line, [change.id for change in live])
        self._price(ctx, [(change, stored[change.id]) for change in live])
        for change in live:
            self._sum(ctx, change, stored[change.id])
        rows = [row for change in live for row in stored[change.id] if row.values]
        if rows:
            bulk_write(ctx, line.key, rows, partial=False, trusted=True, quiet=True)
        moved = [change for change in live if change.values]
        if moved:
            bulk_write(ctx, obj.key, moved, partial=False, trusted=True)

    def _day(self, ctx: Ctx, change: Change) -> date:
        given = change.value(self.paper.day) if self.paper.day else None
        return given if isinstance(given, date) else ctx.today.date()

    def _price(self, ctx: Ctx, papers: Sequence[tuple[Change, Sequence[Change]]]) -> None:
        """Give lines what they take from their products and price books."""
        asked = [
            (paper, line)
            for paper, lines in papers
            for line in lines
            if line.value("product") and (_is_chosen(line) or _changes_step(line))
        ]
        goods = asking.shelf(ctx, {line.value("product") for _, line in asked})
        buyers = asking.customers(ctx, self._customers(paper for paper, _ in asked))
        costless = [pair for pair in asked if _is_chosen(pair[1]) and _given(pair[1], "cost") is None]
        for paper, line in asked:
            self._take(ctx, paper, line, goods, buyers)
        self._convert_costs(ctx, costless, goods)

    def _convert_costs(self, ctx: Ctx, taken: Sequence[tuple[Change, Change]], goods: asking.Shelf) -> None:
        """Costs just taken are in the product's currency: into the paper's, by the day's rates; none without one."""
        home = ctx.workspace.currency
        abroad = []
        for paper, line in taken:
            found = goods.products.get(line.value("product"))
            own, theirs = paper.value("currency") or home, (found and found["currency"]) or home
            if own != theirs and line.values.get("cost") is not None:
                abroad.append((line, own, theirs, self._day(ctx, paper)))
        rates = (
            asking.rates(ctx, {(code, day) for _, *codes, day in abroad for code in codes}) if abroad else {}
        )
        for line, own, theirs, day in abroad:
            one, other = rates.get((theirs, day)), rates.get((own, day))
            cost = rounded(line.values["cost"] * one / other, places(own)) if one and other else None
            line.values["cost"] = cost

    def _customers(self, papers: Any) -> set[uuid.UUID]:
        key = self.paper.customer
        return {found for paper in papers if key and (found := paper.value(key))}

    def _take(
        self, ctx: Ctx, paper: Change, line: Change, goods: asking.Shelf, buyers: Mapping[uuid.UUID, Any]
    ) -> None:
        product = line.value("product")
        found = goods.products.get(product)
        if found is None:
            return  # the write door says so of what is not there
        buyer = buyers.get(paper.value(self.paper.customer)) if self.paper.customer else None
        currency = paper.value("currency") or ctx.workspace.currency
        quantity = Decimal(1) if line.value("quantity") is None else line.value("quantity")
        best = best_price(goods.prices(product, currency, buyer), quantity, self._day(ctx, paper))
        listed = None if best is None else best.price
        if not _is_chosen(line):
            line.values |= {"list_price": listed, "price": listed}
            return
        for key, of_product in _TAKEN.items():
            if _given(line, key) is None:
                line.values[key] = found[of_product]
        if _given(line, "price") is None:
            line.values["price"] = listed
        line.values |= {"list_price": listed, "quantity": quantity}

    def _sum(self, ctx: Ctx, paper: Change, lines: Sequence[Change]) -> None:
        """What the lines and the paper come to. A total that people type otherwise is theirs without priced lines."""
        counted = [line for line in lines if line.value("price") is not None and not line.errors]
        for line in lines:
            if line.value("price") is None and not line.errors:
                _put(line, dict.fromkeys(("amount", "net", "tax")))
        if not counted and self.paper.subtotal is None:
            return
        decimals = places(paper.value("currency") or ctx.workspace.currency)
        included = paper.value(self.paper.tax_included) if self.paper.tax_included else None
        discount = paper.value(self.paper.discount) if self.paper.discount else None
        found, totals = reckon(
            [_line(line) for line in counted], places=decimals, tax_included=included is not False,
            discount=discount or ZERO,
        )  # fmt: skip
        if max(totals.subtotal, totals.total) >= LARGEST:
            paper.refuse(self.paper.items, "too_large", TOO_MUCH)
            return
        for line, worked in zip(counted, found, strict=True):
            _put(line, {"amount": worked.amount, "net": worked.net, "tax": worked.tax})
        self._put_totals(paper, totals)
        if self.paper.cost_total:
            costs = (
                (1 if line.value("quantity") is None else line.value("quantity"))
                * (line.value("cost") or ZERO)
                for line in counted
            )
            _put(paper, {self.paper.cost_total: rounded(sum(costs, ZERO), decimals)})

    def _put_totals(self, paper: Change, totals: Totals) -> None:
        names = self.paper
        given = {names.total: totals.total, names.subtotal: totals.subtotal, names.tax_total: totals.tax,
                 names.discount_total: totals.discount, names.net_total: totals.net}  # fmt: skip
        _put(paper, {key: value for key, value in given.items() if key})

    def _take_rates(self, ctx: Ctx, changes: Sequence[Change]) -> None:
        """The rate of the day for what is new or has another currency; the base total follows."""
        keys = {"currency", self.paper.total, self.paper.day, self.paper.cost_total}
        moved = [c for c in changes if c.op == "create" or any(c.changes(key) for key in keys if key)]
        home = ctx.workspace.currency
        lacking = [
            c for c in moved
            if c.op == "create" or c.changes("currency") or c.value("rate") is None
            or (self.paper.day is not None and c.changes(self.paper.day))
        ]  # fmt: skip
        found = asking.rates(ctx, {(c.value("currency") or home, self._day(ctx, c)) for c in lacking})
        for change in lacking:
            key = (change.value("currency") or home, self._day(ctx, change))
            if key in found:
                _put(change, {"rate": found[key]})
            else:
                change.refuse("currency", "no_rate", NO_RATE, currency=key[0], day=key[1].isoformat())
        for change in moved:
            total, rate = change.value(self.paper.total), change.value("rate")
            known = total is not None and rate is not None
            _put(change, {"base_total": rounded(total * rate, places(home)) if known else None})
            self._earn(change, places(home))

    def _earn(self, paper: Change, decimals: int) -> None:
        """What is left of the net total once what is sold has been paid for, at home."""
        names = self.paper
        if names.gross_profit is None or names.net_total is None or names.cost_total is None:
            return
        net, cost, rate = paper.value(names.net_total), paper.value(names.cost_total), paper.value("rate")
        known = net is not None and rate is not None
        left = rounded(net * rate, decimals) - rounded((cost or ZERO) * rate, decimals) if known else None
        _put(paper, {names.gross_profit: left})


def fill_currency(ctx: Ctx, changes: Sequence[Change]) -> None:
    """The workspace's currency for what is new or is to have none."""
    for change in changes:
        asked = change.op == "create" or (change.op == "update" and "currency" in change.values)
        if asked and change.value("currency") is None:
            change.values["currency"] = ctx.workspace.currency


def _is_chosen(line: Change) -> bool:
    """Whether the line gets its product now, or came in without a door that could have priced it.

    A line that says its list price, which people cannot, is a copy of one that was priced: it stays as it is.
    """
    if line.before is None and "list_price" in line.values:
        return False
    untaken = line.value("list_price") is None and (line.value("price") is None or line.value("name") is None)
    return _gets_product(line) or untaken


def _gets_product(line: Change) -> bool:
    return line.before is None or line.changes("product")


def _given(line: Change, key: str) -> Any:
    """What the line itself says: with another product only what was said along with it."""
    if _gets_product(line):
        return line.values.get(key) if line.changes(key) else None
    return line.value(key)


def _changes_step(line: Change) -> bool:
    """Whether a line that sells at the list price gets another quantity."""
    untouched = not line.changes("price") and line.value("price") == line.value("list_price")
    return line.before is not None and line.changes("quantity") and untouched


def _line(line: Change) -> Line:
    quantity = line.value("quantity")
    return Line(
        Decimal(1) if quantity is None else quantity, line.value("price"), line.value("discount") or ZERO,
        line.value("tax_rate") or ZERO,
    )  # fmt: skip


def _put(change: Change, values: Mapping[str, Any]) -> None:
    """Set what differs."""
    for key, value in values.items():
        if change.value(key) != value:
            change.values[key] = value
