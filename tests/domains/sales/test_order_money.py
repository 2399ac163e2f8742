"""Instalments and invoices of orders: of the order's contract too, never more than the order or the contract comes to."""

from typing import Any

import pytest

from guanxi.engine.tenancy.context import Role
from tests.domains.sales.conftest import made
from tests.domains.sales.money import allocate, errors, figures, pay, plan, read
from tests.firms import Door, Firm


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


def order_of(door: Door, customer: dict[str, Any], price: Any = 1000, **values: Any) -> dict[str, Any]:
    items = [{"name": "泵", "price": price, "tax_rate": 13}]
    return made(door, "sales_order", name="供泵", customer=customer["id"], items=items, **values)


def act(door: Door, record: dict[str, Any], key: str, **given: Any) -> Any:
    return door.post(f"/{record['object']}/{record['id']}/actions/{key}", given)


def test_an_order_is_split_and_its_page_tells_what_it_brings(rep: Door) -> None:
    customer = made(rep, "customer", name="甲厂")
    order = order_of(rep, customer)
    path = f"/receivables/orders/{order['id']}"
    split = {"parts": 3, "first_due": "2031-01-31"}
    shown = rep.post(f"{path}/plans/preview", split).data
    assert [row["amount"] for row in shown["instalments"]] == [333.34, 333.33, 333.33]
    assert rep.post(f"{path}/plans", split).status_code == 201
    state = rep.get(path).data
    assert (state["total"], state["planned"], state["unplanned"]) == (1000, 1000, 0)
    assert [(row["name"], row["amount"]) for row in state["plans"]] == [
        ("第 1 期", 333.34), ("第 2 期", 333.33), ("第 3 期", 333.33),
    ]  # fmt: skip
    assert errors(act(rep, order, "plan_payments", parts=1, first_due="2031-01-01")) == [
        ("sales_order", "all_planned")
    ]
    first = read(rep, {"object": "payment_plan", "id": state["plans"][0]["id"]})
    assert (first["sales_order"]["id"], first["customer"]["id"]) == (order["id"], customer["id"])
    assert allocate(rep, pay(rep, 400, customer), (first, "333.34")).status_code == 200
    assert rep.get(path).data["received"] == 333.34
    assert rep.get(f"/receivables/orders/{first['id']}").status_code == 404


def test_what_was_planned_of_a_cancelled_order_is_owed_no_more(boss: Door, rep: Door) -> None:
    customer = made(rep, "customer", name="甲厂")
    order = order_of(rep, customer)
    paid, part, open_ = (
        plan(rep, sales_order=order["id"], amount=amount, due_on="2026-01-01") for amount in (300, 300, 400)
    )
    allocated = allocate(rep, pay(rep, 401, customer), (paid, 300), (part, "100.01"))
    assert allocated.status_code == 200, allocated.data
    assert read(rep, part)["status"] == "overdue"
    answer = act(rep, order, "cancel_sales_order", comment="客户停建")
    assert answer.status_code == 200, answer.data
    assert figures(rep, paid, "status", "amount") == ("done", 300)
    assert figures(rep, part, "status", "amount", "received", "outstanding") == ("done", 100.01, 100.01, 0)
    assert figures(rep, open_, "status", "outstanding") == ("void", 0)
    assert read(rep, order)["number"] in read(rep, open_)["void_reason"]
    told = read(rep, order)["closing_note"]
    assert told == "客户停建；未回款的回款计划作废 1 期；部分回款的 1 期只留已收到的"
    assert told in str(rep.get(f"/sales_order/{order['id']}/history").data)
    assert errors(act(rep, open_, "reopen_payment_plan")) == [("status", "cancelled")]
    latest = rep.get("/changes").data["data"][0]
    undone = rep.post(f"/changes/{latest['id']}/undo", {}).data
    assert (undone["undo_state"], undone["skipped"], undone["left"]) == ("done", 0, [])
    assert figures(rep, part, "status", "amount") == ("overdue", 300)
    assert figures(rep, open_, "status", "void_reason") == ("overdue", None)


