"""BG/NBD: how often a customer will buy again, and whether they are still there, where nobody says goodbye.

Source: Fader, Hardie & Lee (2005), "Counting Your Customers" the Easy Way: An Alternative to the Pareto/NBD Model,
Marketing Science 24 (2). Purchases while alive are Poisson with a gamma-distributed rate (r, alpha); after each purchase
a customer leaves with a beta-distributed probability (a, b).

Where the likelihood knows no leaving (a tends to 0: the window is too short to see anybody gone), the model is the one
without it, NBD (Ehrenberg 1959): purchases as before, and everybody stays.

*Rules*: needs FEWEST customers who came back. A likelihood without a maximum is refused, not reported.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln, hyp2f1

from guanxi.domains.insight.methods.fitting import Fit, maximise
from guanxi.domains.insight.methods.purchases import History
from guanxi.domains.insight.methods.thin import TooThin
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
FEWEST = 30
NOBODY_LEAVES = 1e-3

TOO_FEW = Text(
    "只有 {count} 位客户买过不止一次，至少要 {fewest} 位才能估计购买规律。",
    "Only {count} customers bought more than once; at least {fewest} are needed to learn how people buy.",
)
NO_MAXIMUM = Text(
    "购买规律的估计没有收敛：客户的购买间隔看不出规律。",
    "How people buy could not be learned from this: the gaps between purchases follow no pattern.",
)


@dataclass(frozen=True, slots=True)
class Buying:
    """A fitted model; times are in the unit of the history. Without leaving (`model` is nbd), a is 0 and b endless."""

    r: float
    alpha: float
    a: float
    b: float
    fit: Fit

    @property
    def model(self) -> str:
        """`bg_nbd` or `nbd`."""
        return "bg_nbd" if self.a > 0 else "nbd"

    @property
    def log_likelihood(self) -> float:
        """Of the data at the parameters."""
        return self.fit.log_likelihood

    def alive(self, history: History) -> Floats:
        """The probability that each customer is still one."""
        return _alive((self.r, self.alpha, self.a, self.b), history)

    def expected(self, history: History, time: float) -> Floats:
        """The expected number of purchases of each customer in the next `time` units."""
        return _expected((self.r, self.alpha, self.a, self.b), history, time)

    def expected_draws(self, history: History, time: float, *, count: int = 100) -> Floats:
        """The same by parameters as they could as well be: one row a draw."""
        return np.stack([_expected(_whole(drawn), history, time) for drawn in self.fit.draws(count)])

    def silent(self, history: History, time: float) -> Floats:
        """The chance of no purchase in the next `time` units: gone already, or not due yet."""
        waits = ((self.alpha + history.age) / (self.alpha + history.age + time)) ** (self.r + history.repeats)
        return np.asarray(1 - self.alive(history) * (1 - waits))

    def gap(self, history: History) -> Floats:
        """The time between purchases that each customer's own history and everybody's suggest."""
        return (self.alpha + history.age) / np.maximum(self.r + history.repeats, 1e-9)


def fit_buying(history: History) -> Buying:
    """Fit the model; raises TooThin when there is too little, or no maximum."""
    back = int((history.repeats > 0).sum())
    if back < FEWEST:
        raise TooThin(TOO_FEW, count=back, fewest=FEWEST)
    # Customers with the same history count together: a million are some ten thousand different ones.
    rows, weights = np.unique(
        np.column_stack([history.repeats, history.recency, history.age]), axis=0, return_counts=True
    )
    x, recency, age = rows.T
    scale = float(age[age > 0].mean()) / 10 if (age > 0).any() else 1.0
    scaled = (x, recency / scale, age / scale, weights.astype(np.float64))
    fit = maximise(lambda p: _likelihood(p, *scaled), [(0.5, 2.0, 0.8, 2.0), (1.0, 5.0, 0.3, 3.0)])
    if not fit.sound and fit.parameters[2] / (fit.parameters[2] + fit.parameters[3]) < NOBODY_LEAVES:
        fit = maximise(lambda p: _likelihood((*p, 0.0, np.inf), *scaled), [fit.parameters[:2]])
    if not fit.sound:
        raise TooThin(NO_MAXIMUM)
    r, alpha, *leaving = fit.parameters
    shift = float((weights * x).sum() * np.log(scale))
    real = Fit((r, alpha * scale, *leaving), fit.log_likelihood - shift, fit.covariance, sound=True)
    return Buying(*_whole(real.parameters), real)


def _whole(parameters: Sequence[float] | Floats) -> tuple[float, float, float, float]:
    """The four parameters; of two, those of nobody leaving."""
    r, alpha, a, b = [*parameters, 0.0, np.inf][:4]
    return float(r), float(alpha), float(a), float(b)


def _likelihood(
    parameters: Sequence[float], x: Floats, recency: Floats, age: Floats, weights: Floats
) -> float:
    """Equation 6 of the paper, in logarithms."""
    r, alpha, a, b = parameters
    first = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
    stays = -(r + x) * np.log(alpha + age)
    if a == 0:
        return float((weights * (first + stays)).sum())
    second = gammaln(a + b) + gammaln(b + x) - gammaln(b) - gammaln(a + b + x)
    leaves = np.where(
        x > 0, np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + recency), -np.inf
    )
    return float((weights * (first + second + np.logaddexp(stays, leaves))).sum())


def _left(parameters: Sequence[float], history: History) -> Floats:
    r, alpha, a, b = parameters
    x = history.repeats
    if a == 0:
        return np.zeros(len(history))
    odds = (
        (r + x) * (np.log(alpha + history.age) - np.log(alpha + history.recency))
        + np.log(a)
        - np.log(b + np.maximum(x, 1) - 1)
    )
    return np.where(x > 0, np.exp(np.minimum(odds, 700)), 0.0)


def _alive(parameters: Sequence[float], history: History) -> Floats:
    return np.asarray(1 / (1 + _left(parameters, history)))


def _expected(parameters: Sequence[float], history: History, time: float) -> Floats:
    """Equation 10 of the paper."""
    r, alpha, a, b = parameters
    x, age = history.repeats, history.age
    if a == 0:
        return np.asarray((r + x) / (alpha + age) * time)
    z = time / (alpha + age + time)
    # 2F1(r+x, b+x; a+b+x-1; z) by Euler's transformation, whose terms stay small.
    series = hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, z)
    power = (a - 1 - r - x) * np.log1p(-z) + (r + x) * (np.log(alpha + age) - np.log(alpha + age + time))
    found = (a + b + x - 1) / (a - 1) * (1 - np.exp(power) * series) / (1 + _left(parameters, history))
    return np.asarray(np.maximum(found, 0.0))
