from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.schema.field_types.declared import cell, kept, parsed, refused, shown

MINUTES = st.times().map(lambda t: t.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("text", "expected"),
    [("9:30", time(9, 30)), ("09:30:59", time(9, 30)), ("下午2点", time(14)), ("2:30 pm", time(14, 30)), ("0.5", time(12)),
     ("晚上11点30分", time(23, 30)), ("12:00 am", time(0)), ("14：05", time(14, 5)), ("0.0", time(0))],
)  # fmt: skip
def test_a_time_as_people_write_it(text: str, expected: time) -> None:
    assert cell("time", text) == expected


@pytest.mark.parametrize("text", ["25:00", "9:60", "noon", "9", "1.5", "9:30 pm x"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with refused("wrong_type"):
        cell("time", text)


@given(MINUTES, MINUTES)
def test_round_trips_and_order(one: time, other: time) -> None:
    assert kept("time", one) == one == parsed("time", shown("time", one))
    assert (shown("time", one) < shown("time", other)) == (one < other)
