"""`guanxi insight` on files as people have them, and the published figures on public data."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from guanxi.commands.insight import command
from guanxi.config.console import Stop
from guanxi.kit.errors import Problem
from tests.domains.insight.made_up import bought
from tests.engine.transfer.data import data_folder

realdata = pytest.mark.realdata


def told(*arguments: object, tmp_path: Path) -> dict[str, Any]:
    """What the command writes as JSON."""
    target = tmp_path / "answer.json"
    outcome = run(*arguments, "--json", target)
    assert outcome.exit_code == 0, outcome.output
    found: dict[str, Any] = json.loads(target.read_text())
    return found


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture
def orders(tmp_path: Path) -> Path:
    """A spreadsheet of a firm's orders, in a Chinese encoding, zipped."""
    purchases = bought(200)
    path = tmp_path / "订单.csv.gz"
    with gzip.open(path, "wt", encoding="gb18030", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["客户", "订单日期", "金额", "产品"])
        for who, day, amount in zip(purchases.customer, purchases.day, purchases.amount, strict=True):
            date = f"2026/{1 + day // 31}/{1 + day % 28}"
            writer.writerow([f"客户{purchases.names[who]}", date, f"￥{amount:,.2f}", f"P{int(amount) % 9}"])
        writer.writerow(["", "2026/5/1", "100", "P1"])
        writer.writerow(["客户x", "不知道", "100", "P1"])
    return path


@pytest.mark.parametrize("kind", ["rfm", "lifecycle", "clv", "churn"])
def test_headers_say_what_columns_are(orders: Path, kind: str, tmp_path: Path) -> None:
    found = told(kind, orders, tmp_path=tmp_path)
    assert found["kind"] == kind
    assert len(found["rows"]) == found["parameters"].get("customers", 200) == 200
    assert any("2" in note for note in found["notes"]), "rows that were left out are told"


def test_a_table_for_a_spreadsheet_is_harmless(orders: Path, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text("客户,日期,金额\n=1+1,2026-01-01,5\nb,2026-01-02,6\n", "utf-8")
    outcome = run("rfm", path, "--csv", tmp_path / "out.csv", "--top", 1)
    assert outcome.exit_code == 0, outcome.output
    assert "'=1+1" in (tmp_path / "out.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    "arguments, code",
    [
        (["rfm", "--map", "没有=customer"], "unknown_column"),
        (["rfm", "--map", "客户=谁"], "unknown_role"),
        (["rfm", "--map", "客户=customer"], "role_needed"),
        (["rfm", "--map", "客户=customer", "--map", "产品=date", "--map", "金额=amount"], "no_dates"),
        (["score", "--map", "产品=target"], "which_is_yes"),
    ],
)
def test_what_does_not_fit_is_named(orders: Path, arguments: list[str], code: str) -> None:
    with pytest.raises(Problem) as refused:
        run(arguments[0], orders, *arguments[1:])
    assert refused.value.code == code


def test_too_little_ends_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text("客户,产品\na,x\nb,y\n", "utf-8")
    with pytest.raises(Stop):
        run("recommend", path)
    with pytest.raises(Stop):
        run("rfm", orders_of_nothing(tmp_path))


def orders_of_nothing(folder: Path) -> Path:
    """Only returns."""
    path = folder / "returns.csv"
    path.write_text("客户,日期,金额\na,2026-01-01,-5\n", "utf-8")
    return path


@realdata
def test_the_published_figures_of_cdnow(tmp_path: Path) -> None:
    found = told(
        "clv", data_folder("cdnow") / "CDNOW_sample.txt", "--map", "2=customer", "--map", "3=date", "--map", "5=amount",
        "--split", "1997-09-30", tmp_path=tmp_path,
    )  # fmt: skip
    model = found["parameters"]["bg_nbd"]
    assert {key: round(model[key], 3) for key in ("r", "alpha", "a", "b")} == {
        "r": 0.243,
        "alpha": 4.414,
        "a": 0.793,
        "b": 2.426,
    }
    assert round(model["log_likelihood"], 1) == -9582.4
    spend = found["parameters"]["gamma_gamma"]
    assert {key: round(spend[key], 2) for key in ("p", "q", "gamma")} == {
        "p": 6.25,
        "q": 3.74,
        "gamma": 15.44,
    }
    assert round(spend["log_likelihood"], 2) == -4055.92
    by_customer = {row["customer"]: row["spend"] for row in found["rows"]}
    first = [by_customer[name] for name in sorted(by_customer)[:10]]
    assert first == [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    assert found["metrics"]["holdout"]["purchases"] == 1882
    assert found["metrics"]["holdout"]["expected"] == pytest.approx(1653, abs=1)
    assert found["metrics"]["holdout"]["correlation"] >= 0.62


@realdata
def test_deals_that_are_noise_get_no_score(tmp_path: Path) -> None:
    found = told(
        "score", data_folder("crm_sales") / "sales_pipeline.csv", "--map", "deal_stage=target", "--map", "opportunity_id=record",
        "--positive", "Won", "--negative", "Lost", tmp_path=tmp_path,
    )  # fmt: skip
    assert found["metrics"]["signal"] is False
    assert found["rows"] == []
    assert "close_value" in [leak["column"] for leak in found["metrics"]["leaks"]]


@realdata
def test_telco_churn_is_as_good_as_published(tmp_path: Path) -> None:
    found = told(
        "churn",
        data_folder("telco") / "telco.csv",
        "--map",
        "Churn=target",
        "--map",
        "customerID=record",
        tmp_path=tmp_path,
    )
    assert found["metrics"]["auc"] >= 0.84
    assert found["metrics"]["brier"] <= 0.14
    assert found["metrics"]["leaks"] == []


def test_series_side_by_side_are_held_against_what_happened(tmp_path: Path) -> None:
    long, after = tmp_path / "train.csv", tmp_path / "test.csv"
    steps = range(600)
    rising, flat = [100 + step for step in steps], [50 + step % 2 for step in steps]
    with long.open("w", newline="") as file, after.open("w", newline="") as later:
        csv.writer(file).writerows([["V", *steps], ["up", *rising], ["flat", *flat], ["short", 1, 2]])
        csv.writer(later).writerows([["V", 1, 2, 3], ["up", 700, 701, 702], ["flat", 50, 51, 50]])
    found = told("forecast", long, "--against", after, "--season", 1, tmp_path=tmp_path)
    assert found["metrics"]["holdout"]["series"] == 2
    assert found["metrics"]["holdout"]["mase"] < 0.8
    assert [row["value"] for row in found["rows"] if row["series"] == "up"] == pytest.approx(
        [700, 701, 702], abs=2
    )
    assert any("short" in note for note in found["notes"])
