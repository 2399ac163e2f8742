"""Periods and what they are compared with, against plain counting of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit.periods import COMPARED, NAMED, earlier, span_of

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(name=st.sampled_from(NAMED), how=st.sampled_from(COMPARED), today=DAYS)
def test_the_days_before_lie_before_and_are_no_more_than_have_gone_by(
    name: str, how: str, today: date
) -> None:
    span = span_of(name, today)
    before = earlier(span, how, today)
    gone = [span.start + timedelta(n) for n in range(span.days) if span.start + timedelta(n) <= today]
    assert before.start < before.end <= max(span.start, before.start + timedelta(366))
    assert before.days <= len(gone) + 1 or gone[-1] == span.end - timedelta(1)
    if (
        span.start <= today < span.end - timedelta(1)
    ):  # still running: as many days, unless that period is shorter, or the year before had a 29 February
        leap = any((before.start + timedelta(n)).timetuple()[1:3] == (2, 29) for n in range(before.days))
        assert before.days <= len(gone) + (leap and how == "year")
    if how == "year":
        same = (before.start.month, before.start.day)
        assert same in ((span.start.month, span.start.day), (2, 28))


@given(first=DAYS, days=st.integers(0, 800), today=DAYS)
def test_own_days_are_compared_with_as_many_just_before(first: date, days: int, today: date) -> None:
    span = span_of({"from": first.isoformat(), "to": (first + timedelta(days)).isoformat()}, today)
    before = earlier(span, "previous", today)
    assert span.days == days + 1
    assert before.start == first - timedelta(span.days)
    running = first <= today < first + timedelta(days)
    assert before.days == ((today - first).days + 1 if running else span.days)


def test_a_running_month_stands_beside_the_same_days_of_the_last() -> None:
    today = date(2026, 3, 31)
    march = span_of("this_month", today)
    assert earlier(march, "previous", date(2026, 3, 10)).end == date(2026, 2, 11)
    assert earlier(march, "previous", date(2026, 3, 30)).end == date(2026, 3, 1)  # February has no 30th
    assert earlier(span_of("last_month", today), "previous", today).start == date(2026, 1, 1)
    assert earlier(span_of("this_month", date(2024, 2, 29)), "year", date(2024, 2, 29)).end == date(
        2023, 3, 1
    )


@pytest.mark.parametrize("period", ["next_month", "", None, {"from": "2026-02-01"}, {"from": "2026-02-01", "to": "x"},
                                    {"from": "2026-02-02", "to": "2026-02-01"}, {"from": 1, "to": 2},
                                    {"from": "0001-01-01", "to": "0001-01-02"}, {"from": "1990-01-01", "to": "2026-01-01"}])  # fmt: skip
def test_what_is_no_period_is_refused(period: object) -> None:
    with pytest.raises(ValueError, match=r".+"):
        span_of(period, date(2026, 1, 1))
