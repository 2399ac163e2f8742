"""Customer lifetime value: what customers are expected to spend in the months to come, discounted to today.

*How it works*: expected purchases (buying.py) times expected spend (spending.py), month by month. Where these cannot be
learned, the simple model says what a customer spent per day so far, for as many days, if they are not long gone; it says
which one it is.

*Rules*: the range is that of the expectation, from parameters as they could as well be (80 %); what one customer will do
varies more. The simple model has no range.
"""

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.methods.buying import Buying, fit_buying
from guanxi.domains.insight.methods.purchases import UNITS, History
from guanxi.domains.insight.methods.spending import Spending, fit_spending
from guanxi.domains.insight.methods.thin import TooThin

Floats = npt.NDArray[np.float64]
DRAWS = 60
_LOW, _HIGH = 0.1, 0.9
_AT_ONCE = 50_000


@dataclass(frozen=True, slots=True)
class Value:
    """One item a customer; `model` is `bg_nbd_gamma_gamma`, `nbd_gamma_gamma` or `tenure_times_spend`, and `declined` why it is the latter."""

    model: str
    value: Floats
    low: Floats
    high: Floats
    purchases: Floats
    spend: Floats
    alive: Floats
    buying: Buying | None = None
    spending: Spending | None = None
    declined: TooThin | None = None


def lifetime_value(
    history: History, *, unit: str = "week", months: int = 12, discount: float = 0.1, draws: int = DRAWS
) -> Value:
    """The value of the next months at a yearly discount rate (0.1 is 10 %)."""
    per_unit = UNITS["month"] / UNITS[unit]
    try:
        buying, spending = fit_buying(history), fit_spending(history)
    except TooThin as declined:
        return _simple(history, per_unit, months, discount, declined)
    times = per_unit * np.arange(1, months + 1)
    weights = (1 + discount) ** (-np.arange(1, months + 1) / 12)
    spend = spending.expected(history)
    few, which = _different(history)
    grown = np.stack([buying.expected(few, float(time)) for time in times])
    counts = np.diff(grown, axis=0, prepend=0)
    value = (weights[:, None] * counts).sum(axis=0)[which] * spend
    whole = grown[-1][which]
    drawn = buying.expected_draws(few, float(times[-1]), count=draws)
    low, high = _range(history, drawn, which, spending, value, whole * spend, draws)
    return Value(
        f"{buying.model}_gamma_gamma", value, low, high, whole, spend, buying.alive(few)[which], buying, spending
    )  # fmt: skip


def _different(history: History) -> tuple[History, npt.NDArray[np.intp]]:
    """One customer for each different history of purchases, and which of them each customer is like."""
    rows = np.column_stack([history.repeats, history.recency, history.age])
    _, first, which = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    return _part(history, first), which.reshape(-1)


def _part(history: History, chosen: npt.NDArray[np.intp] | slice) -> History:
    return History(*(getattr(history, f.name)[chosen] for f in fields(History)))


def _range(
    history: History,
    counts: Floats,
    which: npt.NDArray[np.intp],
    spending: Spending,
    value: Floats,
    whole: Floats,
    draws: int,
) -> tuple[Floats, Floats]:
    """The 80 % of values in the middle; discounting, which hardly depends on the parameters, as in the value itself.

    `counts` are the purchases of each different history, one row a draw.
    """
    bounds = np.empty((2, len(history)))
    for start in range(0, len(history), _AT_ONCE):
        here = slice(start, start + _AT_ONCE)
        drawn = counts[:, which[here]] * spending.expected_draws(_part(history, here), count=draws)
        bounds[:, here] = np.quantile(drawn, [_LOW, _HIGH], axis=0)
    share = np.divide(value, whole, out=np.ones_like(value), where=whole > 0)
    return np.minimum(bounds[0] * share, value), np.maximum(bounds[1] * share, value)


def _simple(history: History, per_unit: float, months: int, discount: float, declined: TooThin) -> Value:
    """What was spent per month so far, times the months to come, for those who bought within their own usual pause."""
    tenure = np.maximum(history.age / per_unit, 1.0)
    a_month = history.total / tenure
    pause = np.maximum(history.recency / np.maximum(history.repeats, 1), per_unit)
    here = np.where(history.age - history.recency <= 4 * pause, 1.0, 0.0)
    weights = float(((1 + discount) ** (-np.arange(1, months + 1) / 12)).sum())
    value = a_month * weights * here
    purchases = (history.repeats + 1) / tenure * months * here
    spend = history.total / (history.repeats + 1)
    unknown = np.full_like(value, np.nan)
    return Value("tenure_times_spend", value, unknown, unknown, purchases, spend, here, declined=declined)
