"""Whoever tries a rule before it works is told of nothing that they do not see: no record, and no field."""

from typing import Any

import pytest
from django.db import connection

from guanxi.engine.records import store
from tests.domains.conftest import Office
from tests.engine.access.people import ALL, make_role, person_with
from tests.firms import Door

OWN = {**ALL, "see": "own", "edit": "own", "assign": "own", "bulk": "own", "merge": "own", "delete": "own"}
TREE = {"field": "name", "op": "is", "value": "华强机械"}
SECRET = {"field": "description", "op": "contains", "value": "并购"}
AREAS = ["rules", "sales"]


@pytest.fixture
def boss(office: Office) -> Door:
    return office.firm.door()


@pytest.fixture
def own(office: Office, boss: Door) -> Door:
    """Sets up rules, and sees their own records alone."""
    make_role(boss, "own", objects={"*": OWN}, areas=AREAS)
    return person_with(office.firm, boss, "own")


def half(office: Office, boss: Door, **fields: Any) -> Door:
    """Sets up rules, and sees every record, but for some fields."""
    make_role(boss, "half", objects={"*": ALL}, fields=fields, areas=AREAS)
    return person_with(office.firm, boss, "half")


def test_a_pool_is_simulated_with_the_eyes_of_who_asks(office: Office, boss: Door, own: Door) -> None:
    for door in (office.firm.door(office.rep), own):
        assert door.post("/customer", {"name": "华强机械", "description": "并购"}).status_code == 201
    with connection.cursor() as db:
        db.execute("UPDATE customer SET created_at = created_at - interval '40 days', owned_since = NULL")
    pool = boss.post("/pools", {"object": "customer", "name": {"zh-CN": "公海"}}).data["key"]

    def told(door: Door, tree: Any, **given: Any) -> tuple[Any, ...]:
        rule = {"kind": "no_follow_up", "days": 30, "warn_days": 3, "filter": tree, **given}
        answer = door.post(f"/pools/{pool}/simulate", rule)
        assert answer.status_code == 200, answer.data
        found = answer.data
        assert (found["due"] is None) == (found["warned"] is None)
        return found["due"], found["whole"], len(found["sample"]), sum(o["count"] for o in found["owners"])

    assert told(boss, TREE) == told(boss, SECRET) == (2, True, 2, 2)
    assert told(own, TREE) == (1, False, 1, 1)
    blind = half(office, boss, customer={"description": "hidden"}, opportunity={"close_date": "masked"})
    assert told(blind, TREE) == (2, True, 2, 2)
    nothing = (None, True, 0, 0)
    assert told(blind, SECRET) == told(blind, TREE, kind="no_deal") == nothing
    version = boss.get(f"/pools/{pool}/setup").data["version"]
    boss.patch(f"/pools/{pool}/setup", {"exempt": SECRET, "version": version})
    assert told(blind, TREE) == nothing
    assert told(boss, TREE) == (0, True, 0, 0)


def test_a_plan_and_a_sharing_rule_count_what_the_asker_sees(office: Office, boss: Door, own: Door) -> None:
    for door in (office.firm.door(office.rep), own):
        assert door.post("/customer", {"name": "华强机械", "description": "并购"}).status_code == 201
    blind = half(office, boss, customer={"description": "hidden"})

    def told(door: Door, tree: Any) -> tuple[Any, ...]:
        answer = door.post("/follow-ups/plans/preview", {"object": "customer", "condition": tree})
        assert answer.status_code == 200, answer.data
        count = answer.data["count"]
        return count and count["value"], answer.data["whole"], len(answer.data["sample"])

    assert told(boss, SECRET) == told(blind, TREE) == (2, True, 2)
    assert told(own, TREE) == (1, False, 1)
    assert told(blind, SECRET) == (None, False, 0)
    make_role(boss, "officer", objects={"*": OWN}, areas=["roles"])
    officer = person_with(office.firm, boss, "officer")
    asked = {"object": "customer", "to_kind": "user", "to": str(office.rep.id), "filter": TREE}
    seen = officer.post("/sharing-rules/preview", asked).data
    assert (seen["matching"], seen["whole"], seen["fresh"]) == (0, False, None)
    seen = boss.post("/sharing-rules/preview", asked).data
    assert (seen["matching"], seen["whole"], seen["fresh"]) == (2, True, 1)


