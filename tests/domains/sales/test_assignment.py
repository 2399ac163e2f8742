"""Leads are shared out as they come in, each with its reason; queues have one winner; nothing is ever lost."""

import contextlib
import threading
import uuid
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from guanxi.domains.sales.assignment import queues, sweeping
from guanxi.domains.sales.assignment.models import Assignment, QueuedLead
from guanxi.engine.identity import facade
from guanxi.engine.identity.actions.members import update_member
from guanxi.engine.records import store
from guanxi.engine.records.query.read import get_record
from guanxi.engine.tenancy.context import SYSTEM, Ctx, Role, Via, session
from guanxi.kit.errors import Conflict
from tests.domains.conftest import Office
from tests.firms import Door, MakeFirm


def public(office: Office) -> Ctx:
    """A visitor who fills in a form."""
    return replace(office.system, actor=SYSTEM, via=Via.PUBLIC)


def lead(ctx: Ctx, **values: Any) -> dict[str, Any]:
    return store.create(ctx, "lead", {"name": "王女士", **values})


def owner_of(made: dict[str, Any]) -> str | None:
    return made["owner"]["id"] if made["owner"] else None


def desk(door: Door, **given: Any) -> dict[str, Any]:
    version = door.get("/assignment").data["desk"]["version"]
    answer = door.patch("/assignment", {"version": version, **given})
    assert answer.status_code == 200, answer.data
    return answer.data


def rule(door: Door, *people: Any, **given: Any) -> dict[str, Any]:
    targets = [{"kind": "user", "id": str(person.id)} for person in people]
    body = {"name": {"zh-CN": "华南", "en": "South"}, "targets": targets, "in_hours": False, **given}
    answer = door.post("/assignment/rules", body)
    assert answer.status_code == 201, answer.data
    return answer.data


@pytest.fixture
def door(office: Office) -> Door:
    """The administrator's, with leads shared out; the manager is the fallback."""
    door = office.firm.door()
    desk(door, enabled=True, fallback_user=str(office.manager.id))
    return door


def test_people_take_turns_and_the_lead_says_why_in_both_languages(office: Office, door: Door) -> None:
    rule(door, office.rep, office.other)
    made = [lead(public(office)) for _ in range(6)]
    assert Counter(owner_of(each) for each in made) == {str(office.rep.id): 3, str(office.other.id): 3}
    zh = office.firm.door(office.manager, language="zh-CN").get(f"/assignment/leads/{made[0]['id']}").data
    en = door.get(f"/assignment/leads/{made[0]['id']}").data
    name = made[0]["owner"]["name"]
    assert zh["current"]["why"] == f"规则「华南」：2 人轮流，轮到 {name}。"
    assert en["current"]["why"] == f"Rule “South”: 2 people take turns, and it was {name}'s."
    told = office.firm.door(office.rep).get("/notifications").data["data"]
    assert sum(notice["kind"] == "lead.assigned" for notice in told) == 3


def test_rules_are_asked_in_order_and_what_none_places_goes_to_the_fallback(
    office: Office, door: Door
) -> None:
    web = {"field": "source", "op": "is", "value": "website"}
    first = rule(door, office.rep, filter=web)
    second = rule(door, office.other, filter={"field": "tier", "op": "is", "value": "high"})
    assert owner_of(lead(public(office), source="website", tier="high")) == str(office.rep.id)
    assert owner_of(lead(public(office), tier="high")) == str(office.other.id)
    lost = lead(public(office), tier="low")
    assert owner_of(lost) == str(office.manager.id)
    assert "fallback" in door.get(f"/assignment/leads/{lost['id']}").data["current"]["why"]
    assert door.put("/assignment/rules", {"ids": [second["id"], first["id"]]}).status_code == 200
    assert owner_of(lead(public(office), source="website", tier="high")) == str(office.other.id)
    update_member(office.ctx(), office.manager.id, {"status": "disabled"})
    assert owner_of(lead(public(office), tier="low")) == str(office.boss.id)


def test_only_at_the_doors_it_is_set_to_and_never_against_a_named_owner(office: Office, door: Door) -> None:
    rule(door, office.other)
    assert owner_of(lead(office.ctx(office.rep))) == str(office.rep.id)
    assert owner_of(lead(replace(office.ctx(), via=Via.API))) == str(office.boss.id)
    desk(door, doors=["api"])
    assert owner_of(lead(replace(office.ctx(), via=Via.API))) == str(office.other.id)
    assert owner_of(lead(replace(office.ctx(office.rep), via=Via.API))) == str(office.rep.id)
    named = lead(replace(office.ctx(), via=Via.API), owner=str(office.rep.id))
    assert owner_of(named) == str(office.rep.id)
    assert owner_of(lead(public(office))) is None
    desk(door, doors=["public"], enabled=False)
    assert owner_of(lead(public(office))) is None


