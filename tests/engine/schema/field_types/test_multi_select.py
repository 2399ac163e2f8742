from hypothesis import given
from hypothesis import strategies as st

from tests.engine.schema.field_types.declared import (
    ENGLISH,
    OPTIONS,
    a_field,
    cell,
    kept,
    parsed,
    refused,
    shown,
)

VALUES = [option.value for option in OPTIONS]


@given(st.lists(st.sampled_from(VALUES)))
def test_options_once_each_in_their_order(values: list[str]) -> None:
    expected = [value for value in VALUES if value in values] or None
    assert parsed("multi_select", values) == expected
    assert kept("multi_select", expected) == expected
    if expected:
        assert cell("multi_select", shown("multi_select", expected)) == expected


def test_cells_are_taken_apart_unless_they_are_one_label() -> None:
    assert cell("multi_select", "高价值，一般") == ["high", "mid"]
    assert cell("multi_select", "mid; high") == ["high", "mid"]
    assert cell("multi_select", "Low, very low") == ["low"]
    with refused("unknown_option"):
        cell("multi_select", "高价值、外星")


def test_a_single_option_may_stand_alone() -> None:
    assert parsed("multi_select", "high") == ["high"]
    with refused("wrong_type"):
        parsed("multi_select", 5)
    with refused("unknown_option"):
        parsed("multi_select", ["x"])


def test_shown_in_both_languages() -> None:
    assert shown("multi_select", ["high", "mid"]) == "高价值、一般"
    assert shown("multi_select", ["high", "mid"], ENGLISH) == "High, Standard"
    assert a_field("multi_select").type.search_text(None, a_field("multi_select")) == ""
