"""Ways of carrying a series on: naive, seasonal naive, theta, damped trend. One series in, its forecast out.

*How it works*: the errors of a damped trend (Gardner & McKenzie 1985) are those of an ARIMA(1, 1, 2), so that one linear
filter gives them for all of the series at once; its three weights are those with the smallest squared errors. Theta is
simple smoothing with half the drift (Hyndman & Billah 2003), seasons taken out beforehand.

Source of the family: Hyndman, Koehler, Ord & Snyder (2008), Forecasting with Exponential Smoothing.
"""

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.signal import lfilter

Floats = npt.NDArray[np.float64]


def naive(series: Floats, horizon: int, season: int) -> Floats:
    """The last value again."""
    return np.full(horizon, series[-1])


def seasonal_naive(series: Floats, horizon: int, season: int) -> Floats:
    """The last season again."""
    last = series[-season:]
    return np.resize(last, horizon) if len(series) >= season else naive(series, horizon, season)


def theta(series: Floats, horizon: int, season: int) -> Floats:
    """Simple smoothing of the series, going on with half of its linear trend."""
    level, alpha = _simple(series)
    slope = float(np.polyfit(np.arange(len(series)), series, 1)[0]) / 2
    steps = np.arange(horizon)
    return np.asarray(
        level + slope * (steps + (1 - (1 - alpha) ** len(series)) / max(alpha, 1e-6)), dtype=np.float64
    )


def simple(series: Floats, horizon: int, season: int) -> Floats:
    """Exponential smoothing without a trend."""
    return np.full(horizon, _simple(series)[0])


def damped(series: Floats, horizon: int, season: int) -> Floats:
    """A trend that dies away."""
    centred = series - series[0]
    alpha, beta, phi = _fit_damped(centred)
    errors = _damped_errors(centred, alpha, beta, phi)
    trend = lfilter([beta], [1.0, -phi], errors)[-1]
    level = series[-1] - (1 - alpha) * errors[-1]
    return np.asarray(level + trend * np.cumsum(phi ** np.arange(1, horizon + 1)), dtype=np.float64)


def _simple(series: Floats) -> tuple[float, float]:
    """The level at the end, and the weight that makes the squared errors least."""
    centred = series - series[0]

    def errors(alpha: float) -> Floats:
        return np.asarray(lfilter([1.0, -1.0], [1.0, alpha - 1.0], centred))

    grid = np.array([0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.99])
    alpha = float(min(grid, key=lambda a: float((errors(a)[1:] ** 2).sum())))
    found = minimize(
        lambda p: float((errors(float(p[0]))[1:] ** 2).sum()),
        [alpha],
        bounds=[(0.001, 0.999)],
        method="L-BFGS-B",
    )
    alpha = float(found.x[0])
    return float(series[-1] - (1 - alpha) * errors(alpha)[-1]), alpha


def _fit_damped(centred: Floats) -> tuple[float, float, float]:
    scale = float((np.diff(centred) ** 2).sum()) or 1.0

    def loss(p: Floats) -> float:
        alpha, share, phi = p
        errors = _damped_errors(centred, alpha, alpha * share, phi)
        found = float((errors[1:] ** 2).sum()) / scale
        return found if np.isfinite(found) else 1e12

    starts = ([0.3, 0.1, 0.9], [0.8, 0.1, 0.9], [0.9, 0.5, 0.95])
    start = min(starts, key=lambda s: loss(np.array(s)))
    bounds = [(0.001, 0.9999), (0.0, 0.9999), (0.8, 0.98)]
    alpha, share, phi = minimize(loss, start, bounds=bounds, method="L-BFGS-B").x
    return float(alpha), float(alpha * share), float(phi)


def _damped_errors(centred: Floats, alpha: float, beta: float, phi: float) -> Floats:
    """(1 − φB)(1 − B) y = (1 + (α + φβ − 1 − φ) B + φ (1 − α) B²) e, solved for e."""
    return np.asarray(
        lfilter([1.0, -(1 + phi), phi], [1.0, alpha + phi * beta - 1 - phi, phi * (1 - alpha)], centred)
    )
