"""Printed papers: what stands on the pages, whatever people typed; templates that cannot do harm."""

import io
import re
from decimal import Decimal
from typing import Any

import pypdf
import pytest

from guanxi.domains.sales.papers.printing.words import rmb_capitals
from guanxi.engine.press.press import press
from guanxi.engine.tenancy.context import Role
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm

STANDARD = "/papers/templates/quote"


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


def _pages(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.data
    assert answer.headers["Content-Type"] == "application/pdf"
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages]


def _told(text: str) -> list[str]:
    return [re.sub(r"\s+", " ", line).strip() for line in text.splitlines() if line.strip()]


def _quote(door: Door, **values: Any) -> dict[str, Any]:
    customer = made(door, "customer", name="甲阀门厂", phone="0760-88880000")
    items = [{"name": "离心泵", "quantity": 3, "price": "4280", "discount": 5, "tax_rate": 13, "unit": "台"},
             {"name": "#x $y \\z *_@ <b>", "note": "#read(\"/etc/passwd\") \\n", "price": "99.90", "quantity": "2.5"}]  # fmt: skip
    return made(door, "quote", **{"name": "供货", "customer": customer["id"], "items": items,
                                  "issued_on": "2026-01-15", "valid_until": "2099-02-14", "terms": "货到付款\n#include $ \\"} | values)  # fmt: skip


def test_a_quote_as_pdf_says_what_it_says_to_the_letter(rep: Door, firm: Firm) -> None:
    quote = _quote(rep)
    (page,) = _pages(rep.get(f"/papers/quote/{quote['id']}/pdf"))
    assert _told(page) == [
        "草稿",
        f"{firm.workspace.name} 报价单", f"编号 {quote['number']}", "日期 2026-01-15", "有效期至 2099-02-14", "币种 CNY",
        "客户", "甲阀门厂", "电话 0760-8888 0000", "供方", firm.workspace.name, "联系人 林销售", "供货",
        "名称 单位 数量 单价 折扣 税率 金额",
        "1 离心泵 台 3 4,280.00 5% 13% 12,198.00",
        "2 #x $y \\z *_@ <b> #read(\"/etc/passwd\") \\n 2.5 99.90 249.75",
        "折前合计 13,089.75", "折扣合计 − 642.00", "不含税合计 11,044.44", "税额合计 1,403.31", "总额 (CNY) 12,447.75",
        "大写：壹万贰仟肆佰肆拾柒元柒角伍分", "单价含税", "条款", "货到付款", "#include $ \\",
        "客户：甲阀门厂", "签字 / 盖章：", "日期：", f"供方：{firm.workspace.name}", "签字 / 盖章：", "日期：",
        f"报价单 {quote['number']} 第 1 页，共 1 页",
    ]  # fmt: skip
    (english,) = _pages(rep.get(f"/papers/quote/{quote['id']}/pdf?locale=en"))
    assert "DRAFT" in english
    assert "Quantity" not in english
    assert "Total (CNY) 12,447.75" in " ".join(_told(english))
    assert rep.post(f"/quote/{quote['id']}/actions/send_quote", {}).status_code == 200
    (sent,) = _pages(rep.get(f"/papers/quote/{quote['id']}/pdf"))
    assert "草稿" not in sent


def test_two_hundred_lines_take_pages_with_a_header_and_numbers(rep: Door) -> None:
    items = [{"name": f"件 {n}", "price": 1, "quantity": n} for n in range(1, 201)]
    pages = _pages(rep.get(f"/papers/quote/{_quote(rep, items=items)['id']}/pdf"))
    assert 5 <= len(pages) <= 12
    for n, page in enumerate(pages, 1):
        assert f"第 {n} 页，共 {len(pages)} 页" in page
    together = " ".join(_told(" ".join(pages)))
    assert all(f"件 {n} {n} 1.00 {n}.00" in together for n in range(1, 201))
    assert "20,100.00" in pages[-1]


def test_what_one_may_not_see_is_not_printed(rep: Door, firm: Firm, other_firm: Firm) -> None:
    quote = _quote(rep)
    path = f"/papers/quote/{quote['id']}/pdf"
    assert firm.door(firm.add("何", Role.MEMBER)).get(path).status_code == 404
    assert other_firm.door().get(path).status_code == 404
    assert rep.get(f"/papers/customer/{quote['customer']['id']}/pdf").status_code == 404


def test_an_administrator_changes_the_template_and_goes_back(boss: Door, rep: Door) -> None:
    quote = _quote(rep)
    plain = (
        "#let data = json(bytes(sys.inputs.data))\n#set text(font: data.fonts)\n抬头 #data.number #data.total"
    )
    saved = boss.put(STANDARD, {"source": plain, "version": 0})
    assert (saved.status_code, saved.data["version"], saved.data["is_standard"]) == (200, 1, False), (
        saved.data
    )
    (page,) = _pages(rep.get(f"/papers/quote/{quote['id']}/pdf"))
    assert _told(page) == [f"抬头 {quote['number']} 12,447.75"]
    stale = boss.put(STANDARD, {"source": plain, "version": 0})
    assert stale.status_code == 409, stale.data
    shown = boss.post(f"{STANDARD}/preview", {"source": plain, "locale": "en"})
    assert [page[:22] for page in shown.data["pages"]] == ["data:image/png;base64,"]
    assert boss.delete(STANDARD).data["is_standard"] is True
    for refused in (rep.get("/papers/templates"), rep.put(STANDARD, {"source": plain}), rep.delete(STANDARD),
                    rep.post(f"{STANDARD}/preview", {"source": plain})):  # fmt: skip
        assert refused.status_code == 403
    assert boss.put("/papers/templates/customer", {"source": plain}).status_code == 404


@pytest.mark.parametrize(
    "source",
    [
        "",
        7,
        "#nothing",
        '#read("/etc/passwd")',
        '#import "@preview/cetz:0.3.0": *',
        "\n#let f(x) = f(x)\n#f(1)",
        "#while true {}",
    ],
)
def test_a_template_that_does_not_print_is_refused(boss: Door, source: Any) -> None:
    refused = boss.put(STANDARD, {"source": source})
    assert [error["field"] for error in refused.data["errors"]] == ["source"], refused.data
    assert "root:" not in refused.content.decode()
    assert boss.get("/papers/templates").data["data"][0]["is_standard"] is True


def test_a_template_without_end_ends_and_the_next_order_is_served(
    boss: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guanxi.engine.press.press.SECONDS", 1)
    endless = "#for i in range(100000) { for j in range(100000) { let x = i } }"
    assert boss.put(STANDARD, {"source": endless}).data["code"] == "template_too_heavy"
    monkeypatch.undo()
    assert press.print("ok", {}).startswith(b"%PDF")


@pytest.mark.parametrize(
    "amount, said",
    [
        ("0", "零元整"), ("0.05", "伍分"), ("10", "壹拾元整"), ("1005", "壹仟零伍元整"), ("100000", "壹拾万元整"), ("325.04", "叁佰贰拾伍元零肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"), ("20050000", "贰仟零伍万元整"), ("1000000001", "壹拾亿零壹元整"), ("-5.5", "负伍元伍角整"),
    ],
)  # fmt: skip
def test_amounts_in_capitals(amount: str, said: str) -> None:
    assert rmb_capitals(Decimal(amount)) == said
