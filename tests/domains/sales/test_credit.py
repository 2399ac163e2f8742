"""Credit: orders beyond a customer's limit are held, released with a reason, and two cannot use the same credit."""

from typing import Any

import pytest

from guanxi.engine.tenancy.context import Role
from tests.domains.sales.conftest import made
from tests.domains.sales.money import errors, pay, plan, read
from tests.domains.sales.test_order_money import act, order_of
from tests.engine.access.people import ALL, make_role, person_with
from tests.engine.records.test_races import _at_once
from tests.firms import Door, Firm, found


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


def confirm(door: Door, order: dict[str, Any]) -> Any:
    return act(door, order, "confirm_sales_order")


def used(door: Door, customer: dict[str, Any]) -> tuple[Any, ...]:
    answer = door.get(f"/receivables/customers/{customer['id']}/credit")
    assert answer.status_code == 200, answer.data
    return answer.data["limit"], answer.data["used"], answer.data["left"]


def test_an_order_beyond_the_limit_is_held_until_money_comes(rep: Door) -> None:
    customer = made(rep, "customer", name="甲厂", credit_limit=1500)
    first, second = order_of(rep, customer), order_of(rep, customer, 600)
    assert used(rep, customer) == (1500, 0, 1500)
    assert confirm(rep, first).status_code == 200
    assert used(rep, customer) == (1500, 1000, 500)
    held = confirm(rep, second)
    assert errors(held) == [("status", "over_credit")]
    assert "1,500.00" in str(held.data) and "1,600.00" in str(held.data)
    assert read(rep, second)["status"] == "draft"
    pay(rep, "99.99", customer)
    assert errors(confirm(rep, second)) == [("status", "over_credit")]
    pay(rep, "0.01", customer)
    assert confirm(rep, second).status_code == 200  # to the cent
    assert used(rep, customer) == (1500, 1500, 0)


def test_one_debt_seen_three_times_is_one_debt(rep: Door) -> None:
    customer = made(rep, "customer", name="甲厂", credit_limit=5000)
    order = order_of(rep, customer)
    assert confirm(rep, order).status_code == 200
    rep.post(f"/receivables/orders/{order['id']}/plans", {"parts": 3, "first_due": "2031-01-01"})
    bill = act(rep, order, "request_invoice", kind="ordinary").data["invoice"]
    assert act(rep, bill, "issue_invoice", number="1").status_code == 200
    assert used(rep, customer) == (5000, 1000, 4000)
    plan(rep, customer=customer["id"], amount=200, due_on="2031-01-01")
    assert used(rep, customer)[1] == 1200
    pay(rep, 1500, customer)
    assert used(rep, customer) == (5000, -300, 5300)


def test_who_looks_after_the_work_of_others_releases_it_with_a_reason(
    firm: Firm, boss: Door, rep: Door
) -> None:
    customer = made(rep, "customer", name="甲厂", credit_limit=500)
    order = order_of(rep, customer)
    assert errors(confirm(boss, order)) == [("status", "over_credit")]  # nobody passes without a reason
    assert [door.get(f"/receivables/orders/{order['id']}").data["held"] for door in (boss, rep)] == [
        True,
        False,
    ]
    assert act(rep, order, "release_credit", comment="我来").status_code == 403
    assert errors(act(boss, order, "release_credit")) == [("comment", "required")]
    released = act(boss, order, "release_credit", comment="老客户，月底付")
    assert released.data == {"credit_released": 1000}, released.data
    assert boss.get(f"/receivables/orders/{order['id']}").data["held"] is False
    now = read(rep, order)
    assert (now["credit_released"], now["credit_note"]) == (1000, "老客户，月底付")
    assert any("released" in str(row["title"]) for row in rep.get("/notifications").data["data"])
    items = [{"name": "泵", "price": "1000.01"}]
    assert (
        rep.patch(f"/sales_order/{order['id']}", {"items": items, "version": now["version"]}).status_code
        == 200
    )
    assert errors(confirm(rep, order)) == [("status", "over_credit")]  # more than was released
    now = read(rep, order)
    forged = rep.patch(f"/sales_order/{order['id']}", {"credit_released": 9999, "version": now["version"]})
    assert errors(forged) == [("credit_released", "readonly_field")]
    items = [{"name": "泵", "price": 1000}]
    assert (
        rep.patch(f"/sales_order/{order['id']}", {"items": items, "version": now["version"]}).status_code
        == 200
    )
    assert confirm(rep, order).status_code == 200
    assert act(boss, order, "release_credit", comment="再来").status_code == 409
    small = order_of(rep, made(rep, "customer", name="乙厂"))
    again = act(boss, small, "release_credit", comment="不用")
    assert (again.status_code, again.data["code"]) == (409, "not_held")


def test_who_does_not_read_limits_is_told_no_figures(firm: Firm, boss: Door, rep: Door) -> None:
    customer = made(rep, "customer", name="甲厂", credit_limit=500)
    order = order_of(rep, customer)
    outsider = firm.door(firm.add("外人", Role.MEMBER))
    assert outsider.get(f"/receivables/customers/{customer['id']}/credit").status_code == 404
    make_role(boss, "clerk", objects={"*": ALL}, fields={"customer": {"credit_limit": "hidden"}})
    clerk = person_with(firm, boss, "clerk")
    held = confirm(clerk, order)
    assert errors(held) == [("status", "over_credit")]
    assert "500" not in str(held.data)
    assert clerk.get(f"/receivables/customers/{customer['id']}/credit").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_the_same_credit_is_not_used_twice(transactional_db: None) -> None:
    door = Door(found().token())
    customer = made(door, "customer", name="甲", credit_limit=1500)
    orders = [order_of(door, customer) for _ in range(4)]
    answers = _at_once([lambda o=o: confirm(door, o) for o in orders])
    assert sorted(answer.status_code for answer in answers) == [200, 422, 422, 422]
    assert used(door, customer) == (1500, 1000, 500)
