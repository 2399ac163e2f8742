import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engine.schema.field_types.declared import cell, kept, parsed, refused, shown


@given(st.floats(-90, 90), st.floats(-180, 180), st.sampled_from(["", "中山公司"]))
def test_round_trips_at_ten_centimetres(lat: float, lng: float, name: str) -> None:
    value = parsed("location", {"lat": lat, "lng": lng, "text": name})
    assert abs(value["lat"] - lat) < 1e-6
    assert parsed("location", value) == value == kept("location", value)
    if "e-" not in shown("location", value):
        assert cell("location", shown("location", value)) == value


@pytest.mark.parametrize("value", [{"lat": 91, "lng": 0}, {"lat": 0}, {"lat": "1", "lng": 2}, {"lat": True, "lng": 1}, 5,
                                   {"lat": float("nan"), "lng": 1}])  # fmt: skip
def test_what_is_no_place_is_refused(value: object) -> None:
    with refused("wrong_type"):
        parsed("location", value)


@pytest.mark.parametrize("text", ["22.517,113.392", "(22.517, 113.392)", "22.517，113.392", "22.517 113.392"])
def test_cells_say_latitude_first(text: str) -> None:
    assert cell("location", text) == {"lat": 22.517, "lng": 113.392}
    with refused("wrong_type"):
        cell("location", "中山")
