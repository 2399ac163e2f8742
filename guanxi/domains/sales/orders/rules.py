"""How deliveries and returns stand against an order, line by line; plain Python and Decimals.

*How it works*: of every ordered line `Standing` says how many are planned, were shipped, came back. Whatever happens,
`delivered + returned + planned + left == ordered`: what comes back for good (refund) is neither delivered nor owed any
more; what comes back to be replaced (exchange) is left to deliver again.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)


@dataclass(slots=True)
class Standing:
    """What became of one ordered line.

    `planned` and `shipped` are quantities of live deliveries; `refunded` and `exchanged` came back; `announced` is what
    customers want to send back and has not come yet.
    """

    ordered: Decimal
    planned: Decimal = ZERO
    shipped: Decimal = ZERO
    refunded: Decimal = ZERO
    exchanged: Decimal = ZERO
    announced: Decimal = ZERO

    @property
    def left(self) -> Decimal:
        """How many may still be put on a delivery."""
        return self.ordered + self.exchanged - self.planned - self.shipped

    @property
    def unshipped(self) -> Decimal:
        """How many have not left the house."""
        return self.left + self.planned

    @property
    def returnable(self) -> Decimal:
        """How many may still be put on a return."""
        return self.delivered - self.announced

    @property
    def delivered(self) -> Decimal:
        """How many the customer has or is about to get."""
        return self.shipped - self.refunded - self.exchanged

    @property
    def returned(self) -> Decimal:
        """How many came back for good."""
        return self.refunded


def status_of(standings: Collection[Standing], *, on_the_way: bool) -> str:
    """What an order's state is, by what became of its lines; `on_the_way`: a delivery has not been received yet."""
    if not any(standing.shipped for standing in standings):
        return "confirmed"
    if on_the_way or any(standing.unshipped > ZERO for standing in standings):
        return "in_delivery"
    return "delivered"


def share(amount: Decimal, part: Decimal, whole: Decimal, places: int) -> Decimal:
    """What `part` of `whole` pieces come to that cost `amount` together: all of it for all of them."""
    if not whole:
        return ZERO
    return (amount * part / whole).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
