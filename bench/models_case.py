"""The models of insight on public data, against what is published about them; and how long they take.

Ours: the figure by `guanxi insight`'s own code. The floor: the published or reference figure of the same set (see the
data's README). `--rows` is the number of customers whose lifetime value is fitted at the end.
"""

import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from bench.measuring import Report, conditions
from guanxi.domains.insight.files.answers import Asked, roles_of
from guanxi.domains.insight.files.kinds import KINDS
from guanxi.domains.insight.files.reading import read_sheet
from guanxi.domains.insight.methods.buying import fit_buying
from guanxi.domains.insight.methods.purchases import History
from guanxi.domains.insight.methods.spending import fit_spending

DEFAULT_ROWS = 1000000
DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def run(rows: int) -> Report:
    """Every figure once."""
    report = Report("models", conditions(customers=rows))
    _cdnow(report)
    _learned(report)
    _rest(report)
    history = _made_up(rows)
    began = time.perf_counter()
    fit_buying(history)
    fit_spending(history)
    report.add("fit of lifetime value, all customers", time.perf_counter() - began, 60.0, "s")
    return report


def _asked(kind: str, file: str, roles: dict[str, str], **options: Any) -> dict[str, Any]:
    sheet = read_sheet(DATA / file, locale="en")
    found = KINDS[kind].run(Asked(sheet, roles_of(KINDS[kind], sheet, roles), locale="en", **options))
    return {"metrics": found.metrics, "parameters": found.parameters}


def _cdnow(report: Report) -> None:
    found = _asked(
        "clv",
        "cdnow/CDNOW_sample.txt",
        {"2": "customer", "3": "date", "5": "amount"},
        split=date(1997, 9, 30),
    )
    published = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426, "log_likelihood": -9582.4}
    for name, value in published.items():
        report.add(f"CDNOW BG/NBD {name}", found["parameters"]["bg_nbd"][name], value, "")
    for name, value in {"p": 6.25, "q": 3.74, "gamma": 15.44, "log_likelihood": -4055.92}.items():
        report.add(f"CDNOW Gamma-Gamma {name}", found["parameters"]["gamma_gamma"][name], value, "")
    report.add("CDNOW holdout correlation", found["metrics"]["holdout"]["correlation"], 0.626, "")


def _learned(report: Report) -> None:
    for name, kind, file, roles, floor in (
        ("telco churn AUC", "churn", "telco/telco.csv", {"Churn": "target", "customerID": "record"}, 0.845),
        (
            "leads AUC without what leaks",
            "score",
            "leads/leads.csv",
            {"Converted": "target", "Lead Number": "record"},
            0.875,
        ),
        ("bank AUC without duration", "score", "bank/bank-additional.csv", {"y": "target"}, 0.80),
    ):
        found = _asked(kind, file, roles)["metrics"]
        report.add(name, found["auc"], floor, "")
        leaks = ", ".join(leak["column"] for leak in found["leaks"]) or "none"
        report.conditions[f"{name}: left out"] = leaks
    reviews = "zh_sentiment/online_shopping_without_hotel.csv.gz"
    found = _asked("sentiment", reviews, {"review": "text", "label": "label"})["metrics"]
    report.add("Chinese reviews, accuracy", found["accuracy"], 0.93, "")


def _rest(report: Report) -> None:
    found = _asked(
        "recommend", "movielens_100k/ml-100k.inter", {"user_id:token": "customer", "item_id:token": "product"}
    )["metrics"]["ndcg_at_10"]
    for name, floor in (("popularity", 0.219), ("item_knn", 0.382), ("ease", 0.446)):
        report.add(f"MovieLens NDCG@10 {name}", found[name], floor, "")
    against = read_sheet(DATA / "forecast/Weekly-test.csv.gz", locale="en")
    train = read_sheet(DATA / "forecast/Weekly-train.csv.gz", locale="en")
    asked = Asked(train, {}, unit="week", season=52, against=against, locale="en")
    holdout = KINDS["forecast"].run(asked).metrics["holdout"]
    report.add("M4 weekly MASE", holdout["mase"], 2.40, "")
    report.add("M4 weekly sMAPE", holdout["smape"], 8.87, "")


def _made_up(customers: int) -> History:
    """Histories of a BG/NBD population over a year, in weeks."""
    rng = np.random.default_rng(1)
    age = rng.integers(1, 365, customers) / 7
    repeats = np.minimum(rng.poisson(rng.gamma(0.4, 1 / 8.0, customers) * age), 60).astype(np.float64)
    recency = np.where(repeats > 0, np.rint(age * 7 * rng.beta(np.maximum(repeats, 1), 1.3)) / 7, 0.0)
    spend = np.where(
        repeats > 0, np.round(rng.gamma(6.0, 60 / rng.gamma(4.0, 1 / 4.0, customers) / 6.0), 2), 0.0
    )
    none = np.zeros(customers, dtype=np.int64)
    return History(np.arange(customers).astype(str), repeats, recency, age, spend, none, none, spend)
