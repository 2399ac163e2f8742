"""Lifecycle: where each customer stands by their own purchase rhythm, since when, and why.

*How it works*: a customer's rhythm is the median gap between their purchases, drawn half-way towards everybody's where
there is one gap only, and everybody's where there is none; never below the floor nor above the ceiling. Twice the rhythm
without a purchase is dormant, four times is lost. Who buys again after having been lost is won back, until the next
purchase.

*Rules*: pure arithmetic on days, so that every stage has the day it began and the figures it follows from.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.methods.purchases import Purchases
from guanxi.domains.insight.words import REASONS

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rules:
    """Days and multiples: `usual` is the rhythm where nobody has bought twice."""

    dormant: float = 2.0
    lost: float = 4.0
    floor: float = 14.0
    ceiling: float = 365.0
    usual: float = 90.0


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """One item a customer.

    The stage's key, the day it began, the rhythm in days, days since the last purchase, and the pause before that.
    """

    stage: npt.NDArray[np.str_]
    began: Ints
    rhythm: Floats
    since: Ints
    pause: Ints
    usual: float

    def reason(self, index: int, rules: Rules, locale: str) -> str:
        """Why a customer is in their stage, in words."""
        key = str(self.stage[index])
        return REASONS[key].in_(
            locale, gap=round(float(self.rhythm[index])), since=int(self.since[index]),
            times=f"{rules.lost if key == 'lost' else rules.dormant:g}", pause=int(self.pause[index]),
        )  # fmt: skip


def lifecycle(purchases: Purchases, day: int, rules: Rules | None = None) -> Lifecycle:
    """Where customers stand at the end of a day; `purchases` go up to it."""
    rules = rules or Rules()
    starts = np.flatnonzero(np.r_[True, np.diff(purchases.customer) != 0])
    counts = np.diff(np.r_[starts, len(purchases.customer)])
    gaps = np.diff(purchases.day).astype(np.float64)
    inner = np.ones(len(gaps), dtype=bool)
    inner[starts[1:] - 1] = False
    usual = float(np.median(gaps[inner])) if inner.any() else rules.usual
    rhythm = _rhythm(purchases, gaps, inner, counts, usual)
    rhythm = np.clip(rhythm, rules.floor, rules.ceiling)
    last = purchases.day[starts + counts - 1]
    before = np.where(counts > 1, purchases.day[np.maximum(starts + counts - 2, 0)], last)
    pause, since = last - before, day - last
    dormant_at, lost_at = (
        last + np.ceil(rhythm * times).astype(np.int64) for times in (rules.dormant, rules.lost)
    )
    back = (counts > 1) & (pause > rhythm * rules.lost)
    stage = np.select(
        [since > rhythm * rules.lost, since > rhythm * rules.dormant, counts == 1, back],
        ["lost", "dormant", "new", "won_back"],
        "active",
    )
    began = np.select(
        [stage == "lost", stage == "dormant", stage == "active"],
        [lost_at, dormant_at, _active_since(purchases, starts, rhythm * rules.dormant)],
        last,
    ).astype(np.int64)
    return Lifecycle(stage, began, rhythm, since, pause, usual)


def _active_since(purchases: Purchases, starts: Ints, pause: Floats) -> Ints:
    """The day of the second purchase, or of the one that ended the last pause in which a customer was dormant."""
    found = purchases.day[np.minimum(starts + 1, len(purchases.day) - 1)].copy()
    owner = purchases.customer[1:]
    ended = (np.diff(purchases.customer) == 0) & (np.diff(purchases.day) > pause[owner])
    found[owner[ended]] = purchases.day[1:][ended]  # of several, the last one stays
    return found


def _rhythm(
    purchases: Purchases, gaps: Floats, inner: npt.NDArray[np.bool_], counts: Ints, usual: float
) -> Floats:
    """The median gap of each customer."""
    rhythm = np.full(len(counts), usual)
    owner = purchases.customer[1:][inner]
    if len(owner) == 0:
        return rhythm
    values = gaps[inner]
    order = np.lexsort((values, owner))
    owner, values = owner[order], values[order]
    starts = np.flatnonzero(np.r_[True, np.diff(owner) != 0])
    sizes = np.diff(np.r_[starts, len(owner)])
    medians = (values[starts + (sizes - 1) // 2] + values[starts + sizes // 2]) / 2
    rhythm[owner[starts]] = np.where(sizes == 1, (medians + usual) / 2, medians)
    return rhythm


def flow(purchases: Purchases, days: Ints, rules: Rules | None = None) -> dict[tuple[int, str, str], int]:
    """How many customers went from one stage to another between each of the days and the next: {(day, from, to): n}.

    Who had not bought yet counts as `potential`.
    """
    found: dict[tuple[int, str, str], int] = {}
    stages = [_all_stages(purchases, int(day), rules) for day in days]
    for day, before, after in zip(days[1:], stages, stages[1:], strict=False):
        pairs, counts = np.unique(np.column_stack([before, after]), axis=0, return_counts=True)
        for (one, other), count in zip(pairs, counts, strict=True):
            if one != other or one != "potential":
                found[int(day), str(one), str(other)] = int(count)
    return found


def _all_stages(purchases: Purchases, day: int, rules: Rules | None) -> npt.NDArray[np.str_]:
    stages = np.full(len(purchases.names), "potential", dtype="<U9")
    kept = purchases.day <= day
    if kept.any():
        known = purchases.until(day)
        stages[np.unique(purchases.customer[kept])] = lifecycle(known, day, rules).stage
    return stages
