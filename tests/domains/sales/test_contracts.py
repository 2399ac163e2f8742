"""Contracts: of a quote, numbered without gaps, approved above an amount, locked once in force."""

import io
from datetime import timedelta
from typing import Any

import pypdf
import pytest

from guanxi.domains.sales.papers.renewing import renew_due
from guanxi.engine.tenancy.context import Role, session
from guanxi.engine.tenancy.models import load_system_ctx
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


def _do(door: Door, record: dict[str, Any], object_key: str, move: str, **given: Any) -> Any:
    return door.post(f"/{object_key}/{record['id']}/actions/{move}_{object_key}", given)


def test_a_contract_of_a_quote_has_its_items_and_terms(rep: Door) -> None:
    customer = made(rep, "customer", name="甲")
    quote = made(rep, "quote", name="报价", customer=customer["id"], terms="货到付款", discount=10,
                 items=[{"name": "泵", "price": 1000, "quantity": 3, "tax_rate": 13}])  # fmt: skip
    early = rep.post(f"/quote/{quote['id']}/actions/make_contract", {})
    assert (early.status_code, early.data["code"]) == (409, "wrong_state")
    assert _do(rep, quote, "quote", "send").status_code == 200
    answer = rep.post(f"/quote/{quote['id']}/actions/make_contract", {})
    assert answer.status_code == 200, answer.data
    contract = rep.get(f"/contract/{answer.data['contract']['id']}").data
    assert (contract["customer"]["id"], contract["quote"]["id"]) == (customer["id"], quote["id"])
    assert (contract["terms"], contract["total"], contract["status"]) == ("货到付款", 2700, "draft")
    assert contract["number"].startswith("HT-") and contract["number"].endswith("-0001")


def test_what_is_made_of_a_paper_is_one_entry_in_its_history(boss: Door, rep: Door) -> None:
    pump = made(boss, "product", name="泵", price=1000)
    customer = made(rep, "customer", name="甲")
    lines = [{"product": pump["id"], "quantity": 2, "discount": 10}, {"name": "待定"}]
    deal = made(rep, "opportunity", name="一单", customer=customer["id"], items=lines)
    raised = boss.patch(f"/product/{pump['id']}", {"price": 3000, "name": "新泵", "version": pump["version"]})
    assert raised.status_code == 200, raised.data

    def next_one(object_key: str, record: dict[str, Any], action: str, made_as: str) -> dict[str, Any]:
        answer = rep.post(f"/{object_key}/{record['id']}/actions/{action}", {})
        assert answer.status_code == 200, answer.data
        found: dict[str, Any] = rep.get(f"/{made_as}/{answer.data[made_as]['id']}").data
        history = rep.get(f"/{made_as}/{found['id']}/history").data["data"]
        assert [entry["action"] for entry in history] == ["create"], history
        assert {change["field"] for change in history[0]["changes"]} >= {"items", "total", "customer"}
        first, second = found["items"]
        assert (first["name"], first["price"], first["list_price"], first["amount"]) == (
            "泵",
            1000,
            1000,
            1800,
        )
        assert (second["name"], second["price"], found["total"]) == ("待定", None, 1800)
        return found

    quote = next_one("opportunity", deal, "make_quote", "quote")
    assert _do(rep, quote, "quote", "send").status_code == 200
    contract = next_one("quote", quote, "make_contract", "contract")
    assert _do(rep, contract, "contract", "sign").status_code == 200
    next_one("contract", contract, "make_order", "sales_order")
    next_one("quote", quote, "revise_quote", "quote")


