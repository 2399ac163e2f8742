from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.engine.schema.field_types.serial import period_key, render
from tests.engine.schema.field_types.declared import a_field, parsed, refused

DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))
RESETS = {
    "none": "SO-{0000}",
    "year": "{YY}-{000}",
    "month": "SO-{YYYY}{MM}-{0000}",
    "day": "{YYYY}{MM}{DD}{00}",
}


def test_the_pattern_is_filled_in() -> None:
    assert render("SO-{YYYY}{MM}-{0000}", 42, date(2026, 3, 5)) == "SO-202603-0042"
    assert render("{YY}/{DD}#{0}", 7, date(2026, 3, 5)) == "26/05#7"
    assert render("{0000}", 123_456, date(2026, 3, 5)) == "123456"


@pytest.mark.parametrize("reset", RESETS)
@given(one=DAYS, other=DAYS, n=st.integers(1, 10**6), m=st.integers(1, 10**6))
def test_no_number_is_given_twice(reset: str, one: date, other: date, n: int, m: int) -> None:
    same_period = period_key(reset, one) == period_key(reset, other)
    if same_period and n == m:
        return
    if "{YY}" in RESETS[reset] and one.year % 100 == other.year % 100 and one.year != other.year:
        return  # two digits of a year repeat after a century
    if reset == "day" and (n > 99 or m > 99):
        return  # a counter wider than its zeros can run into the date before it
    assert render(RESETS[reset], n, one) != render(RESETS[reset], m, other)


@given(DAYS, DAYS)
def test_periods(one: date, other: date) -> None:
    assert period_key("none", one) == ""
    assert (period_key("year", one) == period_key("year", other)) == (one.year == other.year)
    same_month = (one.year, one.month) == (other.year, other.month)
    assert (period_key("month", one) == period_key("month", other)) == same_month
    assert (period_key("day", one) == period_key("day", other)) == (one == other)
    assert len(period_key("day", one)) == 8


@pytest.mark.parametrize(
    "config",
    [{"pattern": "SO"}, {"pattern": "{00}{00}"}, {"pattern": "{00}{X}"}, {"pattern": 5}, {"pattern": "x" * 61 + "{0}"},
     {"pattern": "{00}", "reset": "week"}, {"pattern": "{00}", "reset": "year"}, {"pattern": "{YYYY}{00}", "reset": "month"},
     {"pattern": "{MM}{DD}{00}", "reset": "day"}, {"pattern": "{0}\n"}],
)  # fmt: skip
def test_a_pattern_that_would_repeat_is_refused(config: dict[str, Any]) -> None:
    with refused("bad_config"):
        a_field("serial").type.check_config(config)


@pytest.mark.parametrize("reset", RESETS)
def test_a_fitting_pattern_is_kept(reset: str) -> None:
    config = {"pattern": RESETS[reset], "reset": reset}
    assert a_field("serial").type.check_config(config) == config


def test_a_field_without_configuration_counts_by_month() -> None:
    f = a_field("serial")
    assert f.type.render(f, 1, date(2026, 3, 5)) == "202603-0001"  # type: ignore[attr-defined]
    assert f.type.period_key(f, date(2026, 3, 5)) == "202603"  # type: ignore[attr-defined]
    assert f.type.always_readonly
    assert parsed("serial", " SO-1 ") == "SO-1"
