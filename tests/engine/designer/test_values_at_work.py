"""Work on all the values of a field: unique, other types and back, other options; and what stands in its way."""

from collections.abc import Callable
from typing import Any

import pytest

from guanxi.engine.designer import converting, uniqueness
from guanxi.engine.records.store.uniqueness import CHUNK
from tests.engine.designer.conftest import Fields
from tests.engine.designer.test_shaping_together import add
from tests.firms import Door, Firm

Deliver = Callable[[], int]
FIELD = "/meta/objects/thing/fields/code"


def make(door: Door, *values: Any, **more: Any) -> list[str]:
    """Things with these codes; their ids."""
    ids = []
    for i, value in enumerate(values):
        made = door.post("/thing", {"name": f"物{i}", "code": value, **more})
        assert made.status_code == 201, made.data
        ids.append(made.data["id"])
    return ids


def codes(door: Door, ids: list[str]) -> list[Any]:
    return [door.get(f"/thing/{i}").data["code"] for i in ids]


def run(door: Door, deliver: Deliver, answer: Any, status: int = 202) -> dict[str, Any]:
    """The task of an answer, done."""
    assert answer.status_code == status, answer.data
    deliver()
    task: dict[str, Any] = door.get(f"/meta/tasks/{answer.data['id']}").data
    return task


# ---- Unique


def test_repeated_values_that_prevent_uniqueness_are_named(door: Door) -> None:
    add(door, "code")
    ids = make(door, "A1", " a1", "B", "b", None)
    refused = door.patch(FIELD, {"unique": True})
    assert (refused.status_code, [e["code"] for e in refused.data["errors"]]) == (422, ["values_repeat"])
    assert {row["value"] for row in refused.data["duplicates"]} == {"a1", "b"}
    assert {row["record"] for row in refused.data["duplicates"]} <= set(ids)


def test_many_records_become_unique_in_the_background(
    door: Door, deliver: Deliver, fields_of: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uniqueness, "AT_ONCE", 2)
    add(door, "code")
    ids = make(door, "A", "B", "C")
    answer = door.patch(FIELD, {"unique": True})
    assert answer.status_code == 200
    assert door.post("/thing", {"name": "新", "code": "D"}).status_code == 201
    task = run(door, deliver, type("Answer", (), {"status_code": 202, "data": answer.data["task"]}))
    assert (task["status"], task["result"]["count"]) == ("done", 0)
    for code in "ABCD":
        taken = door.post("/thing", {"name": "重", "code": code})
        assert [error["code"] for error in taken.data["errors"]] == ["not_unique"], code
    assert door.patch(f"/thing/{ids[0]}", {"code": "E", "version": 1}).status_code == 200
    assert door.post("/thing", {"name": "重", "code": "A"}).status_code == 201


def test_uniqueness_that_repeated_values_prevent_is_taken_back(
    door: Door, deliver: Deliver, fields_of: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uniqueness, "AT_ONCE", 2)
    add(door, "code")
    make(door, "A", "A", "B")
    answer = door.patch(FIELD, {"unique": True})
    task = run(door, deliver, type("Answer", (), {"status_code": 202, "data": answer.data["task"]}))
    assert task["result"]["count"] == 1
    assert task["result"]["duplicates"][0]["value"] == "a"
    assert fields_of("thing")["code"]["unique"] is False
    assert door.post("/thing", {"name": "又", "code": "B"}).status_code == 201
    assert CHUNK > 3


def test_a_unique_serial_number_is_held_and_passes_over_what_is_taken(door: Door, firm: Firm) -> None:
    add(door, "no", "serial", unique=True, config={"pattern": "N-{000}"})
    first, second = (door.post("/thing", {"name": "甲"}).data for _ in range(2))
    assert (first["no"], second["no"]) == ("N-001", "N-002")
    assert door.patch("/meta/objects/thing/fields/no", {"unique": False}).status_code == 200
    assert door.patch("/meta/objects/thing/fields/no", {"unique": True}).status_code == 200
    from_start = {"config": {"pattern": "N-{000}", "reset": "none"}}
    assert door.patch("/meta/objects/thing/fields/no", from_start).status_code == 200
    hits = door.post("/thing/query", {"filter": {"field": "no", "op": "is", "value": "N-002"}}).data["data"]
    assert [hit["id"] for hit in hits] == [second["id"]]
    assert door.post("/thing", {"name": "丙"}).data["no"] == "N-003"


