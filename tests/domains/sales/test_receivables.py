"""Instalments and payments: split, paid, given back, late; through the API, as people do it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from guanxi.domains.sales.receivables.overdue import follow_days
from guanxi.engine.tenancy.context import Role, session
from guanxi.engine.tenancy.models import load_system_ctx
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


def _contract(door: Door, customer: dict[str, Any], price: Any = 1000, **values: Any) -> dict[str, Any]:
    return made(
        door,
        "contract",
        name="年度合同",
        customer=customer["id"],
        items=[{"name": "泵", "price": price}],
        **values,
    )


def _split(door: Door, contract: dict[str, Any], **body: Any) -> Any:
    return door.post(f"/receivables/contracts/{contract['id']}/plans", body)


def _plan(door: Door, **values: Any) -> dict[str, Any]:
    return made(door, "payment_plan", **values)


def _pay(door: Door, amount: Any, customer: dict[str, Any], **values: Any) -> dict[str, Any]:
    return made(
        door, "payment", amount=amount, customer=customer["id"], **{"paid_on": "2026-03-01", **values}
    )


def _allocate(
    door: Door, payment: dict[str, Any], *lines: tuple[Any, Any], remove: tuple[str, ...] = ()
) -> Any:
    rows = [{"plan": plan["id"], "amount": amount} for plan, amount in lines]
    return door.post(
        f"/receivables/payments/{payment['id']}/allocations", {"allocations": rows, "remove": list(remove)}
    )


def _read(door: Door, record: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = door.get(f"/{record['object']}/{record['id']}").data
    return found


def _figures(door: Door, record: dict[str, Any], *keys: str) -> tuple[Any, ...]:
    found = _read(door, record)
    return tuple(found[key] for key in keys)


def _errors(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, (answer.status_code, answer.data)
    return [(error["field"], error["code"]) for error in answer.data["errors"]]


def test_a_contract_is_split_to_the_cent_and_never_twice(rep: Door, customer: dict[str, Any]) -> None:
    contract = _contract(rep, customer, 1000)
    path = f"/receivables/contracts/{contract['id']}"
    body = {"parts": 3, "first_due": "2031-01-31"}
    shown = rep.post(f"{path}/plans/preview", body)
    assert [row["amount"] for row in shown.data["instalments"]] == [333.34, 333.33, 333.33]
    assert rep.get(path).data["plans"] == []
    answer = _split(rep, contract, **body)
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
    assert _errors(_split(rep, contract, **body)) == [("contract", "all_planned")]
    typed = rep.post("/payment_plan", {"contract": contract["id"], "amount": "0.01", "due_on": "2031-01-01"})
    assert _errors(typed) == [("amount", "over_contract")]
    more = rep.patch(f"/payment_plan/{first['id']}", {"amount": 333.35, "version": first["version"]})
    assert _errors(more) == [("amount", "over_contract")]
    less = rep.patch(f"/payment_plan/{first['id']}", {"amount": 300, "version": first["version"]})
    assert less.data["outstanding"] == 300
    assert rep.get(path).data["unplanned"] == 33.34


def test_splits_by_hundredths_and_by_amounts(rep: Door, customer: dict[str, Any]) -> None:
    contract = _contract(rep, customer, "999.99")
    days = ("2031-01-01", "2031-02-01", "2031-03-01")
    parts = [{"due_on": day, "percent": p} for day, p in zip(days, ("30", "60", "10"), strict=True)]
    wrong = _split(rep, contract, instalments=parts[:2])
    assert _errors(wrong) == [("instalments", "not_hundred")]
    over = _split(rep, contract, instalments=[{"due_on": days[0], "amount": 1000}])
    assert _errors(over) == [("instalments", "over_contract")]
    for body in ({}, {"parts": 2}, {"instalments": [{"due_on": days[0]}]}, {"parts": 0, "first_due": days[0]},
                 {"instalments": [{"due_on": days[0], "amount": -5}]}, {"parts": 2, "first_due": "2031-02-30"}):  # fmt: skip
        assert _split(rep, contract, **body).status_code == 422, body
    assert [p["amount"] for p in _split(rep, contract, instalments=parts).data["instalments"]] == [
        300,
        599.99,
        100,
    ]
    assert rep.get(f"/receivables/contracts/{contract['id']}").data["unplanned"] == 0


def test_instalments_agree_with_their_contract(rep: Door, customer: dict[str, Any]) -> None:
    other = made(rep, "customer", name="别家")
    contract = _contract(rep, customer)
    base = {"contract": contract["id"], "amount": 10, "due_on": "2031-01-01"}
    assert _errors(rep.post("/payment_plan", base | {"customer": other["id"]})) == [
        ("customer", "other_customer")
    ]
    assert _errors(rep.post("/payment_plan", base | {"currency": "USD"})) == [("currency", "other_currency")]
    assert _errors(rep.post("/payment_plan", base | {"amount": 0})) == [("amount", "not_positive")]
    assert rep.post("/payment_plan", base | {"amount": -1}).status_code == 422
    empty = made(rep, "contract", name="没有明细", customer=customer["id"])
    assert _errors(_split(rep, empty, parts=2, first_due="2031-01-01")) == [("contract", "no_total")]


def test_money_pays_what_is_due_first_and_the_surplus_is_kept(rep: Door, customer: dict[str, Any]) -> None:
    contract = _contract(rep, customer, 900)
    _split(rep, contract, parts=3, first_due="2031-01-01")
    plans = rep.get(f"/receivables/contracts/{contract['id']}").data["plans"]
    payment = _pay(rep, "500.05", customer)
    assert payment["number"].startswith("SK-") and payment["name"] == "回款 2026-03-01"
    assert (payment["surplus"], payment["allocated"], payment["base_amount"], payment["kind"]) == (500.05, 0, 500.05, "receipt")  # fmt: skip
    shown = rep.get(f"/receivables/payments/{payment['id']}/proposal").data
    assert [row["proposed"] for row in shown["open"]] == [300, 200.05, 0]
    assert rep.post(f"/payment/{payment['id']}/actions/allocate", {}).data == {"allocated": 2}
    assert _figures(rep, payment, "allocated", "surplus") == (500.05, 0)
    assert [_figures(rep, p, "received", "outstanding", "status") for p in plans] == [
        (300, 0, "done"), (200.05, 99.95, "partial"), (0, 300, "due"),
    ]  # fmt: skip
    second = _pay(rep, 1000, customer)
    assert rep.post(f"/payment/{second['id']}/actions/allocate", {}).data == {"allocated": 2}
    assert _figures(rep, second, "allocated", "surplus") == (399.95, 600.05)
    state = rep.get(f"/receivables/contracts/{contract['id']}").data
    assert (state["received"], state["outstanding"]) == (900, 0)
    assert rep.post(f"/payment/{second['id']}/actions/allocate", {}).data == {"allocated": 0}
    later = _plan(rep, customer=customer["id"], amount=600, due_on="2031-05-01")
    assert _allocate(rep, second, (later, "600.05")).status_code == 422
    assert _allocate(rep, second, (later, 600)).data["surplus"] == 0.05
    assert [row["amount"] for row in _read(rep, second)["allocations"]] == [99.95, 300, 600]


def test_never_more_than_is_left_on_either_side(rep: Door, customer: dict[str, Any]) -> None:
    plan = _plan(rep, customer=customer["id"], amount=100, due_on="2031-01-01")
    payment = _pay(rep, 150, customer)
    assert _errors(_allocate(rep, payment, (plan, "100.01"))) == [("allocations.0.plan", "over_target")]
    assert _errors(_allocate(rep, payment, (plan, 60), (plan, 41))) == [("allocations.1.plan", "over_target")]
    large = _plan(rep, customer=customer["id"], amount=900, due_on="2031-01-01")
    assert _errors(_allocate(rep, payment, (plan, 100), (large, "50.01"))) == [
        ("allocations.1.amount", "over_payment")
    ]
    assert _figures(rep, payment, "allocated", "surplus", "allocations") == (0, 150, [])
    for bad in (0, -1, "1.001", "NaN", 10**14, None, [], "ein"):
        assert _allocate(rep, payment, (plan, bad)).status_code == 422, bad
    nothing = rep.post(f"/receivables/payments/{payment['id']}/allocations", {"allocations": [{"amount": 1}]})
    assert _errors(nothing) == [("allocations.0.plan", "required")]
    # the doors of lines are held to the same
    line = {"parent": payment["id"], "plan": plan["id"], "amount": "100.01"}
    assert _errors(rep.post("/payment_allocations", line)) == [("plan", "over_target")]
    one = rep.post("/payment_allocations", line | {"amount": 90})
    assert one.status_code == 201, one.data
    assert _figures(rep, plan, "received", "status") == (90, "partial")
    wrong = rep.patch(
        f"/payment_allocations/{one.data['id']}", {"amount": 101, "version": one.data["version"]}
    )
    assert _errors(wrong) == [("plan", "over_target")]
    right = rep.patch(
        f"/payment_allocations/{one.data['id']}", {"amount": 100, "version": one.data["version"]}
    )
    assert (right.status_code, right.data["base"]) == (200, 100)
    whole = _read(rep, payment)
    assert (whole["allocated"], whole["surplus"]) == (100, 50)
    refused = rep.patch(
        f"/payment/{payment['id']}", {"allocations": [{"amount": 5}], "version": whole["version"]}
    )
    assert ("allocations", "readonly") in _errors(refused)


def test_what_is_paid_for_stays_and_what_is_taken_back_is_owed_again(
    rep: Door, customer: dict[str, Any]
) -> None:
    plan = _plan(rep, customer=customer["id"], amount=100, due_on="2031-01-01")
    payment = _pay(rep, 100, customer)
    line = _allocate(rep, payment, (plan, 80)).data["allocations"][0]
    paid, spent = _read(rep, plan), _read(rep, payment)
    for change, code in (({"amount": 79}, "below_received"), ({"currency": "USD"}, "has_money"), ({"customer": None}, "has_money")):  # fmt: skip
        assert code in [
            c
            for _, c in _errors(
                rep.patch(f"/payment_plan/{plan['id']}", change | {"version": paid["version"]})
            )
        ]
    assert _errors(rep.delete(f"/payment_plan/{plan['id']}", {"version": paid["version"]})) == [
        ("id", "has_money")
    ]
    assert _errors(
        rep.post(f"/payment_plan/{plan['id']}/actions/void_payment_plan", {"comment": "不要了"})
    ) == [("status", "has_money")]
    for change, code in (
        ({"amount": 79}, "below_used"),
        ({"currency": "EUR"}, "in_use"),
        ({"customer": None}, "in_use"),
    ):
        assert code in [
            c
            for _, c in _errors(
                rep.patch(f"/payment/{payment['id']}", change | {"version": spent["version"]})
            )
        ]
    assert _allocate(rep, payment, remove=(plan["id"],)).status_code == 404
    assert _allocate(rep, payment, (plan, 100), remove=(line["id"],)).data["surplus"] == 0
    assert _figures(rep, plan, "received", "status") == (100, "done")
    gone = rep.delete(f"/payment/{payment['id']}", {"version": _read(rep, payment)["version"]})
    assert gone.status_code == 204, gone.data
    assert _figures(rep, plan, "received", "outstanding", "status") == (0, 100, "due")
    assert rep.post(f"/payment/{payment['id']}/actions/restore").data == {"restored": 1}
    assert _figures(rep, plan, "received", "status") == (100, "done")
    assert _figures(rep, payment, "allocated", "surplus") == (100, 0)


def test_a_void_payment_gives_everything_back(rep: Door, customer: dict[str, Any]) -> None:
    plan = _plan(rep, customer=customer["id"], amount=100, due_on="2031-01-01")
    payment = _pay(rep, 130, customer)
    _allocate(rep, payment, (plan, 100))
    path = f"/payment/{payment['id']}/actions/void_payment"
    assert _errors(rep.post(path, {})) == [("comment", "required")]
    assert rep.post(path, {"comment": "重复登记"}).data == {"status": "void", "given_back": 1}
    assert _figures(rep, plan, "received", "outstanding", "status") == (0, 100, "due")
    assert _figures(rep, payment, "status", "allocated", "surplus", "base_amount", "amount", "void_reason") == (
        "void", 0, 0, 0, 130, "重复登记",
    )  # fmt: skip
    assert rep.post(path, {"comment": "再来"}).status_code == 409
    assert _errors(_allocate(rep, payment, (plan, 1)))[0][1] in ("void_payment", "locked")
    assert rep.post(f"/payment/{payment['id']}/actions/allocate", {}).status_code == 409
    changed = rep.patch(f"/payment/{payment['id']}", {"amount": 1, "version": _read(rep, payment)["version"]})
    assert ("amount", "locked") in _errors(changed)


def test_a_void_plan_takes_no_money_and_comes_back(rep: Door, customer: dict[str, Any]) -> None:
    contract = _contract(rep, customer, 100)
    plan = _plan(rep, contract=contract["id"], amount=100, due_on="2031-01-01")
    path = f"/payment_plan/{plan['id']}/actions"
    assert _errors(rep.post(f"{path}/void_payment_plan", {})) == [("comment", "required")]
    assert rep.post(f"{path}/void_payment_plan", {"comment": "改期"}).data == {"status": "void"}
    assert _figures(rep, plan, "outstanding", "void_reason") == (0, "改期")
    payment = _pay(rep, 50, customer)
    assert _errors(_allocate(rep, payment, (plan, 50))) == [("allocations.0.plan", "void_target")]
    assert ("amount", "locked") in _errors(
        rep.patch(f"/payment_plan/{plan['id']}", {"amount": 5, "version": _read(rep, plan)["version"]})
    )
    again = _plan(rep, contract=contract["id"], amount=60, due_on="2031-01-01")
    assert _errors(rep.post(f"{path}/reopen_payment_plan", {})) == [("amount", "over_contract")]
    assert rep.delete(f"/payment_plan/{again['id']}", {"version": again["version"]}).status_code == 204
    assert rep.post(f"{path}/reopen_payment_plan", {}).status_code == 200
    assert _figures(rep, plan, "status", "outstanding", "void_reason") == ("due", 100, None)
    assert _errors(rep.post(f"/payment_plan/{again['id']}/actions/restore")) == [("amount", "over_contract")]


def test_a_refund_takes_what_is_left_and_nothing_else(rep: Door, customer: dict[str, Any]) -> None:
    plan = _plan(rep, customer=customer["id"], amount=70, due_on="2031-01-01")
    payment = _pay(rep, 100, customer)
    _allocate(rep, payment, (plan, 70))
    path = f"/payment/{payment['id']}/actions/refund_payment"
    assert _errors(rep.post(path, {"amount": "30.01", "comment": "多付"})) == [("amount", "over_surplus")]
    answer = rep.post(path, {"amount": 20, "comment": "多付", "paid_on": "2026-03-05"})
    assert answer.status_code == 200, answer.data
    refund = _read(rep, answer.data["payment"])
    assert (refund["amount"], refund["base_amount"], refund["surplus"], refund["kind"]) == (
        -20,
        -20,
        0,
        "refund",
    )
    assert (refund["refunds"]["id"], refund["customer"]["id"], refund["name"]) == (payment["id"], customer["id"], "退款 2026-03-05")  # fmt: skip
    assert _figures(rep, payment, "refunded", "surplus") == (20, 10)
    assert ("amount", "fixed") in _errors(
        rep.patch(f"/payment/{refund['id']}", {"amount": -5, "version": refund["version"]})
    )
    assert _errors(_allocate(rep, refund, (plan, 1)))[0][1] in ("a_refund", "over_payment")
    assert _errors(rep.post(f"/payment/{payment['id']}/actions/void_payment", {"comment": "错"})) == [
        ("status", "has_refund")
    ]
    assert _errors(rep.delete(f"/payment/{payment['id']}", {"version": _read(rep, payment)["version"]})) == [
        ("id", "has_refund")
    ]
    assert rep.post(path, {"comment": "剩下的也退"}).status_code == 200
    assert _figures(rep, payment, "refunded", "surplus") == (30, 0)
    assert rep.post(f"/payment/{refund['id']}/actions/void_payment", {"comment": "没退"}).status_code == 200
    assert _figures(rep, payment, "refunded", "surplus") == (10, 20)
    total = rep.post(
        "/payment/query", {"group": [], "measures": [{"op": "sum", "field": "base_amount", "as": "sum"}]}
    ).data
    assert list(total["data"][0]["values"].values()) == [90]


def test_currencies_and_rates_that_differ_leave_a_difference(
    boss: Door, rep: Door, customer: dict[str, Any]
) -> None:
    refused = rep.post("/payment", {"amount": 1, "currency": "USD", "paid_on": "2026-03-01"})
    assert _errors(refused) == [("currency", "no_rate")]
    made(boss, "currency_rate", currency="USD", day="2026-01-01", rate="7.0")
    contract = _contract(rep, customer, 1000, currency="USD", signed_on="2026-01-02")
    made(boss, "currency_rate", currency="USD", day="2026-03-01", rate="7.2")
    plan = _plan(rep, contract=contract["id"], amount=1000, due_on="2031-01-01")
    assert (plan["currency"], plan["rate"]) == ("USD", 7)
    payment = _pay(rep, "333.33", customer, currency="USD")
    assert (payment["rate"], payment["base_amount"]) == (7.2, 2399.98)
    found = _allocate(rep, payment, (plan, "111.11"), (plan, "222.22")).data
    rows = found["allocations"]
    assert sum(row["base"] for row in rows) == 2399.98  # to the cent, though 799.992 and 1599.984 are not
    assert found["exchange_difference"] == round(2399.98 - 2333.31, 2)
    assert (
        rep.patch(
            f"/payment/{payment['id']}", {"paid_on": "2026-01-05", "version": found["version"]}
        ).status_code
        == 422
    )
    home = _pay(rep, 7200, customer)
    shown = rep.get(f"/receivables/payments/{home['id']}/proposal").data["open"]
    assert [(row["proposed"], row["settles"]) for row in shown] == [(4800.02, 666.67)]
    assert rep.post(f"/payment/{home['id']}/actions/allocate", {}).data == {"allocated": 1}
    assert _figures(rep, plan, "received", "outstanding", "status") == (1000, 0, "done")
    now = _read(rep, home)
    assert (now["surplus"], now["allocations"][0]["settled"]) == (2399.98, 666.67)
    assert round(now["exchange_difference"] + found["exchange_difference"], 2) == round(
        2399.98 + 4800.02 - 7000, 2
    )


def test_an_allocation_is_undone_as_one(rep: Door, customer: dict[str, Any]) -> None:
    plans = [_plan(rep, customer=customer["id"], amount=50, due_on=f"2031-0{n}-01") for n in (1, 2)]
    payment = _pay(rep, 80, customer)
    assert rep.post(f"/payment/{payment['id']}/actions/allocate", {}).data == {"allocated": 2}
    latest = rep.get("/changes").data["data"][0]
    answer = rep.post(f"/changes/{latest['id']}/undo", {})
    assert (answer.data["undo_state"], answer.data["skipped"], answer.data["left"]) == ("done", 0, [])
    assert [_figures(rep, plan, "received", "status") for plan in plans] == [(0, "due"), (0, "due")]
    assert _figures(rep, payment, "allocated", "surplus", "allocations") == (0, 80, [])


def test_days_pass_and_owners_are_told_once(
    rep: Door, boss: Door, customer: dict[str, Any], firm: Firm, today: date
) -> None:
    def plan(days: int, **values: Any) -> dict[str, Any]:
        return _plan(
            rep,
            customer=customer["id"],
            amount=10,
            due_on=(today + timedelta(days=days)).isoformat(),
            **values,
        )

    soon, far, now = plan(3), plan(4), plan(0)
    early, never = plan(30, notice_days=30), plan(1, notice_days=0)
    late = plan(-1)
    assert (late["status"], late["reminder"]) == ("overdue", "late")

    def run(days: int = 0) -> int:
        with session(firm.workspace.id):
            ctx = load_system_ctx(firm.workspace.id)
            return follow_days(replace(ctx, now=ctx.now + timedelta(days=days)))

    assert (run(), run()) == (3, 0)
    assert [_read(rep, p)["reminder"] for p in (soon, far, now, early, never)] == [
        "before",
        None,
        "on_day",
        "before",
        None,
    ]
    told = rep.get("/notifications").data["data"]
    assert {notice["url"] for notice in told} == {f"/o/payment_plan/{p['id']}" for p in (soon, now, early)}
    assert (run(1), run(1)) == (3, 0)
    assert [_figures(rep, p, "status", "reminder") for p in (now, far, never)] == [
        ("overdue", "late"), ("due", "before"), ("due", "on_day"),
    ]  # fmt: skip
    assert len(rep.get("/notifications").data["data"]) == 6
    moved = rep.patch(f"/payment_plan/{now['id']}", {"due_on": (today + timedelta(days=90)).isoformat(), "version": _read(rep, now)["version"]})  # fmt: skip
    assert (moved.data["status"], moved.data["reminder"]) == ("due", None)


def test_what_is_owed_by_age(
    rep: Door, boss: Door, customer: dict[str, Any], firm: Firm, today: date
) -> None:
    second = made(rep, "customer", name="小榄五金")
    for days, amount, whose in ((-5, 1, customer), (0, 2, customer), (1, 4, customer), (30, 8, second), (31, 16, second),
                                (60, 32, customer), (61, 64, second), (90, 128, customer), (91, 256, second)):  # fmt: skip
        _plan(rep, customer=whose["id"], amount=amount, due_on=(today - timedelta(days=days)).isoformat())
    found = rep.get("/receivables/ageing").data
    assert {b["key"]: (b["amount"], b["count"]) for b in found["buckets"]} == {
        "not_due": (3, 2), "to_30": (12, 2), "to_60": (48, 2), "to_90": (192, 2), "over_90": (256, 1),
    }  # fmt: skip
    assert (found["total"], found["currency"]) == (511, "CNY")
    assert [(row["customer"]["title"], row["total"]) for row in found["customers"]] == [
        ("小榄五金", 344),
        ("中山泵业", 167),
    ]
    assert found["customers"][0]["amounts"] == {
        "not_due": 0,
        "to_30": 8,
        "to_60": 16,
        "to_90": 64,
        "over_90": 256,
    }
    for row in found["customers"]:
        assert sum(row["amounts"].values()) == row["total"]
    late = found["buckets"][1]
    listed = rep.post("/payment_plan/query", {"filter": {"and": [
        {"field": "due_on", "op": "on_or_after", "value": late["from"]},
        {"field": "due_on", "op": "on_or_before", "value": late["until"]}]}}).data["data"]  # fmt: skip
    assert sum(row["outstanding"] for row in listed) == late["amount"]
    stranger = firm.door(firm.add("何", Role.MEMBER))
    assert (
        stranger.get("/receivables/ageing").data["total"],
        boss.get("/receivables/ageing").data["total"],
    ) == (0, 511)
    assert len(rep.get("/receivables/ageing?limit=1").data["customers"]) == 1


def test_what_one_may_not_see_takes_no_money(
    rep: Door, customer: dict[str, Any], firm: Firm, other_firm: Firm
) -> None:
    contract = _contract(rep, customer)
    plan = _plan(rep, contract=contract["id"], amount=10, due_on="2031-01-01")
    payment = _pay(rep, 10, customer)
    stranger = firm.door(firm.add("何", Role.MEMBER))
    reader = firm.door(firm.add("看", Role.READ_ONLY))
    for door, status in ((stranger, 404), (other_firm.door(), 404), (reader, 403)):
        assert _allocate(door, payment, (plan, 1)).status_code == status
        assert _split(door, contract, parts=1, first_due="2031-01-01").status_code == status
        for action in ("allocate", "refund_payment", "void_payment"):
            assert door.post(f"/payment/{payment['id']}/actions/{action}", {"comment": "x"} if action != "allocate" else {}).status_code == status  # fmt: skip
    assert stranger.get(f"/receivables/contracts/{contract['id']}").status_code == 404
    assert stranger.get(f"/receivables/payments/{payment['id']}/proposal").status_code == 404
    own = _pay(stranger, 10, made(stranger, "customer", name="自己的"))
    assert set(_errors(_allocate(stranger, own, (plan, 1)))) == {("allocations.0.plan", "unknown_record")}
    assert _figures(rep, plan, "received") == (0,)
