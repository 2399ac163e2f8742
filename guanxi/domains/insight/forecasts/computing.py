"""Forecasts of what is won and what comes in, of the firm and of each team, by month.

*How it works*: whole months are carried on by the method that would have done best (methods/forecasting.py); what the
pipeline will bring is added to the picture for what is won (methods/pipelines.py). Both forecast every one of the last
months as they would have been forecast at its beginning; how wrong each was decides how much it counts, and how wide the
range is. What earlier runs told at the beginning of a month stands before what is only reckoned back.

*Rules*: JSON comes out; figures of the firm and its teams alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.forecasts.reading import Business, Sums
from guanxi.domains.insight.methods.forecasting import FEWEST, Forecast, forecast
from guanxi.domains.insight.methods.pipelines import NEVER, Deals, Pipeline, pipeline
from guanxi.domains.insight.methods.thin import TooThin

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
AHEAD = 6
SHOWN = 24
JUDGED = 6
LONGEST = 120
MOST_TEAMS = 30
FOUR_IN_FIVE = 1.2816
EPOCH = date(1970, 1, 1).toordinal()


def forecasts(business: Business, today: date, tracked: Mapping[str, Mapping[str, float]]) -> dict[str, Any]:
    """`{"won", "received", "teams"}`; `tracked` has, by measure and month, what was told when the month began."""
    whole = {
        "won": _told(business.won, today, tracked.get("won", {}), business.deals, len(business.stages)),
        "received": _told(business.received, today, tracked.get("received", {})),
    }
    teams = []
    for n, team in enumerate(business.teams[:MOST_TEAMS]):
        mine = business.team == n
        if mine.any():
            deals = _only(business.deals, mine)
            own = _told(_of(business.won, n), today, {}, deals, len(business.stages))
            teams.append(
                {"team": str(team), **{key: own[key] for key in ("ahead", "missing", "so_far", "error")}}
            )
    return whole | {"teams": teams}


@dataclass(frozen=True, slots=True)
class _Way:
    """A forecast of the months ahead, and its errors at each month of the past it was tried on, by step."""

    values: Floats
    tried: Floats


def _told(
    sums: Sums, today: date, tracked: Mapping[str, float], deals: Deals | None = None, stages: int = 0
) -> dict[str, Any]:
    months = _months(sums, today)
    series = _by_month(sums, months)
    so_far = round(float(sums.amount[sums.day >= months[-1]].sum()), 2)
    told: dict[str, Any] = {
        "history": [[_iso(day), round(float(v), 2)] for day, v in zip(months[:-1], series, strict=True)][-SHOWN:],
        "so_far": so_far, "month": _iso(months[-1]), "ahead": [], "accuracy": [], "missing": None, "error": None,
        "method": None, "quality": {},
    }  # fmt: skip
    ways: dict[str, _Way] = {}
    try:
        found = _carried_on(series)
        ways["series"] = _Way(found.values, _tried(series, lambda end: _carried_on(series[:end]).values))
        told["method"], told["quality"] = found.method, {key: round(v, 3) for key, v in found.quality.items()}
    except TooThin as thin:
        told["missing"] = {"zh-CN": thin.in_("zh-CN"), "en": thin.in_("en")}
        return told
    shown: Pipeline | None = None
    if deals is not None:
        try:
            shown = pipeline(deals, months, stages, AHEAD, at=deals.stages_at(_number(today) + 1))
            ways["pipeline"] = _Way(
                shown.values,
                _tried(series, lambda end: pipeline(deals, months[: end + 1], stages, AHEAD).values),
            )
        except TooThin:
            shown = None
    values, tried, weights = _together(ways)
    # What lies farther ahead is never told to be surer.
    spread = np.maximum.accumulate(np.sqrt(np.nanmean(tried**2, axis=0))) * FOUR_IN_FIVE
    told["ahead"] = [
        {"month": _iso(_after(months[-1], h)), "value": _money(max(values[h], so_far if h == 0 else 0.0)),
         "low": _money(max(values[h] - spread[h], so_far if h == 0 else 0.0)), "high": _money(max(values[h] + spread[h], so_far if h == 0 else 0.0)),
         **{name: _money(way.values[h]) for name, way in ways.items()},
         **({"open": _money(shown.open[h]), "new": _money(shown.new[h])} if shown else {})}
        for h in range(AHEAD)
    ]  # fmt: skip
    told["weights"] = {name: round(weight, 2) for name, weight in weights.items()}
    told["accuracy"] = _accuracy(months, series, tried, tracked)
    wrong = [abs(each["told"] - each["came"]) for each in told["accuracy"]]
    came = sum(abs(each["came"]) for each in told["accuracy"])
    told["error"] = round(sum(wrong) / came * 100, 1) if came else None
    return told


def _carried_on(series: Floats) -> Forecast:
    return forecast(series, AHEAD, season=12)


def _tried(series: Floats, told: Any) -> Floats:
    """What came less what would have been told, by month of the past and step; NaN where it has not come yet."""
    rows = []
    for end in range(max(len(series) - JUDGED, FEWEST), len(series)):
        row = np.full(AHEAD, np.nan)
        try:
            values = told(end)
        except TooThin:
            rows.append(row)
            continue
        steps = min(AHEAD, len(series) - end)
        row[:steps] = series[end : end + steps] - values[:steps]
        rows.append(row)
    return np.stack(rows) if rows else np.full((1, AHEAD), np.nan)


def _together(ways: Mapping[str, _Way]) -> tuple[Floats, Floats, dict[str, float]]:
    """The ways put together by how wrong each was in the first month ahead; the errors of that, and the weights."""
    known = {name: way for name, way in ways.items() if np.isfinite(way.tried[:, 0]).any()} or dict(ways)
    wrong = {name: float(np.nanmean(np.abs(way.tried[:, 0]))) if np.isfinite(way.tried[:, 0]).any() else 1.0
             for name, way in known.items()}  # fmt: skip
    total = sum(1 / max(each, 1e-9) for each in wrong.values())
    weights = {name: 1 / max(each, 1e-9) / total for name, each in wrong.items()}
    values = sum((weights[name] * way.values for name, way in known.items()), np.zeros(AHEAD))
    errors = sum((weights[name] * way.tried for name, way in known.items()), np.zeros((1, AHEAD)))
    return values, _filled(errors), weights


def _filled(errors: Floats) -> Floats:
    """Steps that nothing is known of yet are as wrong as the farthest that is."""
    if not np.isfinite(errors).any():
        return np.zeros((1, AHEAD))
    found = errors.copy()
    for h in range(1, AHEAD):
        if np.isfinite(found[:, h]).sum() < 3:
            found[:, h] = found[:, h - 1]
    return found


def _accuracy(
    months: Ints, series: Floats, tried: Floats, tracked: Mapping[str, float]
) -> list[dict[str, Any]]:
    """By month, what was told when it began and what came: as a run told it then, or reckoned back."""
    found = []
    first = len(series) - len(tried)
    for n, row in enumerate(tried):
        at = first + n
        month, came = _iso(months[at]), float(series[at])
        if month in tracked:
            found.append(
                {"month": month, "told": _money(tracked[month]), "came": _money(came), "tracked": True}
            )
        elif np.isfinite(row[0]):
            found.append(
                {"month": month, "told": _money(came - row[0]), "came": _money(came), "tracked": False}
            )
    return found


def _months(sums: Sums, today: date) -> Ints:
    """The first days of months, from the first that has something to the running one."""
    first = _date(int(sums.day.min())).replace(day=1) if len(sums.day) else today.replace(day=1)
    now, found = today.replace(day=1), []
    while first <= now:
        found.append(_number(first))
        first = (first.replace(day=28) + (date(2000, 1, 5) - date(2000, 1, 1))).replace(day=1)
    return np.array(found[-LONGEST - 1 :], dtype=np.int64)


def _by_month(sums: Sums, months: Ints) -> Floats:
    """The sums of the whole months."""
    place = np.searchsorted(months, sums.day, side="right") - 1
    inside = (place >= 0) & (place < len(months) - 1)
    return np.bincount(place[inside], weights=sums.amount[inside], minlength=len(months) - 1).astype(
        np.float64
    )


def _of(sums: Sums, team: int) -> Sums:
    mine = sums.team == team
    return Sums(sums.day[mine], sums.amount[mine], sums.team[mine])


def _only(deals: Deals, mine: npt.NDArray[np.bool_]) -> Deals:
    """Some of the deals: the others never come to be, so that places stay what they are."""
    opened, closed = np.where(mine, deals.opened, NEVER), np.where(mine, deals.closed, NEVER)
    return replace(deals, opened=opened, closed=closed, won=deals.won & mine)


def _after(month: int, count: int) -> int:
    day = _date(month)
    year, place = divmod(day.year * 12 + day.month - 1 + count, 12)
    return _number(date(year, place + 1, 1))


def _date(number: int) -> date:
    return date.fromordinal(number + EPOCH)


def _number(day: date) -> int:
    return day.toordinal() - EPOCH


def _iso(number: Any) -> str:
    return _date(int(number)).isoformat()


def _money(value: Any) -> float:
    return round(float(value), 2)