# ---- Options


def test_a_retired_option_is_kept_and_not_chosen(door: Door) -> None:
    options = [{"value": "a", "label": "甲", "color": "chart-1"}, {"value": "b", "label": "乙"}]
    add(door, "code", "select", options=options, default="b")
    (held,) = make(door, "a")
    retired = [{**options[0], "retired": True}, {**options[1], "retired": True}]
    assert door.patch(FIELD, {"options": retired}).status_code == 200
    assert codes(door, [held]) == ["a"]
    assert door.patch(f"/thing/{held}", {"name": "改", "code": "a", "version": 1}).status_code == 200
    for answer in (
        door.post("/thing", {"name": "新", "code": "a"}),
        door.patch(f"/thing/{held}", {"code": "b", "version": 2}),
    ):
        assert [(e["field"], e["code"]) for e in answer.data["errors"]] == [("code", "retired_option")]
    assert door.post("/thing", {"name": "新"}).data["code"] is None
    found = door.post("/thing/query", {"filter": {"field": "code", "op": "is", "value": "a"}}).data["data"]
    assert [row["id"] for row in found] == [held]


def test_an_option_that_records_hold_is_not_taken_away(door: Door) -> None:
    options = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}, {"value": "c", "label": "丙"}]
    for kind, value in (("select", "a"), ("multi_select", ["a", "b"])):
        key = f"of_{kind}"
        add(door, key, kind, options=options)
        door.post("/thing", {"name": "持", key: value})
        refused = door.patch(f"/meta/objects/thing/fields/{key}", {"options": options[1:]})
        assert (refused.status_code, refused.data["code"]) == (409, "option_in_use"), refused.data
        assert [(row["value"], row["count"]) for row in refused.data["options"]] == [("a", 1)]
        assert door.patch(f"/meta/objects/thing/fields/{key}", {"options": options[:2]}).status_code == 200


@pytest.mark.parametrize(
    ("kind", "held", "after"), [("select", "a", "b"), ("multi_select", ["a", "c"], ["b", "c"])]
)
def test_an_option_is_replaced_everywhere(
    door: Door, deliver: Deliver, fields_of: Fields, kind: str, held: Any, after: Any
) -> None:
    options = [{"value": "a", "label": "甲"}, {"value": "b", "label": "乙"}, {"value": "c", "label": "丙"}]
    add(door, "code", kind, options=options)
    live, binned, other = make(door, held, held, held if kind == "x" else None)
    assert door.delete(f"/thing/{binned}", None, **{"If-Match": "1"}).status_code == 204
    answer = door.post(f"{FIELD}/replace-option", {"from": "a", "to": "b", "remove": True})
    task = run(door, deliver, answer)
    assert (task["status"], task["progress"]) == ("done", {"done": 2, "total": 2})
    assert door.post(f"/thing/{binned}/actions/restore").status_code == 200
    assert codes(door, [live, binned, other]) == [after, after, None]
    assert [option["value"] for option in fields_of("thing")["code"]["options"]] == ["b", "c"]
    history = door.get(f"/thing/{live}/history").data["data"]
    assert [change["new"] for change in history[0]["changes"]] == [after]
    again = door.post(f"{FIELD}/replace-option", {"from": "a", "to": "b"})
    assert again.status_code == 422


# ---- Types


