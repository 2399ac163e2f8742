"""Refused rows: corrected in the browser or in the error workbook, and imported after all."""

import io

import python_calamine

from tests.engine.transfer.desk import Desk, csv_bytes

LINES = [
    ["客户名称", "手机", "年营业额"],
    ["甲公司", "13802774512", "1"],
    ["乙公司", "1380277", "2"],
    ["丙公司", "13802774514", "约 20"],
    ["丁公司", "13802774515", "4", "多的"],
]


def test_corrected_cells_are_tried_at_once_and_imported_on_retry(desk: Desk) -> None:
    job = desk.load("customer", csv_bytes(LINES))
    assert job["counts"]["refused"] == 3
    path = f"/imports/{job['id']}/rows"
    answer = desk.door.patch(
        path, {"rows": [{"row": 3, "cells": {"1": "138"}}, {"row": 4, "cells": {"2": "20"}}]}
    )
    assert answer.status_code == 200, answer.data
    assert [(row["row"], row["fixed"]) for row in answer.data["data"]] == [(3, False), (4, True)]
    assert [row["row"] for row in desk.rows(job, "?status=fixed")] == [4]
    assert len(desk.records("customer")) == 1
    answer = desk.door.patch(path, {"rows": [{"row": 5, "cells": {"3": ""}}]})
    assert answer.data["data"][0]["fixed"] is True
    done = desk.door.post(f"/imports/{job['id']}/retry").data
    assert done["counts"] == {"created": 3, "updated": 0, "refused": 1, "unchanged": 0, "fixed": 2}
    assert [row["row"] for row in desk.rows(job)] == [3]
    undone = desk.door.post(f"/imports/{job['id']}/undo").data
    assert undone["counts"]["undone"] == 3
    assert desk.records("customer") == []


def test_wrong_repairs_are_named(desk: Desk) -> None:
    job = desk.load("customer", csv_bytes(LINES))
    path = f"/imports/{job['id']}/rows"
    for rows, field in (
        ([{"row": 2, "cells": {"1": "x"}}], "rows.0.row"),
        ([{"row": 3, "cells": {"9": "x"}}], "rows.0.cells.9"),
        ([{"row": 3, "cells": {"1": "x\x00"}}], "rows.0.cells.1"),
        ([], "rows"),
    ):
        answer = desk.door.patch(path, {"rows": rows})
        assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, field), rows


def test_a_cut_cell_is_not_imported_cut(desk: Desk) -> None:
    job = desk.load(
        "customer", csv_bytes([["客户名称", "备注"], ["甲公司", "x" * 1_000_000], ["乙公司", "y"]])
    )
    assert (job["counts"]["created"], job["counts"]["refused"]) == (1, 1)
    [row] = desk.rows(job)
    assert row["errors"][0]["code"] == "cell_too_long"
    assert len(row["cells"][1]) < 3000
    answer = desk.door.patch(f"/imports/{job['id']}/rows", {"rows": [{"row": 2, "cells": {"0": "甲"}}]})
    assert answer.data["data"][0]["fixed"] is False
    answer = desk.door.patch(f"/imports/{job['id']}/rows", {"rows": [{"row": 2, "cells": {"1": "短"}}]})
    assert answer.data["data"][0]["fixed"] is True


def test_the_error_workbook_can_be_imported_as_it_is(desk: Desk) -> None:
    job = desk.load("customer", csv_bytes(LINES))
    answer = desk.door.client.get(f"/api/v1/imports/{job['id']}/errors.xlsx", headers=desk.door.headers)
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content)
    sheet = (
        python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    assert sheet[0] == ["客户名称", "手机", "年营业额", "Why it was not imported"]
    assert sheet[1][:3] == ["乙公司", "1380277", "2"]
    assert sheet[1][3].startswith("手机: ")
    again = desk.draft("customer", content, "errors.xlsx")
    assert again["mapping"] == {"0": "name", "1": "mobile", "2": "annual_revenue", "3": None}
    done = desk.run(again)
    assert (done["counts"]["created"], done["counts"]["refused"]) == (1, 2)


def test_there_is_no_error_workbook_without_errors(desk: Desk) -> None:
    job = desk.load("customer", csv_bytes(LINES[:2]))
    assert desk.door.get(f"/imports/{job['id']}/errors.xlsx").status_code == 404
