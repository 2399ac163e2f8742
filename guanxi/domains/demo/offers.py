"""What the sample firm offers and signs: price books, discount bands, exchange rates, quotes and contracts.

*How it works*: an open deal that has reached its proposal has a quote, a deal won in the last year an accepted
one and, where it is large enough, a contract. Their lines say the deal's product, number and price; what is
below the list price is a discount.

*Rules*: contracts ask for no notice before their end, so that no deal is made for them while nobody looks.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from guanxi.domains.demo.deals import Deal
from guanxi.domains.demo.plan import Plan, Ref, Row
from guanxi.domains.demo.seasons import Season
from guanxi.domains.demo.words import OfferWords, ProductWords, Words
from guanxi.domains.sales.pricing.rules import Line, reckon

RECENT = timedelta(days=365)
VALID = timedelta(days=30)
SMALLEST_CONTRACT = 50_000
TAX = Decimal(13)
_KEY_ACCOUNTS = 0.94
_DOZEN = 0.92
_RATES = {"USD": (7.18, 7.12, 7.09, 7.11), "EUR": (8.21, 8.34, 8.29, 8.26)}
_OPEN = {"proposal": ("draft", "sent", "sent"), "negotiation": ("sent",), "contract": ("accepted", "sent")}


def add_prices(plan: Plan, words: Words, rng: Random, season: Season, products: dict[str, Ref]) -> None:
    """Add a price book for key accounts, who may discount how much, and exchange rates by the quarter."""
    made = season.moment(rng, plan.day - RECENT)
    book = plan.add(
        "price_book",
        Row(
            {"name": words.offers.key_accounts, "tiers": ["high"], "priority": 10, "is_active": True},
            None,
            made,
        ),
    )
    for product in words.products:
        steps = {None: _KEY_ACCOUNTS} | ({10: _KEY_ACCOUNTS * _DOZEN} if product.price < 5_000 else {})
        for quantity, share in steps.items():
            values = {
                "price_book": book, "product": products[product.code], "price": round(product.price * share),
                "from_quantity": quantity,
            }  # fmt: skip
            plan.add("price_book_entry", Row(values, None, made))
    for role, tier, limit, contract_limit in (
        ("member", None, 8, 500_000),
        ("member", "high", 12, 800_000),
        ("manager", None, 20, 2_000_000),
    ):
        values = {"role": role, "tier": tier, "limit": limit, "contract_limit": contract_limit}
        plan.add("discount_band", Row(values, None, made))
    for currency, rates in _RATES.items():
        for quarter, rate in enumerate(rates):
            day = plan.day - RECENT + timedelta(days=91 * quarter)
            values = {"currency": currency, "day": day.isoformat(), "rate": rate}
            plan.add("currency_rate", Row(values, None, season.moment(rng, day)))


@dataclass(frozen=True, slots=True)
class Signed:
    """A deal that was won in the last year: its papers, their line, and what it comes to."""

    deal: Deal
    quote: Ref
    contract: Ref | None
    line: dict[str, Any]
    total: Decimal


def add_papers(
    plan: Plan, words: Words, rng: Random, season: Season, deals: list[Deal], products: dict[str, Ref]
) -> list[Signed]:
    """Add the quotes of deals and the contracts of those that were won, oldest first; gives what was signed."""
    papers = _Papers(plan, words.offers, rng, season, products)
    signed = []
    recent = [deal for deal in deals if plan.day - deal.end <= RECENT]
    for deal in sorted(recent, key=lambda deal: (deal.end, deal.ref.index)):
        if deal.status == "won":
            quote = papers.quote(deal, "accepted", deal.end - timedelta(days=rng.randint(3, 14)))
            contract = papers.contract(deal, quote) if deal.amount >= SMALLEST_CONTRACT else None
            line = plan.row(quote).values["items"][0]
            signed.append(Signed(deal, quote, contract, line, _worth(line, plan.decimals)))
        elif deal.status == "lost" and rng.random() < 0.25:
            papers.quote(deal, "declined", deal.end - timedelta(days=rng.randint(5, 20)))
        elif deal.status == "open" and deal.stage in _OPEN:
            papers.quote(deal, rng.choice(_OPEN[deal.stage]), plan.day - timedelta(days=rng.randint(1, 20)))
    return signed


class _Papers:
    """Makes papers one after the other."""

    def __init__(
        self, plan: Plan, words: OfferWords, rng: Random, season: Season, products: dict[str, Ref]
    ) -> None:
        self.plan, self.words, self.rng, self.season, self.products = plan, words, rng, season, products

    def quote(self, deal: Deal, status: str, day: date) -> Ref:
        """The deal's quote of a day, in a state."""
        day = max(day, deal.start)
        values = {
            **self._shared(deal), "name": self.words.quote.format(deal=self._name(deal)), "issued_on": day.isoformat(),
            "valid_until": (day + VALID).isoformat(), "terms": self.words.terms,
        }  # fmt: skip
        kept: dict[str, Any] = {"status": status}
        made = self.season.moment(self.rng, day)
        if status != "draft":
            kept["sent_at"] = made + timedelta(minutes=20)
        if status in ("accepted", "declined"):
            kept["answered_at"] = self.season.moment(
                self.rng, min(deal.end, self.plan.day - timedelta(days=1))
            )
        return self.plan.add("quote", Row(values, deal.owner, made, kept))

    def contract(self, deal: Deal, quote: Ref) -> Ref:
        """The contract of a deal that was won: maintenance runs for a year, goods until they are handed over."""
        service = deal.product.code.startswith("SV-Y")
        ends = deal.end + timedelta(days=365 if service else self.rng.randint(60, 200))
        values = {
            **self._shared(deal), "name": self.words.contract.format(deal=self._name(deal)), "quote": quote,
            "kind": "service" if service else "sale",
            "signed_on": deal.end.isoformat(), "starts_on": deal.end.isoformat(), "ends_on": ends.isoformat(),
            "notice_days": 0, "terms": self.words.terms,
        }  # fmt: skip
        status = "finished" if ends < self.plan.day else "active"
        made = self.season.moment(self.rng, deal.end)
        return self.plan.add("contract", Row(values, deal.owner, made, {"status": status}))

    def _shared(self, deal: Deal) -> dict[str, Any]:
        parties = {"customer": deal.firm.ref, "contact": deal.contact, "opportunity": deal.ref}
        line = _line(deal.product, self.products[deal.product.code], deal.quantity, deal.amount)
        return {**{key: ref for key, ref in parties.items() if ref is not None}, "items": [line]}

    def _name(self, deal: Deal) -> str:
        return str(self.plan.row(deal.ref).values["name"])


def _worth(line: dict[str, Any], decimals: int) -> Decimal:
    """What a paper with this line comes to, tax included."""
    found = Line(
        Decimal(line["quantity"]), Decimal(str(line["price"])), Decimal(str(line.get("discount", 0))), TAX
    )
    return reckon([found], places=decimals)[1].total


def _line(product: ProductWords, ref: Ref, quantity: int, amount: int) -> dict[str, Any]:
    """The line that comes to the deal's amount: below the list price by a discount, above it by its price."""
    full = product.price * quantity
    line: dict[str, Any] = {"product": ref, "quantity": quantity, "price": product.price}
    if amount < full:
        line["discount"] = round((1 - amount / full) * 100, 1)
    else:
        line["price"] = round(amount / quantity, 2)
    return line
