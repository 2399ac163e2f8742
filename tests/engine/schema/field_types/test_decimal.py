from decimal import Decimal

from tests.engine.schema.field_types.declared import a_field, parsed, shown


def test_two_places_unless_set_otherwise() -> None:
    assert parsed("decimal", "1.005") == Decimal("1.01")
    assert parsed("decimal", "1.00049", decimals=4) == Decimal("1.0005")
    assert a_field("decimal").type.check_config({}) == {"decimals": 2}


def test_its_places_are_shown() -> None:
    f = a_field("decimal")
    assert str(f.type.to_api(1.5, f, from_json=True)) == "1.50"
    assert shown("decimal", Decimal("1200.50")) == "1,200.50"
