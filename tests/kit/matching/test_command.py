"""`guanxi dedupe`: from a file to pairs, without a database."""

import csv
import json
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from guanxi.commands.dedupe import command
from guanxi.config.console import Stop

ROWS = [
    ["编号", "客户名称", "电话", "真实编号"],
    ["1", "北京华联通科技有限公司", "010-62345678", "a"],
    ["2", "北京華聯通科技股份有限公司", "", "a"],
    ["3", "上海华联通科技有限公司", "", "b"],
    ["4", "中山市鼎盛机械厂", "13800138000", "c"],
    ["5", "鼎盛机械厂（中山）", "+86 138 0013 8000", "c"],
    ["6", "", "", ""],
]


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUANXI_LOCALE", "en")


def test_a_csv_with_truth(tmp_path: Path) -> None:
    file, out = tmp_path / "客户.csv", tmp_path / "out.json"
    with file.open("w", encoding="gb18030", newline="") as stream:
        csv.writer(stream).writerows(ROWS)
    done = CliRunner().invoke(
        command, [str(file), "--rule", "company", "--truth", "真实编号", "--json", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert "F1 1.0000" in done.output
    body = json.loads(out.read_text("utf-8"))
    assert body["clusters"] == [[2, 3], [5, 6]]
    assert body["columns"] == {"客户名称": "name", "电话": "phone"}
    first = body["pairs"][0]
    assert (first["a"], first["b"]) == (2, 3)
    assert first["score"] > 0.9
    assert first["reasons"][0]["label"] == {"zh-CN": "名称", "en": "Name"}


def test_a_workbook_and_a_column_named_by_hand(tmp_path: Path) -> None:
    file, out = tmp_path / "b.xlsx", tmp_path / "out.json"
    book = xlsxwriter.Workbook(str(file))
    sheet = book.add_worksheet()
    for number, row in enumerate(ROWS):
        sheet.write_row(number, 0, ["谁" if cell == "客户名称" else cell for cell in row])
    book.close()
    done = CliRunner().invoke(
        command, [str(file), "--rule", "company", "--map", "谁=name", "--map", "电话=", "--json", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert json.loads(out.read_text("utf-8"))["clusters"] == [[2, 3], [5, 6]]


@pytest.mark.parametrize(
    "arguments", [["--truth", "nowhere"], ["--map", "电话=colour"], ["--map", "客户名称=", "--map", "电话="]]
)
def test_what_cannot_be_done_is_said(tmp_path: Path, arguments: list[str]) -> None:
    file = tmp_path / "a.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(ROWS)
    done = CliRunner().invoke(command, [str(file), "--rule", "company", *arguments])
    assert isinstance(done.exception, Stop)
    assert done.exception.exit_code == 2
