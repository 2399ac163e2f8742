"""Shaping a workspace: nonsense is refused by name and never leaves a schema that cannot be read."""

from typing import Any

import pytest

from guanxi.engine.schema.facade import FIELD_SETTINGS, OBJECT_SETTINGS
from tests.firms import Door, Firm

NONSENSE: tuple[Any, ...] = (
    5,
    True,
    1.5,
    [],
    ["x"],
    [{"x": 1}],
    {"x": 1},
    {"zh-CN": 5},
    {"en": {"a": []}},
    "",
    "x\x00y",
    "长" * 5000,
    10**30,
    "no_such_thing",
    None,
)


def _still_readable(door: Door) -> None:
    for path in ("/meta/objects", "/thing", "/openapi.json"):
        answer = door.get(path)
        assert answer.status_code == 200, (path, answer.data)


@pytest.fixture
def door(firm: Firm) -> Door:
    found = firm.door()
    made = found.post("/meta/objects", {"key": "thing", "label": "Thing"})
    assert made.status_code == 201, made.data
    return found


@pytest.mark.parametrize("setting", sorted(OBJECT_SETTINGS | {"key", "unheard_of"}))
def test_nonsense_about_an_object_is_refused_or_harmless(door: Door, firm: Firm, setting: str) -> None:
    member = firm.door(firm.add("成员"))
    for i, value in enumerate(NONSENSE):
        for answer in (
            door.post("/meta/objects", {"key": f"made{i}", "label": "Made", setting: value}),
            door.patch("/meta/objects/thing", {setting: value}),
        ):
            assert answer.status_code in (200, 201, 422), (value, answer.status_code, answer.data)
            if answer.status_code == 422:
                assert {error["field"] for error in answer.data["errors"]} == {setting}, (value, answer.data)
        assert member.get("/thing").status_code == 200, value
    _still_readable(door)


@pytest.mark.parametrize("setting", sorted(FIELD_SETTINGS | {"key", "type", "unheard_of"}))
def test_nonsense_about_a_field_is_refused_or_harmless(door: Door, setting: str) -> None:
    kind = {"options": "select", "default": "date", "target": "link", "config": "phone"}.get(setting, "text")
    extra: dict[str, Any] = {"select": {"options": ["甲", "乙"]}, "link": {"target": "customer"}}.get(
        kind, {}
    )
    assert (
        door.post(
            "/meta/objects/thing/fields", {"key": "known", "type": kind, "label": "Known", **extra}
        ).status_code
        == 201
    )
    for i, value in enumerate(NONSENSE):
        for answer in (
            door.post(
                "/meta/objects/thing/fields",
                {"key": f"made{i}", "type": kind, "label": "Made", **extra, setting: value},
            ),
            door.patch("/meta/objects/thing/fields/known", {setting: value}),
        ):
            # One that has just become sensitive is being encrypted, and says so.
            allowed = (200, 201, 409, 422) if setting == "sensitive" else (200, 201, 422)
            assert answer.status_code in allowed, (setting, value, answer.status_code, answer.data)
            if answer.status_code == 422:
                assert {error["field"].split(".")[0] for error in answer.data["errors"]} == {setting}, (
                    value,
                    answer.data,
                )
        made = door.post("/thing", {"name": "还能建"})
        assert made.status_code in (201, 422), (setting, value, made.data)
    _still_readable(door)


@pytest.mark.parametrize(
    ("kind", "extra", "given", "shown"),
    [("date", {}, "2026-03-05", "2026-03-05"), ("datetime", {}, "2026-03-05T10:00:00+08:00", "2026-03-05T02:00:00Z"),
     ("number", {}, "7", 7), ("decimal", {}, "1.50", 1.5), ("time", {}, "9:05", "09:05"), ("boolean", {}, True, True),
     ("select", {"options": [{"value": "a", "label": "甲"}]}, "a", "a"), ("tags", {}, ["x"], ["x"]),
     ("multi_select", {"options": [{"value": "a", "label": "甲"}]}, ["a"], ["a"]), ("text", {}, " x ", "x")],
)  # fmt: skip
def test_a_default_is_checked_and_given_to_new_records(
    door: Door, kind: str, extra: dict[str, Any], given: Any, shown: Any
) -> None:
    path = "/meta/objects/thing/fields"
    bad = door.post(path, {"key": "bad", "type": kind, "label": "Bad", **extra, "default": {"no": "value"}})
    assert [error["field"] for error in bad.data["errors"]] == ["default"]
    made = door.post(path, {"key": "kept", "type": kind, "label": "Kept", **extra, "default": given})
    assert made.status_code == 201, made.data
    assert next(f for f in made.data["fields"] if f["key"] == "kept")["default"] == shown
    record = door.post("/thing", {"name": "甲"})
    assert record.status_code == 201, record.data
    assert record.data["kept"] == shown
    assert door.post("/thing", {"name": "乙", "kept": None}).data["kept"] is None
    history = door.get(f"/thing/{record.data['id']}/history").data["data"][0]["changes"]
    assert {change["field"]: change["new"] for change in history}["kept"] == shown


