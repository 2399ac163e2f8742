"""All that somebody has goes to others, as foretold, and comes back."""

import itertools
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanxi.engine.access.models import Delegation
from guanxi.engine.audit.models import AuditEntry
from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.context import Role, session
from tests.engine.access.people import ALL, give, make_role
from tests.firms import Door, Firm, code_of

SOON = (timezone.now() + timedelta(days=3)).isoformat()
Deliver = Callable[[], int]


@pytest.fixture
def leaver(firm: Firm) -> User:
    return firm.add("老周")


@pytest.fixture
def one(firm: Firm) -> User:
    return firm.add("小李")


@pytest.fixture
def two(firm: Firm) -> User:
    return firm.add("小王")


def customer(door: Door) -> str:
    made = door.post("/customer", {"name": "甲公司"})
    assert made.status_code == 201, made.data
    return str(made.data["id"])


def filled(firm: Firm, leaver: User) -> dict[str, list[str]]:
    """Five customers with a contact and a deal each, two stray contacts, tasks open and done, calls."""
    his = firm.door(leaver)
    made = {"customer": [customer(his) for _ in range(5)]}
    made["contact"] = [
        his.post("/contact", {"name": "张", "customer": c}).data["id"] for c in made["customer"]
    ]
    made["contact"] += [his.post("/contact", {"name": "散"}).data["id"] for _ in range(2)]
    made["opportunity"] = [
        his.post("/opportunity", {"name": "单", "customer": c}).data["id"] for c in made["customer"]
    ]
    made["task"] = [his.post("/task", {"subject": "办", "customer": c}).data["id"] for c in made["customer"]]
    made["done"] = [his.post("/task", {"subject": "办完", "status": "done"}).data["id"]]
    made["call"] = [his.post("/call", {"subject": "打过", "customer": made["customer"][0]}).data["id"]]
    return made


def owner_of(door: Door, obj: str, record: str) -> str:
    found = door.get(f"/{obj}/{record}")
    assert found.status_code == 200, found.data
    return str(found.data["owner"]["id"])


def run(boss: Door, person: User, deliver: Deliver, **body: Any) -> dict[str, Any]:
    begun = boss.post(f"/members/{person.id}/hand-over", body)
    assert begun.status_code == 202, begun.data
    deliver()
    return dict(boss.get(f"/members/{person.id}/hand-over/{begun.data['id']}").data)


def test_shares_are_as_foretold_and_what_belongs_together_stays_together(
    firm: Firm, leaver: User, one: User, two: User, deliver: Deliver
) -> None:
    boss, made = firm.door(), filled(firm, leaver)
    there = boss.get(f"/members/{leaver.id}/hand-over").data
    assert {o["key"]: o["count"] for o in there["objects"]} == {
        "customer": 5, "contact": 7, "opportunity": 5, "task": 5}  # fmt: skip
    plan = {"to": [str(one.id), str(two.id)]}
    told = boss.post(f"/members/{leaver.id}/hand-over/preview", plan).data
    done = run(boss, leaver, deliver, **plan)
    assert (done["status"], done["moved"], done["refused"]) == ("done", 22, 0), done
    for line in told["objects"]:
        got = Counter(owner_of(boss, line["key"], record) for record in made[line["key"]])
        assert got == {share["id"]: share["count"] for share in line["shares"]}, line["key"]
    for i, record in enumerate(made["customer"]):
        owner = owner_of(boss, "customer", record)
        for obj in ("contact", "opportunity", "task"):
            assert owner_of(boss, obj, made[obj][i]) == owner
    assert owner_of(boss, "task", made["done"][0]) == str(leaver.id)
    assert owner_of(boss, "call", made["call"][0]) == str(leaver.id)
    assert boss.get(f"/members/{leaver.id}/hand-over").data["objects"] == []
    assert told["people"][0]["count"] + told["people"][1]["count"] == 22


