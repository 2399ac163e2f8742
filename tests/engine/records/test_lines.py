"""Lines inside a record: written as one list, seen and changed as the record is, and gone with it."""

import uuid
from typing import Any

import pytest
from django.db import connection

from guanxi.engine.records.rollups import building
from guanxi.engine.records.store.purging import purge_records
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Role, session
from tests.engine.records.linked import add_field, declare, fill
from tests.firms import Door, Firm

LINES = "repair_parts"


@pytest.fixture
def door(firm: Firm) -> Door:
    made = declare(firm)
    for object_key, key, kind, extra in (
        ("repair", "parts", "sub_table", {}),
        (LINES, "count", "number", {}),
        (LINES, "price", "decimal", {"required": True}),
        (LINES, "amount", "formula", {"config": {"expression": "count * price"}}),
        (LINES, "whose", "lookup", {"config": {"path": "parent.equipment.name"}}),
        ("repair", "total", "rollup", {"config": {"object": LINES, "field": "parent", "op": "sum", "measure": "price"}}),
        ("repair", "part_names", "rollup", {"config": {"object": LINES, "field": "parent", "op": "joined", "measure": "name", "order": "position", "separator": "/"}}),
        ("repair", "amounts", "rollup", {"config": {"object": LINES, "field": "parent", "op": "sum", "measure": "amount"}}),
        ("repair", "double", "formula", {"config": {"expression": "amounts * 2"}}),
        ("equipment", "spent", "rollup", {"config": {"object": "repair", "field": "equipment", "op": "sum", "measure": "total"}}),
    ):  # fmt: skip
        answer = add_field(made, object_key, key, kind, **extra)
        assert answer.status_code == 201, answer.data
    fill(firm)
    return made


def _repair(door: Door, *lines: dict[str, Any], **values: Any) -> Any:
    made = door.post("/repair", {"name": "修", "parts": list(lines), **values})
    assert made.status_code == 201, made.data.get("errors")
    return made.data


def _line(name: str, price: float = 1, **values: Any) -> dict[str, Any]:
    return {"name": name, "price": price, **values}


def _names(record: dict[str, Any]) -> list[str]:
    return [line["name"] for line in record["parts"]]


def test_a_record_is_written_with_its_lines_and_read_with_them(door: Door, firm: Firm) -> None:
    machine = door.post("/equipment", {"name": "一号"}).data
    made = _repair(door, _line("滤芯", 10.5), _line("机油", 4), equipment=machine["id"])
    assert (_names(made), made["total"], made["part_names"], made["version"]) == (
        ["滤芯", "机油"],
        14.5,
        "滤芯/机油",
        1,
    )
    assert [line["position"] for line in made["parts"]] == [1, 2]
    assert made["parts"][0]["whose"] == "一号"
    assert door.get(f"/equipment/{machine['id']}").data["spent"] == 14.5
    first, second = made["parts"]
    body = {
        "parts": [{"id": second["id"], "price": 5}, _line("垫片", 0.5), {"id": first["id"]}],
        "version": 1,
    }
    changed = door.patch(f"/repair/{made['id']}", body)
    assert changed.status_code == 200, changed.data
    assert (_names(changed.data), changed.data["total"]) == (["机油", "垫片", "滤芯"], 16)
    assert changed.data["version"] == 2
    entries = door.get(f"/repair/{made['id']}/history").data["data"]
    assert len(entries) == 2
    told = next(c for c in entries[0]["changes"] if c["field"] == "parts")
    assert told["new"] == {"updated": 1, "created": 1, "moved": 1}
    gone = door.patch(f"/repair/{made['id']}", {"parts": [], "name": "完", "version": 2})
    assert (gone.data["parts"], gone.data["total"], gone.data["part_names"], gone.data["version"]) == (
        [],
        0,
        None,
        3,
    )
    assert door.get(f"/equipment/{machine['id']}").data["spent"] == 0
    assert door.get(f"/repair/{made['id']}?fields=name").data.get("parts") is None
    assert door.get(f"/repair/{made['id']}?fields=parts").data["parts"] == []
    for key in ("repair", "equipment"):
        assert list(building.verify(firm.workspace.id, key)) == []


