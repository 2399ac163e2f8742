"""Fields that refer to records, people and files become text, and text becomes them: what is lost is said first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guanxi.engine.designer import converting
from guanxi.engine.designer.models import SchemaTask
from guanxi.engine.designer.purging import empty_schema_bin
from guanxi.engine.records.models import RecordLink, StoredFile
from guanxi.engine.tenancy.context import session
from tests.engine.designer.conftest import Fields
from tests.engine.designer.test_shaping_together import add
from tests.engine.designer.test_values_at_work import FIELD, codes, make, run
from tests.engine.records.test_files import upload
from tests.firms import Door, Firm

Deliver = Callable[[], int]
TAX = "91440300708461136T"


@pytest.fixture
def door(firm: Firm) -> Door:
    """An administrator's who reads Chinese, with an object `thing`."""
    found = firm.door(language="zh-CN")
    assert found.post("/meta/objects", {"key": "thing", "label": "物"}).status_code == 201
    return found


def customers(door: Door, *given: dict[str, Any]) -> list[str]:
    made = [door.post("/customer", values) for values in given]
    assert [answer.status_code for answer in made] == [201] * len(given), [a.data for a in made]
    return [answer.data["id"] for answer in made]


def preview(door: Door, **given: Any) -> dict[str, Any]:
    answer = door.post(f"{FIELD}/conversions/preview", given)
    assert answer.status_code == 200, answer.data
    found: dict[str, Any] = answer.data
    return found


def change(door: Door, deliver: Deliver, **given: Any) -> dict[str, Any]:
    task = run(door, deliver, door.post(f"{FIELD}/conversions", given))
    assert task["status"] == "done", task
    return task


def back(door: Door, deliver: Deliver, task: dict[str, Any]) -> None:
    again = run(door, deliver, door.post(f"/meta/tasks/{task['id']}/take-back"))
    assert again["status"] == "done", again


def titles(values: Any) -> Any:
    return [v["title"] for v in values] if isinstance(values, list) else values and values["title"]


def test_text_becomes_a_link_by_title_or_by_what_tells_records_apart(
    door: Door, deliver: Deliver, fields_of: Fields, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(converting, "CHUNK", 2)
    customers(door, {"name": "甲公司"}, {"name": "同名"}, {"name": "同名", "phone": "13800138000"},
              {"name": "乙公司", "tax_number": TAX})  # fmt: skip
    add(door, "code")
    texts = ("甲公司", "同名", TAX, "没有这家", None)
    ids = make(door, *texts)
    assert door.post(f"{FIELD}/conversions/preview", {"type": "link"}).data["errors"][0]["field"] == "target"
    seen = preview(door, type="link", target="customer")
    assert (seen["counts"], seen["loses"]) == ({"kept": 1, "changed": 1, "lost": 2}, None)
    assert seen["examples"]["changed"][0]["to"] == "乙公司"
    assert {(e["record"], e["reason"]) for e in seen["examples"]["lost"]} == {
        (ids[1], "有 2 个「同名」，分不清是哪一个。"), (ids[3], "找不到「没有这家」。")
    }  # fmt: skip
    task = change(door, deliver, type="link", target="customer")
    assert task["result"] == {"kept": 1, "changed": 1, "lost": 2}
    assert fields_of("thing")["code"]["target"] == "customer"
    assert [titles(v) for v in codes(door, ids)] == ["甲公司", None, "乙公司", None, None]
    condition = {"field": "code.name", "op": "is", "value": "乙公司"}
    assert [r["id"] for r in door.post("/thing/query", {"filter": condition}).data["data"]] == [ids[2]]
    back(door, deliver, task)
    assert codes(door, ids) == list(texts)


def test_links_become_text_and_text_becomes_links(door: Door, deliver: Deliver, firm: Firm) -> None:
    a, b, c = customers(door, {"name": "甲公司"}, {"name": "乙, 丙公司"}, {"name": "丁公司"})
    add(door, "code", "links", target="customer")
    ids = make(door, [b, a], [c], None)
    seen = preview(door, type="text")
    assert seen["counts"] == {"kept": 2, "changed": 0, "lost": 0}
    assert "不再是关联" in seen["loses"]
    task = change(door, deliver, type="text")
    assert codes(door, ids) == ["乙, 丙公司、甲公司", "丁公司", None]
    with session(firm.workspace.id):
        assert not RecordLink.objects.filter(field_key="code").exists()
    door.patch(f"/thing/{ids[2]}", {"code": "丁公司；甲公司；戊", "version": 1})
    back(door, deliver, task)
    linked = codes(door, ids)
    assert [[v["id"] for v in value] for value in linked] == [[b, a], [c], [c, a]]
    one = preview(door, type="link")
    assert one["counts"] == {"kept": 1, "changed": 2, "lost": 0}
    assert one["examples"]["changed"][0]["reason"] == "只能留下第一个，另外 1 个会丢。"
    task = change(door, deliver, type="link")
    assert [v["id"] for v in codes(door, ids)] == [b, c, c]
    back(door, deliver, task)
    assert [[v["id"] for v in value] for value in codes(door, ids)] == [[b, a], [c], [c, a]]


def test_people_and_their_names(door: Door, deliver: Deliver, firm: Firm) -> None:
    people = [firm.add(name) for name in ("何一", "重名", "重名")]
    add(door, "code")
    texts = ("何一", "重名", people[2].email, "走了的人")
    ids = make(door, *texts)
    seen = preview(door, type="user")
    assert (seen["counts"]["lost"], seen["counts"]["changed"]) == (2, 1)
    task = change(door, deliver, type="user")
    assert [v and v["id"] for v in codes(door, ids)] == [str(people[0].id), None, str(people[2].id), None]
    assert "只留下姓名" in preview(door, type="text")["loses"]
    back(door, deliver, task)
    assert codes(door, ids) == list(texts)


def test_files_leave_their_names_and_nothing_becomes_a_file(door: Door, deliver: Deliver, firm: Firm) -> None:
    add(door, "code", "files")
    files = [upload(door, name=name).data["id"] for name in ("合同.png", "附件.png")]
    ids = make(door, files, files[:1], None)
    offered = {row["type"]: row["refused"] for row in door.get(f"{FIELD}/conversions").data["data"]}
    assert offered["text"] is None
    assert "文件只能变成文字" in offered["link"]
    seen = preview(door, type="text")
    assert seen["counts"] == {"kept": 2, "changed": 0, "lost": 0}
    assert "文件从记录上取下" in seen["loses"]
    task = change(door, deliver, type="text")
    assert codes(door, ids) == ["合同.png, 附件.png", "合同.png", None]
    assert door.get(f"/files/{files[0]}").status_code == 404
    refused = door.post(f"{FIELD}/conversions", {"type": "files"})
    assert [(e["field"], "文字变不成文件" in e["message"]) for e in refused.data["errors"]] == [
        ("type", True)
    ]
    back(door, deliver, task)
    assert [[f["id"] for f in value or []] for value in codes(door, ids)] == [files, files[:1], []]
    task = change(door, deliver, type="text")
    with session(firm.workspace.id):
        long_ago = timezone.now() - timedelta(days=91)
        SchemaTask.objects.filter(id=task["id"]).update(finished_at=long_ago)
        empty_schema_bin(firm.ctx)
        assert not RecordLink.objects.filter(field_key="code").exists()
        assert set(StoredFile.objects.filter(id__in=files).values_list("record_id", flat=True)) == {None}
