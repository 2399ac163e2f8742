"""Importing through the API: mapping, options, previews, runs, undo, rights."""

from typing import Any

import pytest

from guanxi.engine.tenancy.context import Role, session
from guanxi.engine.transfer.models import ImportJob
from tests.engine.transfer.desk import Desk, csv_bytes
from tests.firms import Firm

PEOPLE = [
    ["客户名称", "手机", "行业", "成立年份", "年营业额", "下次联系时间", "备注"],
    ["中山市宏图自动化科技有限公司", "138-0277-4512", "机械行业", "1998", "1.2万", "2026年3月5日", "老客户"],
    ["佛山凯达机械设备厂", "1392 8841 075", "", "", "¥1,200.50", "2026-03-05 18:30", "-"],
]


def test_plain_headers_are_mapped_and_imported(desk: Desk) -> None:
    job = desk.draft("customer", csv_bytes(PEOPLE, "gb18030"), "客户.csv")
    assert job["encoding"] == "gb18030"
    assert job["mapping"] == {
        "0": "name", "1": "mobile", "2": "industry", "3": "founded", "4": "annual_revenue", "5": "next_contact_at",
        "6": "description",
    }  # fmt: skip
    assert job["columns"][0]["guess"]["confidence"] == 1
    assert job["columns"][2]["samples"] == ["机械行业"]
    done = desk.run(job)
    assert (done["status"], done["counts"]["created"], done["progress"]) == (
        "done",
        2,
        {"done": 2, "total": 2},
    )
    rows = desk.records(
        "customer", "name,mobile,founded,annual_revenue,next_contact_at,description", sort="founded"
    )
    assert rows[0] == (
        "中山市宏图自动化科技有限公司",
        "+8613802774512",
        1998,
        12000,
        "2026-03-04T16:00:00Z",
        "老客户",
    )
    assert rows[1][1:] == ("+8613928841075", None, 1200.5, "2026-03-05T10:30:00Z", "-")
    history = desk.door.get(f"/customer/{_id(desk, rows[0][0])}/history").data["data"]
    assert history[0]["via"] == "import"


def _id(desk: Desk, name: str) -> str:
    tree = {"field": "name", "op": "is", "value": name}
    return str(desk.door.post("/customer/query", {"filter": tree}).data["data"][0]["id"])


def test_good_rows_go_in_and_bad_ones_say_why_in_both_languages(firm: Firm, desk: Desk) -> None:
    lines = [
        ["客户名称", "手机", "年营业额", "负责人"],
        ["甲公司", "13802774512", "约 20", ""],
        ["乙公司", "12345", "3", "李明（已离职）"],
        ["", "13802774513", "", ""],
        ["丙公司", "13802774514", "5", "王芳"],
        ["丁公司", "13802774515", "", "", "多了一格"],
    ]
    job = desk.load("customer", csv_bytes(lines))
    assert job["counts"] == {"created": 1, "updated": 0, "refused": 4, "unchanged": 0, "fixed": 0}
    rows = desk.rows(job)
    found = {row["row"]: [(e["index"], e["field"], e["code"]) for e in row["errors"]] for row in rows}
    assert found[2] == [(2, "annual_revenue", "wrong_type")]
    assert [code for _, _, code in found[3]][-1] == "unknown_user"
    assert found[3][0][:2] == (1, "mobile")
    assert found[4] == [(0, "name", "required")]
    assert found[6] == [(None, None, "too_many_cells")]
    chinese = Desk(firm.door(language="zh-CN"))
    assert chinese.rows(job)[0]["errors"][0]["message"] != rows[0]["errors"][0]["message"]
    reasons = {(r["field"], r["code"]): r["count"] for r in desk.look(job)["reasons"]}
    assert reasons["annual_revenue", "wrong_type"] == 1
    assert len(desk.rows(job, "?reason=owner.unknown_user")) == 1


