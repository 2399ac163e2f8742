"""Lines that a standard object declares: their fields are there, can be arranged and added to, and no more."""

import pytest

from guanxi.domains.sales.models import Note
from guanxi.engine.schema.registry import declare, field
from guanxi.kit.text import Text
from tests.firms import Door, Firm

LINES = "opportunity_items"


@pytest.fixture
def door(firm: Firm) -> Door:
    return firm.door()


def _fields(door: Door) -> dict[str, dict]:  # type: ignore[type-arg]
    found = door.get(f"/meta/objects/{LINES}")
    assert found.status_code == 200, found.data
    return {f["key"]: f for f in found.data["fields"]}


def test_declared_fields_of_lines_are_standard_ones_and_take_more(door: Door) -> None:
    fields = _fields(door)
    assert fields["quantity"]["custom"] is False
    made = door.post(f"/meta/objects/{LINES}/fields", {"key": "colour", "type": "text", "label": {"zh-CN": "颜色", "en": "Colour"}})  # fmt: skip
    assert made.status_code == 201, made.data
    deal = door.post(
        "/opportunity", {"name": "一单", "items": [{"name": "阀", "quantity": 2, "colour": "红"}]}
    )
    assert deal.status_code == 201, deal.data
    assert [(line["name"], line["quantity"], line["colour"]) for line in deal.data["items"]] == [
        ("阀", 2, "红")
    ]


def test_an_administrator_renames_a_declared_field_but_cannot_put_it_away(door: Door) -> None:
    version = door.get(f"/meta/objects/{LINES}").data["version"]
    renamed = door.patch(f"/meta/objects/{LINES}/fields/quantity", {"label": {"zh-CN": "件数", "en": "Pieces"}, "version": version})  # fmt: skip
    assert renamed.status_code == 200, renamed.data
    assert _fields(door)["quantity"]["label"]["en"] == "Pieces"
    gone = door.delete(f"/meta/objects/{LINES}/fields/quantity")
    assert gone.status_code in (403, 409, 422), gone.data


def test_lines_are_declared_of_a_sub_table_alone() -> None:
    name = field("subject", "text", Text("摘要", "Subject"))
    with pytest.raises(ValueError, match="no sub-table"):
        declare(Note, key="odd_note", label=Text("甲", "A"), label_plural=Text("甲", "A"), fields=[name],
                lines={"subject": [field("quantity", "number", Text("数量", "Quantity"))]})  # fmt: skip
