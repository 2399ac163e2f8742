"""What the people of the sample firm did and are to do: notes, calls, events and tasks.

*How it works*: a deal is accompanied from its start to its end, more closely when it is large; customers
without one get a call now and then. Deals that are open mostly have a next task: some of them late, some
for today. What was planned is also the next contact of the deal and of its customer.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from guanxi.domains.demo.deals import Deal
from guanxi.domains.demo.firms import Firm
from guanxi.domains.demo.plan import Plan, Ref, Row
from guanxi.domains.demo.seasons import Season
from guanxi.domains.demo.words import ProductWords, Words

_KINDS = ("note", "call", "event", "task")
_KIND_WEIGHTS = (44, 30, 9, 17)
_METHODS = (("phone", 34), ("wecom", 22), ("visit", 24), ("wechat", 12), ("email", 8))
_OUTCOMES = (("interested", 22), ("considering", 20), ("connected", 30), ("no_answer", 20), ("no_need", 8))
_EVENT_KINDS = (("visit", 48), ("meeting", 26), ("demo", 16), ("training", 10))
_CARE = 2300
_UPCOMING_EVENTS = 46


@dataclass(slots=True)
class About:
    """What an activity is about, and the words for it."""

    links: dict[str, Ref]
    owner: str | None
    person: str
    phone: str | None
    product: ProductWords


class Doings:
    """Adds activities to a plan."""

    def __init__(self, plan: Plan, words: Words, rng: Random, season: Season) -> None:
        self.plan, self.words, self.rng, self.season = plan, words, rng, season
        self.yesterday = plan.day - timedelta(days=1)
        self.last: dict[Ref, datetime] = {}
        """The latest contact with each record."""

    def accompany(self, deals: list[Deal]) -> None:
        """Activities of deals, in the past."""
        for deal in deals:
            days = max(1, (deal.end - deal.start).days)
            count = (
                1
                + (deal.amount > 100_000)
                + (deal.amount > 400_000)
                + (self.rng.random() < min(0.9, days / 60))
            )
            about = self.about_deal(deal)
            for _ in range(count):
                self.add(about, self.season.day(self.rng, deal.start, min(deal.end, self.yesterday)))

    def care(self, firms: list[Firm]) -> None:
        """Calls and notes about customers without a deal in mind."""
        served = [firm for firm in firms if firm.owner and firm.since < self.yesterday]
        weights = [firm.weight**0.5 for firm in served]
        for firm in self.rng.choices(served, weights, k=_CARE):
            first = max(firm.since, self.plan.day - timedelta(days=540))
            self.add(self.about_firm(firm), self.season.day(self.rng, first, self.yesterday))

    def plan_ahead(self, deals: list[Deal], firms: list[Firm]) -> None:
        """Open tasks, next contacts and appointments, some of them late and some for today."""
        for deal in deals:
            if deal.status == "open" and self.rng.random() < 0.72:
                self.add_open_task(self.about_deal(deal), self.words.texts.tasks)
        served = [firm for firm in firms if firm.owner]
        for firm in self.rng.sample(served, 140):
            self.add_open_task(self.about_firm(firm), self.words.texts.care_tasks)
        open_deals = [deal for deal in deals if deal.status == "open"]
        for deal in self.rng.choices(open_deals, k=_UPCOMING_EVENTS):
            day = self.season.workday(
                self.plan.day + timedelta(days=self.rng.choice((0, 0, 1, 1, 2, 3, 4, 6, 8, 12)))
            )
            self.add_event(self.about_deal(deal), day, made=self.yesterday)

    def about_deal(self, deal: Deal) -> About:
        """The words and links of a deal."""
        links = {"opportunity": deal.ref, "customer": deal.firm.ref}
        if deal.contact is not None:
            links["contact"] = deal.contact
        return self._about(links, deal.owner, deal.product, deal.firm)

    def about_firm(self, firm: Firm) -> About:
        """The words and links of a customer."""
        links = {"customer": firm.ref}
        if firm.contacts:
            links["contact"] = self.rng.choice(firm.contacts)
        return self._about(links, firm.owner, self.rng.choice(self.words.products), firm)

    def _about(self, links: dict[str, Ref], owner: str | None, product: ProductWords, firm: Firm) -> About:
        person = links.get("contact") or (firm.contacts[0] if firm.contacts else None)
        values = self.plan.row(person).values if person else {}
        return About(links, owner, str(values.get("name", "")), values.get("mobile"), product)

    def add(self, about: About, day: date) -> None:
        """One activity of some kind on a past day."""
        kind = self.rng.choices(_KINDS, _KIND_WEIGHTS)[0]
        if kind == "note":
            self.add_note(about, day)
        elif kind == "call":
            self.add_call(about, day)
        elif kind == "event":
            self.add_event(about, day, made=day - timedelta(days=self.rng.randint(1, 6)))
        else:
            self.add_done_task(about, day)

    def add_note(self, about: About, day: date) -> None:
        """A follow-up written down."""
        at = self.season.moment(self.rng, day)
        body = self._text(about, self.words.texts.notes, day)
        self._put("note", about, {"body": body, "method": self._weighted(_METHODS)}, at)
        self._contacted(about, at)

    def add_call(self, about: About, day: date) -> None:
        """A call, answered or not."""
        at = self.season.moment(self.rng, day)
        outcome = self._weighted(_OUTCOMES)
        seconds = 0 if outcome == "no_answer" else round(self.rng.lognormvariate(4.9, 0.8))
        values = {
            "body": self._text(about, self.words.texts.calls[outcome], day),
            "outcome": outcome,
            "direction": "inbound" if outcome != "no_answer" and self.rng.random() < 0.22 else "outbound",
            "at": at,
            "duration": min(seconds, 3600),
            "phone": about.phone,
        }
        self._put("call", about, values, at + timedelta(seconds=min(seconds, 3600)))
        if outcome != "no_answer":
            self._contacted(about, at)

    def add_event(self, about: About, day: date, *, made: date) -> None:
        """A visit, a meeting, a demonstration."""
        start = self.season.appointment(self.rng, day)
        kind = self._weighted(_EVENT_KINDS)
        values = {
            "subject": self._text(about, self.words.texts.events[kind], day),
            "kind": kind,
            "start_at": start,
            "end_at": start + timedelta(minutes=self.rng.choice((60, 60, 90, 120, 180))),
            "place": self.rng.choice(self.words.texts.places),
        }
        self._put("event", about, values, self.season.moment(self.rng, min(made, self.yesterday)))
        if day <= self.yesterday:
            self._contacted(about, start)

    def add_done_task(self, about: About, day: date) -> None:
        """A task that was done, mostly in time."""
        made = self.season.moment(self.rng, day - timedelta(days=self.rng.randint(1, 7)))
        due = self.season.appointment(self.rng, day)
        row = self._put("task", about, self._task(about, self.words.texts.tasks, due, "done"), made)
        late = self.rng.random() < 0.2
        done = (
            due + timedelta(hours=self.rng.randint(20, 50))
            if late
            else due - timedelta(hours=self.rng.randint(0, 20))
        )
        row.kept["done_at"] = min(max(done, made), self.season.moment(self.rng, self.yesterday))

    def add_open_task(self, about: About, texts: tuple[str, ...]) -> None:
        """A task that is still to be done; it is the next contact, too."""
        ahead = self.rng.choices(
            (-9, -5, -3, -2, -1, 0, 1, 2, 3, 4, 5, 7, 9, 12, 16, 21),
            (2, 3, 3, 4, 4, 20, 9, 9, 8, 8, 7, 7, 6, 5, 3, 2),
        )[0]
        day = self.plan.day + timedelta(days=ahead)
        due = self.season.appointment(self.rng, day if ahead <= 0 else self.season.workday(day))
        made = self.season.moment(self.rng, min(self.yesterday, day) - timedelta(days=self.rng.randint(0, 4)))
        self._put("task", about, self._task(about, texts, due, "open"), made)
        for link, ref in about.links.items():
            if link in ("customer", "opportunity"):
                kept = self.plan.row(ref).kept
                kept["next_contact_at"] = min(due, kept.get("next_contact_at", due))

    def _task(self, about: About, texts: tuple[str, ...], due: datetime, status: str) -> dict[str, Any]:
        priority = self.rng.choices(("high", "normal", "low"), (22, 66, 12))[0]
        return {
            "subject": self._text(about, texts, due.date()),
            "due_at": due,
            "status": status,
            "priority": priority,
        }

    def _put(self, kind: str, about: About, values: dict[str, Any], made: datetime) -> Row:
        row = Row(
            {key: v for key, v in values.items() if v not in (None, "")} | about.links, about.owner, made
        )
        self.plan.add(kind, row)
        return row

    def _contacted(self, about: About, at: datetime) -> None:
        for ref in about.links.values():
            self.last[ref] = max(at, self.last.get(ref, at))

    def _text(self, about: About, templates: tuple[str, ...], day: date) -> str:
        rng = self.rng
        return rng.choice(templates).format(
            product=about.product.name,
            n=rng.choice((2, 2, 3, 4, 6, 8, 12)),
            month=(day.month + rng.randint(0, 3)) % 12 + 1,
            concern=rng.choice(self.words.texts.concerns),
            rival=rng.choice(self.words.rivals),
            person=about.person,
        )

    def _weighted(self, choices: tuple[tuple[str, int], ...]) -> str:
        return self.rng.choices([key for key, _ in choices], [weight for _, weight in choices])[0]
