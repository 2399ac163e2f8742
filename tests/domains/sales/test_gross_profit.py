"""Gross profit of contracts: net less what the items cost when they were written; and as a target."""

from typing import Any

from guanxi.engine.tenancy.context import session
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm


def profit(door: Door, contract: dict[str, Any]) -> tuple[Any, Any, Any]:
    found = door.get(f"/contract/{contract['id']}").data
    return found["net_total"], found["cost_total"], found["gross_profit"]


def test_costs_are_those_of_when_the_items_were_written_in_the_papers_currency(boss: Door) -> None:
    made(boss, "currency_rate", currency="USD", day="2026-01-01", rate=7)
    pump = made(boss, "product", name="泵", price="1130", cost="600", tax_rate=13)
    deal = made(boss, "contract", name="内贸", discount=10, signed_on="2026-03-01",
                items=[{"product": pump["id"], "quantity": 2}, {"name": "安装", "price": "106", "tax_rate": 6}])  # fmt: skip
    assert profit(boss, deal) == (1890, 1200, 690)  # (2000 + 100) × 90 % - 2 × 600
    abroad = made(boss, "contract", name="外贸", currency="USD", signed_on="2026-03-02",
                  items=[{"product": pump["id"], "quantity": 3, "price": 150, "tax_rate": 0}])  # fmt: skip
    assert profit(boss, abroad) == (450, 257.13, 1350.09)  # 600 CNY are 85.71 USD
    # The product costs more from now on: nothing that was written changes, whatever else does.
    assert boss.patch(f"/product/{pump['id']}", {"cost": 900, "version": 1}).status_code == 200
    version = boss.get(f"/contract/{deal['id']}").data["version"]
    assert boss.patch(f"/contract/{deal['id']}", {"discount": 0, "version": version}).status_code == 200
    assert profit(boss, deal) == (2100, 1200, 900)
    quote = made(boss, "quote", name="报价", items=[{"product": pump["id"], "price": 2260, "quantity": 1}])
    assert boss.post(f"/quote/{quote['id']}/actions/send_quote", {}).status_code == 200
    assert boss.patch(f"/product/{pump['id']}", {"cost": 1, "version": 2}).status_code == 200
    of_quote = boss.post(f"/quote/{quote['id']}/actions/make_contract", {}).data["contract"]
    assert profit(boss, of_quote) == (2000, 900, 1100)


def test_gross_profit_of_what_was_signed_is_a_target(boss: Door, firm: Firm) -> None:
    plan = boss.post("/targets/plans", {"name": {"zh-CN": "毛利"}, "measure": "gross_profit"})
    assert plan.status_code == 201, plan.data
    with session(firm.workspace.id):
        today = firm.ctx.today.date().isoformat()
    pump = made(boss, "product", name="泵", price="100", cost="60")
    drafted, signed = (
        made(boss, "contract", name="单", signed_on=today, items=[{"product": pump["id"], "quantity": 2}])
        for _ in range(2)
    )
    answer = boss.post(f"/contract/{signed['id']}/actions/sign_contract", {})
    assert answer.status_code == 200, answer.data
    rows = boss.get("/targets").data["plans"][0]["rows"]
    assert {row["actual"] for row in rows if row["kind"] == "firm"} == {80}
    assert profit(boss, drafted)[2] == 80
