"""What the customers of the sample firm have ordered: orders, what was delivered of them, and what came back.

*How it works*: a deal that was won in the last months has an order of its contract, or of its quote where it was too
small for one. It is delivered in one to three parts around the day it is due; what should have left the house by now
has, what is due within days is planned. Where all of it has arrived most orders are completed.

*Rules*: an order has one line, hence the line has the number of its order.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from guanxi.domains.demo.offers import Signed
from guanxi.domains.demo.plan import Plan, Ref, Row
from guanxi.domains.demo.seasons import Season
from guanxi.domains.demo.words import Words
from guanxi.engine.schema.field_types.sub_table import line_key

RECENT = timedelta(days=210)
LINES = line_key("sales_order", "items")
_AHEAD = timedelta(days=12)
_SERVICES = ("SV-Y1", "SV-Y4", "SV-DBG", "MES-L", "VS-SW", "WH-WMS")
_REASONS = (("quality", 40), ("damaged", 25), ("wrong", 20), ("unwanted", 15))


def add_orders(plan: Plan, words: Words, rng: Random, season: Season, signed: list[Signed]) -> list[Signed]:
    """Add orders, oldest first, with their deliveries and returns; gives what was signed and not cancelled."""
    maker = _Orders(plan, words, rng, season)
    return [each for each in signed if plan.day - each.deal.end > RECENT or maker.add(each)]


@dataclass(slots=True)
class _Part:
    """A part of an order: how many, when it leaves and when it arrives."""

    quantity: int
    leaves: date
    arrives: date


class _Orders:
    """Makes orders one after the other."""

    def __init__(self, plan: Plan, words: Words, rng: Random, season: Season) -> None:
        self.plan, self.words, self.rng, self.season = plan, words, rng, season
        self.yesterday = plan.day - timedelta(days=1)

    def add(self, signed: Signed) -> bool:
        """The order of a deal, and what became of it; False where it was cancelled."""
        deal, rng = signed.deal, self.rng
        placed = min(self.season.workday(deal.end + timedelta(days=rng.randint(0, 4))), self.yesterday)
        longest = 20 if deal.product.code in _SERVICES else 26 if deal.amount < 50_000 else 75
        due = self.season.workday(placed + timedelta(days=rng.randint(longest // 3, longest)))
        order = self._order(signed, placed, due)
        row, fate = self.plan.row(order), rng.random()
        age = (self.plan.day - placed).days
        if age <= 7 and fate < 0.6:
            return True  # still a draft
        row.state["status"] = "confirmed"
        row.state["confirmed_at"] = row.created_at + timedelta(minutes=rng.randint(15, 300))
        if fate > 0.97 and age > 8:
            row.kept["status"] = "cancelled"
            row.kept["closing_note"] = rng.choice(self.words.trade.cancelled)
            return False
        parts = self._parts(deal.quantity, deal.product.code in _SERVICES, placed, due)
        for number, part in enumerate(parts, 1):
            self._delivery(signed, order, part, number)
        arrived = [part.arrives for part in parts if part.arrives <= self.yesterday]
        if len(arrived) < len(parts):
            return True
        row.changed_at = self.season.moment(rng, max(arrived))
        whole = not (age > 30 and rng.random() < 0.09 and self._comes_back(signed, order, max(arrived)))
        if whole and rng.random() < 0.85:
            row.kept["status"] = "completed"
        return True

    def _order(self, signed: Signed, placed: date, due: date) -> Ref:
        deal = signed.deal
        paper = self.plan.row(signed.quote).values
        values: dict[str, Any] = {
            "name": self.plan.row(deal.ref).values["name"], "customer": deal.firm.ref, "opportunity": deal.ref,
            "quote": signed.quote, "contract": signed.contract, "contact": paper.get("contact"),
            "ordered_on": placed.isoformat(), "due_on": due.isoformat(), "delivery_address": self._address(signed),
            "items": [signed.line],
        }  # fmt: skip
        row = Row({k: v for k, v in values.items() if v}, deal.owner, self.season.moment(self.rng, placed))
        return self.plan.add("sales_order", row)

    def _address(self, signed: Signed) -> str:
        deal = signed.deal
        region = self.plan.row(deal.firm.ref).values["region"]
        where = self.words.trade.between.join(part for key, part in region.items() if key != "country")
        person = self.plan.row(deal.contact).values if deal.contact else {}
        who = " ".join(str(person[key]) for key in ("name", "mobile") if key in person)
        return "\n".join(filter(None, (who, where)))

    def _parts(self, quantity: int, service: bool, placed: date, due: date) -> list[_Part]:
        rng = self.rng
        most = 1 if service else min(quantity, 3)
        count = min(most, rng.choices((1, 2, 3), (52, 33, 15))[0])
        last = max(due + timedelta(days=rng.randint(-5, 5)), placed + timedelta(days=2))
        cuts = sorted(rng.sample(range(1, quantity), count - 1))
        sizes = [b - a for a, b in zip((0, *cuts), (*cuts, quantity), strict=True)]
        days = (last - placed).days
        found = []
        for n, size in enumerate(sizes, 1):
            leaves = self.season.workday(placed + timedelta(days=max(1, days * n // count)))
            found.append(_Part(size, leaves, leaves + timedelta(days=rng.randint(2, 8))))
        return found

    def _delivery(self, signed: Signed, order: Ref, part: _Part, number: int) -> None:
        if part.leaves > self.plan.day + _AHEAD:
            return
        rng, name = self.rng, self.plan.row(order).values["name"]
        values: dict[str, Any] = {
            "name": self.words.trade.part.format(deal=name, n=number), "sales_order": order,
            "planned_on": part.leaves.isoformat(),
            "items": [{"item": Ref(LINES, order.index), "quantity": part.quantity}],
        }  # fmt: skip
        made = min(part.leaves - timedelta(days=rng.randint(0, 3)), self.yesterday)
        placed = self.plan.row(order).created_at
        row = Row(values, signed.deal.owner, max(self.season.moment(rng, made), placed + timedelta(hours=6)))
        if part.leaves <= self.yesterday:
            row.state["status"] = "shipped"
            values["shipped_on"] = part.leaves.isoformat()
            if signed.deal.product.code not in _SERVICES:
                values["carrier"] = rng.choice(self.words.trade.carriers)
                values["tracking_number"] = f"{rng.choice(('SX', 'NY', 'AT'))}{rng.randrange(10**10):010d}"
        if part.arrives <= self.yesterday:
            row.state["status"] = "received"
            values["received_on"] = part.arrives.isoformat()
            row.changed_at = self.season.moment(rng, part.arrives)
        self.plan.add("delivery", row)

    def _comes_back(self, signed: Signed, order: Ref, arrived: date) -> bool:
        """A piece of the order comes back; tells whether the order waits for something because of it."""
        rng = self.rng
        asked = min(arrived + timedelta(days=rng.randint(2, 15)), self.yesterday)
        came = asked + timedelta(days=rng.randint(3, 8))
        lately = self.plan.day - arrived < timedelta(days=60)
        kind = "exchange" if lately and rng.random() < 0.6 else "refund"
        reason = rng.choices([key for key, _ in _REASONS], [weight for _, weight in _REASONS])[0]
        values: dict[str, Any] = {
            "sales_order": order, "kind": kind, "reason": reason, "requested_on": asked.isoformat(),
            "items": [{"item": Ref(LINES, order.index), "quantity": 1}],
        }  # fmt: skip
        row = Row(values, signed.deal.owner, self.season.moment(rng, asked))
        if came <= self.yesterday:
            row.state["status"] = "received"
            values |= {"received_on": came.isoformat(), "carrier": rng.choice(self.words.trade.carriers)}
            row.changed_at = self.season.moment(rng, came)
        self.plan.add("sales_return", row)
        return kind == "exchange" or came > self.yesterday
