"""Expenses: what they come to at home, who approves them, and what a customer and a deal cost."""

from typing import Any

import pytest

from guanxi.engine.tenancy.context import Role
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


def move(door: Door, expense: dict[str, Any], name: str, **given: Any) -> Any:
    return door.post(f"/expense/{expense['id']}/actions/{name}_expense", given)


def approved(rep: Door, boss: Door, **values: Any) -> dict[str, Any]:
    found = made(rep, "expense", **values)
    assert move(rep, found, "submit").data == {"status": "submitted"}
    assert move(boss, found, "approve").data == {"status": "approved"}
    return found


def test_an_expense_keeps_the_rate_of_its_day_and_takes_the_customer_of_its_deal(
    boss: Door, rep: Door
) -> None:
    for day, rate in (("2026-01-01", 7), ("2026-02-01", 8)):
        made(boss, "currency_rate", currency="USD", day=day, rate=rate)
    customer = made(rep, "customer", name="甲")
    deal = made(rep, "opportunity", name="单", customer=customer["id"])
    spent = made(rep, "expense", name="拜访", amount="10.05", currency="USD", spent_on="2026-01-20",
                 opportunity=deal["id"])  # fmt: skip
    assert (spent["rate"], spent["base_amount"], spent["status"]) == (7, 70.35, "draft")
    assert (spent["customer"]["id"], spent["number"][:3]) == (customer["id"], "FY-")
    made(boss, "currency_rate", currency="USD", day="2026-01-19", rate=9)
    kept = rep.patch(f"/expense/{spent['id']}", {"amount": 20, "version": 1}).data
    assert (kept["rate"], kept["base_amount"]) == (7, 140)
    later = rep.patch(f"/expense/{spent['id']}", {"spent_on": "2026-02-02", "version": 2}).data
    assert (later["rate"], later["base_amount"]) == (8, 160)
    for given, at, code in (
        ({"amount": 5, "currency": "EUR"}, "currency", "no_rate"),
        ({"amount": -1}, "amount", "out_of_range"),
        ({"amount": "9999999999999", "currency": "USD"}, "amount", "too_large"),
    ):
        refused = rep.post("/expense", {"name": "错", "spent_on": "2026-02-02", **given})
        assert (refused.status_code, refused.data["errors"][0]["field"]) == (422, at), refused.data
        assert refused.data["errors"][0]["code"] == code


def test_service_hours_come_to_an_amount_until_somebody_types_one(rep: Door) -> None:
    work = made(rep, "expense", name="上门", kind="service", hours="2.5", hourly_cost="120.10")
    assert (work["amount"], work["base_amount"]) == (300.25, 300.25)
    more = rep.patch(f"/expense/{work['id']}", {"hours": 3, "version": 1}).data
    assert more["amount"] == 360.3
    typed = rep.patch(f"/expense/{work['id']}", {"amount": 400, "version": 2}).data
    assert typed["amount"] == 400
    assert rep.patch(f"/expense/{work['id']}", {"hours": 4, "version": 3}).data["amount"] == 400
    assert rep.patch(f"/expense/{work['id']}", {"amount": None, "version": 4}).data["amount"] == 480.4


def test_nobody_approves_their_own_and_what_is_approved_stays(boss: Door, rep: Door, firm: Firm) -> None:
    firm.add("第二管理员", Role.ADMIN)
    empty = made(rep, "expense", name="空")
    assert [e["code"] for e in move(rep, empty, "submit").data["errors"]] == ["no_amount"]
    own = made(boss, "expense", name="自己的", amount=10)
    move(boss, own, "submit")
    assert [e["code"] for e in move(boss, own, "approve").data["errors"]] == ["own_approval"]
    spent = made(rep, "expense", name="礼品", kind="gift", amount=10)
    assert move(rep, spent, "approve").data["code"] == "wrong_state"
    move(rep, spent, "submit")
    assert [e["code"] for e in move(rep, spent, "approve").data["errors"]] == ["not_yours"]
    assert move(boss, spent, "reject").status_code == 422  # says why
    assert move(boss, spent, "reject", comment="没有票据").data == {"status": "rejected"}
    now = rep.get(f"/expense/{spent['id']}").data
    assert now["decision_note"] == "没有票据"
    move(rep, spent, "submit")
    assert move(boss, spent, "approve").data == {"status": "approved"}
    now = rep.get(f"/expense/{spent['id']}").data
    locked = rep.patch(f"/expense/{spent['id']}", {"amount": 99, "version": now["version"]})
    assert [(e["field"], e["code"]) for e in locked.data["errors"]] == [("amount", "locked")]
    sneaked = rep.patch(f"/expense/{spent['id']}", {"status": "draft", "version": now["version"]})
    assert sneaked.status_code == 422
    kept = rep.delete(f"/expense/{spent['id']}", {"version": now["version"]})
    assert (kept.status_code, kept.data["errors"][0]["code"]) == (422, "locked"), kept.data
    assert [e["code"] for e in move(rep, spent, "unlock").data["errors"]] == ["not_yours"]
    assert move(boss, spent, "unlock").data == {"status": "draft"}
    now = rep.get(f"/expense/{spent['id']}").data
    assert rep.delete(f"/expense/{spent['id']}", {"version": now["version"]}).status_code == 204


def test_what_customers_and_deals_cost_counts_what_was_approved_at_home(boss: Door, rep: Door) -> None:
    made(boss, "currency_rate", currency="USD", day="2026-01-01", rate="7.123456")
    customer = made(rep, "customer", name="甲")
    deal = made(rep, "opportunity", name="单", customer=customer["id"], currency="USD")
    about = {"customer": customer["id"], "opportunity": deal["id"]}

    def cost() -> tuple[Any, Any]:
        one = rep.get(f"/customer/{customer['id']}").data
        other = rep.get(f"/opportunity/{deal['id']}").data
        return one["cost_to_serve"], other["cost_to_sell"]

    assert cost() == (0, 0)
    made(rep, "expense", name="还没批", amount=1000, **about)
    abroad = approved(rep, boss, name="样品", kind="sample", amount="33.33", currency="USD", **about)
    approved(rep, boss, name="运费", kind="shipping", amount="12.34", customer=customer["id"])
    assert cost() == (249.76, 237.42)  # 33.33 × 7.123456 = 237.4248
    move(boss, abroad, "unlock")
    assert cost() == (12.34, 0)
