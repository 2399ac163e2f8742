"""Instalments: what they take from their contract or order, their state, and how much of these they cover.

*How it works*: the state follows from amount, what has come and the workspace's day, each time one of them is written;
the nightly chore (overdue.py) only tells the ones whose day has passed. A contract or order is locked before its
instalments are summed up: two people cannot plan the same money.

*Rules*: the instalments of a contract or order never come to more than it; one that money has come for keeps what it is for.
"""

import uuid
from collections.abc import Collection, Sequence
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing.rules import LARGEST, ZERO, rounded
from guanxi.domains.sales.receivables.hooks.papers import Papers, limit_of, names_paper, put
from guanxi.domains.sales.receivables.hooks.payment import NOT_POSITIVE, TOO_FINE, TOO_LARGE
from guanxi.domains.sales.receivables.ledger import PAPERS, PLAN, allocations, of_links, sums
from guanxi.domains.sales.receivables.rules import state_of_plan
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.currencies import places
from guanxi.kit.text import Text

NAME = Text("第 {n} 期", "Instalment {n}")
ALONE = Text("应收 {day}", "Due {day}")
TOO_MUCH = Text("超过了还没有排进回款计划的金额。", "It is more than is not planned yet.")
OVER = {
    "contract": Text("合同只剩 {left} 没有排进回款计划。", "Only {left} of the contract is not planned yet."),
    "sales_order": Text("订单只剩 {left} 没有排进回款计划。", "Only {left} of the order is not planned yet."),
}
CODES = {"contract": "over_contract", "sales_order": "over_order"}
BELOW_RECEIVED = Text("已经回款 {received}，应收不能比这小。", "{received} has come in; it cannot be less.")
HAS_MONEY = Text("已经有回款，请先取消核销。", "Money has come in for it. Take the allocations back first.")
_FIGURES = ("received", "outstanding", "status", "amount", "due_on")
_FIXED = ("currency", "customer", *PAPERS)