def test_an_object_may_have_receivers_of_its_own(
    firm: Firm, leaver: User, one: User, two: User, deliver: Deliver
) -> None:
    boss, made = firm.door(), filled(firm, leaver)
    run(boss, leaver, deliver, to=[str(one.id)], objects={"opportunity": [str(two.id)]})
    assert {owner_of(boss, "customer", i) for i in made["customer"]} == {str(one.id)}
    assert {owner_of(boss, "opportunity", i) for i in made["opportunity"]} == {str(two.id)}


def test_it_is_taken_back_whole_among_my_changes(
    firm: Firm, leaver: User, one: User, two: User, deliver: Deliver
) -> None:
    boss, made = firm.door(), filled(firm, leaver)
    his = firm.door(leaver)
    view = his.post(
        "/views",
        {"object": "customer", "name": "我的", "kind": "table", "scope": "personal", "definition": {}},
    )
    assert view.status_code == 201, view.data
    team = boss.post("/teams", {"name": "北区", "manager": str(leaver.id)}).data["id"]
    boss.patch(f"/members/{one.id}", {"manager": str(leaver.id)})
    token = firm.token(leaver)
    his.post("/delegations", {"to": str(two.id), "until": SOON})
    work = {w["key"]: w["count"] for w in boss.get(f"/members/{leaver.id}/hand-over").data["work"]}
    assert work == {"views": 1, "teams": 1, "reports": 1, "tokens": 1, "delegations": 1}
    done = run(boss, leaver, deliver, to=[str(two.id)], deactivate=True)
    assert done["moved"] == 22
    assert boss.get(f"/members/{leaver.id}").data["status"] == "disabled"
    assert [
        v["name"]
        for v in firm.door(two).get("/views?object=customer").data["data"]
        if v["id"] == view.data["id"]
    ]
    assert next(t for t in boss.get("/teams").data["data"] if t["id"] == team)["manager"]["id"] == str(two.id)
    assert boss.get(f"/members/{one.id}").data["manager"]["id"] == str(two.id)
    assert Door(token).get("/me").status_code == 401
    assert boss.get("/delegations").data["data"] == []
    row = boss.get("/changes").data["data"][0]
    assert (row["kind"], row["title"], row["count"], row["other_count"]) == ("handover", "老周", 22, 0)
    undone = boss.post(f"/changes/{row['id']}/undo", {})
    assert undone.status_code == 200, undone.data
    for obj in ("customer", "contact", "opportunity", "task"):
        assert {owner_of(boss, obj, i) for i in made[obj]} == {str(leaver.id)}
    assert next(t for t in boss.get("/teams").data["data"] if t["id"] == team)["manager"]["id"] == str(
        leaver.id
    )
    assert boss.get(f"/members/{one.id}").data["manager"]["id"] == str(leaver.id)
    with session(firm.workspace.id):
        assert Delegation.objects.filter(from_user_id=leaver.id, to_user_id=two.id).count() == 1
    assert boss.get(f"/members/{leaver.id}").data["status"] == "disabled"


def test_it_is_in_the_audit_and_the_receiver_is_told(
    firm: Firm, leaver: User, one: User, deliver: Deliver
) -> None:
    boss = firm.door()
    filled(firm, leaver)
    run(boss, leaver, deliver, to=[str(one.id)])
    with session(firm.workspace.id):
        entry = AuditEntry.objects.get(kind="member.handed_over", workspace_id=firm.workspace.id)
    assert (entry.record_id, entry.count, entry.detail["to"]) == (leaver.id, 22, [str(one.id)])
    told = [n["title"] for n in firm.door(one).get("/notifications").data["data"]]
    assert any("5" in title for title in told), told