def test_a_preview_writes_nothing_and_says_what_would_happen(desk: Desk) -> None:
    desk.load("customer", csv_bytes([["客户名称", "行业"], ["甲公司", "机械行业"]]))
    lines = [
        ["客户名称", "行业", "来源"],
        ["甲公司", "电子", "展会"],
        ["甲公司", "电子", ""],
        ["乙公司", "养蜂", "月亮"],
        ["", "x", ""],
    ]
    job = desk.draft("customer", csv_bytes(lines), options={"mode": "upsert", "key": ["name"]})
    preview = desk.preview(job)
    assert (preview["create"], preview["update"], preview["refuse"]) == (0, 2, 2)
    assert [item["value"] for item in preview["blocked"]["options"]] == ["x", "养蜂", "月亮"]
    assert preview["sampled"] is False
    assert preview["checked_rows"] == 4
    assert preview["rows"][0]["values"]["name"] == "甲公司"
    assert {reason["code"] for reason in preview["reasons"]} == {"unknown_option"}
    job = desk.change(job["id"], options={"create_options": True})
    preview = desk.preview(job)
    assert (preview["create"], preview["update"], preview["refuse"]) == (1, 2, 1)
    assert [item["value"] for item in preview["will_create"]["options"]] == ["x", "养蜂", "月亮"]
    assert desk.records("customer", "name,industry") == [("甲公司", "machinery")]
    done = desk.run(job)
    assert done["counts"] == {"created": 1, "updated": 2, "refused": 1, "unchanged": 0, "fixed": 0}
    labels = {o["label"]["en"] for o in _field(desk, "customer", "industry")["options"]}
    assert {"养蜂", "x"} <= labels


def _field(desk: Desk, object_key: str, key: str) -> Any:
    return next(f for f in desk.door.get(f"/meta/objects/{object_key}").data["fields"] if f["key"] == key)


def test_unknown_columns_become_fields_only_when_asked(desk: Desk) -> None:
    lines = [
        ["客户名称", "设备台数", "签约日", "VIP"],
        ["甲公司", "12", "2026-03-05", "是"],
        ["乙公司", "3.5", "2026/3/6", "否"],
    ]
    job = desk.draft("customer", csv_bytes(lines))
    assert job["mapping"] == {"0": "name"}
    assert desk.preview(job)["will_create"]["fields"] == []
    job = desk.change(job["id"], options={"create_fields": True})
    made = desk.preview(job)["will_create"]["fields"]
    assert [(item["header"], item["type"]) for item in made] == [
        ("设备台数", "number"),
        ("签约日", "date"),
        ("VIP", "boolean"),
    ]
    done = desk.run(job)
    assert done["counts"]["created"] == 2, desk.rows(done)
    keys = [item["key"] for item in made]
    rows = desk.records("customer", ",".join(["name", *keys]))
    assert [row[1:] for row in rows] == [(12, "2026-03-05", True), (3.5, "2026-03-06", False)]


def test_a_column_left_out_on_purpose_becomes_no_field(desk: Desk) -> None:
    job = desk.draft(
        "customer", csv_bytes([["客户名称", "杂项"], ["甲公司", "1"]]), options={"create_fields": True}
    )
    job = desk.change(job["id"], mapping={"0": "name", "1": None})
    assert desk.preview(job)["will_create"]["fields"] == []


def test_updates_find_records_by_key_and_leave_empty_cells_alone(desk: Desk) -> None:
    desk.load(
        "customer",
        csv_bytes([["客户名称", "手机", "备注"], ["甲公司", "13802774512", "旧"], ["乙公司", "", "留着"]]),
    )
    lines = [["手机", "备注"], ["138 0277 4512", "新"], ["13900000000", "无人"], ["", "没有号码"]]
    job = desk.load("customer", csv_bytes(lines), options={"mode": "update", "key": ["mobile"]})
    assert (job["counts"]["updated"], job["counts"]["refused"]) == (1, 2)
    assert {e["code"] for row in desk.rows(job) for e in row["errors"]} == {"unknown_key", "key_empty"}
    assert desk.records("customer", "name,description") == [("甲公司", "新"), ("乙公司", "留着")]
    lines = [["客户名称", "备注"], ["甲公司", ""], ["乙公司", "留着"]]
    again = desk.load("customer", csv_bytes(lines), options={"mode": "upsert", "key": ["name"]})
    assert again["counts"]["unchanged"] == 2


