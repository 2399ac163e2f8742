"""What a firm decides about its insight, and the tiers that follow from it.

*How it works*: customers in the order of what they bring; those who together bring the first `high_cut` percent are high,
up to `low_cut` standard, the rest low. Who was in a tier stays in it until they are `hysteresis` percent beyond its
cut, so that nobody flaps.

Source: Juran's Pareto principle; the cuts are the firm's own.
"""

from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt

from guanxi.kit.errors import FieldError, Invalid
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.int8]

NONE, HIGH, STANDARD, LOW = 0, 1, 2, 3
TIERS = {
    "high": Text("高价值", "High value"),
    "standard": Text("一般", "Standard"),
    "low": Text("低价值", "Low value"),
}
TIER_KEYS = ("", *TIERS)

OUT_OF_RANGE = Text("应在 {low} 到 {high} 之间。", "It lies between {low} and {high}.")
ORDER = Text("应大于「{other}」。", "It is greater than “{other}”.")


@dataclass(frozen=True, slots=True)
class InsightRules:
    """Multiples of a customer's rhythm, days, percentages of the profit, months and percent a year."""

    is_on: bool = True
    dormant: float = 2.0
    lost: float = 4.0
    floor: float = 14.0
    ceiling: float = 365.0
    usual: float = 90.0
    high_cut: float = 80.0
    low_cut: float = 95.0
    hysteresis: float = 2.0
    months: int = 12
    discount: float = 10.0

    def as_json(self) -> dict[str, Any]:
        """As it is stored and told."""
        return asdict(self)


RANGES = {
    "dormant": (1.0, 20.0), "lost": (1.0, 50.0), "floor": (1.0, 365.0), "ceiling": (7.0, 3650.0), "usual": (1.0, 3650.0),
    "high_cut": (1.0, 99.0), "low_cut": (1.0, 100.0), "hysteresis": (0.0, 20.0), "months": (1, 60), "discount": (0.0, 100.0),
}  # fmt: skip
NAMES = {
    "is_on": Text("启用洞察", "Insight is on"),
    "dormant": Text("沉睡倍数", "Dormant after"),
    "lost": Text("流失倍数", "Lost after"),
    "floor": Text("购买间隔下限（天）", "Shortest rhythm (days)"),
    "ceiling": Text("购买间隔上限（天）", "Longest rhythm (days)"),
    "usual": Text("无复购时的间隔（天）", "Rhythm where nobody came back (days)"),
    "high_cut": Text("高价值累计占比", "High up to"),
    "low_cut": Text("一般累计占比", "Standard up to"),
    "hysteresis": Text("缓冲", "Leeway"),
    "months": Text("价值月数", "Months of value"),
    "discount": Text("年折现率", "Discount a year"),
}
_GREATER = (("lost", "dormant"), ("ceiling", "floor"), ("low_cut", "high_cut"))


def rules_of(stored: dict[str, Any]) -> InsightRules:
    """The rules as they are stored; what is missing is as it comes."""
    known = {f.name for f in fields(InsightRules)}
    return InsightRules(**{key: value for key, value in stored.items() if key in known})


def check(rules: InsightRules) -> None:
    """Raises Invalid naming what does not fit."""
    wrong = [
        FieldError(name, "out_of_range", OUT_OF_RANGE, {"low": f"{low:g}", "high": f"{high:g}"})
        for name, (low, high) in RANGES.items() if not low <= getattr(rules, name) <= high
    ]  # fmt: skip
    wrong += [
        FieldError(greater, "order", ORDER, {"other": NAMES[other]})
        for greater, other in _GREATER if getattr(rules, greater) <= getattr(rules, other)
    ]  # fmt: skip
    if wrong:
        raise Invalid(errors=wrong)


def shares(profit: Floats) -> Floats:
    """By customer, the percentage of the profit that those before them bring together: 0 for the best."""
    order = np.argsort(-profit, kind="stable")
    worth = np.maximum(profit[order], 0.0)
    total = worth.sum()
    found = np.full(len(profit), 100.0)
    if total > 0:
        found[order] = (np.cumsum(worth) - worth) / total * 100
    found[profit <= 0] = 100.0
    return found


def cuts(before: int, rules: InsightRules) -> tuple[float, float]:
    """Below which shares somebody is high, and standard: with the leeway of the tier that they are in."""
    high, low, leeway = rules.high_cut, rules.low_cut, rules.hysteresis
    if before == HIGH:
        return min(high + leeway, low), low
    if before == STANDARD:
        return high - leeway, low + leeway
    if before == LOW:
        return high, max(low - leeway, high)
    return high, low


def tiers(profit: Floats, bought: npt.NDArray[np.bool_], before: Codes, rules: InsightRules) -> Codes:
    """The tier of each customer: none for who has bought nothing, low for who brings nothing."""
    share = shares(np.where(bought, profit, 0.0))
    below = np.array([cuts(code, rules) for code in (NONE, HIGH, STANDARD, LOW)])[before]
    found = np.where(share < below[:, 0], HIGH, np.where(share < below[:, 1], STANDARD, LOW))
    found = np.where(profit <= 0, LOW, found)
    if not (profit[bought] > 0).any():
        found = np.full(len(profit), NONE)
    return np.where(bought, found, NONE).astype(np.int8)
