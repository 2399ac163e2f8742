"""A quote on a page for the customer: one answer, of whoever has the link, while it holds."""

import io
from typing import Any

import pypdf
import pytest

from guanxi.domains.sales.papers.models import OfferLink, Quote
from guanxi.domains.sales.papers.offers.answering import fingerprint
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.context import Role, session
from guanxi.engine.tenancy.erasing import Erasure, eraser_registry
from guanxi.engine.tenancy.models import load_system_ctx
from tests.domains.sales.conftest import made
from tests.firms import Door, Firm

STROKES = [[[10 + 9 * n, 200 - 5 * n] for n in range(20)]]
DEAD = "/public/offers/offer_" + "a" * 26 + "_" + "b" * 32


@pytest.fixture(autouse=True)
def patient() -> None:
    checks.forget()


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


@pytest.fixture
def quote(rep: Door) -> dict[str, Any]:
    customer = made(rep, "customer", name="甲厂")
    items = [{"name": "泵", "price": 1000, "quantity": 3, "tax_rate": 13}]
    found = made(rep, "quote", name="供泵", customer=customer["id"], items=items, description="底价 2500")
    assert rep.post(f"/quote/{found['id']}/actions/send_quote", {}).status_code == 200
    return found


def _link(door: Door, quote: dict[str, Any]) -> dict[str, Any]:
    answer = door.post(f"/papers/quote/{quote['id']}/links", {})
    assert answer.status_code == 201, answer.data
    found: dict[str, Any] = answer.data
    return found | {"path": "/public/offers/" + found["url"].rpartition("/")[2]}


def _accept(path: str, **values: Any) -> Any:
    return Door().post(path, {"answer": "accepted", "name": " 王总 ", "signature": STROKES} | values)


def _fields(answer: Any) -> list[str]:
    assert answer.status_code == 422, (answer.status_code, answer.data)
    return [error["field"] for error in answer.data["errors"]]


def test_a_customer_reads_signs_and_accepts_once(rep: Door, quote: dict[str, Any], firm: Firm) -> None:
    link = _link(rep, quote)
    shown = Door().get(link["path"] + "?locale=en")
    assert shown.status_code == 200, shown.data
    assert shown.headers["Cache-Control"] == "no-store"
    paper = shown.data["paper"]
    assert (shown.data["state"], paper["kind"], paper["total"], paper["items"][0]["name"]) == (
        "open",
        "Quote",
        "3,000.00",
        "泵",
    )
    assert "底价" not in shown.content.decode()
    pdf: Any = Door().get(link["path"] + "/pdf")
    assert "3,000.00" in pypdf.PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert _fields(_accept(link["path"], name=" ")) == ["name"]
    assert _fields(_accept(link["path"], signature=None)) == ["signature"]
    assert _fields(_accept(link["path"], signature=[[[0, 0], [1, 9999]] * 9])) == ["signature"]
    assert _fields(_accept(link["path"], signature=[[["<svg>", 0]] * 9])) == ["signature"]
    assert _fields(_accept(link["path"], answer="maybe")) == ["answer"]
    done = _accept(link["path"], comment="尽快发货")
    assert (done.status_code, done.data["state"], done.data["name"]) == (200, "accepted", "王总")
    again = _accept(link["path"], name="李")
    assert (again.status_code, again.data["code"]) == (409, "already_answered")
    assert Door().post(link["path"], {"answer": "declined", "name": "李"}).status_code == 409
    now = rep.get(f"/quote/{quote['id']}").data
    assert (now["status"], now["answered_by"], now["answer_note"]) == ("accepted", "王总", "尽快发货")
    (kept,) = rep.get(f"/papers/quote/{quote['id']}/links").data["data"]
    assert (kept["answer"], kept["name"], kept["ip"], kept["seen_count"]) == (
        "accepted",
        "王总",
        "127.0.0.1",
        1,
    )
    assert kept["signature"] == STROKES
    with session(firm.workspace.id):
        row = OfferLink.objects.get(id=kept["id"])
        assert row.document["total"] == "3,000.00"
        assert kept["document_hash"] == fingerprint(row.document)
    told = rep.get("/notifications").data["data"][0]
    assert "王总" in str(told["title"]) and told["url"] == f"/o/quote/{quote['id']}"
    history = rep.get(f"/quote/{quote['id']}/history").data["data"][0]
    assert history["via"] == "public"