def test_limits_absence_skill_and_territory_hold(office: Office, door: Door) -> None:
    rule(door, office.rep, office.other, territory=True, skill_field="industry")
    for person, given in (
        (office.rep, {"regions": ["44"], "max_open": 1}),
        (office.other, {"regions": ["44", "31"]}),
    ):
        assert door.put(f"/assignment/people/{person.id}", given).status_code == 200
    assert owner_of(lead(public(office), region="上海市")) == str(office.other.id)
    here = [owner_of(lead(public(office), region="广东省中山市")) for _ in range(3)]
    assert Counter(here) == {str(office.rep.id): 1, str(office.other.id): 2}
    until = (office.system.now + timedelta(days=1)).isoformat()
    away = office.firm.door(office.other).put("/assignment/absence", {"away_until": until})
    assert away.status_code == 200, away.data
    nobody = lead(public(office), region="广东省中山市")
    assert owner_of(nobody) == str(office.manager.id)
    assert (
        door.put(f"/assignment/people/{office.rep.id}", {"max_open": None, "skills": ["retail"]}).status_code
        == 200
    )
    assert owner_of(lead(public(office), industry="automation")) == str(office.manager.id)
    assert owner_of(lead(public(office), industry="retail")) == str(office.rep.id)


def test_who_looks_after_them_already_is_asked_first(office: Office, door: Door) -> None:
    rule(door, office.rep, office.other, past_owner=True)
    store.create(office.ctx(office.other), "contact", {"name": "吴敏华", "mobile": "13802774519"})
    for _ in range(2):
        made = lead(public(office), mobile="138 0277 4519")
        assert owner_of(made) == str(office.other.id)
    assert "before" in door.get(f"/assignment/leads/{made['id']}").data["current"]["why"]


def test_a_lead_that_is_not_taken_up_goes_on_and_one_that_is_stays(office: Office, door: Door) -> None:
    rule(door, office.rep, office.other, accept_minutes=30)
    first, second, third = (lead(public(office)) for _ in range(3))
    had = owner_of(first)
    later = replace(office.system, now=office.system.now + timedelta(minutes=31))
    mine = office.rep if owner_of(second) == str(office.rep.id) else office.other
    assert office.act(office.ctx(mine), "lead", "accept", second["id"]) == {"accepted": 1}
    by = office.rep if owner_of(third) == str(office.rep.id) else office.other
    store.update(office.ctx(by), "lead", uuid.UUID(third["id"]), {"tier": "high"})
    assert sweeping.sweep(office.system) == 0
    assert sweeping.sweep(later) == 1
    assert sweeping.sweep(later) == 0
    now = get_record(office.system, "lead", uuid.UUID(first["id"]))
    assert owner_of(now) not in (None, had)
    told = door.get(f"/assignment/leads/{first['id']}").data
    assert "within 30 minutes" in told["current"]["why"]
    assert [each["how"] for each in told["history"]] == ["passed_on", "rule"]
    assert owner_of(get_record(office.system, "lead", uuid.UUID(second["id"]))) == owner_of(second)
    latest = replace(later, now=later.now + timedelta(minutes=31))
    assert sweeping.sweep(latest) == 1
    assert owner_of(get_record(office.system, "lead", uuid.UUID(first["id"]))) == str(office.manager.id)


def test_a_queue_is_seen_and_taken_from_by_its_members_alone(office: Office, door: Door) -> None:
    members = [{"kind": "user", "id": str(p.id)} for p in (office.rep, office.other)]
    queue = door.post(
        "/assignment/queues", {"name": {"zh-CN": "热线", "en": "Hotline"}, "members": members}
    ).data
    rule(door, method="queue", queue_id=queue["id"])
    home = "广东省中山市石岐街道民权路 1 号"
    made = [lead(public(office), mobile=f"1380277451{n}", region=home) for n in range(3)]
    assert {owner_of(each) for each in made} == {None}
    rep, stranger = office.firm.door(office.rep), office.firm.door(office.reader)
    assert rep.get("/assignment/queues").data["data"][0]["waiting"] == 3
    shown = rep.get(f"/assignment/queues/{queue['id']}/leads").data["data"]
    assert [each["id"] for each in shown] == [each["id"] for each in made]
    assert "mobile" not in shown[0]
    assert "民权路" not in str(shown)
    assert "中山市" in shown[0]["region"]["text"]
    assert stranger.get("/assignment/queues").data["data"] == []
    assert stranger.get(f"/assignment/queues/{queue['id']}/leads").status_code == 404
    path = f"/assignment/queues/{queue['id']}/take"
    assert stranger.post(path).status_code == 404
    assert rep.post(path).data == {"lead": made[0]["id"]}
    assert rep.post(path, {"lead": made[2]["id"]}).data == {"lead": made[2]["id"]}
    assert office.firm.door(office.other).post(path, {"lead": made[2]["id"]}).data["code"] == "taken"
    assert door.put(f"/assignment/people/{office.rep.id}", {"max_open": 2}).status_code == 200
    assert rep.post(path).data["code"] == "enough"
    assert door.delete(f"/assignment/queues/{queue['id']}").data["code"] == "in_use"
    assert office.firm.door(office.other).post(path).data == {"lead": made[1]["id"]}
    assert office.firm.door(office.other).post(path).data["code"] == "queue_empty"
    assert not QueuedLead.objects.exists()
    waiting = lead(public(office))
    store.update(office.ctx(), "lead", uuid.UUID(waiting["id"]), {"owner": str(office.boss.id)})
    assert rep.get("/assignment/queues").data["data"][0]["waiting"] == 0
    assert (
        "took it from the queue “Hotline”"
        in rep.get(f"/assignment/leads/{made[0]['id']}").data["current"]["why"]
    )


