from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.schema.field_types.declared import a_field, cell, kept, parsed, refused, shown

DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))
MODERN = st.dates(date(1955, 1, 1), date(2118, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05", "2026年3月5日", "2026年03月05日", "2026/3/5", "2026.3.5", "2026-3-5", "20260305", "46086", "46086.0",
        "2026-03-05 10:00", "2026/3/5 0:00:00", "2026-03-05T00:00:00Z", "2026年3月5日 星期四", "2026年3月5日下午3点",
        "Mar 5, 2026", "5-Mar-2026", "5 March 2026", "２０２６年３月５日", "46086.5", "3月5日",
    ],
)  # fmt: skip
def test_a_day_as_people_write_it(text: str) -> None:
    if text == "3月5日":
        with refused("wrong_type"):
            cell("date", text)
        return
    assert cell("date", text) == date(2026, 3, 5)


def test_an_ambiguous_day_is_refused_unless_the_field_says_how() -> None:
    with refused("ambiguous_date"):
        cell("date", "3/5/2026")
    assert cell("date", "3/5/2026", order="mdy") == date(2026, 3, 5)
    assert cell("date", "3/5/2026", order="dmy") == date(2026, 5, 3)
    assert cell("date", "13/5/2026") == cell("date", "5/13/2026") == date(2026, 5, 13)
    assert cell("date", "5/5/2026") == date(2026, 5, 5)
    assert cell("date", "5/13/2026", order="dmy") == date(2026, 5, 13)


@pytest.mark.parametrize(
    "text", ["2026-02-30", "2026年13月1日", "0000-01-01", "99", "19999", "soon", "2026-03", "9999-01-01"]
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with refused("wrong_type"):
        cell("date", text)


@given(DAYS)
def test_every_day_survives_storage_and_print(day: date) -> None:
    f = a_field("date")
    assert kept("date", day) == day
    assert parsed("date", f.type.to_api(day, f, from_json=False)) == day
    assert cell("date", shown("date", day.isoformat())) == day


@given(DAYS, DAYS)
def test_stored_text_sorts_as_time_does(one: date, other: date) -> None:
    f = a_field("date")
    assert (f.type.dump(one, f) < f.type.dump(other, f)) == (one < other)


@given(MODERN)
def test_serials_are_days_since_the_epoch_of_spreadsheets(day: date) -> None:
    assert cell("date", str((day - date(1899, 12, 30)).days)) == day


@given(DAYS.filter(lambda day: day.month <= 12))
def test_an_order_reads_what_it_writes(day: date) -> None:
    assert cell("date", f"{day.day}/{day.month}/{day.year:04}", order="dmy") == day
    assert cell("date", f"{day.month}/{day.day}/{day.year:04}", order="mdy") == day


def test_the_api_takes_iso_alone() -> None:
    for value in ("2026/3/5", 46086, "20260305", True, "2026-3-5"):
        with refused("wrong_type"):
            parsed("date", value)
    assert parsed("date", "") is None
    with refused("bad_config"):
        a_field("date").type.check_config({"order": "ymd"})


def test_a_day_is_a_stretch_of_one_day() -> None:
    f = a_field("date")
    start, end = f.type.stretch(date(2026, 2, 28), None, f, None)  # type: ignore[attr-defined]
    assert end - start == timedelta(days=1)
