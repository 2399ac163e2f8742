"""Products and deals of the sample firm: two years of them, as a real funnel leaves them behind.

*How it works*: a deal starts on some day and takes a number of days drawn around its size; a third is
won, half is lost, a few get stuck. One that has not run its course by today is open, at the stage that
its share of the way tells. Customers who buy more deal more often.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from guanxi.domains.demo.firms import Firm
from guanxi.domains.demo.plan import Plan, Ref, Row
from guanxi.domains.demo.seasons import Season
from guanxi.domains.demo.words import ProductWords, Words

DEALS = 3000
YEARS = 2
_STAGES = (
    ("qualification", 0.0),
    ("needs", 0.22),
    ("proposal", 0.45),
    ("negotiation", 0.72),
    ("contract", 0.9),
)
_REASONS = (
    ("price", 26), ("competitor", 22), ("no_decision", 16), ("no_budget", 13), ("requirements", 9), ("delivery", 6),
    ("cancelled", 5), ("relationship", 3),
)  # fmt: skip
_CATEGORY_WEIGHTS = (30, 16, 13, 17, 9, 8, 7)


@dataclass(slots=True)
class Deal:
    """A deal while the plan is made: what its activities need to know of it."""

    ref: Ref
    firm: Firm
    contact: Ref | None
    product: ProductWords
    quantity: int
    start: date
    end: date
    status: str
    stage: str
    amount: int
    owner: str | None


def add_products(plan: Plan, words: Words, rng: Random, season: Season) -> dict[str, Ref]:
    """Add the catalogue; gives its references by code."""
    made = season.moment(rng, season.first)
    found = {}
    for product in words.products:
        values = {
            "name": product.name,
            "code": f"LN-{product.code}",
            "category": product.category,
            "unit": product.unit,
            "price": product.price,
            "cost": round(product.price * (1 - product.margin), -1 if product.price < 10_000 else -2),
            "tax_rate": 13,
            "is_active": product.code not in ("RB-GT", "CV-BT"),
        }
        found[product.code] = plan.add("product", Row(values, None, made))
    return found


def add_deals(
    plan: Plan, words: Words, rng: Random, season: Season, firms: list[Firm], products: dict[str, Ref]
) -> list[Deal]:
    """Add deals, oldest first."""
    first = plan.day - timedelta(days=365 * YEARS)
    yesterday = plan.day - timedelta(days=1)
    since = [firm.since for firm in firms]  # ascending, as firms were added
    sums = list(accumulate(firm.weight for firm in firms))
    categories = list(words.scenarios)
    sellers = [person.key for person in words.people if person.sells]
    deals = []
    for number, start in enumerate(sorted(season.day(rng, first, yesterday) for _ in range(DEALS)), 1):
        known = bisect_right(since, start)
        firm = firms[min(bisect_right(sums, rng.random() * sums[known - 1]), known - 1)]
        weights = _CATEGORY_WEIGHTS if firm.trade.industry != "education" else (4, 6, 1, 4, 70, 10, 5)
        category = rng.choices(categories, weights)[0]
        product = rng.choice([p for p in words.products if p.category == category])
        owner = firm.owner or rng.choice(sellers)
        deals.append(
            _add_deal(plan, words, rng, season, firm, product, products[product.code], start, owner, number)
        )
    return deals


def _add_deal(
    plan: Plan, words: Words, rng: Random, season: Season, firm: Firm, product: ProductWords, product_ref: Ref,
    start: date, owner: str, number: int,
) -> Deal:  # fmt: skip
    quantity, amount = _size(rng, product)
    length = max(
        4,
        round(
            rng.lognormvariate(3.75, 0.5) * (0.55 if amount < 50_000 else 1.0 if amount < 400_000 else 1.4)
        ),
    )
    fate = rng.random()
    won = fate < 0.37 + (0.08 if firm.weight > 4 else 0)
    stuck = not won and fate > 0.92
    length = length if won else round(length * 0.85) if not stuck else 260
    end = start + timedelta(days=length)
    is_open = end >= plan.day
    status = "open" if is_open else "won" if won else "lost"
    share = (plan.day - start).days / length
    farthest = share if won else min(share, rng.choice((0.4, 0.7, 0.75, 0.92))) * (0.7 if stuck else 1)
    reached = [(key, at) for key, at in _STAGES if at <= farthest]
    stage, entered_share = reached[-1] if is_open else (status, 1.0)
    entered = (
        end
        if not is_open
        else min(start + timedelta(days=round(length * entered_share)), plan.day - timedelta(days=1))
    )
    contact = rng.choice(firm.contacts) if firm.contacts and rng.random() < 0.92 else None
    scenario = rng.choice(words.scenarios[product.category]).format(n=quantity if quantity > 1 else 2)
    values: dict[str, Any] = {
        "name": scenario,
        "number": f"SJ-{start:%y%m}-{number:04d}",
        "customer": firm.ref,
        "contact": contact,
        "product": product_ref,
        "stage": stage,
        "amount": amount,
        "start_date": start.isoformat(),
        "expected_close_date": season.workday(end + timedelta(days=rng.randint(-9, 6))).isoformat(),
        "source": plan.row(firm.ref).values["source"],
    }
    if stuck and is_open:
        values["expected_close_date"] = (start + timedelta(days=rng.randint(45, 90))).isoformat()
    if is_open:
        values["next_step"] = rng.choice(words.texts.next_steps)
        if rng.random() < 0.15:
            values["probability"] = rng.choice((15, 20, 35, 40, 55, 60, 65, 75, 80))
    else:
        values["close_date"] = end.isoformat()
    if status == "lost":
        _lose(words, rng, values, end)
    if "competitor" not in values and rng.random() < 0.12:
        values["competitor"] = rng.choice(words.rivals)
    moment = season.moment(rng, entered)
    row = Row({k: v for k, v in values.items() if v is not None}, owner, season.moment(rng, start))
    row.kept["stage_entered_at"] = max(moment, row.created_at)
    ref = plan.add("opportunity", row)
    return Deal(
        ref, firm, contact, product, quantity, start, min(end, plan.day), status, stage, amount, owner
    )


def _size(rng: Random, product: ProductWords) -> tuple[int, int]:
    """How many, and for how much: cheap things are bought by the dozen."""
    if product.price < 5_000:
        quantity = rng.choice((6, 10, 12, 20, 24, 30, 40))
    elif product.price < 50_000:
        quantity = rng.choice((1, 2, 2, 3, 4, 6, 8, 12))
    else:
        quantity = rng.choices((1, 2, 3, 4, 6), (46, 28, 14, 8, 4))[0]
    amount = product.price * quantity * rng.uniform(0.86, 1.12)
    step = 1000 if amount >= 100_000 else 100
    return quantity, round(amount / step) * step


def _lose(words: Words, rng: Random, values: dict[str, Any], end: date) -> None:
    reason = rng.choices([key for key, _ in _REASONS], [weight for _, weight in _REASONS])[0]
    rival = rng.choice(words.rivals)
    values["loss_reason"] = reason
    if rng.random() < 0.6:
        values["loss_note"] = rng.choice(words.texts.loss_notes[reason]).format(rival=rival, month=end.month)
    if reason in ("competitor", "price"):
        values["competitor"] = rival
