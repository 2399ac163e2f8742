"""Purchases, and what they come to for each customer: how often, how lately, how long, how much.

*How it works*: purchases of one customer on one day are one purchase. Times are counted in units (weeks, unless
said otherwise) from each customer's first purchase, as Fader, Hardie & Lee (2005) define recency, frequency and age.

*Rules*: amounts that are negative (returns) lower the day's amount; a day on which as much or more was given back is no
purchase, and neither is what lies behind the day of looking (`until`). Both are counted and told. What cost nothing was a
purchase all the same, as the published figures have it.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.methods.thin import TooThin
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

UNITS = {"day": 1.0, "week": 7.0, "month": 30.4375}
"""Days in a unit of time."""

NOTHING = Text(
    "没有可用的购买记录：需要客户、日期和金额。",
    "There are no purchases to go on: a customer, a date and an amount are needed.",
)


@dataclass(frozen=True, slots=True)
class Purchases:
    """One purchase a row, by customer and day: `customer` indexes `names`, `day` counts days since 1970-01-01."""

    names: npt.NDArray[Any]
    customer: Ints
    day: Ints
    amount: Floats
    returned: int = 0
    """Days on which somebody gave back at least as much as was bought."""
    later: int = 0
    """Purchases behind the day of looking."""

    def until(self, day: int) -> "Purchases":
        """What was known at the end of a day; customers who had bought nothing by then are left out."""
        kept = self.day <= day
        present, customer = np.unique(self.customer[kept], return_inverse=True)
        return Purchases(
            self.names[present], customer, self.day[kept], self.amount[kept], self.returned, self.later
        )


@dataclass(frozen=True, slots=True)
class History:
    """What each customer has done by a day; one item a customer, times in units.

    `repeats` is the number of purchases after the first, `recency` the time from the first to the last, `age` from
    the first to the day of looking, `spend` the mean amount of repeat purchases (0 without any).
    """

    names: npt.NDArray[Any]
    repeats: Floats
    recency: Floats
    age: Floats
    spend: Floats
    first_day: Ints
    last_day: Ints
    total: Floats

    def __len__(self) -> int:
        return len(self.names)


def purchases_of(names: Any, days: Ints, amounts: Floats, *, until: int | None = None) -> Purchases:
    """Purchases from rows: a name, a day (days since 1970-01-01) and an amount each. Raises TooThin without any."""
    unique, customer = np.unique(np.asarray(names), return_inverse=True)
    later = np.zeros(len(days), dtype=bool) if until is None else days > until
    customer, days, amounts = customer[~later], days[~later], amounts[~later]
    order = np.lexsort((days, customer))
    customer, days, amounts = customer[order], days[order], amounts[order]
    if len(days) == 0:
        raise TooThin(NOTHING)
    starts = np.flatnonzero(np.r_[True, (np.diff(customer) != 0) | (np.diff(days) != 0)])
    summed = np.add.reduceat(amounts, starts)
    bought = (summed > 0) | ((summed == 0) & (np.minimum.reduceat(amounts, starts) >= 0))
    if not bought.any():
        raise TooThin(NOTHING)
    present, index = np.unique(customer[starts][bought], return_inverse=True)
    return Purchases(
        unique[present], index, days[starts][bought].astype(np.int64), summed[bought].astype(np.float64),
        returned=int((~bought).sum()), later=int(later.sum()),
    )  # fmt: skip


def history_of(purchases: Purchases, *, unit: str = "week", until: int | None = None) -> History:
    """What each customer has done; `until` is the day of looking (the last day there is, unless given)."""
    scale = UNITS[unit]
    end = int(purchases.day.max()) if until is None else until
    starts = np.flatnonzero(np.r_[True, np.diff(purchases.customer) != 0])
    counts = np.diff(np.r_[starts, len(purchases.customer)])
    first, last = purchases.day[starts], purchases.day[starts + counts - 1]
    total = np.add.reduceat(purchases.amount, starts)
    repeats = counts - 1
    spend = np.divide(total - purchases.amount[starts], repeats, out=np.zeros(len(starts)), where=repeats > 0)
    return History(
        purchases.names, repeats.astype(np.float64), (last - first) / scale, (end - first) / scale, spend,
        first, last, total,
    )  # fmt: skip
