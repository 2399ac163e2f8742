"""Small promises of sign-in, cookies, errors and logs, each seen from outside."""

import io
import json
import logging
import math
import os
import subprocess
import sys

import pytest
from allauth.mfa import app_settings
from django.core import mail
from django.http import HttpResponse

from guanxi.config.log_lines import LineFormatter
from guanxi.web import pages
from tests.firms import AUTH, Door, Firm

NEW = {"email": "new@firm.example", "name": "New", "workspace_name": "Newly"}
LONG = " 正确的马 battery staple \U0001f40e " + "x" * 90 + " "


@pytest.mark.django_db
@pytest.mark.asvs("6.2.8", "6.2.9")
def test_a_long_password_is_taken_whole() -> None:
    """Any characters, nothing cut off or folded, blanks at the ends included."""
    assert Door().post(f"{AUTH}/signup", NEW | {"password": LONG}).status_code == 200
    assert Door().sign_in(NEW["email"], LONG).status_code == 200
    for other in (LONG.swapcase(), LONG[:72], LONG + "x", LONG.strip()):
        assert Door().sign_in(NEW["email"], other).status_code in (400, 429), other


@pytest.mark.asvs("3.3.1", "3.3.3", "3.4.1")
def test_with_https_cookies_are_bound_to_the_host_and_browsers_stay_with_it() -> None:
    code = (
        "import json; from guanxi.config import settings as s; print(json.dumps([s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME,"
        " s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS]))"
    )
    env = os.environ | {"GUANXI_PUBLIC_URL": "https://crm.firm.example"}
    told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    session, csrf, session_secure, csrf_secure, seconds, below = json.loads(told.stdout.splitlines()[-1])
    assert session.startswith("__Host-") and csrf.startswith("__Host-")
    assert session_secure and csrf_secure and below and seconds >= 365 * 24 * 3600


@pytest.mark.django_db
@pytest.mark.asvs("13.4.4")
@pytest.mark.parametrize(
    "path", ["/api/v1/me", "/api/v1/customer", "/_allauth/browser/v1/config", "/static/app/x.js"]
)
def test_trace_is_not_answered(firm: Firm, path: str) -> None:
    answer = firm.door().client.generic("TRACE", path, HTTP_X_SECRET="a-header-of-mine")
    assert answer.status_code in (404, 405) and b"a-header-of-mine" not in answer.content


@pytest.mark.django_db
@pytest.mark.asvs("16.3.4", "16.5.1")
def test_what_goes_wrong_inside_is_logged_and_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> HttpResponse:
        raise RuntimeError("SELECT secret FROM inside")

    monkeypatch.setattr(
        pages, "INDEX", type("Index", (), {"read_bytes": broken, "exists": broken, "stat": broken})()
    )
    heard = logging.StreamHandler(io.StringIO())
    heard.setFormatter(LineFormatter())
    logging.getLogger("django.request").addHandler(heard)
    try:
        client = Door().client
        client.raise_request_exception = False
        answer = client.get("/customer")
    finally:
        logging.getLogger("django.request").removeHandler(heard)
    assert answer.status_code == 500
    assert b"secret" not in answer.content and b"Traceback" not in answer.content
    assert "RuntimeError: SELECT secret FROM inside" in heard.stream.getvalue()


@pytest.mark.asvs("16.4.1", "16.2.2", "16.2.4")
def test_nobody_writes_lines_of_their_own_into_the_log() -> None:
    record = logging.LogRecord(
        "guanxi.test",
        logging.ERROR,
        "",
        0,
        "asked for %s",
        ("/a\n2026-01-01T00:00:00.000Z INFO guanxi: all is well\r\x1b[2J",),
        None,
    )
    line = LineFormatter().format(record)
    assert "\n" not in line and "\r" not in line and "\x1b" not in line
    assert "\\x0a2026-01-01" in line and line.split(" ")[0].endswith("Z")


@pytest.mark.asvs("16.2.5")
def test_a_row_the_database_refuses_is_not_told_to_the_log() -> None:
    said = "duplicate key violates \"u\"\nDETAIL:  Key (card)=(6222\n0202) already exists.\nLINE 1: SELECT '6222'"
    try:
        raise RuntimeError(said)
    except RuntimeError:
        record = logging.LogRecord("guanxi.test", logging.ERROR, "", 0, "failed", (), sys.exc_info())
    told = LineFormatter().format(record)
    assert 'duplicate key violates "u"' in told and "Traceback" in told
    assert "6222" not in told and "0202" not in told


@pytest.mark.django_db
@pytest.mark.asvs("1.3.11")
def test_a_name_puts_no_header_into_a_mail(firm: Firm, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    body = {"email": "guest@firm.example", "name": "Guest\r\nBcc: thief@elsewhere.example", "role": "member"}
    answer = firm.door().post("/members/invite", body)
    assert answer.status_code in (201, 422), answer.data
    for message in mail.outbox:
        assert "thief@elsewhere.example" not in [*message.to, *message.bcc, *message.cc]
        assert not any(line.lower().startswith("bcc:") for line in message.message().as_string().splitlines())


@pytest.mark.asvs("11.4.2", "6.5.5")
def test_passwords_are_hashed_slowly_and_codes_last_half_a_minute() -> None:
    """As the product is set up, not as tests are: they hash quickly."""
    code = (
        "import django; django.setup(); from django.contrib.auth.hashers import get_hasher;"
        " from allauth.mfa import app_settings as mfa; h = get_hasher(); print(h.algorithm, h.iterations, mfa.TOTP_PERIOD)"
    )
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "guanxi.config.settings"}
    told = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    algorithm, iterations, period = told.stdout.splitlines()[-1].split()
    assert algorithm == "pbkdf2_sha256" and int(iterations) >= 600_000 and period == "30"


@pytest.mark.django_db
@pytest.mark.asvs("14.2.1")
@pytest.mark.parametrize("name", ["token", "access_token", "api_key", "key"])
def test_a_token_in_an_address_opens_nothing(firm: Firm, name: str) -> None:
    assert Door(firm.token()).get("/me").status_code == 200
    assert Door().get(f"/me?{name}={firm.token()}").status_code == 401


@pytest.mark.asvs("6.5.4")
def test_a_recovery_code_is_not_guessed() -> None:
    assert app_settings.RECOVERY_CODE_DIGITS * math.log2(10) >= 20


@pytest.mark.django_db
@pytest.mark.asvs("15.3.7")
def test_a_value_counts_where_it_belongs_and_nowhere_else(firm: Firm) -> None:
    """What stands in the address is no part of the body, nor the other way round; a form is no JSON."""
    boss = firm.door()
    name = boss.get("/me").data["user"]["name"]
    assert boss.patch("/me?name=Mallory&email=x@evil.example", {"theme": "dark"}).status_code == 200
    assert boss.get("/me").data["user"]["name"] == name
    assert boss.post("/teams?name=Evil", {}).status_code == 422
    form = boss.client.post("/api/v1/teams", {"name": "Evil"})
    assert form.status_code in (400, 415, 422)
    assert boss.call("GET", "/members?limit=1", {"limit": 100, "search": "nobody"}).status_code == 200
    assert boss.get("/teams").data["data"] == []
