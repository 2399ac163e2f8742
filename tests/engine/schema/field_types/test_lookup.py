"""Lookups as declarations; what they show is tests/engine/records/test_lookups.py."""

from guanxi.engine.schema.field_types import get_field_type
from tests.engine.schema.field_types.declared import refused


def test_a_path_is_a_text() -> None:
    kind = get_field_type("lookup")
    assert kind.check_config({"path": "customer.name"}) == {"path": "customer.name"}
    for wrong in ("", 5, "x" * 300):
        with refused("bad_config"):
            kind.check_config({"path": wrong})
    with refused("unknown_config"):
        kind.check_config({"route": "customer.name"})