def test_what_waits_and_what_ends_soon_are_lists_of_their_own(boss: Door, rep: Door, firm: Firm) -> None:
    with session(firm.workspace.id):
        today = firm.ctx.today.date()
    made(boss, "discount_band", role="member", contract_limit=1000)
    waiting = made(rep, "contract", name="大", items=[{"name": "件", "price": 5000}])
    assert _do(rep, waiting, "contract", "submit").status_code == 200
    soon, late = (
        made(rep, "contract", name=f"{days} 天", items=[{"name": "件", "price": 1}],
             ends_on=(today + timedelta(days=days)).isoformat())
        for days in (59, 61)
    )  # fmt: skip
    for each in (soon, late):
        assert _do(rep, each, "contract", "sign").status_code == 200
    views = {view["id"]: view["definition"] for view in boss.get("/views?object=contract").data["data"]}
    for key, expected in (("pending", waiting), ("ending", soon)):
        query = {part: views[f"builtin:{key}"][part] for part in ("filter", "sort")}
        assert [row["id"] for row in boss.post("/contract/query", query).data["data"]] == [expected["id"]]


def test_above_an_amount_somebody_else_approves(boss: Door, rep: Door) -> None:
    made(boss, "discount_band", role="member", contract_limit=1000)
    small = made(rep, "contract", name="小", items=[{"name": "件", "price": 1000}])
    assert _do(rep, small, "contract", "sign").data == {"status": "active"}
    assert rep.get(f"/contract/{small['id']}").data["signed_on"]
    large = made(rep, "contract", name="大", items=[{"name": "件", "price": "1000.01"}])
    refused = _do(rep, large, "contract", "sign")
    assert [e["code"] for e in refused.data["errors"]] == ["needs_approval"]
    assert "1000.01" in refused.data["errors"][0]["message"]
    assert _do(rep, large, "contract", "submit").status_code == 200
    assert _do(boss, large, "contract", "approve", comment="可以").status_code == 200
    assert _do(rep, large, "contract", "sign").data == {"status": "active"}
    now = rep.get(f"/contract/{large['id']}").data
    assert now["signed_on"] and now["decision_note"] == "可以"
    locked = rep.patch(f"/contract/{large['id']}", {"items": [], "discount": 5, "version": now["version"]})
    assert ("items", "locked") in [(e["field"], e["code"]) for e in locked.data["errors"]], locked.data
    assert _do(rep, large, "contract", "terminate").status_code == 422
    assert _do(rep, large, "contract", "terminate", comment="客户退出").data == {"status": "terminated"}


def test_what_was_approved_with_the_quote_is_not_asked_about_again(boss: Door, rep: Door) -> None:
    made(boss, "discount_band", role="member", limit=8)
    pump = made(boss, "product", name="泵", price=1000)
    customer, other = (made(rep, "customer", name=name) for name in "甲乙")
    quote = made(
        rep, "quote", name="报价", customer=customer["id"], items=[{"product": pump["id"], "discount": 15}]
    )
    for door, move in ((rep, "submit"), (boss, "approve"), (rep, "send"), (rep, "accept")):
        assert _do(door, quote, "quote", move).status_code == 200, move

    def contract() -> dict[str, Any]:
        answer = rep.post(f"/quote/{quote['id']}/actions/make_contract", {})
        found: dict[str, Any] = rep.get(f"/contract/{answer.data['contract']['id']}").data
        return found

    def sign(found: dict[str, Any], **values: Any) -> Any:
        changed = rep.patch(f"/contract/{found['id']}", values | {"version": found["version"]})
        assert changed.status_code == 200, changed.data
        return _do(rep, found, "contract", "sign")

    assert _do(rep, contract(), "contract", "sign").data == {"status": "active"}
    line = {"product": pump["id"], "discount": 15}
    assert sign(contract(), items=[line | {"quantity": 9}]).data == {"status": "active"}
    for asked in (
        {"discount": 1},
        {"items": [line | {"discount": 16}]},
        {"currency": "CNY", "customer": other["id"]},
    ):
        refused = sign(contract(), **asked)
        assert [e["code"] for e in refused.data["errors"]] == ["needs_approval"], asked
    # The amount was nobody's to approve with the quote.
    made(boss, "discount_band", role="member", contract_limit=100)
    large = _do(rep, contract(), "contract", "sign")
    assert [e["code"] for e in large.data["errors"]] == ["needs_approval"]
    assert "850" in large.data["errors"][0]["message"]


