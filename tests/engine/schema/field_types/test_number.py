from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.kit import jsons
from tests.engine.schema.field_types.declared import a_field, cell, kept, parsed, refused, shown


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1200", "1200"), ("1,200", "1200"), ("1，200", "1200"), ("1,2000,0000", "120000000"), ("1.2万", "12000"),
        ("3亿", "300000000"), ("1亿2000万", "120000000"), ("2千", "2000"), ("1.5k", "1500"), ("0.5百万", "500000"),
        ("(500)", "-500"), ("（500）", "-500"), ("-500", "-500"), ("−500", "-500"), ("+5", "5"), ("１２", "12"),
        ("1.2E+05", "120000"), ("5.0", "5"), ("1 200", "1200"), ("12w", "120000"), ("1万零", None), ("1,2", None),
        ("12 34", None), ("1万2", None), ("abc", None), ("--5", None), ("(-5)", None), ("1.234,56", None), ("", None),
        ("1" * 61, None), ("NaN", None), ("1万1亿", None), ("५", None),
    ],
)  # fmt: skip
def test_a_cell_is_read_as_people_write_numbers(text: str, number: str | None) -> None:
    if number is None:
        with refused("wrong_type"):
            cell("number", text)
    else:
        assert cell("number", text) == Decimal(number)


@pytest.mark.parametrize("value", [True, None, [], {}, "x", "", float("nan"), float("inf"), "1" * 61])
def test_what_is_no_number_is_refused(value: Any) -> None:
    if value == "":
        assert parsed("number", value) is None
        return
    with refused("wrong_type"):
        parsed("number", value)


@given(st.decimals(min_value=-(10**9) + 1, max_value=10**9 - 1, places=6))
def test_a_number_survives_storage_to_its_last_digit(number: Decimal) -> None:
    f = a_field("number", decimals=6)
    value = parsed("number", str(number), decimals=6)
    assert value == number
    assert kept("number", value, decimals=6) == number
    through_json = jsons.loads(jsons.dumps(f.type.dump(value, f)))
    assert f.type.load(through_json, f) == number


def test_rounding_is_half_up_and_zero_has_no_sign() -> None:
    assert parsed("number", 2.5) == 3
    assert parsed("number", "-2.5") == -3
    assert str(parsed("number", "-0.4")) == "0"


def test_more_than_fifteen_digits_are_refused() -> None:
    assert parsed("number", "9" * 15) == Decimal("9" * 15)
    with refused("too_large"):
        parsed("number", "9" * 16)
    with refused("too_large"):  # rounds up to a sixteenth
        parsed("number", "9" * 15 + ".9")


def test_the_range_is_kept() -> None:
    assert parsed("number", 10, min=1, max=10) == 10
    with refused("out_of_range"):
        parsed("number", 11, min=1, max=10)
    with refused("out_of_range"):
        parsed("number", 0, min=1)


@pytest.mark.parametrize(
    "config", [{"decimals": 7}, {"decimals": -1}, {"decimals": True}, {"min": "a"}, {"min": 2, "max": 1}]
)
def test_a_bad_configuration_is_refused(config: dict[str, Any]) -> None:
    with refused("bad_config"):
        a_field("number").type.check_config(config)


def test_whole_numbers_are_shown_as_such() -> None:
    f = a_field("number")
    assert f.type.to_api(Decimal(12000), f, from_json=False) == 12000
    assert isinstance(f.type.to_api(12000.0, f, from_json=True), int)
    assert shown("number", 12000) == "12,000"
