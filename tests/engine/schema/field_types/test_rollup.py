"""Rollups as declarations; what they hold is tests/engine/records/test_rollups.py."""

from guanxi.engine.schema.field_types import get_field_type
from tests.engine.schema.field_types.declared import refused


def test_settings_are_read_by_shape() -> None:
    kind = get_field_type("rollup")
    given = {"object": "repair", "field": "equipment", "op": "count", "filter": {}, "measure": None}
    assert kind.check_config(given) == {"object": "repair", "field": "equipment", "op": "count"}
    for name, value in (("object", 5), ("op", ["sum"]), ("filter", "x"), ("separator", "x" * 11)):
        with refused("bad_config"):
            kind.check_config({**given, name: value})
    with refused("unknown_config"):
        kind.check_config({"over": "repair"})