def test_a_customer_declines_without_a_signature(rep: Door, quote: dict[str, Any]) -> None:
    link = _link(rep, quote)
    assert (
        Door().post(link["path"], {"answer": "declined", "name": "王", "comment": "太贵"}).data["state"]
        == "declined"
    )
    assert rep.get(f"/quote/{quote['id']}").data["answer_note"] == "太贵"


@pytest.mark.parametrize("answer", [{"$ne": 1}, ["accepted"], None, "won", 1, True])
def test_what_is_neither_yes_nor_no_is_no_answer(rep: Door, quote: dict[str, Any], answer: Any) -> None:
    link = _link(rep, quote)
    assert _fields(_accept(link["path"], answer=answer)) == ["answer"]
    assert rep.get(f"/quote/{quote['id']}").data["status"] == "sent"


def test_an_expired_quote_is_shown_and_not_accepted(rep: Door, quote: dict[str, Any], firm: Firm) -> None:
    link = _link(rep, quote)
    with session(firm.workspace.id):
        Quote.objects.filter(id=quote["id"]).update(issued_on="2020-01-01", valid_until="2020-02-01")
    assert Door().get(link["path"]).data["state"] == "expired"
    assert [error["code"] for error in _accept(link["path"]).data["errors"]] == ["over"]
    assert rep.get(f"/quote/{quote['id']}").data["status"] == "sent"


def test_a_link_ends_with_the_quote_with_the_next_link_and_when_it_is_ended(
    boss: Door, rep: Door, quote: dict[str, Any]
) -> None:
    never = Door().get(DEAD)
    assert (never.status_code, never.data["code"]) == (404, "link_dead")
    first = _link(rep, quote)
    second = _link(rep, quote)
    assert Door().get(first["path"]).data == never.data
    assert Door().get(second["path"]).status_code == 200
    assert rep.delete(f"/papers/quote/{quote['id']}/links/{second['id']}").status_code == 204
    assert _accept(second["path"]).data == never.data
    third = _link(rep, quote)
    assert boss.post(f"/quote/{quote['id']}/actions/unlock_quote", {}).status_code == 200
    for answer in (Door().get(third["path"]), Door().get(third["path"] + "/pdf"), _accept(third["path"])):
        assert (answer.status_code, answer.data["code"]) == (404, "link_dead")


def test_links_are_made_by_who_may_change_the_quote_that_is_out(
    rep: Door, quote: dict[str, Any], firm: Firm, other_firm: Firm
) -> None:
    path = f"/papers/quote/{quote['id']}/links"
    link = _link(rep, quote)
    reader = firm.door(firm.add("看", Role.READ_ONLY))
    assert reader.get(path).status_code == 200
    assert reader.post(path, {}).status_code == 403
    assert reader.delete(f"{path}/{link['id']}").status_code == 403
    for stranger in (firm.door(firm.add("何", Role.MEMBER)), other_firm.door()):
        assert stranger.get(path).status_code == 404
        assert stranger.post(path, {}).status_code == 404
        assert stranger.delete(f"{path}/{link['id']}").status_code == 404
    draft = made(rep, "quote", name="草稿", items=[{"name": "件", "price": 1}])
    early = rep.post(f"/papers/quote/{draft['id']}/links", {})
    assert (early.status_code, early.data["code"]) == (409, "wrong_state")


def test_who_is_erased_leaves_neither_name_nor_signature_in_answers(
    rep: Door, quote: dict[str, Any], firm: Firm
) -> None:
    link = _link(rep, quote)
    assert _accept(link["path"], name="欧阳修远", comment="欧阳修远确认").status_code == 200
    eraser = eraser_registry.get("offer_link")
    with session(firm.workspace.id):
        ctx = load_system_ctx(firm.workspace.id)
        assert eraser.run(ctx, Erasure({}, pattern="司马光")) == 0
        assert OfferLink.objects.get(quote_id=quote["id"]).signature == STROKES
        assert eraser.run(ctx, Erasure({}, pattern="欧阳修远")) == 1
        row = OfferLink.objects.get(quote_id=quote["id"])
        assert (row.signature, row.ip, row.agent, row.answer) == (None, "", "", "accepted")
        assert "欧阳" not in f"{row.name}{row.comment}{row.document}"
        assert eraser.run(ctx, Erasure({"quote": frozenset({row.quote_id})})) == 1
        assert not OfferLink.objects.filter(quote_id=quote["id"]).exists()
