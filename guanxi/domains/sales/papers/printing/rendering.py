"""What a template gets to print of a paper: texts in one language, ready to stand on the page.

*How it works*: the paper is read as the reader sees it, with its customer and who looks after it; amounts are written
with the decimals of its currency. The template lays out and never reckons. `sample` is a paper that shows everything,
for who changes a template.

*Rules*: cost, internal notes and approvals are never among it.
"""

import uuid
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from guanxi.domains.sales.papers.printing.words import rmb_capitals
from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.engine.identity import facade as identity
from guanxi.engine.records.query.read import find_record, get_record
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.currencies import places
from guanxi.kit.phones import format_phone
from guanxi.kit.text import Text

LABELS = {
    "number": Text("编号", "No."), "date": Text("日期", "Date"), "until": Text("有效期至", "Valid until"),
    "version": Text("版本", "Version"), "currency": Text("币种", "Currency"), "term": Text("期限", "Term"),
    "buyer": Text("客户", "Customer"), "seller": Text("供方", "Supplier"), "contact": Text("联系人", "Contact"),
    "phone": Text("电话", "Phone"), "address": Text("地址", "Address"), "email": Text("邮箱", "E-mail"),
    "item": Text("名称", "Item"), "unit": Text("单位", "Unit"), "quantity": Text("数量", "Qty"),
    "price": Text("单价", "Unit price"), "discount": Text("折扣", "Discount"), "tax_rate": Text("税率", "Tax"),
    "amount": Text("金额", "Amount"), "subtotal": Text("折前合计", "Before discounts"),
    "discounts": Text("折扣合计", "Discounts"), "net": Text("不含税合计", "Net"), "tax": Text("税额合计", "Tax"),
    "total": Text("总额", "Total"), "capitals": Text("大写", "In words"), "terms": Text("条款", "Terms"),
    "included": Text("单价含税", "Prices include tax"), "added": Text("单价不含税", "Prices are without tax"),
    "signature": Text("签字 / 盖章", "Signature / seal"), "signed_on": Text("日期", "Date"), "draft": Text("草稿", "DRAFT"),
    "page": Text("第", "Page"), "of": Text("页，共", "of"), "pages": Text("页", ""), "colon": Text("：", ": "),
}  # fmt: skip
_UNFINISHED = frozenset({None, "draft", "pending"})
_OF_CUSTOMER = ("address", "phone", "email")


def paper_data(ctx: Ctx, object_key: str, record_id: uuid.UUID, locale: str) -> dict[str, Any]:
    """The data of a paper as the actor sees it; raises NotFound."""
    paper = get_record(ctx, object_key, record_id)
    links = {key: _linked(ctx, paper.get(key)) for key in ("customer", "contact")}
    owner = paper["owner"]["id"] if isinstance(paper.get("owner"), Mapping) else None
    people = identity.people(ctx, [uuid.UUID(str(owner))]) if owner else {}
    return compose(
        paper, links["customer"], links["contact"], kind=get_object(ctx, object_key).label.in_(locale),
        firm=ctx.workspace.name, person=next(iter(people.values()), ""), locale=locale, home=ctx.workspace.currency,
    )  # fmt: skip


def compose(
    paper: Mapping[str, Any], customer: Mapping[str, Any], contact: Mapping[str, Any], *, kind: str, firm: str,
    person: str, locale: str, home: str,
) -> dict[str, Any]:  # fmt: skip
    """The data that templates know, of a paper as the API shows it."""
    currency = str(paper.get("currency") or home)
    items = [_item(n, line, currency) for n, line in enumerate(_lines(paper.get("items")), 1)]
    total = _number(paper.get("total"))
    off = _number(paper.get("discount_total"))
    return {
        "lang": "zh" if locale.startswith("zh") else "en",
        "labels": {key: text.in_(locale) for key, text in LABELS.items()},
        "kind": kind, "title": _text(paper.get("name")), "number": _text(paper.get("number")),
        "version": _text(paper.get("revision")), "currency": currency, "draft": paper.get("status") in _UNFINISHED,
        "date": _text(paper.get("issued_on") or paper.get("signed_on")), "until": _text(paper.get("valid_until")),
        "term": " – ".join(_text(paper.get(key)) for key in ("starts_on", "ends_on") if paper.get(key)),
        "seller": {"name": firm, "contact": person},
        "buyer": {"name": _title(paper.get("customer")), "contact": _title(paper.get("contact")),
                  "phone": _phone(contact.get("mobile") or contact.get("phone") or customer.get("phone")),
                  "email": _text(contact.get("email") or customer.get("email")), "address": _address(customer.get("address"))},
        "items": items, "has_discounts": any(item["discount"] for item in items), "has_tax": any(item["tax_rate"] for item in items),
        "tax_included": paper.get("tax_included") is not False,
        "subtotal": _money(paper.get("subtotal"), currency), "discounts": _money(off, currency) if off else "",
        "net": _money(paper.get("net_total"), currency), "tax": _money(paper.get("tax_total"), currency),
        "total": _money(total, currency),
        "capitals": rmb_capitals(total) if currency == "CNY" and locale.startswith("zh") and total is not None else "",
        "terms": _text(paper.get("terms")),
    }  # fmt: skip


