"""Forecasts of a series: the way that would have done best so far, with its range, and how good it was.

*How it works*: seasons are taken out where they are there (a test of the autocorrelation, as in the M competitions) and
put back. Every way of smoothing.py, and the mean of some, forecasts from several days in the past; the one with the least
mean absolute scaled error (MASE, Hyndman & Koehler 2006) carries the whole series on. The range is that of the errors made.

*Rules*: fewer than FEWEST values are refused; a constant series stays what it is, without a range.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.methods import smoothing
from guanxi.domains.insight.methods.thin import TooThin
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
FEWEST = 8
LONGEST = 2000
ORIGINS = 6

TOO_SHORT = Text(
    "只有 {count} 个时期的数据，至少要 {fewest} 个才能预测。",
    "There are {count} periods only; a forecast needs at least {fewest}.",
)

Way = Callable[[Floats, int, int], Floats]
WAYS: dict[str, Way] = {
    "naive": smoothing.naive,
    "seasonal_naive": smoothing.seasonal_naive,
    "simple": smoothing.simple,
    "theta": smoothing.theta,
    "damped": smoothing.damped,
}
COMBINED = ("simple", "theta", "damped")


@dataclass(frozen=True, slots=True)
class Forecast:
    """`values` with the range of four in five, the chosen way, the back-test's MASE of every way, whether it has seasons."""

    values: Floats
    low: Floats
    high: Floats
    method: str
    quality: dict[str, float]
    seasonal: bool


def forecast(series: npt.ArrayLike, horizon: int, *, season: int = 1) -> Forecast:
    """Carry a series on by `horizon` values; `season` values are a season (12 for months). Raises TooThin."""
    whole = np.asarray(series, dtype=np.float64)[-LONGEST:]
    if len(whole) < FEWEST:
        raise TooThin(TOO_SHORT, count=len(whole), fewest=FEWEST)
    if np.ptp(whole) == 0:
        steady = np.full(horizon, whole[-1])
        return Forecast(steady, steady, steady, "naive", {}, seasonal=False)
    errors = _back_test(whole, horizon, season)
    scale = _scale(whole, 1)
    quality = {name: float(np.abs(found).mean() / scale) for name, found in errors.items()}
    method = min(quality, key=lambda name: quality[name])
    values = _ways(whole, horizon, season)[method]
    spread = np.sqrt((errors[method] ** 2).mean(axis=0)) * 1.2816
    return Forecast(values, values - spread, values + spread, method, quality, _has_seasons(whole, season))


def _back_test(series: Floats, horizon: int, season: int) -> dict[str, Floats]:
    """Errors of every way, by origin and step: from as many days in the past as leave enough to learn from."""
    steps = min(horizon, max(len(series) // 4, 1))
    least = max(FEWEST, 2 * season + 1 if len(series) > 3 * season else FEWEST)
    ends = [len(series) - steps - i * max(steps // 2, 1) for i in range(ORIGINS)]
    ends = [end for end in ends if end >= least] or [len(series) - steps]
    found: dict[str, list[Floats]] = {}
    for end in ends:
        for name, told in _ways(series[:end], steps, season).items():
            found.setdefault(name, []).append(series[end : end + steps] - told)
    errors = {name: np.stack(rows) for name, rows in found.items()}
    if steps < horizon:
        errors = {
            name: np.pad(rows, ((0, 0), (0, horizon - steps)), mode="edge") for name, rows in errors.items()
        }
    return errors


def _ways(series: Floats, horizon: int, season: int) -> dict[str, Floats]:
    """What every way says, seasons taken out and put back."""
    factors = _seasons(series, season) if _has_seasons(series, season) else None
    bare = series if factors is None else series / np.resize(factors, len(series))
    told = {name: way(bare, horizon, season) for name, way in WAYS.items() if name != "seasonal_naive"}
    if factors is not None:
        ahead = np.resize(np.roll(factors, -(len(series) % season)), horizon)
        told = {name: values * ahead for name, values in told.items()}
    if season > 1:
        told["seasonal_naive"] = smoothing.seasonal_naive(series, horizon, season)
    told["combined"] = np.mean([told[name] for name in COMBINED], axis=0)
    return told


def _has_seasons(series: Floats, season: int) -> bool:
    """Whether the autocorrelation at a season is more than chance (90 %), in at least three seasons of positive values."""
    if season < 2 or len(series) < 3 * season or series.min() <= 0:
        return False
    centred = np.diff(series)
    centred = centred - centred.mean()
    power = float((centred**2).sum()) or 1.0
    lags = [float((centred[lag:] * centred[:-lag]).sum()) / power for lag in range(1, season + 1)]
    limit = 1.645 * np.sqrt((1 + 2 * sum(lag**2 for lag in lags[:-1])) / len(series))
    return bool(abs(lags[-1]) > limit)


def _seasons(series: Floats, season: int) -> Floats:
    """Factors of each place in the season, 1 on the mean: of the values to their centred moving average."""
    window = np.ones(season) / season if season % 2 else np.r_[0.5, np.ones(season - 1), 0.5] / season
    average = np.convolve(series, window, mode="valid")
    first = (len(series) - len(average)) // 2
    ratio = series[first : first + len(average)] / np.maximum(average, 1e-12)
    place = (np.arange(len(ratio)) + first) % season
    factors = np.array([np.median(ratio[place == k]) if (place == k).any() else 1.0 for k in range(season)])
    factors = np.maximum(factors, 1e-3)
    return np.asarray(factors / factors.mean())


def _scale(series: Floats, season: int) -> float:
    """The mean absolute error of the naive forecast inside the series."""
    return float(np.abs(series[season:] - series[:-season]).mean()) or 1.0


def mase(series: Floats, told: Floats, happened: Floats) -> float:
    """The mean absolute scaled error of a forecast, by the naive error inside the series."""
    return float(np.abs(happened - told).mean() / _scale(series, 1))


def smape(told: Floats, happened: Floats) -> float:
    """The symmetric mean absolute percentage error (0 to 200), as in the M competitions."""
    size = np.abs(told) + np.abs(happened)
    return float(
        np.divide(200 * np.abs(told - happened), size, out=np.zeros_like(size), where=size > 0).mean()
    )