def test_what_is_set_up_is_checked_and_guarded(office: Office) -> None:
    door = office.firm.door()
    refused = door.patch("/assignment", {"version": 1, "enabled": True})
    assert (refused.status_code, refused.data["errors"][0]["field"]) == (422, "fallback_user")
    for body, at in (
        ({"targets": []}, "targets"),
        ({"targets": [{"kind": "user", "id": str(uuid.uuid4())}]}, "targets"),
        ({"method": "queue"}, "queue_id"),
        ({"method": "queue", "queue_id": str(uuid.uuid4())}, "queue_id"),
        ({"skill_field": "nothing"}, "skill_field"),
        ({"filter": {"field": "nothing", "op": "is", "value": "x"}}, "filter.field"),
    ):
        full = {"name": {"zh-CN": "甲"}, "targets": [{"kind": "user", "id": str(office.rep.id)}], **body}
        answer = door.post("/assignment/rules", full)
        assert answer.status_code == 422, (body, answer.data)
        if at != "filter.field":
            assert answer.data["errors"][0]["field"] == at
    assert door.put(f"/assignment/people/{office.rep.id}", {"regions": ["99"]}).status_code == 422
    assert (
        door.patch("/assignment", {"version": 1, "hours": {"stretches": [["18:00", "09:00"]]}}).status_code
        == 422
    )
    kept = rule(door, office.rep)
    empty = dict.fromkeys(("name", "enabled", "method", "targets", "past_owner", "skill_field"))
    answer = door.patch(f"/assignment/rules/{kept['id']}", {"version": 1, **empty})
    assert {key: answer.data[key] for key in empty} == {key: kept[key] for key in empty}
    assert door.patch("/assignment", {"version": 1, "enabled": None, "doors": None}).status_code == 200
    assert door.patch(f"/assignment/rules/{kept['id']}", {"version": 9}).status_code == 409
    assert door.patch(f"/assignment/rules/{kept['id']}", {}).status_code == 428
    for user in (office.rep, office.reader):
        low = office.firm.door(user)
        assert low.get("/assignment").status_code == 403
        assert low.delete(f"/assignment/rules/{kept['id']}").status_code == 403
        assert low.put(f"/assignment/people/{office.other.id}", {"max_open": 0}).status_code == 403
        assert low.post("/assignment/simulation").status_code == 403
    assert office.firm.door(office.reader).put("/assignment/absence", {}).status_code == 403


def test_a_simulation_tells_who_would_have_got_what_and_changes_nothing(office: Office, door: Door) -> None:
    for _ in range(4):
        lead(office.ctx(office.rep), source="website")
    lead(office.ctx(office.rep), source="exhibition")
    draft = {"name": {"zh-CN": "网站"}, "filter": {"field": "source", "op": "is", "value": "website"}, "in_hours": False,
             "targets": [{"kind": "user", "id": str(office.rep.id), "weight": 3}, {"kind": "user", "id": str(office.other.id)}]}  # fmt: skip
    told = door.post("/assignment/simulation", {"rules": [draft], "days": 30}).data
    assert (told["leads"], told["rules"][0]["leads"], told["fallback"]) == (5, 4, 1)
    got = {each["user"]["id"]: (each["leads"], each["has_now"]) for each in told["people"]}
    assert got == {str(office.rep.id): (3, 5), str(office.other.id): (1, 0), str(office.manager.id): (1, 0)}
    assert told["samples"][0]["why"]
    assert not Assignment.objects.exists()
    assert door.get("/assignment").data["rules"] == []


