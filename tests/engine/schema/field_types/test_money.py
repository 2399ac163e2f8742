from decimal import Decimal

import pytest

from tests.engine.schema.field_types.declared import a_field, cell, parsed, refused, shown


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("¥1,200.00", "1200"), ("￥1,200", "1200"), ("-¥5", "-5"), ("¥-5", "-5"), ("1.2万元", "12000"), ("3千元", "3000"),
        ("1200元整", "1200"), ("RMB 1,200", "1200"), ("1200 CNY", "1200"), ("人民币5元", "5"), ("US$ 5", "5"),
        ("($1,234.56)", "-1234.56"), ("1亿", "100000000"),
    ],
)  # fmt: skip
def test_amounts_are_read_with_their_signs(text: str, amount: str) -> None:
    assert cell("money", text) == Decimal(amount)


def test_an_amount_is_exact_to_the_cent() -> None:
    assert parsed("money", 0.1 + 0.2) == Decimal("0.30")
    assert parsed("money", "1234567890123.45") == Decimal("1234567890123.45")
    with refused("too_large"):
        parsed("money", "12345678901234.56")


def test_places_are_not_configurable() -> None:
    assert a_field("money").type.check_config({"min": 0, "decimals": 5}) == {"min": 0}


def test_the_currency_stands_beside_it() -> None:
    assert shown("money", Decimal("1200.00")) == "1,200.00"
    assert shown("money", 5) == "5.00"
