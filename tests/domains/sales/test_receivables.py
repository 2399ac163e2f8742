"""Instalments and payments: split, paid, given back; through the API, as people do it."""

from datetime import date
from typing import Any

import pytest

from guanxi.engine.tenancy.context import Role, session
from tests.domains.sales import money
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


@pytest.fixture
def today(firm: Firm) -> date:
    with session(firm.workspace.id):
        return firm.ctx.today.date()


@pytest.fixture
def customer(rep: Door) -> dict[str, Any]:
    return made(rep, "customer", name="中山泵业")


def test_a_contract_is_split_to_the_cent_and_never_twice(rep: Door, customer: dict[str, Any]) -> None:
    contract = money.contract(rep, customer, 1000)
    path = f"/receivables/contracts/{contract['id']}"
    body = {"parts": 3, "first_due": "2031-01-31"}
    shown = rep.post(f"{path}/plans/preview", body)
    assert [row["amount"] for row in shown.data["instalments"]] == [333.34, 333.33, 333.33]
    assert rep.get(path).data["plans"] == []
    answer = money.split(rep, contract, **body)
    assert answer.status_code == 201, answer.data
    state = rep.get(path).data
    assert (state["total"], state["planned"], state["unplanned"], state["outstanding"]) == (
        1000,
        1000,
        0,
        1000,
    )
    assert [(p["name"], p["due_on"], p["status"]) for p in state["plans"]] == [
        ("第 1 期", "2031-01-31", "due"), ("第 2 期", "2031-02-28", "due"), ("第 3 期", "2031-03-31", "due"),
    ]  # fmt: skip
    first = rep.get(f"/payment_plan/{answer.data['plans'][0]}").data
    assert (first["customer"]["id"], first["currency"]) == (customer["id"], "CNY")
    assert money.errors(money.split(rep, contract, **body)) == [("contract", "all_planned")]
    typed = rep.post("/payment_plan", {"contract": contract["id"], "amount": "0.01", "due_on": "2031-01-01"})
    assert money.errors(typed) == [("amount", "over_contract")]
    more = rep.patch(f"/payment_plan/{first['id']}", {"amount": 333.35, "version": first["version"]})
    assert money.errors(more) == [("amount", "over_contract")]
    less = rep.patch(f"/payment_plan/{first['id']}", {"amount": 300, "version": first["version"]})
    assert less.data["outstanding"] == 300
    assert rep.get(path).data["unplanned"] == 33.34


def test_splits_by_hundredths_and_by_amounts(rep: Door, customer: dict[str, Any]) -> None:
    contract = money.contract(rep, customer, "999.99")
    days = ("2031-01-01", "2031-02-01", "2031-03-01")
    parts = [{"due_on": day, "percent": p} for day, p in zip(days, ("30", "60", "10"), strict=True)]
    wrong = money.split(rep, contract, instalments=parts[:2])
    assert money.errors(wrong) == [("instalments", "not_hundred")]
    over = money.split(rep, contract, instalments=[{"due_on": days[0], "amount": 1000}])
    assert money.errors(over) == [("instalments", "over_contract")]
    for body in ({}, {"parts": 2}, {"instalments": [{"due_on": days[0]}]}, {"parts": 0, "first_due": days[0]},
                 {"instalments": [{"due_on": days[0], "amount": -5}]}, {"parts": 2, "first_due": "2031-02-30"}):  # fmt: skip
        assert money.split(rep, contract, **body).status_code == 422, body
    assert [p["amount"] for p in money.split(rep, contract, instalments=parts).data["instalments"]] == [
        300,
        599.99,
        100,
    ]
    assert rep.get(f"/receivables/contracts/{contract['id']}").data["unplanned"] == 0


