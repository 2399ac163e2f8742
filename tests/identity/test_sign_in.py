"""Signing in and out, sessions, lock-out."""

from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from guanxi.engine.identity.tasks import forget_expired_sessions
from tests.firms import AUTH, PASSWORD, Door, Firm

pytestmark = pytest.mark.django_db


def test_signing_in_and_out(firm: Firm) -> None:
    door = Door()
    assert door.get("/me").status_code == 401
    assert door.sign_in("BOSS@firm.example").status_code == 200
    assert door.get("/me").data["user"]["name"] == "王芳"
    assert door.delete(f"{AUTH}/session").status_code == 401
    assert door.get("/me").status_code == 401


@pytest.mark.asvs("7.2.4")
@pytest.mark.asvs("7.2.2", "7.2.3")
def test_the_session_key_changes_at_sign_in_and_the_old_one_is_worthless(firm: Firm) -> None:
    door = Door()
    session = door.client.session
    session["planted"] = True
    session.save()
    planted = door.session_key
    door.sign_in(firm.admin.email)
    assert door.session_key != planted
    thief = Door()
    thief.client.cookies["guanxi_session"] = planted
    assert thief.get("/me").status_code == 401


@pytest.mark.asvs("7.4.1")
def test_a_session_that_was_signed_out_is_dead(firm: Firm) -> None:
    door = Door()
    door.sign_in(firm.admin.email)
    stolen = door.session_key
    door.delete(f"{AUTH}/session")
    thief = Door()
    thief.client.cookies["guanxi_session"] = stolen
    assert thief.get("/me").status_code == 401


@pytest.mark.asvs("6.3.8")
def test_unknown_address_and_wrong_password_look_alike(firm: Firm) -> None:
    wrong = Door().sign_in(firm.admin.email, "wrong password")
    unknown = Door().sign_in("nobody@firm.example", "wrong password")
    assert (wrong.status_code, wrong.data) == (unknown.status_code, unknown.data)


@pytest.mark.asvs("6.3.1")
@pytest.mark.asvs("2.3.2")
def test_five_wrong_passwords_lock_the_address_out_whatever_the_host_header(firm: Firm) -> None:
    for host in ["localhost", "127.0.0.1", "localhost", "127.0.0.1", "localhost"]:
        Door().post(f"{AUTH}/login", {"email": firm.admin.email, "password": "wrong"}, Host=host)
    answer = Door().sign_in(firm.admin.email)
    assert answer.status_code == 400
    assert answer.data["errors"][0]["code"] == "too_many_login_attempts"


@pytest.mark.asvs("7.5.2")
def test_sessions_are_listed_and_another_one_can_be_ended(firm: Firm) -> None:
    here, there = Door(), Door()
    here.sign_in(firm.admin.email)
    there.sign_in(firm.admin.email)
    sessions = here.get(f"{AUTH}/sessions").data["data"]
    assert len(sessions) == 2
    [other] = [row["id"] for row in sessions if not row["is_current"]]
    assert here.delete(f"{AUTH}/sessions", {"sessions": [other]}).status_code == 200
    assert there.get("/me").status_code == 401
    assert here.get("/me").status_code == 200


@pytest.mark.asvs("6.2.2", "6.2.3", "7.4.3")
def test_changing_the_password_needs_the_old_one_and_ends_other_sessions(firm: Firm) -> None:
    here, there = Door(), Door()
    here.sign_in(firm.admin.email)
    there.sign_in(firm.admin.email)
    path, new = "/_allauth/browser/v1/account/password/change", "another good one 7"
    assert here.post(path, {"new_password": new}).status_code == 400
    assert here.post(path, {"current_password": "wrong", "new_password": new}).status_code == 400
    assert here.post(path, {"current_password": PASSWORD, "new_password": new}).status_code == 200
    assert here.get("/me").status_code == 200
    assert there.get("/me").status_code == 401


@pytest.mark.asvs("7.4.2")
def test_a_disabled_person_is_out_at_once(firm: Firm) -> None:
    user = firm.add("赵敏")
    door = firm.door(user)
    assert door.get("/me").status_code == 200
    user.is_active = False
    user.save()
    assert door.get("/me").status_code == 401
    assert Door().sign_in(user.email).status_code != 200


def test_a_person_without_a_workspace_is_told_so(firm: Firm) -> None:
    user = firm.add("赵敏")
    door = firm.door(user)
    assert firm.door().patch(f"/members/{user.id}", {"status": "disabled"}).status_code == 200
    answer = door.get("/me")
    assert (answer.status_code, answer.data["code"]) == (403, "no_workspace")


def test_expired_sessions_are_cleared_away(firm: Firm) -> None:
    old, new = Door(), Door()
    old.sign_in(firm.admin.email)
    new.sign_in(firm.admin.email)
    Session.objects.filter(session_key=old.session_key).update(expire_date="2020-01-01T00:00:00Z")
    forget_expired_sessions(timestamp=0)
    assert [row.session_key for row in Session.objects.all()] == [new.session_key]
    assert [row.session_key for row in UserSession.objects.all()] == [new.session_key]


@pytest.mark.asvs("3.7.2")
@pytest.mark.asvs("1.2.2")
def test_open_redirects_have_nothing_to_hold_on_to(firm: Firm) -> None:
    answer: Any = Door().post(
        f"{AUTH}/login?next=https://evil.example/", {"email": firm.admin.email, "password": PASSWORD}
    )
    assert answer.status_code == 200
    assert b"evil.example" not in answer.content
