import pytest

from tests.engine.schema.field_types.declared import ENGLISH, cell, kept, parsed, refused, shown


@pytest.mark.parametrize("text", ["是", "yes", "YES", "true", "TRUE", "1", "1.0", "对", "√", "✓", "有", "y"])
def test_yes(text: str) -> None:
    assert cell("boolean", text) is True


@pytest.mark.parametrize("text", ["否", "no", "False", "0", "错", "×", "没有", "n", "不是"])
def test_no(text: str) -> None:
    assert cell("boolean", text) is False


@pytest.mark.parametrize("text", ["maybe", "2", "是的吧", "yesno"])
def test_anything_else_is_refused(text: str) -> None:
    with refused("wrong_type"):
        cell("boolean", text)


@pytest.mark.parametrize("value", [1, 0, "true", "yes", []])
def test_the_api_takes_true_and_false_alone(value: object) -> None:
    with refused("wrong_type"):
        parsed("boolean", value)


def test_round_trips() -> None:
    for value in (True, False):
        assert kept("boolean", value) is value
        assert cell("boolean", shown("boolean", value)) is value
        assert cell("boolean", shown("boolean", value, ENGLISH)) is value
    assert shown("boolean", None) == ""
