"""The firm's figures of a run: months of stages, who brings the profit, and what the cards of the home show over time.

*How it works*: months are told from the purchases themselves, so that the first run already has a year of them. The rules
of today are used for all of them.

*Rules*: counts and sums alone; who may see them is asked where they are shown (home.py).
"""

from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.customers.computing import STAGE_KEYS, Computed, lifecycle_rules, stage_codes
from guanxi.domains.insight.customers.histories import Histories, day_number
from guanxi.domains.insight.customers.rules import TIER_KEYS, InsightRules
from guanxi.domains.insight.methods.lifecycle import lifecycle
from guanxi.domains.insight.methods.purchases import Purchases

Codes = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
MONTHS = 13
YEAR = 365
POINTS = 50
ABSENT = -1
"""Of a customer who was not there yet."""


def figures(histories: Histories, found: Computed, today: date, rules: InsightRules) -> dict[str, Any]:
    """`{"flow", "pareto", "tiers", "months", "median_clv", "margin", …}`, as JSON."""
    ends = month_ends(today)
    told: dict[str, Any] = {
        "customers": len(histories),
        "orders": histories.orders,
        "pareto": pareto(found.profit[found.orders > 0]),
    }
    told["tiers"] = [
        {"tier": key, "customers": int((found.tier == code).sum()), "profit": _money(found.profit[found.tier == code].sum())}
        for code, key in enumerate(TIER_KEYS) if key
    ]  # fmt: skip
    known = found.clv[np.isfinite(found.clv)]
    told["median_clv"] = _money(np.median(known)) if len(known) else None
    net, profit = float(histories.net.sum()), float(found.profit.sum())
    told["net"], told["profit"] = _money(net), _money(profit)
    told["margin"] = round(profit / net * 100, 1) if net > 0 else None
    told["losing"] = int(((found.profit < 0) & (found.orders > 0)).sum())
    if found.purchases is not None:
        told["flow"] = flow(histories, found.purchases, ends, rules)
        told["months"] = [_month(found.purchases, end) for end in ends]
    return told


def month_ends(today: date, count: int = MONTHS) -> list[date]:
    """The last days of the months before, and today for the running one."""
    found, first = [today], today.replace(day=1)
    while len(found) < count:
        last = first - timedelta(days=1)
        found.insert(0, last)
        first = last.replace(day=1)
    return found


def flow(
    histories: Histories, purchases: Purchases, ends: list[date], rules: InsightRules
) -> list[dict[str, Any]]:
    """How many customers went from which stage to which, from each month's end to the next; `arrived` were not there."""
    told: list[dict[str, Any]] = []
    before: Codes | None = None
    for end in ends:
        now = _stages_at(histories, purchases, end, rules)
        if before is not None:
            pairs = (before.astype(np.int64) + 1) * 8 + now + 1
            counts = np.bincount(pairs, minlength=64)
            told.append({
                "until": end.isoformat(),
                "moves": [
                    {"from": _key(pair // 8 - 1), "to": _key(pair % 8 - 1), "customers": int(counts[pair])}
                    for pair in np.flatnonzero(counts).tolist() if pair % 8
                ],
            })  # fmt: skip
        before = now
    return told


def _key(code: int) -> str:
    return "arrived" if code == ABSENT else STAGE_KEYS[code]


def _stages_at(histories: Histories, purchases: Purchases, end: date, rules: InsightRules) -> Codes:
    day = day_number(end)
    first = np.full(len(histories), np.iinfo(np.int64).max)
    np.minimum.at(first, np.asarray(purchases.names, dtype=np.int64)[purchases.customer], purchases.day)
    stages = np.where(np.minimum(histories.created, first) <= day, 0, ABSENT).astype(np.int8)
    if (purchases.day <= day).any():
        known = purchases.until(day)
        stages[np.asarray(known.names, dtype=np.int64)] = stage_codes(
            lifecycle(known, day, lifecycle_rules(rules)).stage
        )
    return stages


def pareto(profit: Floats) -> list[list[float]]:
    """Points (percent of the customers, percent of the profit), the best customers first; it falls where some cost money."""
    ranked = np.sort(profit)[::-1]
    total = float(ranked.sum())
    if len(ranked) == 0 or total <= 0:
        return []
    at = np.unique(np.linspace(0, len(ranked), POINTS + 1).astype(np.int64))
    summed = np.r_[0.0, np.cumsum(ranked)]
    return [[round(int(n) / len(ranked) * 100, 2), round(float(summed[n]) / total * 100, 2)] for n in at]


def _month(purchases: Purchases, end: date) -> dict[str, Any]:
    """A month's end: new buyers in it; of the year before, who came back; repeat buyers and spend of the year until then."""
    day, start = day_number(end), day_number(end.replace(day=1))
    count = len(purchases.names)
    first = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(first, purchases.customer, purchases.day)
    lately = (purchases.day > day - YEAR) & (purchases.day <= day)
    earlier = (purchases.day > day - 2 * YEAR) & (purchases.day <= day - YEAR)
    times = np.bincount(purchases.customer[lately], minlength=count)
    spent = np.bincount(purchases.customer[lately], weights=purchases.amount[lately], minlength=count)
    were = np.bincount(purchases.customer[earlier], minlength=count) > 0
    buyers = times > 0
    return {
        "until": end.isoformat(),
        "new": int(((first >= start) & (first <= day)).sum()),
        "buyers": int(buyers.sum()),
        "kept": _percent((were & buyers).sum(), were.sum()),
        "repeat": _percent((times > 1).sum(), buyers.sum()),
        "median_spend": _money(np.median(spent[buyers])) if buyers.any() else None,
    }


def _percent(part: Any, whole: Any) -> float | None:
    return round(float(part) / float(whole) * 100, 1) if whole else None


def _money(value: Any) -> float:
    return round(float(value), 2)
