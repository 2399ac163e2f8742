"""The big list of naughty strings goes in, comes out and goes in again without a change.

But for the signs that turn writing around, which no text keeps.
"""

import json

import pytest

from guanxi.kit.bidi import strip_bidi
from tests.engine.transfer.data import data_folder
from tests.engine.transfer.desk import Desk, csv_bytes


@pytest.mark.realdata
@pytest.mark.parametrize("format_", ["csv", "xlsx"])
def test_naughty_strings_survive_the_round_trip(desk: Desk, format_: str) -> None:
    strings = json.loads((data_folder("torture/blns") / "blns.json").read_text(encoding="utf-8"))
    texts = [text for text in strings if text.strip()]
    lines = [
        ["产品编码", "产品名称", "产品描述"],
        *([f"N{i:04d}", f"p {i}", text] for i, text in enumerate(texts)),
    ]
    job = desk.load("product", csv_bytes(lines), options={"mode": "upsert", "key": ["code"]})
    refused = {row["row"] for row in desk.rows(job, "?limit=200")}
    assert job["status"] == "done"
    assert job["counts"]["created"] + len(refused) == len(texts)
    assert {e["code"] for row in desk.rows(job, "?limit=200") for e in row["errors"]} <= {"bad_character"}
    content = desk.export(object="product", format=format_, fields=["code", "description"])
    again = desk.load("product", content, f"x.{format_}", options={"mode": "update", "key": ["code"]})
    assert again["counts"]["unchanged"] == job["counts"]["created"], (again["counts"], desk.rows(again)[:3])
    page = desk.door.post(
        "/product/query", {"fields": ["code", "description"], "sort": "code", "limit": 200}
    ).data["data"]
    for record in page:
        number = int(record["code"][1:])
        assert record["description"] == strip_bidi(texts[number]).strip()
