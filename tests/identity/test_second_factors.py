"""TOTP, recovery codes and passkeys."""

import time

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from guanxi.engine.tenancy.context import Role
from tests.firms import AUTH, PASSWORD, Door, Firm

pytestmark = pytest.mark.django_db

ACCOUNT = "/_allauth/browser/v1/account/authenticators"


def _code(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def _ready_to_change(firm: Firm) -> Door:
    door = Door()
    door.sign_in(firm.admin.email)
    assert door.post(f"{AUTH}/reauthenticate", {"password": PASSWORD}).status_code == 200
    return door


def _switch_on(firm: Firm) -> tuple[Door, str]:
    door = _ready_to_change(firm)
    offered = door.get(f"{ACCOUNT}/totp")
    assert offered.status_code == 404
    secret = offered.data["meta"]["secret"]
    assert "issuer=Guanxi" in offered.data["meta"]["totp_url"]
    assert door.post(f"{ACCOUNT}/totp", {"code": _code(secret)}).status_code == 200
    return door, secret


@pytest.mark.asvs("6.3.3")
def test_with_an_authenticator_app_the_password_is_not_enough(firm: Firm) -> None:
    _, secret = _switch_on(firm)
    door = Door()
    first = door.sign_in(firm.admin.email)
    assert first.status_code == 401
    assert {"id": "mfa_authenticate", "is_pending": True, "types": ["totp"]}.items() <= {
        key: (sorted(set(value) - {"recovery_codes"}) if key == "types" else value)
        for key, value in next(flow for flow in first.data["data"]["flows"] if flow.get("is_pending")).items()
    }.items()
    assert door.get("/me").status_code == 401
    assert door.post(f"{AUTH}/2fa/authenticate", {"code": "000000"}).status_code == 400
    assert door.post(f"{AUTH}/2fa/authenticate", {"code": _code(secret, 1)}).status_code == 200
    assert door.get("/me").status_code == 200


@pytest.mark.asvs("7.5.1")
def test_a_second_factor_cannot_be_changed_by_whoever_finds_the_browser_open(firm: Firm) -> None:
    door = Door()
    door.sign_in(firm.admin.email)
    secret = door.get(f"{ACCOUNT}/totp").data["meta"]["secret"]
    answer = door.post(f"{ACCOUNT}/totp", {"code": _code(secret)})
    assert answer.status_code == 401
    assert {"id": "reauthenticate"} in answer.data["data"]["flows"]


@pytest.mark.asvs("6.5.2")
def test_the_key_lies_encrypted_in_the_database(firm: Firm) -> None:
    _, secret = _switch_on(firm)
    row = Authenticator.objects.get(user=firm.admin, type="totp")
    assert secret not in str(row.data)


@pytest.mark.asvs("6.5.1")
def test_recovery_codes_work_once(firm: Firm) -> None:
    door, _ = _switch_on(firm)
    codes = door.get(f"{ACCOUNT}/recovery-codes").data["data"]["unused_codes"]
    assert len(codes) == 10
    for attempt, status in ((Door(), 200), (Door(), 400)):
        attempt.sign_in(firm.admin.email)
        assert attempt.post(f"{AUTH}/2fa/authenticate", {"code": codes[0]}).status_code == status


@pytest.mark.asvs("6.4.4")
def test_a_lost_factor_is_not_replaced_by_a_new_password_or_by_an_administrator(firm: Firm) -> None:
    """Recovery codes, handed out when the factor was set up, are the only way; nobody's rights reach another's factor."""
    _, secret = _switch_on(firm)
    firm.admin.refresh_from_db()
    key = default_token_generator.make_token(firm.admin)
    link = f"{user_pk_to_url_str(firm.admin)}-{key}"
    fresh = Door()
    fresh.post(f"{AUTH}/password/reset", {"key": link, "password": "a fresh start 11"})
    assert fresh.get("/me").status_code == 401
    answer = fresh.sign_in(firm.admin.email, "a fresh start 11")
    assert answer.status_code == 401
    assert any(flow["id"] == "mfa_authenticate" for flow in answer.data["data"]["flows"])
    colleague = firm.door(firm.add("钱进", Role.ADMIN))
    for method, path in (
        ("DELETE", "/second-factor"),
        ("PATCH", ""),
        ("DELETE", "/entry"),
        ("POST", "/unlock"),
    ):
        colleague.call(
            method, f"/members/{firm.admin.id}{path}", {"second_factor": None} if method == "PATCH" else None
        )
    assert Authenticator.objects.filter(user=firm.admin, type="totp").exists()
    assert fresh.post(f"{AUTH}/2fa/authenticate", {"code": _code(secret, 1)}).status_code == 200


@pytest.mark.asvs("6.3.7")
def test_passkeys_can_be_offered(firm: Firm) -> None:
    door = _ready_to_change(firm)
    offered = door.get(f"{ACCOUNT}/webauthn?passwordless")
    assert offered.status_code == 200
    assert offered.data["data"]["creation_options"]["publicKey"]["rp"]["name"] == "Guanxi"
    assert Door().get(f"{AUTH}/webauthn/login").status_code == 200
