"""Rules on fields and validations hold at every door, for every role, and behind the wall between firms."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store import bulk_write, create
from guanxi.engine.tenancy.context import Role, session
from guanxi.kit.ids import new_id
from tests.firms import Door, Firm

DONE = {"field": "state", "op": "is", "value": "done"}
OPTIONS = [{"value": value, "label": value} for value in ("open", "waiting", "done")]
FIELDS: dict[str, dict[str, Any]] = {
    "state": {"type": "select", "options": OPTIONS},
    "kind": {"type": "select", "options": [{"value": v, "label": v} for v in ("repair", "sale")]},
    "result": {"type": "text"},
    "cost": {"type": "decimal", "config": {"decimals": 2}},
    "count": {"type": "number"},
    "customer": {"type": "link", "target": "customer"},
    "city": {"type": "text"},
}


@pytest.fixture
def door(firm: Firm) -> Door:
    """The administrator's, with a made object."""
    door = firm.door()
    assert door.post("/meta/objects", {"key": "job", "label": "Job"}).status_code == 201
    for key, given in FIELDS.items():
        made = door.post("/meta/objects/job/fields", {"key": key, "label": key.title(), **given})
        assert made.status_code == 201, made.data
    return door


def rule(door: Door, effects: list[dict[str, Any]], condition: Any = None) -> dict[str, Any]:
    made = door.post("/meta/objects/job/rules", {"name": "r", "condition": condition, "effects": effects})
    assert made.status_code == 201, made.data
    return made.data


def validation(door: Door, condition: Any, field: str, **more: Any) -> dict[str, Any]:
    body = {
        "name": "v",
        "condition": condition,
        "field": field,
        "message": {"zh-CN": "不行 {x}", "en": "No {x}"},
    }
    made = door.post("/meta/objects/job/validations", body | more)
    assert made.status_code == 201, made.data
    return made.data


def said(response: Any) -> list[tuple[str, str]]:
    assert response.status_code == 422, response.data
    return [(error["field"], error["code"]) for error in response.data["errors"]]


def job(door: Door, **values: Any) -> dict[str, Any]:
    made = door.post("/job", {"name": "j", **values})
    assert made.status_code == 201, made.data
    return made.data


def change(door: Door, record: dict[str, Any], **values: Any) -> Any:
    return door.patch(f"/job/{record['id']}", {**values, "version": record["version"]})


def test_a_required_field_is_required_while_its_condition_holds_at_every_door(door: Door, firm: Firm) -> None:
    rule(door, [{"kind": "require", "fields": ["result"]}], DONE)
    assert said(door.post("/job", {"name": "j", "state": "done"})) == [("result", "required")]
    open_one = job(door, state="open")
    assert said(change(door, open_one, state="done")) == [("result", "required")]
    done = change(door, open_one, state="done", result="ok")
    assert done.status_code == 200, done.data
    assert said(change(door, done.data, result=None)) == [("result", "required")]
    bulk = {"op": "create", "records": [{"name": "a"}, {"name": "b", "state": "done"}]}
    assert said(door.post("/job/bulk", bulk)) == [("records.1.result", "required")]
    two = [job(door)["id"], job(door)["id"]]
    refused = said(door.post("/job/bulk", {"op": "update", "ids": two, "set": {"state": "done"}}))
    assert refused == [("records.0.result", "required"), ("records.1.result", "required")]
    with session(firm.workspace.id):
        rows = [Change("create", new_id(), {"name": str(i), "state": state}, index=i)
                for i, state in enumerate(("open", "done", "waiting"))]  # fmt: skip
        written = bulk_write(firm.ctx, "job", rows)
        assert written.created == 2
        assert {i: [e.field for e in found] for i, found in written.refused.items()} == {1: ["result"]}


def test_what_broke_a_rule_before_can_be_worked_on_elsewhere(door: Door) -> None:
    old = job(door, state="done", count=3)
    rule(door, [{"kind": "require", "fields": ["result"]}], DONE)
    validation(door, {"field": "count", "op": "gt", "value": 2}, "count")
    renamed = change(door, old, name="other", city="Bern")
    assert renamed.status_code == 200, renamed.data
    assert said(change(door, renamed.data, count=5)) == [("count", "rule_broken")]
    assert change(door, renamed.data, count=1).status_code == 200


