"""Mail that comes back marks the address, where this workspace really sent it, and nothing else does."""

import uuid
from collections.abc import Iterator
from datetime import timedelta
from email.mime.text import MIMEText
from typing import Any

import pytest
from django.utils import timezone

from guanxi.config.doctor_checks import mailbox as mailbox_check
from guanxi.config.env import get_env
from guanxi.engine.bounces.imap import MailboxProblem
from guanxi.engine.bounces.mailbox import read_mailbox
from guanxi.engine.bounces.models import MailBounce
from guanxi.engine.bounces.taking import Outcome, forget_old, take
from guanxi.engine.bounces.tasks import look
from guanxi.engine.identity.tracking import make_message_id, read_message_id
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.kit.delivery_reports import read_report, reason_of
from tests.firms import Door, Firm, run_jobs
from tests.mail_servers import Post, report, servers

pytestmark = pytest.mark.django_db
GONE = "gone@supplier.example"


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """The mail servers, which the product sends to and reads from."""
    with servers() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", post.smtp_port, False
        settings.GUANXI_BOUNCE_MAILBOX = post.url
        yield post


@pytest.fixture
def door(firm: Firm) -> Door:
    """The administrator's."""
    return firm.door()


def _made(door: Door, email: str = GONE, key: str = "contact") -> str:
    made = door.post(f"/{key}", {"name": "罗建国", "email": email})
    assert made.status_code == 201, made.data
    return str(made.data["id"])


def _marks(door: Door, record_id: str, key: str = "contact") -> list[tuple[str, str, str | None]]:
    found = door.get(f"/quality/{key}/marks/{record_id}").data["data"]
    return [(mark["field"], mark["kind"], mark["reason"]) for mark in found]


def test_a_mail_that_comes_back_marks_the_address_with_reason_and_date(
    firm: Firm, other_firm: Firm, door: Door, post: Post
) -> None:
    person, customer, somebody = (
        _made(door),
        _made(door, key="customer"),
        _made(door, "here@supplier.example"),
    )
    theirs = _made(other_firm.door())
    assert (
        door.post("/members/invite", {"email": GONE, "name": "罗建国", "role": "member"}).status_code == 201
    )
    run_jobs()
    back = report(post.sent[0], status="5.1.1", to="else@where.example", diagnosis="smtp; 550 5.1.1 <x>: no")
    post.put(MIMEText("We are closed on Friday."))
    post.put(back)
    look(0)
    told = ("email", "bounced", "there is no such mailbox (5.1.1)")
    assert _marks(door, person) == _marks(door, customer, "customer") == [told]
    assert door.get(f"/quality/contact/marks/{person}").data["data"][0]["at"][:10] == str(
        timezone.now().date()
    )
    assert _marks(door, somebody) == _marks(other_firm.door(), theirs) == []
    # Seen once: nothing is fetched again, nothing in the mailbox was touched.
    fetched = [each for each in post.commands if each.startswith("UID FETCH")]
    look(0)
    assert [each for each in post.commands if each.startswith("UID FETCH")] == fetched
    assert {each.split(" ")[0] for each in post.commands} == {
        "CAPABILITY",
        "LOGIN",
        "ID",
        "EXAMINE",
        "UID",
        "LOGOUT",
    }
    # Whoever says that it works after all is believed until another mail comes back.
    assert door.delete(f"/quality/contact/marks/{person}/email").status_code == 200
    post.put(back)
    assert read_mailbox(post.url) == {Outcome.KNOWN: 1}
    assert _marks(door, person) == []
    # A mailbox made anew is read from the last days on.
    post.validity += 1
    assert read_mailbox(post.url) == {Outcome.NO_REPORT: 1, Outcome.KNOWN: 2}


def test_what_may_pass_by_itself_counts_when_it_lasted(firm: Firm, door: Door, post: Post) -> None:
    person = _made(door)

    def comes_back(status: str, **more: str) -> Outcome:
        return take(report(make_message_id(firm.workspace.id, GONE), status=status, **more).as_bytes())

    assert [comes_back("4.2.2"), comes_back("4.4.7")] == [Outcome.COUNTED] * 2
    assert comes_back("4.4.1", action="delayed") == Outcome.NO_REPORT, "nobody knows yet"
    assert _marks(door, person) == []
    with session(firm.workspace.id):
        MailBounce.objects.update(at=timezone.now() - timedelta(days=15))
    assert comes_back("5.7.1") == Outcome.COUNTED, "the two before are too old, and this was about the mail"
    with session(firm.workspace.id):
        forget_old(load_system_ctx(firm.workspace.id))
        assert MailBounce.objects.count() == 1
    assert [comes_back("4.2.2"), comes_back("4.2.2")] == [Outcome.COUNTED, Outcome.MARKED]
    assert _marks(door, person) == [("email", "bounced", "the mailbox is full (4.2.2)")]


