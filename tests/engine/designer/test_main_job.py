"""The main job of shaping: an administrator makes two objects and cleans the data; a colleague works with them.

Everything goes through the API, as the browser does it; the pages themselves are in tests/e2e.
"""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.engine.transfer.desk import Desk, csv_bytes
from tests.firms import Door, Firm, run_jobs

pytestmark = pytest.mark.django_db
ROWS = 300
CUSTOMERS = 40
OPEN = {"field": "status", "op": "is_not", "value": "done"}
STATES = [
    {"value": "running", "label": "运行中", "color": "green"},
    {"value": "stopped", "label": "停机", "color": "red"},
]
STATUS = [{"value": "reported", "label": "已报修"}, {"value": "done", "label": "已完成"}]
EQUIPMENT: dict[str, dict[str, Any]] = {
    "customer": {"type": "link", "target": "customer", "label": "客户", "required": True},
    "serial_no": {"type": "text", "label": "序列号", "unique": True, "searchable": True},
    "warranty_end": {"type": "date", "label": "保修到期"},
    "state": {"type": "select", "label": "状态", "options": STATES},
    "reason": {"type": "text", "label": "停机原因"},
    "days_left": {"type": "formula", "label": "剩余天数",
                  "config": {"expression": "DAYS(warranty_end, TODAY())", "result_type": "number"}},
}  # fmt: skip
REPAIR: dict[str, dict[str, Any]] = {
    "equipment": {"type": "link", "target": "equipment", "label": "设备"},
    "status": {"type": "select", "label": "进度", "options": STATUS, "default": "reported"},
    "parts": {"type": "sub_table", "label": "配件"},
}


def good(answer: Any, status: int = 201) -> dict[str, Any]:
    assert answer.status_code == status, answer.data
    found: dict[str, Any] = answer.data
    return found


def shaped(door: Door) -> None:
    """Both objects, their figures, a layout, rules and views."""
    for key, label, fields in (("equipment", "设备", EQUIPMENT), ("repair", "报修", REPAIR)):
        good(door.post("/meta/objects", {"key": key, "label": label}))
        for name, given in fields.items():
            good(door.post(f"/meta/objects/{key}/fields", {"key": name, **given}))
    good(door.post("/meta/objects/repair_parts/fields", {"key": "count", "type": "number", "label": "数量"}))
    count = {"object": "repair", "field": "equipment", "op": "count", "filter": OPEN}
    rollup = {"key": "open_repairs", "type": "rollup", "label": "未完成报修", "config": count}
    good(door.post("/meta/objects/equipment/fields", rollup))
    base = "/meta/objects/equipment"
    stopped = {"field": "state", "op": "is", "value": "stopped"}
    effects = [{"kind": "show", "fields": ["reason"]}, {"kind": "require", "fields": ["reason"]}]
    good(door.post(f"{base}/rules", {"name": "停机要写原因", "condition": stopped, "effects": effects}))
    message = {"zh-CN": "序列号要以 S- 开头", "en": "A serial number begins with S-"}
    formula = {
        "name": "编号",
        "formula": 'STARTSWITH(serial_no, "S-")',
        "field": "serial_no",
        "message": message,
    }
    good(door.post(f"{base}/validations", formula))
    section = {
        "label": "设备",
        "columns": 2,
        "fields": ["name", "customer", "serial_no", "warranty_end", "state", "reason"],
    }
    layout = {
        "name": "设备",
        "kind": "page",
        "definition": {"tabs": [{"label": "基本", "sections": [section]}]},
    }
    good(door.post(f"{base}/layouts", layout))
    for view in (
        {"name": "状态看板", "kind": "board", "definition": {"group_by": "state"}},
        {"name": "保修日历", "kind": "calendar", "definition": {"group_by": "warranty_end"}},
    ):
        good(door.post("/views", {"object": "equipment", "scope": "everyone", **view}))
    run_jobs()


