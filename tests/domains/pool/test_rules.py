"""The days of recycle rules: whatever is due today was not due yesterday, workdays and holidays included."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.pool.rules import (
    Limits,
    Member,
    RecycleRule,
    belongs,
    dealt,
    due_day,
    last_day_before,
    room,
)

days = st.dates(date(2023, 1, 1), date(2027, 12, 31))
rules = st.builds(RecycleRule, st.just("x"), st.just("no_follow_up"), st.integers(1, 200), st.booleans())


@given(days, rules)
def test_the_last_day_is_the_one_that_is_due_by_today(today: date, rule: RecycleRule) -> None:
    last = last_day_before(today, rule)
    assert due_day(last, rule) <= today < due_day(last + timedelta(days=1), rule)


@given(days, days, rules)
def test_a_later_event_is_never_due_earlier(one: date, other: date, rule: RecycleRule) -> None:
    early, late = sorted((one, other))
    assert due_day(early, rule) <= due_day(late, rule)


def test_workdays_leave_holidays_out() -> None:
    rule = RecycleRule("x", "no_follow_up", 3, workdays=True)
    assert due_day(date(2026, 9, 30), rule) == date(2026, 10, 10)  # National Day; the 10th is worked


@given(st.integers(0, 500), st.integers(1, 20))
def test_dealing_is_even(records: int, people: int) -> None:
    turns = dealt(records, people)
    counts = [turns.count(person) for person in range(people)]
    assert sum(counts) == records and max(counts) - min(counts) <= 1


def test_the_tightest_limit_says() -> None:
    limits = Limits(daily=5, held=3)
    assert room(limits, claimed=4, held=0, team_claimed=0, team_held=0) == (1, "daily")
    assert room(limits, claimed=0, held=9, team_claimed=0, team_held=0) == (0, "held")
    assert room(Limits(), claimed=9, held=9, team_claimed=9, team_held=9) == (None, "")


def test_members_by_person_team_and_all() -> None:
    members = [Member("user", "a"), Member("team", "t", manages=True)]
    assert belongs(members, "a", []) and not belongs(members, "a", [], managing=True)
    assert belongs(members, "b", ["t"], managing=True) and not belongs(members, "b", ["u"])
    assert belongs([Member("everyone", None)], "z", [])
