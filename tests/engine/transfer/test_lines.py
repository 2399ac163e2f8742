"""Lines come in as a second spreadsheet, by the key of their record."""

from pathlib import Path

from guanxi.commands import import_records
from guanxi.engine.records.rollups import building
from tests.engine.records.linked import add_field, declare, fill
from tests.engine.transfer.desk import Desk, csv_bytes
from tests.engine.transfer.test_commands import run
from tests.firms import Door, Firm

LINES = "repair_parts"


def _declared(firm: Firm) -> Door:
    door = declare(firm)
    total = {"object": LINES, "field": "parent", "op": "sum", "measure": "price"}
    for object_key, key, kind, extra in (
        ("repair", "number", "text", {"unique": True}),
        ("repair", "parts", "sub_table", {}),
        (LINES, "price", "decimal", {"required": True}),
        ("repair", "total", "rollup", {"config": total}),
    ):
        made = add_field(door, object_key, key, kind, **extra)
        assert made.status_code == 201, made.data
    fill(firm)
    for n in (1, 2):
        assert door.post("/repair", {"name": f"报修{n}", "number": f"R-{n}"}).status_code == 201
    return door


def test_lines_are_imported_by_the_name_of_their_record(firm: Firm, tmp_path: Path) -> None:
    door = _declared(firm)
    path = tmp_path / "配件.csv"
    rows = [
        ["报修单", "名称", "price"],
        ["报修1", "滤芯", "10.5"],
        ["报修1", "机油", "4"],
        ["报修2", "垫片", "1"],
        ["没有的", "x", "1"],
        ["报修2", "贵", "一打"],
    ]
    path.write_bytes(csv_bytes(rows))
    done = run(import_records.command, LINES, path, "--map", "报修单=parent")
    assert done.exit_code == 0, (done.output, done.exception)
    assert "Done: 3 created, 0 updated, 0 unchanged, 2 refused." in done.output
    one, two = door.post("/repair/query", {"sort": "number", "fields": ["total"]}).data["data"]
    assert (one["total"], two["total"]) == (14.5, 1)
    shown = door.get(f"/repair/{one['id']}").data
    assert [(line["name"], line["position"]) for line in shown["parts"]] == [("滤芯", 1), ("机油", 2)]
    told = door.get(f"/repair/{one['id']}/history").data["data"][0]
    assert (told["via"], told["changes"][0]["new"]) == ("import", {"created": 2})
    assert list(building.verify(firm.workspace.id, "repair")) == []


def test_lines_are_imported_through_the_api_by_a_key_of_their_record(firm: Firm, desk: Desk) -> None:
    door = _declared(firm)
    rows = [["单号", "name", "price"], ["R-2", "滤芯", "2"], ["R-1", "机油", "3"]]
    job = desk.draft(LINES, csv_bytes(rows))
    mapping = {"0": {"field": "parent", "link_by": "number"}, "1": "name", "2": "price"}
    job = desk.change(job["id"], mapping=mapping)
    done = desk.run(job)
    assert (done["status"], done["counts"]["created"]) == ("done", 2), done
    found = door.post("/repair/query", {"sort": "number", "fields": ["total"]}).data["data"]
    assert [row["total"] for row in found] == [3, 2]
