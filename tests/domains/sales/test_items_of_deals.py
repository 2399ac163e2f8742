"""Deals follow their items: prices of products and price books, taxes, currencies, and nothing rewritten later."""

from datetime import timedelta
from typing import Any

import pytest

from guanxi.engine.tenancy.context import Role, session
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm


@pytest.fixture
def pump(boss: Door) -> dict[str, Any]:
    return made(boss, "product", name="离心泵", code="P-1", unit="台", price="1000", cost="600", tax_rate=13)


def _deal(door: Door, *items: dict[str, Any], **values: Any) -> dict[str, Any]:
    return made(door, "opportunity", name="一单", items=list(items), **values)


def _change(door: Door, deal: dict[str, Any], **values: Any) -> Any:
    return door.patch(f"/opportunity/{deal['id']}", {**values, "version": deal["version"]})


def _errors(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.data
    return [(error["field"], error["code"]) for error in answer.data["errors"]]


def test_an_item_takes_what_it_does_not_say_from_its_product(boss: Door, pump: dict[str, Any]) -> None:
    deal = _deal(
        boss, {"product": pump["id"], "quantity": 3, "discount": 10}, {"name": "安装", "price": "500.50"}
    )
    line, work = deal["items"]
    assert (line["name"], line["sku"], line["unit"], line["tax_rate"]) == ("离心泵", "P-1", "台", 13)
    assert (line["price"], line["list_price"], line["cost"]) == (1000, 1000, 600)
    assert (line["amount"], line["net"], line["tax"]) == (2700, 2389.38, 310.62)
    assert (work["amount"], work["net"], work["tax"], work["list_price"]) == (500.5, 500.5, 0, None)
    assert (deal["amount"], deal["currency"], deal["rate"], deal["base_total"]) == (3200.5, "CNY", 1, 3200.5)
    assert deal["version"] == 1
    history = boss.get(f"/opportunity/{deal['id']}/history").data["data"]
    assert len(history) == 1


def test_what_an_item_says_itself_stands(boss: Door, pump: dict[str, Any]) -> None:
    deal = _deal(boss, {"product": pump["id"], "name": "旧泵", "price": 800, "tax_rate": 6, "unit": "套"})
    (line,) = deal["items"]
    assert (line["name"], line["price"], line["list_price"], line["tax_rate"], line["unit"]) == (
        "旧泵",
        800,
        1000,
        6,
        "套",
    )
    assert (line["quantity"], deal["amount"]) == (1, 800)


def test_without_priced_items_the_amount_is_as_typed(boss: Door) -> None:
    deal = _deal(boss, {"name": "待定"}, amount=5000)
    assert deal["amount"] == 5000
    typed = _change(boss, deal, amount=6000).data
    assert typed["amount"] == 6000
    priced = _change(boss, typed, items=[{"name": "定了", "price": 70, "quantity": 2}]).data
    assert priced["amount"] == 140
    assert _change(boss, priced, amount=1).data["amount"] == 140


def test_changes_of_products_and_books_leave_old_items_alone(boss: Door, pump: dict[str, Any]) -> None:
    deal = _deal(boss, {"product": pump["id"], "quantity": 2})
    raised = boss.patch(f"/product/{pump['id']}", {"price": 1500, "name": "新泵", "version": pump["version"]})
    assert raised.status_code == 200, raised.data
    same = _change(boss, deal, name="改名", items=deal["items"]).data
    assert (same["amount"], same["items"][0]["name"], same["items"][0]["price"]) == (2000, "离心泵", 1000)
    assert _deal(boss, {"product": pump["id"]})["amount"] == 1500


def test_another_product_brings_its_own_price(boss: Door, pump: dict[str, Any]) -> None:
    valve = made(boss, "product", name="阀门", price="80")
    deal = _deal(boss, {"product": pump["id"], "quantity": 2})
    line = deal["items"][0] | {"product": valve["id"]}
    changed = _change(boss, deal, items=[line]).data
    assert (changed["items"][0]["name"], changed["amount"]) == ("阀门", 160)


def test_prices_come_of_the_book_for_the_customer_the_quantity_and_the_day(boss: Door, pump: dict[str, Any], firm: Firm) -> None:  # fmt: skip
    today = firm_today(firm)
    high = made(boss, "customer", name="甲", tier="high", region="广东省中山市小榄镇民安北路1号")
    low = made(boss, "customer", name="乙", tier="low")
    vip = made(boss, "price_book", name="大客户", tiers=["high"])
    south = made(boss, "price_book", name="广东", tiers=["high"], region="广东省")
    past = made(
        boss,
        "price_book",
        name="去年",
        starts_on="2020-01-01",
        ends_on=(today - timedelta(days=1)).isoformat(),
    )
    off = made(boss, "price_book", name="停用", is_active=False)
    for book, price, quantity in (
        (vip, 900, None),
        (south, 850, None),
        (south, 700, 10),
        (past, 1, None),
        (off, 2, None),
    ):
        made(
            boss,
            "price_book_entry",
            price_book=book["id"],
            product=pump["id"],
            price=price,
            from_quantity=quantity,
        )

    def price(customer: dict[str, Any], quantity: float) -> float:
        deal = _deal(boss, {"product": pump["id"], "quantity": quantity}, customer=customer["id"])
        return float(deal["items"][0]["price"])

    assert [price(high, 1), price(high, 9.9999), price(high, 10)] == [850, 850, 700]
    assert price(low, 100) == 1000
    deal = _deal(boss, {"product": pump["id"], "quantity": 1}, customer=high["id"])
    more = _change(boss, deal, items=[deal["items"][0] | {"quantity": 20}]).data
    assert (more["items"][0]["price"], more["amount"]) == (700, 14000)


def firm_today(firm: Firm) -> Any:
    with session(firm.workspace.id):
        return firm.ctx.today.date()


def test_a_foreign_currency_needs_a_rate_and_keeps_it(boss: Door, pump: dict[str, Any]) -> None:
    refused = boss.post("/opportunity", {"name": "外", "amount": 100, "currency": "USD"})
    assert _errors(refused) == [("currency", "no_rate")]
    rate = made(boss, "currency_rate", currency="USD", day="2026-01-01", rate="7.123456")
    assert rate["title"] == "USD 2026-01-01"
    made(boss, "currency_rate", currency="USD", day="2099-01-01", rate="9")
    deal = _deal(boss, {"name": "泵", "price": "99.99", "quantity": 2}, currency="USD")
    assert (deal["amount"], deal["rate"], deal["base_total"]) == (199.98, 7.123456, 1424.55)
    boss.patch(f"/currency_rate/{rate['id']}", {"rate": 8, "version": 1})
    more = _change(boss, deal, items=[deal["items"][0] | {"quantity": 1}]).data
    assert (more["rate"], more["base_total"]) == (7.123456, 712.27)
    home = _change(boss, more, currency="CNY").data
    assert (home["rate"], home["base_total"]) == (1, 99.99)
    assert _errors(boss.post("/opportunity", {"name": "外", "currency": "XYZ"}))[0][0] == "currency"


def test_another_currency_rounds_the_items_anew(boss: Door) -> None:
    made(boss, "currency_rate", currency="JPY", day="2026-01-01", rate="0.05")
    deal = _deal(boss, {"name": "件", "price": "10.50", "quantity": 3, "tax_rate": 10})
    assert (deal["amount"], deal["items"][0]["tax"]) == (31.5, 2.86)
    yen = _change(boss, deal, currency="JPY").data
    assert (yen["amount"], yen["items"][0]["amount"], yen["items"][0]["tax"], yen["base_total"]) == (
        32,
        32,
        3,
        1.6,
    )


def test_items_written_by_a_door_of_their_own_are_priced_and_counted(
    boss: Door, pump: dict[str, Any]
) -> None:
    deal = _deal(boss, {"name": "件", "price": 10})
    line = made(boss, "opportunity_items", parent=deal["id"], product=pump["id"], quantity=2)
    found = boss.get(f"/opportunity/{deal['id']}").data
    assert (found["amount"], found["items"][1]["price"], found["items"][1]["amount"]) == (2010, 1000, 2000)
    gone = boss.delete(
        f"/opportunity_items/{line['id']}", **{"If-Match": f'"{found["items"][1]["version"]}"'}
    )
    assert gone.status_code in (200, 204), gone.data
    assert boss.get(f"/opportunity/{deal['id']}").data["amount"] == 10


def test_items_written_by_a_door_of_their_own_keep_what_they_say(boss: Door, pump: dict[str, Any]) -> None:
    deal = _deal(boss, {"name": "件", "price": 10})
    made(boss, "opportunity_items", parent=deal["id"], product=pump["id"], quantity=2, price=900, tax_rate=6)
    line = boss.get(f"/opportunity/{deal['id']}").data["items"][1]
    assert (line["price"], line["tax_rate"], line["amount"]) == (900, 6, 1800)
    assert (line["name"], line["unit"], line["list_price"]) == (pump["name"], pump["unit"], pump["price"])


@pytest.mark.parametrize(
    "item, field",
    [
        ({"quantity": -1}, "quantity"),
        ({"quantity": 10**9}, "quantity"),
        ({"price": -1}, "price"),
        ({"discount": "100.01"}, "discount"),
        ({"discount": -5}, "discount"),
        ({"tax_rate": 101}, "tax_rate"),
        ({"amount": 5}, "amount"),
    ],
)
def test_absurd_items_are_refused_by_name(boss: Door, item: dict[str, Any], field: str) -> None:
    refused = boss.post(
        "/opportunity", {"name": "一单", "items": [{"name": "好", "price": 1}, {"name": "坏", **item}]}
    )
    if field == "amount":
        assert refused.status_code == 201, refused.data
        assert refused.data["items"][1]["amount"] is None
        return
    assert [f for f, _ in _errors(refused)] == [f"items.1.{field}"]
    assert boss.post("/opportunity/query", {}).data["data"] == []


def test_an_amount_that_no_field_can_hold_is_refused(boss: Door) -> None:
    refused = boss.post(
        "/opportunity", {"name": "一单", "items": [{"name": "天", "price": 10**12, "quantity": 10**6}]}
    )
    assert _errors(refused) == [("items", "too_large")]


def test_the_cost_of_an_item_is_for_who_may_see_that_of_the_product(
    boss: Door, pump: dict[str, Any], firm: Firm
) -> None:
    rep = firm.door(firm.add("销售", Role.MEMBER))
    mine = _deal(rep, {"product": pump["id"]})
    assert mine["items"][0]["cost"] == 600
    summed = {"object": "opportunity_items", "field": "parent", "op": "sum", "measure": "cost"}
    rollup = boss.post(
        "/meta/objects/opportunity/fields",
        {"key": "costs", "type": "rollup", "label": "Costs", "config": summed},
    )
    assert rollup.status_code == 201, rollup.data
    assert "costs" in rep.get(f"/opportunity/{mine['id']}").data
    role = boss.get("/roles/member").data
    rights = {k: v for k, v in role["rights"].items() if v} | {"fields": {"product": {"cost": "hidden"}}}
    saved = boss.patch("/roles/member", {"rights": rights, "version": role["version"]})
    assert saved.status_code == 200, saved.data
    read = rep.get(f"/opportunity/{mine['id']}").data
    assert "cost" not in read["items"][0]
    assert "costs" not in read
    asked = {"filter": {"field": "cost", "op": "gt", "value": 1}}
    assert rep.post("/opportunity_items/query", asked).status_code == 422
    assert read["items"][0]["price"] == 1000


def test_sums_over_deals_in_several_currencies_are_in_the_workspaces(boss: Door) -> None:
    made(boss, "currency_rate", currency="USD", day="2026-01-01", rate="7.123456")
    customer = made(boss, "customer", name="甲")
    measure = {"object": "opportunity", "field": "customer", "op": "sum", "measure": "amount"}
    rollup = boss.post("/meta/objects/customer/fields", {"key": "worth", "type": "rollup", "label": "Worth", "config": measure})  # fmt: skip
    assert rollup.status_code == 201, rollup.data
    home = _deal(boss, amount="1000.50", customer=customer["id"])
    _deal(boss, amount="199.98", customer=customer["id"], currency="USD")
    asked = {
        "group": [],
        "measures": [{"op": op, "field": "amount", "as": op} for op in ("sum", "max", "count")],
    }
    (row,) = boss.post("/opportunity/query", asked).data["data"]
    assert row["values"] == {"sum": 2425.05, "max": 1424.55, "count": 2}
    assert boss.get(f"/customer/{customer['id']}").data["worth"] == 2425.05
    assert _change(boss, home, currency="USD").data["amount"] == 1000.5
    assert boss.get(f"/customer/{customer['id']}").data["worth"] == round(1424.55 + 7127.02, 2)
    through = {"group": ["customer"], "measures": [{"op": "sum", "field": "base_total"}]}
    assert boss.post("/opportunity/query", through).data["data"][0]["values"] == {"sum_base_total": 8551.57}
