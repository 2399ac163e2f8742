"""Fitting positive parameters by maximum likelihood, with how sure one can be of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

Floats = npt.NDArray[np.float64]
_FURTHEST = 12.0
"""Logarithms of parameters beyond this are no answer: the likelihood has no maximum there."""


@dataclass(frozen=True, slots=True)
class Fit:
    """The best parameters, their log-likelihood, and the covariance of their logarithms; `sound` is False for no maximum."""

    parameters: tuple[float, ...]
    log_likelihood: float
    covariance: Floats
    sound: bool

    def draws(self, count: int, *, seed: int = 0) -> Floats:
        """Parameters as they could as well be: `count` rows drawn from the normal approximation of their logarithms."""
        rng = np.random.default_rng(seed)
        return np.exp(
            rng.multivariate_normal(np.log(self.parameters), self.covariance, size=count, method="svd")
        )


def maximise(log_likelihood: Callable[[Sequence[float]], float], starts: Sequence[Sequence[float]]) -> Fit:
    """The parameters that make the log-likelihood largest, from the best of several starts."""

    def loss(logs: Floats) -> float:
        found = log_likelihood([float(p) for p in np.exp(np.clip(logs, -30, 30))])
        return -found if np.isfinite(found) else 1e12

    results = [
        minimize(loss, np.log(start), method="L-BFGS-B", bounds=[(-_FURTHEST, _FURTHEST)] * len(start),
                 options={"ftol": 1e-13, "gtol": 1e-6, "maxiter": 500})
        for start in starts
    ]  # fmt: skip
    best = min(results, key=lambda result: float(result.fun))
    # A simplex from there takes the last digits that finite differences leave.
    best = minimize(
        loss, best.x, method="Nelder-Mead", options={"xatol": 1e-7, "fatol": 1e-9, "maxiter": 2000}
    )
    curvature = _hessian(loss, best.x)
    try:
        covariance = np.asarray(np.linalg.inv(curvature), dtype=np.float64)
        certain = bool(np.all(np.linalg.eigvalsh(curvature) > 0) and np.all(np.diag(covariance) < 25))
    except np.linalg.LinAlgError:
        covariance, certain = np.zeros_like(curvature), False
    inside = bool(np.all(np.abs(best.x) < _FURTHEST - 0.01))
    return Fit(tuple(float(p) for p in np.exp(best.x)), -float(best.fun), covariance, certain and inside)


def _hessian(function: Callable[[Floats], float], at: Floats, step: float = 1e-3) -> Floats:
    size = len(at)
    found = np.empty((size, size))
    moves = np.eye(size) * step
    for i in range(size):
        for j in range(i, size):
            found[i, j] = found[j, i] = (
                function(at + moves[i] + moves[j]) - function(at + moves[i] - moves[j])
                - function(at - moves[i] + moves[j]) + function(at - moves[i] - moves[j])
            ) / (4 * step * step)  # fmt: skip
    return found
