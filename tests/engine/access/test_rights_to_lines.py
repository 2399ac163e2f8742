"""Lines of a record go by the right to the field that holds them, through whatever door somebody comes."""

from typing import Any

import pytest

from tests.engine.access.people import ALL, make_role, person_with
from tests.firms import Door, Firm


@pytest.fixture
def repair(boss: Door) -> dict[str, Any]:
    """A record with two lines, of an object with a table of them."""
    assert boss.post("/meta/objects", {"key": "repair", "label": "维修"}).status_code == 201
    table = {"key": "parts", "type": "sub_table", "label": "配件"}
    assert boss.post("/meta/objects/repair/fields", table).status_code == 201
    made = boss.post("/repair", {"name": "一号机", "parts": [{"name": "滤芯"}, {"name": "机油"}]})
    assert made.status_code == 201, made.data
    record: dict[str, Any] = made.data
    return record


def writes(door: Door, repair: dict[str, Any]) -> list[int]:
    """What every door to lines answers."""
    url, line = f"/repair/{repair['id']}", repair["parts"][0]
    one, version = f"/repair_parts/{line['id']}", {"version": line["version"]}
    fresh = {"name": "垫片", "parent": repair["id"]}
    answers = (
        door.patch(url, {"parts": [], "version": repair["version"]}),
        door.patch(url, {"name": "二号机", "parts": repair["parts"], "version": repair["version"]}),
        door.post("/repair", {"name": "三号机", "parts": [{"name": "垫片"}]}),
        door.post("/repair/bulk", {"ids": [repair["id"]], "expect": 1, "op": "update", "set": {"parts": []}}),
        door.post("/repair_parts", fresh),
        door.patch(one, version | {"name": "垫片"}),
        door.delete(one, version),
        door.post("/repair_parts/bulk", {"op": "create", "records": [fresh], "expect": 1}),
        door.post("/repair_parts/bulk", {"op": "delete", "ids": [line["id"]], "expect": 1}),
        door.post("/repair_parts/bulk", {"op": "update", "ids": [line["id"]], "expect": 1, "set": {"name": "垫片"}}),
    )  # fmt: skip
    return [answer.status_code for answer in answers]


def test_a_table_that_one_only_reads_takes_no_lines(firm: Firm, boss: Door, repair: dict[str, Any]) -> None:
    make_role(boss, "reads", objects={"*": ALL}, fields={"repair": {"parts": "read"}})
    door = person_with(firm, boss, "reads")
    assert writes(door, repair) == [422, 422, 422, 422, *[403] * 6]
    found = door.get(f"/repair/{repair['id']}").data
    assert (found["name"], found["version"], found["parts"]) == ("一号机", 1, repair["parts"])
    assert len(door.get("/repair_parts").data["data"]) == 2
    assert len(boss.get("/repair").data["data"]) == 1
    field = next(f for f in door.get("/meta/objects/repair").data["fields"] if f["key"] == "parts")
    assert field["readonly"]
    refused = door.patch(f"/repair/{repair['id']}", {"parts": [], "version": 1})
    assert (refused.data["errors"][0]["field"], refused.data["errors"][0]["code"]) == (
        "parts",
        "readonly_field",
    )
    make_role(boss, "whole", objects={"*": ALL})
    both = person_with(firm, boss, "reads", "whole")
    assert both.patch(f"/repair/{repair['id']}", {"parts": [], "version": 1}).data["parts"] == []


@pytest.mark.parametrize("right", ["hidden", "masked"])
def test_a_table_out_of_ones_sight_has_no_lines(
    firm: Firm, boss: Door, repair: dict[str, Any], right: str
) -> None:
    make_role(boss, "blind", objects={"*": ALL}, fields={"repair": {"parts": right}})
    door = person_with(firm, boss, "blind")
    assert set(writes(door, repair)) <= {403, 404, 422}
    one = f"/repair_parts/{repair['parts'][0]['id']}"
    for answer in (door.get(f"/repair/{repair['id']}"), door.get(f"/repair/{repair['id']}/history")):
        assert answer.status_code == 200
        assert "滤芯" not in answer.content.decode()
        assert "parts" not in answer.content.decode()
    for path in ("/repair_parts", one, f"{one}/history", "/meta/objects/repair_parts"):
        assert door.get(path).status_code == 404, path
    assert door.post("/repair_parts/query", {}).status_code == 404
    found = boss.get(f"/repair/{repair['id']}").data
    assert (found["version"], found["parts"]) == (1, repair["parts"])
