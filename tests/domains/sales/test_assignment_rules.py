"""Who gets a lead, as plain rules: fair turns, weights within one, limits, territories, even loads."""

import uuid
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.assignment.rules import (
    Asked,
    Method,
    Passed,
    Person,
    Terms,
    Turns,
    Work,
    choose,
    even_loads,
    moves_between,
)
from guanxi.kit.working_hours import WorkingHours, read_hours

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)  # a Monday, 12:00 in Shanghai
SHANGHAI = ZoneInfo("Asia/Shanghai")
PEOPLE = [uuid.UUID(int=n) for n in range(1, 9)]
weights = st.lists(st.integers(1, 30), min_size=1, max_size=8)


@given(weights, st.integers(1, 200))
def test_after_any_number_of_turns_nobody_is_a_lead_away_from_their_share(
    given_: list[int], turns: int
) -> None:
    shares = dict(zip(PEOPLE, given_, strict=False))
    kept, got = Turns(), dict.fromkeys(shares, 0)
    for turn in range(1, turns + 1):
        got[kept.take(shares)] += 1
        kept = Turns.of(kept.as_json())
        for person, weight in shares.items():
            assert abs(got[person] * sum(given_) - turn * weight) < sum(given_)


@given(st.lists(st.sets(st.sampled_from(PEOPLE), min_size=1), min_size=1, max_size=60))
def test_among_the_same_people_turns_are_fair_whoever_comes_and_goes(sets: list[set[uuid.UUID]]) -> None:
    kept = Turns()
    got: dict[frozenset[uuid.UUID], dict[uuid.UUID, int]] = {}
    for able in sets:
        served = got.setdefault(frozenset(able), dict.fromkeys(able, 0))
        served[kept.take(dict.fromkeys(able, 1))] += 1
        assert max(served.values()) - min(served.values()) <= 1


def test_who_has_waited_longest_begins_where_others_are_gone() -> None:
    kept, (a, b, c) = Turns(), PEOPLE[:3]
    assert [kept.take({a: 1, b: 1, c: 1}) for _ in range(2)] == [a, b]
    assert kept.take({a: 1, c: 1}) == c


def test_limits_absence_hours_and_skills_pass_people_over_with_the_reason() -> None:
    night = datetime(2026, 11, 23, 14, tzinfo=UTC)
    a, b, c, d, e, f = PEOPLE[:6]
    people = {
        a: Person(a, away_from=night - timedelta(days=1), away_until=night + timedelta(days=1)),
        b: Person(b, hours=WorkingHours(SHANGHAI)),
        c: Person(c, max_open=3),
        d: Person(d, per_day=2),
        e: Person(e, skills=frozenset({"cranes"})),
        f: Person(f, skills=frozenset({"robots"}), max_open=1),
    }
    terms = Terms(weights=dict.fromkeys(people, 1), by_skill=True, in_hours=True)
    work = Work({c: 3}, {d: 2})
    found = choose(terms, people, Asked(night, skill="robots"), work, Turns())
    assert found.person == f
    assert found.passed == {
        a: Passed.AWAY,
        b: Passed.OFF_HOURS,
        c: Passed.FULL,
        d: Passed.QUOTA,
        e: Passed.SKILL,
    }
    work.add(f)
    assert choose(terms, people, Asked(night, skill="robots"), work, Turns()).person is None


def test_the_nearest_territory_wins_and_the_wider_one_stands_in() -> None:
    province, city, other = PEOPLE[:3]
    people = {
        province: Person(province, regions=("44",)),
        city: Person(city, regions=("4420", "31")),
        other: Person(other, regions=("11",)),
    }
    terms = Terms(weights=dict.fromkeys(people, 1), territory=True)
    here = Asked(NOON, region="442000")
    found = choose(terms, people, here, Work(), Turns())
    assert (found.person, found.region, found.passed) == (
        city, "4420", {province: Passed.REGION, other: Passed.REGION},
    )  # fmt: skip
    people[city] = Person(city, regions=("4420",), max_open=0)
    assert choose(terms, people, here, Work(), Turns()).person == province
    assert choose(terms, people, Asked(NOON, region="65"), Work(), Turns()).person is None
    assert choose(terms, people, Asked(NOON), Work(), Turns()).person in people


