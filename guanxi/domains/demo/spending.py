"""What the sample firm spends to win its deals and to keep its customers.

*Rules*: the last days' expenses wait for approval or are drafts; what is older was approved, or sent back.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from guanxi.domains.demo.deals import Deal
from guanxi.domains.demo.plan import Person, Plan, Row
from guanxi.domains.demo.seasons import Season
from guanxi.domains.demo.words import Words

RECENT = timedelta(days=200)
OF_DEALS = 0.22
_KINDS = (("visit", 46), ("gift", 16), ("sample", 16), ("shipping", 8), ("service", 14))
_AMOUNTS = {
    "visit": (180, 2600),
    "gift": (120, 1500),
    "sample": (300, 4200),
    "shipping": (260, 5200),
}
_HOURLY = 120
_NEW = ("draft", "submitted", "submitted", "submitted", "approved", "rejected")
_OLD = ("approved",) * 24 + ("rejected",)


def add_expenses(plan: Plan, words: Words, rng: Random, season: Season, deals: list[Deal]) -> None:
    """Add expenses, oldest first: of deals, and of campaigns."""
    spender = _Spender(plan, words, rng, season)
    first = plan.day - RECENT
    found: list[tuple[date, Deal | None]] = [
        (season.day(rng, max(deal.start, first), min(deal.end, spender.yesterday)), deal)
        for deal in deals
        if deal.owner and deal.end >= first and rng.random() < OF_DEALS + (deal.amount > 200_000) * 0.3
    ]
    found += [
        (season.day(rng, first, spender.yesterday), None) for _ in range(3 * len(words.trade.campaigns))
    ]
    for day, deal in sorted(found, key=lambda each: each[0]):
        spender.spend(day, deal)


class _Spender:
    """Makes expenses one after the other."""

    def __init__(self, plan: Plan, words: Words, rng: Random, season: Season) -> None:
        self.plan, self.words, self.rng, self.season = plan, words, rng, season
        self.yesterday = plan.day - timedelta(days=1)
        self.boss = {p.team: p.key for p in words.people if p.manages}
        self.team = {p.key: p.team for p in words.people}
        self.chief = next(p.key for p in words.people if p.manages and not p.sells)
        self.marketing = next(p.key for p in words.people if p.team == "marketing")

    def spend(self, day: date, deal: Deal | None) -> None:
        """An expense of a day, on a deal or a campaign."""
        values = self._of_campaign() if deal is None else self._of_deal(deal)
        values["spent_on"] = day.isoformat()
        owner = self.marketing if deal is None else str(deal.owner)
        row = Row(values, owner, self.season.moment(self.rng, day))
        self._decide(row, owner, (self.plan.day - day).days)
        self.plan.add("expense", row)

    def _of_campaign(self) -> dict[str, Any]:
        campaign = self.rng.choice(self.words.trade.campaigns)
        return {
            "name": campaign,
            "kind": "campaign",
            "campaign": campaign,
            "amount": self.rng.randint(20, 260) * 100,
        }

    def _of_deal(self, deal: Deal) -> dict[str, Any]:
        rng = self.rng
        kind = rng.choices([key for key, _ in _KINDS], [weight for _, weight in _KINDS])[0]
        firm = self.plan.row(deal.firm.ref).values["name"]
        values: dict[str, Any] = {
            "name": rng.choice(self.words.trade.expenses[kind]).format(firm=firm), "kind": kind,
            "customer": deal.firm.ref, "opportunity": deal.ref,
        }  # fmt: skip
        if kind == "service":
            return values | {"hours": rng.choice((2, 4, 8, 8, 16, 24)), "hourly_cost": _HOURLY}
        low, high = _AMOUNTS[kind]
        return values | {"amount": rng.randint(low, high)}

    def _decide(self, row: Row, owner: str, age: int) -> None:
        rng = self.rng
        status = rng.choice(_NEW if age <= 12 else _OLD)
        if status == "draft":
            return
        asked = row.created_at + timedelta(minutes=rng.randint(10, 200))
        row.kept |= {"status": status, "submitted_by": Person(owner), "submitted_at": asked}
        if status == "submitted":
            return
        boss = self.boss.get(self.team[owner], self.chief)
        row.kept["decided_by"] = Person(self.chief if boss == owner else boss)
        row.kept["decided_at"] = min(
            asked + timedelta(hours=rng.randint(2, 60)),
            self.season.moment(rng, max(self.yesterday, asked.date())),
        )
        if status == "rejected":
            row.kept["decision_note"] = rng.choice(self.words.trade.sent_back)
