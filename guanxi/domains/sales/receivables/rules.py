"""The arithmetic of what is owed: splitting a total, proposing allocations, states, buckets of age; plain Python.

*How it works*: shares come from `pricing.rules.spread` (largest remainder), so that instalments sum to their total to
the minor unit. A rate turns an amount into another currency with one rounding; what several parts of one amount are
worth is taken as the difference of running totals (`worth_of_part`), so that the parts of a whole are worth the whole.

*Rules*: no floats; nothing is ever allocated beyond what is left on either side.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from guanxi.domains.sales.pricing.rules import HUNDRED, ZERO, rounded, spread

MAX_PARTS = 120
BUCKETS = ("not_due", "to_30", "to_60", "to_90", "over_90")
"""Not due yet (today included), 1 to 30 days late, 31 to 60, 61 to 90, more."""
EDGES = (0, 30, 60, 90)


def equal_parts(total: Decimal, parts: int, places: int) -> list[Decimal]:
    """`parts` shares of a total that differ by one minor unit at most."""
    return spread(total, [Decimal(1)] * parts, places)


def by_percent(total: Decimal, percents: Sequence[Decimal], places: int) -> list[Decimal] | None:
    """Shares by hundredths; None unless these are 100 together."""
    if sum(percents, ZERO) != HUNDRED:
        return None
    scale = max((-int(p.normalize().as_tuple().exponent) for p in percents), default=0)
    weights = [p.scaleb(max(0, scale)).to_integral_value().scaleb(-places) for p in percents]
    return spread(total, weights, places)


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + year, month + 1)[1]
    return date(day.year + year, month + 1, min(day.day, last))


def state_of_plan(amount: Decimal, received: Decimal, due: date | None, today: date) -> str:
    """`done`, `overdue`, `partial` or `due`: what is late is late, however much of it has come."""
    if received >= amount:
        return "done"
    if due is not None and due < today:
        return "overdue"
    return "partial" if received > ZERO else "due"


def bucket_of(due: date | None, today: date) -> str:
    """How late something is."""
    late = (today - due).days if due is not None else 0
    return BUCKETS[sum(late > edge for edge in EDGES)]


def converted(amount: Decimal, rate: Decimal, to_rate: Decimal, places: int) -> Decimal:
    """An amount of one currency in another, by the rates of both to a third."""
    return rounded(amount * rate / to_rate, places)


def worth_of_part(
    before: Decimal, part: Decimal, worth_before: Decimal, rate: Decimal, places: int
) -> Decimal:
    """What a further part of an amount is worth when `before` of it was taken as worth `worth_before`."""
    return rounded((before + part) * rate, places) - worth_before


@dataclass(frozen=True, slots=True)
class Open:
    """Something that can still be paid: how much is left of it, in its currency, and its rate to the workspace's."""

    key: str
    left: Decimal
    rate: Decimal = Decimal(1)
    places: int = 2


@dataclass(frozen=True, slots=True)
class Proposed:
    """How much of a payment goes to something, and how much of that it settles."""

    key: str
    amount: Decimal
    settled: Decimal


def propose(
    surplus: Decimal, rate: Decimal, places: int, opens: Iterable[Open], *, same: bool = True
) -> list[Proposed]:
    """Share a surplus out over what is open, in the order given; the sum is never more than the surplus.

    With `same` all are in the payment's currency; otherwise amounts are turned by the rates.
    """
    found = []
    for item in opens:
        if surplus <= ZERO:
            break
        if item.left <= ZERO:
            continue
        if same:
            amount = settled = min(surplus, item.left)
        else:
            needed = converted(item.left, item.rate, rate, places)
            amount = min(surplus, needed)
            settled = (
                item.left
                if needed <= surplus
                else min(item.left, converted(amount, rate, item.rate, item.places))
            )
        if amount > ZERO and settled > ZERO:
            found.append(Proposed(item.key, amount, settled))
            surplus -= amount
    return found


def tax_of_part(
    before: Decimal, part: Decimal, tax_before: Decimal, tax: Decimal, total: Decimal, places: int
) -> Decimal:
    """The tax in a part of a total: with its last part all of the total's tax is used up."""
    if not total:
        return ZERO
    share = rounded(tax * (before + part) / total, places) - tax_before
    return max(min(share, part), ZERO) if part >= ZERO else min(max(share, part), ZERO)


@dataclass(frozen=True, slots=True)
class Debt:
    """What something of a customer comes to: an order, an instalment or an invoice (`kind`) of a paper, or of none."""

    paper: str | None
    kind: str
    amount: Decimal
    record: str = ""


def used_of(debts: Iterable[Debt], paid: Decimal) -> Decimal:
    """How much a customer owes: of each paper the greatest of its kinds, less all that was paid.

    Orders, instalments and invoices of one paper are the same debt; what is of no paper is taken as one.
    """
    sums: dict[str | None, dict[str, Decimal]] = {}
    for debt in debts:
        kinds = sums.setdefault(debt.paper, {})
        kinds[debt.kind] = kinds.get(debt.kind, ZERO) + debt.amount
    return sum((max(kinds.values()) for kinds in sums.values()), ZERO) - paid
