"""Formulas as declarations; what they come to is tests/engine/schema/formulas."""

import pytest

from guanxi.engine.schema.field_types import get_field_type
from tests.engine.schema.field_types.declared import a_field, refused


def test_settings_are_read_by_shape() -> None:
    kind = get_field_type("formula")
    given = {"expression": "1 + 1", "result_type": "decimal", "decimals": 3}
    assert kind.check_config(given) == given
    assert kind.check_config({"expression": "1", "result_type": "text", "decimals": 3}) == {
        "expression": "1",
        "result_type": "text",
    }
    for wrong in (
        {"expression": 5},
        {"expression": "1", "result_type": "link"},
        {"expression": "1", "result_type": "decimal", "decimals": 9},
    ):
        with pytest.raises(Exception, match=r"needed|result|Decimals"):
            kind.check_config(wrong)
    with refused("unknown_config"):
        kind.check_config({"formula": "1"})


def test_the_field_becomes_one_of_the_type_of_its_result() -> None:
    declared = a_field("formula", expression="1 / 3", result_type="decimal", decimals=4)
    settled = declared.type.settle(declared, None, {})  # type: ignore[arg-type]  # it asks neither
    assert (settled.type.type, settled.declared, settled.readonly) == ("decimal", "formula", True)
    assert settled.computed is not None
    assert settled.computed.inputs == frozenset()
    assert not settled.in_row
