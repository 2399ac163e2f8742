"""Requests as tickets: deadlines, steps, who may, what is refused."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guanxi.engine.designer.purging import empty_schema_bin
from guanxi.engine.notifications.models import Notification
from guanxi.engine.privacy.facade import contact_checks
from guanxi.engine.records import store
from guanxi.engine.records.store import samples
from guanxi.engine.records.store.purging import empty_recycle_bin
from guanxi.engine.schema.loading import get_object
from guanxi.engine.subjects import rules
from guanxi.engine.subjects.models import SubjectRequest
from guanxi.engine.subjects.watching import tell_overdue
from guanxi.engine.tenancy.context import Role, session, system_ctx
from guanxi.kit.errors import Conflict
from tests.engine.subjects.desk import EMAIL, NAME, PHONE, person, ready, step, take_in
from tests.firms import Firm, code_of

pytestmark = pytest.mark.django_db
SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_deadlines_are_workdays_under_pipl_and_a_month_under_gdpr() -> None:
    received = datetime(2026, 9, 24, 10, tzinfo=SHANGHAI)  # Mid-Autumn and National Day lie in between
    assert rules.due(received, "pipl", SHANGHAI, 15).date().isoformat() == "2026-10-22"
    assert rules.due(received, "gdpr", SHANGHAI, 15).date().isoformat() == "2026-10-24"
    end_of_month = datetime(2026, 1, 31, 10, tzinfo=SHANGHAI)
    assert rules.due(end_of_month, "gdpr", SHANGHAI, 15).date().isoformat() == "2026-02-28"
    assert rules.longest(end_of_month, "gdpr", SHANGHAI, 15).date().isoformat() == "2026-04-30"


def test_a_request_goes_from_taking_in_to_answer_with_every_step_told(firm: Firm) -> None:
    door = firm.door()
    contact = person(door)
    request = take_in(door, "access")
    assert request["number"] == 1 and request["assignee"]["name"] == "王芳"
    early = step(door, request, "answer", {"text": "这是你的数据"})
    assert (early.status_code, code_of(early)) == (409, "not_verified")
    found = door.post(f"/privacy/requests/{request['id']}/find", {"texts": [PHONE]}).data["data"]
    assert [(each["object"], each["id"]) for each in found] == [("contact", contact["id"])]
    assert step(door, request, "", {"records": found}).status_code == 200
    assert step(door, request, "verify", {"how": "id_card", "note": "核对身份证"}).status_code == 200
    done = step(door, request, "answer", {"text": "这是你的数据"})
    assert done.status_code == 200, done.data
    assert [event["kind"] for event in done.data["events"]] == ["created", "changed", "verified", "answered"]
    assert (done.data["status"], done.data["overdue"]) == ("done", False)
    again = step(door, request, "refuse", {"ground": "other", "text": "x"})
    assert (again.status_code, code_of(again)) == (409, "closed")
    assert door.get("/privacy/requests?state=closed").data["page"]["count"] == 1


def test_a_deadline_is_put_off_with_a_reason_and_not_for_ever(firm: Firm) -> None:
    door = firm.door()
    request = take_in(door, law="gdpr")
    due = datetime.fromisoformat(request["due_at"])
    far = step(door, request, "extend", {"due_at": (due + timedelta(days=200)).isoformat(), "reason": "忙"})
    assert far.status_code == 422 and far.data["errors"][0]["code"] == "too_late"
    bare = step(door, request, "extend", {"due_at": (due + timedelta(days=20)).isoformat()})
    assert bare.status_code == 422 and bare.data["errors"][0]["field"] == "reason"
    assert (
        step(
            door, request, "extend", {"due_at": (due + timedelta(days=20)).isoformat(), "reason": "资料多"}
        ).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"kind": "forget", "name": NAME}, "kind"),
        ({"kind": "erase"}, "name"),
        ({"kind": "erase", "name": "x" * 201}, "name"),
        ({"kind": "erase", "name": NAME, "law": "ccpa"}, "law"),
        ({"kind": "erase", "name": NAME, "received_at": "yesterday"}, "received_at"),
        ({"kind": "erase", "name": NAME, "received_at": "2999-01-01T00:00:00Z"}, "received_at"),
        ({"kind": "erase", "name": NAME, "assignee_id": str(uuid.uuid4())}, "assignee_id"),
    ],
)
def test_bad_requests_are_refused_at_their_field(firm: Firm, body: dict[str, str], field: str) -> None:
    answer = firm.door().post("/privacy/requests", body)
    assert answer.status_code == 422 and answer.data["errors"][0]["field"] == field, answer.data
    with session(firm.workspace.id):
        assert SubjectRequest.objects.count() == 0


def test_only_the_desk_works_on_requests_and_no_other_firm_sees_them(firm: Firm, other_firm: Firm) -> None:
    request = take_in(firm.door())
    contact = person(firm.door())
    for role in (Role.MANAGER, Role.MEMBER, Role.READ_ONLY):
        door = firm.door(firm.add("员工", role))
        assert door.get("/privacy/requests").status_code == 403
        assert door.post("/privacy/requests", {"kind": "erase", "name": NAME}).status_code == 403
        assert step(firm.door(), request, "").status_code == 200
        assert door.post(f"/privacy/requests/{request['id']}/find", {"texts": [PHONE]}).status_code == 403
        assert (
            door.post(
                "/privacy/holds", {"object": "contact", "record_id": contact["id"], "reason": "x"}
            ).status_code
            == 403
        )
        assert door.put("/privacy/keep-rules/contact", {"years": 3, "ground": "x"}).status_code == 403
    foreign = other_firm.door()
    assert foreign.get("/privacy/requests").data["data"] == []
    assert foreign.get(f"/privacy/requests/{request['id']}").status_code == 404
    assert (
        foreign.post(
            "/privacy/holds", {"object": "contact", "record_id": contact["id"], "reason": "x"}
        ).status_code
        == 404
    )
    theirs = take_in(foreign)
    stolen = step(foreign, theirs, "", {"records": [{"object": "contact", "id": contact["id"]}]})
    assert stolen.status_code == 422
    assert foreign.post(f"/privacy/requests/{theirs['id']}/find", {"texts": [PHONE, NAME]}).data["data"] == []
    assert firm.door().get(f"/contact/{contact['id']}").status_code == 200


def test_a_stale_or_missing_version_changes_nothing(firm: Firm) -> None:
    door = firm.door()
    request = take_in(door)
    path = f"/privacy/requests/{request['id']}"
    assert door.patch(path, {"details": "x"}).status_code == 428
    assert door.patch(path, {"details": "x", "version": 1}).status_code == 200
    assert code_of(door.patch(path, {"details": "y", "version": 1})) == "stale_version"


def test_nothing_is_erased_before_the_identity_is_checked_or_without_records(firm: Firm) -> None:
    door = firm.door()
    contact = person(door)
    request = take_in(door)
    assert code_of(step(door, request, "erase")) == "not_verified"
    step(door, request, "verify", {"how": "code"})
    assert step(door, request, "erase").status_code == 422
    wrong = ready(door, [contact], kind="access")
    assert code_of(step(door, wrong, "erase")) == "wrong_kind"


def test_a_held_record_is_neither_erased_nor_purged(firm: Firm, deliver: Callable[[], int]) -> None:
    door = firm.door()
    contact = person(door)
    note = door.post("/note", {"subject": "证词", "body": "他说了什么", "contact": contact["id"]}).data
    hold = door.post("/privacy/holds", {"object": "note", "record_id": note["id"], "reason": "合同纠纷"})
    assert hold.status_code == 201, hold.data
    twice = door.post("/privacy/holds", {"object": "note", "record_id": note["id"], "reason": "再来"})
    assert code_of(twice) == "held_already"
    request = ready(door, [contact])
    refused = step(door, request, "erase")
    assert (refused.status_code, code_of(refused)) == (409, "on_hold")
    assert "证词" in refused.data["title"]
    assert door.delete(f"/note/{note['id']}", {"version": 1}).status_code == 204
    with session(firm.workspace.id):
        ctx = system_ctx(firm.workspace.info())
        empty_recycle_bin(
            ctx.__class__(
                **{f: getattr(ctx, f) for f in ctx.__dataclass_fields__}
                | {"now": ctx.now + timedelta(days=91)}
            )
        )
    assert door.post(f"/note/{note['id']}/actions/restore").status_code == 200
    assert door.get(f"/privacy/holds?record_id={note['id']}").data["data"][0]["reason"] == "合同纠纷"
    assert door.delete(f"/privacy/holds/{hold.data['id']}").status_code == 204
    assert step(door, request, "erase").status_code == 202
    deliver()
    assert door.get(f"/privacy/requests/{request['id']}").data["status"] == "done"


def test_a_hold_placed_while_the_job_waits_stops_it(firm: Firm, deliver: Callable[[], int]) -> None:
    door = firm.door()
    contact = person(door)
    request = ready(door, [contact])
    assert step(door, request, "erase").status_code == 202
    assert code_of(step(door, request, "erase")) == "closed"
    assert (
        door.post(
            "/privacy/holds", {"object": "contact", "record_id": contact["id"], "reason": "诉讼"}
        ).status_code
        == 201
    )
    deliver()
    failed = door.get(f"/privacy/requests/{request['id']}").data
    assert failed["status"] == "failed" and "legal hold" in failed["error"]
    assert door.get(f"/contact/{contact['id']}").data["mobile"] == "+8613912345678"


def test_two_erasures_of_one_person_make_one_and_nothing_breaks(
    firm: Firm, deliver: Callable[[], int]
) -> None:
    door = firm.door()
    contact = person(door)
    first, second = ready(door, [contact]), ready(door, [contact])
    assert step(door, first, "erase").status_code == 202
    assert step(door, second, "erase").status_code == 202
    deliver()
    deliver()
    states = [door.get(f"/privacy/requests/{each['id']}").data for each in (first, second)]
    assert [state["status"] for state in states] == ["done", "failed"]
    assert all(state["name"] == "" and state["is_erased"] for state in states)


def test_objecting_and_asking_to_be_erased_restrict_contact(firm: Firm) -> None:
    door = firm.door()
    one, other = person(door), person(door, name="李四", mobile="13800138000", email="")
    request = take_in(door, "object")
    step(door, request, "", {"records": [{"object": "contact", "id": one["id"]}]})
    assert step(door, request, "object").status_code == 200
    ready(door, [other])
    with session(firm.workspace.id):
        obj = get_object(firm.ctx, "contact")
        check = next(each for each in contact_checks if each.key == "subjects.requests")
        ids = [uuid.UUID(one["id"]), uuid.UUID(other["id"]), uuid.uuid4()]
        assert set(check.restricted(firm.ctx, obj, ids)) == set(ids[:2])


def test_what_is_late_is_told_once_to_everybody_at_the_desk(firm: Firm) -> None:
    door = firm.door()
    colleague = firm.add("李秀英", Role.ADMIN)
    firm.add("业务员")
    take_in(door, received_at="2026-01-05T09:00:00Z")
    take_in(door)
    with session(firm.workspace.id):
        tell_overdue(system_ctx(firm.workspace.info()))
        tell_overdue(system_ctx(firm.workspace.info()))
        told = list(Notification.objects.filter(kind="subject.overdue").values_list("user_id", flat=True))
    assert sorted(told) == sorted([firm.admin.id, colleague.id])
    assert door.get("/privacy/requests").data["data"][0]["overdue"] is True
    assert datetime.now(UTC) and EMAIL


def test_what_is_held_outlives_its_object_and_the_sample_data(firm: Firm) -> None:
    door = firm.door()
    assert door.post("/meta/objects", {"key": "deed", "label": "Deed"}).status_code == 201
    assert (
        door.post("/meta/objects/deed/fields", {"key": "seal", "type": "text", "label": "Seal"}).status_code
        == 201
    )
    kept, lost = (door.post("/deed", {"name": name, "seal": name}).data["id"] for name in ("甲", "乙"))
    with session(firm.workspace.id):
        ctx = firm.ctx
        samples_made = [
            str(each)
            for each in store.bulk_create(ctx, "deed", [{"name": "样一"}, {"name": "样二"}], sample=True)
        ]
    for record_id in (kept, samples_made[0]):
        place = {"object": "deed", "record_id": record_id, "reason": "诉讼"}
        assert door.post("/privacy/holds", place).status_code == 201
    with session(firm.workspace.id):
        spared = samples.find_kept(ctx)
        assert {str(each) for each in spared["deed"]} == {samples_made[0]}
        assert samples.purge(ctx, spared) == {"deed": 1}
        with pytest.raises(Conflict):
            samples.purge_samples_of(ctx, get_object(ctx, "deed"))
    assert door.get(f"/deed/{samples_made[1]}").status_code == 404
    assert door.delete("/meta/objects/deed/fields/seal").status_code == 204

    def later() -> None:
        with session(firm.workspace.id):
            now = system_ctx(firm.workspace.info())
            empty_schema_bin(replace(now, now=now.now + timedelta(days=91)))

    later()
    assert (
        door.post("/meta/objects/deed/fields/seal/restore").status_code == 200
    )  # the held record has a value
    assert [door.get(f"/deed/{each}").data["seal"] for each in (kept, lost)] == ["甲", None]
    assert door.delete("/meta/objects/deed").status_code == 204
    later()
    assert door.post("/meta/objects/deed/restore").status_code == 200
    assert (door.get(f"/deed/{kept}").status_code, door.get(f"/deed/{lost}").status_code) == (200, 404)


def test_the_deadline_is_the_firms_and_the_law_is_its_limit(firm: Firm) -> None:
    door = firm.door()
    assert door.get("/privacy/desk-settings").data == {"pipl_workdays": 15, "most_workdays": 22, "version": 1}
    for wrong in (0, 23, True, "7"):
        answer = door.patch("/privacy/desk-settings", {"pipl_workdays": wrong, "version": 1})
        assert answer.status_code == 422, wrong
    assert door.patch("/privacy/desk-settings", {"pipl_workdays": 5, "version": 1}).data["version"] == 2
    assert (
        code_of(door.patch("/privacy/desk-settings", {"pipl_workdays": 6, "version": 1})) == "stale_version"
    )
    for role in (Role.MEMBER, Role.MANAGER):
        other = firm.door(firm.add("员工", role))
        assert other.get("/privacy/desk-settings").status_code == 403
        assert other.patch("/privacy/desk-settings", {"pipl_workdays": 9, "version": 2}).status_code == 403
    request = take_in(door, received_at="2026-05-20T09:00:00+08:00")
    assert request["due_at"].startswith("2026-05-27") and request["latest"].startswith("2026-06-03")
    late = step(door, request, "extend", {"due_at": "2026-06-05T00:00:00+08:00", "reason": "在查"})
    assert code_of(late) == "validation_failed"
    put_off = step(door, request, "extend", {"due_at": request["latest"], "reason": "在查"})
    assert put_off.data["due_at"] == "2026-06-03T15:59:59Z" and put_off.data["extended"] == "在查"
