"""What purchases come to: counted by hand, in any order, and the same however they are split into rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.domains.insight.methods import lifecycle as stages
from guanxi.domains.insight.methods.buying import fit_buying
from guanxi.domains.insight.methods.purchases import history_of, purchases_of
from guanxi.domains.insight.methods.rfm import fifths, rfm
from guanxi.domains.insight.methods.thin import TooThin
from guanxi.domains.insight.methods.value import lifetime_value
from tests.domains.insight.made_up import bought

ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.integers(0, 400), st.integers(-50, 200)), min_size=1, max_size=40
)


@settings(deadline=None, max_examples=150)
@given(ROWS, st.randoms(use_true_random=False))
def test_a_history_counts_days_not_rows_and_forgets_their_order(
    rows: list[tuple[str, int, int]], chance: object
) -> None:
    days: dict[tuple[str, int], list[int]] = {}
    for name, day, amount in rows:
        days.setdefault((name, day), []).append(amount)
    kept = {
        key: sum(amounts)
        for key, amounts in days.items()
        if sum(amounts) > 0 or (sum(amounts) == 0 and min(amounts) >= 0)
    }
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    names, when, amounts = zip(*shuffled, strict=True)
    if not kept:
        with pytest.raises(TooThin):
            purchases_of(names, np.array(when), np.array(amounts, dtype=float))
        return
    found = history_of(purchases_of(names, np.array(when), np.array(amounts, dtype=float)), unit="day")
    for place, name in enumerate(found.names.tolist()):
        own = sorted(day for who, day in kept if who == name)
        money = [kept[name, day] for day in own]
        assert (found.first_day[place], found.last_day[place]) == (own[0], own[-1])
        assert found.repeats[place] == len(own) - 1
        assert found.recency[place] == own[-1] - own[0]
        assert found.age[place] == max(day for _, day in kept) - own[0]
        assert found.total[place] == pytest.approx(sum(money))
        assert found.spend[place] == pytest.approx(sum(money[1:]) / (len(own) - 1) if len(own) > 1 else 0)


@given(st.lists(st.integers(0, 8), min_size=1, max_size=60))
def test_fifths_keep_the_order_and_equal_values_together(values: list[int]) -> None:
    found = fifths(np.array(values))
    assert set(found) <= {1, 2, 3, 4, 5}
    for one, one_fifth in zip(values, found, strict=True):
        for other, other_fifth in zip(values, found, strict=True):
            assert (one == other) <= (one_fifth == other_fifth)
            assert (one < other) <= (one_fifth <= other_fifth)


def test_rfm_names_the_best_and_the_gone() -> None:
    rows = [("best", day, 500.0) for day in range(100, 361, 20)]
    rows += [("gone", day, 300.0) for day in range(0, 60, 10)]
    rows += [(f"once{n}", 40 * n, 20.0) for n in range(1, 9)]
    names, days, amounts = zip(*rows, strict=True)
    purchases = purchases_of(names, np.array(days), np.array(amounts))
    found = rfm(history_of(purchases, unit="day"), 360)
    by_name = dict(zip(purchases.names.tolist(), found.segment.tolist(), strict=True))
    assert by_name["best"] == "champions"
    assert by_name["gone"] == "cannot_lose"


def _stage(*days: int, today: int) -> tuple[str, int]:
    others = [(f"o{n}", day) for n in range(5) for day in range(0, today, 30)]
    names, when = zip(*[("me", day) for day in days], *others, strict=True)
    purchases = purchases_of(names, np.array(when), np.ones(len(when)))
    found = stages.lifecycle(purchases, today)
    place = purchases.names.tolist().index("me")
    return str(found.stage[place]), int(found.began[place])


def test_a_stage_follows_from_ones_own_rhythm() -> None:
    assert _stage(290, today=300) == ("new", 290)
    assert _stage(0, 100, 200, 290, today=300) == ("active", 100)
    # Every hundred days: two hundred without a purchase are dormant, four hundred are lost.
    assert _stage(0, 100, 200, today=390) == ("active", 100)
    assert _stage(0, 100, 200, today=401) == ("dormant", 400)
    assert _stage(0, 100, 200, today=601) == ("lost", 600)
    assert _stage(0, 20, 40, 60, 300, today=310) == ("won_back", 300)
    # Who buys every day is not lost after a week of silence: the floor.
    assert _stage(280, 281, 282, 283, today=300)[0] == "active"


def test_the_flow_counts_everybody_once() -> None:
    purchases = bought(200)
    days = np.arange(29, 360, 30)
    found = stages.flow(purchases, days)
    for day in days[1:]:
        told = sum(count for (at, _, _), count in found.items() if at == day)
        later = sum(1 for first in history_of(purchases, unit="day").first_day if first > day)
        assert told == 200 - later


def test_a_known_population_is_found_again_and_its_future_foretold() -> None:
    purchases = bought(1500, days=540)
    history = history_of(purchases.until(270), unit="day", until=270)
    model = fit_buying(history)
    assert model.model == "bg_nbd"
    assert 0.4 < model.r < 0.9
    assert 25 < model.alpha < 60
    came = sum(1 for who, day in zip(purchases.customer, purchases.day, strict=True)
               if day > 270 and purchases.names[who] in set(history.names.tolist()))  # fmt: skip
    assert model.expected(history, 270).sum() == pytest.approx(came, rel=0.15)


def test_a_value_lies_in_its_range_and_more_months_are_worth_more() -> None:
    history = history_of(bought(), unit="day")
    year, half = (lifetime_value(history, unit="day", months=months, draws=20) for months in (12, 6))
    assert year.model == "bg_nbd_gamma_gamma"
    assert (year.low <= year.value).all()
    assert (year.value <= year.high).all()
    assert (year.value >= half.value).all()
    undiscounted = lifetime_value(history, unit="day", months=12, discount=0.0, draws=20)
    assert undiscounted.value == pytest.approx(undiscounted.purchases * undiscounted.spend)