def test_a_hidden_field_is_not_required_and_keeps_its_value(door: Door) -> None:
    made = door.post("/meta/objects/job/fields",
                     {"key": "must", "type": "text", "label": "Must", "required": True})  # fmt: skip
    assert made.status_code == 201
    rule(door, [{"kind": "show", "fields": ["must"]}], {"field": "kind", "op": "is", "value": "repair"})
    rule(door, [{"kind": "require", "fields": ["must"]}], DONE)
    sale = job(door, kind="sale", state="done")
    assert said(door.post("/job", {"name": "j", "kind": "repair"})) == [("must", "required")]
    repair = job(door, kind="repair", must="kept")
    sold = change(door, repair, kind="sale")
    assert sold.data["must"] == "kept"
    assert said(change(door, sale, kind="repair")) == [("must", "required")]


def test_a_locked_field_is_left_to_nobody_who_types_while_the_record_stays_locked(door: Door) -> None:
    rule(door, [{"kind": "readonly", "fields": ["cost"]}], DONE)
    closing = change(door, job(door, state="open", cost="1"), state="done", cost="2")
    assert closing.status_code == 200, closing.data
    assert said(change(door, closing.data, cost="3")) == [("cost", "readonly_by_rule")]
    assert change(door, closing.data, cost="2", city="x").status_code == 200
    reopened = door.get(f"/job/{closing.data['id']}").data
    assert change(door, reopened, state="open", cost="3").status_code == 200
    assert said(door.post("/job", {"name": "j", "state": "done", "cost": 1})) == [
        ("cost", "readonly_by_rule")
    ]


def test_options_are_limited_by_a_condition_and_by_another_field(door: Door) -> None:
    rule(
        door,
        [{"kind": "options", "field": "state", "options": ["open"]}],
        {"field": "cost", "op": "is_empty"},
    )
    rule(door, [{"kind": "cascade", "field": "state", "by": "kind", "table": {"sale": ["open", "done"]}}])
    assert said(door.post("/job", {"name": "j", "state": "done"})) == [("state", "option_not_allowed")]
    one = job(door, state="waiting", cost=1)
    assert said(change(door, one, kind="sale")) == [("state", "option_not_allowed")]
    assert change(door, one, kind="sale", state="done").status_code == 200


def test_defaults_are_constants_or_copies_and_give_way_to_what_is_given(door: Door) -> None:
    customer = door.post("/customer", {"name": "中山公司", "description": "Zhongshan"}).data["id"]
    rule(door, [{"kind": "default", "field": "city", "from": "customer.name"}])
    rule(door, [{"kind": "default", "field": "count", "value": 7}], {"field": "city", "op": "is_empty"})
    rule(door, [{"kind": "default", "field": "count", "value": 8}])
    assert job(door, customer=customer)["city"] == "中山公司"
    assert job(door)["count"] == 7
    assert job(door, city="x")["count"] == 8
    assert job(door, count=1, city="y")["count"] == 1
    assert job(door, customer=customer, city=None)["city"] is None


def test_everything_wrong_is_said_at_once(door: Door) -> None:
    validation(door, {"field": "state", "op": "is", "value": "waiting"}, "state")
    rule(door, [{"kind": "require", "fields": ["result"]}])
    wrong = said(door.post("/job", {"state": "waiting", "count": "many", "nosuch": 1}))
    assert set(wrong) == {("count", "wrong_type"), ("nosuch", "unknown_field"), ("name", "required"),
                          ("result", "required"), ("state", "rule_broken")}  # fmt: skip


def test_a_message_stands_as_written_in_the_callers_language(door: Door, firm: Firm) -> None:
    validation(door, DONE, "state")
    for language, message in (("en", "No {x}"), ("zh-CN", "不行 {x}")):
        refused = firm.door(language=language).post("/job", {"name": "j", "state": "done"})
        assert refused.data["errors"] == [{"field": "state", "code": "rule_broken", "message": message}]