def test_instalments_agree_with_their_contract(rep: Door, customer: dict[str, Any]) -> None:
    other = made(rep, "customer", name="别家")
    contract = money.contract(rep, customer)
    base = {"contract": contract["id"], "amount": 10, "due_on": "2031-01-01"}
    assert money.errors(rep.post("/payment_plan", base | {"customer": other["id"]})) == [
        ("customer", "other_customer")
    ]
    assert money.errors(rep.post("/payment_plan", base | {"currency": "USD"})) == [
        ("currency", "other_currency")
    ]
    assert money.errors(rep.post("/payment_plan", base | {"amount": 0})) == [("amount", "not_positive")]
    assert rep.post("/payment_plan", base | {"amount": -1}).status_code == 422
    empty = made(rep, "contract", name="没有明细", customer=customer["id"])
    assert money.errors(money.split(rep, empty, parts=2, first_due="2031-01-01")) == [
        ("contract", "no_total")
    ]


def test_money_pays_what_is_due_first_and_the_surplus_is_kept(rep: Door, customer: dict[str, Any]) -> None:
    contract = money.contract(rep, customer, 900)
    money.split(rep, contract, parts=3, first_due="2031-01-01")
    plans = rep.get(f"/receivables/contracts/{contract['id']}").data["plans"]
    payment = money.pay(rep, "500.05", customer)
    assert payment["number"].startswith("SK-") and payment["name"] == "回款 2026-03-01"
    assert (payment["surplus"], payment["allocated"], payment["base_amount"], payment["kind"]) == (500.05, 0, 500.05, "receipt")  # fmt: skip
    shown = rep.get(f"/receivables/payments/{payment['id']}/proposal").data
    assert [row["proposed"] for row in shown["open"]] == [300, 200.05, 0]
    assert rep.post(f"/payment/{payment['id']}/actions/allocate", {}).data == {"allocated": 2}
    assert money.figures(rep, payment, "allocated", "surplus") == (500.05, 0)
    assert [money.figures(rep, p, "received", "outstanding", "status") for p in plans] == [
        (300, 0, "done"), (200.05, 99.95, "partial"), (0, 300, "due"),
    ]  # fmt: skip
    second = money.pay(rep, 1000, customer)
    assert rep.post(f"/payment/{second['id']}/actions/allocate", {}).data == {"allocated": 2}
    assert money.figures(rep, second, "allocated", "surplus") == (399.95, 600.05)
    state = rep.get(f"/receivables/contracts/{contract['id']}").data
    assert (state["received"], state["outstanding"]) == (900, 0)
    assert rep.post(f"/payment/{second['id']}/actions/allocate", {}).data == {"allocated": 0}
    later = money.plan(rep, customer=customer["id"], amount=600, due_on="2031-05-01")
    assert money.allocate(rep, second, (later, "600.05")).status_code == 422
    assert money.allocate(rep, second, (later, 600)).data["surplus"] == 0.05
    assert [row["amount"] for row in money.read(rep, second)["allocations"]] == [99.95, 300, 600]


def test_never_more_than_is_left_on_either_side(rep: Door, customer: dict[str, Any]) -> None:
    plan = money.plan(rep, customer=customer["id"], amount=100, due_on="2031-01-01")
    payment = money.pay(rep, 150, customer)
    assert money.errors(money.allocate(rep, payment, (plan, "100.01"))) == [
        ("allocations.0.plan", "over_target")
    ]
    assert money.errors(money.allocate(rep, payment, (plan, 60), (plan, 41))) == [
        ("allocations.1.plan", "over_target")
    ]
    large = money.plan(rep, customer=customer["id"], amount=900, due_on="2031-01-01")
    assert money.errors(money.allocate(rep, payment, (plan, 100), (large, "50.01"))) == [
        ("allocations.1.amount", "over_payment")
    ]
    assert money.figures(rep, payment, "allocated", "surplus", "allocations") == (0, 150, [])
    for bad in (0, -1, "1.001", "NaN", 10**14, None, [], "ein"):
        assert money.allocate(rep, payment, (plan, bad)).status_code == 422, bad
    nothing = rep.post(f"/receivables/payments/{payment['id']}/allocations", {"allocations": [{"amount": 1}]})
    assert money.errors(nothing) == [("allocations.0.plan", "required")]
    # the doors of lines are held to the same
    line = {"parent": payment["id"], "plan": plan["id"], "amount": "100.01"}
    assert money.errors(rep.post("/payment_allocations", line)) == [("plan", "over_target")]
    one = rep.post("/payment_allocations", line | {"amount": 90})
    assert one.status_code == 201, one.data
    assert money.figures(rep, plan, "received", "status") == (90, "partial")
    wrong = rep.patch(
        f"/payment_allocations/{one.data['id']}", {"amount": 101, "version": one.data["version"]}
    )
    assert money.errors(wrong) == [("plan", "over_target")]
    right = rep.patch(
        f"/payment_allocations/{one.data['id']}", {"amount": 100, "version": one.data["version"]}
    )
    assert (right.status_code, right.data["base"]) == (200, 100)
    whole = money.read(rep, payment)
    assert (whole["allocated"], whole["surplus"]) == (100, 50)
    refused = rep.patch(
        f"/payment/{payment['id']}", {"allocations": [{"amount": 5}], "version": whole["version"]}
    )
    assert ("allocations", "readonly_field") in money.errors(refused)


