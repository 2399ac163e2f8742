"""The ten-second log writes all or nothing; tasks remind, repeat and are given to others and back."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from guanxi.domains.sales.follow_up.reminding import remind
from guanxi.domains.sales.follow_up.rules import metres_between
from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import find_record, get_record
from guanxi.kit.errors import Conflict, Forbidden, Invalid, NotFound
from tests.domains.conftest import Office
from tests.firms import Door


@pytest.fixture
def customer(office: Office) -> dict[str, Any]:
    return store.create(office.ctx(office.rep), "customer", {"name": "中山市恒拓自动化设备有限公司"})


@pytest.fixture
def door(office: Office) -> Door:
    return office.firm.door(office.rep)


def soon(office: Office, **later: int) -> str:
    return (office.ctx().now + timedelta(**later)).isoformat()


def now_of(office: Office, record: dict[str, Any]) -> dict[str, Any]:
    return get_record(office.ctx(), record["object"], uuid.UUID(record["id"]))


def logged(door: Door, about: dict[str, Any], **given: Any) -> Any:
    return door.post(
        "/follow-ups", {"object": about["object"], "record": about["id"], "kind": "call", **given}
    )


def test_one_request_writes_the_call_the_next_task_and_ticks_off_another(
    office: Office, door: Door, customer: dict[str, Any]
) -> None:
    old = store.create(office.ctx(office.rep), "task", {"subject": "回电", "customer": customer["id"]})
    answer = logged(
        door, customer, outcome="interested", text="样机周三发", done=[old["id"]],
        next={"at": soon(office, days=3), "subject": "送样机"},
    )  # fmt: skip
    assert answer.status_code == 201, answer.data
    call, task = answer.data["activity"], answer.data["task"]
    assert (call["object"], answer.data["completed"]) == ("call", 1)
    made = now_of(office, call)
    assert (made["outcome"], made["direction"], made["customer"]["id"]) == (
        "interested",
        "outbound",
        customer["id"],
    )
    todo = now_of(office, task)
    assert (todo["subject"], todo["customer"]["id"], todo["owner"]["name"]) == (
        "送样机",
        customer["id"],
        "林销售",
    )
    assert now_of(office, customer)["last_contact_at"] is not None


@pytest.mark.parametrize(
    ("kind", "made_as", "field"),
    [("visit", "event", "kind"), ("wecom", "note", "method"), ("note", "note", None)],
)
def test_each_kind_is_kept_where_it_belongs_and_sets_the_next_contact(
    office: Office, door: Door, customer: dict[str, Any], kind: str, made_as: str, field: str | None
) -> None:
    at = soon(office, days=2)
    answer = logged(door, customer, kind=kind, text="看了产线。要报价", next={"at": at})
    assert answer.status_code == 201, answer.data
    made = now_of(office, answer.data["activity"])
    assert (made["object"], made["body"], answer.data["task"]) == (made_as, "看了产线。要报价", None)
    assert field is None or made[field] == kind
    planned = now_of(office, customer)["next_contact_at"]
    assert datetime.fromisoformat(planned) == datetime.fromisoformat(at)


def test_an_outcome_alone_is_enough_and_nobody_reached_is_no_contact(
    office: Office, door: Door, customer: dict[str, Any]
) -> None:
    assert logged(door, customer, kind="wecom", outcome="no_answer").status_code == 201
    assert now_of(office, customer)["last_contact_at"] is None


def test_what_is_wrong_is_named_in_the_words_of_the_request_and_nothing_is_kept(
    office: Office, door: Door, customer: dict[str, Any]
) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({}, "text"),
        ({"text": "x", "next": {"at": soon(office, days=-1)}}, "next.at"),
        ({"text": "x", "outcome": "no_such"}, "outcome"),
        ({"text": "x", "photos": [str(uuid.uuid4())]}, "photos"),
        ({"text": "x", "object": "product", "record": customer["id"]}, ""),
    ]
    for given, field in wrong:
        answer = logged(door, customer, **given)
        assert answer.status_code in (404, 422), answer.data
        assert not field or answer.data["errors"][0]["field"] == field, answer.data
    # The next task and the tick belong to the same transaction: one that is refused takes all with it.
    foreign = store.create(office.ctx(office.other), "task", {"subject": "别人的"})
    answer = logged(
        door,
        customer,
        text="记一笔",
        done=[foreign["id"]],
        next={"subject": "再来", "at": soon(office, days=1)},
    )
    assert answer.status_code in (403, 404, 422), answer.data
    for key in ("call", "task"):
        rows = office.firm.door().post(
            f"/{key}/query", {"filter": {"field": "customer", "op": "is", "value": customer["id"]}}
        )
        assert rows.data["data"] == []
    hidden = store.create(office.ctx(office.other), "customer", {"name": "别人的客户"})
    assert logged(door, hidden, text="偷看").status_code == 404
    assert logged(office.firm.door(office.reader), customer, text="x").status_code in (403, 404)


def test_a_task_that_repeats_makes_the_next_one_when_it_is_done_and_only_once(office: Office) -> None:
    ctx = office.ctx(office.rep)
    due = (ctx.now + timedelta(hours=2)).replace(microsecond=0)
    made = store.create(
        ctx, "task",
        {"subject": "周报", "due_at": due.isoformat(), "remind_at": (due - timedelta(hours=1)).isoformat(),
         "repeat_rule": "rrule:interval=2;freq=weekly;count=2", "priority": "high"},
    )  # fmt: skip
    assert (made["repeat"], made["repeat_rule"]) == ("custom", "FREQ=WEEKLY;INTERVAL=2;COUNT=2")
    key = uuid.UUID(made["id"])
    store.update(ctx, "task", key, {"status": "done"})
    store.update(ctx, "task", key, {"status": "open"})
    store.update(ctx, "task", key, {"status": "done"})
    rows = (
        office.firm.door()
        .post("/task/query", {"filter": {"field": "status", "op": "is", "value": "open"}})
        .data["data"]
    )
    (following,) = rows
    assert datetime.fromisoformat(following["due_at"]) - due == timedelta(weeks=2)
    assert (following["repeat_rule"], following["priority"], following["owner"]["name"]) == (
        "FREQ=WEEKLY;INTERVAL=2;COUNT=1",
        "high",
        "林销售",
    )
    assert datetime.fromisoformat(following["remind_at"]) - due == timedelta(weeks=2, hours=-1)
    store.update(ctx, "task", uuid.UUID(following["id"]), {"status": "done"})
    assert (
        office.firm.door()
        .post("/task/query", {"filter": {"field": "status", "op": "is", "value": "open"}})
        .data["data"]
        == []
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [({"repeat_rule": "FREQ=SECONDLY"}, "repeat_rule"), ({"repeat_rule": "FREQ=DAILY;BYSETPOS=1"}, "repeat_rule"), ({"repeat": "custom"}, "repeat_rule"),
     ({"repeat_rule": "FREQ=DAILY;INTERVAL=0"}, "repeat_rule"), ({"repeat": "daily", "due_at": None}, "due_at")],
)  # fmt: skip
def test_a_repeat_that_cannot_be_kept_is_refused(office: Office, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        store.create(office.ctx(), "task", {"subject": "x", "due_at": soon(office, days=1), **values})
    assert refused.value.errors[0].field == field


def test_an_owner_is_reminded_once_at_the_moment_and_not_of_what_is_done(office: Office) -> None:
    ctx = office.ctx(office.rep)
    at = ctx.now + timedelta(minutes=10)
    one = store.create(ctx, "task", {"subject": "打电话", "remind_at": at.isoformat()})
    two = store.create(ctx, "task", {"subject": "做完的", "remind_at": at.isoformat()})
    store.update(ctx, "task", uuid.UUID(two["id"]), {"status": "done"})
    assert remind(office.system) == 0
    store.update(
        ctx, "task", uuid.UUID(one["id"]), {"remind_at": (ctx.now - timedelta(minutes=1)).isoformat()}
    )
    store.update(
        ctx, "task", uuid.UUID(two["id"]), {"remind_at": (ctx.now - timedelta(minutes=1)).isoformat()}
    )
    assert (remind(office.system), remind(office.system)) == (1, 0)
    notices = office.firm.door(office.rep).get("/notifications").data["data"]
    assert [n["title"] for n in notices if n["kind"] == "task.reminder"] == ["Reminder: 打电话"]
    store.update(ctx, "task", uuid.UUID(one["id"]), {"remind_at": None})
    assert remind(office.system) == 0


def test_a_task_is_given_to_somebody_seen_by_who_asked_and_handed_back(office: Office) -> None:
    manager, rep = office.ctx(office.manager), office.ctx(office.rep)
    task = store.create(manager, "task", {"subject": "约时间"})
    with pytest.raises(Invalid):
        office.act(manager, "task", "delegate", task["id"], person=str(office.manager.id))
    office.act(manager, "task", "delegate", task["id"], person=str(office.rep.id), note="周五前")
    given = now_of(office, task)
    assert (given["owner"]["name"], given["asked_by"]["name"]) == ("林销售", "周经理")
    assert "周五前" in given["body"]
    office.act(rep, "task", "hand_back", task["id"], note="客户在国外")
    back = now_of(office, task)
    assert (back["owner"]["name"], back["asked_by"]) == ("周经理", None)
    told = office.firm.door(office.manager).get("/notifications").data["data"]
    assert "task.returned" in [n["kind"] for n in told]
    with pytest.raises(Conflict):
        office.act(manager, "task", "hand_back", task["id"], note="没人交办")
    with pytest.raises(Invalid) as refused:
        own = store.create(rep, "task", {"subject": "自己的"})
        office.act(rep, "task", "delegate", own["id"], person=str(office.other.id))
    assert refused.value.errors[0].field == "person"
    # Between members who see their own alone, who asked goes on seeing it, and nobody else does.
    mine = store.create(office.ctx(), "task", {"subject": "我交办的", "owner": str(office.other.id)})
    assert find_record(rep, "task", uuid.UUID(mine["id"])) is None
    office.act(replace(office.ctx(), now=rep.now), "task", "reopen", mine["id"])
    store.bulk_write(office.system, "task", [_asked(mine, office.rep.id)], trusted=True)
    assert find_record(rep, "task", uuid.UUID(mine["id"])) is not None
    with pytest.raises((Forbidden, Invalid, NotFound)):
        store.update(rep, "task", uuid.UUID(mine["id"]), {"subject": "改"})


def _asked(task: dict[str, Any], person: uuid.UUID) -> Change:
    return Change("update", uuid.UUID(task["id"]), {"asked_by": person})


def test_a_visit_is_checked_in_with_its_distance_where_the_address_is_known(
    office: Office, door: Door
) -> None:
    boss = office.firm.door()
    made = boss.post("/meta/objects/customer/fields", {"key": "spot", "type": "location", "label": "位置"})
    assert made.status_code == 201, made.data
    there = {"lat": 22.517, "lng": 113.392}
    known = door.post("/customer", {"name": "有坐标", "spot": there}).data
    unknown = door.post("/customer", {"name": "没坐标"}).data
    deal = door.post("/opportunity", {"name": "商机", "customer": known["id"]}).data
    here = {"lat": 22.518, "lng": 113.392, "accuracy": 24.6}
    for about, distance in ((known, 111), (deal, 111), (unknown, None)):
        answer = logged(door, about, kind="visit", text="看了产线", place=here)
        assert answer.status_code == 201, answer.data
        visit = now_of(office, answer.data["activity"])
        assert (visit["distance"], visit["accuracy"]) == (distance, 25)
        assert visit["checked_in_place"]["lat"] == 22.518
        assert visit["checked_in_at"] is not None
    assert logged(door, known, text="x", place=here).data["errors"][0]["field"] == "place"
    assert logged(door, known, kind="visit", text="x", place=here | {"lat": 91}).status_code == 422
    # Nobody writes a place by hand.
    forged = door.post(
        "/event", {"subject": "x", "start_at": soon(office, days=0), "checked_in_place": there}
    )
    assert forged.status_code == 422, forged.data


def test_distances_are_those_of_the_globe() -> None:
    beijing, shanghai = {"lat": 39.9042, "lng": 116.4074}, {"lat": 31.2304, "lng": 121.4737}
    assert abs(metres_between(beijing, shanghai) - 1_067_300) < 1000
    assert metres_between({"lat": 0.0, "lng": 179.9995}, {"lat": 0.0, "lng": -179.9995}) == 111
    assert metres_between(beijing, beijing) == 0
    assert metres_between({"lat": 90.0, "lng": 0.0}, {"lat": -90.0, "lng": 0.0}) == 20_015_114
