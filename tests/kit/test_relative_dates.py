from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit.relative_dates import WINDOWS, add_months, resolve, shift, start_of, window

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
NOW = datetime(2026, 3, 31, 2, tzinfo=UTC)
DAYS = st.dates(date(1100, 1, 1), date(9000, 12, 31))
BUCKETS = ("day", "week", "month", "quarter", "year")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", date(2026, 3, 31)), ("-30d", date(2026, 3, 1)), ("+2w", date(2026, 4, 14)), ("-1m", date(2026, 2, 28)),
        ("+1m", date(2026, 4, 30)), ("-1q", date(2025, 12, 31)), ("-1y", date(2025, 3, 31)), ("+0d", date(2026, 3, 31)),
        ("+23m", date(2028, 2, 29)),
    ],
)  # fmt: skip
def test_days_are_counted_on_the_calendar(text: str, day: date) -> None:
    assert resolve(text, NOW, SHANGHAI) == day


def test_today_depends_on_the_zone() -> None:
    assert resolve("today", NOW, NEW_YORK) == date(2026, 3, 30)
    assert window("today", NOW, NEW_YORK)[0] == date(2026, 3, 30)


def test_hours_and_now_are_moments() -> None:
    assert resolve("now", NOW, SHANGHAI) == NOW
    assert resolve("-3h", NOW, SHANGHAI) == NOW - timedelta(hours=3)


@pytest.mark.parametrize(
    "text", ["", "30d", "-d", "-30x", "-30D", "--1d", "-1 d", "yesterday", "-100000d", "+9000y", "-99999m"]
)
def test_what_is_no_relative_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        resolve(text, NOW, SHANGHAI)


@given(DAYS, st.integers(-1000, 1000))
def test_months_there_and_back_lose_only_days_that_do_not_exist(day: date, months: int) -> None:
    there = add_months(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    back = add_months(there, -months)
    assert back.replace(day=1) == day.replace(day=1)
    assert back <= day
    assert back.day == min(day.day, there.day)
    if day.day <= 28:
        assert back == day


@given(DAYS, st.sampled_from(BUCKETS))
def test_a_bucket_starts_at_or_before_its_days_and_ends_after_them(day: date, bucket: str) -> None:
    start = start_of(bucket, day)
    end = shift(bucket, start, 1)
    assert start <= day < end
    assert start_of(bucket, start) == start == start_of(bucket, end - timedelta(days=1))
    assert start_of(bucket, end) == end
    assert bucket != "week" or start.weekday() == 0


@given(
    st.datetimes(datetime(1100, 1, 1), datetime(9000, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - hypothesis wants it so
    st.sampled_from(BUCKETS[1:]),
)
def test_windows_of_a_kind_follow_each_other(now: datetime, bucket: str) -> None:
    last, this, following = (window(f"{name}_{bucket}", now, SHANGHAI) for name in ("last", "this", "next"))
    assert last[1] == this[0]
    assert this[1] == following[0]
    assert this[0] <= now.astimezone(SHANGHAI).date() < this[1]


@pytest.mark.parametrize(("name", "days"), [("last_7_days", 7), ("last_30_days", 30), ("last_90_days", 90), ("next_7_days", 7),
                                            ("next_30_days", 30), ("yesterday", 1), ("tomorrow", 1)])  # fmt: skip
def test_windows_of_days_have_so_many(name: str, days: int) -> None:
    start, end = window(name, NOW, SHANGHAI)
    assert (end - start).days == days


def test_rolling_windows_include_today() -> None:
    for name in WINDOWS:
        if name.endswith("_days"):
            start, end = window(name, NOW, SHANGHAI)
            assert start <= date(2026, 3, 31) < end


def test_an_unknown_window_is_refused() -> None:
    with pytest.raises(ValueError):
        window("last_decade", NOW, SHANGHAI)
