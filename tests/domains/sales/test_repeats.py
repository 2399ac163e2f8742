"""Repeats: what a rule says, and which day comes next."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.follow_up.rules import (
    FREQUENCIES,
    WEEKDAYS,
    BadRepeat,
    Repeat,
    following,
    read_repeat,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def at(*given: int, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime(*given, tzinfo=zone)  # type: ignore[arg-type, misc]


@pytest.mark.parametrize(
    ("rule", "due", "now", "expected"),
    [
        ("FREQ=DAILY", at(2026, 11, 20, 9), at(2026, 11, 20, 8), at(2026, 11, 21, 9)),
        # Done late: what was missed is not made up for.
        ("FREQ=DAILY;INTERVAL=2", at(2026, 11, 20, 9), at(2026, 11, 25, 10), at(2026, 11, 26, 9)),
        ("FREQ=WEEKLY;BYDAY=MO,FR", at(2026, 11, 20, 9), at(2026, 11, 20, 12), at(2026, 11, 23, 9)),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", at(2026, 11, 20, 9), at(2026, 11, 20, 12), at(2026, 12, 4, 9)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", at(2026, 1, 31, 9), at(2026, 1, 31, 9), at(2026, 2, 28, 9)),
        # Of RFC 5545: a month without that day is left out.
        ("FREQ=MONTHLY;BYMONTHDAY=31", at(2026, 1, 31, 9), at(2026, 1, 31, 9), at(2026, 3, 31, 9)),
        ("FREQ=YEARLY", at(2028, 2, 29, 9), at(2028, 2, 29, 9), at(2032, 2, 29, 9)),
        # Nine in the morning stays nine in the morning when the clocks are changed.
        ("FREQ=DAILY", at(2026, 10, 24, 9, zone=BERLIN), at(2026, 10, 24, 9, zone=BERLIN), at(2026, 10, 25, 9, zone=BERLIN)),
    ],
)  # fmt: skip
def test_the_next_one(rule: str, due: datetime, now: datetime, expected: datetime) -> None:
    found = following(read_repeat(rule), due, now)
    assert found is not None
    assert found[0] == expected


def test_a_rule_ends_by_its_count_or_its_last_day() -> None:
    due = at(2026, 11, 20, 9)
    assert following(read_repeat("FREQ=DAILY;COUNT=1"), due, due) is None
    assert following(read_repeat("FREQ=DAILY;UNTIL=20261120"), due, due) is None
    found = following(read_repeat("FREQ=DAILY;COUNT=3"), due, due)
    assert found is not None
    assert str(found[1]) == "FREQ=DAILY;COUNT=2"


@pytest.mark.parametrize(
    "text",
    ["", "FREQ", "FREQ=HOURLY", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;COUNT=2;UNTIL=20270101", "FREQ=DAILY;BYDAY=MO",
     "FREQ=WEEKLY;BYDAY=1MO", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=DAILY;UNTIL=20261399", "FREQ=DAILY;COUNT=99999999999", "FREQ=DAILY\nX:1"],
)  # fmt: skip
def test_what_is_no_rule_of_ours_is_refused(text: str) -> None:
    with pytest.raises(BadRepeat):
        read_repeat(text)


repeats = st.builds(
    Repeat,
    freq=st.sampled_from(FREQUENCIES),
    interval=st.integers(1, 30),
    count=st.none() | st.integers(2, 50),
)
weekly = st.builds(
    Repeat,
    freq=st.just("WEEKLY"),
    interval=st.integers(1, 4),
    days=st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(
        lambda days: tuple(d for d in WEEKDAYS if d in days)
    ),
    until=st.none() | st.dates(date(2030, 1, 1), date(2040, 1, 1)),
)


@given(repeats | weekly, st.integers(0, 7 * 365 * 24 * 60), st.integers(-100, 400))
def test_a_rule_is_read_as_it_is_written_and_always_goes_forward(
    repeat: Repeat, minutes: int, days: int
) -> None:
    assert read_repeat(str(repeat)) == repeat
    due = at(2020, 1, 1) + timedelta(minutes=minutes)
    now = due + timedelta(days=days)
    found = following(repeat, due, now)
    if found is None:
        return
    assert found[0] > due
    assert found[0] > now
    assert (found[0].hour, found[0].minute) == (due.hour, due.minute)
    assert not repeat.days or WEEKDAYS[found[0].weekday()] in repeat.days