def test_what_is_paid_for_stays_and_what_is_taken_back_is_owed_again(
    rep: Door, customer: dict[str, Any]
) -> None:
    plan = money.plan(rep, customer=customer["id"], amount=100, due_on="2031-01-01")
    payment = money.pay(rep, 100, customer)
    line = money.allocate(rep, payment, (plan, 80)).data["allocations"][0]
    paid, spent = money.read(rep, plan), money.read(rep, payment)
    for change, code in (({"amount": 79}, "below_received"), ({"currency": "USD"}, "has_money"), ({"customer": None}, "has_money")):  # fmt: skip
        assert code in [
            c
            for _, c in money.errors(
                rep.patch(f"/payment_plan/{plan['id']}", change | {"version": paid["version"]})
            )
        ]
    assert money.errors(rep.delete(f"/payment_plan/{plan['id']}", {"version": paid["version"]})) == [
        ("id", "has_money")
    ]
    assert money.errors(
        rep.post(f"/payment_plan/{plan['id']}/actions/void_payment_plan", {"comment": "不要了"})
    ) == [("status", "has_money")]
    for change, code in (
        ({"amount": 79}, "below_used"),
        ({"currency": "EUR"}, "in_use"),
        ({"customer": None}, "in_use"),
    ):
        assert code in [
            c
            for _, c in money.errors(
                rep.patch(f"/payment/{payment['id']}", change | {"version": spent["version"]})
            )
        ]
    assert money.allocate(rep, payment, remove=(plan["id"],)).status_code == 404
    assert money.allocate(rep, payment, (plan, 100), remove=(line["id"],)).data["surplus"] == 0
    assert money.figures(rep, plan, "received", "status") == (100, "done")
    gone = rep.delete(f"/payment/{payment['id']}", {"version": money.read(rep, payment)["version"]})
    assert gone.status_code == 204, gone.data
    assert money.figures(rep, plan, "received", "outstanding", "status") == (0, 100, "due")
    assert rep.post(f"/payment/{payment['id']}/actions/restore").data == {"restored": 1}
    assert money.figures(rep, plan, "received", "status") == (100, "done")
    assert money.figures(rep, payment, "allocated", "surplus") == (100, 0)


def test_a_void_payment_gives_everything_back(rep: Door, customer: dict[str, Any]) -> None:
    plan = money.plan(rep, customer=customer["id"], amount=100, due_on="2031-01-01")
    payment = money.pay(rep, 130, customer)
    money.allocate(rep, payment, (plan, 100))
    path = f"/payment/{payment['id']}/actions/void_payment"
    assert money.errors(rep.post(path, {})) == [("comment", "required")]
    assert rep.post(path, {"comment": "重复登记"}).data == {"status": "void", "given_back": 1}
    assert money.figures(rep, plan, "received", "outstanding", "status") == (0, 100, "due")
    assert money.figures(rep, payment, "status", "allocated", "surplus", "base_amount", "amount", "void_reason") == (
        "void", 0, 0, 0, 130, "重复登记",
    )  # fmt: skip
    assert rep.post(path, {"comment": "再来"}).status_code == 409
    assert money.errors(money.allocate(rep, payment, (plan, 1)))[0][1] in ("void_payment", "locked")
    assert rep.post(f"/payment/{payment['id']}/actions/allocate", {}).status_code == 409
    changed = rep.patch(
        f"/payment/{payment['id']}", {"amount": 1, "version": money.read(rep, payment)["version"]}
    )
    assert ("amount", "locked") in money.errors(changed)