def test_the_title_of_a_made_object_can_be_named_and_stays_what_it_is(door: Door) -> None:
    for key in ("name", "owner"):
        assert door.patch(f"/meta/objects/thing/fields/{key}", {"label": "叫法"}).status_code == 200
        fields = {f["key"]: f for f in door.get("/meta/objects/thing").data["fields"]}
        assert (fields[key]["label"]["en"], fields[key]["custom"]) == ("叫法", False)
    assert fields["name"]["required"] and fields["name"]["searchable"]


def test_a_default_of_a_standard_field_may_be_changed(door: Door) -> None:
    changed = door.patch("/meta/objects/customer/fields/tier", {"default": "no_such_tier"})
    assert [error["field"] for error in changed.data["errors"]] == ["default"]
    assert door.patch("/meta/objects/customer/fields/founded", {"default": 1999}).status_code == 200
    assert door.post("/customer", {"name": "甲"}).data["founded"] == 1999


@pytest.mark.parametrize("key", ["name", "owner", "created_at", "due_at"])
def test_what_every_list_needs_cannot_be_hidden(door: Door, key: str) -> None:
    obj = "task" if key == "due_at" else "customer"
    answer = door.patch(f"/meta/objects/{obj}/fields/{key}", {"hidden": True})
    assert [error["field"] for error in answer.data["errors"]] == ["hidden"]
    assert door.get(f"/{obj}").status_code == 200


def test_a_hidden_field_does_not_exist_anywhere(door: Door) -> None:
    made = door.post("/customer", {"name": "甲", "wechat": "secret-wx"}).data
    assert door.patch("/meta/objects/customer/fields/wechat", {"hidden": True}).status_code == 200
    path = f"/customer/{made['id']}"
    assert "wechat" not in door.get(path).data
    assert "secret-wx" not in door.get(f"{path}/history").content.decode()
    for body in ({"filter": {"field": "wechat", "op": "is_not_empty"}}, {"sort": "wechat"}, {"fields": ["wechat"]}, {"group": ["wechat"]},
                 {"measures": [{"op": "distinct", "field": "wechat"}]}):  # fmt: skip
        answer = door.post("/customer/query", body)
        assert [error["code"] for error in answer.data["errors"]] == ["unknown_field"], body
    refused = door.patch(path, {"wechat": "x", "version": 1})
    assert [error["code"] for error in refused.data["errors"]] == ["unknown_field"]
    refused = door.post("/contact/query", {"filter": {"field": "customer.wechat", "op": "is_not_empty"}})
    assert [error["code"] for error in refused.data["errors"]] == ["unknown_field"]


def test_a_parent_link_that_is_put_away_lends_nothing_any_more(door: Door, firm: Firm) -> None:
    assert (
        door.post(
            "/meta/objects/thing/fields",
            {"key": "house", "type": "link", "target": "customer", "label": "House"},
        ).status_code
        == 201
    )
    assert door.patch("/meta/objects/thing", {"parents": ["house"]}).status_code == 200
    member = firm.add("成员")
    own = firm.door(member).post("/customer", {"name": "我的"}).data["id"]
    made = door.post("/thing", {"name": "挂着", "house": own}).data["id"]
    assert firm.door(member).get(f"/thing/{made}").status_code == 200
    assert door.delete("/meta/objects/thing/fields/house").data["code"] == "in_use"
    assert door.delete("/meta/objects/thing/fields/house?detach=true").status_code == 204
    assert firm.door(member).get(f"/thing/{made}").status_code == 404


def test_making_a_field_unique_counts_what_is_there_already(door: Door) -> None:
    assert (
        door.post("/meta/objects/thing/fields", {"key": "code", "type": "text", "label": "Code"}).status_code
        == 201
    )
    first = door.post("/thing", {"name": "甲", "code": "A1"}).data
    second = door.post("/thing", {"name": "乙", "code": " a1 "}).data
    refused = door.patch("/meta/objects/thing/fields/code", {"unique": True})
    assert (refused.status_code, [error["field"] for error in refused.data["errors"]]) == (422, ["unique"])
    assert door.patch(f"/thing/{second['id']}", {"code": "A2", "version": 1}).status_code == 200
    assert door.patch("/meta/objects/thing/fields/code", {"unique": True}).status_code == 200
    taken = door.post("/thing", {"name": "丙", "code": "A1"})
    assert [(error["field"], error["code"]) for error in taken.data["errors"]] == [("code", "not_unique")]
    assert door.patch(f"/thing/{first['id']}", {"code": "a1", "version": 1}).status_code == 200
    assert door.patch("/meta/objects/thing/fields/code", {"unique": False}).status_code == 200
    assert door.post("/thing", {"name": "丙", "code": "A1"}).status_code == 201