def test_clauses_of_the_library_are_written_into_the_terms(boss: Door, rep: Door) -> None:
    pay, keep = (
        made(boss, "clause", name=name, body=body)
        for name, body in (("付款", "签订后七日内付三成。\n"), ("保密", "双方保密。\n期限三年。"))
    )
    contract = made(rep, "contract", name="年约", terms="一、总则", items=[{"name": "泵", "price": 1000}])
    path = f"/contract/{contract['id']}/actions/add_clauses"
    assert rep.post(path, {"clauses": [keep["id"], pay["id"]]}).data == {"added": 2}
    assert rep.post(path, {"clauses": [pay["id"]]}).data == {"added": 0}
    terms = "一、总则\n\n保密\n双方保密。\n期限三年。\n\n付款\n签订后七日内付三成。"
    assert rep.get(f"/contract/{contract['id']}").data["terms"] == terms
    unknown = rep.post(path, {"clauses": [contract["id"]]})
    assert [(e["field"], e["code"]) for e in unknown.data["errors"]] == [("clauses", "not_found")]
    assert rep.post("/clause", {"name": "私货", "body": "x"}).status_code == 403
    # The library may change: what was agreed does not.
    assert boss.patch(f"/clause/{keep['id']}", {"body": "改了", "version": 1}).status_code == 200
    assert _do(rep, contract, "contract", "sign").data == {"status": "active"}
    assert rep.post(path, {"clauses": [keep["id"]]}).status_code == 409
    assert rep.get(f"/contract/{contract['id']}").data["terms"] == terms
    printed = rep.get(f"/papers/contract/{contract['id']}/pdf")
    (page,) = pypdf.PdfReader(io.BytesIO(printed.content)).pages
    assert "期限三年。" in page.extract_text()


def test_a_term_has_an_order(rep: Door) -> None:
    refused = rep.post("/contract", {"name": "倒", "starts_on": "2026-02-01", "ends_on": "2026-01-01"})
    assert [(e["field"], e["code"]) for e in refused.data["errors"]] == [("ends_on", "ends_first")]


def test_contracts_that_end_are_renewed_in_time_and_once(boss: Door, rep: Door, firm: Firm) -> None:
    with session(firm.workspace.id):
        today = firm.ctx.today.date()

    def contract(name: str, days: int, **values: Any) -> dict[str, Any]:
        ends = (today + timedelta(days=days)).isoformat()
        found = made(rep, "contract", name=name, ends_on=ends, items=[{"name": "件", "price": 800}], **values)
        assert _do(rep, found, "contract", "sign").status_code == 200
        return found

    customer = made(rep, "customer", name="甲")
    due = contract("年度维保", 29, customer=customer["id"])
    contract("还早", 31)
    contract("不提醒", 5, notice_days=0)
    contract("过期", -1)
    made(rep, "contract", name="草稿", ends_on=today.isoformat())
    for expected in (1, 0):
        with session(firm.workspace.id):
            assert renew_due(load_system_ctx(firm.workspace.id)) == expected
    deal = rep.get(f"/contract/{due['id']}").data["renewal"]
    found = rep.get(f"/opportunity/{deal['id']}").data
    assert (found["title"], found["amount"], found["status"]) == ("续签：年度维保", 800, "open")
    assert (found["customer"]["id"], found["expected_close_date"]) == (customer["id"], due["ends_on"])
    told = rep.get("/notifications").data["data"]
    assert [notice["url"] for notice in told] == [f"/o/opportunity/{deal['id']}"]
    early = contract("提前", 100, notice_days=120)
    with session(firm.workspace.id):
        assert renew_due(load_system_ctx(firm.workspace.id)) == 1
    assert rep.get(f"/contract/{early['id']}").data["renewal"]