def test_the_later_of_two_rows_with_one_key_wins(desk: Desk) -> None:
    lines = [["商机编号", "商机名称", "金额"], ["A1", "一", "1"], ["A1", "二", ""], ["A1", "", "3"]]
    job = desk.load("opportunity", csv_bytes(lines), options={"mode": "upsert", "key": ["number"]})
    assert (job["counts"]["created"], job["counts"]["updated"]) == (1, 2)
    assert desk.records("opportunity", "number,name,amount") == [("A1", "二", 3)]
    strict = desk.load(
        "opportunity", csv_bytes([["商机编号", "商机名称"], ["B1", "甲"], ["B1", "乙"], ["A1", "丙"]])
    )
    assert (strict["counts"]["created"], strict["counts"]["refused"]) == (1, 2)


def test_duplicates_of_existing_records_are_refused_unless_allowed(desk: Desk) -> None:
    desk.load(
        "customer",
        csv_bytes(
            [["客户名称", "手机"], ["中山市宏图自动化有限公司", "13802774512"], ["张伟", "13900000001"]]
        ),
    )
    lines = [
        ["客户名称", "手机"],
        ["中山市宏图自动化", ""],  # the same name without its legal form
        ["另一家", "138 0277 4512"],  # the same number
        ["张伟", "13900000002"],  # another person of the same name: another number
        ["李娜", "13900000003"],
        ["李娜", "13900000003"],
    ]
    job = desk.load("customer", csv_bytes(lines))
    assert (job["counts"]["created"], job["counts"]["refused"]) == (2, 3)
    assert {e["code"] for row in desk.rows(job) for e in row["errors"]} == {"duplicate"}
    job = desk.load("customer", csv_bytes(lines), options={"duplicates": "allow"})
    assert job["counts"]["created"] == 5


def test_links_by_name_by_key_ambiguous_and_created(desk: Desk) -> None:
    desk.load(
        "customer",
        csv_bytes(
            [
                ["客户名称", "手机"],
                ["甲公司", "13802774512"],
                ["双胞", "13802774513"],
                ["双胞", "13802774514"],
            ]
        ),
    )
    lines = [["姓名", "客户名称"], ["张三", "甲公司"], ["李四", "双胞"], ["王五", "新公司"], ["赵六", ""]]
    job = desk.draft("contact", csv_bytes(lines))
    preview = desk.preview(job)
    assert [item["value"] for item in preview["blocked"]["links"]] == ["新公司"]
    assert {r["code"] for r in preview["reasons"]} == {"ambiguous", "unknown_record"}
    done = desk.run(desk.change(job["id"], options={"create_links": True}))
    assert (done["counts"]["created"], done["counts"]["refused"]) == (3, 1)
    linked = {
        name: customer and customer["title"] for name, customer in desk.records("contact", "name,customer")
    }
    assert linked == {"张三": "甲公司", "王五": "新公司", "赵六": None}
    by_phone = desk.draft("contact", csv_bytes([["姓名", "公司手机"], ["钱七", "138 0277 4513"]]))
    by_phone = desk.change(
        by_phone["id"], mapping={"0": "name", "1": {"field": "customer", "link_by": "mobile"}}
    )
    assert by_phone["mapping"]["1"] == {"field": "customer", "link_by": "mobile"}
    assert desk.run(by_phone)["counts"]["created"] == 1