def test_a_warning_refuses_nothing_and_a_rule_switched_off_is_none(door: Door) -> None:
    kept = validation(door, DONE, "state", severity="warning")
    assert job(door, state="done")["state"] == "done"
    drafted = door.post("/job/draft", {"values": {"state": "done"}}).data
    assert [w["field"] for w in drafted["warnings"]] == ["state"]
    path = f"/meta/objects/job/validations/{kept['id']}"
    assert door.patch(path, {"severity": "error", "version": 1}).status_code == 200
    assert said(door.post("/job", {"name": "j", "state": "done"})) == [("state", "rule_broken")]
    assert door.patch(path, {"enabled": False, "version": 1}).status_code == 409
    assert door.patch(path, {"enabled": False, "version": 2}).status_code == 200
    assert job(door, state="done")["state"] == "done"


def test_actions_are_held_to_validations_too(firm: Firm) -> None:
    door = firm.door()
    body = {
        "name": "v",
        "condition": {"field": "phone", "op": "is_empty"},
        "field": "phone",
        "message": "No phone",
    }
    assert door.post("/meta/objects/customer/validations", body).status_code == 201
    lead = door.post("/lead", {"name": "李明", "company": "中山公司"})
    assert lead.status_code == 201, lead.data
    refused = door.post(f"/lead/{lead.data['id']}/actions/convert", {})
    assert refused.status_code == 422, refused.data
    assert door.get("/customer").data["data"] == []


def test_undo_is_not_held_to_rules(door: Door) -> None:
    record = job(door, state="done")
    done = door.post("/job/bulk", {"op": "update", "ids": [record["id"]], "set": {"state": "open"}})
    validation(door, DONE, "state")
    undone = door.post("/job/bulk", {"op": "undo", "batch": done.data["batch"]})
    assert undone.data["affected"] == 1
    assert door.get(f"/job/{record['id']}").data["state"] == "done"


def test_a_merge_is_held_to_validations(door: Door) -> None:
    one, other = job(door, name="a"), job(door, name="b", state="done")
    validation(door, DONE, "state")
    merged = door.post(
        f"/job/{one['id']}/actions/merge", {"others": [other["id"]], "values": {"state": "done"}}
    )
    assert said(merged)[0][1] == "rule_broken"
    assert door.get(f"/job/{other['id']}").status_code == 200


def test_rules_cost_one_statement_a_pass_and_none_where_there_are_none(door: Door, firm: Firm) -> None:
    def counted(rows: int) -> int:
        records = [{"name": f"n{i}", "state": "open"} for i in range(rows)]
        with CaptureQueriesContext(connection) as captured:
            assert door.post("/job/bulk", {"op": "create", "records": records}).status_code == 200
        return len(captured)

    job(door)
    bare = counted(3)
    for i in range(6):
        rule(
            door,
            [{"kind": "require", "fields": ["result"]}],
            {"and": [DONE, {"field": "count", "op": "gt", "value": i}]},
        )
        validation(door, {"and": [DONE, {"field": "customer.name", "op": "is", "value": str(i)}]}, "state")
    job(door)
    assert counted(3) == counted(60) == bare + 1
    record = job(door)
    with CaptureQueriesContext(connection) as captured:
        record = change(door, record, city="elsewhere").data
    untouched = len(captured)
    with CaptureQueriesContext(connection) as captured:
        assert change(door, record, state="waiting").status_code == 200
    assert len(captured) == untouched + 1


def test_only_administrators_make_rules_and_other_firms_have_none_of_them(
    door: Door, firm: Firm, other_firm: Firm
) -> None:
    kept = rule(door, [{"kind": "require", "fields": ["result"]}])
    for role in (Role.MANAGER, Role.MEMBER, Role.READ_ONLY):
        low = firm.door(firm.add(str(role), role))
        for kind in ("rules", "validations", "layouts"):
            assert low.get(f"/meta/objects/job/{kind}").status_code == 403
            assert low.post(f"/meta/objects/job/{kind}", {}).status_code == 403
            assert low.post(f"/meta/objects/job/{kind}/preview", {}).status_code == 403
        assert low.patch(f"/meta/objects/job/rules/{kept['id']}", {"version": 1}).status_code == 403
        assert low.delete(f"/meta/objects/job/rules/{kept['id']}").status_code == 403
        if role is not Role.READ_ONLY:
            assert said(low.post("/job", {"name": "j"})) == [("result", "required")]
    theirs = other_firm.door()
    assert theirs.get("/meta/objects/customer/rules").data["data"] == []
    assert theirs.patch(f"/meta/objects/customer/rules/{kept['id']}", {"version": 1}).status_code == 404
    assert door.patch(f"/meta/objects/customer/rules/{kept['id']}", {"version": 1}).status_code == 404