def test_a_preview_says_what_would_be_kept_changed_and_lost(door: Door) -> None:
    add(door, "code")
    ids = make(door, "12", "1,200.4", "很多", "12", None)
    assert "number" in [row["type"] for row in door.get(f"{FIELD}/conversions").data["data"]]
    seen = door.post(f"{FIELD}/conversions/preview", {"type": "number"}).data
    assert (seen["counts"], seen["exact"]) == ({"kept": 2, "changed": 1, "lost": 1}, True)
    (lost,) = seen["examples"]["lost"]
    assert (lost["record"], lost["from"], lost["to"]) == (ids[2], "很多", None)
    (changed,) = seen["examples"]["changed"]
    assert (changed["from"], changed["to"]) == ("1,200.4", "1200")
    assert codes(door, ids) == ["12", "1,200.4", "很多", "12", None]


def test_a_conversion_rewrites_rows_journal_and_field_together(
    door: Door, deliver: Deliver, fields_of: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "CHUNK", 2)
    add(door, "code", searchable=True)
    ids = make(door, "12", "7", "很多", None, "3")
    assert door.delete(f"/thing/{ids[4]}", None, **{"If-Match": "1"}).status_code == 204
    answer = door.post(f"{FIELD}/conversions", {"type": "number"})
    assert answer.status_code == 202
    busy = door.patch(f"/thing/{ids[0]}", {"code": "13", "version": 1})
    assert [error["code"] for error in busy.data["errors"]] == ["readonly_field"]
    assert door.delete(FIELD).data["code"] == "field_busy"
    assert door.post(f"{FIELD}/conversions", {"type": "date"}).data["code"] == "field_busy"
    task = run(door, deliver, answer)
    assert (task["status"], task["result"]) == ("done", {"kept": 3, "changed": 0, "lost": 1})
    assert codes(door, ids[:4]) == [12, 7, None, None]
    assert door.post(f"/thing/{ids[4]}/actions/restore").status_code == 200
    assert codes(door, ids[4:]) == [3]
    assert fields_of("thing")["code"]["type"] == "number"
    found = door.post(
        "/thing/query", {"filter": {"field": "code", "op": "gt", "value": 5}, "sort": "code"}
    ).data
    assert [row["code"] for row in found["data"]] == [7, 12]
    (entry, first) = door.get(f"/thing/{ids[2]}/history").data["data"]
    assert (entry["action"], entry["changes"][0]["old"], entry["changes"][0]["new"]) == (
        "convert",
        "很多",
        None,
    )
    assert first["changes"][0]["field"] in ("name", "code")


def test_a_conversion_can_be_taken_back_with_what_was_lost(
    door: Door, deliver: Deliver, fields_of: Fields
) -> None:
    add(door, "code", unique=True, help="x")
    ids = make(door, "12", "007", "很多", None)
    task = run(door, deliver, door.post(f"{FIELD}/conversions", {"type": "number"}))
    assert codes(door, ids) == [12, 7, None, None]
    version = door.get(f"/thing/{ids[0]}").data["version"]
    assert door.patch(f"/thing/{ids[0]}", {"code": 15, "version": version}).status_code == 200
    back = run(door, deliver, door.post(f"/meta/tasks/{task['id']}/take-back"))
    assert back["status"] == "done"
    assert codes(door, ids) == ["15", "007", "很多", None]
    field = fields_of("thing")["code"]
    assert (field["type"], field["unique"], field["help"]["en"]) == ("text", True, "x")
    assert [e["code"] for e in door.post("/thing", {"name": "重", "code": "很多"}).data["errors"]] == [
        "not_unique"
    ]
    again = door.post(f"/meta/tasks/{task['id']}/take-back")
    assert (again.status_code, again.data["code"]) == (409, "not_reversible")


def test_text_becomes_options_that_the_preview_proposes(door: Door, deliver: Deliver) -> None:
    add(door, "code")
    ids = make(door, "华东", "华南", "华东")
    seen = door.post(f"{FIELD}/conversions/preview", {"type": "select"}).data
    assert (seen["options"], seen["counts"]["lost"]) == (["华东", "华南"], 0)
    refused = door.post(f"{FIELD}/conversions", {"type": "select"})
    assert [error["field"] for error in refused.data["errors"]] == ["options"]
    run(door, deliver, door.post(f"{FIELD}/conversions", {"type": "select", "options": seen["options"]}))
    assert codes(door, ids) == ["huadong", "huanan", "huadong"]


