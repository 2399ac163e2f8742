"""Quotes: numbered, summed up, approved by somebody else, sent, revised; locked where they are out."""

import uuid
from typing import Any

import pytest

from guanxi.engine.identity.models import Membership
from guanxi.engine.tenancy.context import Role, session
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm


@pytest.fixture
def pump(boss: Door) -> dict[str, Any]:
    return made(boss, "product", name="离心泵", price="1000", floor_price="700", tax_rate=13)


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


def _quote(door: Door, *items: dict[str, Any], **values: Any) -> dict[str, Any]:
    return made(door, "quote", name="报价", items=list(items), **values)


def _do(door: Door, quote: dict[str, Any], move: str, **given: Any) -> Any:
    return door.post(f"/quote/{quote['id']}/actions/{move}", given)


def _read(door: Door, quote: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = door.get(f"/quote/{quote['id']}").data
    return found


def _codes(answer: Any) -> list[str]:
    assert answer.status_code == 422, (answer.status_code, answer.data)
    return [error["code"] for error in answer.data["errors"]]


def test_a_quote_is_numbered_dated_and_summed_up(rep: Door, pump: dict[str, Any]) -> None:
    quote = _quote(rep, {"product": pump["id"], "quantity": 3}, {"name": "运费", "price": 50}, discount=10)
    assert quote["number"].startswith("QT-") and quote["number"].endswith("-0001")
    assert (quote["status"], quote["revision"], quote["tax_included"]) == ("draft", 1, True)
    assert quote["issued_on"] < quote["valid_until"]
    assert (quote["subtotal"], quote["discount_total"], quote["total"]) == (3050, 305, 2745)
    assert quote["net_total"] + quote["tax_total"] == quote["total"]
    assert (quote["items"][0]["net"], quote["items"][0]["tax"]) == (2389.38, 310.62)
    assert _quote(rep)["number"].endswith("-0002")
    added = rep.patch(f"/quote/{quote['id']}", {"tax_included": False, "version": quote["version"]})
    assert (added.data["net_total"], added.data["tax_total"], added.data["total"]) == (2745, 351, 3096)
    none = rep.patch(f"/quote/{quote['id']}", {"items": [], "version": added.data["version"]})
    assert (none.data["subtotal"], none.data["total"], none.data["base_total"]) == (0, 0, 0)


def test_a_quote_within_the_band_goes_out_and_is_locked(rep: Door, pump: dict[str, Any]) -> None:
    quote = _quote(rep, {"product": pump["id"]})
    assert _do(rep, quote, "send_quote").data == {"status": "sent"}
    out = _read(rep, quote)
    assert out["sent_at"]
    path, version = f"/quote/{quote['id']}", out["version"]
    for change, field in (({"discount": 5}, "discount"), ({"currency": "USD"}, "currency"), ({"items": []}, "items"),
                          ({"items": [out["items"][0] | {"price": 1}]}, "items")):  # fmt: skip
        refused = rep.patch(path, {**change, "version": version})
        assert (field, "locked") in [(e["field"], e["code"]) for e in refused.data["errors"]], refused.data
    line = out["items"][0]
    assert (
        rep.patch(f"/quote_items/{line['id']}", {"price": 1, "version": line["version"]}).status_code == 422
    )
    assert rep.post("/quote_items", {"parent": quote["id"], "name": "多"}).status_code == 422
    assert rep.delete(f"/quote_items/{line['id']}", {"version": line["version"]}).status_code == 422
    noted = rep.patch(path, {"description": "客户要下周看", "items": out["items"], "version": version})
    assert noted.status_code == 200, noted.data
    assert _read(rep, quote)["total"] == 1000
    assert rep.patch(path, {"status": "accepted", "version": noted.data["version"]}).status_code == 422
    assert _do(rep, quote, "accept_quote").data == {"status": "accepted"}
    again = _do(rep, quote, "decline_quote")
    assert (again.status_code, again.data["code"], again.data["state"]) == (409, "wrong_state", "accepted")


def test_a_discount_beyond_the_band_needs_somebody_else(boss: Door, rep: Door, pump: dict[str, Any], firm: Firm) -> None:  # fmt: skip
    made(boss, "discount_band", role="member", limit=10)
    made(boss, "discount_band", role="admin", limit=100)
    customer = made(rep, "customer", name="甲")
    quote = _quote(rep, {"product": pump["id"], "discount": 5}, discount=10, customer=customer["id"])
    refused = _do(rep, quote, "send_quote")
    assert _codes(refused) == ["needs_approval"]
    assert "14.5" in refused.data["errors"][0]["message"]
    assert _do(rep, quote, "submit_quote", comment="大客户").data == {"status": "pending"}
    waiting = _read(boss, quote)
    assert waiting["submitted_by"]["name"] == "林销售"
    assert "14.5" in waiting["approval_reasons"] and "大客户" in waiting["approval_reasons"]
    assert _codes(_do(rep, quote, "approve_quote")) == ["not_yours"]
    assert _codes(_do(boss, quote, "reject_quote")) == ["required"]
    assert _do(boss, quote, "reject_quote", comment="太低").data == {"status": "draft"}
    assert _read(rep, quote)["decision_note"] == "太低"
    assert _do(rep, quote, "submit_quote").status_code == 200
    assert _do(boss, quote, "approve_quote").data == {"status": "approved"}
    assert _do(boss, quote, "approve_quote").status_code == 409
    assert _do(rep, quote, "send_quote").data == {"status": "sent"}
    assert _codes(_do(rep, quote, "unlock_quote")) == ["not_yours"]
    assert _do(boss, quote, "unlock_quote").data == {"status": "draft"}


def test_nobody_approves_what_they_submitted_but_the_only_administrator(boss: Door, pump: dict[str, Any], firm: Firm) -> None:  # fmt: skip
    quote = _quote(boss, {"product": pump["id"], "price": 600})
    assert _codes(_do(boss, quote, "send_quote")) == ["needs_approval"]  # below the floor
    assert _do(boss, quote, "submit_quote").status_code == 200
    second = firm.door(firm.add("另一位", Role.ADMIN))
    assert _codes(_do(boss, quote, "approve_quote")) == ["own_approval"]
    assert _do(second, quote, "approve_quote").status_code == 200
    with session(firm.workspace.id):
        Membership.objects.filter(role=Role.ADMIN).exclude(user_id=firm.admin.id).update(role=Role.MEMBER)
    alone = _quote(boss, {"product": pump["id"], "price": 600})
    assert _do(boss, alone, "submit_quote").status_code == 200
    assert _do(boss, alone, "approve_quote").status_code == 200


def test_an_empty_or_outdated_quote_does_not_go_out(rep: Door, pump: dict[str, Any]) -> None:
    assert _codes(_do(rep, _quote(rep, {"name": "待定"}), "send_quote")) == ["no_items"]
    old = _quote(rep, {"product": pump["id"]}, issued_on="2020-01-01", valid_until="2020-02-01")
    assert _codes(_do(rep, old, "send_quote")) == ["over"]
    refused = rep.post("/quote", {"name": "倒", "issued_on": "2026-02-01", "valid_until": "2026-01-01"})
    assert _codes(refused) == ["ends_first"]


def test_a_new_version_keeps_number_and_prices_and_supersedes(
    boss: Door, rep: Door, pump: dict[str, Any]
) -> None:
    quote = _quote(
        rep, {"product": pump["id"], "quantity": 2, "note": "急"}, {"name": "运费", "price": 50}, discount=5
    )
    assert _do(rep, quote, "revise_quote").status_code == 409
    assert _do(rep, quote, "send_quote").status_code == 200
    raised = boss.patch(f"/product/{pump['id']}", {"price": 5000, "version": pump["version"]})
    assert raised.status_code == 200
    answer = _do(rep, quote, "revise_quote")
    assert answer.status_code == 200, answer.data
    fresh = rep.get(f"/quote/{answer.data['quote']['id']}").data
    assert (fresh["number"], fresh["revision"], fresh["status"]) == (quote["number"], 2, "draft")
    assert (fresh["previous"]["id"], fresh["total"], fresh["owner"]) == (
        quote["id"],
        quote["total"],
        quote["owner"],
    )
    kept = ("name", "price", "list_price", "quantity", "note", "amount", "tax", "position")
    assert [[line[key] for key in kept] for line in fresh["items"]] == [[line[key] for key in kept] for line in quote["items"]]  # fmt: skip
    assert _read(rep, quote)["status"] == "superseded"
    assert _do(rep, quote, "revise_quote").status_code == 409


def test_a_quote_of_a_deal_has_its_items_and_its_customer(rep: Door, pump: dict[str, Any]) -> None:
    customer = made(rep, "customer", name="甲")
    deal = made(
        rep,
        "opportunity",
        name="一单",
        customer=customer["id"],
        items=[{"product": pump["id"], "price": 900}],
    )
    answer = rep.post(f"/opportunity/{deal['id']}/actions/make_quote", {})
    assert answer.status_code == 200, answer.data
    quote = rep.get(f"/quote/{answer.data['quote']['id']}").data
    assert (quote["customer"]["id"], quote["opportunity"]["id"], quote["total"]) == (
        customer["id"],
        deal["id"],
        900,
    )
    assert rep.get(f"/opportunity/{deal['id']}").data["amount"] == 900


def test_what_one_may_not_see_cannot_be_moved(
    rep: Door, pump: dict[str, Any], firm: Firm, other_firm: Firm
) -> None:
    quote = _quote(rep, {"product": pump["id"]})
    stranger = firm.door(firm.add("何", Role.MEMBER))
    reader = firm.door(firm.add("看", Role.READ_ONLY))
    for move in ("submit_quote", "send_quote", "revise_quote"):
        assert _do(stranger, quote, move).status_code == 404
        assert _do(reader, quote, move).status_code == 403
        assert _do(other_firm.door(), quote, move).status_code == 404
        assert _do(rep, {"id": str(uuid.uuid4())}, move).status_code == 404
    assert _read(rep, quote)["status"] == "draft"


def test_two_hundred_lines_reconcile(rep: Door, pump: dict[str, Any]) -> None:
    items = [{"product": pump["id"], "quantity": f"{n}.3333", "discount": n % 40} for n in range(1, 201)]
    quote = _quote(rep, *items, discount="3.33")
    assert round(sum(line["net"] + line["tax"] for line in quote["items"]), 2) == quote["total"]
    assert round(quote["subtotal"] - quote["discount_total"], 2) == quote["total"]


def test_pages_offer_the_moves_of_the_state_a_quote_is_in(rep: Door) -> None:
    actions = {a["key"]: a for a in rep.get("/meta/objects/quote").data["actions"]}
    assert actions["send_quote"]["when"] == {"field": "status", "values": ["draft", "approved"]}
    assert actions["make_contract"]["when"] == {"field": "status", "values": ["sent", "accepted"]}
    assert actions["assign"]["when"] is None
