"""What open deals will bring, by what became of deals that stood where they stand.

*How it works*: at the beginning of each month of the past every deal stood in a stage, or was not there yet. Of those that
stood in a stage, what share of their amounts was won in the same month, the next, and so on? These shares, times the amounts
that stand there now, are what open deals will bring; what deals bring that are not there yet is the mean of what such
brought. A stage that few have stood in leans on all stages together.

*Rules*: days are numbers (days since 1970-01-01), NEVER stands for what has not happened. Nothing behind `until` is looked at.

Source: a stage-conversion (Markov-like) forecast, as in Armstrong (ed.), Principles of Forecasting, on conversion rates.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.methods.thin import TooThin
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
NEVER = np.iinfo(np.int64).max
SNAPSHOTS = 18
LATELY = 12
FEWEST = 20
LEANING = 10.0

TOO_FEW = Text(
    "可以看出结果的商机只有 {count} 个，至少要 {fewest} 个。",
    "There are {count} deals whose end is known; at least {fewest} are needed.",
)


@dataclass(frozen=True, slots=True)
class Deals:
    """One item a deal: when it was opened and closed, whether it was won, its amount.

    `stays` are when which deal entered which stage and left it: (deal, stage, entered, left); the stage where a deal stands
    now has left = NEVER. Stages are codes from 1 on; 0 is a stage that is not known.
    """

    opened: Ints
    closed: Ints
    won: Bools
    amount: Floats
    stays: tuple[Ints, Ints, Ints, Ints]

    def stages_at(self, day: int) -> Ints:
        """The stage of each deal at the beginning of a day; -1 for those that are not open then."""
        found = np.where((self.opened < day) & (self.closed >= day), 0, -1)
        deal, stage, entered, left = self.stays
        there = (entered < day) & (left >= day)
        known = np.zeros(len(found), dtype=np.int64)
        known[deal[there]] = stage[there]
        return np.where(found == 0, known, found)


@dataclass(frozen=True, slots=True)
class Pipeline:
    """By month ahead: what open deals will bring, and what deals will that are not there yet; the shares by stage."""

    open: Floats
    new: Floats
    shares: Floats
    known: Ints
    """How many deals have stood in each stage at the beginning of a month."""

    @property
    def values(self) -> Floats:
        """Both together."""
        return self.open + self.new


def pipeline(deals: Deals, months: Ints, stages: int, horizon: int, *, at: Ints | None = None) -> Pipeline:
    """What the deals that are open at the last of `months` will bring in that month and those after it.

    `months` are the first days of months, ascending; only what happened before the last of them is known. `at` are the stages
    of deals now, where it is later than that: the months to come are told from them. Raises TooThin.
    """
    until = int(months[-1])
    ended = (deals.closed < until) & (deals.opened < until)
    if int(ended.sum()) < FEWEST:
        raise TooThin(TOO_FEW, count=int(ended.sum()), fewest=FEWEST)
    past = months[:-1][-SNAPSHOTS:]
    stood, won = np.zeros((stages + 1, horizon)), np.zeros((stages + 1, horizon))
    fresh: list[list[float]] = [[] for _ in range(horizon)]
    ends = np.r_[months, NEVER]
    for start in past:
        stage = deals.stages_at(int(start))
        place = int(np.searchsorted(months, start))
        for h in range(min(horizon, len(months) - 1 - place)):
            got = deals.won & (deals.closed >= ends[place + h]) & (deals.closed < ends[place + h + 1])
            here = stage >= 0
            stood[:, h] += np.bincount(stage[here], weights=deals.amount[here], minlength=stages + 1)
            won[:, h] += np.bincount(
                stage[here & got], weights=deals.amount[here & got], minlength=stages + 1
            )
            if place >= len(months) - 1 - LATELY:
                fresh[h].append(float(deals.amount[got & (deals.opened >= start)].sum()))
    known = np.bincount(
        np.concatenate([s[s >= 0] for s in (deals.stages_at(int(start)) for start in past)]),
        minlength=stages + 1,
    )
    overall = np.divide(
        won.sum(axis=0), stood.sum(axis=0), out=np.zeros(horizon), where=stood.sum(axis=0) > 0
    )
    typical = float(deals.amount[deals.amount > 0].mean()) if (deals.amount > 0).any() else 1.0
    leaning = LEANING * typical
    shares = (won + leaning * overall) / (stood + leaning)
    coming = _standing(deals, deals.stages_at(until), stages) @ shares
    if at is not None:
        coming[1:] = (_standing(deals, at, stages) @ shares)[1:]
    new = np.array([np.mean(each) if each else 0.0 for each in fresh])
    return Pipeline(coming, new, shares, known)


def _standing(deals: Deals, stage: Ints, stages: int) -> Floats:
    """The amounts that stand in each stage."""
    here = stage >= 0
    return np.bincount(stage[here], weights=deals.amount[here], minlength=stages + 1).astype(np.float64)
