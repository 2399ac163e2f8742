"""The money of payments: rate and worth, what is left of them, refunds.

*Rules*: the figures are computed from lines and refunds whenever one of them is written. A payment that has been used
keeps customer, currency and (in another currency) day; its amount does not fall below what was used of it.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing import asking
from guanxi.domains.sales.pricing.documents import NO_RATE, fill_currency
from guanxi.domains.sales.pricing.rules import LARGEST, ZERO, rounded
from guanxi.domains.sales.receivables.ledger import PAYMENT, allocations, held, ids_in, of_links, sums
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.lines import PARENT
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.currencies import places
from guanxi.kit.text import Text

NAME = Text("回款 {day}", "Payment {day}")
REFUND_NAME = Text("退款 {day}", "Refund {day}")
NOT_POSITIVE = Text("金额要大于 0。", "The amount must be more than 0.")
TOO_LARGE = Text("金额太大了。", "The amount is too large.")
TOO_FINE = Text("{currency} 没有这么小的单位。", "{currency} has no unit that small.")
USED = Text(
    "已核销或退款 {used}，金额不能比这小。", "{used} of it is allocated or refunded; it cannot be less."
)
IN_USE = Text(
    "已经核销过的回款不能改这一项，请先取消核销。",
    "It has been allocated. Take the allocations back before changing this.",
)
FIXED = Text(
    "退款的金额不能改，请作废后重做。", "A refund cannot be changed. Make it void, then make another."
)
HAS_REFUND = Text("它有退款，请先作废退款。", "It has a refund. Make that void first.")
OVER_SURPLUS = Text(
    "只剩 {left} 未核销，最多退这么多。", "Only {left} is not allocated; no more can be refunded."
)
BY_ACTION = Text("请用「核销」来填。", "Use “Allocate” for this.")
_FIGURES = ("allocated", "refunded", "surplus", "exchange_difference", "base_amount")
_DECIDE = (*_FIGURES, "amount", "currency", "paid_on", "rate", "status", "customer", "kind", "refunds")


class PaymentHooks(RecordHooks):
    """Keeps what a payment is worth and what is left of it."""

    object_key = PAYMENT
    with_lines = True

    def prepare_lines(
        self, ctx: Ctx, obj: ObjectDef, change: Change, lines: Mapping[str, Sequence[Change]]
    ) -> None:
        """Allocations come by their own door, which locks what they pay."""
        if lines.get("allocations"):
            change.refuse("allocations", "readonly", BY_ACTION)

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Fill in day, rate and figures; refuse what the money in it does not let change."""
        written = [c for c in changes if c.op in ("create", "update") and not c.misread]
        fill_currency(ctx, written)
        _name(ctx, written)
        moved = [c for c in written if c.op == "create" or any(c.changes(key) for key in _DECIDE)]
        _take_rates(ctx, moved)
        used = _used(
            ctx, [c.id for c in changes if c.op != "create"] if moved or len(written) < len(changes) else []
        )
        for change in changes:
            if change.op == "delete" and used.refunded.get(change.id):
                change.refuse("id", "has_refund", HAS_REFUND)
        for change in moved:
            _settle(ctx, change, used)
        _check_refunds(ctx, changes)

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """What is left of payments that are refunded, or no longer."""
        told = [c for c in changes if c.op != "update" or c.changes("amount") or c.changes("status")]
        found = held(ctx, PAYMENT, ids_in(told, "refunds"))
        refunded = _refunded(ctx, found)
        fresh = [
            Change("update", i, {"refunded": refunded.get(i, ZERO)}, index=n) for n, i in enumerate(found)
        ]
        if fresh:
            bulk_write(ctx, PAYMENT, fresh, partial=False, trusted=True)


class _Used:
    """What is allocated of payments, with the differences, and what is refunded."""

    def __init__(
        self, allocated: Mapping[uuid.UUID, tuple[Decimal, Decimal]], refunded: Mapping[uuid.UUID, Decimal]
    ):
        self.allocated, self.refunded = allocated, refunded


def _used(ctx: Ctx, ids: Collection[uuid.UUID]) -> _Used:
    if not ids:
        return _Used({}, {})
    return _Used(sums(allocations(ctx, PARENT, ids), PARENT), _refunded(ctx, ids))