class InstalmentHooks(RecordHooks):
    """Keeps instalments in line with their contract and with the money that came."""

    object_key = PLAN

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Fill in, work out the state, refuse what does not fit."""
        live = [c for c in changes if not c.misread]
        written = [c for c in live if c.op in ("create", "update")]
        grown = [c for c in live if _asks_for_room(c)]
        fresh = [c for c in written if names_paper(c)]
        papers = Papers(ctx, [*grown, *fresh])
        for change in fresh:
            papers.follow(change)
        _number(ctx, written)
        papers.take_rates(fresh)
        moved = [c for c in live if c.op != "create" and (c.op != "update" or _moves(c))]
        received = sums(allocations(ctx, "plan", [c.id for c in moved]), "plan") if moved else {}
        for change in live:
            _settle(ctx, change, received.get(change.id, (ZERO, ZERO))[0])
        for key in PAPERS:
            _check_room(ctx, key, [c for c in grown if not c.errors], papers)


def _moves(change: Change) -> bool:
    return any(change.changes(key) for key in (*_FIGURES, *_FIXED))


def _asks_for_room(change: Change) -> bool:
    """Whether it takes more of a contract or an order than before."""
    if (
        not any(map(change.value, PAPERS))
        or change.value("status") == "void"
        or change.value("amount") is None
    ):
        return False
    if change.op in ("create", "restore"):
        return True
    before = change.before or {}
    more = change.value("amount") > (before.get("amount") or ZERO)
    moved = any(map(change.changes, PAPERS))
    return change.op == "update" and (more or moved or before.get("status") == "void")


def _number(ctx: Ctx, changes: Sequence[Change]) -> None:
    """Numbers go on from the last of the order, or of the contract; a name says the number, or else the day."""
    for key in PAPERS:
        asking_for = [c for c in changes if c.op == "create" and c.value("sequence") is None and c.value(key)]
        last: dict[uuid.UUID, int] = {}
        for row in _siblings(ctx, key, {c.value(key) for c in asking_for}):
            last[row[key]] = max(last.get(row[key], 0), int(row["sequence"] or 0))
        for change in asking_for:
            number = last.get(change.value(key), 0) + 1
            last[change.value(key)] = number
            change.values["sequence"] = Decimal(number)
    for change in changes:
        if change.value("name") or (change.op == "update" and "name" not in change.values):
            continue
        if change.value("sequence") is not None:
            change.values["name"] = NAME.in_(ctx.workspace.locale, n=int(change.value("sequence")))
        elif change.value("due_on"):
            change.values["name"] = ALONE.in_(ctx.workspace.locale, day=change.value("due_on").isoformat())


def _settle(ctx: Ctx, change: Change, received: Decimal) -> None:
    """The state and what is left; what money has come for stays as it is."""
    if change.op == "delete" and received:
        change.refuse("id", "has_money", HAS_MONEY)
    if change.op not in ("create", "update") or (change.op == "update" and not _moves(change)):
        return
    amount = change.value("amount")
    if amount is None:
        return  # the write door asks for it
    _check_amount(ctx, change, amount)
    void = change.value("status") == "void"
    if received:
        _keep_paid(change, amount, received, void=void)
    state = "void" if void else state_of_plan(amount, received, change.value("due_on"), ctx.today.date())
    put(change, {"received": received, "outstanding": ZERO if void else amount - received, "status": state})
    if change.op == "create" or change.changes("due_on"):
        put(change, {"reminder": "late" if state == "overdue" else None})  # whoever writes it down late knows


def _check_amount(ctx: Ctx, change: Change, amount: Decimal) -> None:
    currency = change.value("currency") or ctx.workspace.currency
    if amount <= ZERO:
        change.refuse("amount", "not_positive", NOT_POSITIVE)
    elif amount >= LARGEST:
        change.refuse("amount", "too_large", TOO_LARGE)
    elif rounded(amount, places(currency)) != amount:
        change.refuse("amount", "too_fine", TOO_FINE, currency=currency)


def _keep_paid(change: Change, amount: Decimal, received: Decimal, *, void: bool) -> None:
    """Refuse what would leave money for something else than it came for."""
    if amount < received:
        change.refuse("amount", "below_received", BELOW_RECEIVED, received=f"{received:,.2f}")
    for key in _FIXED:
        if change.op == "update" and change.changes(key):
            change.refuse(key, "has_money", HAS_MONEY)
    if void:
        change.refuse("status", "has_money", HAS_MONEY)


def _check_room(ctx: Ctx, key: str, changes: Sequence[Change], papers: Papers) -> None:
    """Refuse what would plan more than a paper comes to; one without an amount has no limit."""
    mine = {c.id for c in changes}
    asked = [(c, paper) for c in changes for of, paper in papers.of(c) if of == key and limit_of(key, paper)]
    planned: dict[uuid.UUID, Decimal] = {}
    for row in _siblings(ctx, key, {paper.id for _, paper in asked}):
        if row["status"] != "void" and row["id"] not in mine:
            planned[row[key]] = planned.get(row[key], ZERO) + (row["amount"] or ZERO)
    for change, paper in asked:
        left = limit_of(key, paper) - planned.get(paper.id, ZERO)
        if change.value("amount") > left:
            words = OVER[key] if papers.tells_limit(key) else TOO_MUCH
            change.refuse("amount", CODES[key], words, left=f"{max(left, ZERO):,.2f}")
        else:
            planned[paper.id] = planned.get(paper.id, ZERO) + change.value("amount")


def _siblings(ctx: Ctx, key: str, papers: Collection[uuid.UUID]) -> list[dict[str, Any]]:
    """The live instalments of contracts or orders."""
    return [
        row | {"id": uuid.UUID(str(row["id"])), key: uuid.UUID(str(row[key]["id"]))}
        for row in of_links(ctx, PLAN, key, papers, (key, "sequence", "amount", "status"))
    ]


hooks_registry.register(InstalmentHooks())