def test_what_makes_no_sense_is_refused_with_its_path(door: Door) -> None:
    def refused(effects: Any, condition: Any = None) -> list[tuple[str, str]]:
        return said(door.post("/meta/objects/job/rules", {"effects": effects, "condition": condition}))

    assert refused([{"kind": "require", "fields": ["created_at"]}]) == [("effects.0", "not_possible")]
    assert refused([{"kind": "hide", "fields": ["name"]}]) == [("effects.0", "not_possible")]
    assert refused([{"kind": "options", "field": "city", "options": ["a"]}]) == [
        ("effects.0", "not_possible")
    ]
    assert refused([{"kind": "options", "field": "state", "options": ["a"]}]) == [
        ("effects.0", "unknown_option")
    ]
    assert refused([{"kind": "default", "field": "count", "value": "x"}]) == [("effects.0", "wrong_type")]
    assert refused([{"kind": "default", "field": "count", "from": "customer.name"}]) == [
        ("effects.0", "not_possible")
    ]
    assert refused([{"kind": "require", "fields": ["nosuch"]}]) == [("effects.0", "unknown_field")]
    assert refused([], {"field": "nosuch", "op": "is", "value": 1}) == [
        ("condition.field", "unknown_field"),
        ("effects", "required"),
    ]
    empty = {"condition": {"and": []}, "message": "x", "field": "state"}
    assert said(door.post("/meta/objects/job/validations", empty)) == [("condition", "required")]


def test_a_rule_whose_field_is_gone_locks_nobody_out(door: Door) -> None:
    validation(door, {"and": [{"field": "city", "op": "is_empty"}]}, "city")
    assert said(door.post("/job", {"name": "j"})) == [("city", "rule_broken")]
    assert door.patch("/meta/objects/job/fields/city?although_used=true", {"hidden": True}).status_code == 200
    assert job(door)["title"] == "j"
    rule(door, [{"kind": "require", "fields": ["cost", "count"]}])
    assert sorted(said(door.post("/job", {"name": "j"}))) == [("cost", "required"), ("count", "required")]
    assert door.patch("/meta/objects/job/fields/cost?although_used=true", {"hidden": True}).status_code == 200
    assert door.patch("/meta/objects/job/fields/count", {"deprecated": True}).status_code == 200
    assert job(door)["title"] == "j", "what nobody can fill in is not asked for"


def test_a_preview_counts_the_records_that_would_fail(door: Door) -> None:
    for i in range(7):
        job(door, state="done" if i % 2 else "open", result="r" if i == 1 else None)
    body = {"condition": DONE, "effects": [{"kind": "require", "fields": ["result"]}]}
    told = door.post("/meta/objects/job/rules/preview", body).data
    assert (told["failing"]["value"], told["total"]["value"], len(told["examples"])) == (2, 7, 2)
    record = door.get("/job?fields=name").data["data"][0]["id"]
    check = {
        "condition": {"field": "state", "op": "is_not_empty"},
        "message": "x",
        "field": "state",
        "record": record,
    }
    told = door.post("/meta/objects/job/validations/preview", check).data
    assert told["failing"] == {"value": 7, "exact": True}
    assert len(told["examples"]) == 5
    assert told["test"]["holds"] is True
    limits = {"effects": [{"kind": "cascade", "field": "state", "by": "kind", "table": {"sale": ["open"]}},
                          {"kind": "options", "field": "state", "options": ["open"]}]}  # fmt: skip
    assert door.post("/meta/objects/job/rules/preview", limits).data["failing"]["value"] == 3
    assert door.get("/meta/objects/job/rules").data["data"] == []


def test_the_system_needs_no_rules_to_make_a_record(firm: Firm) -> None:
    with session(firm.workspace.id):
        assert create(firm.ctx, "customer", {"name": "x"})["title"] == "x"
