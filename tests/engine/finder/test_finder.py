"""The bulk finder in a workspace: who may run it, what each person is shown, what decisions do."""

from typing import Any

import pytest

from guanxi.engine.changes import undoing, undoing_merges
from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.context import Role
from tests.firms import Door, Firm, run_jobs

TWICE = [
    {"name": "深圳市华联通科技有限公司", "phone": "0755-86013388", "tax_number": "91440300708461136T"},
    {"name": "深圳華聯通科技股份有限公司", "phone": "0755-86013388"},
]
ALONE = {"name": "中山鼎盛机械有限公司", "phone": "13800138000"}
BASE = "/customer/duplicates"


def customers(door: Door, *given: dict[str, Any]) -> list[str]:
    found = []
    for values in given:
        made = door.post("/customer", values)
        assert made.status_code == 201, made.data
        found.append(made.data["id"])
    return found


def run(door: Door, **body: Any) -> dict[str, Any]:
    started = door.post(f"{BASE}/runs", body)
    assert started.status_code == 201, started.data
    run_jobs()
    found = door.get(f"{BASE}/runs/latest").data["data"]
    assert found["state"] == "done", found
    return found


def clusters(door: Door, **query: str) -> list[dict[str, Any]]:
    text = "&".join(f"{key}={value}" for key, value in query.items())
    return door.get(f"{BASE}/clusters?{text}").data["data"]


@pytest.fixture
def rep(firm: Firm) -> User:
    return firm.add("何销售")


@pytest.mark.django_db
def test_found_with_reasons(firm: Firm) -> None:
    door = firm.door()
    ids = customers(door, *TWICE, ALONE)
    found = run(door)
    assert (found["records"], found["clusters"], found["rule"]) == (3, 1, "company")
    (cluster,) = clusters(door)
    assert {r["id"] for r in cluster["records"]} == set(ids[:2])
    assert cluster["score"] > 0.9
    reasons = {reason["label"]["en"]: reason for reason in cluster["pairs"][0]["reasons"]}
    assert reasons["Phone"]["text"]["zh-CN"] == "相同"
    assert reasons["Name"]["fields"] == ["name"]


@pytest.mark.django_db
def test_who_may_look(firm: Firm, other_firm: Firm, rep: User) -> None:
    ids = customers(firm.door(), *TWICE)
    for person in (rep, firm.add("只读", Role.READ_ONLY)):
        assert firm.door(person).post(f"{BASE}/runs").status_code == 403
    assert firm.door(firm.add("经理", Role.MANAGER)).post(f"{BASE}/runs").status_code == 201
    run_jobs()
    (cluster,) = clusters(firm.door())
    assert clusters(firm.door(rep)) == [], "nobody sees clusters of records they may not see"
    path = f"{BASE}/clusters/{cluster['id']}/decide"
    assert firm.door(rep).post(path, {"decision": "different"}).status_code == 404
    stranger = other_firm.door()
    assert stranger.get(f"{BASE}/runs/latest").data["data"] is None
    assert clusters(stranger) == []
    assert stranger.post(path, {"decision": "different"}).status_code == 404
    assert firm.door(rep).post(f"{BASE}/merge/preview", {"threshold": 0.9}).status_code == 403
    assert ids[0] not in str(clusters(firm.door(rep)))


@pytest.mark.django_db
def test_a_pair_with_an_unseen_record_is_left_out(firm: Firm, rep: User) -> None:
    hidden = customers(firm.door(), {"name": "深圳华联通科技集团", "phone": "0755-86013388"})[0]
    door = firm.door(rep)
    ids = customers(door, *TWICE)
    run(firm.door())
    assert len(clusters(firm.door())[0]["records"]) == 3
    (seen,) = clusters(door)
    assert {r["id"] for r in seen["records"]} == set(ids)
    assert hidden not in str(seen)


@pytest.mark.django_db
def test_different_is_remembered_until_something_changes(firm: Firm) -> None:
    door = firm.door()
    ids = customers(door, *TWICE)
    run(door)
    (cluster,) = clusters(door)
    path = f"{BASE}/clusters/{cluster['id']}/decide"
    assert door.post(path, {"decision": "maybe"}).status_code == 422
    assert door.post(path, {"decision": "different", "records": ["x"]}).status_code == 422
    assert door.post(path, {"decision": "different"}).status_code == 200
    assert clusters(door) == []
    assert run(door)["clusters"] == 0
    record = door.get(f"/customer/{ids[1]}")
    changed = door.patch(
        f"/customer/{ids[1]}", {"phone": "0755-86013399"}, **{"If-Match": record.headers.get("ETag", "")}
    )
    assert changed.status_code == 200, changed.data
    assert run(door)["clusters"] == 1


