"""A quote by mail: to whom the firm knows there, in the sender's words, and what becomes of the link."""

from collections.abc import Iterator
from typing import Any

import pytest

from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.context import Role
from tests.domains.sales.conftest import made
from tests.domains.sales.money import errors
from tests.firms import Door, Firm, run_jobs
from tests.mail_servers import Post, servers


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """A mail server that the product sends to."""
    with servers() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", post.smtp_port, False
        checks.forget()
        yield post


@pytest.fixture
def rep(firm: Firm) -> Door:
    return firm.door(firm.add("林销售", Role.MEMBER))


def text_of(message: Any) -> str:
    return str(message.get_payload(decode=True).decode())


def test_a_quote_goes_by_mail_and_says_when_it_was_opened(rep: Door, firm: Firm, post: Post) -> None:
    customer = made(rep, "customer", name="甲厂", email="office@jia.example")
    buyer = made(rep, "contact", name="钱采购", customer=customer["id"], email="Qian@jia.example")
    made(rep, "contact", name="孙工", customer=customer["id"], email="sun@jia.example")
    made(rep, "contact", name="别家的", email="other@else.example")
    quote = made(rep, "quote", name="供泵", customer=customer["id"], contact=buyer["id"], valid_until="2031-05-06",
                 items=[{"name": "泵", "price": 1000}])  # fmt: skip
    path = f"/papers/quote/{quote['id']}/mail"
    draft = rep.get(f"{path}?locale=en").data
    assert [(to["email"], to["chosen"]) for to in draft["to"]] == [
        ("qian@jia.example", True), ("sun@jia.example", False), ("office@jia.example", False),
    ]  # fmt: skip
    assert "Dear 钱采购" in draft["body"] and "2031-05-06" in draft["body"] and "{link}" in draft["body"]
    mail = {
        "to": ["qian@jia.example", "sun@jia.example"],
        "subject": "报价\n Bcc: x@y.example",
        "body": "请看 {link} 谢谢 {x}",
    }
    assert rep.post(path, mail).data["code"] == "wrong_state"  # not out yet
    assert rep.post(f"/quote/{quote['id']}/actions/send_quote", {}).status_code == 200
    assert errors(rep.post(path, mail | {"to": ["other@else.example"]})) == [("to.0", "not_known")]
    assert errors(rep.post(path, {"to": [], "subject": " ", "body": "a\x00"})) == [
        ("to", "required"), ("subject", "required"), ("body", "required"),
    ]  # fmt: skip
    stranger = firm.door(firm.add("周同事", Role.MEMBER))
    assert stranger.get(path).status_code == stranger.post(path, mail).status_code == 404
    sent = rep.post(path, mail)
    assert sent.status_code == 201, sent.data
    assert "url" not in sent.data
    run_jobs()
    assert [str(message["To"]) for message in post.sent] == mail["to"]
    one = post.sent[0]
    assert (one["Reply-To"], one["Auto-Submitted"], one["Bcc"]) == (draft["reply_to"], None, None)
    told = text_of(one)
    assert told.startswith("请看 http") and told.rstrip().endswith("谢谢 {x}")
    token = told.split("/offer/")[1].split()[0]
    assert text_of(post.sent[1]) == told
    links = rep.get(f"/papers/quote/{quote['id']}/links").data["data"]
    assert [(link["mailed_to"], link["seen_count"]) for link in links] == [(mail["to"], 0)]
    assert rep.get(f"/quote/{quote['id']}").data["opened_at"] is None
    for _ in range(2):
        assert Door().get(f"/public/offers/{token}").status_code == 200
    opened = rep.get(f"/quote/{quote['id']}").data["opened_at"]
    assert opened and rep.get(f"/papers/quote/{quote['id']}/links").data["data"][0]["seen_count"] == 2
    notices = rep.get("/notifications").data["data"]
    assert [n["kind"] for n in notices].count("quote.opened") == 1
    # A text that forgot the link gets it at its end; the link before it is dead.
    assert rep.post(path, mail | {"to": ["office@jia.example"], "body": "你好"}).status_code == 201
    run_jobs()
    assert "/offer/" in text_of(post.sent[-1])
    assert Door().get(f"/public/offers/{token}").status_code == 404
    assert rep.get(f"/quote/{quote['id']}").data["opened_at"] == opened
