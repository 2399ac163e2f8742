"""Deliveries and returns: never more than is left, and the order follows, whatever door they come through."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanxi.engine.tenancy.context import Role
from tests.domains.sales.conftest import made
from tests.domains.sales.test_orders import ITEMS, act, move
from tests.firms import Door, Firm


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


@pytest.fixture
def order(rep: Door) -> dict[str, Any]:
    return confirmed(rep)


def confirmed(door: Door, items: Any = ITEMS) -> dict[str, Any]:
    """A confirmed order."""
    customer = made(door, "customer", name="甲厂")
    found = made(door, "sales_order", name="供泵", customer=customer["id"], items=items)
    assert move(door, found, "confirm").status_code == 200
    return now(door, found)


def now(door: Door, order: dict[str, Any]) -> dict[str, Any]:
    """The order as it stands."""
    found: dict[str, Any] = door.get(f"/sales_order/{order['id']}").data
    return found


def deliver(door: Door, order: dict[str, Any], *quantities: Any, **given: Any) -> Any:
    """Deliver so many of the first, the second … line; None: leave it out."""
    return act(door, "sales_order", order, "deliver_order", items=_rows(order, quantities), **given)


def take_back(door: Door, order: dict[str, Any], *quantities: Any, **given: Any) -> Any:
    """So many of the first, the second … line come back."""
    rows = _rows(order, quantities)
    return act(
        door, "sales_order", order, "return_goods", items=rows, **{"kind": "refund", "received": True} | given
    )


def _rows(order: dict[str, Any], quantities: Any) -> list[dict[str, Any]]:
    pairs = zip(order["items"], quantities, strict=False)
    return [{"item": line["id"], "quantity": n} for line, n in pairs if n is not None]


def figures(door: Door, order: dict[str, Any]) -> list[tuple[Any, Any]]:
    """`(delivered, returned)` of each line."""
    return [(line["delivered"], line["returned"]) for line in now(door, order)["items"]]


def _delete(door: Door, key: str, record: dict[str, Any]) -> Any:
    path = f"/{key}/{record['id']}"
    return door.delete(path, {"version": door.get(path).data["version"]})


def errors(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, (answer.status_code, answer.data)
    return [(error["field"], error["code"]) for error in answer.data["errors"]]


def test_an_order_is_delivered_in_parts_and_follows(rep: Door, order: dict[str, Any]) -> None:
    first = deliver(rep, order, 2, None, carrier="顺丰", tracking_number="SF1")
    assert first.status_code == 200, first.data
    delivery = rep.get(f"/delivery/{first.data['delivery']['id']}").data
    assert (delivery["status"], delivery["carrier"], delivery["tracking_number"]) == (
        "shipped",
        "顺丰",
        "SF1",
    )
    assert [(line["name"], line["quantity"]) for line in delivery["items"]] == [("泵", 2)]
    assert delivery["number"].endswith("-0001") and delivery["shipped_on"]
    assert now(rep, order)["status"] == "in_delivery"
    assert figures(rep, order) == [(2, 0), (None, None)]
    over = deliver(rep, order, 2, 11)
    assert errors(over) == [("items.0.quantity", "too_many"), ("items.1.quantity", "too_many")]
    assert over.data["errors"][0]["message"] == "At most 1 are left to deliver."
    rest = act(rep, "sales_order", order, "deliver_order", shipped=False)
    planned = rep.get(f"/delivery/{rest.data['delivery']['id']}").data
    assert (planned["status"], [line["quantity"] for line in planned["items"]]) == ("planned", [1, 10])
    assert errors(act(rep, "sales_order", order, "deliver_order")) == [("items", "nothing_left")]
    assert figures(rep, order) == [(2, 0), (None, None)]
    assert errors(move(rep, order, "close", comment="停产")) == [("status", "planned")]
    assert act(rep, "delivery", planned, "ship_delivery").data == {"status": "shipped"}
    assert figures(rep, order) == [(3, 0), (10, 0)]
    assert now(rep, order)["status"] == "in_delivery"
    for each in (delivery, planned):
        assert act(rep, "delivery", each, "receive_delivery").status_code == 200
    assert now(rep, order)["status"] == "delivered"
    assert move(rep, order, "complete").data == {"status": "completed"}


def test_what_comes_back_for_good_is_neither_delivered_nor_owed(rep: Door, order: dict[str, Any]) -> None:
    assert take_back(rep, order, 1).data["code"] == "wrong_state"
    assert deliver(rep, order, 3, 10).status_code == 200
    over = take_back(rep, order, 4)
    assert errors(over) == [("items.0.quantity", "too_many")]
    assert over.data["errors"][0]["message"] == "At most 3 can come back."
    announced = take_back(rep, order, 2, received=False)
    assert announced.status_code == 200, announced.data
    assert figures(rep, order) == [(3, 0), (10, 0)]
    assert errors(take_back(rep, order, 2)) == [("items.0.quantity", "too_many")]
    back = announced.data["sales_return"]
    assert act(rep, "sales_return", back, "receive_sales_return").data == {"status": "received"}
    assert figures(rep, order) == [(1, 2), (10, 0)]
    found = now(rep, order)
    assert (found["total"], found["returned_total"], found["owed_total"]) == (3099, 2000, 1099)
    assert errors(deliver(rep, order, 1)) == [("items.0.quantity", "too_many")]
    assert act(rep, "sales_return", back, "cancel_sales_return", comment="登记错").status_code == 200
    assert figures(rep, order) == [(3, 0), (10, 0)]
    assert now(rep, order)["owed_total"] == 3099


def test_what_is_to_be_replaced_is_delivered_again(rep: Door, order: dict[str, Any]) -> None:
    sent = deliver(rep, order, 3, 10).data["delivery"]
    assert act(rep, "delivery", sent, "receive_delivery").status_code == 200
    assert now(rep, order)["status"] == "delivered"
    assert take_back(rep, order, 1, kind="exchange", reason="quality").status_code == 200
    assert now(rep, order)["status"] == "in_delivery"
    assert figures(rep, order) == [(2, 0), (10, 0)]
    again = act(rep, "sales_order", order, "deliver_order")
    found = rep.get(f"/delivery/{again.data['delivery']['id']}").data
    assert [(line["name"], line["quantity"]) for line in found["items"]] == [("泵", 1)]
    assert figures(rep, order) == [(3, 0), (10, 0)]
    swapped = rep.post("/sales_return/query", {}).data["data"][0]
    late = act(rep, "sales_return", swapped, "cancel_sales_return", comment="没换")
    assert errors(late) == [("status", "over_ordered")]
    assert figures(rep, order) == [(3, 0), (10, 0)]


def test_cancelling_and_deleting_never_leave_more_back_than_out(rep: Door, order: dict[str, Any]) -> None:
    sent = deliver(rep, order, 3).data["delivery"]
    assert take_back(rep, order, 1).status_code == 200
    lost = act(rep, "delivery", sent, "cancel_delivery", comment="丢件")
    assert errors(lost) == [("status", "over_delivered")]
    assert errors(_delete(rep, "delivery", sent)) == [("status", "cancel_first")]
    assert errors(_delete(rep, "sales_order", order)) == [("status", "in_use")]
    back = rep.post("/sales_return/query", {}).data["data"][0]
    assert act(rep, "sales_return", back, "cancel_sales_return", comment="x").status_code == 200
    assert act(rep, "delivery", sent, "cancel_delivery", comment="丢件").status_code == 200
    assert (figures(rep, order)[0], now(rep, order)["status"]) == ((0, 0), "confirmed")
    assert rep.get(f"/delivery/{sent['id']}").data["closing_note"] == "丢件"
    assert deliver(rep, order, 3, 10).status_code == 200


def test_deliveries_of_every_door_are_held_to_what_is_left(
    rep: Door, boss: Door, order: dict[str, Any]
) -> None:
    pump, valve = (line["id"] for line in order["items"])
    plan = made(rep, "delivery", sales_order=order["id"], items=[{"item": pump, "quantity": 2}])
    assert plan["name"] == "供泵 · Delivery" or "供泵" in plan["name"]
    path, line = f"/delivery/{plan['id']}", plan["items"][0]
    more = rep.patch(path, {"items": [{"id": line["id"], "quantity": 4}], "version": plan["version"]})
    assert errors(more) == [("items.0.quantity", "too_many")]
    split = [{"id": line["id"], "quantity": 2}, {"item": pump, "quantity": "1.5"}]
    assert errors(rep.patch(path, {"items": split, "version": plan["version"]})) == [
        ("items.1.quantity", "too_many")
    ]
    full = rep.patch(path, {"items": [{"id": line["id"], "quantity": 3}], "version": plan["version"]})
    assert full.status_code == 200, full.data
    alone = rep.post("/delivery_items", {"parent": plan["id"], "item": pump, "quantity": 1})
    assert errors(alone) == [("quantity", "too_many")]
    other = confirmed(rep)
    foreign = rep.post("/delivery", {"sales_order": other["id"], "items": [{"item": valve, "quantity": 1}]})
    assert errors(foreign) == [("items.0.item", "unknown_line")]
    for wrong in (0, -1, "1e99", "drei"):
        bad = rep.post(
            "/delivery",
            {"sales_order": other["id"], "items": [{"item": other["items"][0]["id"], "quantity": wrong}]},
        )
        assert [field for field, _ in errors(bad)] == ["items.0.quantity"]
    assert errors(rep.patch(path, {"sales_order": other["id"], "version": full.data["version"]})) == [
        ("sales_order", "stays")
    ]
    assert _delete(rep, "delivery", plan).status_code == 204
    assert deliver(rep, order, 3).status_code == 200
    assert rep.post(f"{path}/actions/restore", {}).status_code == 422
    draft = made(rep, "sales_order", name="草稿", items=ITEMS)
    early = rep.post(
        "/delivery", {"sales_order": draft["id"], "items": [{"item": draft["items"][0]["id"], "quantity": 1}]}
    )
    assert errors(early) == [("items.0.item", "wrong_state")]
    empty = made(rep, "delivery", sales_order=order["id"])
    assert errors(act(rep, "delivery", empty, "ship_delivery")) == [("status", "no_items")]
    for move_key, who in (("cancel", rep), ("unlock", boss)):
        given = {"comment": "x"} if move_key == "cancel" else {}
        assert move(who, order, move_key, **given).status_code in (409, 422)


def test_a_stranger_delivers_nothing(order: dict[str, Any], firm: Firm, other_firm: Firm) -> None:
    for stranger in (firm.door(firm.add("何", Role.MEMBER)), other_firm.door()):
        assert act(stranger, "sales_order", order, "deliver_order").status_code == 404
        refused = stranger.post("/delivery", {"sales_order": order["id"]})
        assert errors(refused) == [("sales_order", "unknown_record")]
    reader = firm.door(firm.add("看", Role.READ_ONLY))
    assert act(reader, "sales_order", order, "deliver_order").status_code == 403


STEP = st.tuples(
    st.sampled_from(["deliver", "plan", "refund", "exchange", "announce", "cancel"]),
    st.integers(0, 1),
    st.decimals("0.5", "7", places=1),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=3, max_size=8))
def test_deliveries_and_returns_always_reconcile(rep: Door, steps: list[tuple[str, int, Decimal]]) -> None:
    order = confirmed(rep)
    ids = [line["id"] for line in order["items"]]
    for kind, which, quantity in steps:
        given_quantities = [None, None]
        given_quantities[which] = str(quantity)  # type: ignore[call-overload]
        if kind in ("deliver", "plan"):
            deliver(rep, order, *given_quantities, shipped=kind == "deliver")
        elif kind == "cancel":
            for key in ("sales_return", "delivery"):
                for row in _of(rep, key, order)[:1]:
                    act(rep, key, row, f"cancel_{key}", comment="x")
        else:
            take_back(rep, order, *given_quantities, kind="exchange" if kind == "exchange" else "refund",
                      received=kind != "announce")  # fmt: skip
        out, back, gone = (dict.fromkeys(ids, 0.0) for _ in range(3))
        for key in ("delivery", "sales_return"):
            for row in _of(rep, key, order):
                for line in rep.get(f"/{key}/{row['id']}").data["items"]:
                    at = line["item"]["id"]
                    if key == "delivery":
                        out[at] += line["quantity"] if row["status"] != "planned" else 0
                    elif row["status"] == "received":
                        back[at] += line["quantity"]
                        gone[at] += line["quantity"] if row["kind"] == "refund" else 0
        for line in now(rep, order)["items"]:
            at = line["id"]
            assert (line["delivered"] or 0) == pytest.approx(out[at] - back[at])
            assert (line["returned"] or 0) == pytest.approx(gone[at])
            assert 0 <= (line["delivered"] or 0) + (line["returned"] or 0) <= line["quantity"]


def _of(door: Door, key: str, order: dict[str, Any]) -> list[dict[str, Any]]:
    tree = {"and": [{"field": "sales_order", "op": "is", "value": order["id"]},
                    {"field": "status", "op": "is_not", "value": "cancelled"}]}  # fmt: skip
    rows: list[dict[str, Any]] = door.post(f"/{key}/query", {"filter": tree, "sort": "-created_at"}).data[
        "data"
    ]
    return rows
