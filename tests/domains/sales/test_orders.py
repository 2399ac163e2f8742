"""Orders: of a quote or a contract, held where something stands in the way, locked once confirmed."""

from typing import Any

import pytest

from guanxi.domains.sales.orders.facade import before_confirm
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.engine.tenancy.context import Role
from guanxi.kit.text import Text
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm

ITEMS = [
    {"name": "泵", "price": 1000, "quantity": 3, "tax_rate": 13},
    {"name": "阀", "price": "9.90", "quantity": 10},
]


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


def act(door: Door, object_key: str, record: dict[str, Any], key: str, **given: Any) -> Any:
    return door.post(f"/{object_key}/{record['id']}/actions/{key}", given)


def move(door: Door, order: dict[str, Any], key: str, **given: Any) -> Any:
    return act(door, "sales_order", order, f"{key}_sales_order", **given)


def _quote(door: Door, **values: Any) -> dict[str, Any]:
    customer = made(door, "customer", name="甲厂")
    found = made(door, "quote", name="供泵", customer=customer["id"], items=ITEMS, **values)
    assert act(door, "quote", found, "send_quote").status_code == 200
    return found


def test_an_order_of_a_quote_has_its_items_its_link_and_a_number_of_its_own(rep: Door) -> None:
    quote = _quote(rep, discount=10)
    answer = act(rep, "quote", quote, "make_order")
    assert answer.status_code == 200, answer.data
    order = rep.get(f"/sales_order/{answer.data['sales_order']['id']}").data
    assert (order["quote"]["id"], order["customer"]["title"]) == (quote["id"], "甲厂")
    assert (order["total"], order["owed_total"], order["status"]) == (2789.1, 2789.1, "draft")
    assert [(line["name"], line["quantity"]) for line in order["items"]] == [("泵", 3), ("阀", 10)]
    assert order["number"].startswith("SO-") and order["number"].endswith("-0001") and order["ordered_on"]
    again = act(rep, "quote", quote, "make_order")
    assert (again.status_code, again.data["code"], again.data["id"]) == (409, "already_ordered", order["id"])
    assert move(rep, order, "cancel", comment="客户改主意").data == {"status": "cancelled"}
    assert act(rep, "quote", quote, "make_order").status_code == 200


def test_an_order_of_a_contract_may_be_one_of_many(rep: Door) -> None:
    customer = made(rep, "customer", name="乙厂")
    contract = made(rep, "contract", name="框架", customer=customer["id"], items=ITEMS)
    early = act(rep, "contract", contract, "make_order")
    assert (early.status_code, early.data["code"]) == (409, "wrong_state")
    assert act(rep, "contract", contract, "sign_contract").status_code == 200
    first, second = (act(rep, "contract", contract, "make_order").data["sales_order"] for _ in range(2))
    assert first["id"] != second["id"]
    assert rep.get(f"/sales_order/{second['id']}").data["contract"]["id"] == contract["id"]


def test_confirmed_orders_keep_their_items_and_their_money(boss: Door, rep: Door) -> None:
    customer = made(rep, "customer", name="甲")
    order = made(rep, "sales_order", name="单", customer=customer["id"], items=ITEMS)
    assert move(rep, order, "confirm").data == {"status": "confirmed"}
    now = rep.get(f"/sales_order/{order['id']}").data
    assert now["confirmed_at"]
    locked = rep.patch(f"/sales_order/{order['id']}", {"items": [], "discount": 5, "version": now["version"]})
    assert ("items", "locked") in [(e["field"], e["code"]) for e in locked.data["errors"]], locked.data
    line = rep.patch(
        f"/sales_order_items/{now['items'][0]['id']}", {"quantity": 1, "version": now["items"][0]["version"]}
    )
    assert [error["code"] for error in line.data["errors"]] == ["locked"]
    free = rep.patch(f"/sales_order/{order['id']}", {"description": "急", "version": now["version"]})
    assert free.status_code == 200
    mine = move(rep, order, "unlock")
    assert [error["code"] for error in mine.data["errors"]] == ["not_yours"]
    assert move(boss, order, "unlock").data == {"status": "draft"}
    assert move(rep, order, "complete").status_code == 409
    assert move(rep, order, "confirm").status_code == 200
    assert move(rep, order, "close").status_code == 422
    assert move(rep, order, "close", comment="停产").data == {"status": "completed"}