def test_parents_may_stand_further_down_the_same_file(desk: Desk) -> None:
    lines = [["客户名称", "母公司"], ["子公司甲", "总部"], ["子公司乙", "别处"], ["总部", ""]]
    job = desk.draft("customer", csv_bytes(lines))
    assert [item["value"] for item in desk.preview(job)["blocked"]["links"]] == ["别处"]
    done = desk.run(job)
    assert (done["counts"]["created"], done["counts"]["refused"]) == (2, 1)
    parents = {name: parent and parent["title"] for name, parent in desk.records("customer", "name,parent")}
    assert parents == {"子公司甲": "总部", "总部": None}


def test_stages_are_found_by_what_they_stand_for(desk: Desk) -> None:
    lines = [["商机名称", "阶段"], ["甲", "Closed Won"], ["乙", "赢单"], ["丙", "WON"], ["丁", "Engaging"]]
    job = desk.load("opportunity", csv_bytes(lines), options={"create_options": True})
    assert job["counts"]["created"] == 4, desk.rows(job)
    stages = dict(desk.records("opportunity", "name,stage"))
    assert [stages[name] for name in "甲乙丙"] == ["won"] * 3
    options = {o["value"]: o for o in _field(desk, "opportunity", "stage")["options"]}
    assert options[stages["丁"]]["kind"] == "open"


def test_titles_are_made_of_columns(desk: Desk) -> None:
    lines = [["product", "account", "close_value"], ["GTX", "Cancity", "5"], ["MG", "", "6"], ["", "", "7"]]
    changes = {"title": "{Product} - {account}", "create_links": True}
    job = desk.load("opportunity", csv_bytes(lines), options=changes)
    assert sorted(desk.records("opportunity", "name,amount")) == [("GTX - Cancity", 5), ("MG", 6)]
    assert desk.rows(job)[0]["errors"][0]["code"] == "required"
    wrong = desk.draft("opportunity", csv_bytes(lines), options={"title": "{nothing}"})
    answer = desk.door.post(f"/imports/{wrong['id']}/preview")
    assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, "options.title")


def test_undo_takes_back_what_nobody_has_changed_since(desk: Desk) -> None:
    desk.load("customer", csv_bytes([["客户名称", "备注"], ["旧客户", "原来的"]]))
    lines = [["客户名称", "备注"], ["旧客户", "新的"], ["甲", "1"], ["乙", "2"]]
    job = desk.load("customer", csv_bytes(lines), options={"mode": "upsert", "key": ["name"]})
    assert job["undo_until"] > job["finished_at"]
    touched = _id(desk, "乙")
    assert (
        desk.door.patch(f"/customer/{touched}", {"description": "后来改的", "version": 1}).status_code == 200
    )
    undone = desk.door.post(f"/imports/{job['id']}/undo")
    assert (undone.status_code, undone.data["status"]) == (200, "undone")
    assert (undone.data["counts"]["undone"], undone.data["counts"]["skipped"]) == (2, 1)
    assert dict(desk.records("customer", "name,description")) == {"旧客户": "原来的", "乙": "后来改的"}
    assert desk.door.post(f"/imports/{job['id']}/undo").status_code == 409


def test_wrong_settings_are_named(desk: Desk) -> None:
    job = desk.draft("customer", csv_bytes([["客户名称"], ["甲"]]))
    for body, field in (
        ({"mapping": {"0": "nothing"}}, "mapping.0"),
        ({"mapping": {"7": "name"}}, "mapping.7"),
        ({"mapping": {"0": "created_at"}}, "mapping.0"),
        ({"mapping": "x"}, "mapping"),
        ({"options": {"mode": "destroy"}}, "options.mode"),
        ({"options": {"create_links": "yes"}}, "options.create_links"),
        ({"options": {"nothing": 1}}, "options.nothing"),
        ({"nothing": 1}, "nothing"),
        ({"separator": 5}, "separator"),
    ):
        answer = desk.door.patch(f"/imports/{job['id']}", body)
        assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, field), body
    for options, field in (
        ({"mode": "update"}, "options.key"),
        ({"mode": "update", "key": ["mobile"]}, "options.key"),
        ({"mode": "update", "key": ["tags"]}, "options.key"),
    ):
        desk.change(job["id"], options={"mode": "create", "key": None})
        desk.change(job["id"], options=options)
        answer = desk.door.post(f"/imports/{job['id']}/run")
        assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, field), options