def _refunded(ctx: Ctx, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Decimal]:
    """By payment, what was refunded of it."""
    found: dict[uuid.UUID, Decimal] = {}
    in_force = {"field": "status", "op": "is", "value": "confirmed"}
    for row in of_links(ctx, PAYMENT, "refunds", ids, ("refunds", "amount"), (), in_force):
        of = uuid.UUID(row["refunds"]["id"])
        found[of] = found.get(of, ZERO) - row["amount"]
    return found


def _name(ctx: Ctx, changes: Sequence[Change]) -> None:
    for change in changes:
        if not change.value("name") and change.value("paid_on"):
            words = REFUND_NAME if change.value("kind") == "refund" else NAME
            change.values["name"] = words.in_(ctx.workspace.locale, day=change.value("paid_on").isoformat())


def _take_rates(ctx: Ctx, changes: Sequence[Change]) -> None:
    """The rate of the day the money came; a refund keeps that of what it refunds."""
    lacking = [
        c for c in changes
        if c.value("paid_on") and c.value("kind") != "refund"
        and (c.op == "create" or c.value("rate") is None or c.changes("currency") or c.changes("paid_on"))
    ]  # fmt: skip
    found = asking.rates(ctx, {(c.value("currency"), c.value("paid_on")) for c in lacking}) if lacking else {}
    for change in lacking:
        key = (change.value("currency"), change.value("paid_on"))
        if key in found:
            _put(change, {"rate": found[key]})
        else:
            change.refuse("currency", "no_rate", NO_RATE, currency=key[0], day=key[1].isoformat())


def _settle(ctx: Ctx, change: Change, used: _Used) -> None:
    amount, rate = change.value("amount"), change.value("rate")
    allocated, difference = used.allocated.get(change.id, (ZERO, ZERO))
    refunded = used.refunded.get(change.id, ZERO)
    is_refund = change.value("kind") == "refund"
    if amount is None:
        return  # the write door asks for it
    _check_amount(ctx, change, amount, is_refund=is_refund)
    taken = allocated + refunded
    if taken and amount < taken:
        change.refuse("amount", "below_used", USED, used=f"{taken:,.2f}")
    foreign = change.value("currency") != ctx.workspace.currency
    fixed = ["customer", "currency", *(["paid_on"] if foreign else [])] if taken else []
    for key in fixed:
        if change.op == "update" and change.changes(key):
            change.refuse(key, "in_use", IN_USE)
    void = change.value("status") == "void"
    worth = None if rate is None else rounded(amount * rate, places(ctx.workspace.currency))
    _put(change, {
        "allocated": allocated, "refunded": refunded, "exchange_difference": difference,
        "surplus": ZERO if void or is_refund else amount - taken, "base_amount": ZERO if void else worth,
    })  # fmt: skip


def _check_amount(ctx: Ctx, change: Change, amount: Decimal, *, is_refund: bool) -> None:
    if abs(amount) >= LARGEST:
        change.refuse("amount", "too_large", TOO_LARGE)
    elif is_refund:
        if change.op == "update" and change.changes("amount"):
            change.refuse("amount", "fixed", FIXED)
    elif amount <= ZERO:
        change.refuse("amount", "not_positive", NOT_POSITIVE)
    currency = change.value("currency") or ctx.workspace.currency
    if rounded(amount, places(currency)) != amount:
        change.refuse("amount", "too_fine", TOO_FINE, currency=currency)


def _check_refunds(ctx: Ctx, changes: Sequence[Change]) -> None:
    """A refund that is made, restored or in force again takes from what is left."""
    back = [
        c for c in changes
        if c.value("kind") == "refund" and c.value("refunds") and c.value("status") != "void"
        and (c.op in ("create", "restore") or (c.op == "update" and c.changes("status")))
    ]  # fmt: skip
    if not back:
        return
    found = held(ctx, PAYMENT, ids_in(back, "refunds"))
    used = _used(ctx, found)
    for change in back:
        original = found.get(change.value("refunds"))
        if original is None:
            change.refuse("refunds", "not_found", OVER_SURPLUS, left="0.00")
            continue
        allocated = used.allocated.get(original.id, (ZERO, ZERO))[0]
        others = used.refunded.get(original.id, ZERO)
        left = original.value("amount") - allocated - others
        if original.value("status") == "void" or -change.value("amount") > left:
            change.refuse("amount", "over_surplus", OVER_SURPLUS, left=f"{max(left, ZERO):,.2f}")


def _put(change: Change, values: Mapping[str, Any]) -> None:
    """Set what differs."""
    for key, value in values.items():
        if change.value(key) != value:
            change.values[key] = value


hooks_registry.register(PaymentHooks())
