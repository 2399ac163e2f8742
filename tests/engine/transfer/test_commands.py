"""`guanxi import` and `guanxi export`, as somebody at the server types them."""

import csv
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from guanxi.commands import export_records, import_records
from guanxi.config.console import Stop
from guanxi.kit.errors import Problem
from tests.engine.transfer.data import data_folder
from tests.engine.transfer.desk import Desk, csv_bytes
from tests.firms import Firm

CREATE = ["--create-options", "--create-links", "--create-members"]


def run(command: click.Command, *arguments: Any) -> Result:
    return CliRunner(env={"GUANXI_LOCALE": "en"}).invoke(command, [str(a) for a in arguments])


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GUANXI_LOCALE", "en")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "客户.csv"
    path.write_bytes(csv_bytes([["公司", "什么", "负责人"], ["甲", "13802774512", "王芳"], ["乙", "1", ""]]))
    return path


def test_a_dry_run_says_what_would_happen(firm: Firm, desk: Desk, file: Path) -> None:
    done = run(import_records.command, "customer", file, "--map", "什么=mobile", "--dry-run")
    assert done.exit_code == 0, (done.output, done.exception)
    assert "Dry run: 1 to create, 0 to update, 0 unchanged, 1 refused." in done.output
    assert "什么 → mobile" in done.output
    assert desk.records("customer") == []
    assert desk.door.get("/imports").data["data"] == []


def test_an_import_and_an_export(firm: Firm, desk: Desk, file: Path, tmp_path: Path) -> None:
    done = run(
        import_records.command, "customer", file, "--map", "什么=mobile", "--user", "boss@firm.example"
    )
    assert done.exit_code == 0, (done.output, done.exception)
    assert "Done: 1 created, 0 updated, 0 unchanged, 1 refused." in done.output
    again = run(import_records.command, "customer", file, "--map", "什么=", "--key", "name")
    assert "Done: 1 created, 0 updated, 1 unchanged, 0 refused." in again.output
    target = tmp_path / "out.csv"
    told = run(export_records.command, "customer", "-o", target, "--fields", "name,mobile", "--sort", "mobile",
               "--filter", '{"field": "mobile", "op": "is_not_empty"}')  # fmt: skip
    assert told.exit_code == 0, (told.output, told.exception)
    with target.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))
    assert (lines[1][0], len(lines)) == ("甲", 2)
    sheet = run(export_records.command, "customer", "-o", tmp_path / "out.xlsx")
    assert sheet.exit_code == 0
    assert (tmp_path / "out.xlsx").read_bytes().startswith(b"PK")


def test_mistakes_are_one_sentence(firm: Firm, file: Path, tmp_path: Path) -> None:
    picture = tmp_path / "x.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    for arguments in (
        ["nothing", file],
        ["customer", picture],
        ["customer", file, "--map", "xyz=mobile"],
        ["customer", file, "--map", "什么"],
        ["customer", file, "--map", "什么=nothing"],
        ["customer", file, "--user", "nobody@firm.example"],
        ["customer", file, "--workspace", "nowhere"],
    ):
        done = run(import_records.command, *arguments)
        assert isinstance(done.exception, (Stop, Problem)), arguments
    assert isinstance(run(export_records.command, "customer", "--view", "no such view").exception, Stop)


@pytest.mark.realdata
def test_the_firm_of_the_main_job_from_the_command_line(firm: Firm, desk: Desk) -> None:
    folder = data_folder("crm_sales")
    for object_key, name, more in (
        ("member", "sales_teams.csv", []),
        ("customer", "accounts.csv", []),
        ("product", "products.csv", []),
        ("opportunity", "sales_pipeline.csv", ["--key", "number", "--title", "{product} {account}"]),
    ):
        done = run(import_records.command, object_key, folder / name, *CREATE, *more)
        assert done.exit_code == 0, (done.output, done.exception)
        assert "0 refused" in done.output
    body = {"group": ["status"], "measures": [{"op": "count"}, {"op": "sum", "field": "amount"}]}
    rows = desk.door.post("/opportunity/query", body).data["data"]
    values = {row["keys"]["status"]: row["values"] for row in rows}
    assert values["won"] == {"count": 4238, "sum_amount": 10005534}
    assert values["lost"]["count"] == 2473
    assert values["open"]["count"] == 2089
