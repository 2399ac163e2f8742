"""Large files are made ready by a child process: what comes of them is what comes of small ones."""

import os
import signal
from typing import Any

import pytest

from guanxi.engine.transfer.importing import foreseeing
from guanxi.kit.elsewhere import is_possible
from tests.engine.transfer.desk import Desk, csv_bytes
from tests.firms import Firm

HEADERS = ["客户名称", "电话", "邮箱", "行业", "员工人数", "上级客户", "备注"]
MANY = 1_200


def _file() -> bytes:
    lines = [
        [f"长沙重庆银行{i}号有限公司", f"0760-8{i:07d}", f"c{i}@firm.example", "制造业", str(i % 900),
         f"长沙重庆银行{i // 2}号有限公司" if i % 7 == 0 else "", f"第{i}个"]
        for i in range(MANY)
    ]  # fmt: skip
    lines[5][1] = "12345"  # no number
    lines[900] = [*lines[700][:6], "还是它"]  # a duplicate, chunks later
    lines[MANY - 1] = lines[MANY - 2]  # and one in the same chunk
    return csv_bytes([HEADERS, *lines])


def _outcome(desk: Desk) -> dict[str, Any]:
    done = desk.load("customer", _file(), options={"create_options": True})
    fields = "name,phone,email,industry,employees,size,parent,description"
    records = [
        [value["title"] if isinstance(value, dict) else value for value in record]
        for record in desk.records("customer", fields, sort="name")
    ]
    searches = ["银行11", "cscqyh", "changsha", "6080000", "c77@firm.example", "第1100个"]
    found = {
        typed: [hit["title"] for hit in desk.door.get(f"/search?q={typed}").data["data"]]
        for typed in searches
    }
    reasons = [(row["row"], [e["code"] for e in row["errors"]]) for row in desk.rows(done)]
    return {
        "status": done["status"],
        "counts": done["counts"],
        "records": records,
        "reasons": reasons,
        "found": found,
    }


@pytest.mark.skipif(not is_possible(), reason="one processor, or no fork")
def test_a_child_changes_nothing_but_the_time_it_takes(
    firm: Firm, other_firm: Firm, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = _outcome(Desk(firm.door()))
    monkeypatch.setattr(foreseeing, "WORTH_A_CHILD", 1)
    helped = _outcome(Desk(other_firm.door()))
    assert helped == alone
    assert all(alone["found"].values())
    assert alone["status"] == "done"
    assert alone["counts"]["refused"] == 3
    assert alone["counts"]["created"] == MANY - 3


@pytest.mark.skipif(not is_possible(), reason="one processor, or no fork")
def test_an_import_whose_child_dies_goes_on_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreseeing, "WORTH_A_CHILD", 1)
    parent, steps = os.getpid(), []
    made = foreseeing.Foresight._made

    def dying(self: Any, *args: Any) -> Any:
        for item in made(self, *args):
            steps.append(item)
            if len(steps) == 2 and os.getpid() != parent:
                os.kill(os.getpid(), signal.SIGKILL)
            yield item

    monkeypatch.setattr(foreseeing.Foresight, "_made", dying)
    done = desk.load("customer", _file(), options={"create_options": True})
    assert (done["status"], done["counts"]["created"]) == ("done", MANY - 3)
