"""Production mode refuses what is weak, and says why without saying a secret."""

import secrets
from dataclasses import replace

import pytest

from guanxi.config import doctor_checks
from guanxi.config.console import Stop
from guanxi.config.doctor import run_checks
from guanxi.config.env import Env
from guanxi.config.production import is_weak_key, refuse_weakness, weaknesses
from tests.firms import found

GOOD_KEY = "kP3w_9sXz-QbT7vLm2Yc8NfRgHj4DaUe6oBi1tKV5rEy0qSW"
GOOD = Env(public_url="https://crm.firm.example", trusted_proxies=1, production=True)


_DB = "postgresql://owner:pw@db.firm.example"
_SAFE = f"{_DB}/guanxi?sslmode=verify-full"


@pytest.mark.parametrize(
    "env",
    [
        GOOD,
        replace(GOOD, database_url=_SAFE, app_database_url=_SAFE),
        replace(GOOD, database_url="postgresql:///guanxi?host=/run/postgresql"),
        replace(GOOD, database_url="postgresql://owner@localhost/guanxi"),
        replace(GOOD, s3_endpoint="https://minio.firm.example", email_url="smtp://mail.firm.example:587"),
        replace(GOOD, s3_endpoint="http://127.0.0.1:9000", email_url="smtp://127.0.0.1:25?tls=off"),
    ],
)
def test_a_sound_set_up_has_nothing_weak(env: Env) -> None:
    assert weaknesses(env, GOOD_KEY) == []


def test_a_sound_set_up_starts() -> None:
    refuse_weakness(GOOD, GOOD_KEY)


@pytest.mark.parametrize(
    "env, key, said",
    [
        (replace(GOOD, debug=True), GOOD_KEY, "GUANXI_DEBUG"),
        (replace(GOOD, public_url="http://crm.firm.example"), GOOD_KEY, "https"),
        (replace(GOOD, public_url=""), GOOD_KEY, "https"),
        (replace(GOOD, trusted_proxies=0), GOOD_KEY, "GUANXI_TRUSTED_PROXIES"),
        (replace(GOOD, email_url="smtp://u:p@mail.firm.example:25?tls=off"), GOOD_KEY, "mail server"),
        (replace(GOOD, database_url=f"{_DB}/guanxi"), GOOD_KEY, "verify-full"),
        (replace(GOOD, database_url=f"{_DB}/guanxi?sslmode=require"), GOOD_KEY, "verify-full"),
        (replace(GOOD, database_url=f"{_DB},localhost/guanxi?sslmode=prefer"), GOOD_KEY, "verify-full"),
        (replace(GOOD, database_url=_SAFE, app_database_url=f"{_DB}/guanxi"), GOOD_KEY, "verify-full"),
        (replace(GOOD, s3_endpoint="http://minio.firm.example:9000"), GOOD_KEY, "GUANXI_S3_ENDPOINT"),
        (GOOD, "django-insecure-kP3w_9sXz-QbT7vLm2Yc8NfRgHj4", "GUANXI_SECRET_KEY"),
        (GOOD, "x" * 64, "GUANXI_SECRET_KEY"),
        (GOOD, "q7-zK2v", "GUANXI_SECRET_KEY"),
    ],
)
@pytest.mark.asvs("13.4.2")
@pytest.mark.asvs("12.2.1", "12.3.1", "3.3.1", "6.3.2")
def test_a_weak_one_is_refused_with_the_reason(env: Env, key: str, said: str) -> None:
    with pytest.raises(Stop) as refused:
        refuse_weakness(env, key)
    told = refused.value.text.in_("en", **refused.value.values)
    assert said in told
    assert key not in told
    refuse_weakness(replace(env, production=False), key)


@pytest.mark.asvs("11.2.3")
def test_a_generated_key_is_strong() -> None:
    assert not any(is_weak_key(secrets.token_urlsafe(48)) for _ in range(200))


@pytest.mark.django_db
@pytest.mark.asvs("13.2.3")
def test_the_published_password_fails_in_production(settings, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    firm = found(email=settings.GUANXI_DEMO_EMAIL)
    assert _status("demo_account") == "ok"
    firm.admin.set_password(settings.GUANXI_DEMO_PASSWORD)
    firm.admin.save()
    assert _status("demo_account") == "warn"
    monkeypatch.setattr("guanxi.config.doctor_database_checks.get_env", lambda: GOOD)
    assert _status("demo_account") == "fail"


def test_the_doctor_fails_in_production_mode_only(monkeypatch: pytest.MonkeyPatch) -> None:
    for env, status in ((Env(), "warn"), (replace(GOOD, debug=True), "fail")):
        monkeypatch.setattr(doctor_checks, "get_env", lambda env=env: env)
        monkeypatch.setattr(doctor_checks, "secret_key", lambda env: GOOD_KEY)
        check = doctor_checks.production()
        assert check.status == status
        assert "{" not in str(check.as_json("zh-CN")["found"])


def _status(key: str) -> str:
    return next(check.status for check in run_checks() if check.key == key)