def test_a_void_plan_takes_no_money_and_comes_back(rep: Door, customer: dict[str, Any]) -> None:
    contract = money.contract(rep, customer, 100)
    plan = money.plan(rep, contract=contract["id"], amount=100, due_on="2031-01-01")
    path = f"/payment_plan/{plan['id']}/actions"
    assert money.errors(rep.post(f"{path}/void_payment_plan", {})) == [("comment", "required")]
    assert rep.post(f"{path}/void_payment_plan", {"comment": "改期"}).data == {"status": "void"}
    assert money.figures(rep, plan, "outstanding", "void_reason") == (0, "改期")
    payment = money.pay(rep, 50, customer)
    assert money.errors(money.allocate(rep, payment, (plan, 50))) == [("allocations.0.plan", "void_target")]
    assert ("amount", "locked") in money.errors(
        rep.patch(f"/payment_plan/{plan['id']}", {"amount": 5, "version": money.read(rep, plan)["version"]})
    )
    again = money.plan(rep, contract=contract["id"], amount=60, due_on="2031-01-01")
    assert money.errors(rep.post(f"{path}/reopen_payment_plan", {})) == [("amount", "over_contract")]
    assert rep.delete(f"/payment_plan/{again['id']}", {"version": again["version"]}).status_code == 204
    assert rep.post(f"{path}/reopen_payment_plan", {}).status_code == 200
    assert money.figures(rep, plan, "status", "outstanding", "void_reason") == ("due", 100, None)
    assert money.errors(rep.post(f"/payment_plan/{again['id']}/actions/restore")) == [
        ("amount", "over_contract")
    ]


def test_a_refund_takes_what_is_left_and_nothing_else(rep: Door, customer: dict[str, Any]) -> None:
    plan = money.plan(rep, customer=customer["id"], amount=70, due_on="2031-01-01")
    payment = money.pay(rep, 100, customer)
    money.allocate(rep, payment, (plan, 70))
    path = f"/payment/{payment['id']}/actions/refund_payment"
    assert money.errors(rep.post(path, {"amount": "30.01", "comment": "多付"})) == [
        ("amount", "over_surplus")
    ]
    answer = rep.post(path, {"amount": 20, "comment": "多付", "paid_on": "2026-03-05"})
    assert answer.status_code == 200, answer.data
    refund = money.read(rep, answer.data["payment"])
    assert (refund["amount"], refund["base_amount"], refund["surplus"], refund["kind"]) == (
        -20,
        -20,
        0,
        "refund",
    )
    assert (refund["refunds"]["id"], refund["customer"]["id"], refund["name"]) == (payment["id"], customer["id"], "退款 2026-03-05")  # fmt: skip
    assert money.figures(rep, payment, "refunded", "surplus") == (20, 10)
    assert ("amount", "fixed") in money.errors(
        rep.patch(f"/payment/{refund['id']}", {"amount": -5, "version": refund["version"]})
    )
    assert money.errors(money.allocate(rep, refund, (plan, 1)))[0][1] in ("a_refund", "over_payment")
    assert money.errors(rep.post(f"/payment/{payment['id']}/actions/void_payment", {"comment": "错"})) == [
        ("status", "has_refund")
    ]
    assert money.errors(
        rep.delete(f"/payment/{payment['id']}", {"version": money.read(rep, payment)["version"]})
    ) == [("id", "has_refund")]
    assert rep.post(path, {"comment": "剩下的也退"}).status_code == 200
    assert money.figures(rep, payment, "refunded", "surplus") == (30, 0)
    assert rep.post(f"/payment/{refund['id']}/actions/void_payment", {"comment": "没退"}).status_code == 200
    assert money.figures(rep, payment, "refunded", "surplus") == (10, 20)
    total = rep.post(
        "/payment/query", {"group": [], "measures": [{"op": "sum", "field": "base_amount", "as": "sum"}]}
    ).data
    assert list(total["data"][0]["values"].values()) == [90]
