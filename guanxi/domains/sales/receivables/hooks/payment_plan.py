"""Instalments: what they take from their contract, their state, and how much of a contract they cover.

*How it works*: the state follows from amount, what has come and the workspace's day, each time one of them is written;
the nightly chore (overdue.py) only tells the ones whose day has passed. A contract is locked before its instalments
are summed up: two people cannot plan the same money.

*Rules*: the instalments of a contract never come to more than it; one that money has come for keeps what it is for.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing import asking
from guanxi.domains.sales.pricing.documents import NO_RATE
from guanxi.domains.sales.pricing.rules import LARGEST, ZERO, rounded
from guanxi.domains.sales.receivables.hooks.payment import NOT_POSITIVE, TOO_FINE, TOO_LARGE
from guanxi.domains.sales.receivables.ledger import PLAN, allocations, held, ids_in, of_links, sums
from guanxi.domains.sales.receivables.rules import state_of_plan
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.currencies import places
from guanxi.kit.text import Text

NAME = Text("第 {n} 期", "Instalment {n}")
ALONE = Text("应收 {day}", "Due {day}")
OTHER_CURRENCY = Text("和合同的币种不同。", "The contract is in another currency.")
OTHER_CUSTOMER = Text("和合同的客户不同。", "The contract is with another customer.")
TOO_MUCH = Text("超过了合同还没有排进回款计划的金额。", "It is more than is not planned of the contract yet.")
OVER_CONTRACT = Text("合同只剩 {left} 没有排进回款计划。", "Only {left} of the contract is not planned yet.")
BELOW_RECEIVED = Text("已经回款 {received}，应收不能比这小。", "{received} has come in; it cannot be less.")
HAS_MONEY = Text("已经有回款，请先取消核销。", "Money has come in for it. Take the allocations back first.")
_FIGURES = ("received", "outstanding", "status", "amount", "due_on")
_FIXED = ("currency", "customer", "contract")


class InstalmentHooks(RecordHooks):
    """Keeps instalments in line with their contract and with the money that came."""

    object_key = PLAN

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Fill in, work out the state, refuse what does not fit."""
        live = [c for c in changes if not c.misread]
        written = [c for c in live if c.op in ("create", "update")]
        grown = [c for c in live if _asks_for_room(c)]
        fresh = [c for c in written if c.op == "create" or c.changes("contract") or "currency" in c.values]
        contracts = held(ctx, "contract", {i for c in (*grown, *fresh) if (i := c.value("contract"))})
        seen = {i: contracts[i] for i in _seen(ctx, contracts)}
        for change in fresh:
            _follow_contract(ctx, change, seen.get(change.value("contract")))
        _number(ctx, written)
        _take_rates(ctx, fresh, seen)
        moved = [c for c in live if c.op != "create" and (c.op != "update" or _moves(c))]
        received = sums(allocations(ctx, "plan", [c.id for c in moved]), "plan") if moved else {}
        for change in live:
            _settle(ctx, change, received.get(change.id, (ZERO, ZERO))[0])
        _check_room(ctx, [c for c in grown if not c.errors and c.value("contract") in seen], contracts)


