"""Splitting always adds up, nobody is a step away from their share, and pace follows the working calendar."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.targets.rules import (
    CENT,
    ONE,
    Period,
    pace,
    percent,
    period_of,
    reached,
    split,
    spread,
)
from guanxi.kit.working_calendar import is_workday

cents = st.integers(0, 10**15).map(lambda n: Decimal(n) / 100)
weights = st.lists(st.decimals(0, 10**9, places=2), min_size=1, max_size=40)
days = st.dates(date(2020, 1, 1), date(2027, 12, 31))


@given(total=cents, by=weights)
def test_parts_add_up_to_the_cent_and_none_is_a_cent_from_its_share(
    total: Decimal, by: list[Decimal]
) -> None:
    parts = split(total, by)
    assert sum(parts) == total
    whole = sum(by) or Decimal(len(by))
    for part, weight in zip(parts, by if any(by) else [ONE] * len(by), strict=True):
        assert abs(part - total * weight / whole) < CENT + Decimal("0.000001")
        assert part % CENT == 0


@given(total=st.integers(0, 10**6), by=weights)
def test_who_weighs_more_gets_no_less(total: int, by: list[Decimal]) -> None:
    parts = split(Decimal(total), by, ONE)
    for i, part in enumerate(parts):
        assert all(part >= other for other, weight in zip(parts, by, strict=True) if by[i] > weight)


@given(total=cents, people=weights, periods=st.lists(st.decimals(0, 999, places=2), min_size=1, max_size=12))
def test_people_and_months_add_up_together(
    total: Decimal, people: list[Decimal], periods: list[Decimal]
) -> None:
    rows = spread(total, people, periods)
    assert sum(sum(row) for row in rows) == total
    assert [sum(row) for row in rows] == split(total, people)


def test_what_cannot_be_split_is_refused() -> None:
    for total, by in (
        (Decimal(1), []),
        (Decimal(-1), [ONE]),
        (Decimal(1), [-ONE]),
        (Decimal("0.001"), [ONE]),
    ):
        with pytest.raises(ValueError, match=r"."):
            split(total, by)


@given(
    unit=st.sampled_from(["month", "quarter", "year"]),
    day=days,
    target=cents,
    actual=cents,
    ahead=st.integers(0, 400),
)
def test_pace_counts_workdays_and_meets_target_at_the_end(
    unit: str, day: date, target: Decimal, actual: Decimal, ahead: int
) -> None:
    period = period_of(unit, day)
    assert period.start <= day < period.end
    assert [part.start for part in period.parts(unit)] == [period.start]
    all_days = [period.start + timedelta(days=i) for i in range((period.end - period.start).days)]
    found = pace(period, day, target, actual)
    assert found.days == sum(map(is_workday, all_days))
    assert found.gone == sum(is_workday(each) for each in all_days if each < day)
    assert found.gone + found.left == found.days
    assert found.expected is not None and 0 <= found.expected <= target
    assert found.projected is not None and found.projected >= actual  # what was reached is not lost
    later = pace(period, min(day + timedelta(days=ahead), period.last), target, actual)
    assert later.expected is not None and later.expected >= found.expected
    over = pace(period, period.end, target, actual)
    assert (over.expected, over.ahead, over.projected, over.left) == (target, actual - target, None, 0)


def test_the_month_of_the_picture() -> None:
    """November 2026 has 21 workdays; on the morning of the 20th, 14 of them are over and 7 are left."""
    found = pace(Period("month", date(2026, 11, 1)), date(2026, 11, 20), Decimal(1_200_000), Decimal(864_000))
    assert (found.days, found.gone, found.left) == (21, 14, 7)
    assert percent(Decimal(1_200_000), found.expected or Decimal()) == Decimal("66.6")
    assert found.ahead == Decimal("64000.00")
    assert found.projected == Decimal("1209600.00")
    assert found.per_day == Decimal("48000.00")


def test_a_holiday_is_no_day_to_be_behind_on() -> None:
    october = Period("month", date(2026, 10, 1))
    assert pace(october, date(2026, 10, 8), Decimal(100), Decimal()).expected == 0
    assert pace(october, date(2026, 9, 30), Decimal(100), Decimal()).expected is None


@given(target=cents, actual=cents)
def test_nothing_is_reached_before_it_is(target: Decimal, actual: Decimal) -> None:
    shown = percent(target, actual)
    levels = reached(target, actual, [50, 90, 100])
    assert (100 in levels) == (target > 0 and actual >= target)
    assert shown is None or (shown >= 100) == (actual >= target)