@pytest.mark.django_db
def test_later_outlives_a_run(firm: Firm) -> None:
    door = firm.door()
    customers(door, *TWICE)
    run(door)
    door.post(f"{BASE}/clusters/{clusters(door)[0]['id']}/decide", {"decision": "later"})
    run(door)
    assert clusters(door) == []
    assert len(clusters(door, state="later")) == 1


@pytest.mark.django_db
def test_pages_end_and_merged_ones_are_gone(firm: Firm) -> None:
    door = firm.door()
    for number in "甲乙丙丁戊":
        customers(door, {"name": f"北京{number}华通联科技有限公司"}, {"name": f"北京{number}华通联科技公司"})
    run(door)
    found, cursor = [], ""
    while True:
        page = door.get(f"{BASE}/clusters?limit=2" + (f"&cursor={cursor}" if cursor else "")).data
        found += [c["id"] for c in page["data"]]
        cursor = page["page"]["next"]
        if not cursor:
            break
    assert len(found) == len(set(found)) == 5
    assert door.get(f"{BASE}/clusters?cursor=nonsense").status_code == 422
    first = clusters(door)[0]["records"]
    done = door.post(f"/customer/{first[0]['id']}/actions/merge", {"others": [first[1]["id"]], "values": {}})
    assert done.status_code == 200, done.data
    assert len(clusters(door)) == 4


@pytest.mark.django_db
def test_merging_all_above_a_score(firm: Firm) -> None:
    door = firm.door()
    ids = customers(door, *TWICE, ALONE)
    run(door)
    counted = door.post(f"{BASE}/merge/preview", {"threshold": 0.9})
    assert counted.data == {"clusters": 1, "records": 2, "removed": 1}
    assert door.post(f"{BASE}/merge", {"threshold": 0.9, "expect": 7}).status_code == 409
    assert door.post(f"{BASE}/merge", {"threshold": 0.9, "expect": 1}).status_code == 202
    run_jobs()
    state = door.get(f"{BASE}/runs/latest").data["data"]["merging"]
    assert (state["state"], state["done"], state["refused"]) == ("done", 1, 0)
    left = {r["id"] for r in door.get("/customer").data["data"]}
    assert left == {ids[0], ids[2]}, "the one with more fields stays"


@pytest.mark.django_db
def test_what_was_merged_by_hand_is_foretold_no_more(firm: Firm) -> None:
    door = firm.door()
    ids = customers(door, *TWICE, {**ALONE}, {**ALONE, "name": "中山市鼎盛机械有限责任公司"})
    run(door)
    assert (
        door.post(f"/customer/{ids[0]}/actions/merge", {"others": [ids[1]], "values": {}}).status_code == 200
    )
    counted = door.post(f"{BASE}/merge/preview", {"threshold": 0.9}).data
    assert counted == {"clusters": 1, "records": 2, "removed": 1}
    assert door.post(f"{BASE}/merge", {"threshold": 0.9, "expect": 1}).status_code == 202
    run_jobs()
    state = door.get(f"{BASE}/runs/latest").data["data"]["merging"]
    assert (state["state"], state["total"], state["done"], state["refused"]) == ("done", 1, 1, 0)


@pytest.mark.django_db
def test_each_of_many_merges_can_be_taken_back(firm: Firm) -> None:
    door = firm.door()
    again = [{**ALONE}, {**ALONE, "name": "中山市鼎盛机械有限责任公司"}]
    ids = customers(door, *TWICE, *again)
    run(door)
    counted = door.post(f"{BASE}/merge/preview", {"threshold": 0.9}).data
    assert counted == {"clusters": 2, "records": 4, "removed": 2}
    door.post(f"{BASE}/merge", {"threshold": 0.9, "expect": 2})
    run_jobs()
    (whole,) = [c for c in door.get("/changes").data["data"] if "merge" in c["kind"]]
    assert (whole["kind"], whole["count"]) == ("merges", 4)
    changes = door.get(f"/changes?of={whole['id']}").data["data"]
    assert [(c["kind"], c["count"]) for c in changes] == [("merge", 2), ("merge", 2)]
    for change in changes:
        assert door.post(f"/changes/{change['id']}/undo").status_code in (200, 202)
        run_jobs()
    assert {r["id"] for r in door.get("/customer").data["data"]} == set(ids)