def test_what_does_not_fit_an_order_is_refused(rep: Door) -> None:
    customer, other = made(rep, "customer", name="甲厂"), made(rep, "customer", name="乙厂")
    order, due = order_of(rep, customer), {"due_on": "2031-01-01"}
    plan(rep, sales_order=order["id"], amount=600, **due)
    over = {"sales_order": order["id"], **due}
    assert errors(rep.post("/payment_plan", over | {"amount": "400.01"})) == [("amount", "over_order")]
    wrong = over | {"amount": 1, "customer": other["id"]}
    assert errors(rep.post("/payment_plan", wrong)) == [("customer", "other_customer")]
    assert act(rep, order, "cancel_sales_order", comment="不要了").status_code == 200
    assert errors(rep.post("/payment_plan", over | {"amount": 1})) == [("sales_order", "cancelled")]
    assert errors(act(rep, order, "plan_payments", parts=1, first_due="2031-01-01")) == [
        ("sales_order", "closed")
    ]
    assert errors(act(rep, order, "request_invoice", kind="ordinary")) == [("status", "not_agreed")]


def test_money_of_an_order_is_money_of_its_contract(rep: Door) -> None:
    customer = made(rep, "customer", name="甲厂")
    items = [{"name": "泵", "price": 1500, "tax_rate": 13}]
    contract = made(rep, "contract", name="年度", customer=customer["id"], items=items)
    assert act(rep, contract, "sign_contract").status_code == 200
    order = order_of(rep, customer, contract=contract["id"])
    assert act(rep, order, "confirm_sales_order").status_code == 200
    made_plan = plan(rep, sales_order=order["id"], amount=1000, due_on="2031-01-01")
    assert made_plan["contract"]["id"] == contract["id"]
    state = rep.get(f"/receivables/contracts/{contract['id']}").data
    assert (state["planned"], state["unplanned"]) == (1000, 500)
    over = {"contract": contract["id"], "amount": "500.01", "due_on": "2031-01-01"}
    assert errors(rep.post("/payment_plan", over)) == [("amount", "over_contract")]

    invoice = act(rep, order, "request_invoice", kind="ordinary").data["invoice"]
    found = read(rep, invoice)
    assert (found["total"], found["tax"], found["contract"]["id"]) == (1000, 115.04, contract["id"])
    assert errors(act(rep, order, "request_invoice", kind="ordinary")) == [("total", "all_invoiced")]
    assert errors(act(rep, contract, "request_invoice", kind="ordinary", total="500.01")) == [
        ("total", "over_contract")
    ]
    rest = act(rep, contract, "request_invoice", kind="ordinary").data["invoice"]
    assert (read(rep, rest)["total"], read(rep, rest)["tax"]) == (
        500,
        57.53,
    )  # 172.57 of the contract together
    state = rep.get(f"/receivables/orders/{order['id']}").data
    assert (state["requested"], state["invoiced"], state["uninvoiced"]) == (1000, 0, 0)


def test_a_payment_is_proposed_for_an_instalment_and_its_invoice_at_once(rep: Door) -> None:
    customer = made(rep, "customer", name="甲厂")
    orders = [order_of(rep, customer, price) for price in (1000, 300)]
    for order in orders:
        assert act(rep, order, "confirm_sales_order").status_code == 200
    rep.post(f"/receivables/orders/{orders[0]['id']}/plans", {"parts": 2, "first_due": "2031-01-31"})
    bills = [act(rep, order, "request_invoice", kind="electronic").data["invoice"] for order in orders]
    for n, bill in enumerate(bills):
        assert act(rep, bill, "issue_invoice", number=f"2650000000000000{n:04}").status_code == 200
    payment = pay(rep, 1200, customer)
    shown = rep.get(f"/receivables/payments/{payment['id']}/proposal").data
    rows = [(bool(row["plan"]), row["invoice"]["id"], row["proposed"]) for row in shown["open"]]
    assert rows == [(True, bills[0]["id"], 500), (True, bills[0]["id"], 500), (False, bills[1]["id"], 200)]
    assert [row["number"][-1] for row in shown["invoices"]] == ["0", "1"]
    assert act(rep, payment, "allocate").data == {"allocated": 3}
    assert [read(rep, bill)["outstanding"] for bill in bills] == [0, 100]
    assert rep.get(f"/receivables/orders/{orders[0]['id']}").data["outstanding"] == 0
    assert read(rep, payment)["surplus"] == 0
