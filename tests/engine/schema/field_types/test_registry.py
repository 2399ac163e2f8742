import re
from pathlib import Path

import pytest

from guanxi.engine.schema.field_types import field_type_registry, get_field_type
from guanxi.engine.schema.field_types.base import FieldType
from tests.engine.schema.field_types.declared import a_field

ROOT = Path(__file__).parents[4]
HEADINGS = set(
    re.findall(r"^## `(\w+)`$", (ROOT / "docs/reference/field-types.md").read_text("utf-8"), re.MULTILINE)
)
CONTRACT = {
    "text", "long_text", "rich_text", "number", "decimal", "money", "percent", "boolean", "date", "datetime", "time", "formula",
    "select", "multi_select", "tags", "user", "team", "link", "links", "email", "phone", "url", "address", "location",
    "file", "files", "image", "rating", "serial", "tax_number", "stage", "json",
    "lookup", "rollup", "sub_table",
}  # fmt: skip

each_type = pytest.mark.parametrize("kind", field_type_registry, ids=lambda kind: kind.type)


@each_type
def test_a_type_is_complete(kind: FieldType) -> None:
    assert kind.label.zh != kind.label.en
    assert kind.doc.zh.endswith("。")
    assert kind.doc.en.endswith(".")
    assert kind.operators or kind.derived or kind.storage == "none"
    assert kind.type in HEADINGS, "write its section in docs/reference/field-types.md"
    folder = ROOT / "frontend/src/engine/fields" / kind.type.replace("_", "-")
    assert (folder / "index.ts").is_file(), "make its folder in the front end"
    assert (Path(__file__).parent / f"test_{kind.type}.py").is_file(), "write its test"


@each_type
def test_nothing_is_shown_and_searched_as_nothing(kind: FieldType) -> None:
    f = a_field(kind.type)
    assert kind.search_text(None, f) == ""
    assert kind.dump(None, f) is None
    assert kind.load(None, f) is None
    assert kind.to_api(None, f, from_json=True) is None


@each_type
def test_no_configuration_is_a_configuration(kind: FieldType) -> None:
    checked = kind.check_config({})
    assert kind.check_config(checked) == checked


def test_all_types_of_the_contract_are_there_and_documented() -> None:
    assert {kind.type for kind in field_type_registry} == CONTRACT == HEADINGS
    assert get_field_type("text").type == "text"
    with pytest.raises(KeyError):
        get_field_type("nothing")
