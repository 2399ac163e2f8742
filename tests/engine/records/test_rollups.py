"""Rollups are right at once, whatever changes them, and refused where they cannot be."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from guanxi.commands.rollups import command
from guanxi.engine.records import store
from guanxi.engine.records.rollups import building
from guanxi.engine.records.store.purging import purge_records
from guanxi.engine.schema.changes import bumped
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.models import SchemaField
from guanxi.engine.tenancy.context import Role, session
from tests.engine.records.linked import add_field, declare, declare_figures, fill
from tests.firms import Door, Firm


@pytest.fixture
def door(firm: Firm) -> Door:
    made = declare(firm)
    declare_figures(firm, made)
    return made


def _new(door: Door, key: str, name: str, **values: Any) -> Any:
    made = door.post(f"/{key}", {"name": name, **values})
    assert made.status_code == 201, made.data
    return made.data


def _shown(door: Door, record: dict[str, Any], *keys: str) -> Any:
    data = door.get(f"/{record['object']}/{record['id']}").data
    return data[keys[0]] if len(keys) == 1 else tuple(data[key] for key in keys)


def _right(firm: Firm) -> None:
    for key in ("equipment", "customer"):
        assert list(building.verify(firm.workspace.id, key)) == []


def test_every_figure_over_a_handful_of_records(door: Door, firm: Firm) -> None:
    machine = _new(door, "equipment", "一号")
    assert (machine["repairs"], machine["cost"], machine["mean"], machine["names"]) == (0, 0, None, None)
    here = {"equipment": machine["id"]}
    _new(
        door,
        "repair",
        "换油",
        status="done",
        price="10.50",
        day="2026-03-01",
        at="2026-03-01T02:00:00Z",
        **here,
    )
    _new(
        door,
        "repair",
        "检查",
        status="open",
        price="5.25",
        day="2026-02-01",
        at="2026-02-01T02:00:00.5Z",
        **here,
    )
    _new(door, "repair", "没填", **here)
    shown = door.get(f"/equipment/{machine['id']}").data
    assert {key: shown[key] for key in ("repairs", "open_repairs", "cost", "open_cost", "mean", "least")} == {
        "repairs": 3, "open_repairs": 1, "cost": 15.75, "open_cost": 5.25, "mean": 7.88, "least": 5.25,
    }  # fmt: skip
    assert (shown["latest"], shown["moment"]) == ("2026-03-01", "2026-03-01T02:00:00Z")
    assert (shown["first_status"], shown["last_status"]) == ("open", "done")
    assert (shown["names"], shown["statuses"]) == ("检查, 换油, 没填", "已完成、处理中")
    assert shown["version"] == machine["version"]
    assert len(door.get(f"/equipment/{machine['id']}/history").data["data"]) == 1
    _right(firm)


def test_figures_follow_every_way_of_writing(door: Door, firm: Firm) -> None:
    customer = _new(door, "customer", "甲公司")
    one, two = (_new(door, "equipment", name, customer=customer["id"]) for name in ("一号", "二号"))
    made = door.post("/repair/bulk", {"op": "create", "records": [
        {"name": f"修{i}", "equipment": one["id"], "price": 10, "status": "open"} for i in range(4)]})  # fmt: skip
    ids = made.data["ids"]
    assert _shown(door, one, "repairs", "cost") == (4, 40)
    assert _shown(door, customer, "equipment_count", "all_cost", "broken") == (2, 40, 1)
    moved = door.get(f"/repair/{ids[0]}").data
    door.patch(f"/repair/{ids[0]}", {"equipment": two["id"], "version": moved["version"]})
    assert (_shown(door, one, "cost"), _shown(door, two, "cost")) == (30, 10)
    assert _shown(door, customer, "broken") == 2
    door.post("/repair/bulk", {"op": "update", "ids": ids, "set": {"price": 7, "status": "done"}})
    assert (_shown(door, one, "cost", "open_repairs"), _shown(door, customer, "all_cost", "broken")) == (
        (21, 0),
        (28, 0),
    )
    door.delete(f"/repair/{ids[1]}", {"version": 2})
    assert _shown(door, one, "repairs") == 2
    door.post("/repair/bulk", {"op": "restore", "ids": [ids[1]]})
    assert _shown(door, one, "repairs") == 3
    undone = door.post("/repair/bulk", {"op": "undo", "batch": made.data["batch"]})
    assert undone.status_code == 200
    merged = door.post(f"/equipment/{one['id']}/actions/merge", {"others": [two["id"]]})
    assert merged.status_code == 200, merged.data
    assert _shown(door, one, "repairs") + 0 == merged.data["repairs"]
    assert _shown(door, customer, "equipment_count") == 1
    _right(firm)


def test_purging_takes_records_out_of_figures(door: Door, firm: Firm) -> None:
    machine = _new(door, "equipment", "一号")
    repair = _new(door, "repair", "修", equipment=machine["id"], price=3)
    with session(firm.workspace.id):
        purge_records(firm.ctx, get_object(firm.ctx, "repair"), [uuid.UUID(repair["id"])])
    assert _shown(door, machine, "repairs", "cost") == (0, 0)


def test_a_figure_filters_sorts_and_is_summed_like_a_number(door: Door) -> None:
    for name, count in (("一号", 2), ("二号", 0), ("三号", 1)):
        machine = _new(door, "equipment", name)
        for i in range(count):
            _new(door, "repair", f"修{i}", equipment=machine["id"], price=2)
    rows = door.post(
        "/equipment/query", {"filter": {"field": "repairs", "op": "lt", "value": 2}, "sort": "-repairs"}
    )
    assert [row["title"] for row in rows.data["data"]] == ["三号", "二号"]
    total = door.post("/equipment/query", {"group": [], "measures": [{"op": "sum", "field": "cost"}]}).data[
        "data"
    ]
    assert total[0]["values"]["sum_cost"] == 6


def test_all_records_count_whoever_writes_and_looks(door: Door, firm: Firm) -> None:
    for key in ("repairs", "cost"):
        assert door.patch(f"/meta/objects/equipment/fields/{key}", {"reveals": True}).status_code == 200
    member = firm.add("小李", Role.MEMBER)
    machine = _new(door, "equipment", "一号", owner=str(member.id))
    _new(door, "repair", "老板的", equipment=machine["id"], price=5)
    theirs = firm.door(member)
    assert theirs.get("/repair").data["data"] == []
    assert _shown(theirs, machine, "repairs") == 1
    _new(theirs, "repair", "我的", equipment=machine["id"], price=5)
    assert _shown(theirs, machine, "repairs", "cost") == (2, 10)


def test_nobody_writes_a_figure(door: Door) -> None:
    refused = door.post("/equipment", {"name": "一号", "repairs": 5})
    assert (refused.status_code, refused.data["errors"][0]["code"]) == (422, "readonly_field")


def test_another_firm_is_not_counted(door: Door, firm: Firm, other_firm: Firm) -> None:
    theirs = declare(other_firm)
    declare_figures(other_firm, theirs)
    machine, foreign = _new(door, "equipment", "一号"), _new(theirs, "equipment", "一号")
    _new(door, "repair", "修", equipment=machine["id"])
    assert theirs.post("/repair", {"name": "修", "equipment": machine["id"]}).status_code == 422
    assert (_shown(door, machine, "repairs"), _shown(theirs, foreign, "repairs")) == (1, 0)


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ({"object": "no_such"}, "bad_config"),
        ({"field": "status"}, "bad_config"),
        ({"op": "median"}, "bad_config"),
        ({"op": "sum"}, "bad_config"),
        ({"op": "sum", "measure": "name"}, "bad_config"),
        ({"op": "first", "measure": "price", "order": "no_such"}, "bad_config"),
        ({"filter": {"field": "equipment.name", "op": "is", "value": "x"}}, "not_own_field"),
        ({"filter": {"field": "no_such", "op": "is", "value": "x"}}, "not_own_field"),
        ({"filter": {"field": "status", "op": "is", "value": "no_such"}}, "unknown_option"),
        ({"filter": {"field": "status", "op": "within", "value": "x"}}, "unknown_operator"),
        ({"filter": {"field": "owner", "op": "is", "value": "me"}}, "depends_on_person"),
        ({"filter": {"nonsense": 1}}, "bad_filter"),
    ],
)
def test_a_rollup_that_makes_no_sense_is_refused(door: Door, config: dict[str, Any], code: str) -> None:
    before = door.get("/meta/objects").data["version"]
    base = {"object": "repair", "field": "equipment", "op": "count"}
    answer = add_field(door, "equipment", "bad", "rollup", config={**base, **config})
    assert answer.status_code == 422, answer.data
    assert answer.data["errors"][0]["code"] == code, answer.data
    assert answer.data["errors"][0]["field"].startswith("config")
    assert door.get("/meta/objects").data["version"] == before


def test_rollups_do_not_go_in_circles_and_not_too_deep(door: Door) -> None:
    own = {"object": "equipment", "field": "above"}
    first = add_field(door, "equipment", "below", "rollup", config={**own, "op": "sum", "measure": "cost"})
    assert first.status_code == 201, first.data
    circle = door.patch(
        "/meta/objects/equipment/fields/below", {"config": {**own, "op": "sum", "measure": "below"}}
    )
    assert circle.data["errors"][0]["code"] == "circular"
    third = add_field(door, "equipment", "third", "rollup", config={**own, "op": "sum", "measure": "below"})
    assert third.status_code == 201, third.data
    fourth = add_field(door, "equipment", "fourth", "rollup", config={**own, "op": "sum", "measure": "third"})
    assert fourth.data["errors"][0]["code"] == "nested_too_deep"
    top, middle, low = (_new(door, "equipment", name) for name in ("上", "中", "下"))
    for child, parent in ((low, middle), (middle, top)):
        assert (
            door.patch(f"/equipment/{child['id']}", {"above": parent["id"], "version": 1}).status_code == 200
        )
    _new(door, "repair", "修", equipment=low["id"], price=4)
    assert _shown(door, middle, "below", "third") == (4, 0)
    assert _shown(door, top, "below", "third") == (0, 4)


def test_a_new_rollup_is_busy_until_a_job_has_filled_it(door: Door, firm: Firm) -> None:
    machine = _new(door, "equipment", "一号")
    _new(door, "repair", "修", equipment=machine["id"], price=4)
    made = add_field(door, "equipment", "again", "rollup",
                     config={"object": "repair", "field": "equipment", "op": "sum", "measure": "price"})  # fmt: skip
    assert next(f for f in made.data["fields"] if f["key"] == "again")["busy"] == "rollup"
    assert _shown(door, machine, "again") is None
    fill(firm)
    assert _shown(door, machine, "again") == 4
    fields = door.get("/meta/objects/equipment").data["fields"]
    assert next(f for f in fields if f["key"] == "again")["busy"] == ""


def test_relative_dates_are_computed_anew_after_midnight(door: Door, firm: Firm) -> None:
    recent = {"object": "repair", "field": "equipment", "op": "count",
              "filter": {"field": "day", "op": "on_or_after", "value": {"relative": "-7d"}}}  # fmt: skip
    assert add_field(door, "equipment", "recent", "rollup", config=recent).status_code == 201
    fill(firm)
    with session(firm.workspace.id):
        today = firm.ctx.today.date()
    machine = _new(door, "equipment", "一号")
    for days in (0, 30):
        _new(door, "repair", "修", equipment=machine["id"], day=(today - timedelta(days=days)).isoformat())
    assert _shown(door, machine, "recent") == 1
    with session(firm.workspace.id):
        building.refill_moving(firm.ctx)
        assert fill(firm) == 1
        building.refill_moving(firm.ctx)
        assert fill(firm) == 0


def test_hidden_fields_stay_in_figures_and_gone_ones_empty_them(door: Door, firm: Firm) -> None:
    machine = _new(door, "equipment", "一号")
    assert (
        door.patch("/meta/objects/repair/fields/price?although_used=true", {"hidden": True}).status_code
        == 200
    )
    _new(door, "repair", "修", equipment=machine["id"])
    assert _shown(door, machine, "repairs", "cost") == (1, 0)
    with session(firm.workspace.id):
        status = SchemaField.objects.get(object_key="repair", key="status")
        status.definition["options"] = [{"value": "done", "label": {"zh-CN": "完成", "en": "Done"}}]
        status.save()
        bumped(firm.ctx)
    _new(door, "repair", "修", equipment=machine["id"])
    assert _shown(door, machine, "repairs") == 2
    refused = door.delete("/meta/objects/repair/fields/price")
    assert (refused.status_code, refused.data["code"]) == (409, "in_use")
    assert any(usage["field"] == "price" for usage in refused.data["usages"])
    assert door.delete("/meta/objects/repair").status_code == 409
    with session(firm.workspace.id):  # as in a schema that was restored in part
        SchemaField.objects.filter(object_key="repair", key="price").update(deleted_at=firm.ctx.now)
        bumped(firm.ctx)
    _new(door, "repair", "修", equipment=machine["id"])
    assert _shown(door, machine, "repairs", "cost") == (3, None)


def test_the_commands_find_and_put_right_what_is_wrong(door: Door, firm: Firm) -> None:
    machine = _new(door, "equipment", "一号")
    repair = _new(door, "repair", "修", equipment=machine["id"], price=4)
    assert CliRunner().invoke(command, ["verify"]).exit_code == 0
    with session(firm.workspace.id):
        store.update(firm.ctx, "repair", uuid.UUID(repair["id"]), {"price": 5})
    with session(firm.workspace.id), connection.cursor() as db:
        db.execute(
            "UPDATE custom_record SET custom = custom || '{\"cost\": 99}' WHERE id = %s", [machine["id"]]
        )
    found = CliRunner().invoke(command, ["verify", "--object", "equipment"])
    assert found.exception is not None
    assert "cost" in found.output
    assert "99" in found.output
    assert CliRunner().invoke(command, ["rebuild", "--workspace", firm.workspace.slug]).exit_code == 0
    assert _shown(door, machine, "cost") == 5
    assert CliRunner().invoke(command, ["verify"]).exit_code == 0
    assert CliRunner().invoke(command, ["verify", "--object", "no_such"]).exception is not None