def _seen(ctx: Ctx, contracts: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those the actor sees: nothing is taken from others, and nothing is said of them."""
    return visible_ids(ctx, get_object(ctx, "contract"), sorted(contracts)) if contracts else set()


def _moves(change: Change) -> bool:
    return any(change.changes(key) for key in (*_FIGURES, *_FIXED))


def _asks_for_room(change: Change) -> bool:
    """Whether it takes more of a contract than before."""
    if not change.value("contract") or change.value("status") == "void" or change.value("amount") is None:
        return False
    if change.op in ("create", "restore"):
        return True
    before = change.before or {}
    more = change.value("amount") > (before.get("amount") or ZERO)
    return change.op == "update" and (more or change.changes("contract") or before.get("status") == "void")


def _follow_contract(ctx: Ctx, change: Change, contract: Change | None) -> None:
    """Customer and currency are the contract's; without one the currency is the workspace's."""
    if contract is None:
        if change.value("currency") is None:
            change.values["currency"] = ctx.workspace.currency
        return
    for key, words in (("customer", OTHER_CUSTOMER), ("currency", OTHER_CURRENCY)):
        theirs = contract.value(key) or (ctx.workspace.currency if key == "currency" else None)
        if theirs is None:
            continue
        if change.value(key) is None:
            change.values[key] = theirs
        elif change.value(key) != theirs:
            change.refuse(key, f"other_{key}", words)


def _number(ctx: Ctx, changes: Sequence[Change]) -> None:
    """Numbers go on from the contract's last; a name says the number, or else the day."""
    asking_for = [
        c for c in changes if c.op == "create" and c.value("sequence") is None and c.value("contract")
    ]
    last: dict[uuid.UUID, int] = {}
    for row in _siblings(ctx, ids_in(asking_for, "contract")):
        last[row["contract"]] = max(last.get(row["contract"], 0), int(row["sequence"] or 0))
    for change in asking_for:
        number = last.get(change.value("contract"), 0) + 1
        last[change.value("contract")] = number
        change.values["sequence"] = Decimal(number)
    for change in changes:
        if change.value("name") or (change.op == "update" and "name" not in change.values):
            continue
        if change.value("sequence") is not None:
            change.values["name"] = NAME.in_(ctx.workspace.locale, n=int(change.value("sequence")))
        elif change.value("due_on"):
            change.values["name"] = ALONE.in_(ctx.workspace.locale, day=change.value("due_on").isoformat())


def _take_rates(ctx: Ctx, changes: Sequence[Change], contracts: Mapping[uuid.UUID, Change]) -> None:
    """The contract's rate: what was booked; else that of today."""
    alone = []
    for change in changes:
        contract = contracts.get(change.value("contract"))
        booked = contract.value("rate") if contract is not None else None
        if any(error.field == "currency" for error in change.errors):
            continue
        if booked is not None:
            _put(change, {"rate": booked})
        elif change.op == "create" or change.changes("currency") or change.value("rate") is None:
            alone.append(change)
    today = ctx.today.date()
    found = asking.rates(ctx, {(c.value("currency"), today) for c in alone}) if alone else {}
    for change in alone:
        key = (change.value("currency"), today)
        if key in found:
            _put(change, {"rate": found[key]})
        else:
            change.refuse("currency", "no_rate", NO_RATE, currency=key[0], day=today.isoformat())


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
    _put(change, {"received": received, "outstanding": ZERO if void else amount - received, "status": state})
    if change.op == "create" or change.changes("due_on"):
        _put(
            change, {"reminder": "late" if state == "overdue" else None}
        )  # whoever writes it down late knows


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


def _check_room(ctx: Ctx, changes: Sequence[Change], contracts: Mapping[uuid.UUID, Change]) -> None:
    """Refuse what would plan more than a contract comes to; one without an amount has no limit."""
    mine = {c.id for c in changes}
    counted = "total" in rights.readable(ctx, get_object(ctx, "contract"))
    capped = {i: c.value("total") for i, c in contracts.items() if c.value("total")}
    asked = [c for c in changes if c.value("contract") in capped]
    planned: dict[uuid.UUID, Decimal] = {}
    for row in _siblings(ctx, {c.value("contract") for c in asked}):
        if row["status"] != "void" and row["id"] not in mine:
            planned[row["contract"]] = planned.get(row["contract"], ZERO) + (row["amount"] or ZERO)
    for change in asked:
        contract = change.value("contract")
        left = capped[contract] - planned.get(contract, ZERO)
        if change.value("amount") > left:
            words = OVER_CONTRACT if counted else TOO_MUCH
            change.refuse("amount", "over_contract", words, left=f"{max(left, ZERO):,.2f}")
        else:
            planned[contract] = planned.get(contract, ZERO) + change.value("amount")


def _siblings(ctx: Ctx, contracts: set[uuid.UUID]) -> list[dict[str, Any]]:
    """The live instalments of contracts."""
    return [
        row | {"id": uuid.UUID(str(row["id"])), "contract": uuid.UUID(str(row["contract"]["id"]))}
        for row in of_links(ctx, PLAN, "contract", contracts, ("contract", "sequence", "amount", "status"))
    ]


def _put(change: Change, values: Mapping[str, Any]) -> None:
    """Set what differs."""
    for key, value in values.items():
        if change.value(key) != value:
            change.values[key] = value


hooks_registry.register(InstalmentHooks())
