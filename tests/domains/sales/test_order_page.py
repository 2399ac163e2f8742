"""An order on a page for the customer: how it stands, and nothing that is the firm's own."""

from datetime import timedelta
from typing import Any

import pytest

from guanxi.domains.sales.orders.models import StatusLink
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.context import Role, session
from guanxi.engine.tenancy.erasing import Erasure, eraser_registry
from guanxi.engine.tenancy.models import load_system_ctx
from tests.domains.sales.conftest import made
from tests.domains.sales.test_deliveries import deliver, take_back
from tests.domains.sales.test_orders import act, move
from tests.firms import Door, Firm

DEAD = "/public/orders/order_" + "a" * 26 + "_" + "b" * 32


@pytest.fixture(autouse=True)
def patient() -> None:
    checks.forget()


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


@pytest.fixture
def order(rep: Door) -> dict[str, Any]:
    customer = made(rep, "customer", name="甲厂")
    items = [{"name": "泵", "price": 4321, "quantity": 5, "note": "底价放行", "discount": 7}]
    found = made(rep, "sales_order", name="内部叫法", customer=customer["id"], items=items, description="欠款户",
                 delivery_address="李工 13800138000")  # fmt: skip
    assert move(rep, found, "confirm").status_code == 200
    whole: dict[str, Any] = rep.get(f"/sales_order/{found['id']}").data
    return whole


def _link(door: Door, order: dict[str, Any], **given: Any) -> dict[str, Any]:
    answer = door.post(f"/orders/{order['id']}/links", given)
    assert answer.status_code == 201, answer.data
    found: dict[str, Any] = answer.data
    return found | {"path": "/public/orders/" + found["url"].rpartition("/")[2]}


def test_a_customer_sees_what_is_on_its_way_and_nothing_of_the_firm(rep: Door, order: dict[str, Any]) -> None:
    sent = deliver(rep, order, 3, carrier="顺丰", tracking_number="SF123").data["delivery"]
    assert deliver(rep, order, 1, shipped=False).status_code == 200
    assert take_back(rep, order, 1, reason="quality").status_code == 200
    gone = deliver(rep, order, 1, shipped=False).data["delivery"]
    assert act(rep, "delivery", gone, "cancel_delivery", comment="客户赖账").status_code == 200
    link = _link(rep, order)
    shown = Door().get(link["path"] + "?locale=en")
    assert (shown.status_code, shown.headers["Cache-Control"]) == (200, "no-store")
    page = shown.data
    assert (page["customer"], page["number"], page["status"]["label"]) == (
        "甲厂",
        order["number"],
        "In delivery",
    )
    assert page["items"] == [
        {"name": "泵", "sku": None, "unit": None, "quantity": 5, "delivered": 2, "returned": 1}
    ]
    assert [
        (d["status"]["value"], d["tracking_number"], d["items"][0]["quantity"]) for d in page["deliveries"]
    ] == [
        ("planned", None, 1),
        ("shipped", "SF123", 3),
    ]
    assert page["returns"][0]["kind"]["label"] == "For good"
    said = shown.content.decode()
    for secret in (
        "4321",
        "内部叫法",
        "欠款",
        "底价",
        "13800138000",
        "quality",
        "赖账",
        order["id"],
        sent["id"],
    ):
        assert secret not in said
    (kept,) = rep.get(f"/orders/{order['id']}/links").data["data"]
    assert (kept["is_open"], kept["seen_count"]) == (True, 1) and "url" not in kept


def test_a_link_ends_by_itself_by_hand_and_with_the_order(
    boss: Door, rep: Door, order: dict[str, Any], firm: Firm
) -> None:
    never = Door().get(DEAD)
    assert (never.status_code, never.data["code"]) == (404, "link_dead")
    first, second = _link(rep, order, days=1), _link(rep, order)
    with session(firm.workspace.id):
        row = StatusLink.objects.get(id=first["id"])
        StatusLink.objects.filter(id=row.id).update(expires_at=row.created_at - timedelta(seconds=1))
    assert Door().get(first["path"]).data == never.data
    assert Door().get(second["path"]).status_code == 200
    assert rep.delete(f"/orders/{order['id']}/links/{second['id']}").status_code == 204
    assert Door().get(second["path"]).data == never.data
    third = _link(rep, order)
    assert move(boss, order, "unlock").status_code == 200
    assert Door().get(third["path"]).data == never.data
    assert [kept["is_open"] for kept in rep.get(f"/orders/{order['id']}/links").data["data"]] == [
        True,
        False,
        False,
    ]


def test_links_are_made_by_who_may_change_the_order(
    rep: Door, order: dict[str, Any], firm: Firm, other_firm: Firm
) -> None:
    path = f"/orders/{order['id']}/links"
    link = _link(rep, order)
    for days in (0, 366, "9", True, 1.5, None):
        bad = rep.post(path, {"days": days})
        assert [error["field"] for error in bad.data["errors"]] == ["days"]
    reader = firm.door(firm.add("看", Role.READ_ONLY))
    assert reader.get(path).status_code == 200
    assert reader.post(path, {}).status_code == 403
    assert reader.delete(f"{path}/{link['id']}").status_code == 403
    for stranger in (firm.door(firm.add("何", Role.MEMBER)), other_firm.door()):
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, {}).status_code == 404
        assert stranger.delete(f"{path}/{link['id']}").status_code == 404
    draft = made(rep, "sales_order", name="草稿")
    assert rep.post(f"/orders/{draft['id']}/links", {}).data["code"] == "wrong_state"


def test_an_erased_order_takes_its_links_along(rep: Door, order: dict[str, Any], firm: Firm) -> None:
    _link(rep, order)
    eraser = eraser_registry.get("order_status_link")
    with session(firm.workspace.id):
        kept = StatusLink.objects.get()
        ctx = load_system_ctx(firm.workspace.id)
        assert eraser.run(ctx, Erasure({"sales_order": frozenset({kept.order_id})})) == 1
        assert not StatusLink.objects.exists()
