"""My changes and bulk work: what one did, what can be taken back, what stands in the way."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanxi.engine.changes import jobs, undoing
from guanxi.engine.records.models import ChangeSet
from guanxi.engine.records.store import batches
from guanxi.engine.records.store.change_sets import forget_old
from guanxi.engine.tenancy.context import Role, session
from tests.engine.records.consistency import disagreements
from tests.firms import Door, Firm, run_jobs

pytestmark = pytest.mark.django_db


@dataclass
class Desk:
    """Somebody at their desk."""

    firm: Firm
    door: Door

    def make(self, name: str, key: str = "customer", **values: Any) -> dict[str, Any]:
        answer = self.door.post(f"/{key}", {"name": name, **values})
        assert answer.status_code == 201, answer.data
        return answer.data

    def changes(self) -> list[dict[str, Any]]:
        answer = self.door.get("/changes")
        assert answer.status_code == 200, answer.data
        return answer.data["data"]

    def undo(self, change: dict[str, Any], **body: Any) -> Any:
        return self.door.post(f"/changes/{change['id']}/undo", body)

    def start(self, **body: Any) -> dict[str, Any]:
        answer = self.door.post("/jobs", {"object": "customer", **body})
        assert answer.status_code == 202, answer.data
        run_jobs()
        return self.door.get(f"/jobs/{answer.data['id']}").data

    def count(self, **condition: Any) -> int:
        answer = self.door.post("/customer/query", {"filter": condition or None, "count": True})
        return answer.data["page"]["count"]["value"]


@pytest.fixture
def desk(firm: Firm) -> Desk:
    return Desk(firm, firm.door())


def test_what_one_did_is_listed_newest_first_and_only_to_oneself(desk: Desk) -> None:
    record = desk.make("甲公司")
    desk.door.patch(f"/customer/{record['id']}", {"tier": "high", "version": 1})
    bulk = desk.door.post("/customer/bulk", {"op": "update", "ids": [record["id"]], "set": {"tier": "low"}})
    desk.door.delete(f"/customer/{record['id']}", {"version": 3})
    listed = desk.changes()
    assert [(c["kind"], c["count"], c["can_undo"]) for c in listed] == [
        ("delete", 1, True), ("update", 1, True), ("update", 1, True), ("create", 1, True)
    ]  # fmt: skip
    assert listed[1]["id"] == bulk.data["batch"]
    assert listed[0]["title"] == "甲公司"
    first = desk.door.get("/changes?limit=3").data
    rest = desk.door.get(f"/changes?limit=3&cursor={first['page']['next'].replace('+', '%2B')}").data
    assert [c["id"] for c in (*first["data"], *rest["data"])] == [c["id"] for c in listed]
    other = desk.firm.door(desk.firm.add("何销售"))
    assert other.get("/changes").data["data"] == []
    assert other.get(f"/changes/{listed[0]['id']}").status_code == 404
    assert other.post(f"/changes/{listed[0]['id']}/undo").status_code == 404


def test_a_change_is_undone_and_the_undoing_too(desk: Desk) -> None:
    record = desk.make("甲公司", tier="low")
    desk.door.patch(f"/customer/{record['id']}", {"tier": "high", "version": 1})
    done = desk.undo(desk.changes()[0])
    assert (done.status_code, done.data["undo_state"], done.data["undone"]) == (200, "done", 1)
    assert desk.door.get(f"/customer/{record['id']}").data["tier"] == "low"
    undone = desk.changes()
    assert (undone[0]["kind"], undone[1]["can_undo"]) == ("undo", False)
    assert desk.undo(undone[1]).data["code"] == "undone_already"
    assert desk.undo(undone[0]).status_code == 200
    assert desk.door.get(f"/customer/{record['id']}").data["tier"] == "high"


def test_what_was_changed_since_is_named_and_the_rest_can_be_undone(desk: Desk) -> None:
    one, two = desk.make("甲公司", tier="low"), desk.make("乙公司", tier="low")
    ids = [one["id"], two["id"]]
    desk.door.post("/customer/bulk", {"op": "update", "ids": ids, "set": {"tier": "high"}})
    other = desk.firm.add("钱主管", Role.ADMIN)
    desk.firm.door(other).patch(f"/customer/{two['id']}", {"phone": "0755-86013388", "version": 2})
    change = desk.changes()[0]
    check = desk.door.get(f"/changes/{change['id']}").data["check"]
    assert (check["total"], check["count"]) == (2, 1)
    refused = desk.undo(change)
    assert (refused.status_code, refused.data["code"], refused.data["count"]) == (409, "changed_since", 1)
    (left,) = refused.data["left"]
    assert (left["reason"], left["record"]["title"], left["by"]["name"]) == ("changed", "乙公司", "钱主管")
    done = desk.undo(change, partial=True)
    assert (done.data["undone"], done.data["skipped"], done.data["undo_state"]) == (1, 1, "partial")
    tiers = [desk.door.get(f"/customer/{i}").data["tier"] for i in ids]
    assert tiers == ["low", "high"]


def test_a_value_that_another_record_has_now_is_not_put_back_and_the_record_is_named(desk: Desk) -> None:
    tax = "91440300708461136T"
    one = desk.make("甲公司", tax_number=tax)
    desk.door.patch(f"/customer/{one['id']}", {"tax_number": None, "version": one["version"]})
    change = desk.changes()[0]
    desk.make("后来者", tax_number=tax)
    done = desk.undo(change)
    assert (done.data["undone"], done.data["skipped"]) == (0, 1), done.data
    (left,) = done.data["left"]
    assert (left["reason"], left["detail"]["field"]) == ("refused", "tax_number")
    assert "后来者" in left["detail"]["message"]["zh-CN"]


def test_a_new_record_that_others_link_to_stays(desk: Desk) -> None:
    record = desk.make("甲公司")
    made = desk.changes()[0]
    desk.make("李雷", "contact", customer=record["id"])
    refused = desk.undo(made)
    reasons = {left["reason"] for left in refused.data["left"]}
    assert refused.status_code == 409
    assert reasons <= {"linked", "changed"}
    desk.door.post("/task", {"name": "打电话", "customer": record["id"]})
    partly = desk.undo(made, partial=True)
    assert partly.data["undone"] == 0
    assert desk.door.get(f"/customer/{record['id']}").status_code == 200


def test_a_merge_is_undone_from_the_list(desk: Desk) -> None:
    one, two = desk.make("甲公司"), desk.make("乙公司", phone="0755-86013388")
    desk.door.post("/customer/merge", {"ids": [one["id"], two["id"]], "survivor": one["id"]})
    change = desk.changes()[0]
    assert (change["kind"], change["count"], change["record"]["id"]) == ("merge", 2, one["id"])
    assert desk.undo(change).status_code == 200
    assert desk.door.get(f"/customer/{two['id']}").data["phone"] is not None
    assert (desk.changes()[0]["kind"], desk.changes()[0]["can_undo"]) == ("unmerge", False)
    assert desk.undo(desk.changes()[0]).data["code"] == "merge_again"
    assert desk.door.get(f"/customer/{one['id']}").data["phone"] is None


def test_a_large_change_is_undone_in_the_background_in_parts(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(undoing, "AT_ONCE", 5)
    monkeypatch.setattr(batches, "PART", 4)
    rows = [{"name": f"第{n}家", "tier": "low"} for n in range(11)]
    ids = desk.door.post("/customer/bulk", {"op": "create", "records": rows}).data["ids"]
    desk.door.post("/customer/bulk", {"op": "update", "ids": ids, "set": {"tier": "high"}})
    desk.door.patch(f"/customer/{ids[3]}", {"tier": "standard", "version": 2})
    change = next(c for c in desk.changes() if c["count"] == 11 and c["kind"] == "update")
    started = desk.undo(change, partial=True)
    assert (started.status_code, started.data["undo_state"]) == (202, "running")
    assert desk.undo(change).data["code"] == "undo_running"
    run_jobs()
    done = desk.door.get(f"/changes/{change['id']}").data
    assert (done["undo_state"], done["undone"], done["skipped"]) == ("partial", 10, 1)
    assert [left["record"]["id"] for left in done["left"]] == [ids[3]]
    assert desk.count(field="tier", op="is", value="low") == 10
    made = next(c for c in desk.changes() if c["kind"] == "create")
    assert desk.undo(made, partial=True).status_code == 202
    run_jobs()
    assert desk.count() == 11  # every one of them was changed since it was made
    with session(desk.firm.workspace.id):
        assert disagreements(desk.firm.ctx, "customer") == []


def test_after_thirty_days_it_is_too_late(desk: Desk) -> None:
    record = desk.make("甲公司")
    change = desk.changes()[0]
    with session(desk.firm.workspace.id):
        ChangeSet.objects.update(at=timezone.now() - timedelta(days=30, hours=1))
    assert desk.undo(change).data["code"] == "too_late"
    assert desk.changes() == []
    with session(desk.firm.workspace.id):
        ctx = desk.firm.ctx
        forget_old(replace(ctx, now=ctx.now + timedelta(days=2)))
        assert not ChangeSet.objects.exists()
    assert desk.door.get(f"/customer/{record['id']}").status_code == 200


def test_other_firms_and_readers_undo_nothing(desk: Desk, other_firm: Firm) -> None:
    desk.make("甲公司")
    change = desk.changes()[0]
    for door in (other_firm.door(), desk.firm.door(desk.firm.add("看客", Role.READ_ONLY))):
        assert door.post(f"/changes/{change['id']}/undo").status_code in (403, 404)
    assert other_firm.door().get(f"/changes/{change['id']}").status_code == 404
    for body in ({"partial": "yes"}, {"partial": 1}):
        assert desk.undo(change, **body).status_code == 422


def test_bulk_work_tells_of_every_record_and_is_undone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "CHUNK", 3)
    rep = desk.firm.add("何销售")
    mine = [desk.firm.door(rep).post("/customer", {"name": f"我的{n}"}).data["id"] for n in range(7)]
    lead_by_team = desk.make("别人的")
    worker = Desk(desk.firm, desk.firm.door(rep))
    done = worker.start(op="update", filter=None, set={"tier": "high"}, expect=7)
    assert (done["status"], done["changed"], done["refused"]) == ("done", 7, 0)
    assert done["progress"] == {"done": 7, "total": 7}
    tagged = worker.start(op="update", ids=[*mine, lead_by_team["id"]], add={"tags": ["重点"]})
    assert (tagged["changed"], tagged["refused"]) == (7, 1)
    (refused,) = worker.door.get(f"/jobs/{tagged['id']}/refused").data["data"]
    assert (refused["record_id"], refused["title"]) == (lead_by_team["id"], "")
    csv = b"".join(worker.door.call("GET", f"/jobs/{tagged['id']}/refused.csv").streaming_content).decode()
    assert lead_by_team["id"] in csv
    assert "别人的" not in csv
    change = next(c for c in worker.changes() if c["id"] == done["batch"])
    assert worker.undo(change, partial=True).data["skipped"] == 7  # tagged since
    newest = next(c for c in worker.changes() if c["id"] == tagged["batch"])
    assert worker.undo(newest).data["undone"] == 7
    assert worker.door.get(f"/customer/{mine[0]}").data["tags"] in (None, [])
    stranger = desk.firm.door(desk.firm.add("路人"))
    for path in (f"/jobs/{done['id']}", f"/jobs/{done['id']}/refused", f"/jobs/{done['id']}/refused.csv"):
        assert stranger.get(path).status_code == 404


def test_a_selection_is_added_to_a_list_and_taken_off_it(desk: Desk) -> None:
    assert desk.door.post("/meta/objects", {"key": "fair", "label": "活动"}).status_code == 201
    field = {"key": "events", "type": "links", "label": "活动名单", "target": "fair"}
    assert desk.door.post("/meta/objects/customer/fields", field).status_code == 201
    fair, dinner = (desk.make(name, "fair")["id"] for name in ("展会", "晚宴"))
    ids = [desk.make(name)["id"] for name in ("甲", "乙", "丙")]
    desk.start(op="update", ids=ids[:1], add={"events": [dinner]})
    job = desk.start(op="update", filter=None, expect=3, add={"events": [fair]})
    assert (job["changed"], job["refused"]) == (3, 0)
    on = {"field": "events", "op": "has_any", "value": [fair]}
    assert desk.count(**on) == 3
    first = desk.door.get(f"/customer/{ids[0]}").data["events"]
    assert [event["title"] for event in first] == ["晚宴", "展会"]
    desk.start(op="update", ids=ids[2:], remove={"events": [fair]})
    assert desk.count(**on) == 2
    undone = desk.undo({"id": job["batch"]}, partial=True)
    assert (undone.data["undone"], undone.data["skipped"]) == (2, 1), undone.data
    assert desk.count(**on) == 0


def test_actions_run_on_a_selection_and_name_those_that_refuse(desk: Desk) -> None:
    leads = [
        desk.make(f"线索{n}", "lead", company=f"公司{n}", mobile=f"1380013800{n}")["id"] for n in range(3)
    ]
    actions = {a["key"]: a for a in desk.door.get("/meta/objects/customer").data["actions"] if a["bulk"]}
    assert "restore" in actions
    gone = [desk.make(f"第{n}家", email=f"{n}@a.example") for n in range(3)]
    for record in gone:
        desk.door.delete(f"/customer/{record['id']}", {"version": 1})
    rule = {"parts": [{"field": "email"}], "doors": {"form": "strict"}}
    desk.door.call("PUT", "/meta/objects/customer/identity/mail", rule)
    run_jobs()
    desk.make("占用", email="1@a.example")
    done = desk.start(op="action", action="restore", ids=[record["id"] for record in gone], input={})
    assert (done["changed"], done["refused"]) == (2, 1), done
    (refused,) = desk.door.get(f"/jobs/{done['id']}/refused").data["data"]
    assert (refused["title"], refused["errors"][0]["code"]) == ("第1家", "not_unique")
    assert leads


@pytest.mark.parametrize(
    "body",
    [
        {"op": "explode", "filter": None},
        {"op": "update", "filter": None},
        {"op": "update", "filter": None, "set": {"nothing": 1}},
        {"op": "update", "filter": {"field": "nothing", "op": "is", "value": 1}, "set": {"tier": "high"}},
        {"op": "update", "set": {"tier": "high"}},
        {"op": "update", "ids": "all", "set": {"tier": "high"}},
        {"op": "update", "ids": [], "set": {"tier": "high"}},
        {"op": "update", "filter": None, "set": {"tier": "high"}, "more": 1},
        {"op": "action", "action": "merge", "filter": None},
        {"op": "action", "action": "restore", "filter": None, "input": {"x": 1}},
        {"op": "update", "filter": None, "set": []},
    ],
)
def test_nonsense_is_refused_before_anything_runs(desk: Desk, body: dict[str, Any]) -> None:
    answer = desk.door.post("/jobs", {"object": "customer", **body})
    assert answer.status_code == 422 or body.get("set") == [], answer.data


def test_who_may_not_does_not_and_another_count_is_said(desk: Desk) -> None:
    desk.make("甲公司")
    body = {"object": "customer", "op": "delete", "filter": None}
    assert desk.door.post("/jobs", {**body, "expect": 5}).data["code"] == "count_changed"
    assert desk.door.post("/jobs", {**body, "object": "nothing"}).status_code == 404
    assert desk.door.post("/jobs", {**body, "op": "action", "action": "nothing"}).status_code == 404
    reader = desk.firm.door(desk.firm.add("看客", Role.READ_ONLY))
    assert reader.post("/jobs", body).status_code == 403
    queued = desk.door.post("/jobs", body).data
    assert desk.door.post(f"/jobs/{queued['id']}/cancel").data["status"] == "cancelled"
    run_jobs()
    assert desk.count() == 1
    assert desk.door.post(f"/jobs/{queued['id']}/cancel").status_code == 409


def test_who_may_no_longer_change_a_record_cannot_undo_what_they_did_to_it(desk: Desk) -> None:
    manager = desk.firm.add("苏经理", Role.MANAGER)
    leader = Desk(desk.firm, desk.firm.door(manager))
    record = desk.make("甲公司", owner=None)
    path = f"/customer/{record['id']}"
    assert leader.door.patch(path, {"name": "乙公司", "version": 1}).status_code == 200
    (change,) = leader.changes()
    assert desk.door.patch(f"/members/{manager.id}", {"role": "member"}).status_code == 200
    before = desk.door.get(path).data
    refused = leader.undo(change)
    assert (refused.status_code, refused.data["code"], refused.data["count"]) == (409, "changed_since", 1)
    assert [left["record"] for left in refused.data["left"]] == [None], "one does not even see it"
    in_bulk = leader.door.post("/customer/bulk", {"op": "undo", "batch": change["id"]})
    assert (in_bulk.data["affected"], in_bulk.data["skipped"]) == (0, 1)
    assert desk.door.get(path).data == before
    assert desk.undo(change).status_code in (200, 409)  # the bulk above has noted that nothing came of it


def test_who_handed_a_record_over_cannot_take_it_back_by_undoing(desk: Desk) -> None:
    owner, asker = desk.firm.add("何销售"), desk.firm.add("林销售")
    seller, other = Desk(desk.firm, desk.firm.door(owner)), Desk(desk.firm, desk.firm.door(asker))
    record = seller.make("甲公司", phone="0755-86013388")
    (match,) = other.door.post("/customer/duplicates", {"phone": "0755-86013388"}).data["data"]
    body = {"object": "customer", "ref": match["ref"], "values": {"phone": "0755-86013388"}}
    asked = other.door.post("/duplicates/requests", body)
    assert asked.status_code == 201, asked.data
    assert seller.door.post(f"/duplicates/requests/{asked.data['id']}/approve").status_code == 200
    handed = seller.changes()[0]
    assert (handed["kind"], seller.undo(handed).status_code) == ("update", 409)
    assert seller.undo(handed, partial=True).data["undone"] == 0
    assert other.door.get(f"/customer/{record['id']}").data["owner"]["id"] == str(asker.id)
