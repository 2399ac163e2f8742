"""What payments pay, line by line, whatever door a line comes through.

*How it works*: of a set of lines the payments and all that they pay are locked, the lines there are are read, and the
new ones are put in one after the other: each finds what those before it have left. What a line settles follows
from its amount; what it is worth, and how that differs from what was booked, is taken from running totals, so that
the parts of a payment are worth the payment. Afterwards the figures on either side are written anew.

*Rules*: never more than is left on either side; nothing on what is void. Refunds are not allocated. Nothing is said of
a record that the actor does not see, and no figure of a field that they do not read.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing import asking
from guanxi.domains.sales.pricing.documents import NO_RATE
from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.domains.sales.receivables import figures
from guanxi.domains.sales.receivables.ledger import (
    LINES,
    PAYMENT,
    TARGETS,
    Allocation,
    allocations,
    held,
    ids_in,
)
from guanxi.domains.sales.receivables.rules import converted, worth_of_part
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.lines import PARENT
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.currencies import places
from guanxi.kit.text import Text

NOTHING_PAID = Text(
    "请选择这笔钱核销哪一期回款计划或哪张发票。", "Say which instalment or invoice this pays."
)
NOT_POSITIVE = Text("金额要大于 0。", "The amount must be more than 0.")
UNSEEN = Text("没有找到，或者你无权查看。", "Not found, or not visible to you.")
TOO_MUCH = Text("金额超过了还能核销的数额。", "It is more than is left to allocate.")
OVER_PAYMENT = Text("这笔回款只剩 {left} 未核销。", "Only {left} of this payment is not allocated yet.")
OVER_TARGET = Text("「{record}」只差 {left}。", "Only {left} is still owed for “{record}”.")
VOID_TARGET = Text("「{record}」已作废，不能核销。", "“{record}” is void; nothing can be paid for it.")
VOID_PAYMENT = Text("已作废的回款不能核销。", "A void payment pays nothing.")
A_REFUND = Text("退款不能核销。", "A refund pays nothing.")
MIXED = Text("回款计划和发票的币种不同。", "The instalment and the invoice are in different currencies.")
_DECIDE = (PARENT, *TARGETS, "amount", "settled")


class AllocationHooks(RecordHooks):
    """Keeps allocations within what is left on either side."""

    object_key = LINES

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Refuse what is too much; fill in what a line settles and what it is worth."""
        moved = [c for c in changes if not c.misread and not c.errors and _decides(c)]
        if moved:
            book = _Book(ctx, moved)
            for change in moved:
                if change.op in ("update", "delete"):
                    book.take_out(change.id)
            for change in moved:
                if change.op != "delete":
                    book.put_in(change)

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Write the figures on both sides anew."""
        moved = [c for c in changes if c.op != "update" or _decides(c)]
        figures.renew(ctx, PAYMENT, ids_in(moved, PARENT))
        for field, key in TARGETS.items():
            figures.renew(ctx, key, ids_in(moved, field))


def _decides(change: Change) -> bool:
    return change.op != "update" or any(change.changes(key) for key in _DECIDE)


class _Book:
    """Payments, what they pay, and the lines between them, as they would be after some changes."""

    def __init__(self, ctx: Ctx, changes: Sequence[Change]) -> None:
        self._ctx = ctx
        self._payments = held(ctx, PAYMENT, ids_in(changes, PARENT))
        self._targets = {name: held(ctx, key, ids_in(changes, name)) for name, key in TARGETS.items()}
        rows = allocations(ctx, PARENT, self._payments)
        for name, found in self._targets.items():
            rows += allocations(ctx, name, found)
        self._rows: dict[uuid.UUID, Allocation] = {}
        self._by: dict[tuple[str, uuid.UUID], dict[uuid.UUID, Allocation]] = {}
        """The same by either side: a thousand lines at once are not looked through for each of them."""
        for row in rows:
            self._keep(row)
        self._rates = self._day_rates()
        kinds = {PARENT: (PAYMENT, self._payments)} | {
            name: (key, self._targets[name]) for name, key in TARGETS.items()
        }
        self._seen = {name: _seen(ctx, key, found) for name, (key, found) in kinds.items()}
        self._counted = {
            name: figures.LEFT[key] in rights.readable(ctx, get_object(ctx, key))
            for name, (key, _) in kinds.items()
        }

    def _day_rates(self) -> Mapping[Any, Decimal]:
        """The rates of what is owed on the days of the payments, where currencies differ."""
        codes = {self._currency(c) for found in self._targets.values() for c in found.values()}
        wanted = {(code, p.value("paid_on")) for p in self._payments.values() for code in codes
                  if code != self._currency(p)}  # fmt: skip
        return asking.rates(self._ctx, wanted) if wanted else {}

    def _currency(self, record: Change) -> str:
        return str(record.value("currency") or self._ctx.workspace.currency)

    def take_out(self, line: uuid.UUID) -> None:
        """Without this line."""
        row = self._rows.pop(line, None)
        for side in _sides(row) if row is not None else ():
            del self._by[side][line]

    def _keep(self, row: Allocation) -> None:
        self._rows[row.id] = row
        for side in _sides(row):
            self._by.setdefault(side, {})[row.id] = row

    def put_in(self, change: Change) -> None:
        """With this line, unless it is too much."""
        payment = self._payments.get(change.value(PARENT))
        targets = {name: i for name in TARGETS if (i := change.value(name)) is not None}
        paid = [
            (name, found) for name, i in targets.items() if (found := self._targets[name].get(i)) is not None
        ]
        amount = change.value("amount")
        if payment is None or len(paid) < len(targets):
            if payment is None and change.op == "restore":
                change.refuse(PARENT, "not_found", VOID_PAYMENT)
            return  # the write door says so of what is not there
        for name, record in ((PARENT, payment), *paid):
            if record.id not in self._seen[name]:
                change.refuse(name, "unknown_record", UNSEEN)
        if not change.errors:
            self._check(change, payment, paid, amount)
        if change.errors:
            return
        settled = self._settled(change, payment, paid[0][1], amount)
        if settled is None:
            return
        self._check_room(change, payment, paid, amount, settled)
        if not change.errors:
            self._enter(change, payment, paid, targets, amount, settled)

    def _check(
        self, change: Change, payment: Change, paid: Sequence[tuple[str, Change]], amount: Decimal | None
    ) -> None:
        if payment.value("kind") == "refund":
            change.refuse(PARENT, "a_refund", A_REFUND)
        if payment.value("status") == "void":
            change.refuse(PARENT, "void_payment", VOID_PAYMENT)
        if not paid:
            change.refuse("plan", "required", NOTHING_PAID)
        if amount is None or amount <= ZERO:
            change.refuse("amount", "not_positive", NOT_POSITIVE)
        for name, record in paid:
            if not figures.can_be_paid(record):
                change.refuse(name, "void_target", VOID_TARGET, record=_name(record))
        if len({self._currency(record) for _, record in paid}) > 1:
            change.refuse(paid[-1][0], "mixed_currencies", MIXED)

    def _settled(self, change: Change, payment: Change, record: Change, amount: Decimal) -> Decimal | None:
        """What the amount settles of what is owed, in its currency; None without a rate."""
        own, theirs = self._currency(payment), self._currency(record)
        if own == theirs:
            return amount
        if change.value("settled") is not None and (
            change.changes("settled") or not change.changes("amount")
        ):
            given: Decimal = change.value("settled")
            return given
        rate = self._rates.get((theirs, payment.value("paid_on")))
        if rate is None:
            change.refuse("settled", "no_rate", NO_RATE, currency=theirs, day=str(payment.value("paid_on")))
            return None
        return converted(amount, payment.value("rate"), rate, places(theirs))

    def _check_room(
        self,
        change: Change,
        payment: Change,
        paid: Sequence[tuple[str, Change]],
        amount: Decimal,
        settled: Decimal,
    ) -> None:
        spent = sum((row.amount for row in self._of(PARENT, payment)), ZERO)
        left = payment.value("amount") - (payment.value("refunded") or ZERO) - spent
        if amount > left:
            words = OVER_PAYMENT if self._counted[PARENT] else TOO_MUCH
            change.refuse("amount", "over_payment", words, left=f"{max(left, ZERO):,.2f}")
        if settled <= ZERO:
            change.refuse("settled", "not_positive", NOT_POSITIVE)
        for name, record in paid:
            owed = figures.owed(record) - sum((row.settled for row in self._of(name, record)), ZERO)
            if settled > owed:
                change.refuse(
                    name, "over_target", OVER_TARGET, record=_name(record), left=f"{max(owed, ZERO):,.2f}"
                )

    def _of(self, field: str, record: Change) -> list[Allocation]:
        return list(self._by.get((field, record.id), {}).values())

    def _enter(
        self, change: Change, payment: Change, paid: Sequence[tuple[str, Change]], targets: Mapping[str, uuid.UUID],
        amount: Decimal, settled: Decimal,
    ) -> None:  # fmt: skip
        home = places(self._ctx.workspace.currency)
        base = _worth([(row.amount, row.base) for row in self._of(PARENT, payment)], amount, payment, home)
        name, record = paid[0]
        rows = [row for row in self._of(name, record) if name == "plan" or "plan" not in row.targets]
        before = [(row.settled, row.booked) for row in rows]
        difference = base - _worth(before, settled, record, home)
        if change.op == "restore":
            base, difference = change.value("base") or base, change.value("difference") or ZERO
        else:
            change.values |= {"settled": settled, "base": base, "difference": difference}
        self._keep(Allocation(change.id, payment.id, targets, amount, settled, base, difference))


def _sides(row: Allocation) -> list[tuple[str, uuid.UUID]]:
    """What a line stands between: its payment, and what it pays."""
    own = [] if row.payment is None else [(PARENT, row.payment)]
    return [*own, *row.targets.items()]


def _worth(before: Collection[tuple[Decimal, Decimal]], part: Decimal, of: Change, home: int) -> Decimal:
    amount = sum((pair[0] for pair in before), ZERO)
    worth = sum((pair[1] for pair in before), ZERO)
    return worth_of_part(amount, part, worth, of.value("rate") or Decimal(1), home)


def _seen(ctx: Ctx, key: str, found: Collection[uuid.UUID]) -> set[uuid.UUID]:
    return visible_ids(ctx, get_object(ctx, key), sorted(found)) if found else set()


def _name(record: Change) -> str:
    return str(record.value("name") or "—")


hooks_registry.register(AllocationHooks())