def test_what_stands_in_the_way_is_all_told(rep: Door) -> None:
    empty = made(rep, "sales_order", name="空")
    refused = move(rep, empty, "confirm")
    assert [error["code"] for error in refused.data["errors"]] == ["no_items", "no_customer"]
    customer = made(rep, "customer", name="甲")
    order = made(rep, "sales_order", name="单", customer=customer["id"], items=ITEMS)

    def hold(ctx: Any, held: Any) -> list[Reason]:
        over = held.value("total") > 3000
        return [Reason("credit", Text("超过信用额度", "Over the credit limit"), {})] if over else []

    before_confirm.append(hold)
    try:
        held = move(rep, order, "confirm")
        assert [(e["field"], e["code"], e["message"]) for e in held.data["errors"]] == [
            ("status", "credit", "Over the credit limit")
        ]
    finally:
        before_confirm.remove(hold)
    assert move(rep, order, "confirm").status_code == 200


def test_prices_nobody_agreed_are_confirmed_by_the_manager(boss: Door, rep: Door) -> None:
    made(boss, "discount_band", role="member", limit=5)
    pump = made(boss, "product", name="泵", price=1000)
    customer = made(rep, "customer", name="甲")
    generous = [{"product": pump["id"], "quantity": 1, "discount": 20}]
    quote = made(rep, "quote", name="让利", customer=customer["id"], items=generous)
    assert act(rep, "quote", quote, "submit_quote").status_code == 200
    assert act(boss, "quote", quote, "approve_quote").status_code == 200
    agreed = act(rep, "quote", quote, "make_order").data["sales_order"]
    assert move(rep, agreed, "confirm").status_code == 200
    own = made(rep, "sales_order", name="自己让", customer=customer["id"], items=generous)
    refused = move(rep, own, "confirm")
    assert [error["code"] for error in refused.data["errors"]] == ["needs_approval"]
    assert move(boss, own, "confirm").status_code == 200


@pytest.mark.parametrize(
    ("values", "at"),
    [
        ({"items": [{"name": "泵", "price": 1, "quantity": -1}]}, "items.0.quantity"),
        ({"items": [{"name": "泵", "price": 1, "quantity": 10**9}]}, "items.0.quantity"),
        ({"items": [{"name": "泵", "price": 1, "discount": 101}]}, "items.0.discount"),
        ({"items": [{"name": "泵", "price": -1}]}, "items.0.price"),
        ({"currency": "USD"}, "currency"),
        ({"ordered_on": "2026-02-02", "due_on": "2026-02-01"}, "due_on"),
    ],
)  # fmt: skip
def test_what_is_no_order_is_refused_at_its_field(rep: Door, values: dict[str, Any], at: str) -> None:
    refused = rep.post("/sales_order", {"name": "坏", **values})
    assert refused.status_code == 422, refused.data
    assert [error["field"] for error in refused.data["errors"]] == [at]
    assert rep.get("/sales_order").data["data"] == []


def test_a_locked_order_follows_its_customer_into_another_and_comes_back_from_the_bin(rep: Door) -> None:
    kept, gone = (made(rep, "customer", name=name) for name in ("甲厂", "甲厂（旧）"))
    order = made(rep, "sales_order", name="单", customer=gone["id"], items=ITEMS)
    assert move(rep, order, "confirm").status_code == 200
    merged = act(rep, "customer", kept, "merge", others=[gone["id"]])
    assert merged.status_code == 200, merged.data
    now = rep.get(f"/sales_order/{order['id']}").data
    assert now["customer"]["id"] == kept["id"]
    assert rep.delete(f"/sales_order/{order['id']}", {"version": now["version"]}).status_code == 204
    back = act(rep, "sales_order", order, "restore")
    assert back.status_code == 200, back.data
    assert len(rep.get(f"/sales_order/{order['id']}").data["items"]) == 2
