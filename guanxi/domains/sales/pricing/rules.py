"""The arithmetic of papers: lines, discounts, taxes, totals, prices and bands; plain Python and Decimals.

*How it works*: every amount is rounded half up to the currency's minor unit as soon as it is made, line by
line, and totals are sums of rounded lines: what is printed adds up. A discount on the whole paper is spread
over its lines in proportion to their amounts by the largest remainder, so that its shares sum to it exactly.
With `tax_included` (含税价) prices hold their tax and net = gross - tax; otherwise tax is added. Either way
net + tax = gross on every line and in the totals.

*Rules*: no floats; nothing negative comes in, and nothing negative comes out.

*See*: kit/currencies.py for minor units; documents.py, where this is applied to records.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
HUNDRED = Decimal(100)
LARGEST = Decimal(10) ** 13
"""No amount reaches it: a money field holds 15 digits, two of them behind the point."""


@dataclass(frozen=True, slots=True)
class Line:
    """What a line says: so many at such a price, less a discount, with such a tax (both in hundredths)."""

    quantity: Decimal
    price: Decimal
    discount: Decimal = ZERO
    tax_rate: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a line comes to: before discounts, after its own (`amount`), after the paper's too (`net` + `tax`)."""

    full: Decimal
    amount: Decimal
    share: Decimal
    net: Decimal
    tax: Decimal

    @property
    def gross(self) -> Decimal:
        """What is paid for it."""
        return self.net + self.tax


@dataclass(frozen=True, slots=True)
class Totals:
    """What a paper comes to. `subtotal` - `discount` is `total` where prices hold their tax, else `net`."""

    subtotal: Decimal
    discount: Decimal
    net: Decimal
    tax: Decimal
    total: Decimal


def rounded(amount: Decimal, places: int) -> Decimal:
    """Half up (away from nothing) to so many places."""
    return amount.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def part_of(amount: Decimal, percent: Decimal, places: int) -> Decimal:
    """So many hundredths of an amount, rounded."""
    return rounded(amount * percent / HUNDRED, places)


def spread(amount: Decimal, weights: Sequence[Decimal], places: int) -> list[Decimal]:
    """Shares of `amount` in proportion to `weights`, that sum to it exactly (largest remainder, earlier first).

    With weights that sum to nothing everything goes to the first; without weights there are no shares.
    """
    minor, parts = int(amount.scaleb(places)), [int(weight.scaleb(places)) for weight in weights]
    whole = sum(parts)
    if not whole:
        return [amount if n == 0 else ZERO for n in range(len(weights))]
    shares = [minor * part // whole for part in parts]
    order = sorted(range(len(parts)), key=lambda n: (-(minor * parts[n] % whole), n))
    for n in order[: minor - sum(shares)]:
        shares[n] += 1
    return [Decimal(share).scaleb(-places) for share in shares]


def reckon(
    lines: Sequence[Line], *, places: int, tax_included: bool = True, discount: Decimal = ZERO
) -> tuple[list[Reckoned], Totals]:
    """What lines and their paper come to; `discount` is that of the whole paper, in hundredths."""
    full = [rounded(line.quantity * line.price, places) for line in lines]
    cut = [part_of(amount, line.discount, places) for amount, line in zip(full, lines, strict=True)]
    amounts = [amount - less for amount, less in zip(full, cut, strict=True)]
    off = part_of(sum(amounts, ZERO), discount, places)
    shares = spread(off, amounts, places)
    found = []
    for n, line in enumerate(lines):
        left = amounts[n] - shares[n]
        net, tax = taxed(left, line.tax_rate, places, tax_included=tax_included)
        found.append(Reckoned(full[n], amounts[n], shares[n], net, tax))
    net, tax = sum((r.net for r in found), ZERO), sum((r.tax for r in found), ZERO)
    return found, Totals(sum(full, ZERO), sum(cut, ZERO) + off, net, tax, net + tax)


def taxed(amount: Decimal, rate: Decimal, places: int, *, tax_included: bool) -> tuple[Decimal, Decimal]:
    """Net and tax of an amount that holds its tax, or that it is added to."""
    if not tax_included:
        return amount, part_of(amount, rate, places)
    tax = rounded(amount * rate / (HUNDRED + rate), places)
    return amount - tax, tax


@dataclass(frozen=True, slots=True)
class Priced:
    """A price that a price book has for a product: from what quantity, from and to which days, and how special.

    `rank` is higher the more exactly its book fits the customer (level, region, currency).
    """

    price: Decimal
    from_quantity: Decimal = ZERO
    starts: date | None = None
    ends: date | None = None
    rank: int = 0
    position: int = 0


def best_price(prices: Iterable[Priced], quantity: Decimal, day: date) -> Priced | None:
    """The price that holds for a quantity on a day: of the book that fits best, of its largest quantity reached.

    Of several books that fit equally well it is the one that stands first, then the lower price.
    """
    holding = [
        p
        for p in prices
        if p.from_quantity <= quantity
        and (p.starts is None or p.starts <= day)
        and (p.ends is None or day <= p.ends)
    ]
    return min(holding, key=lambda p: (-p.rank, p.position, -p.from_quantity, p.price), default=None)


@dataclass(frozen=True, slots=True)
class Band:
    """How much discount people of a role (None: all) may give customers of a level (None: all), in hundredths."""

    limit: Decimal
    role: str | None = None
    tier: str | None = None


def allowed_discount(bands: Iterable[Band], roles: Iterable[str], tier: str | None) -> Decimal | None:
    """The largest discount that any of somebody's roles may give a customer of a level; None without any band.

    Where a band names the level, those for all levels do not count for the same role.
    """
    held = set(roles)
    mine = [b for b in bands if (b.role is None or b.role in held) and b.tier in (None, tier)]
    named = {b.role for b in mine if b.tier is not None}
    return max((b.limit for b in mine if b.tier is not None or b.role not in named), default=None)


def discount_from_list(list_price: Decimal | None, price: Decimal, discount: Decimal) -> Decimal:
    """By how many hundredths a line is below the list price, its own discount included; 0 where it is above."""
    if not list_price:
        return discount
    paid = price * (HUNDRED - discount) / HUNDRED
    return max(ZERO, (list_price - paid) * HUNDRED / list_price)


def is_below_floor(floor: Decimal | None, price: Decimal, discount: Decimal) -> bool:
    """Whether a line sells below the floor price."""
    return floor is not None and price * (HUNDRED - discount) / HUNDRED < floor
