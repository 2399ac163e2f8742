"""Tasks, notes, calls and events: what they derive, whom they concern, what they remember."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from guanxi.engine.records import store
from guanxi.engine.records.marks import marks_of
from guanxi.engine.records.query.read import get_record
from guanxi.engine.records.timeline import fetch_timeline
from guanxi.kit.errors import Forbidden, Invalid, NotFound
from tests.domains.conftest import Office


def iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()


def moment_of(shown: str | None) -> datetime | None:
    return datetime.fromisoformat(shown) if shown else None


@pytest.fixture
def customer(office: Office) -> dict[str, Any]:
    return store.create(office.ctx(office.rep), "customer", {"name": "中山市恒拓自动化设备有限公司"})


def now_of(office: Office, record: dict[str, Any]) -> dict[str, Any]:
    return get_record(office.ctx(), record["object"], uuid.UUID(record["id"]))


def test_a_note_is_summed_up_by_its_first_sentence(office: Office) -> None:
    made = store.create(office.ctx(), "note", {"body": "罗总确认用气动夹爪。邓总下周二看方案。"})
    assert made["title"] == made["subject"] == "罗总确认用气动夹爪"
    changed = store.update(office.ctx(), "note", uuid.UUID(made["id"]), {"body": "改为电动夹爪。"}, version=1)
    assert changed["subject"] == "改为电动夹爪"
    named = store.update(office.ctx(), "note", uuid.UUID(made["id"]), {"subject": "夹爪"}, version=2)
    assert (
        store.update(office.ctx(), "note", uuid.UUID(made["id"]), {"body": "再议"}, version=3)["subject"]
        == "夹爪"
    )
    assert named["subject"] == "夹爪"


def test_a_call_without_words_is_called_what_it_was(office: Office) -> None:
    made = store.create(office.ctx(), "call", {"outcome": "no_answer"})
    assert made["subject"] == "呼出 · 未接通"
    assert made["at"] is not None


def test_a_note_on_a_deal_stands_on_the_customers_timeline(office: Office, customer: dict[str, Any]) -> None:
    ctx = office.ctx(office.rep)
    contact = store.create(ctx, "contact", {"name": "罗建国", "customer": customer["id"]})
    deal = store.create(ctx, "opportunity", {"name": "产线改造", "customer": customer["id"]})
    store.create(ctx, "note", {"body": "谈了交期", "opportunity": deal["id"]})
    store.create(ctx, "call", {"body": "约了拜访", "contact": contact["id"]})
    page = fetch_timeline(ctx, "customer", uuid.UUID(customer["id"]), kinds=["note", "call"])
    assert {entry["body"] for entry in page["data"]} == {"谈了交期", "约了拜访"}


def test_the_timeline_tells_when_things_took_place(office: Office, customer: dict[str, Any]) -> None:
    ctx = office.ctx(office.rep)
    about = {"customer": customer["id"]}
    store.create(ctx, "note", {"body": "今天的记录", **about})
    store.create(ctx, "call", {"body": "补记的通话", "at": iso(ctx.now - timedelta(days=3)), **about})
    store.create(
        ctx, "event", {"subject": "补记的拜访", "start_at": iso(ctx.now - timedelta(days=1)), **about}
    )
    store.create(
        ctx, "event", {"subject": "约好的拜访", "start_at": iso(ctx.now + timedelta(days=9)), **about}
    )

    def told(limit: int, cursor: str | None = None) -> dict[str, Any]:
        kinds = ["note", "call", "event"]
        return fetch_timeline(
            ctx, "customer", uuid.UUID(customer["id"]), kinds=kinds, limit=limit, cursor=cursor
        )

    whole = told(9)["data"]
    assert [entry["title"] for entry in whole][2:] == ["补记的拜访", "补记的通话"]
    assert whole[3]["at"] == ctx.now - timedelta(days=3)
    assert max(entry["at"] for entry in whole) <= ctx.now
    first = told(3)
    rest = told(3, first["page"]["next"])
    assert [entry["id"] for entry in first["data"] + rest["data"]] == [entry["id"] for entry in whole]


def test_contacts_are_remembered_and_the_latest_counts(office: Office, customer: dict[str, Any]) -> None:
    ctx = office.ctx(office.rep)
    about = {"customer": customer["id"]}
    store.create(ctx, "call", {"outcome": "interested", "at": iso(ctx.now - timedelta(days=2)), **about})
    store.create(ctx, "call", {"outcome": "interested", "at": iso(ctx.now - timedelta(days=9)), **about})
    store.create(ctx, "call", {"outcome": "no_answer", "at": iso(ctx.now - timedelta(days=1)), **about})
    store.create(ctx, "event", {"subject": "拜访", "start_at": iso(ctx.now + timedelta(days=3)), **about})
    now = now_of(office, customer)
    assert moment_of(now["last_contact_at"]) == ctx.now - timedelta(days=2)
    assert now["version"] == customer["version"], "nobody's edit grows stale by it"
    store.create(ctx, "note", {"body": "来电咨询", **about})
    assert moment_of(now_of(office, customer)["last_contact_at"]) == ctx.now


def test_the_next_contact_that_was_agreed_is_set_where_it_belongs(
    office: Office, customer: dict[str, Any]
) -> None:
    ctx = office.ctx(office.rep)
    deal = store.create(ctx, "opportunity", {"name": "产线改造", "customer": customer["id"]})
    next_at = ctx.now + timedelta(days=4)
    store.create(
        ctx, "note", {"body": "下周一回电", "opportunity": deal["id"], "next_contact_at": iso(next_at)}
    )
    for record in (customer, deal):
        assert moment_of(now_of(office, record)["next_contact_at"]) == next_at


def test_what_was_planned_for_today_is_done_once_they_were_reached(
    office: Office, customer: dict[str, Any]
) -> None:
    ctx = office.ctx(office.rep)
    key = uuid.UUID(customer["id"])
    store.update(ctx, "customer", key, {"next_contact_at": iso(ctx.now - timedelta(days=1))}, version=1)
    store.create(ctx, "call", {"outcome": "no_answer", "customer": customer["id"]})
    assert now_of(office, customer)["next_contact_at"] is not None
    store.create(ctx, "call", {"outcome": "connected", "customer": customer["id"]})
    assert now_of(office, customer)["next_contact_at"] is None
    ahead = ctx.now + timedelta(days=5)
    store.update(ctx, "customer", key, {"next_contact_at": iso(ahead)}, version=2)
    store.create(ctx, "note", {"body": "又来电", "customer": customer["id"]})
    assert moment_of(now_of(office, customer)["next_contact_at"]) == ahead


def test_tasks_are_ticked_off_and_taken_up_again_in_bulk(office: Office) -> None:
    ctx = office.ctx(office.rep)
    tasks = [store.create(ctx, "task", {"subject": f"任务 {n}"}) for n in range(3)]
    ids = [task["id"] for task in tasks]
    assert office.act(ctx, "task", "complete", *ids) == {"completed": 3}
    done = now_of(office, tasks[0])
    assert (done["status"], moment_of(done["done_at"])) == ("done", ctx.now)
    assert office.act(ctx, "task", "complete", *ids) == {"completed": 0}
    later = replace(ctx, now=ctx.now + timedelta(hours=1))
    assert office.act(later, "task", "reopen", ids[0]) == {"reopened": 1}
    assert now_of(office, tasks[0])["done_at"] is None


def test_an_event_cannot_end_before_it_starts(office: Office) -> None:
    ctx = office.ctx()
    with pytest.raises(Invalid) as refused:
        store.create(
            ctx,
            "event",
            {"subject": "会议", "start_at": iso(ctx.now), "end_at": iso(ctx.now - timedelta(hours=1))},
        )
    assert refused.value.errors[0].field == "end_at"


def test_activities_are_seen_with_what_they_are_about(office: Office, customer: dict[str, Any]) -> None:
    note = store.create(office.ctx(office.rep), "note", {"body": "价格可以谈", "customer": customer["id"]})
    key = uuid.UUID(note["id"])
    assert get_record(office.ctx(office.manager), "note", key)
    with pytest.raises(NotFound):
        get_record(office.ctx(office.other), "note", key)


def test_records_are_handed_over_within_reach(office: Office, customer: dict[str, Any]) -> None:
    boss = office.ctx(office.manager)
    done = office.act(boss, "customer", "assign", customer["id"], owner=str(office.manager.id))
    assert done == {"assigned": 1, "unchanged": 0}
    with pytest.raises(Invalid) as refused:
        office.act(boss, "customer", "assign", customer["id"], owner=str(office.other.id))
    assert refused.value.errors[0].code == "not_assignable"
    with pytest.raises(Forbidden):
        office.act(office.ctx(office.reader), "customer", "assign", customer["id"], owner=str(office.boss.id))
    with pytest.raises(NotFound):
        product = store.create(office.ctx(), "product", {"name": "机械臂"})
        office.act(office.ctx(), "product", "assign", product["id"], owner=str(office.boss.id))


def test_a_wrong_number_marks_the_number_that_was_tried(office: Office) -> None:
    ctx = office.ctx(office.rep)
    firm = store.create(ctx, "customer", {"name": "北方机械", "phone": "010-62770334"})
    person = store.create(ctx, "contact", {"name": "罗建国", "customer": firm["id"], "mobile": "13800138000"})

    def marked(record: dict[str, Any]) -> list[str]:
        return [mark["field"] for mark in marks_of(ctx, record["object"], uuid.UUID(record["id"]))]

    def call(**values: Any) -> dict[str, Any]:
        return store.create(ctx, "call", {"contact": person["id"], "outcome": "wrong_number", **values})

    call(phone="139 0013 9000")
    assert (marked(firm), marked(person)) == ([], []), "neither of theirs"
    call()
    assert (marked(firm), marked(person)) == ([], ["mobile"]), "the only number of the person, not the firm's"
    call(phone="010-62770334")
    assert (marked(firm), marked(person)) == (["phone"], ["mobile"])
    assert now_of(office, firm)["last_contact_at"] is None, "nobody was reached"
    other = store.create(
        office.ctx(), "contact", {"name": "王芳", "mobile": "13700137000", "phone": "010-62770335"}
    )
    tried = store.create(office.ctx(), "call", {"contact": other["id"], "outcome": "no_answer"})
    store.update(office.ctx(), "call", uuid.UUID(tried["id"]), {"outcome": "wrong_number"}, version=1)
    assert marks_of(office.ctx(), "contact", uuid.UUID(other["id"])) == [], "one of two: nobody knows which"
