import pytest

from tests.engine.schema.field_types.declared import ENGLISH, OPTIONS, a_field, cell, parsed, refused, shown


@pytest.mark.parametrize("text", ["high", "高价值", "High", "HIGH"])
def test_by_value_or_label(text: str) -> None:
    assert cell("select", text) == "high"


def test_unknown_options_are_refused() -> None:
    for read in (cell, parsed):
        with refused("unknown_option"):
            read("select", "外星")
    with refused("wrong_type"):
        parsed("select", 3)
    assert parsed("select", "") is None


def test_shown_by_label_and_read_back() -> None:
    for option in OPTIONS:
        for env in (ENGLISH, None):
            text = shown("select", option.value, env) if env else shown("select", option.value)
            assert cell("select", text) == option.value
    assert shown("select", "gone") == "gone"
    assert a_field("select").type.search_text("high", a_field("select")) == "高价值 High"
