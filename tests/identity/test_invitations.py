"""Invitations: the link, who may follow it, and what it proves."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from guanxi.engine.identity import facade
from guanxi.engine.identity.models import Invitation, Team, User
from guanxi.engine.tenancy.context import Role, session
from tests.firms import AUTH, PASSWORD, Door, Firm, code_of, run_jobs

pytestmark = pytest.mark.django_db

NEW = {"name": "赵敏", "password": "a long way 2026"}


def _token(url: str) -> str:
    return url.rpartition("/invitation/")[2]


def _invite(firm: Firm, **body: Any) -> Any:
    answer = firm.door().post("/members/invite", {"name": "赵敏", "email": "zhao@firm.example"} | body)
    assert answer.status_code == 201, answer.data
    return answer.data


def _mailed(mailoutbox: list[Any]) -> str:
    run_jobs()
    return re.search(r"/invitation/(\S+)", mailoutbox[-1].body)[1]  # type: ignore[index]


def test_an_invited_person_joins_by_the_link_in_the_mail(firm: Firm, mailoutbox: Any) -> None:
    invited = _invite(firm, role="manager")
    assert (invited["status"], invited["role"], invited["email"]) == (
        "invited",
        "manager",
        "zhao@firm.example",
    )
    token = _mailed(mailoutbox)
    assert mailoutbox[-1].to == ["zhao@firm.example"]
    assert "王芳 邀请你加入「中山公司」" in mailoutbox[-1].subject
    door = Door()
    seen = door.get(f"/invitations/{token}").data
    assert seen == {
        "workspace": {"name": "中山公司"},
        "email": "zhao@firm.example",
        "invited_by": "王芳",
        "has_account": False,
    }
    joined = door.post(f"/invitations/{token}", NEW)
    assert (joined.status_code, joined.data["signed_in"]) == (200, True)
    me = door.get("/me").data
    assert (me["user"]["name"], me["user"]["email"], me["role"]) == ("赵敏", "zhao@firm.example", "manager")
    assert Door().sign_in("zhao@firm.example", NEW["password"]).status_code == 200


@pytest.mark.asvs("6.4.1")
def test_used_expired_and_invented_links_are_dead(firm: Firm) -> None:
    token = _token(_invite(firm)["invite_url"])
    assert Door().post(f"/invitations/{token}", NEW).status_code == 200
    expired = _token(_invite(firm, email="two@firm.example")["invite_url"])
    with session(firm.workspace.id):
        Invitation.objects.filter(email="two@firm.example").update(
            expires_at=datetime.now(UTC) - timedelta(seconds=1)
        )
    for dead in (token, expired, "join_" + "a" * 26 + "_" + "b" * 32, "x", "setup_" + "b" * 32):
        for answer in (Door().get(f"/invitations/{dead}"), Door().post(f"/invitations/{dead}", NEW)):
            assert (answer.status_code, code_of(answer)) == (404, "invitation_dead")


def test_a_new_invitation_makes_the_old_link_worthless(firm: Firm) -> None:
    first = _invite(firm)
    again = firm.door().post(f"/members/{first['id']}/invite")
    assert again.status_code == 201
    assert Door().get(f"/invitations/{_token(first['invite_url'])}").status_code == 404
    assert Door().get(f"/invitations/{_token(again.data['invite_url'])}").status_code == 200


def test_disabling_an_invited_person_kills_the_link(firm: Firm) -> None:
    invited = _invite(firm)
    firm.door().patch(f"/members/{invited['id']}", {"status": "disabled"})
    assert Door().post(f"/invitations/{_token(invited['invite_url'])}", NEW).status_code == 404
    back = firm.door().patch(f"/members/{invited['id']}", {"status": "active"})
    assert back.data["status"] == "invited"


def test_a_weak_password_is_refused_and_the_link_still_works(firm: Firm) -> None:
    token = _token(_invite(firm)["invite_url"])
    refused = Door(language="zh-CN").post(f"/invitations/{token}", NEW | {"password": "123456123456"})
    assert refused.status_code == 422
    assert refused.data["errors"] == [
        {"field": "password", "code": "password_too_common", "message": "这个密码太常见了。"}
    ]
    english = Door(language="en").post(f"/invitations/{token}", NEW | {"password": "123456123456"})
    assert english.data["errors"][0]["message"] == "This password is too common."
    missing = Door().post(f"/invitations/{token}", {"password": "a long way 2026"})
    assert missing.data["errors"][0]["field"] == "name"
    assert Door().post(f"/invitations/{token}", NEW).status_code == 200


def test_whoever_has_an_account_signs_in_first_and_the_inviter_learns_nothing(
    firm: Firm, other_firm: Firm, mailoutbox: Any
) -> None:
    known = _invite(firm, email=other_firm.admin.email, name="小李")
    unknown = _invite(firm, email="nobody@other.example", name="小李")
    for row in (known, unknown):
        assert (row["name"], row["status"]) == ("小李", "invited")
        assert Door().get(f"/invitations/{_token(row['invite_url'])}").data["has_account"] is None
    firm.door().post(f"/members/{known['id']}/invite")
    token = _mailed(mailoutbox)
    assert Door().get(f"/invitations/{token}").data["has_account"] is True
    refused = Door().post(f"/invitations/{token}", NEW)
    assert (refused.status_code, code_of(refused)) == (401, "sign_in_first")
    assert Door().sign_in(other_firm.admin.email).status_code == 200
    door = other_firm.door()
    assert door.post(f"/invitations/{token}").status_code == 200
    me = door.get("/me").data
    assert me["workspace"]["name"] == "中山公司"
    assert {row["name"] for row in me["workspaces"]} == {"中山公司", "北海公司"}
    assert {row["name"] for row in firm.door().get("/members").data["data"]} == {"王芳", "小李", "李强"}


def test_an_invitation_for_an_account_is_for_nobody_else(firm: Firm, other_firm: Firm) -> None:
    user = other_firm.add("阿强")
    token = _token(_invite(firm, email=other_firm.admin.email)["invite_url"])
    answer = other_firm.door(user).post(f"/invitations/{token}")
    assert (answer.status_code, code_of(answer)) == (403, "other_person")


def test_a_person_known_by_name_gets_an_address_and_keeps_what_is_theirs(firm: Firm, mailoutbox: Any) -> None:
    with session(firm.workspace.id):
        [anna] = facade.ensure_members(firm.ctx, ["Anna"]).values()
    renewed = firm.door().post(f"/members/{anna}/invite", {"email": "anna@firm.example"})
    assert renewed.data["email"] == "anna@firm.example"
    token = _mailed(mailoutbox)
    door = Door()
    assert door.post(f"/invitations/{token}", NEW | {"name": "Anna"}).status_code == 200
    assert door.get("/me").data["user"]["id"] == str(anna)


def test_a_link_passed_on_by_hand_asks_for_the_address(firm: Firm) -> None:
    made = firm.door().post("/members/invite", {"name": "Anna"}).data
    assert made["email"] == ""
    token = _token(made["invite_url"])
    missing = Door().post(f"/invitations/{token}", NEW)
    assert missing.data["errors"][0]["field"] == "email"
    taken = Door().post(f"/invitations/{token}", NEW | {"email": firm.admin.email})
    assert taken.status_code == 422
    assert Door().post(f"/invitations/{token}", NEW | {"email": "Anna@firm.example"}).status_code == 200
    assert Door().sign_in("anna@firm.example", NEW["password"]).status_code == 200


def test_a_person_with_another_account_takes_over_the_place_and_everything_in_it(
    firm: Firm, other_firm: Firm
) -> None:
    with session(firm.workspace.id):
        [anna] = facade.ensure_members(firm.ctx, ["Anna"]).values()
        facade.ensure_teams(firm.ctx, ["East"])
        Team.objects.update(manager_id=anna)
        facade.set_memberships(firm.ctx, [facade.Place(firm.admin.id, manager_id=anna)])
    token = _token(firm.door().post(f"/members/{anna}/invite").data["invite_url"])
    door = other_firm.door()
    assert door.post(f"/invitations/{token}").status_code == 200
    with session(firm.workspace.id):
        assert Team.objects.get().manager_id == other_firm.admin.id
    assert firm.door().get(f"/members/{firm.admin.id}").data["manager"]["name"] == "李强"
    assert not User.objects.filter(id=anna).exists()


def test_members_are_not_invited_twice(firm: Firm) -> None:
    user = firm.add("周明")
    answer = firm.door().post("/members/invite", {"name": "x", "email": user.email.upper()})
    assert (answer.status_code, code_of(answer)) == (409, "already_member")
    _invite(firm)
    _invite(firm, name="赵敏二")
    assert [row["name"] for row in firm.door().get("/members?q=zhao").data["data"]] == ["赵敏二"]


def test_the_copied_link_does_not_prove_the_address(firm: Firm, settings: Any, mailoutbox: Any) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    invited = _invite(firm)
    mailed = _mailed(mailoutbox)
    door = Door()
    joined = door.post(f"/invitations/{_token(invited['invite_url'])}", NEW)
    assert joined.data["signed_in"] is False
    assert door.get("/me").status_code == 401
    assert Door().post(f"/invitations/{mailed}", NEW).status_code == 404
    run_jobs()
    assert "/verify-email/" in mailoutbox[-1].body
    other = _invite(firm, email="two@firm.example")
    assert other["status"] == "invited"
    assert Door().post(f"/invitations/{_mailed(mailoutbox)}", NEW).data["signed_in"] is True


@pytest.mark.parametrize(
    "body",
    [
        {"name": "x", "email": "nonsense"},
        {"email": "a@b.cc"},
        {"name": "x", "role": "owner"},
        {"name": "\x00"},
    ],
)
def test_wrong_invitations_are_refused(firm: Firm, body: dict[str, str]) -> None:
    assert firm.door().post("/members/invite", body).status_code == 422


def test_a_refused_invitation_sends_nothing(firm: Firm) -> None:
    member = firm.door(firm.add("周明", Role.MANAGER))
    assert member.post("/members/invite", {"name": "x", "email": "x@firm.example"}).status_code == 403
    assert run_jobs() == 0
    assert not User.objects.filter(email="x@firm.example").exists()


def test_an_invited_account_cannot_be_reached_by_its_old_password(firm: Firm) -> None:
    _invite(firm)
    assert Door().sign_in("zhao@firm.example", PASSWORD).status_code == 400
    assert Door().post(f"{AUTH}/login", {"email": "zhao@firm.example", "password": ""}).status_code == 400
