"""Resetting a password by mail, through a real mail server."""

import re
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from django.core import mail
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.firms import AUTH, PASSWORD, Door, Firm, run_jobs

pytestmark = pytest.mark.django_db


class Inbox(Message):
    """What the mail server took in."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Any] = []

    def handle_message(self, message: Any) -> None:
        """Keep it."""
        self.mails.append(message)

    def text(self) -> str:
        """The newest mail's text."""
        return str(self.mails[-1].get_payload(decode=True).decode())


@pytest.fixture
def inbox(settings: Any) -> Iterator[Inbox]:
    """A mail server on the loopback that Django sends to."""
    box = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", port, False
    yield box
    server.stop()


def _ask(email: str, **headers: str) -> Any:
    return Door().post(f"{AUTH}/password/request", {"email": email}, **headers)


@pytest.mark.asvs("6.4.1", "6.4.3")
def test_the_link_in_the_mail_sets_a_new_password_once(firm: Firm, inbox: Inbox) -> None:
    stranger = firm.door()
    assert _ask(firm.admin.email).status_code == 200
    run_jobs()
    key = re.search(r"/reset/(\S+)", inbox.text())[1]  # type: ignore[index]
    door = Door()
    answer = door.post(f"{AUTH}/password/reset", {"key": key, "password": "a fresh start 11"})
    assert answer.status_code in (200, 401)
    assert door.sign_in(firm.admin.email, "a fresh start 11").status_code == 200
    assert Door().sign_in(firm.admin.email, PASSWORD).status_code == 400
    assert stranger.get("/me").status_code == 401
    again = Door().post(f"{AUTH}/password/reset", {"key": key, "password": "a third start 12"})
    assert again.status_code == 400


@pytest.mark.asvs("6.2.12")
def test_a_weak_new_password_is_refused_and_the_link_still_works(firm: Firm, inbox: Inbox) -> None:
    _ask(firm.admin.email)
    run_jobs()
    key = re.search(r"/reset/(\S+)", inbox.text())[1]  # type: ignore[index]
    assert Door().post(f"{AUTH}/password/reset", {"key": key, "password": "12345"}).status_code == 400
    door = Door()
    assert door.get(f"{AUTH}/password/reset", **{"X-Password-Reset-Key": key}).status_code == 200


@pytest.mark.asvs("4.1.3")
def test_a_forged_host_is_refused_and_never_gets_into_the_link(
    firm: Firm, inbox: Inbox, settings: Any
) -> None:
    assert _ask(firm.admin.email, Host="evil.example").status_code == 400
    assert run_jobs() == 0
    settings.ALLOWED_HOSTS = ["*"]
    assert _ask(firm.admin.email, Host="evil.example").status_code == 200
    run_jobs()
    assert "evil.example" not in inbox.text()
    assert f"{settings.GUANXI_PUBLIC_URL}/reset/" in inbox.text()


def test_an_unknown_address_gets_the_same_answer_and_no_mail(firm: Firm, inbox: Inbox) -> None:
    unknown = _ask("nobody@firm.example")
    assert run_jobs() == 0
    known = _ask(firm.admin.email)
    assert (unknown.status_code, unknown.data) == (known.status_code, known.data)
    assert run_jobs() == 1
    assert inbox.mails[-1]["To"] == firm.admin.email


def test_the_mail_waits_sealed(firm: Firm) -> None:
    _ask(firm.admin.email)
    [job] = ProcrastinateJob.objects.filter(status="todo")
    assert "/reset/" not in str(job.args)
    assert firm.admin.email not in str(job.args)
    assert mail.outbox == []


def test_the_mail_is_in_the_readers_language(firm: Firm, inbox: Inbox) -> None:
    firm.admin.locale = "zh-CN"
    firm.admin.save()
    _ask(firm.admin.email)
    run_jobs()
    assert "重设密码" in inbox.text()
