"""Watch rules: what follows a change, for whom, once, in the same transaction."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from guanxi.engine.identity.models import Membership, Team
from guanxi.engine.tenancy.context import Role, session
from tests.engine.records.test_rules import said
from tests.firms import Door, Firm

MESSAGE = {"zh-CN": "电话改了，请核实", "en": "Phone changed: check it"}


def watch(door: Door, key: str = "customer", **given: Any) -> dict[str, Any]:
    body = {"fields": ["phone"], "action": "task", "message": MESSAGE, **given}
    made = door.post(f"/meta/objects/{key}/watches", body)
    assert made.status_code == 201, made.data
    return made.data


def tasks(door: Door) -> list[dict[str, Any]]:
    return door.post("/task/query", {"fields": "subject,owner,customer,due_at", "limit": 100}).data["data"]


def notices(door: Door) -> list[dict[str, Any]]:
    return [n for n in door.get("/notifications").data["data"] if n["kind"] == "record.watched_alert"]


def patch(door: Door, record: dict[str, Any], **values: Any) -> dict[str, Any]:
    done = door.patch(f"/customer/{record['id']}", {**values, "version": record["version"]})
    assert done.status_code == 200, done.data
    return done.data


def test_a_changed_phone_makes_a_task_for_the_owner_about_the_record(firm: Firm) -> None:
    door, rep = firm.door(), firm.add("小李", Role.MEMBER)
    watch(door, due_days=3)
    made = door.post("/customer", {"name": "北方机械", "phone": "010-62770334", "owner": str(rep.id)}).data
    assert tasks(door) == [], "a new record is no change unless the rule says so"
    made = patch(door, made, industry="retail")
    assert tasks(door) == []
    patch(door, made, phone="010-62770335")
    (task,) = tasks(door)
    assert task["subject"] == "电话改了，请核实：北方机械"
    assert (task["owner"]["id"], task["customer"]["id"]) == (str(rep.id), made["id"])


def test_a_threshold_tells_the_manager_new_records_too(firm: Firm) -> None:
    door, boss, rep = firm.door(), firm.add("张总", Role.MANAGER), firm.add("小李", Role.MEMBER)
    with session(firm.workspace.id):
        team = Team.objects.create(workspace_id=firm.workspace.id, name="华南", manager_id=boss.id)
        Membership.objects.filter(workspace_id=firm.workspace.id, user_id=rep.id).update(
            manager_id=boss.id, team_id=team.id
        )
    high = {"field": "employees", "op": "gt", "value": 1000}
    watch(door, fields=["employees"], condition=high, action="notify", to="manager", on_create=True)
    made = door.post("/customer", {"name": "小厂", "employees": 5, "owner": str(rep.id)}).data
    assert notices(firm.door(boss)) == []
    patch(door, made, employees=2000)
    door.post("/customer", {"name": "大厂", "employees": 3000, "owner": str(rep.id)})
    told = notices(firm.door(boss))
    assert {n["url"].split("/")[2] for n in told} == {"customer"} and len(told) == 2
    assert notices(firm.door(rep)) == []


def test_a_bulk_edit_costs_the_same_whatever_its_size_and_tells_each_person_once(firm: Firm) -> None:
    door = firm.door()
    watch(door, fields=["industry"])
    watch(door, fields=["industry"], action="notify")
    rows = [{"name": f"客户{n}"} for n in range(30)]
    ids = door.post("/customer/bulk", {"op": "create", "records": rows}).data["ids"]

    def queries(some: list[str]) -> int:
        with CaptureQueriesContext(connection) as seen:
            done = door.post("/customer/bulk", {"op": "update", "ids": some, "set": {"industry": "retail"}})
        assert done.status_code == 200, done.data
        return len(seen)

    queries(ids[:1])
    assert queries(ids[1:3]) == queries(ids[3:])
    assert len(tasks(door)) == 30
    assert next(n["title"] for n in notices(door)).endswith(": 27 records")


def test_what_the_program_does_and_what_fails_sets_nothing_off(firm: Firm) -> None:
    door = firm.door()
    watch(door, "task", fields=["subject"], on_create=True)
    watch(door)
    made = door.post("/customer", {"name": "北方机械"}).data
    patch(door, made, phone="010-62770335")
    assert len(tasks(door)) == 1, "a rule's own task sets off no other rule"
    refused = door.patch(f"/customer/{made['id']}", {"phone": "010-62770336", "version": 1})
    assert refused.status_code == 409
    assert len(tasks(door)) == 1


def test_only_an_administrator_makes_one_and_nonsense_is_refused(firm: Firm) -> None:
    door = firm.door()
    low = firm.door(firm.add("小李", Role.MEMBER))
    body = {"fields": ["phone"], "action": "task", "message": MESSAGE}
    path = "/meta/objects/customer/watches"
    assert low.post(path, body).status_code == 403
    assert said(door.post(path, {})) == [(k, "required") for k in ("fields", "action", "message")]
    wrong = {"fields": ["nope"], "action": "explode", "to": "everybody", "due_days": -1, "message": MESSAGE}
    assert {field for field, _ in said(door.post(path, wrong))} == {"fields", "action", "to", "due_days"}
    made = watch(door)
    assert door.patch(f"{path}/{made['id']}", {"enabled": False, "version": 9}).status_code == 409
    uses = door.get("/meta/objects/customer/fields/phone/usage").data["data"]
    assert "watch" in {use["kind"] for use in uses}
    assert door.delete(f"{path}/{made['id']}").status_code == 204


def test_another_firms_rules_watch_nothing_here(firm: Firm, other_firm: Firm) -> None:
    watch(other_firm.door())
    door = firm.door()
    patch(door, door.post("/customer", {"name": "x"}).data, phone="010-62770335")
    assert tasks(door) == []