def merge_all(door: Door) -> dict[str, Any]:
    """The bulk merge of everything found, as it stands among the changes of who asked for it."""
    run(door)
    counted = door.post(f"{BASE}/merge/preview", {"threshold": 0.9}).data
    started = door.post(f"{BASE}/merge", {"threshold": 0.9, "expect": counted["clusters"]})
    assert started.status_code == 202, started.data
    run_jobs()
    whole: dict[str, Any] = door.get("/changes").data["data"][0]
    assert whole["kind"] == "merges", whole
    return whole


def living(door: Door) -> set[str]:
    return {r["id"] for r in door.get("/customer?limit=200").data["data"]}


@pytest.mark.django_db
@pytest.mark.parametrize("at_once", [20, 1])
def test_a_bulk_merge_is_taken_back_as_a_whole(
    firm: Firm, other_firm: Firm, rep: User, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(undoing, "MERGES_AT_ONCE", at_once)
    monkeypatch.setattr(undoing_merges, "PART", 2)
    door = firm.door()
    names = [(f"北京{n}华通联科技有限公司", f"北京{n}华通联科技公司") for n in "甲乙丙"]
    ids = customers(door, *({"name": name} for pair in names for name in pair), *TWICE)
    contact = door.post("/contact", {"name": "何", "customer": ids[1]}).data
    whole = merge_all(door)
    assert (whole["count"], len(living(door))) == (8, 4)
    path = f"/changes/{whole['id']}"
    assert door.get(path).data["check"] == {"total": 4, "count": 0, "left": []}
    for stranger in (firm.door(rep), other_firm.door()):
        assert stranger.post(f"{path}/undo").status_code == 404
        assert stranger.get(f"/changes?of={whole['id']}").status_code == 404
    undone = door.post(f"{path}/undo")
    assert undone.status_code == (200 if at_once == 20 else 202), undone.data
    run_jobs()
    assert living(door) == set(ids)
    assert door.get(f"/contact/{contact['id']}").data["customer"]["id"] == ids[1]
    after = door.get(path).data
    assert (after["undo_state"], after["undone"], after["can_undo"]) == ("done", 4, False)
    assert len(clusters(door)) == 4, "what is apart again stands in the queue again"
    assert [c["kind"] for c in door.get("/changes").data["data"][:2]] == ["unmerge", "merges"]
    assert door.post(f"{path}/undo").status_code == 409


@pytest.mark.django_db
def test_what_depends_on_a_bulk_merge_is_told_and_the_rest_goes(firm: Firm) -> None:
    door = firm.door()
    ids = customers(
        door, *TWICE, {"name": "北京甲华通联科技有限公司"}, {"name": "北京甲华通联科技公司"}, ALONE
    )
    whole = merge_all(door)
    path = f"/changes/{whole['id']}"
    (kept,) = living(door) & set(ids[:2])
    onwards = door.post(f"/customer/{ids[4]}/actions/merge", {"others": [kept], "values": {}})
    assert onwards.status_code == 200, onwards.data
    refused = door.post(f"{path}/undo")
    assert (refused.status_code, refused.data["code"]) == (409, "changed_since")
    assert (refused.data["count"], refused.data["total"]) == (1, 2)
    assert [left["reason"] for left in refused.data["left"]] == ["merged"]
    assert len(living(door)) == 2, "nothing was taken back"
    done = door.post(f"{path}/undo", {"partial": True}).data
    assert (done["undo_state"], done["undone"], done["skipped"]) == ("partial", 1, 1)
    assert living(door) == {ids[2], ids[3], ids[4]}


@pytest.mark.django_db
def test_what_cannot_be_asked(firm: Firm) -> None:
    door = firm.door()
    assert door.post(f"{BASE}/runs", {"rule": "planets"}).status_code == 422
    assert door.post(f"{BASE}/runs", {"threshold": "high"}).status_code == 422
    assert door.post("/nothing/duplicates/runs").status_code == 404
    assert door.post(f"{BASE}/runs").status_code == 201
    assert door.post(f"{BASE}/runs").status_code == 409
    assert door.post("/contact/duplicates/runs").status_code == 201


@pytest.mark.django_db
@pytest.mark.parametrize("rule", [["company"], {"a": 1}, 5, True, "nothing"])
def test_a_rule_that_is_none_is_refused(firm: Firm, rule: Any) -> None:
    answer = firm.door().post(f"{BASE}/runs", {"rule": rule})
    assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, "rule"), answer.data