def _lines(value: Any) -> list[Mapping[str, Any]]:
    return value if isinstance(value, list) else []


def _item(n: int, line: Mapping[str, Any], currency: str) -> dict[str, str | int]:
    return {
        "n": n, "name": _text(line.get("name")), "sku": _text(line.get("sku")), "unit": _text(line.get("unit")),
        "quantity": _plain(line.get("quantity")), "price": _money(line.get("price"), currency, least=2),
        "discount": f"{_plain(line.get('discount'))}%" if _number(line.get("discount")) else "",
        "tax_rate": f"{_plain(line.get('tax_rate'))}%" if _number(line.get("tax_rate")) else "",
        "amount": _money(line.get("amount"), currency), "note": _text(line.get("note")),
    }  # fmt: skip


def _linked(ctx: Ctx, link: Any) -> Mapping[str, Any]:
    """What the actor sees of the record that a link leads to; nothing where they do not."""
    if not isinstance(link, Mapping):
        return {}
    return find_record(ctx, str(link["object"]), uuid.UUID(str(link["id"]))) or {}


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _phone(value: Any) -> str:
    """Grouped as people read it; one that is masked as it is."""
    return format_phone(str(value), "-") if str(value or "").startswith("+") else _text(value)


def _title(link: Any) -> str:
    return str(link.get("title") or "") if isinstance(link, Mapping) else ""


def _address(value: Any) -> str:
    return str(value.get("text") or "") if isinstance(value, Mapping) else ""


def _number(value: Any) -> Decimal | None:
    """The number; None for nothing and for what the reader sees masked."""
    try:
        return None if value is None else Decimal(str(value))
    except InvalidOperation:
        return None


def _money(value: Any, currency: str, *, least: int | None = None) -> str:
    number = _number(value)
    if number is None:
        return _text(value)
    decimals = (
        places(currency) if number == number.quantize(Decimal(1).scaleb(-places(currency))) else least or 2
    )
    return f"{number + ZERO:,.{decimals}f}"


def _plain(value: Any) -> str:
    number = _number(value)
    return _text(value) if number is None else f"{number.normalize():f}"


def sample(object_label: str, firm: str, locale: str) -> dict[str, Any]:
    """A paper with everything in it, also what a template could stumble over."""
    lines = [
        {"name": "离心泵 IS80-65-160", "sku": "P-80", "unit": "台", "quantity": 3, "price": "4280", "discount": 5, "tax_rate": 13,
         "amount": "12198.00", "note": "含底座"},
        {"name": "Valve #4 $ \\ * _ @", "sku": "V_4", "unit": "pc", "quantity": "2.5", "price": "99.90", "tax_rate": 13,
         "amount": "249.75"},
        *({"name": f"配件 {n}", "unit": "件", "quantity": n, "price": "10", "tax_rate": 13, "amount": f"{n * 10}.00"}
          for n in range(1, 31)),
    ]  # fmt: skip
    paper = {
        "name": "样例", "number": "QT-202601-0001", "revision": 2, "status": "sent", "issued_on": "2026-01-15",
        "valid_until": "2026-02-14", "starts_on": "2026-02-01", "ends_on": "2027-01-31", "currency": "CNY",
        "customer": {"title": "样例客户有限公司"}, "contact": {"title": "王女士"}, "items": lines, "tax_included": True,
        "subtotal": "17739.75", "discount_total": "642.00", "net_total": "15130.75", "tax_total": "1967.00",
        "total": "17097.75", "terms": "交货期：收到预付款后 30 天。\n付款：预付 30%，发货前付清。",
    }  # fmt: skip
    customer = {"phone": "0760-8888 0000", "address": {"text": "广东省中山市样例路 1 号"}}
    return compose(
        paper, customer, {}, kind=object_label, firm=firm, person="林销售", locale=locale, home="CNY"
    )
