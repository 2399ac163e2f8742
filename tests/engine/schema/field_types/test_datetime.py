from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.schema.field_types.declared import (
    ENV,
    SHANGHAI,
    a_field,
    cell,
    kept,
    parsed,
    refused,
    shown,
)

MOMENTS = st.datetimes(datetime(1000, 1, 2), datetime(9998, 12, 30), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants it so


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-03-05T10:00:00Z", (10, 0)), ("2026-03-05T10:00:00.000+00:00", (10, 0)), ("2026-03-05T18:00:00+08:00", (10, 0)),
        ("2026-03-05T18:00:00+0800", (10, 0)), ("2026-03-05T18:00", (10, 0)), ("2026-03-05 18:00:00", (10, 0)),
    ],
)  # fmt: skip
def test_iso_with_and_without_an_offset(text: str, moment: tuple[int, int]) -> None:
    assert parsed("datetime", text) == datetime(2026, 3, 5, *moment, tzinfo=UTC)
    assert cell("datetime", text) == datetime(2026, 3, 5, *moment, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("2026年3月5日 10:30", 10, 30), ("2026年3月5日下午2点30分", 14, 30), ("2026年3月5日14时30分", 14, 30),
        ("2026/3/5 9:05", 9, 5), ("2026/3/5 晚上8点", 20, 0), ("2026-3-5 12:00 am", 0, 0), ("2026-3-5 12:30 PM", 12, 30),
        ("46086.4375", 10, 30), ("46086", 0, 0), ("2026年3月5日", 0, 0), ("20260305 1030", None, 0),
        ("2026/3/5 中午12点", 12, 0), ("2026/3/5 中午1点", 13, 0),
    ],
)  # fmt: skip
def test_cells_are_read_in_the_zone_of_the_workspace(text: str, hour: int | None, minute: int) -> None:
    if hour is None:
        with refused("wrong_type"):
            cell("datetime", text)
        return
    assert cell("datetime", text) == datetime(2026, 3, 5, hour, minute, tzinfo=SHANGHAI)


@given(MOMENTS)
def test_every_moment_survives_storage(moment: datetime) -> None:
    f = a_field("datetime")
    stored = f.type.dump(moment, f)
    assert len(stored) == 27
    assert kept("datetime", moment) == moment
    assert parsed("datetime", f.type.to_api(stored, f, from_json=True)) == moment
    assert f.type.to_api(moment, f, from_json=False) == f.type.to_api(stored, f, from_json=True)


@given(MOMENTS, MOMENTS)
def test_stored_text_sorts_as_time_does(one: datetime, other: datetime) -> None:
    f = a_field("datetime")
    assert (f.type.dump(one, f) < f.type.dump(other, f)) == (one < other)


@given(st.datetimes(datetime(1950, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants it so
def test_what_is_shown_is_read_back_to_the_second(moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    back = cell("datetime", shown("datetime", whole))
    # a clock put back shows an hour twice; the text does not tell which
    assert abs(back - whole) in (timedelta(0), timedelta(hours=1))
    assert shown("datetime", back) == shown("datetime", whole)


@pytest.mark.parametrize(
    "value", ["2026-03-05T25:00", "2026-03-05T10:00+99:00", "yesterday", 5, "2026-02-30T10:00", "0001-01-01"]
)
def test_what_is_no_moment_is_refused(value: object) -> None:
    with refused("wrong_type"):
        parsed("datetime", value)


def test_days_reach_from_midnight_to_midnight_of_the_workspace() -> None:
    f = a_field("datetime")
    start, end = f.type.stretch(date(2026, 3, 5), None, f, ENV)  # type: ignore[attr-defined]
    assert start == datetime(2026, 3, 4, 16, tzinfo=UTC)
    assert end == datetime(2026, 3, 5, 16, tzinfo=UTC)


def test_a_moment_is_one_microsecond_long() -> None:
    f = a_field("datetime")
    moment = datetime(2026, 3, 5, 10, tzinfo=timezone(timedelta(hours=8)))
    start, end = f.type.stretch(moment, None, f, ENV)  # type: ignore[attr-defined]
    assert start == moment
    assert end - start == timedelta(microseconds=1)