def test_open_work_is_evened_out_as_previewed_and_can_be_undone(office: Office, door: Door) -> None:
    made = [lead(office.ctx(office.rep)) for _ in range(6)]
    store.update(office.ctx(office.rep), "lead", uuid.UUID(made[5]["id"]), {"status": "contacted"})
    people = [{"kind": "user", "id": str(p.id)} for p in (office.rep, office.other)]
    told = door.post("/assignment/rebalance/preview", {"people": people}).data
    assert [(each["open"], each["after"]) for each in told["people"]] == [(6, 3), (0, 3)]
    assert [move["lead"] for move in told["moves"]] == [each["id"] for each in made[4:1:-1]]
    store.update(office.ctx(office.rep), "lead", uuid.UUID(made[4]["id"]), {"status": "contacted"})
    moves = [{key: move[key] for key in ("lead", "from", "to")} for move in told["moves"]]
    assert door.post("/assignment/rebalance", {"people": people, "moves": moves}).data == {
        "moved": 2,
        "left": 1,
    }
    assert owner_of(get_record(office.system, "lead", uuid.UUID(made[3]["id"]))) == str(office.other.id)
    wrong = [{**moves[0], "to": str(office.boss.id)}]
    assert door.post("/assignment/rebalance", {"people": people, "moves": wrong}).status_code == 422


def test_leads_are_given_again_by_hand_and_the_former_reason_is_over(office: Office, door: Door) -> None:
    rule(door, office.other)
    made = lead(office.ctx(office.rep))
    done = office.act(office.ctx(), "lead", "assign_by_rules", made["id"])
    assert (done["assigned"], done["left"]) == (1, 0)
    assert owner_of(get_record(office.system, "lead", uuid.UUID(made["id"]))) == str(office.other.id)
    store.update(office.ctx(), "lead", uuid.UUID(made["id"]), {"owner": str(office.rep.id)})
    assert door.get(f"/assignment/leads/{made['id']}").data["current"] is None
    stranger = office.firm.door(office.other)
    assert stranger.get(f"/assignment/leads/{made['id']}").status_code == 404


def test_nothing_crosses_the_wall(office: Office, door: Door, make_firm: MakeFirm) -> None:
    kept = rule(door, office.rep)
    other = make_firm("北海公司", "chief@other.example", "李强")
    foreign = other.door()
    assert foreign.get("/assignment").data["rules"] == []
    assert foreign.delete(f"/assignment/rules/{kept['id']}").status_code == 404
    answer = foreign.post(
        "/assignment/rules",
        {"name": {"zh-CN": "甲"}, "targets": [{"kind": "user", "id": str(office.rep.id)}]},
    )
    assert answer.status_code == 422


@pytest.mark.django_db(transaction=True)
def test_in_parallel_turns_stay_fair_and_a_queued_lead_has_one_winner(make_firm: MakeFirm) -> None:
    firm = make_firm()
    reps = [firm.add(f"销售{n}", Role.MEMBER) for n in range(4)]
    door = firm.door()
    desk(door, enabled=True, fallback_user=str(firm.admin.id))
    kept = rule(door, *reps)
    with session(firm.workspace.id):
        workspace, _ = facade.load_actor(firm.workspace.id, firm.admin.id)

    def together(count: int, work: Any) -> None:
        start = threading.Barrier(count)

        def one(n: int) -> None:
            start.wait()
            try:
                work(n)
            finally:
                connection.close()

        threads = [threading.Thread(target=one, args=(n,)) for n in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def bring(n: int) -> None:
        for _ in range(5):
            with session(firm.workspace.id):
                lead(Ctx(workspace=workspace, actor=SYSTEM, via=Via.PUBLIC))

    together(8, bring)
    with session(firm.workspace.id):
        got = Counter(Assignment.objects.values_list("person_id", flat=True))
    assert got == {rep.id: 10 for rep in reps}

    members = [{"kind": "user", "id": str(rep.id)} for rep in reps]
    queue = door.post("/assignment/queues", {"name": {"zh-CN": "热线"}, "members": members}).data
    assert door.delete(f"/assignment/rules/{kept['id']}").status_code == 204
    rule(door, method="queue", queue_id=queue["id"])
    with session(firm.workspace.id):
        one = lead(Ctx(workspace=workspace, actor=SYSTEM, via=Via.PUBLIC))
    won: list[str] = []

    def grab(n: int) -> None:
        with contextlib.suppress(Conflict), session(firm.workspace.id):
            _, actor = facade.load_actor(firm.workspace.id, reps[n % 4].id)
            ctx = Ctx(workspace=workspace, actor=actor, via=Via.WEB)
            won.append(queues.take(ctx, uuid.UUID(queue["id"]), uuid.UUID(one["id"]))["lead"])

    together(8, grab)
    assert won == [one["id"]]
