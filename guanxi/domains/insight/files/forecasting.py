"""Forecasts of sums by day, week or month, or of series that lie side by side.

*How it works*: roles are date and value, and series where there are many; a file with a series a row (its name first) needs
no roles.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from guanxi.domains.insight.files.answers import Answer, Asked, Kind
from guanxi.domains.insight.files.reading import BLANK_DAY, Sheet, to_day
from guanxi.domains.insight.methods.forecasting import Forecast, forecast, mase, smape
from guanxi.domains.insight.methods.thin import TooThin
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]

ROLES = {
    "date": ("日期", "month", "月份", "period", "t"),
    "value": ("amount", "金额", "sales", "销售额"),
    "series": ("name", "产品", "item"),
}
SEASONS = {"day": 7, "week": 52, "month": 12}
HORIZONS = {"day": 14, "week": 13, "month": 6}
CONSTANT = Text("「{name}」一直是同一个值，不给区间。", "“{name}” is constant; there is no range.")
DECLINED = Text("「{name}」：{why}", "“{name}”: {why}")
UNFINISHED = Text("最后一个时期还没有过完，未计入。", "The last period is not over yet and is left out.")


def run_forecast(asked: Asked) -> Answer:
    """Each series carried on; with a split or another file, held against what happened."""
    notes: list[str] = []
    series, labels = _by_date(asked, notes) if "date" in asked.roles else (_wide(asked.sheet), {})
    happened: dict[str, Floats] = _wide(asked.against) if asked.against is not None else {}
    if asked.split is not None and labels:
        series, happened = _cut(asked, series, labels)
    horizon = asked.horizon or (len(next(iter(happened.values()))) if happened else HORIZONS[asked.unit])
    season = asked.season or SEASONS[asked.unit]
    rows: list[list[Any]] = []
    errors: list[tuple[float, float]] = []
    methods: dict[str, int] = {}
    tested: list[float] = []
    for name, values in series.items():
        try:
            found = forecast(values, horizon, season=season)
        except TooThin as thin:
            notes.append(DECLINED.in_(asked.locale, name=name, why=thin.in_(asked.locale)))
            continue
        methods[found.method] = methods.get(found.method, 0) + 1
        rows += _rows(name, found)
        if found.quality:
            tested.append(found.quality[found.method])
        else:
            notes.append(CONSTANT.in_(asked.locale, name=name))
        if name in happened:
            truth = happened[name][:horizon]
            errors.append(
                (mase(values, found.values[: len(truth)], truth), smape(found.values[: len(truth)], truth))
            )
    return Answer(
        [("series", Text("序列", "Series")), ("step", Text("第几期", "Step")), ("value", Text("预测", "Forecast")),
         ("low", Text("下限", "Low")), ("high", Text("上限", "High")), ("method", Text("方法", "Method"))],
        rows,
        {"series": len(series), "horizon": horizon, "season": season, "methods": methods, "unit": asked.unit},
        _metrics(errors, tested), notes,
    )  # fmt: skip


def _metrics(errors: list[tuple[float, float]], tested: list[float]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if tested:
        told["back_test_mase"] = round(float(np.mean(tested)), 4)
    if errors:
        told["holdout"] = {
            "series": len(errors), "mase": round(float(np.mean([e[0] for e in errors])), 4),
            "smape": round(float(np.mean([e[1] for e in errors])), 4),
        }  # fmt: skip
    return told


def _rows(name: str, found: Forecast) -> list[list[Any]]:
    return [
        [name, step, round(float(value), 4), round(float(low), 4), round(float(high), 4), found.method]
        for step, (value, low, high) in enumerate(zip(found.values, found.low, found.high, strict=True), 1)
    ]


def _wide(sheet: Sheet) -> dict[str, Floats]:
    """One series a row: its name, then its values."""
    names = sheet.texts(sheet.table.columns[0])
    values = np.column_stack([sheet.numbers(column) for column in sheet.table.columns[1:]])
    return {str(name): row[np.isfinite(row)] for name, row in zip(names, values, strict=True)}


def _by_date(asked: Asked, notes: list[str]) -> tuple[dict[str, Floats], dict[str, npt.NDArray[np.int64]]]:
    """Sums by period, every period from the first to the last, and the day each begins."""
    days, values = asked.sheet.days(asked.needed("date")), asked.sheet.numbers(asked.needed("value"))
    whole = np.full(len(days), "total", dtype="<U5")
    names = asked.sheet.texts(asked.roles["series"]) if "series" in asked.roles else whole
    known = (days != BLANK_DAY) & np.isfinite(values)
    starts = _period(days[known], asked.unit)
    every = np.unique(_period(np.arange(days[known].min(), days[known].max() + 1), asked.unit))
    following = _period(np.array([every[-1] + {"day": 1, "week": 7, "month": 31}[asked.unit]]), asked.unit)[0]
    if asked.unit != "day" and following - 1 > days[known].max() and len(every) > 1:
        notes.append(UNFINISHED.in_(asked.locale))
        every = every[:-1]
    found: dict[str, Floats] = {}
    for name in np.unique(names[known]).tolist():
        own = names[known] == name
        place = np.searchsorted(every, starts[own])
        inside = place < len(every)
        sums = np.bincount(place[inside], weights=values[known][own][inside], minlength=len(every))
        found[name] = sums.astype(np.float64)
    return found, dict.fromkeys(found, every)


def _period(days: npt.NDArray[np.int64], unit: str) -> npt.NDArray[np.int64]:
    """The first day of each day's period."""
    if unit == "day":
        return days
    if unit == "week":
        return days - (days + 3) % 7  # 1970-01-01 was a Thursday
    months = days.astype("datetime64[D]").astype("datetime64[M]")
    return months.astype("datetime64[D]").astype(np.int64)


def _cut(
    asked: Asked, series: dict[str, Floats], labels: dict[str, npt.NDArray[np.int64]]
) -> tuple[dict[str, Floats], dict[str, Floats]]:
    at = to_day(asked.split) if asked.split else 0
    before = {name: values[labels[name] <= at] for name, values in series.items()}
    return before, {name: values[labels[name] > at] for name, values in series.items()}


KINDS = (Kind("forecast", Text("预测", "Forecast"), ROLES, run_forecast),)