def test_what_is_computed_or_standard_is_not_converted(door: Door) -> None:
    add(door, "scan", "file")
    offered = door.get("/meta/objects/thing/fields/scan/conversions").data["data"]
    assert {row["type"] for row in offered if row["refused"] is not None} >= {"link", "links", "user"}
    add(door, "sum", "formula", config={"expression": "1+1"})
    assert door.get("/meta/objects/thing/fields/sum/conversions").data["data"] == []
    assert door.get("/meta/objects/customer/fields/website/conversions").data["data"] == []
    refused = door.post("/meta/objects/customer/fields/website/conversions", {"type": "number"})
    assert [error["field"] for error in refused.data["errors"]] == ["type"]


# ---- In use


def test_what_views_use_goes_only_when_they_let_go(door: Door) -> None:
    add(door, "code")
    definition = {"columns": [{"field": "name"}, {"field": "code"}], "sort": "-code,name",
                  "filter": {"and": [{"field": "code", "op": "is", "value": "A"}]}}  # fmt: skip
    body = {"object": "thing", "name": "我的", "kind": "table", "scope": "everyone", "definition": definition}
    view = door.post("/views", body).data
    used = door.get(f"{FIELD}/usage").data["data"]
    assert [row["kind"] for row in used] == ["view_filter", "view_columns", "view_sort"]
    assert all("我的" in row["label"]["zh-CN"] and view["id"] in row["where"] for row in used)
    refused = door.delete(FIELD)
    assert (refused.status_code, refused.data["code"]) == (409, "in_use")
    assert len(refused.data["usages"]) == 3
    retyped = door.post(f"{FIELD}/conversions", {"type": "number"})
    assert retyped.data["code"] == "in_use"
    assert door.delete(f"{FIELD}?detach=true").status_code == 204
    shown = door.get(f"/views/{view['id']}").data["definition"]
    assert (shown["columns"], shown["sort"], shown["filter"]) == (
        [{"field": "name", "width": None}],
        "name",
        None,
    )


def test_subtotals_colours_ends_and_covers_of_views_are_uses_too(door: Door) -> None:
    add(door, "code")
    for key, kind in (("until", "date"), ("face", "image")):
        add(door, key, kind)
    filled = {"field": "code", "op": "is_not_empty"}
    red, blue = (
        {"filter": filled, "color": "red"},
        {"filter": {"field": "name", "op": "is_not_empty"}, "color": "blue"},
    )
    definition = {"groups": [{"field": "code"}], "colors": [red, blue], "end": "until", "cover": "face"}
    view = door.post(
        "/views", {"object": "thing", "name": "全", "scope": "everyone", "definition": definition}
    )
    assert view.status_code == 201, view.data
    for key, uses in (
        ("code", ["view_groups", "view_colors"]),
        ("until", ["view_end"]),
        ("face", ["view_cover"]),
    ):
        path = f"/meta/objects/thing/fields/{key}"
        assert [row["kind"] for row in door.get(f"{path}/usage").data["data"]] == uses
        assert door.delete(path).data["code"] == "in_use"
        assert door.delete(f"{path}?detach=true").status_code == 204
    shown = door.get(f"/views/{view.data['id']}").data["definition"]
    assert [shown[part] for part in ("groups", "colors", "end", "cover")] == [[], [blue], None, None]