def test_a_total_follows_a_formula_over_the_line(door: Door, firm: Firm) -> None:
    made = _repair(door, _line("滤芯", 10.5, count=3), _line("机油", 4))
    assert (made["parts"][0]["amount"], made["amounts"], made["double"]) == (31.5, 31.5, 63)
    body = {"parts": [{**made["parts"][0], "count": 2}], "version": 1}
    sized = door.patch(f"/repair/{made['id']}", body).data
    assert (sized["parts"][0]["amount"], sized["amounts"], sized["double"]) == (21, 21, 42)
    found = door.post("/repair/query", {"filter": {"field": "double", "op": "gt", "value": 40}}).data["data"]
    assert [row["id"] for row in found] == [made["id"]]
    assert list(building.verify(firm.workspace.id, "repair")) == []


def test_a_list_that_changes_nothing_is_no_change(door: Door) -> None:
    made = _repair(door, _line("滤芯"))
    same = [{"id": line["id"], "name": line["name"], "price": line["price"]} for line in made["parts"]]
    assert door.patch(f"/repair/{made['id']}", {"parts": same, "version": 1}).data["version"] == 1
    as_shown = door.patch(f"/repair/{made['id']}", {"parts": made["parts"], "version": 1})
    assert as_shown.status_code == 200, as_shown.data
    assert as_shown.data["version"] == 1
    stale = door.patch(f"/repair/{made['id']}", {"parts": [], "version": 7})
    assert stale.status_code == 409


def test_what_is_wrong_is_named_by_line_and_nothing_is_written(door: Door) -> None:
    other = _repair(door, _line("别的"))["parts"][0]
    made = _repair(door, _line("滤芯"))
    mine = made["parts"][0]["id"]
    lines = [{"id": mine, "price": "一打"}, _line("机油", color="red"), {"id": other["id"]}, {"id": mine}, 5]
    refused = door.patch(f"/repair/{made['id']}", {"parts": lines, "version": 1})
    assert refused.status_code == 422
    assert {(e["field"], e["code"]) for e in refused.data["errors"]} == {
        ("parts.0.price", "wrong_type"), ("parts.1.color", "unknown_field"), ("parts.2.id", "unknown_line"),
        ("parts.3.id", "duplicate_line"), ("parts.4", "wrong_type"),
    }  # fmt: skip
    missing = door.patch(
        f"/repair/{made['id']}", {"name": "改", "parts": [_line("甲"), {"name": "乙"}], "version": 1}
    )
    assert [(e["field"], e["code"]) for e in missing.data["errors"]] == [("parts.1.price", "required")]
    kept = door.get(f"/repair/{made['id']}").data
    assert (kept["title"], _names(kept), kept["version"]) == ("修", ["滤芯"], 1)
    assert door.post("/repair", {"name": "新", "parts": [{"name": "乙"}]}).status_code == 422
    assert door.get("/repair").data["page"]["count"]["value"] == 2
    for nonsense in ("x", {"a": 1}, [_line("甲")] * 501):
        answer = door.patch(f"/repair/{made['id']}", {"parts": nonsense, "version": 1})
        assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, "parts")


def test_lines_go_and_come_back_with_their_record(door: Door, firm: Firm) -> None:
    made = _repair(door, _line("留下"), _line("先删"))
    body = {"parts": [{"id": made["parts"][0]["id"]}], "version": 1}
    assert door.patch(f"/repair/{made['id']}", body).status_code == 200
    assert door.delete(f"/repair/{made['id']}", {"version": 2}).status_code == 204
    assert door.get(f"/{LINES}").data["data"] == []
    assert door.post("/repair/bulk", {"op": "restore", "ids": [made["id"]]}).status_code == 200
    back = door.get(f"/repair/{made['id']}").data
    assert (_names(back), back["total"]) == (["留下"], 1)
    with session(firm.workspace.id):
        purge_records(firm.ctx, get_object(firm.ctx, "repair"), [uuid.UUID(made["id"])])
        with connection.cursor() as db:
            db.execute("SELECT count(*) FROM custom_record WHERE object_key = %s", [LINES])
            assert db.fetchone()[0] == 0


def test_a_merge_keeps_the_lines_of_all(door: Door) -> None:
    one, two = _repair(door, _line("甲")), _repair(door, _line("乙", 2))
    merged = door.post(f"/repair/{one['id']}/actions/merge", {"others": [two["id"]]})
    assert merged.status_code == 200, merged.data
    shown = door.get(f"/repair/{one['id']}").data
    assert (sorted(_names(shown)), shown["total"]) == (["乙", "甲"], 3)


