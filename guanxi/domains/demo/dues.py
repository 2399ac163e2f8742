"""What customers of the sample firm owe and have paid: instalments of contracts, single dues of small orders, payments.

*How it works*: a contract is paid in three parts, on signing, before delivery and on acceptance; maintenance in one.
Most customers pay on time, some weeks late, a few keep one waiting for months; now and then only a part comes, two
parts come together, or more than was due. What was to come by yesterday and did not is what is overdue today.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from guanxi.domains.demo.billing import Billing
from guanxi.domains.demo.offers import Signed
from guanxi.domains.demo.plan import Plan, Ref, Row
from guanxi.domains.demo.seasons import Season
from guanxi.domains.demo.words import Words

RECENT = timedelta(days=200)
_SHARES = (Decimal("0.3"), Decimal("0.6"))
_HUNDREDS = Decimal(100)
_NOTICE = timedelta(days=3)
_METHODS = (
    ("transfer", 68), ("acceptance", 18), ("wechat", 5), ("cheque", 4), ("alipay", 3), ("cash", 2),
)  # fmt: skip


def add_dues(plan: Plan, words: Words, rng: Random, season: Season, signed: list[Signed]) -> None:
    """Add instalments and the payments of them, oldest first."""
    dues = _Dues(plan, words, rng, season)
    for each in signed:
        if plan.day - each.deal.end <= RECENT and (each.contract is not None or rng.random() < 0.4):
            dues.add(each)
    dues.write_payments()


@dataclass(slots=True)
class _Money:
    """A payment: when it came, from whom, and how much of it is for which instalment."""

    day: date
    signed: Signed
    parts: list[tuple[Ref, Decimal]]
    surplus: Decimal = Decimal(0)

    @property
    def amount(self) -> Decimal:
        return sum((amount for _, amount in self.parts), self.surplus)


class _Dues:
    """Makes instalments, and gathers what comes for them."""

    def __init__(self, plan: Plan, words: Words, rng: Random, season: Season) -> None:
        self.plan, self.words, self.rng, self.season = plan, words, rng, season
        self.yesterday = plan.day - timedelta(days=1)
        self.money: list[_Money] = []
        self.billing = Billing(plan, season)

    def add(self, signed: Signed) -> None:
        """The instalments of a deal, and what has come for them."""
        rng = self.rng
        patience = rng.choices(((-4, 3), (5, 28), (30, 150)), (74, 17, 9))[0]
        before: _Money | None = None
        for name, due, amount in self._split(signed):
            plan = self._instalment(signed, name, due, amount)
            self.billing.add(plan, due)
            came = self.season.workday(due + timedelta(days=rng.randint(*patience)))
            if before is not None and before.day <= self.yesterday and rng.random() < 0.06:
                before.parts.append((plan, amount))  # paid along with the one before
                continue
            some = amount
            if amount > 2 * _HUNDREDS and rng.random() < 0.07:
                some = (amount / 2 // _HUNDREDS) * _HUNDREDS
                came = self.season.workday(due - timedelta(days=rng.randint(3, 15)))
                self._come(signed, came + timedelta(days=rng.randint(12, 60)), plan, amount - some)
            before = self._come(signed, came, plan, some)

    def _split(self, signed: Signed) -> list[tuple[str, date, Decimal]]:
        """Name, day and amount of each instalment; together they are the whole."""
        rng, deal, trade = self.rng, signed.deal, self.words.trade
        if signed.contract is None or self.plan.row(signed.contract).values["kind"] == "service":
            return [(trade.single, deal.end + timedelta(days=rng.choice((15, 30, 30, 60))), signed.total)]
        first = deal.end + timedelta(days=rng.randint(5, 10))
        second = first + timedelta(days=rng.randint(15, 70))
        third = second + timedelta(days=rng.randint(30, 75))
        parts = [(signed.total * share // _HUNDREDS) * _HUNDREDS for share in _SHARES]
        amounts = [*parts, signed.total - sum(parts)]
        return list(zip(trade.instalments, (first, second, third), amounts, strict=True))

    def _instalment(self, signed: Signed, name: str, due: date, amount: Decimal) -> Ref:
        deal = signed.deal
        values: dict[str, Any] = {
            "name": name, "customer": deal.firm.ref, "contract": signed.contract, "due_on": due.isoformat(),
            "amount": str(amount),
        }  # fmt: skip
        if signed.contract is None:
            values["name"] = f"{name} · {self.plan.row(deal.ref).values['name']}"
        kept: dict[str, Any] = {}
        if timedelta(0) <= due - self.plan.day <= _NOTICE:  # they have been told: it is no news tonight
            kept["reminder"] = "on_day" if due == self.plan.day else "before"
        made = self.season.moment(self.rng, min(deal.end, self.yesterday))
        row = Row({k: v for k, v in values.items() if v}, deal.owner, made, kept)
        return self.plan.add("payment_plan", row)

    def _come(self, signed: Signed, day: date, plan: Ref, amount: Decimal) -> _Money:
        money = _Money(day, signed, [(plan, amount)])
        if self.rng.random() < 0.012:
            money.surplus = _HUNDREDS * self.rng.randint(1, 40)
        self.money.append(money)
        return money

    def write_payments(self) -> None:
        """Add what has come by yesterday, by day; some of the last days' is not allocated yet."""
        rng = self.rng
        rows = self.plan.rows["payment_plan"]
        for money in sorted(self.money, key=lambda money: (money.day, money.parts[0][0].index)):
            if money.day > self.yesterday:
                continue
            fresh = (self.plan.day - money.day).days <= 4 and rng.random() < 0.35
            customer = self.plan.row(money.signed.deal.firm.ref).values["name"]
            values: dict[str, Any] = {
                "customer": money.signed.deal.firm.ref, "paid_on": money.day.isoformat(), "payer": customer,
                "method": rng.choices([key for key, _ in _METHODS], [weight for _, weight in _METHODS])[0],
                "reference": f"{money.day:%Y%m%d}{rng.randrange(10**8):08d}", "amount": str(money.amount),
            }  # fmt: skip
            made = self.season.moment(rng, money.day)
            parts = [] if fresh else money.parts
            values["allocations"] = [self.billing.part(plan, amount, made) for plan, amount in parts]
            self.plan.add("payment", Row(values, money.signed.deal.owner, made))
            for plan, _ in parts:
                row = rows[plan.index]
                row.changed_at = max(made, row.changed_at or made)