def test_refused(firm: Firm, other_firm: Firm, leaver: User, one: User, two: User) -> None:
    boss, made = firm.door(), filled(firm, leaver)
    reader, gone = firm.add("看客", Role.READ_ONLY), firm.add("走了")
    boss.patch(f"/members/{gone.id}", {"status": "disabled"})
    path = f"/members/{leaver.id}/hand-over"
    for to, code in (
        (leaver, "own_receiver"),
        (gone, "not_active"),
        (reader, "reads_only"),
        (other_firm.admin, "unknown_person"),
    ):
        for body in ({"to": [str(to.id)]}, {"to": [str(one.id)], "objects": {"customer": [str(to.id)]}}):
            refused = boss.post(path, body)
            assert (refused.status_code, refused.data["errors"][0]["code"]) == (422, code), refused.data
    assert boss.post(path, {"to": []}).status_code == 422
    for bad in ("nope", "product", "call"):
        assert boss.post(path, {"to": [str(one.id)], "objects": {bad: [str(two.id)]}}).status_code == 422
    assert boss.post(f"/members/{other_firm.admin.id}/hand-over", {"to": [str(one.id)]}).status_code == 404
    manager = firm.door(firm.add("经理", Role.MANAGER))
    for verb, where in itertools.product(("GET", "POST"), (path, f"{path}/preview")):
        if (verb, where) != ("GET", f"{path}/preview"):
            assert manager.call(verb, where, {"to": [str(one.id)]}).status_code == 403
    assert {owner_of(boss, "customer", i) for i in made["customer"]} == {str(leaver.id)}


def test_who_may_not_see_everything_cannot_get_at_it_by_handing_over(
    firm: Firm, leaver: User, one: User, deliver: Deliver
) -> None:
    boss, made = firm.door(), filled(firm, leaver)
    make_role(
        boss,
        "people_office",
        objects={"*": ALL | {"see": "own", "edit": "own", "assign": "own"}},
        areas=["members"],
    )
    office = firm.add("人事")
    give(boss, office, "people_office")
    hers = firm.door(office)
    assert hers.get(f"/members/{leaver.id}/hand-over").data["objects"][0]["allowed"] is False
    refused = hers.post(f"/members/{leaver.id}/hand-over", {"to": [str(office.id)]})
    assert (refused.status_code, code_of(refused)) == (403, "may_not_assign")
    assert {owner_of(boss, "customer", i) for i in made["customer"]} == {str(leaver.id)}


def test_one_at_a_time_and_a_second_run_finds_nothing(
    firm: Firm, leaver: User, one: User, two: User, deliver: Deliver
) -> None:
    boss, made = firm.door(), filled(firm, leaver)
    first = boss.post(f"/members/{leaver.id}/hand-over", {"to": [str(one.id)]})
    again = boss.post(f"/members/{leaver.id}/hand-over", {"to": [str(two.id)]})
    assert (again.status_code, code_of(again)) == (409, "hand_over_running")
    early = boss.post(f"/changes/{first.data['id']}/undo", {})
    assert early.status_code == 409
    deliver()
    assert run(boss, leaver, deliver, to=[str(two.id)])["moved"] == 0
    assert {owner_of(boss, "customer", i) for i in made["customer"]} == {str(one.id)}


def test_shared_pages_come_back_as_they_were(firm: Firm, leaver: User, two: User, deliver: Deliver) -> None:
    boss, his = firm.door(), firm.door(leaver)
    opened = his.post("/dashboards", {"name": "第一页", "is_default": True, "definition": {}}).data["id"]
    plain = his.post("/dashboards", {"name": "另一页", "definition": {}}).data["id"]
    view = {"object": "customer", "name": "我的", "kind": "table", "pinned": True, "is_default": True}
    pinned = his.post("/views", view).data["id"]
    work = {w["key"]: w["count"] for w in boss.get(f"/members/{leaver.id}/hand-over").data["work"]}
    assert work == {"views": 1, "dashboards": 2}
    run(boss, leaver, deliver, to=[str(two.id)])
    taken = {
        row["id"]: row["is_default"] for row in firm.door(two).get("/dashboards").data["data"] if row["mine"]
    }
    assert taken == {opened: False, plain: False}
    got = firm.door(two).get(f"/views/{pinned}").data
    assert (got["pinned"], got["is_default"]) == (False, False)
    row = boss.get("/changes").data["data"][0]
    assert boss.post(f"/changes/{row['id']}/undo", {}).status_code == 200
    back = {row["id"]: row["is_default"] for row in his.get("/dashboards").data["data"] if row["mine"]}
    assert back == {opened: True, plain: False}
    again = his.get(f"/views/{pinned}").data
    assert (again["pinned"], again["is_default"]) == (True, True)