def test_leads_are_tried_as_far_as_the_asker_sees_them(office: Office, boss: Door, own: Door) -> None:
    for name in ("甲", "乙"):
        store.create(office.ctx(office.rep), "lead", {"name": name, "description": "并购"})
    assert own.post("/lead", {"name": "丙"}).status_code == 201
    blind = half(office, boss, lead={"description": "hidden", "industry": "masked"})
    people = {"targets": [{"kind": "user", "id": str(office.rep.id)}], "in_hours": False}
    draft = {"name": {"zh-CN": "规则"}, **people}

    def told(door: Door, **given: Any) -> Any:
        return door.post("/assignment/simulation", {"rules": [draft | given], "days": 30})

    every = told(boss, filter=SECRET).data
    assert (every["leads"], every["rules"][0]["leads"], every["whole"]) == (3, 2, True)
    mine = told(own).data
    assert (mine["leads"], mine["rules"][0]["leads"], mine["whole"]) == (1, 1, False)
    assert [each["title"] for each in mine["samples"]] == ["丙"]
    assert told(blind, filter=SECRET).status_code == 422
    refused = told(blind, skill_field="industry")
    assert (refused.status_code, refused.data["errors"][0]["field"]) == (422, "skill_field")


def test_open_work_is_evened_out_among_leads_that_the_asker_sees(
    office: Office, boss: Door, own: Door
) -> None:
    made = [store.create(office.ctx(office.rep), "lead", {"name": name}) for name in ("甲", "乙", "丙", "丁")]
    people = [{"kind": "user", "id": str(p.id)} for p in (office.rep, office.other)]

    def told(door: Door) -> tuple[Any, ...]:
        found = door.post("/assignment/rebalance/preview", {"people": people}).data
        return found["whole"], [each["open"] for each in found["people"]], len(found["moves"])

    assert told(boss) == (True, [4, 0], 2)
    assert told(own) == (False, [0, 0], 0)
    move = {"lead": made[0]["id"], "from": str(office.rep.id), "to": str(office.other.id)}
    carried = own.post("/assignment/rebalance", {"people": people, "moves": [move]})
    assert carried.data == {"moved": 0, "left": 1}
    assert boss.get(f"/lead/{made[0]['id']}").data["owner"]["id"] == str(office.rep.id)
    blind = half(office, boss, lead={"status": "hidden"})
    for path, more in (("/preview", {}), ("", {"moves": [move]})):
        refused = blind.post(f"/assignment/rebalance{path}", {"people": people} | more)
        assert (refused.status_code, refused.data["code"]) == (403, "not_seen")
    limits = {"max_open": 9}
    assert boss.put(f"/assignment/people/{office.rep.id}", limits).status_code == 200
    counts = [door.get("/assignment").data["people"][0]["open"] for door in (boss, own, blind)]
    assert counts == [4, 0, None]


def test_nobody_publishes_figures_of_records_that_they_do_not_see(
    office: Office, boss: Door, own: Door
) -> None:
    given = {"name": {"zh-CN": "赢单"}, "measure": "won", "unit": "month"}
    assert own.post("/targets/plans", given | {"open_board": True}).status_code == 403
    plan = own.post("/targets/plans", given).data
    changed = own.patch(f"/targets/plans/{plan['id']}", {"version": plan["version"], "open_board": True})
    assert changed.status_code == 403
    today = office.ctx().today.date().isoformat()
    contest = {"name": {"zh-CN": "比赛"}, "plan_id": plan["id"], "first": today, "last": today, "prize": "",
               "people": [{"kind": "user", "id": str(office.rep.id)}]}  # fmt: skip
    assert own.post("/targets/contests", contest).status_code == 403
    assert boss.post("/targets/contests", contest).status_code == 201