def test_lines_are_seen_and_changed_as_their_record_is(door: Door, firm: Firm, other_firm: Firm) -> None:
    member = firm.add("小李", Role.MEMBER)
    mine, theirs = firm.door(member), other_firm.door()
    own = _repair(mine, _line("我的"))
    boss = _repair(door, _line("老板的"))
    assert [line["name"] for line in mine.get(f"/{LINES}").data["data"]] == ["我的"]
    assert mine.get(f"/{LINES}/{boss['parts'][0]['id']}").status_code == 404
    assert mine.post(f"/{LINES}", _line("塞入", parent=boss["id"])).status_code == 422
    moved = mine.patch(f"/{LINES}/{own['parts'][0]['id']}", {"parent": boss["id"], "version": 1})
    assert moved.status_code == 422
    assert mine.patch(f"/repair/{boss['id']}", {"parts": [], "version": 1}).status_code == 404
    reader = firm.door(firm.add("看客", Role.READ_ONLY))
    assert _names(reader.get(f"/repair/{own['id']}").data) == ["我的"]
    assert reader.patch(f"/repair/{own['id']}", {"parts": [], "version": 1}).status_code == 403
    assert reader.delete(f"/{LINES}/{own['parts'][0]['id']}", {"version": 1}).status_code == 403
    assert theirs.get(f"/{LINES}").status_code == 404
    assert door.get("/search?q=老板的").data["data"] == []


def test_lines_written_by_themselves_show_on_their_record(door: Door) -> None:
    made = _repair(door)
    rows = [_line(f"第{i}", i, parent=made["id"]) for i in range(3)]
    done = door.post(f"/{LINES}/bulk", {"op": "create", "records": rows})
    assert done.status_code == 200, done.data
    shown = door.get(f"/repair/{made['id']}").data
    assert (_names(shown), shown["total"], shown["version"]) == (["第0", "第1", "第2"], 3, 2)
    told = door.get(f"/repair/{made['id']}/history").data["data"][0]["changes"]
    assert [(c["field"], c["new"]) for c in told] == [("parts", {"created": 3})]
    too_many = [_line("x", 1, parent=made["id"]) for _ in range(498)]
    refused = door.post(f"/{LINES}/bulk", {"op": "create", "records": too_many})
    assert refused.data["errors"][0]["code"] == "too_many"
    assert door.post(f"/{LINES}", _line("孤儿")).status_code == 422


def test_a_hidden_or_removed_sub_table_takes_its_lines_out_of_sight(door: Door) -> None:
    made = _repair(door, _line("滤芯"))
    assert (
        door.patch("/meta/objects/repair/fields/parts?although_used=true", {"hidden": True}).status_code
        == 200
    )
    assert "parts" not in door.get(f"/repair/{made['id']}").data
    assert door.patch(f"/repair/{made['id']}", {"parts": [], "version": 1}).status_code == 422
    refused = door.delete("/meta/objects/repair/fields/parts")
    assert (refused.status_code, refused.data["code"]) == (409, "in_use")
    for object_key, key in (
        ("equipment", "spent"),
        ("repair", "total"),
        ("repair", "part_names"),
        ("repair", "double"),
        ("repair", "amounts"),
        ("repair", "parts"),
    ):
        assert door.delete(f"/meta/objects/{object_key}/fields/{key}").status_code == 204, key
    assert door.get(f"/{LINES}").status_code == 404
    assert door.get(f"/repair/{made['id']}").status_code == 200


def test_keys_of_lines_are_nobody_elses(door: Door) -> None:
    assert door.post("/meta/objects", {"key": LINES, "label": "x"}).status_code == 422
    assert door.post("/meta/objects", {"key": "repair_more", "label": "x"}).status_code == 201
    taken = add_field(door, "repair", "more", "sub_table")
    assert (taken.status_code, taken.data["errors"][0]["code"]) == (422, "key_taken")
    assert add_field(door, "repair", "x" * 38, "sub_table").data["errors"][0]["code"] == "bad_key"
    assert add_field(door, LINES, "inner", "sub_table").data["errors"][0]["code"] == "not_possible"
    assert door.delete(f"/meta/objects/{LINES}").status_code == 409
    listed = {obj["key"]: obj for obj in door.get("/meta/objects").data["data"]}
    assert listed[LINES]["line_of"] == {"object": "repair", "field": "parts"}
