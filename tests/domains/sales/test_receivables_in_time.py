"""Instalments and payments in other currencies, as days pass, by age, and for who may not see them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from guanxi.domains.sales.receivables.overdue import follow_days
from guanxi.engine.tenancy.context import Role, session
from guanxi.engine.tenancy.models import load_system_ctx
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


def test_currencies_and_rates_that_differ_leave_a_difference(
    boss: Door, rep: Door, customer: dict[str, Any]
) -> None:
    refused = rep.post("/payment", {"amount": 1, "currency": "USD", "paid_on": "2026-03-01"})
    assert money.errors(refused) == [("currency", "no_rate")]
    made(boss, "currency_rate", currency="USD", day="2026-01-01", rate="7.0")
    contract = money.contract(rep, customer, 1000, currency="USD", signed_on="2026-01-02")
    made(boss, "currency_rate", currency="USD", day="2026-03-01", rate="7.2")
    plan = money.plan(rep, contract=contract["id"], amount=1000, due_on="2031-01-01")
    assert (plan["currency"], plan["rate"]) == ("USD", 7)
    payment = money.pay(rep, "333.33", customer, currency="USD")
    assert (payment["rate"], payment["base_amount"]) == (7.2, 2399.98)
    found = money.allocate(rep, payment, (plan, "111.11"), (plan, "222.22")).data
    rows = found["allocations"]
    assert sum(row["base"] for row in rows) == 2399.98  # to the cent, though 799.992 and 1599.984 are not
    assert found["exchange_difference"] == round(2399.98 - 2333.31, 2)
    assert (
        rep.patch(
            f"/payment/{payment['id']}", {"paid_on": "2026-01-05", "version": found["version"]}
        ).status_code
        == 422
    )
    home = money.pay(rep, 7200, customer)
    shown = rep.get(f"/receivables/payments/{home['id']}/proposal").data["open"]
    assert [(row["proposed"], row["settles"]) for row in shown] == [(4800.02, 666.67)]
    assert rep.post(f"/payment/{home['id']}/actions/allocate", {}).data == {"allocated": 1}
    assert money.figures(rep, plan, "received", "outstanding", "status") == (1000, 0, "done")
    now = money.read(rep, home)
    assert (now["surplus"], now["allocations"][0]["settled"]) == (2399.98, 666.67)
    assert round(now["exchange_difference"] + found["exchange_difference"], 2) == round(
        2399.98 + 4800.02 - 7000, 2
    )


def test_an_allocation_is_undone_as_one(rep: Door, customer: dict[str, Any]) -> None:
    plans = [money.plan(rep, customer=customer["id"], amount=50, due_on=f"2031-0{n}-01") for n in (1, 2)]
    payment = money.pay(rep, 80, customer)
    assert rep.post(f"/payment/{payment['id']}/actions/allocate", {}).data == {"allocated": 2}
    latest = rep.get("/changes").data["data"][0]
    answer = rep.post(f"/changes/{latest['id']}/undo", {})
    assert (answer.data["undo_state"], answer.data["skipped"], answer.data["left"]) == ("done", 0, [])
    assert [money.figures(rep, plan, "received", "status") for plan in plans] == [(0, "due"), (0, "due")]
    assert money.figures(rep, payment, "allocated", "surplus", "allocations") == (0, 80, [])


def test_days_pass_and_owners_are_told_once(
    rep: Door, boss: Door, customer: dict[str, Any], firm: Firm, today: date
) -> None:
    def plan(days: int, **values: Any) -> dict[str, Any]:
        return money.plan(
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
    assert [money.read(rep, p)["reminder"] for p in (soon, far, now, early, never)] == [
        "before",
        None,
        "on_day",
        "before",
        None,
    ]
    told = rep.get("/notifications").data["data"]
    assert {notice["url"] for notice in told} == {f"/o/payment_plan/{p['id']}" for p in (soon, now, early)}
    assert (run(1), run(1)) == (3, 0)
    assert [money.figures(rep, p, "status", "reminder") for p in (now, far, never)] == [
        ("overdue", "late"), ("due", "before"), ("due", "on_day"),
    ]  # fmt: skip
    assert len(rep.get("/notifications").data["data"]) == 6
    moved = rep.patch(f"/payment_plan/{now['id']}", {"due_on": (today + timedelta(days=90)).isoformat(), "version": money.read(rep, now)["version"]})  # fmt: skip
    assert (moved.data["status"], moved.data["reminder"]) == ("due", None)


def test_what_is_owed_by_age(
    rep: Door, boss: Door, customer: dict[str, Any], firm: Firm, today: date
) -> None:
    second = made(rep, "customer", name="小榄五金")
    for days, amount, whose in ((-5, 1, customer), (0, 2, customer), (1, 4, customer), (30, 8, second), (31, 16, second),
                                (60, 32, customer), (61, 64, second), (90, 128, customer), (91, 256, second)):  # fmt: skip
        money.plan(
            rep, customer=whose["id"], amount=amount, due_on=(today - timedelta(days=days)).isoformat()
        )
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
    contract = money.contract(rep, customer)
    plan = money.plan(rep, contract=contract["id"], amount=10, due_on="2031-01-01")
    payment = money.pay(rep, 10, customer)
    stranger = firm.door(firm.add("何", Role.MEMBER))
    reader = firm.door(firm.add("看", Role.READ_ONLY))
    for door, status in ((stranger, 404), (other_firm.door(), 404), (reader, 403)):
        assert money.allocate(door, payment, (plan, 1)).status_code == status
        assert money.split(door, contract, parts=1, first_due="2031-01-01").status_code == status
        for action in ("allocate", "refund_payment", "void_payment"):
            assert door.post(f"/payment/{payment['id']}/actions/{action}", {"comment": "x"} if action != "allocate" else {}).status_code == status  # fmt: skip
    assert stranger.get(f"/receivables/contracts/{contract['id']}").status_code == 404
    assert stranger.get(f"/receivables/payments/{payment['id']}/proposal").status_code == 404
    own = money.pay(stranger, 10, made(stranger, "customer", name="自己的"))
    assert set(money.errors(money.allocate(stranger, own, (plan, 1)))) == {
        ("allocations.0.plan", "unknown_record")
    }
    assert money.figures(rep, plan, "received") == (0,)
