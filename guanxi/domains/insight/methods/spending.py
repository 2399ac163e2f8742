"""Gamma-Gamma: how much a customer spends a purchase, drawn towards everybody's where there is little to go on.

Source: Fader & Hardie (2013), "The Gamma-Gamma Model of Monetary Value" (note 025). Amounts of a customer are gamma with
shape p and a scale that is itself gamma with shape q and scale gamma.

*Rules*: learned from customers with repeat purchases; supposes that how often and how much people buy are not related,
and tells the correlation, so that one can see whether that holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

from guanxi.domains.insight.methods.fitting import Fit, maximise
from guanxi.domains.insight.methods.purchases import History
from guanxi.domains.insight.methods.thin import TooThin
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
FEWEST = 30

TOO_FEW = Text(
    "只有 {count} 位客户有重复购买的金额，至少要 {fewest} 位。",
    "Only {count} customers have amounts of repeat purchases; at least {fewest} are needed.",
)
NO_MAXIMUM = Text("客单价的估计没有收敛。", "How much people spend could not be learned from these amounts.")


@dataclass(frozen=True, slots=True)
class Spending:
    """A fitted model; amounts are in the currency of the history."""

    p: float
    q: float
    gamma: float
    fit: Fit
    correlation: float
    """Between the number of repeat purchases and their mean amount."""

    @property
    def log_likelihood(self) -> float:
        """Of the data at the parameters."""
        return self.fit.log_likelihood

    def expected(self, history: History) -> Floats:
        """What each customer is expected to spend a purchase (equation 5 of the note)."""
        return _expected((self.p, self.q, self.gamma), history)

    def expected_draws(self, history: History, *, count: int = 100) -> Floats:
        """The same by parameters as they could as well be: one row a draw."""
        return np.stack([_expected(tuple(drawn), history) for drawn in self.fit.draws(count, seed=1)])


def fit_spending(history: History) -> Spending:
    """Fit the model; raises TooThin when there is too little, or no maximum."""
    known = (history.repeats > 0) & (history.spend > 0)
    if int(known.sum()) < FEWEST:
        raise TooThin(TOO_FEW, count=int(known.sum()), fewest=FEWEST)
    rows, weights = np.unique(
        np.column_stack([history.repeats[known], history.spend[known]]), axis=0, return_counts=True
    )
    x, spend = rows.T
    scale = float(np.average(spend, weights=weights)) / 10
    scaled = (x, spend / scale, weights.astype(np.float64))
    fit = maximise(lambda p: _likelihood(p, *scaled), [(5.0, 4.0, 5.0), (1.0, 2.0, 10.0)])
    if not fit.sound or fit.parameters[1] <= 1:
        raise TooThin(NO_MAXIMUM)
    p, q, gamma = fit.parameters
    shift = float(weights.sum() * np.log(scale))
    real = Fit((p, q, gamma * scale), fit.log_likelihood - shift, fit.covariance, sound=True)
    steady = np.std(history.repeats[known]) == 0 or np.std(history.spend[known]) == 0
    correlation = 0.0 if steady else float(np.corrcoef(history.repeats[known], history.spend[known])[0, 1])
    return Spending(p, q, gamma * scale, real, correlation)


def _likelihood(parameters: Sequence[float], x: Floats, spend: Floats, weights: Floats) -> float:
    """Equation 1 of the note, in logarithms."""
    p, q, gamma = parameters
    found = (
        gammaln(p * x + q) - gammaln(p * x) - gammaln(q) + q * np.log(gamma)
        + (p * x - 1) * np.log(spend) + p * x * np.log(x) - (p * x + q) * np.log(gamma + spend * x)
    )  # fmt: skip
    return float((weights * found).sum())


def _expected(parameters: Sequence[float], history: History) -> Floats:
    p, q, gamma = parameters
    return p * (gamma + history.spend * history.repeats) / (p * history.repeats + q - 1)
