from decimal import Decimal

import pytest

from tests.engine.schema.field_types.declared import cell, refused, shown


@pytest.mark.parametrize("text", ["63.15%", "63.15", "63.15 %", "６３.１５％", "百分之63.15"])
def test_hundredths_with_or_without_a_sign(text: str) -> None:
    assert cell("percent", text) == Decimal("63.15")


def test_a_fraction_is_not_multiplied() -> None:
    assert cell("percent", "0.63") == Decimal("0.63")


def test_shown_with_its_sign_and_read_back() -> None:
    assert shown("percent", Decimal("63.15")) == "63.15%"
    assert cell("percent", shown("percent", Decimal("1063.15"))) == Decimal("1063.15")
    with refused("wrong_type"):
        cell("percent", "%")
