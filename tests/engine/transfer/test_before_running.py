"""What an import says before it runs, and what it does about owners, near matches and numbers of its own."""

from typing import Any

import pytest

from tests.engine.access.people import person_with
from tests.engine.transfer.desk import Desk, csv_bytes
from tests.firms import Door, Firm


def owners(door: Door, object_key: str) -> list[Any]:
    return [row["owner"] and row["owner"]["id"] for row in door.get(f"/{object_key}").data["data"]]


@pytest.mark.parametrize("owner", ["me", "nobody"])
def test_rows_without_an_owner_are_announced_and_go_to_whom_one_says(
    firm: Firm, desk: Desk, owner: str
) -> None:
    firm.add("王小明")
    rows = [["客户名称", "负责人"], ["甲公司", "王小明"], ["乙公司", ""], ["丙公司", "-"]]
    job = desk.draft("customer", csv_bytes(rows), mapping={"0": "name", "1": "owner"})
    assert job["options"]["owner"] == "me"
    desk.change(job["id"], options={"owner": owner})
    assert desk.preview(job)["ownerless"] == 2
    desk.run(job)
    found = owners(desk.door, "customer")
    assert len(found) == 3
    assert found.count(str(firm.admin.id) if owner == "me" else None) == 2


def test_an_import_into_an_object_that_everyone_sees_is_seen(firm: Firm, desk: Desk) -> None:
    boss = desk.door
    boss.post("/meta/objects", {"key": "machine", "label": "设备", "seen_by": "everyone"})
    job = desk.draft(
        "machine", csv_bytes([["名称"], ["冲床"]]), mapping={"0": "name"}, options={"owner": "nobody"}
    )
    desk.run(job)
    assert len(person_with(firm, boss, base="member").get("/machine").data["data"]) == 1


def test_a_reason_says_how_many_different_values_it_stands_for(desk: Desk) -> None:
    rows = [["客户名称", "等级"], *[[f"{i}公司", text] for i, text in enumerate(["荒唐", "离谱", "荒唐"])]]
    job = desk.draft("customer", csv_bytes(rows), mapping={"0": "name", "1": "kind"})
    told = {r["code"]: (r["kinds"], r["count"]) for r in desk.preview(job)["reasons"]}
    assert told == {"unknown_option": (2, 3)}
    done = desk.run(job)
    assert [(r["kinds"], r["count"]) for r in done["reasons"]] == [(2, 3)]


@pytest.mark.parametrize("written", ["GTX Pro Ltd.", "GTXPro公司", "ＧＴＸ－Pro"])
def test_a_near_match_looks_past_legal_forms(desk: Desk, written: str) -> None:
    desk.door.post("/customer", {"name": "GTX Pro"})
    rows = [["姓名", "客户"], ["张三", written], ["李四", "没有这一家"]]
    job = desk.draft("contact", csv_bytes(rows), mapping={"0": "name", "1": "customer"})
    told = {each["value"]: each.get("similar") for each in desk.preview(job)["blocked"]["links"]}
    assert told == {written: "GTX Pro", "没有这一家": None}


def test_a_near_match_is_taken_for_all_rows_with_that_text(desk: Desk) -> None:
    gtx = desk.door.post("/customer", {"name": "GTX Pro"}).data["id"]
    rows = [["姓名", "客户"], ["张三", "GTXPro"], ["李四", " GTXPro "]]
    job = desk.draft("contact", csv_bytes(rows), mapping={"0": "name", "1": "customer"})
    [entry] = desk.preview(job)["blocked"]["links"]
    assert (entry["value"], entry["similar"], entry["count"]) == ("GTXPro", "GTX Pro", 2)
    desk.change(job["id"], options={"replace": {"1": {entry["value"]: entry["similar"]}}})
    after = desk.preview(job)
    assert (after["create"], after["refuse"], after["blocked"]["links"]) == (2, 0, [])
    desk.run(job)
    assert {row["customer"]["id"] for row in desk.door.get("/contact").data["data"]} == {gtx}
    wrong = desk.door.patch(f"/imports/{job['id']}", {"options": {"replace": {"1": {"a": 1}}}})
    assert wrong.status_code in (409, 422)


def test_an_import_of_people_tells_of_their_teams_and_managers(firm: Firm, desk: Desk) -> None:
    firm.add("老王")
    rows = [["姓名", "部门", "上级"], ["甲", "华东", "老王"], ["乙", "华东", "新主管"], ["丙", "华北", "甲"]]
    job = desk.draft("member", csv_bytes(rows), mapping={"0": "name", "1": "team", "2": "manager"})
    will = desk.preview(job)["will_create"]
    assert [(e["value"], e["count"]) for e in will["teams"]] == [("华东", 2), ("华北", 1)]
    assert [e["value"] for e in will["managers"]] == ["新主管"]


def test_numbers_of_ones_own_come_along_and_counting_goes_on_behind_them(desk: Desk) -> None:
    door = desk.door
    field = {
        "type": "serial",
        "key": "no",
        "label": "编号",
        "unique": True,
        "config": {"pattern": "K-{0000}"},
    }
    assert door.post("/meta/objects/customer/fields", field).status_code == 201
    rows = [
        ["客户名称", "编号"],
        ["甲公司", "K-0041"],
        ["乙公司", ""],
        ["丙公司", "旧-7"],
        ["丁公司", "K-0041"],
    ]
    job = desk.draft("customer", csv_bytes(rows))
    assert job["mapping"]["1"] == "no"
    done = desk.run(job)
    assert (done["counts"]["created"], done["counts"]["refused"]) == (3, 1)
    numbers = {row["name"]: row["no"] for row in door.get("/customer?fields=name,no").data["data"]}
    assert numbers == {"甲公司": "K-0041", "乙公司": "K-0042", "丙公司": "旧-7"}
    assert door.post("/customer", {"name": "戊公司"}).data["no"] == "K-0043"
    assert door.post("/customer", {"name": "己公司", "no": "K-9999"}).status_code == 422
    again = desk.draft(
        "customer",
        csv_bytes([["客户名称", "编号"], ["甲公司", "K-0999"]]),
        options={"mode": "update", "key": ["name"]},
    )
    desk.run(again)
    assert {r["no"] for r in door.get("/customer?fields=name,no").data["data"]} == {
        *numbers.values(),
        "K-0043",
    }
