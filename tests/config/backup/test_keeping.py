"""Fourteen daily copies over more than three months, whatever happens in between."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from guanxi.config.backup.keeping import DAYS, MONTHS, UPGRADES, WEEKS, superfluous
from guanxi.config.backup.names import Kept, kept, name_of

START = datetime(2026, 1, 1, 2, 30, tzinfo=UTC)


def _copy(day: float, reason: str = "daily") -> Kept:
    at = START + timedelta(days=day)
    found = kept(name_of(at, reason), 1)
    assert found is not None
    return found


def _lived(days: list[float]) -> list[Kept]:
    """The copies left when one is made on each of these days and the old ones are removed each time."""
    copies: list[Kept] = []
    for day in days:
        copies.append(_copy(day))
        gone = {copy.name for copy in superfluous(copies)}
        copies = [copy for copy in copies if copy.name not in gone]
    return copies


def test_after_half_a_year_fourteen_copies_reach_back_three_months() -> None:
    for length in range(185, 400, 3):
        copies = _lived(list(range(length)))
        ages = [(copies[-1].at - copy.at).days for copy in copies]
        assert len(copies) == DAYS + WEEKS + MONTHS == 14
        assert ages[-7:] == [6, 5, 4, 3, 2, 1, 0]
        assert 90 <= ages[0] <= 135
        assert all(before - after <= 36 for before, after in pairwise(ages))


@settings(max_examples=60)
@given(st.lists(st.integers(0, 300 * 1440), min_size=1, max_size=80, unique=True).map(sorted))
def test_the_newest_stays_and_there_are_never_more_than_fourteen(minutes: list[int]) -> None:
    days = [minute / 1440 for minute in minutes]
    copies = _lived(days)
    assert copies[-1].name == _copy(days[-1]).name
    assert len(copies) <= 14


def test_copies_made_by_hand_stay_and_of_upgrades_the_last_two() -> None:
    copies = [_copy(day, reason) for day in range(30) for reason in ("manual", "upgrade")]
    gone = superfluous(copies)
    assert {copy.reason for copy in gone} == {"upgrade"}
    assert len(gone) == 30 - UPGRADES
    assert max(copy.at for copy in gone) == START + timedelta(days=27)


def test_other_files_are_no_copies() -> None:
    assert kept("guanxi-20261122T023000Z-daily.gxb.part", 1) is None
    assert kept("notes.txt", 1) is None