def test_the_way_of_reading_can_be_changed(desk: Desk) -> None:
    content = "名称;金额\n甲;1,5\n".encode("gb18030")
    job = desk.draft("product", content)
    assert (job["separator"], job["encoding"]) == (";", "gb18030")
    job = desk.change(job["id"], separator=",")
    assert [column["header"] for column in job["columns"]] == ["名称;金额"]
    assert desk.door.patch(f"/imports/{job['id']}", {"encoding": "klingon"}).status_code == 422
    assert desk.change(job["id"], separator=";")["mapping"] == {"0": "name"}


@pytest.mark.parametrize(
    ("content", "name", "status", "code"),
    [
        (b"", "a.csv", 422, "empty_file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "a.csv", 422, "not_a_table"),
        (b"name\n", "a.csv", 422, "no_rows"),
    ],
)
def test_files_that_are_no_tables_are_refused_and_leave_nothing(
    firm: Firm, desk: Desk, content: bytes, name: str, status: int, code: str
) -> None:
    answer = desk.upload("customer", content, name)
    assert (answer.status_code, answer.data["code"]) == (status, code)
    with session(firm.workspace.id):
        assert not ImportJob.objects.exists()


def test_rights_to_import(firm: Firm, other_firm: Firm) -> None:
    reader, seller = firm.add("读者", Role.READ_ONLY), firm.add("销售")
    content = csv_bytes([["客户名称"], ["甲"]])
    assert Desk(firm.door(reader)).upload("customer", content).status_code == 403
    assert Desk(firm.door(seller)).upload("product", content).status_code == 403
    assert Desk(firm.door(seller)).upload("member", content).status_code == 403
    assert Desk(firm.door(seller)).upload("nothing", content).status_code == 404
    desk = Desk(firm.door(seller))
    job = desk.draft("customer", content)
    assert desk.door.patch(f"/imports/{job['id']}", {"options": {"create_options": True}}).status_code == 403
    assert desk.door.patch(f"/imports/{job['id']}", {"options": {"create_links": True}}).status_code == 200
    assert desk.run(job)["counts"]["created"] == 1
    colleague = firm.door(firm.add("同事"))
    for door, status in ((colleague, 404), (other_firm.door(), 404), (firm.door(), 200)):
        assert door.get(f"/imports/{job['id']}").status_code == status
        assert door.get(f"/imports/{job['id']}/rows").status_code == status
        assert len(door.get("/imports").data["data"]) == (status == 200)
    for verb in ("preview", "run", "retry", "undo"):
        assert colleague.post(f"/imports/{job['id']}/{verb}").status_code == 404


def test_people_are_invited_with_team_and_manager(desk: Desk) -> None:
    lines = [
        ["Sales agent", "Manager", "Regional office"],
        ["Anna", "Dustin", "Central"],
        ["Moses", "Dustin", "Central"],
        ["", "", ""],
    ]
    job = desk.draft("member", csv_bytes(lines))
    assert job["mapping"] == {"0": "name", "1": "manager", "2": "team"}
    assert desk.preview(job)["create"] == 2
    assert desk.door.get("/members?q=Anna").data["data"] == []
    done = desk.run(job)
    assert done["counts"]["created"] == 2, desk.rows(done)
    people = {m["name"]: m for m in desk.door.get("/members").data["data"]}
    assert people["Anna"]["status"] == "invited"
    assert (people["Anna"]["team"]["name"], people["Anna"]["manager"]["name"]) == ("Central", "Dustin")
    assert (people["Dustin"]["role"], people["Dustin"]["team"]["name"]) == ("manager", "Central")
    again = desk.load("member", csv_bytes(lines))
    assert (again["counts"]["created"], again["counts"]["updated"]) == (0, 2)