def test_forged_and_foreign_reports_change_nothing(firm: Firm, other_firm: Firm, door: Door) -> None:
    person = _made(door)
    ours = make_message_id(firm.workspace.id, GONE)
    token, host = ours.split("@")
    forged = [
        "<gx.anything@firm.example>",
        f"<{uuid.uuid4()}@supplier.example>",
        f"{token[:-2]}{'A' if token[-2] != 'A' else 'B'}{token[-1]}@{host}",
        make_message_id(uuid.uuid4(), GONE),
    ]
    for each in forged:
        assert take(report(each, status="5.1.1", to=GONE).as_bytes()) == Outcome.NOT_OURS, each
    # Of a mail to somebody else, saying that it was to this one; of one by another firm.
    assert (
        take(report(make_message_id(firm.workspace.id, "x@y.example"), status="5.1.1", to=GONE).as_bytes())
        == Outcome.MARKED
    )
    assert (
        take(report(make_message_id(other_firm.workspace.id, GONE), status="5.1.1").as_bytes())
        == Outcome.MARKED
    )
    assert _marks(door, person) == []
    # Quoting the Message-ID in an answer is no report.
    answer = MIMEText("I am not here.")
    answer["In-Reply-To"] = ours
    assert take(answer.as_bytes()) == Outcome.NO_REPORT
    assert read_message_id(ours, days=-1) is None


@pytest.mark.parametrize("headers_only", [True, False])
def test_reports_are_read_however_servers_write_them(headers_only: bool) -> None:
    found = read_report(
        report("<a@b>", status="5.0.0", diagnosis="smtp; 550-5.1.1 no", headers_only=headers_only).as_bytes()
    )
    assert found is not None
    assert (found.status, found.about, found.is_final) == ("5.1.1", ("<a@b>",), True)
    bare = read_report(
        report("<a@b>", status="", diagnosis="smtp; 452 later", headers_only=headers_only).as_bytes()
    )
    assert bare is not None and (bare.status, bare.is_final) == ("4.0.0", False)
    # Cut off behind the headers of the mail.
    raw = report("<a@b>", status="5.2.1").as_bytes()
    assert read_report(raw[: raw.index(b"<a@b>") + 7]) is not None
    assert reason_of("5.1.10").en == "there is no such mailbox"


@pytest.mark.parametrize("raw", [
    b"", b"\x00" * 2000, b"Content-Type: multipart/report; boundary=\"\"\r\n\r\n--\r\n",
    b"Content-Type: message/delivery-status\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n",
    b"Content-Type: multipart/report; boundary=b; charset=no-such\r\n\r\n--b\r\nContent-Type: message/delivery-status; charset=zz\r\n\r\n\r\nAction: failed\r\nStatus: 9.9.9\r\n",
    b"".join(b"Content-Type: multipart/mixed; boundary=%d\r\n\r\n--%d\r\n" % (i, i) for i in range(5000)),
    "Subject: 退信\r\nContent-Type: text/plain; charset=gb2312\r\n\r\n".encode("gb18030") + b"\xff\xfe" * 500,
])  # fmt: skip
def test_anything_else_is_no_report(raw: bytes) -> None:
    assert read_report(raw) is None


def test_a_mailbox_that_cannot_be_read_is_told_to_the_operator(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(MailboxProblem):
        read_mailbox(post.url.replace("free", "wrong"))
    for url, status in ((post.url, "ok"), (post.url.replace("free", "wrong"), "fail"), ("", "ok")):
        monkeypatch.setenv("GUANXI_BOUNCE_MAILBOX", url)
        get_env.cache_clear()
        assert mailbox_check().status == status
        assert "wrong%20" not in str(mailbox_check().as_json("en"))
    monkeypatch.undo()
    get_env.cache_clear()
