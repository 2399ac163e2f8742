"""The formulas: scores stay between 0 and 100, and better data never scores worse."""

from hypothesis import given
from hypothesis import strategies as st

from guanxi.engine.quality.rules import DIMENSIONS, completeness, freshness, overall, share

KEYS = ("name", "phone", "region")
counts = st.integers(0, 10_000)
weights = st.fixed_dictionaries({key: st.integers(1, 100) for key in KEYS})
scores = st.fixed_dictionaries({key: st.none() | st.floats(0, 100) for key in DIMENSIONS})
mix = st.fixed_dictionaries({key: st.integers(0, 100) for key in DIMENSIONS})


@given(counts, counts)
def test_a_share_is_a_score(good: int, of: int) -> None:
    found = share(good, of)
    assert found is None if of == 0 else found is not None and 0 <= found <= 100


@given(st.lists(st.integers(0, 500), min_size=3, max_size=3), weights, st.sampled_from(KEYS))
def test_filling_a_field_never_lowers_completeness(
    filled: list[int], chosen: dict[str, int], key: str
) -> None:
    before = dict(zip(KEYS, filled, strict=True))
    after = before | {key: before[key] + 1}
    low, high = completeness(before, chosen, 501), completeness(after, chosen, 501)
    assert low is not None and high is not None and 0 <= low <= high <= 100


def test_completeness_is_the_weighted_share() -> None:
    assert completeness({"name": 10, "phone": 5}, {"name": 3, "phone": 1}, 10) == 87.5
    assert completeness({}, {"name": 3}, 0) is None
    assert completeness({}, {}, 10) is None


@given(st.floats(0, 5000), st.floats(0, 5000), st.integers(1, 3650))
def test_freshness_only_falls_with_age(one: float, other: float, days: int) -> None:
    young, old = sorted((one, other))
    assert 0 <= freshness(old, days) <= freshness(young, days) <= 1


@given(st.floats(0, 1000), st.integers(1, 1000), st.integers(1, 1000))
def test_a_longer_rhythm_never_makes_data_staler(age: float, one: int, other: int) -> None:
    assert freshness(age, min(one, other)) <= freshness(age, max(one, other))


def test_freshness_at_its_corners() -> None:
    assert [freshness(days, 90) for days in (0, 90, 180, 270, 9999)] == [1, 1, 0.5, 0, 0]
    assert freshness(-3, 90) == 1  # a contact that is still to come


@given(scores, mix)
def test_the_mean_lies_between_its_scores(given: dict[str, float | None], chosen: dict[str, int]) -> None:
    found = overall(given, chosen)
    counted = [score for key, score in given.items() if score is not None and chosen[key] > 0]
    if not counted:
        assert found is None
    else:
        assert found is not None and min(counted) - 0.01 <= found <= max(counted) + 0.01


@given(scores, mix, st.sampled_from(DIMENSIONS), st.floats(0, 100))
def test_a_better_score_never_lowers_the_mean(
    given: dict[str, float | None], chosen: dict[str, int], key: str, more: float
) -> None:
    mine = given[key]
    if mine is None:
        return
    low, high = overall(given, chosen), overall(given | {key: max(mine, more)}, chosen)
    assert low == high or (low is not None and high is not None and low <= high)


def test_what_nothing_is_known_about_does_not_count() -> None:
    assert overall({"completeness": 50.0, "consistency": None}, {"completeness": 30, "consistency": 15}) == 50
    assert overall({"completeness": 50.0}, {"completeness": 0}) is None