def test_a_use_through_a_link_counts_as_one(door: Door) -> None:
    add(door, "house", "link", target="customer")
    definition = {"filter": {"and": [{"field": "house.website", "op": "is_not_empty"}]}}
    body = {"object": "thing", "name": "远", "kind": "table", "scope": "personal", "definition": definition}
    assert door.post("/views", body).status_code == 201
    for path in ("/meta/objects/customer/fields/website/usage", "/meta/objects/thing/fields/house/usage"):
        (used,) = door.get(path).data["data"]
        assert (used["kind"], used["where"]) == ("view_filter", "")
        assert "王芳" in used["label"]["zh-CN"] and "远" not in used["label"]["zh-CN"]


def test_an_object_that_others_link_to_stays(door: Door) -> None:
    door.post("/meta/objects", {"key": "part", "label": "Part"})
    made = door.post(
        "/meta/objects/part/fields", {"key": "of", "type": "link", "target": "thing", "label": "Of"}
    )
    assert made.status_code == 201
    (used,) = door.get("/meta/objects/thing/usage").data["data"]
    assert (used["kind"], used["where"]) == ("link", "/settings/objects/part?field=of")
    assert door.delete("/meta/objects/thing").data["code"] == "in_use"
    assert door.delete("/meta/objects/part").status_code == 204
    assert door.delete("/meta/objects/thing").status_code == 204
    assert door.post("/meta/objects/part/restore").status_code == 200
    assert door.get("/part").status_code == 200


def test_what_rules_and_validations_use_is_named_and_stays(door: Door) -> None:
    add(door, "code")
    add(door, "note")
    condition = {"and": [{"field": "code", "op": "is_empty"}]}
    rule = door.post(
        "/meta/objects/thing/rules",
        {"name": "空着就藏", "condition": condition, "effects": [{"kind": "hide", "fields": ["note"]}]},
    )
    assert rule.status_code == 201, rule.data
    for key in ("code", "note"):
        (used,) = door.get(f"/meta/objects/thing/fields/{key}/usage").data["data"]
        assert (used["kind"], "空着就藏" in used["label"]["zh-CN"]) == ("rule", True)
        assert door.delete(f"/meta/objects/thing/fields/{key}?detach=true").data["code"] == "in_use"


def test_an_option_that_conditions_name_is_not_taken_away(door: Door, deliver: Deliver) -> None:
    add(door, "state", "select", options=[{"value": value, "label": value} for value in ("a", "b", "c")])
    add(door, "up", "link", target="thing")
    asked = {
        "or": [{"field": "state", "op": "in", "value": ["a"]}, {"field": "name", "op": "is", "value": "b"}]
    }
    check = {"name": "不许", "condition": asked, "message": "No", "field": "state"}
    assert door.post("/meta/objects/thing/validations", check).status_code == 201
    view = {
        "object": "thing",
        "name": "看",
        "definition": {"filter": {"field": "up.state", "op": "is", "value": "b"}},
    }
    assert door.post("/views", view).status_code == 201
    counted = {
        "object": "thing",
        "field": "up",
        "op": "count",
        "filter": {"field": "state", "op": "is", "value": "c"},
    }
    add(door, "below", "rollup", config=counted)
    path, kinds = "/meta/objects/thing/fields/state", {}
    for gone in "abc":
        left = [{"value": value, "label": value} for value in "abcd" if value != gone]
        refused = door.patch(path, {"options": left})
        assert (refused.status_code, refused.data["code"]) == (409, "in_use"), refused.data
        kinds[gone] = [usage["kind"] for usage in refused.data["usages"]]
        other = "b" if gone == "a" else "a"
        replaced = door.post(f"{path}/replace-option", {"from": gone, "to": other, "remove": True})
        assert replaced.data["code"] == "in_use"
    assert kinds == {"a": ["validation"], "b": ["view_filter"], "c": ["computed"]}
    assert [error["code"] for error in door.post("/thing", {"name": "x", "state": "a"}).data["errors"]] == [
        "rule_broken"
    ]
    retired = [{"value": value, "label": value, "retired": value == "b"} for value in "abc"]
    assert door.patch(path, {"options": retired}).status_code == 200, (
        "nobody chooses it any more; what asks for it goes on"
    )
