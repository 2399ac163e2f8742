"""Sign-ins leave a trace that their person sees, and a mail when they are strange."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail

from guanxi.engine.entry.models import SignInEvent
from tests.firms import AUTH, PASSWORD, Door, Firm

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def behind_a_proxy(settings: Any) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def _sign_in(door: Door, email: str, ip: str, password: str = PASSWORD) -> Any:
    return door.post(f"{AUTH}/login", {"email": email, "password": password}, **{"X-Forwarded-For": ip})


@pytest.mark.asvs("16.3.1")
def test_one_sees_ones_own_sign_ins_and_failures(firm: Firm, other_firm: Firm) -> None:
    door = Door()
    _sign_in(Door(), firm.admin.email, "203.0.113.9", "wrong")
    _sign_in(door, firm.admin.email, "203.0.113.7")
    _sign_in(Door(), other_firm.admin.email, "198.51.100.1")
    rows = door.get("/me/sign-ins").data["data"]
    assert [(row["outcome"], row["ip"], row["is_this_device"]) for row in rows] == [
        ("in", "203.0.113.7", True),
        ("failed", "203.0.113.9", False),
    ]


def test_nothing_is_kept_of_addresses_that_nobody_has(firm: Firm) -> None:
    _sign_in(Door(), "nobody@firm.example", "203.0.113.9", "wrong")
    assert not SignInEvent.objects.exists()


@pytest.mark.asvs("6.3.4")
def test_a_new_device_on_a_new_network_is_told_and_one_of_both_is_not(
    firm: Firm, deliver: Callable[[], int]
) -> None:
    known = Door()
    for door, ip, mails in (
        (known, "203.0.113.7", 0),  # the first sign-in of all
        (known, "198.51.100.1", 0),  # the known device elsewhere
        (Door(), "203.0.113.200", 0),  # another device in the office
        (Door(), "192.0.2.77", 1),  # both new
        (Door(), "192.0.2.78", 0),  # the network is known now
    ):
        door.delete(f"{AUTH}/session")
        mail.outbox.clear()
        assert _sign_in(door, firm.admin.email, ip).status_code == 200
        deliver()
        assert len(mail.outbox) == mails, ip
        for sent in mail.outbox:
            assert sent.to == [firm.admin.email]
            assert "192.0.2.77" in sent.body


@pytest.mark.asvs("6.3.1")
def test_a_lock_is_told_once_with_its_end_and_an_administrator_can_end_it(
    firm: Firm, deliver: Callable[[], int]
) -> None:
    person = firm.add("赵敏")
    for _ in range(7):
        _sign_in(Door(), person.email, "203.0.113.9", "wrong")
    deliver()
    [sent] = mail.outbox
    assert sent.to == [person.email]
    assert "15" in sent.body
    assert "UTC" in sent.body
    assert _sign_in(Door(), person.email, "203.0.113.9").status_code == 400
    seen = firm.door().get(f"/members/{person.id}/entry").data
    assert [row["outcome"] for row in seen["sign_ins"]] == ["locked"] + ["failed"] * 4
    left = datetime.fromisoformat(seen["locked_until"]) - datetime.now(UTC)
    assert timedelta(minutes=14) < left <= timedelta(minutes=15)
    assert firm.door().post(f"/members/{person.id}/unlock").status_code == 204
    assert firm.door().get(f"/members/{person.id}/entry").data["locked_until"] is None
    assert _sign_in(Door(), person.email, "203.0.113.9").status_code == 200


@pytest.mark.asvs("7.4.5")
def test_an_administrator_sees_a_members_devices_and_signs_them_out(firm: Firm, other_firm: Firm) -> None:
    person = firm.add("赵敏")
    doors = [Door(), Door()]
    for door in doors:
        _sign_in(door, person.email, "203.0.113.7")
    path = f"/members/{person.id}/entry"
    seen = firm.door().get(path).data
    assert len(seen["devices"]) == 2
    assert seen["has_second_factor"] is False
    assert other_firm.door().delete(path).status_code == 404
    assert [door.get("/me").status_code for door in doors] == [200, 200]
    assert firm.door().delete(path).status_code == 204
    assert [door.get("/me").status_code for door in doors] == [401, 401]
    assert firm.door().get(path).data["devices"] == []


def test_the_device_cookie_tells_scripts_nothing(firm: Firm) -> None:
    door = Door()
    _sign_in(door, firm.admin.email, "203.0.113.7")
    cookie = door.client.cookies["guanxi_device"]
    assert cookie["httponly"]
    assert cookie.value not in str(list(SignInEvent.objects.values()))


def _ended(firm: Firm) -> list[dict[str, Any]]:
    rows = firm.door().get("/audit?kind=signin.ended").data["data"]
    return [row for row in rows if row["kind"] == "signin.ended"]


@pytest.mark.asvs("16.3.1")
def test_ends_of_sessions_are_in_the_audit(firm: Firm) -> None:
    person, boss = firm.add("赵敏"), firm.door()
    here, there = Door(), Door()
    for door in (here, there):
        _sign_in(door, person.email, "203.0.113.7")
    listed = here.get(f"{AUTH}/sessions").data["data"]
    [other] = [row["id"] for row in listed if not row["is_current"]]
    here.delete(f"{AUTH}/sessions", {"sessions": [other]})
    assert there.get("/me").status_code == 401
    boss.delete(f"/members/{person.id}/entry")
    boss.patch("/sign-in-policy", {"session_hours": 1})
    late = Door()
    _sign_in(late, person.email, "203.0.113.7")
    session = late.client.session
    session["guanxi_since"] -= 2 * 3600
    session.save()
    assert late.get("/me").status_code == 401
    assert sorted(row["detail"]["reason"] for row in _ended(firm)) == ["administrator", "expired", "revoked"]
