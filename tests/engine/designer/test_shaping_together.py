"""Shaping an object: by administrators alone, one after the other, arranged, put away and brought back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanxi.engine.designer.purging import empty_schema_bin
from guanxi.engine.schema.models import SchemaField, SchemaObject
from guanxi.engine.tenancy.context import Role, session, system_ctx
from tests.engine.designer.conftest import Fields
from tests.firms import Door, Firm

DOORS = (
    ("POST", "/meta/objects", {"label": "Other"}),
    ("PATCH", "/meta/objects/thing", {"label": "Other"}),
    ("DELETE", "/meta/objects/thing", None),
    ("GET", "/meta/objects/thing/design", None),
    ("GET", "/meta/objects/thing/changes", None),
    ("GET", "/meta/objects/thing/usage", None),
    ("GET", "/meta/objects/thing/tasks", None),
    ("PUT", "/meta/objects/thing/arrangement", {"sections": [{"label": "One"}]}),
    ("POST", "/meta/objects/thing/fields", {"type": "text", "label": "Other"}),
    ("PATCH", "/meta/objects/thing/fields/code", {"label": "Other"}),
    ("DELETE", "/meta/objects/thing/fields/code", None),
    ("GET", "/meta/objects/thing/fields/code/usage", None),
    ("GET", "/meta/objects/thing/fields/code/conversions", None),
    ("POST", "/meta/objects/thing/fields/code/conversions/preview", {"type": "number"}),
    ("POST", "/meta/objects/thing/fields/code/conversions", {"type": "number"}),
    ("POST", "/meta/objects/thing/fields/code/replace-option", {"from": "a", "to": "b"}),
    ("POST", "/meta/objects/thing/restore", {}),
    ("POST", "/meta/objects/thing/fields/code/restore", {}),
    ("GET", "/meta/bin", None),
    ("GET", "/meta/key?label=x", None),
)  # fmt: skip


def add(door: Door, key: str, kind: str = "text", **settings: Any) -> None:
    made = door.post(
        "/meta/objects/thing/fields", {"key": key, "type": kind, "label": key.title(), **settings}
    )
    assert made.status_code == 201, made.data


@pytest.mark.parametrize(("verb", "path", "body"), DOORS)
def test_only_administrators_shape(door: Door, firm: Firm, verb: str, path: str, body: Any) -> None:
    add(door, "code")
    before = door.get("/meta/objects/thing/design").data
    for role in (Role.MANAGER, Role.MEMBER, Role.READ_ONLY):
        answer = firm.door(firm.add("同事", role)).call(verb, path, body)
        assert answer.status_code == 403, (role, answer.status_code, answer.data)
    assert door.get("/meta/objects/thing/design").data == before


@pytest.mark.parametrize(("verb", "path", "body"), [row for row in DOORS if "thing" in row[1]])
def test_another_firm_has_no_such_object(
    door: Door, other_firm: Firm, verb: str, path: str, body: Any
) -> None:
    add(door, "code")
    before = door.get("/meta/objects/thing/design").data
    answer = other_firm.door().call(verb, path, body)
    assert answer.status_code == 404, answer.data
    assert door.get("/meta/objects/thing/design").data == before


def test_of_two_administrators_the_second_is_told_who_changed_what(door: Door, firm: Firm) -> None:
    add(door, "code")
    version = door.get("/meta/objects/thing/design").data["version"]
    other = firm.door(firm.add("李雷", Role.ADMIN))
    path = "/meta/objects/thing/fields/code"
    changed = other.patch(path, {"label": "Number", "version": version})
    assert changed.status_code == 200, changed.data
    for answer in (
        door.patch(path, {"help": "x", "version": version}),
        door.patch(path, {"help": "x"}, **{"If-Match": f'"{version}"'}),
        door.patch("/meta/objects/thing", {"label": "x", "version": version}),
        door.post("/meta/objects/thing/fields", {"type": "text", "label": "x", "version": version}),
        door.delete(path, None, **{"If-Match": str(version)}),
        door.call(
            "PUT", "/meta/objects/thing/arrangement", {"sections": [{"label": "x"}], "version": version}
        ),
    ):
        assert (answer.status_code, answer.data["code"]) == (409, "stale_version"), answer.data
        assert answer.data["current"] == version + 1
        (change,) = answer.data["changes"]
        assert (change["actor"]["name"], change["field"], change["action"]) == (
            "李雷",
            "code",
            "field_changed",
        )
        assert change["changes"]["label"][1]["en"] == "Number"
        assert "李雷" in answer.data["detail"]
    kept = door.patch(path, {"help": "x", "version": version + 1})
    assert kept.status_code == 200
    assert kept.data["version"] == version + 2


def test_the_version_of_one_object_says_nothing_of_another(door: Door) -> None:
    version = door.get("/meta/objects/thing/design").data["version"]
    assert door.patch("/meta/objects/customer/fields/website", {"help": "x"}).status_code == 200
    assert door.patch("/meta/objects/thing", {"label": "Things", "version": version}).status_code == 200


def test_sections_and_fields_are_arranged_on_objects_of_any_kind(door: Door, fields_of: Fields) -> None:
    for key in ("a", "b", "c"):
        add(door, key)
    for obj in ("thing", "customer"):
        design = door.get(f"/meta/objects/{obj}/design").data
        by_section: dict[str, list[str]] = {}
        for f in design["fields"]:
            by_section.setdefault(f["section"], []).append(f["key"])
        sections = [
            {"key": s["key"], "label": s["label"], "fields": by_section.get(s["key"], [])}
            for s in design["sections"]
        ]
        moved = sections[0]["fields"].pop()
        arranged = door.call(
            "PUT",
            f"/meta/objects/{obj}/arrangement",
            {"sections": [{"label": {"zh-CN": "要紧的", "en": "First things"}, "fields": [moved]}, *sections],
             "version": design["version"]},
        )  # fmt: skip
        assert arranged.status_code == 200, arranged.data
        first = arranged.data["sections"][0]
        assert (first["key"], first["label"]["zh-CN"]) == ("first_things", "要紧的")
        shown = door.get(f"/meta/objects/{obj}").data
        assert shown["sections"][0]["key"] == "first_things"
        assert [f["key"] for f in shown["fields"] if f["section"] == "first_things"] == [moved]
        wanted = [moved, *(key for s in sections for key in s["fields"])]
        assert [f["key"] for f in arranged.data["fields"]] == wanted
    add(door, "late", section="first_things")
    assert [key for key, f in fields_of("thing").items() if f["section"] == "first_things"][-1] == "late"


def test_an_arrangement_that_leaves_a_field_nowhere_is_refused(door: Door) -> None:
    add(door, "code", section="custom")
    for sections, where in (
        ([{"label": "Only"}], "sections"),
        ([{"key": "basic", "label": "B", "fields": ["nowhere"]}], "sections.0.fields.0"),
        ([{"key": "basic", "label": "B", "fields": ["code", "code"]}], "sections.0.fields.1"),
        ([{"key": "basic", "label": ""}], "sections.0.label"),
        ("x", "sections"),
        ([], "sections"),
    ):
        answer = door.call("PUT", "/meta/objects/thing/arrangement", {"sections": sections})
        assert answer.status_code == 422, (sections, answer.data)
        assert [error["field"] for error in answer.data["errors"]] == [where], answer.data


def test_a_deprecated_field_is_read_and_not_filled(door: Door) -> None:
    add(door, "code", required=True, default="x")
    made = door.post("/thing", {"name": "甲", "code": "A1"}).data
    assert door.patch("/meta/objects/thing/fields/code", {"deprecated": True}).status_code == 200
    assert door.get(f"/thing/{made['id']}").data["code"] == "A1"
    refused = door.patch(f"/thing/{made['id']}", {"code": "A2", "version": 1})
    assert [error["code"] for error in refused.data["errors"]] == ["readonly_field"]
    fresh = door.post("/thing", {"name": "乙"})
    assert (fresh.status_code, fresh.data["code"]) == (201, None)
    shown = next(f for f in door.get("/meta/objects/thing").data["fields"] if f["key"] == "code")
    assert (shown["deprecated"], shown["readonly"], shown["required"]) == (True, True, False)
    assert door.patch("/meta/objects/thing/fields/code", {"deprecated": False}).status_code == 200
    assert door.post("/thing", {"name": "丙"}).data["code"] == "x"


def test_what_is_used_is_hidden_only_by_who_has_seen_where(door: Door) -> None:
    add(door, "price", "decimal")
    add(door, "twice", "formula", config={"expression": "price * 2"})
    path = "/meta/objects/thing/fields/price"

    def there() -> set[str]:
        return {f["key"] for f in door.get("/meta/objects/thing").data["fields"]}

    refused = door.patch(path, {"hidden": True})
    assert (refused.status_code, refused.data["code"]) == (409, "in_use"), refused.data
    assert [use["kind"] for use in refused.data["usages"]] == ["computed"]
    assert {"price", "twice"} <= there()
    assert door.patch(path, {"label": "Cost"}).status_code == 200
    assert door.patch(f"{path}?although_used=true", {"hidden": True}).status_code == 200
    assert not {"price", "twice"} & there()
    assert door.patch(path, {"help": "x", "hidden": True}).status_code == 200, "it is hidden already"
    assert door.patch(path, {"hidden": False}).status_code == 200
    assert {"price", "twice"} <= there()


def test_an_object_is_hidden_retired_and_moved_whoever_made_it(door: Door, firm: Firm) -> None:
    for key, values in (("thing", {"name": "甲"}), ("product", {"name": "乙", "code": "P1"})):
        (kept,) = (door.post(f"/{key}", values).data,)
        path = f"/meta/objects/{key}"
        assert door.patch(path, {"hidden": True, "deprecated": True, "position": 7}).status_code == 200
        told = door.get(path).data
        assert (told["hidden"], told["deprecated"], told["position"]) == (True, True, 7)
        assert told["can"]["create"] is False
        refused = door.post(f"/{key}", values)
        assert (refused.status_code, refused.data["code"]) == (403, "deprecated_object"), refused.data
        assert door.patch(f"/{key}/{kept['id']}", {"name": "丙", "version": 1}).status_code == 200
        assert door.patch(path, {"hidden": False, "deprecated": False}).status_code == 200
        assert (
            door.post(f"/{key}", {**values, "code": "P2"} if key == "product" else values).status_code == 201
        )


def test_what_lists_need_cannot_be_deprecated(door: Door) -> None:
    answer = door.patch("/meta/objects/customer/fields/name", {"deprecated": True})
    assert [error["field"] for error in answer.data["errors"]] == ["deprecated"]


def test_a_field_comes_back_from_the_bin_with_its_values(door: Door, fields_of: Fields) -> None:
    add(door, "code", unique=True)
    made = door.post("/thing", {"name": "甲", "code": "A1"}).data
    assert door.delete("/meta/objects/thing/fields/code").status_code == 204
    assert "code" not in door.get(f"/thing/{made['id']}").data
    (entry,) = door.get("/meta/bin").data["data"]
    assert (entry["kind"], entry["object"], entry["field"], entry["deleted_by"]["name"]) == (
        "field", "thing", "code", "王芳",
    )  # fmt: skip
    again = door.post("/meta/objects/thing/fields", {"key": "code", "type": "text", "label": "Code"})
    assert [error["code"] for error in again.data["errors"]] == ["key_taken"]
    changed = door.patch(f"/thing/{made['id']}", {"name": "甲甲", "version": 1})
    assert changed.status_code == 200
    assert door.post("/meta/objects/thing/fields/code/restore").status_code == 200
    assert door.get(f"/thing/{made['id']}").data["code"] == "A1"
    taken = door.post("/thing", {"name": "乙", "code": "a1"})
    assert [error["code"] for error in taken.data["errors"]] == ["not_unique"]
    assert door.get("/meta/bin").data["data"] == []
    assert door.post("/meta/objects/thing/fields/code/restore").status_code == 404


def test_an_object_comes_back_from_the_bin_with_its_records(door: Door) -> None:
    made = door.post("/thing", {"name": "甲"}).data
    assert door.delete("/meta/objects/thing").status_code == 204
    assert door.get(f"/thing/{made['id']}").status_code == 404
    assert [entry["kind"] for entry in door.get("/meta/bin").data["data"]] == ["object"]
    assert door.post("/meta/objects/thing/restore").status_code == 200
    assert door.get(f"/thing/{made['id']}").data["name"] == "甲"


def test_after_ninety_days_values_are_gone_and_keys_stay_taken(door: Door, firm: Firm) -> None:
    add(door, "code")
    kept = door.post("/thing", {"name": "甲", "code": "A1"}).data["id"]
    door.post("/meta/objects", {"key": "gone", "label": "Gone"})
    lost = door.post("/gone", {"name": "乙"}).data["id"]
    assert door.delete("/meta/objects/thing/fields/code").status_code == 204
    assert door.delete("/meta/objects/gone").status_code == 204
    workspace = firm.workspace.id
    with session(workspace):
        empty_schema_bin(system_ctx(firm.workspace.info()))
    assert len(door.get("/meta/bin").data["data"]) == 2
    with session(workspace):
        long_ago = timezone.now() - timedelta(days=91)
        SchemaField.objects.filter(deleted_at__isnull=False).update(deleted_at=long_ago)
        SchemaObject.objects.filter(deleted_at__isnull=False).update(deleted_at=long_ago)
        empty_schema_bin(system_ctx(firm.workspace.info()))
    assert door.get("/meta/bin").data["data"] == []
    for path in ("/meta/objects/thing/fields/code/restore", "/meta/objects/gone/restore"):
        assert door.post(path).status_code == 404
    taken = door.post("/meta/objects/thing/fields", {"key": "code", "type": "text", "label": "Code"})
    assert [error["code"] for error in taken.data["errors"]] == ["key_taken"]
    taken = door.post("/meta/objects", {"key": "gone", "label": "Gone"})
    assert [error["code"] for error in taken.data["errors"]] == ["key_taken"]
    assert door.get(f"/thing/{kept}").data["name"] == "甲"
    assert door.get(f"/gone/{lost}").status_code == 404


def test_standard_fields_take_what_custom_ones_take(door: Door, deliver: Callable[[], int]) -> None:
    path = "/meta/objects/customer/fields/website"
    body = {"unique": False, "indexed": True, "sensitive": True, "required": True, "section": "basic"}
    assert door.patch(path, body).status_code == 200
    found = next(f for f in door.get("/meta/objects/customer").data["fields"] if f["key"] == "website")
    assert {name: found[name] for name in body} == body
    refused = door.post("/customer", {"name": "甲"})
    assert [error["code"] for error in refused.data["errors"]] == ["required"]


def test_a_key_is_proposed_from_pinyin_and_is_free(door: Door) -> None:
    assert door.get("/meta/key?label=设备").data == {"key": "shebei"}
    made = door.post("/meta/objects", {"label": {"zh-CN": "设备", "en": "设备"}})
    assert (made.status_code, made.data["key"]) == (201, "shebei")
    assert door.get("/meta/key?label=设备").data == {"key": "shebei_2"}
    assert door.get("/meta/key?label=负责人&object=thing").data == {"key": "fuzeren"}
    assert door.get("/meta/key?label=owner&object=thing").data == {"key": "owner_2"}
    assert door.post("/meta/objects/thing/fields", {"type": "text", "label": "序列号"}).status_code == 201
    assert door.get("/meta/objects/thing/fields/xuliehao/usage").status_code == 200


def test_what_a_layout_places_lists_or_asks_is_named_where_it_would_break(door: Door) -> None:
    """A field that is placed may change its type; one that the layout is chosen by may not, nor the link of a list."""
    for key in ("placed", "asked"):
        add(door, key)
    made = door.post("/meta/objects", {"key": "piece", "label": {"zh-CN": "零件", "en": "Piece"}})
    assert made.status_code == 201, made.data
    link = {"key": "whole", "type": "link", "label": "Whole", "target": "thing"}
    assert door.post("/meta/objects/piece/fields", link).status_code == 201
    tabs = [{"label": "T", "sections": [{"label": "S", "columns": 1, "fields": ["name", "placed"]}]}]
    layout = door.post("/meta/objects/thing/layouts", {
        "name": "整机", "kind": "page", "condition": {"field": "asked", "op": "is", "value": "x"},
        "definition": {"tabs": tabs, "related": [{"object": "piece", "field": "whole"}]},
    })  # fmt: skip
    assert layout.status_code in (200, 201), layout.data
    for field in ("thing/fields/placed", "thing/fields/asked", "piece/fields/whole"):
        for refused in (
            door.delete(f"/meta/objects/{field}"),
            door.patch(f"/meta/objects/{field}", {"hidden": True}),
        ):
            assert (refused.status_code, refused.data["code"]) == (409, "in_use"), (field, refused.data)
            assert "整机" in refused.data["detail"], field
    for field, status in (("placed", 202), ("asked", 409)):
        answer = door.post(f"/meta/objects/thing/fields/{field}/conversions", {"type": "long_text"})
        assert answer.status_code == status, (field, answer.data)
