"""Exports: what the list shows, as files that do no harm and can be imported again."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import polars as pl
import pytest
import python_calamine

from guanxi.engine.tenancy.context import Role
from tests.engine.transfer.desk import Desk, csv_bytes
from tests.firms import Firm

NASTY = [
    "=1+1",
    "+86",
    "-5",
    "@sum",
    "\tx",
    "＝HYPERLINK(1)",
    "'=1",
    "'quoted'",
    "-",
    'a,b\n"c"',
    "无",
    "00123",
]


def lines_of(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_filtered_list_is_exported_with_labels(desk: Desk) -> None:
    lines = [
        ["客户名称", "行业", "手机", "年营业额"],
        ["甲", "机械", "13802774512", "1200"],
        ["乙", "电子", "", "0.5"],
    ]
    desk.load("customer", csv_bytes(lines))
    content = desk.export(
        object="customer",
        format="csv",
        fields=["name", "industry", "annual_revenue", "owner", "owner.email"],
        filter={"field": "industry", "op": "is_not_empty"},
        sort="annual_revenue",
    )
    header, first, second = lines_of(content)
    assert header[:3] == ["Name", "Industry", "Annual revenue"]
    assert (first[0], float(first[2])) == ("乙", 0.5)
    assert (second[:2], float(second[2])) == (["甲", "Machinery"], 1200)


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
@pytest.mark.asvs("1.2.10")
def test_formulas_are_harmless_and_come_back_as_they_were(firm: Firm, desk: Desk, format_: str) -> None:
    names = [" ".join(name.split()) for name in NASTY]
    for name in NASTY:
        made = desk.door.post("/product", {"name": name})
        assert made.status_code == 201, made.data
    content = desk.export(object="product", format=format_, fields=["name", "description"], sort="name")
    if format_ == "csv":
        cells = [line[0] for line in lines_of(content)[1:]]
        assert not [cell for cell in cells if cell[:1] in "=+-@\t\r＝＋－＠"]
    product = {record["name"]: record["id"] for record in desk.door.get("/product?limit=200").data["data"]}
    assert set(product) == set(names)
    again = desk.load("product", content, f"x.{format_}", options={"mode": "update", "key": ["name"]})
    assert again["counts"] == {
        "created": 0,
        "updated": 0,
        "refused": 0,
        "unchanged": len(NASTY),
        "fixed": 0,
    }, desk.rows(again)


def test_workbooks_keep_types(desk: Desk) -> None:
    lines = [
        ["商机名称", "金额", "预计成交日期", "下次联系", "赢率"],
        ["=甲", "1200.5", "2026-03-05", "2026-03-05 18:30", "25"],
    ]
    desk.load("opportunity", csv_bytes(lines))
    fields = ["name", "amount", "expected_close_date", "next_contact_at", "probability", "stage"]
    content = desk.export(object="opportunity", format="xlsx", fields=fields)
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    row: list[Any] = book.get_sheet_by_index(0).to_python()[1]
    assert row[0] == "=甲"
    assert row[1] == 1200.5
    assert str(row[2]) == "2026-03-05"
    assert str(row[3]) == "2026-03-05 18:30:00"
    assert row[4] == 25


def test_parquet_has_typed_columns_under_their_names(desk: Desk) -> None:
    lines = [
        ["商机名称", "金额", "预计成交日期", "下次联系"],
        ["=甲", "1200.55", "2026-03-05", "2026-03-05 18:30"],
        ["乙", "", "", ""],
    ]
    desk.load("opportunity", csv_bytes(lines))
    fields = ["name", "amount", "expected_close_date", "next_contact_at", "stage", "owner.name"]
    frame = pl.read_parquet(
        io.BytesIO(desk.export(object="opportunity", format="parquet", fields=fields, sort="amount"))
    )
    assert frame.columns == fields
    kinds = (pl.Decimal, pl.Date, pl.Datetime)
    assert all(isinstance(kind, wanted) for kind, wanted in zip(frame.dtypes[1:4], kinds, strict=True))
    cells = {row[0]: row[1:4] for row in frame.rows()}
    assert cells["=甲"][:2] == (Decimal("1200.55"), date(2026, 3, 5))
    assert cells["=甲"][2] == datetime(2026, 3, 5, 10, 30, tzinfo=UTC)
    assert cells["乙"] == (None, None, None)
    empty = desk.export(object="product", format="parquet", fields=["name"])
    assert pl.read_parquet(io.BytesIO(empty)).shape == (0, 1)


@pytest.mark.parametrize("format_", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_what_is_exported_can_be_imported_into_another_firm(
    firm: Firm, other_firm: Firm, format_: str, language: str
) -> None:
    here, there = Desk(firm.door(language=language)), Desk(other_firm.door(language=language))
    lines = [
        ["客户名称", "客户类型", "行业", "标签", "手机", "网址", "地区", "成立年份", "年营业额", "下次联系", "备注", "税号"],
        ["甲公司", "企业客户", "机械", "重要、老客户", "13802774512", "https://a.example/", "广东省中山市石岐区民族东路1号", "1998",
         "12000.5", "2026-03-05 18:30", "两行\n文字", "91440101MA9XWXXN8M"],
        ["乙公司", "", "", "", "", "", "", "", "", "", "", ""],
    ]  # fmt: skip
    done = here.load("customer", csv_bytes(lines))
    assert done["counts"]["created"] >= 1, here.rows(done)
    fields = (
        "name,kind,industry,tags,mobile,website,region,founded,annual_revenue,next_contact_at,description"
    )
    content = here.export(object="customer", format=format_, fields=fields)
    copied = there.load("customer", content, f"客户.{format_}")
    assert copied["counts"]["refused"] == 0, there.rows(copied)
    assert there.records("customer", fields) == here.records("customer", fields)


def test_rights_to_export(firm: Firm, other_firm: Firm) -> None:
    desk = Desk(firm.door())
    desk.load("customer", csv_bytes([["客户名称"], ["甲"]]))
    reader, seller = firm.door(firm.add("读者", Role.READ_ONLY)), firm.add("销售")
    assert reader.post("/exports", {"object": "customer"}).status_code == 403
    job = desk.door.post("/exports", {"object": "customer", "format": "csv"}).data
    for door in (firm.door(seller), other_firm.door()):
        assert door.get(f"/exports/{job['id']}").status_code == 404
        assert door.get(f"/exports/{job['id']}/download").status_code == 404
    own = Desk(firm.door(seller)).export(object="customer", format="csv", fields=["name"])
    assert len(lines_of(own)) == 1  # the header: nothing of what others see


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"object": "customer", "format": "pdf"}, "format"),
        ({"object": "customer", "fields": ["nothing"]}, "fields.0"),
        ({"object": "customer", "filter": {"field": "nothing", "op": "is", "value": 1}}, "filter.field"),
        ({"object": "customer", "sort": "nothing"}, "sort.0"),
    ],
)
def test_wrong_exports_are_named(desk: Desk, body: dict[str, Any], field: str) -> None:
    answer = desk.door.post("/exports", body)
    assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, field)
    assert desk.door.post("/exports", {"object": "nothing"}).status_code == 404