def test_two_objects_are_made_filled_and_used_by_a_colleague(firm: Firm) -> None:
    admin = firm.door(language="zh-CN")
    shaped(admin)
    owner = good(admin.post("/customer", {"name": "佛山启明机械"}))
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    days = [today + timedelta(days=n % 400 - 100) for n in range(ROWS)]
    lines = [[f"设备{n}", "佛山启明机械", f"S-{n:05}", str(day), "运行中"] for n, day in enumerate(days)]
    wrong = [["坏的", "佛山启明机械", "X-1", "", "运行中"], ["停的", "佛山启明机械", "S-99999", "", "停机"]]
    desk = Desk(admin)
    done = desk.load("equipment", csv_bytes([["名称", "客户", "序列号", "保修到期", "状态"], *lines, *wrong]))
    assert (done["counts"]["created"], done["counts"]["refused"]) == (ROWS, 2), done["counts"]
    assert {e["field"] for row in desk.rows(done) for e in row["errors"]} == {"serial_no", "reason"}

    colleague = firm.door(firm.add("何售后"), language="zh-CN")
    assert {v["kind"] for v in colleague.get("/views?object=equipment").data["data"]} >= {"board", "calendar"}
    good(admin.patch("/meta/objects/equipment", {"seen_by": "everyone_edits"}), 200)
    good(admin.patch("/meta/objects/repair", {"seen_by": "everyone_edits"}), 200)
    soon = {"filter": {"and": [{"field": "days_left", "op": "gte", "value": 0}, {"field": "days_left", "op": "lt", "value": 30}]},
            "sort": "days_left", "count": True, "limit": 1}  # fmt: skip
    expected = sum(0 <= n % 400 - 100 < 30 for n in range(ROWS))
    seen = good(colleague.post("/equipment/query", soon), 200)
    assert (seen["page"]["count"]["value"], seen["data"][0]["days_left"]) == (expected, 0)
    (machine,) = [
        hit for hit in colleague.get("/search?q=S-00042").data["data"] if hit["object"] == "equipment"
    ]
    parts = [{"name": "滤芯", "count": 2}, {"name": "密封圈", "count": 1}]
    repair = good(colleague.post("/repair", {"name": "漏油", "equipment": machine["id"], "parts": parts}))
    assert [line["name"] for line in repair["parts"]] == ["滤芯", "密封圈"]
    path = f"/equipment/{machine['id']}"
    assert good(colleague.get(path), 200)["open_repairs"] == 1
    good(colleague.patch(f"/repair/{repair['id']}", {"status": "done", "version": repair["version"]}), 200)
    now = good(colleague.get(path), 200)
    assert (now["open_repairs"], now["customer"]) == (0, None), "the customer is somebody else's"
    assert good(admin.get(path), 200)["customer"]["id"] == owner["id"]
    hidden = good(colleague.get(f"/meta/objects/equipment/layout?kind=page&record={machine['id']}"), 200)
    assert hidden["hidden"] == ["reason"]
    refused = colleague.patch(path, {"state": "stopped", "version": now["version"]})
    assert [e["field"] for e in refused.data["errors"]] == ["reason"]


def test_duplicates_are_found_and_merged_and_the_data_gets_better(firm: Firm) -> None:
    door = firm.door(language="zh-CN")
    lines = []
    for n in range(CUSTOMERS):
        phone = f"1390013{n:04}"
        lines.append({"name": f"广州{n}号明达机电设备有限公司", "phone": phone})
        if n % 4 == 0:
            lines.append({"name": f"广州{n}号明达机电设备公司", "phone": phone})
    good(door.post("/customer/bulk", {"op": "create", "records": lines}), 200)
    created = len(lines)
    good(door.post("/quality/customer/measure"), 200)
    before = good(door.get("/quality/customer"), 200)["overall"]
    good(door.post("/customer/duplicates/runs", {}))
    run_jobs()
    counted = good(door.post("/customer/duplicates/merge/preview", {"threshold": 0.8}), 200)
    assert counted["removed"] == created - CUSTOMERS
    asked = {"threshold": 0.8, "expect": counted["clusters"]}
    good(door.post("/customer/duplicates/merge", asked), 202)
    run_jobs()
    assert good(door.get("/customer?count=true"), 200)["page"]["count"]["value"] == CUSTOMERS
    good(door.post("/quality/customer/measure"), 200)
    after = good(door.get("/quality/customer"), 200)["overall"]
    assert after > before
