"""Lookups are fields like any other, of the type of what they lead to."""

from typing import Any

import pytest

from guanxi.engine.schema.changes import bumped
from guanxi.engine.schema.models import SchemaField
from guanxi.engine.tenancy.context import Role, session
from tests.engine.records.linked import add_field, declare
from tests.firms import Door, Firm


@pytest.fixture
def door(firm: Firm) -> Door:
    return declare(firm)


def _equip(door: Door, name: str, **values: Any) -> Any:
    made = door.post("/equipment", {"name": name, **values})
    assert made.status_code == 201, made.data
    return made.data


def test_a_lookup_shows_filters_sorts_and_groups(door: Door) -> None:
    made = add_field(door, "equipment", "tier", "lookup", config={"path": "customer.tier"})
    assert made.status_code == 201, made.data
    field = next(f for f in made.data["fields"] if f["key"] == "tier")
    assert (field["type"], field["declared"], field["readonly"]) == ("select", "lookup", True)
    assert field["options"]
    assert (
        add_field(door, "repair", "whose", "lookup", config={"path": "equipment.customer.name"}).status_code
        == 201
    )
    assert (
        add_field(door, "repair", "boss", "lookup", config={"path": "equipment.customer.owner"}).status_code
        == 201
    )
    assert add_field(door, "repair", "tier", "lookup", config={"path": "equipment.tier"}).status_code == 201
    good = door.post("/customer", {"name": "甲公司", "tier": "high"}).data
    weak = door.post("/customer", {"name": "乙公司", "tier": "low"}).data
    one, two = _equip(door, "一号", customer=good["id"]), _equip(door, "二号", customer=weak["id"])
    _equip(door, "三号")
    assert (one["tier"], two["tier"]) == ("high", "low")
    found = door.post("/equipment/query", {"filter": {"field": "tier", "op": "is", "value": "high"}}).data[
        "data"
    ]
    assert [row["title"] for row in found] == ["一号"]
    found = door.post("/equipment/query", {"sort": "-tier", "fields": ["tier"]}).data["data"]
    assert {row["tier"] for row in found} == {"high", "low", None}
    groups = door.post("/equipment/query", {"group": ["tier"], "measures": [{"op": "count"}]}).data["data"]
    assert {g["keys"]["tier"]: g["values"]["count"] for g in groups} == {"high": 1, "low": 1, None: 1}
    repair = door.post("/repair", {"name": "换油", "equipment": one["id"]}).data
    assert (repair["whose"], repair["tier"], repair["boss"]["name"]) == ("甲公司", "high", "王芳")
    page = door.post(
        "/repair/query", {"filter": {"field": "whose", "op": "contains", "value": "甲"}, "sort": "whose"}
    )
    assert page.data["page"]["count"]["value"] == 1
    door.patch(f"/customer/{good['id']}", {"tier": "low", "version": good["version"]})
    assert door.get(f"/repair/{repair['id']}").data["tier"] == "low"


def test_nobody_writes_a_lookup(door: Door) -> None:
    add_field(door, "equipment", "tier", "lookup", config={"path": "customer.tier"})
    refused = door.post("/equipment", {"name": "一号", "tier": "high"})
    assert refused.status_code == 422
    assert refused.data["errors"][0]["code"] == "readonly_field"


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("customer", "bad_config"),
        ("customer.no_such", "unknown_field"),
        ("serial_text.name", "not_a_link"),
        ("customer.owner.team.manager.name", "path_too_long"),
        ("", "bad_config"),
        ("customer.tier\x00", "unknown_field"),
    ],
)
def test_a_path_that_leads_nowhere_is_refused(door: Door, path: str, code: str) -> None:
    answer = add_field(door, "equipment", "shown", "lookup", config={"path": path})
    assert answer.status_code == 422
    assert (answer.data["errors"][0]["field"], answer.data["errors"][0]["code"]) == ("config", code)


def test_lookups_do_not_go_in_circles(door: Door) -> None:
    assert (
        add_field(door, "equipment", "one", "lookup", config={"path": "above.serial_text"}).status_code == 201
    )
    assert add_field(door, "equipment", "two", "lookup", config={"path": "above.one"}).status_code == 201
    answer = door.patch("/meta/objects/equipment/fields/one", {"config": {"path": "above.two"}})
    assert answer.status_code == 422
    assert answer.data["errors"][0]["code"] == "circular"
    own = door.patch("/meta/objects/equipment/fields/one", {"config": {"path": "above.one"}})
    assert own.data["errors"][0]["code"] == "circular"
    assert door.get("/equipment").status_code == 200


def test_what_one_may_not_see_is_empty_in_a_lookup(door: Door, firm: Firm) -> None:
    add_field(door, "equipment", "whose", "lookup", config={"path": "customer.name"})
    secret = door.post("/customer", {"name": "机密客户"}).data
    member = firm.add("小李", Role.MEMBER)
    _equip(door, "一号", customer=secret["id"], owner=str(member.id))
    theirs = firm.door(member)
    assert [row["whose"] for row in theirs.get("/equipment").data["data"]] == [None]
    page = theirs.post(
        "/equipment/query", {"filter": {"field": "whose", "op": "contains", "value": "机密"}}
    ).data
    assert page["data"] == []


def test_a_lookup_whose_field_is_gone_or_hidden_is_empty(door: Door, firm: Firm) -> None:
    add_field(door, "equipment", "text", "lookup", config={"path": "above.serial_text"})
    top = _equip(door, "上级", serial_text="SN-1")
    below = _equip(door, "下级", above=top["id"])
    assert below["text"] == "SN-1"
    assert (
        door.patch(
            "/meta/objects/equipment/fields/serial_text?although_used=true", {"hidden": True}
        ).status_code
        == 200
    )
    assert "text" not in door.get(f"/equipment/{below['id']}").data
    refused = door.delete("/meta/objects/equipment/fields/serial_text")
    assert (refused.status_code, refused.data["code"]) == (409, "in_use")
    with session(firm.workspace.id):  # as in a schema that was restored in part
        SchemaField.objects.filter(key="serial_text").update(deleted_at=firm.ctx.now)
        bumped(firm.ctx)
    assert door.get(f"/equipment/{below['id']}").data["text"] is None
    assert door.get("/equipment").status_code == 200
