"""Invoices: asked for, issued, taken back; with what is not invoiced they are always the contract's total."""

import random
from decimal import Decimal
from typing import Any

import pytest

from guanxi.engine.tenancy.context import Role
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm

TAX_NUMBER = "91110000600037341L"


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


@pytest.fixture
def contract(rep: Door) -> dict[str, Any]:
    customer = made(rep, "customer", name="中山泵业", tax_number=TAX_NUMBER)
    found = made(rep, "contract", name="年度合同", customer=customer["id"],
                 items=[{"name": "泵", "price": "999.99", "tax_rate": 13}, {"name": "装", "price": 333, "tax_rate": 6}])  # fmt: skip
    assert rep.post(f"/contract/{found['id']}/actions/sign_contract", {}).status_code == 200
    return rep.get(f"/contract/{found['id']}").data


def _ask(door: Door, contract: dict[str, Any], **given: Any) -> Any:
    return door.post(f"/contract/{contract['id']}/actions/request_invoice", {"kind": "special", **given})


def _do(door: Door, invoice: dict[str, Any], move: str, **given: Any) -> Any:
    return door.post(f"/invoice/{invoice['id']}/actions/{move}_invoice", given)


def _read(door: Door, invoice: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = door.get(f"/invoice/{invoice['id']}").data
    return found


def _errors(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, (answer.status_code, answer.data)
    return [(error["field"], error["code"]) for error in answer.data["errors"]]


def _sum(*amounts: Any) -> Decimal:
    return sum((Decimal(str(amount)) for amount in amounts), Decimal(0))


def test_an_invoice_is_asked_for_issued_and_locked(rep: Door, contract: dict[str, Any]) -> None:
    answer = _ask(rep, contract)
    assert answer.status_code == 200, answer.data
    invoice = _read(rep, answer.data["invoice"])
    assert (invoice["name"], invoice["tax_number"], invoice["status"]) == (
        "中山泵业",
        TAX_NUMBER,
        "requested",
    )
    assert (invoice["total"], invoice["tax"]) == (contract["total"], contract["tax_total"])
    assert _sum(invoice["amount"], invoice["tax"]) == _sum(invoice["total"])
    assert _errors(_ask(rep, contract)) == [("total", "all_invoiced")]
    assert _errors(_ask(rep, contract, total="0.01")) == [("total", "over_contract")]
    assert _errors(_do(rep, invoice, "issue")) == [("number", "required")]
    assert _errors(_do(rep, invoice, "issue", number="12345678", issued_on="2099-01-01")) == [
        ("issued_on", "in_future")
    ]
    assert _do(rep, invoice, "issue", number="12345678").data == {"status": "issued", "number": "12345678"}
    assert _do(rep, invoice, "issue", number="1").status_code == 409
    now = _read(rep, invoice)
    assert now["issued_on"]
    for key, value in (
        ("total", 5),
        ("name", "别家"),
        ("tax_number", None),
        ("bank", "建行"),
        ("contract", None),
    ):
        refused = rep.patch(f"/invoice/{invoice['id']}", {key: value, "version": now["version"]})
        assert (key, "locked") in _errors(refused), key
    assert _errors(rep.delete(f"/invoice/{invoice['id']}", {"version": now["version"]})) == [("id", "issued")]
    other = made(rep, "invoice", name="另一张", total=5)
    assert ("number", "not_unique") in _errors(_do(rep, other, "issue", number="12345678"))


def test_what_is_wrong_with_an_invoice_is_named(rep: Door, contract: dict[str, Any]) -> None:
    assert ("tax_number", "required") in _errors(
        rep.post("/invoice", {"name": "甲", "total": 5, "kind": "special"})
    )
    assert ("tax_number", "bad_tax_number") in _errors(
        rep.post("/invoice", {"name": "甲", "total": 5, "tax_number": "91110000600037341X"})
    )
    assert _errors(rep.post("/invoice", {"name": "甲", "total": 0})) == [("total", "not_positive")]
    assert _errors(rep.post("/invoice", {"name": "甲", "total": -5})) == [("total", "not_positive")]
    assert _errors(rep.post("/invoice", {"name": "甲", "total": 5, "status": "issued"})) == [
        ("status", "readonly_field")
    ]
    over = rep.post("/invoice", {"name": "甲", "total": 1333, "contract": contract["id"]})
    assert _errors(over) == [("total", "over_contract")]
    alone = made(rep, "invoice", name="甲", total=113, tax_rate=13)
    assert (alone["amount"], alone["tax"]) == (100, 13)


def test_a_rejected_invoice_frees_its_amount_and_may_be_asked_for_again(
    rep: Door, contract: dict[str, Any]
) -> None:
    first = _ask(rep, contract, total=1000).data["invoice"]
    assert _errors(_do(rep, first, "reject")) == [("comment", "required")]
    assert _do(rep, first, "reject", comment="抬头不对").data == {"status": "rejected"}
    fixed = rep.patch(
        f"/invoice/{first['id']}", {"name": "中山泵业有限公司", "version": _read(rep, first)["version"]}
    )
    assert fixed.status_code == 200, fixed.data
    second = _ask(rep, contract).data["invoice"]
    assert _read(rep, second)["total"] == contract["total"]
    assert _errors(_do(rep, first, "request_again")) == [("total", "over_contract")]
    assert _do(rep, second, "reject", comment="不开了").status_code == 200
    assert _do(rep, first, "request_again").data == {"status": "requested"}


def test_an_invoice_is_taken_back_in_parts_and_never_beyond_it(rep: Door, contract: dict[str, Any]) -> None:
    invoice = _ask(rep, contract).data["invoice"]
    assert _do(rep, invoice, "reverse", comment="错").status_code == 409
    _do(rep, invoice, "issue", number="1")
    assert _errors(_do(rep, invoice, "reverse", total="1333", comment="错")) == [("total", "over_original")]
    part = _do(rep, invoice, "reverse", total="333.33", comment="退货").data["invoice"]
    red = _read(rep, part)
    assert (red["total"], red["status"], red["reverses"]["id"]) == (-333.33, "requested", invoice["id"])
    state = rep.get(f"/receivables/contracts/{contract['id']}").data
    assert (state["invoiced"], state["requested"], state["uninvoiced"]) == (contract["total"], 0, 0)
    assert _errors(_do(rep, invoice, "reverse", total="1000", comment="再退")) == [("total", "over_original")]
    assert _do(rep, part, "issue", number="2").status_code == 200
    state = rep.get(f"/receivables/contracts/{contract['id']}").data
    assert (state["uninvoiced"], _read(rep, invoice)["reversed_total"]) == (333.33, 333.33)
    assert _errors(_do(rep, part, "reverse", comment="红冲红字")) == [("total", "is_red")]
    rest = _do(rep, invoice, "reverse", comment="全退").data["invoice"]
    _do(rep, rest, "issue", number="3")
    whole = _read(rep, invoice)
    assert (whole["status"], whole["reversed_total"], whole["outstanding"]) == (
        "reversed",
        contract["total"],
        0,
    )
    assert _sum(whole["tax"], _read(rep, part)["tax"], _read(rep, rest)["tax"]) == 0
    assert rep.get(f"/receivables/contracts/{contract['id']}").data["invoiced"] == 0
    assert _ask(rep, contract).status_code == 200


def test_whatever_is_done_invoiced_and_uninvoiced_are_the_total(rep: Door, contract: dict[str, Any]) -> None:
    rng, number = random.Random(20261122), 0
    for _ in range(30):
        rows = rep.post("/invoice/query", {"limit": 200}).data["data"]
        invoice = rng.choice(rows) if rows else None
        amount = f"{rng.randrange(1, 60000) / 100:.2f}"
        kind = rng.choice(("ask", "ask", "issue", "issue", "reject", "reverse"))
        if kind == "ask" or invoice is None:
            _ask(rep, contract, total=amount)
        elif kind == "issue":
            number += 1
            _do(rep, invoice, "issue", number=f"N{number}")
        else:
            _do(rep, invoice, kind, comment="试", **({"total": amount} if kind == "reverse" else {}))
        state = rep.get(f"/receivables/contracts/{contract['id']}").data
        assert _sum(state["requested"], state["invoiced"], state["uninvoiced"]) == _sum(contract["total"])
        assert state["uninvoiced"] >= 0 and state["invoiced"] >= 0
    rows = rep.post("/invoice/query", {"limit": 200}).data["data"]
    assert {row["status"] for row in rows} >= {"issued", "requested"}
    for row in rows:
        assert _sum(row["amount"], row["tax"]) == _sum(row["total"])
        back = [
            r for r in rows if r["reverses"] and r["reverses"]["id"] == row["id"] and r["status"] == "issued"
        ]
        assert _sum(*(-r["total"] for r in back)) == _sum(row["reversed_total"]) <= abs(_sum(row["total"]))


def test_a_payment_pays_invoices_and_instalments_at_once(rep: Door, contract: dict[str, Any]) -> None:
    customer = contract["customer"]["id"]
    invoice = _ask(rep, contract, total=1000).data["invoice"]
    _do(rep, invoice, "issue", number="1")
    plan = made(rep, "payment_plan", contract=contract["id"], amount=600, due_on="2031-01-01")
    payment = made(rep, "payment", customer=customer, amount=1200, paid_on="2026-03-01")
    path = f"/receivables/payments/{payment['id']}/allocations"
    both = {"plan": plan["id"], "invoice": invoice["id"], "amount": 600}
    assert rep.post(path, {"allocations": [both]}).data["surplus"] == 600
    over = rep.post(path, {"allocations": [{"invoice": invoice["id"], "amount": "400.01"}]})
    assert _errors(over) == [("allocations.0.invoice", "over_target")]
    assert rep.post(path, {"allocations": [{"invoice": invoice["id"], "amount": 400}]}).data["surplus"] == 200
    assert (_read(rep, invoice)["received"], _read(rep, invoice)["outstanding"]) == (1000, 0)
    assert _errors(_do(rep, invoice, "reverse", comment="错")) == [("total", "over_original")]
    line = rep.get(f"/payment/{payment['id']}").data["allocations"][1]
    assert rep.post(path, {"remove": [line["id"]]}).data["surplus"] == 600
    part = _do(rep, invoice, "reverse", total=400, comment="退货")
    assert part.status_code == 200, part.data
    _do(rep, part.data["invoice"], "issue", number="2")
    assert _read(rep, invoice)["outstanding"] == 0
    red = rep.post(path, {"allocations": [{"invoice": part.data["invoice"]["id"], "amount": 1}]})
    assert _errors(red) == [("allocations.0.invoice", "void_target")]
