"""Histories that real firms have: nothing, one order, only returns, one customer with everything. No nonsense comes out."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from guanxi.domains.insight.methods import lifecycle as stages
from guanxi.domains.insight.methods import recommending, scoring, sentiment
from guanxi.domains.insight.methods.buying import fit_buying
from guanxi.domains.insight.methods.features import features_of
from guanxi.domains.insight.methods.forecasting import forecast
from guanxi.domains.insight.methods.leaks import find_leaks
from guanxi.domains.insight.methods.purchases import Purchases, history_of, purchases_of
from guanxi.domains.insight.methods.rfm import rfm
from guanxi.domains.insight.methods.thin import TooThin
from guanxi.domains.insight.methods.value import lifetime_value
from tests.domains.insight.made_up import bought


def _purchases(*rows: tuple[str, int, float]) -> Purchases:
    names, days, amounts = zip(*rows, strict=True)
    return purchases_of(names, np.array(days), np.array(amounts))


def test_nothing_and_only_returns_are_declined() -> None:
    with pytest.raises(TooThin):
        purchases_of([], np.array([], dtype=np.int64), np.array([]))
    with pytest.raises(TooThin):
        _purchases(("a", 1, -5.0), ("b", 2, -1.0))


def test_one_order_has_a_stage_and_a_simple_value() -> None:
    purchases = _purchases(("a", 100, 50.0))
    history = history_of(purchases)
    assert stages.lifecycle(purchases, 100).stage.tolist() == ["new"]
    assert rfm(history, 100).money.tolist() == [50.0]
    value = lifetime_value(history)
    assert value.model == "tenure_times_spend"
    assert value.declined is not None
    assert "Only 0 customers" in value.declined.in_("en")
    assert np.isnan(value.low).all(), "no range is made up"


def test_a_gap_of_ten_years_and_a_customer_with_half_of_everything_stay_finite() -> None:
    history = bought(300)
    rows = [
        (str(history.names[who]), int(day), float(amount))
        for who, day, amount in zip(history.customer, history.day, history.amount, strict=True)
    ]
    rows += [("giant", day, 5_000.0) for day in range(0, 360, 4)] + [("back", 0, 10.0), ("back", 3650, 10.0)]
    purchases = _purchases(*rows)
    value = lifetime_value(history_of(purchases, unit="day"), unit="day", draws=10)
    assert np.isfinite(value.value).all()
    assert (value.value >= 0).all()
    assert stages.lifecycle(purchases, 3650).stage[purchases.names.tolist().index("back")] == "won_back"


def test_where_nobody_can_be_seen_to_leave_the_model_says_so() -> None:
    history = history_of(bought(900, a=1e-6, b=1e3, days=200), unit="day")
    model = fit_buying(history)
    assert model.alive(history).min() > 0.95
    assert ((model.silent(history, 30) >= 0) & (model.silent(history, 30) <= 1)).all()


def test_short_and_constant_series() -> None:
    with pytest.raises(TooThin, match="3"):
        forecast([1.0, 2.0, 3.0], 4)
    steady = forecast(np.full(20, 7.0), 3, season=12)
    assert steady.values.tolist() == [7, 7, 7]
    zero = forecast(np.r_[np.zeros(15), 1.0], 3)
    assert np.isfinite(zero.values).all()


def test_seasons_are_carried_on() -> None:
    month = np.arange(60)
    series = (100 + month) * (1 + 0.5 * np.sin(month / 12 * 2 * np.pi))
    found = forecast(series, 12, season=12)
    truth = (100 + np.arange(60, 72)) * (1 + 0.5 * np.sin(np.arange(60, 72) / 12 * 2 * np.pi))
    assert found.seasonal
    assert np.abs(found.values / truth - 1).max() < 0.1


def _table(rows: int, seed: int = 3) -> tuple[pl.DataFrame, Any]:
    rng = np.random.default_rng(seed)
    size, kind = rng.normal(size=rows), rng.choice(["甲", "乙", "丙"], rows)
    answer = rng.random(rows) < 1 / (1 + np.exp(-1.5 * size - np.where(kind == "甲", 1.0, -0.5)))
    table = pl.DataFrame({
        "id": [str(n) for n in range(rows)], "size": [f"{s:.3f}" for s in size], "kind": kind.tolist(),
        "always": ["x"] * rows, "after": np.where(answer, "签了", "没签").tolist(),
        "noise": [f"{n:.2f}" for n in rng.normal(size=rows)],
    })  # fmt: skip
    return table, answer


def test_a_score_learns_what_is_there_and_names_what_knows_the_answer() -> None:
    table, answer = _table(600)
    features = features_of(table)
    assert set(features.dropped) == {"id", "always"}
    assert [leak.column for leak in find_leaks(features, answer)] == ["after"]
    found = scoring.learn(features, answer)
    assert found.model is not None
    assert 0.75 < found.quality.auc < 0.95
    assert found.with_leaks is not None and found.with_leaks.auc > 0.99
    used = found.features
    first = [row[0][0] for row in scoring.drivers(found.model, used) if row]
    assert first.count("size") > len(first) / 2
    assert sum(count for _, _, count in found.quality.reliability) == 600


def test_noise_gets_no_score_and_few_answers_none_either() -> None:
    table, _ = _table(500)
    rng = np.random.default_rng(11)
    found = scoring.learn(features_of(table.select("size", "kind", "noise")), rng.random(500) < 0.5)
    assert found.model is None
    with pytest.raises(TooThin, match="50"):
        scoring.learn(features_of(table.select("size")), np.arange(500) < 20)


def test_what_goes_together_is_offered_and_what_one_has_is_not() -> None:
    rng = np.random.default_rng(5)
    who, what = [], []
    for number in range(300):
        side = "AB"[number % 2]
        for item in rng.choice(8, 4, replace=False):
            who.append(f"c{number}")
            what.append(f"{side}{item}")
    baskets = recommending.baskets_of(who, what)
    model = recommending.learn(baskets)
    assert model.quality[model.method] > model.quality["popularity"]
    best, _ = model.best(baskets, 3)
    for customer in range(0, 300, 25):
        side = "AB"[int(baskets.customers[customer][1:]) % 2]
        has = set(baskets.has[customer].indices.tolist())
        for item in best[customer].tolist():
            assert item not in has
            assert str(baskets.items[item]).startswith(side)
            because = model.reason(baskets, customer, item)
            assert because is None or because in has
    with pytest.raises(TooThin):
        recommending.learn(recommending.baskets_of(["a", "b"], ["x", "y"]))


def test_feelings_need_verdicts() -> None:
    good, bad = ["很好，喜欢，推荐", "质量不错，满意"], ["太差了，失望", "破的，退货，垃圾"]
    texts = [f"{(good + bad)[n % 4]}{n}" for n in range(240)]
    found = sentiment.learn(texts, np.array([n % 4 < 2 for n in range(240)]))
    assert found.accuracy > 0.95
    assert found.chance(["真的很好", "太差了"]).round().tolist() == [1, 0]
    with pytest.raises(TooThin):
        sentiment.learn(texts[:20], np.array([True] * 20))
