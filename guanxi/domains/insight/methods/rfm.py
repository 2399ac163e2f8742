"""RFM: recency, frequency and money in five classes each, and segments that have a name.

*How it works*: a score is the fifth of the customers that one belongs to, 5 the best; customers with the same figure
have the same score (so fifths are not always equal). Own bounds take the place of fifths.

Source: Hughes (1994), Strategic Database Marketing; segments by recency and the mean of frequency and money, as is usual.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.methods.purchases import History

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

# By recency score (5 to 1) and by the rounded mean of frequency and money (1 to 5).
_BY_SCORES = {
    5: ("new", "potential", "potential", "loyal", "champions"),
    4: ("promising", "potential", "potential", "loyal", "champions"),
    3: ("sleepy", "sleepy", "attention", "loyal", "loyal"),
    2: ("hibernating", "hibernating", "at_risk", "at_risk", "cannot_lose"),
    1: ("hibernating", "hibernating", "at_risk", "at_risk", "cannot_lose"),
}


@dataclass(frozen=True, slots=True)
class Rfm:
    """One item a customer: days since the last purchase, purchases, money, their scores (1 to 5), the segment's key."""

    days: Ints
    purchases: Ints
    money: Floats
    recency: Ints
    frequency: Ints
    monetary: Ints
    segment: npt.NDArray[np.str_]

    @property
    def cell(self) -> list[str]:
        """The three scores side by side: 545."""
        return [f"{r}{f}{m}" for r, f, m in zip(self.recency, self.frequency, self.monetary, strict=True)]


def rfm(history: History, day: int, *, bounds: dict[str, Sequence[float]] | None = None) -> Rfm:
    """Scores as of a day. `bounds` gives four ascending bounds for `days`, `purchases` or `money` instead of fifths."""
    own = bounds or {}
    days = day - history.last_day
    purchases = history.repeats.astype(np.int64) + 1
    scores = {
        name: _by_bounds(values, own[name]) if name in own else fifths(values)
        for name, values in (("days", days), ("purchases", purchases), ("money", history.total))
    }
    recency = 6 - scores["days"]
    worth = np.rint((scores["purchases"] + scores["money"]) / 2 + 1e-9).astype(np.int64)
    table = np.array([_BY_SCORES[r] for r in range(1, 6)])
    return Rfm(
        days, purchases, history.total, recency, scores["purchases"], scores["money"],
        table[recency - 1, worth - 1],
    )  # fmt: skip


def fifths(values: npt.NDArray[np.generic]) -> Ints:
    """The fifth (1 the smallest) of each value; equal values are in the same one, by the middle of their ranks."""
    _, index, counts = np.unique(values, return_inverse=True, return_counts=True)
    middle = np.cumsum(counts) - (counts + 1) / 2
    share = (middle + 0.5) / max(len(values), 1)
    return np.asarray(np.minimum((share * 5).astype(np.int64) + 1, 5)[index], dtype=np.int64)


def _by_bounds(values: npt.NDArray[np.generic], bounds: Sequence[float]) -> Ints:
    place = np.searchsorted(np.asarray(bounds, dtype=np.float64), values, side="left")
    return np.asarray(place + 1, dtype=np.int64)
