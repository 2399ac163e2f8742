"""What the sample firm's customers order again and again: spare parts, consumables and upkeep, each in their own rhythm.

*How it works*: every seventh customer has a need (machines, vision, conveyors, teaching) with the few products that go with
it, a rhythm of their own and a day on which they stop. The rates, the leaving and the amounts differ between customers as
the models of insight suppose, so that these have something to find.

*Rules*: a source of chance of its own, so that nothing else of the firm changes. Orders are over and done with: delivered
and paid on the spot, without papers. They lie at least a week back.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from guanxi.domains.demo.firms import Firm
from guanxi.domains.demo.plan import Plan, Ref, Row
from guanxi.domains.demo.seasons import Season
from guanxi.domains.demo.words import ProductWords, Words

SHARE = 0.15
"""Of the customers, those who order again and again."""
SPAN = timedelta(days=730)
SEED = 7
TYPICAL = 40_000
"""What an order comes to."""
USUAL = 1.4, 90.0
LEAVING = 0.7, 3.2
_LATEST = timedelta(days=7)
_NEEDS = (
    ("SP-GRP", "SP-RED", "SP-CBL", "SV-Y1", "SV-DBG"),
    ("VS-CAM", "VS-SW", "SV-DBG", "HMI-10", "SP-CBL"),
    ("CV-RL", "SV-DR", "SP-RED", "SV-Y1", "PLC-S"),
    ("PLC-S", "HMI-10", "SV-DR", "SV-DBG", "SV-Y4"),
    ("TR-PLC", "TR-VS", "PLC-S", "HMI-10", "SV-Y4"),
)
_WEIGHTS = (32, 14, 18, 26, 10)
_TEACHING = 4


def add_reorders(
    plan: Plan, words: Words, season: Season, firms: list[Firm], products: dict[str, Ref]
) -> dict[int, list[date]]:
    """Add the orders, each customer's one after the other; gives their days by the customer's place."""
    found: dict[int, list[date]] = {}
    rng = Random(SEED)  # noqa: S311 - believable, not secret
    by_code = {product.code: product for product in words.products}
    early = [f for f in firms if f.since < plan.day - timedelta(days=60)]
    for firm in rng.sample(early, round(len(early) * SHARE)):
        need = (
            _TEACHING if firm.trade.industry == "education" else rng.choices(range(len(_NEEDS)), _WEIGHTS)[0]
        )
        goods = rng.sample(_NEEDS[need], rng.randint(2, 5))
        size = rng.gammavariate(3.0, 1 / 3.0)
        found[firm.ref.index] = _days(plan, rng, firm)
        for day in found[firm.ref.index]:
            chosen = rng.sample(goods, min(len(goods), rng.choices((1, 2, 3), (60, 30, 10))[0]))
            if rng.random() < 0.08:
                chosen[0] = rng.choice(_NEEDS[rng.randrange(_TEACHING)])
            _add(
                plan,
                words,
                season,
                rng,
                firm,
                day,
                [by_code[code] for code in dict.fromkeys(chosen)],
                products,
                size,
            )
    return found


def _days(plan: Plan, rng: Random, firm: Firm) -> list[date]:
    """When a customer orders: at their own rate, until they stop or it is today."""
    last, first = plan.day - _LATEST, max(firm.since, plan.day - SPAN)
    gap, leaves = 1 / max(rng.gammavariate(USUAL[0], 1 / USUAL[1]), 1 / 400.0), rng.betavariate(*LEAVING)
    day, found = first + timedelta(days=rng.randint(0, 120)), []
    while day <= last:
        found.append(day)
        if rng.random() < leaves:
            break
        day += timedelta(days=max(1, round(rng.expovariate(1 / gap))))
    return found


def _add(
    plan: Plan, words: Words, season: Season, rng: Random, firm: Firm, day: date, goods: list[ProductWords],
    products: dict[str, Ref], size: float,
) -> None:  # fmt: skip
    lines = []
    for product in goods:
        quantity = max(1, round(size * rng.uniform(0.6, 1.5) * TYPICAL / product.price))
        price = round(product.price * rng.uniform(0.92, 1.0), plan.decimals)
        lines.append({"product": products[product.code], "name": product.name, "quantity": quantity, "price": price,
                      "unit": product.unit, "tax_rate": 13})  # fmt: skip
    placed = min(season.workday(day), plan.day - timedelta(days=2))
    values: dict[str, Any] = {
        "name": words.trade.again.format(product=goods[0].name), "customer": firm.ref, "ordered_on": placed.isoformat(),
        "due_on": (placed + timedelta(days=5)).isoformat(), "items": lines,
    }  # fmt: skip
    row = Row(values, firm.owner, season.moment(rng, placed))
    row.state["status"] = "confirmed"
    row.kept["status"] = "completed"
    plan.add("sales_order", row)
