"""Stages that a file brings: where they stand on the board, and which of the first ones make room for them."""

from typing import Any

from tests.engine.transfer.desk import Desk, csv_bytes

CREATE = {"create_options": True}
FILE = [["商机名称", "阶段"], ["甲", "Prospecting"], ["乙", "Won"], ["丙", "Engaging"], ["丁", "Engaging"]]
FIRST = ["qualification", "needs", "proposal", "negotiation", "contract", "won", "lost"]


def stages(desk: Desk) -> list[str]:
    return [stage["key"] for stage in pipeline(desk)["stages"]]


def pipeline(desk: Desk) -> Any:
    return desk.door.get("/pipelines?object=opportunity").data["data"][0]


def test_in_a_pipeline_nobody_has_used_they_take_the_place_of_the_first_ones(desk: Desk) -> None:
    assert stages(desk) == FIRST
    job = desk.load("opportunity", csv_bytes(FILE), options=CREATE)
    assert job["counts"]["created"] == 4, desk.rows(job)
    assert stages(desk) == ["prospecting", "engaging", "won", "lost"]
    assert desk.door.post("/opportunity", {"name": "戊"}).data["stage"] == "prospecting"


def test_what_the_file_mentions_and_what_somebody_has_changed_stays(desk: Desk) -> None:
    own = pipeline(desk)
    for stage in own["stages"]:
        if stage["key"] == "needs":
            stage["expected_days"] = 21
    changed = desk.door.patch(f"/pipelines/{own['id']}", {"stages": own["stages"]})
    assert changed.status_code == 200, changed.data
    desk.load("opportunity", csv_bytes([*FILE, ["己", "方案报价"]]), options=CREATE)
    assert stages(desk) == ["needs", "proposal", "prospecting", "engaging", "won", "lost"]


def test_beside_records_they_only_join_also_when_those_are_deleted(desk: Desk) -> None:
    made = desk.door.post("/opportunity", {"name": "零"}).data
    assert desk.door.post("/opportunity/bulk", {"op": "delete", "ids": [made["id"]]}).status_code == 200
    desk.load("opportunity", csv_bytes(FILE), options=CREATE)
    assert stages(desk) == [*FIRST[:5], "prospecting", "engaging", "won", "lost"]


def test_closed_stages_alone_take_nobodys_place(desk: Desk) -> None:
    desk.load("opportunity", csv_bytes([["商机名称", "阶段"], ["甲", "赢"]]), options=CREATE)
    assert stages(desk)[:5] == FIRST[:5]