def test_who_served_them_before_is_preferred_if_they_can() -> None:
    a, b = PEOPLE[:2]
    people = {a: Person(a), b: Person(b, max_open=5)}
    terms = Terms(weights={a: 9, b: 1}, past_owner=True)
    asked = Asked(NOON, past_owner=b)
    assert choose(terms, people, asked, Work(), Turns()).by == "past_owner"
    assert choose(terms, people, asked, Work({b: 5}), Turns()).person == a
    assert choose(terms, people, Asked(NOON, past_owner=uuid.uuid4()), Work(), Turns()).by == "turns"
    assert choose(terms, people, Asked(NOON, past_owner=b, tried=frozenset({b})), Work(), Turns()).person == a


@given(st.lists(st.integers(0, 40), min_size=1, max_size=6), st.integers(1, 60))
def test_the_least_loaded_gets_it(open_: list[int], leads: int) -> None:
    people = {p: Person(p) for p in PEOPLE[: len(open_)]}
    terms = Terms(Method.FEWEST, weights=dict.fromkeys(people, 1))
    work, turns = Work(dict(zip(people, open_, strict=False))), Turns()
    for _ in range(leads):
        before = dict(work.open)
        chosen = choose(terms, people, Asked(NOON), work, turns).person
        assert chosen is not None
        assert before[chosen] == min(before.values())
        work.add(chosen)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 9)), min_size=1, max_size=8))
def test_evened_loads_add_up_follow_the_weights_and_move_no_more_than_needed(
    given_: list[tuple[int, int]],
) -> None:
    loads = {p: load for p, (load, _) in zip(PEOPLE, given_, strict=False)}
    shares = {p: weight for p, (_, weight) in zip(PEOPLE, given_, strict=False)}
    wanted = even_loads(loads, shares)
    total, parts = sum(loads.values()), sum(shares.values())
    assert sum(wanted.values()) == total
    assert all(abs(wanted[p] * parts - total * shares[p]) < parts for p in shares)
    movable = {p: [uuid.uuid4() for _ in range(load)] for p, load in loads.items()}
    moves = moves_between(loads, wanted, movable)
    assert len(moves) == sum(max(loads[p] - wanted[p], 0) for p in loads)
    after = dict(loads)
    for lead, giver, taker in moves:
        assert lead in movable[giver]
        after[giver] -= 1
        after[taker] += 1
    assert after == wanted
    assert even_loads(after, shares) == wanted


HOURS = read_hours({"stretches": [["09:00", "12:00"], ["13:30", "18:00"]]}, SHANGHAI)


def test_clocks_stop_over_nights_lunch_weekends_and_holidays() -> None:
    friday = datetime(2026, 9, 24, 17, 30, tzinfo=SHANGHAI)  # Thursday before 中秋, off until Sunday
    assert HOURS.after(friday, 60) == datetime(2026, 9, 28, 9, 30, tzinfo=SHANGHAI)
    assert HOURS.after(datetime(2026, 9, 28, 11, 45, tzinfo=SHANGHAI), 30).astimezone(SHANGHAI).hour == 13
    assert HOURS.is_open(datetime(2026, 9, 20, 10, tzinfo=SHANGHAI))  # a Sunday worked in exchange
    assert not HOURS.is_open(datetime(2026, 9, 28, 12, 10, tzinfo=SHANGHAI))


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2027, 12, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(0, 20_000),
)
def test_so_many_minutes_later_so_many_minutes_have_passed(start: datetime, minutes: int) -> None:
    assert HOURS.minutes_between(start, HOURS.after(start, minutes)) == pytest.approx(minutes)


@pytest.mark.parametrize(
    "given_",
    [None, {}, {"stretches": []}, {"stretches": [["09:00", "09:00"]]}, {"stretches": [["18:00", "09:00"]]},
     {"stretches": [["09:00", "12:00"], ["11:00", "18:00"]]}, {"stretches": [["9", "18"]]},
     {"stretches": [["09:00", "25:00"]]}, {"stretches": [["09:00", "18:00"]], "weekdays": []},
     {"stretches": [["09:00", "18:00"]], "weekdays": [0]}, {"stretches": "ab"},
     {"stretches": [["09:00", "09:30"]], "weekdays": [1]}],
)  # fmt: skip
def test_hours_that_make_no_sense_are_refused(given_: object) -> None:
    with pytest.raises(ValueError):
        read_hours(given_, SHANGHAI)
