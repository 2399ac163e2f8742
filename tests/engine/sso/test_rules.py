"""Who sets single sign-on up, what it can demand, and that nobody is locked out by it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.engine.entry.policies import forget_policies
from guanxi.engine.identity.models import User
from guanxi.engine.sso.rules import is_own_path, tidy_domain
from guanxi.engine.tenancy.context import Role
from tests.engine.sso.conftest import Way, reason
from tests.engine.sso.oidc_server import CLIENT, OidcServer
from tests.firms import Door, Firm, code_of

pytestmark = pytest.mark.django_db

BODY = {
    "kind": "oidc",
    "label": "公司账号",
    "config": {"issuer": "https://login.firm.example", "client_id": CLIENT},
}


def _errors(answer: Any) -> dict[str, str]:
    return {error["field"]: error["code"] for error in answer.data["errors"]}


@pytest.mark.parametrize("role", [Role.MANAGER, Role.MEMBER, Role.READ_ONLY])
def test_who_does_not_look_after_security_sees_and_changes_nothing(
    way: Way, firm: Firm, other_firm: Firm, role: Role
) -> None:
    person = firm.door(firm.add("赵敏", role))
    for door, status in ((person, 403), (other_firm.door(), 404)):
        for answer in (
            door.patch(f"/sso-connections/{way.id}", {"label": "x"}),
            door.delete(f"/sso-connections/{way.id}"),
            door.post(f"/sso-connections/{way.id}/check"),
        ):
            assert answer.status_code == status
    assert (
        person.get("/sso-connections").status_code == person.post("/sso-connections", BODY).status_code == 403
    )
    assert other_firm.door().get("/sso-connections").data["data"] == []


@pytest.mark.parametrize(
    "changes, field, code",
    [
        ({"kind": "carrier pigeon"}, "kind", "unknown_choice"),
        ({"config": {"issuer": "http://login.firm.example", "client_id": "x"}}, "config.issuer", "not_https"),
        ({"config": {"issuer": "https://login.firm.example"}}, "config.client_id", "required"),
        ({"config": {"issuer": "https://" + "x" * 300, "client_id": "x"}}, "config.issuer", "too_long"),
        ({"join_role": "member"}, "domains", "required"),
        ({"domains": ["firm.example", "gmail.com"]}, "domains.1", "bad_domain"),
        ({"domains": ["qq.com"]}, "domains.0", "bad_domain"),
        ({"domains": ["*.firm.example"]}, "domains.0", "bad_domain"),
        ({"domains": ["localhost"]}, "domains.0", "bad_domain"),
        ({"domains": [f"d{n}.example" for n in range(51)]}, "domains", "too_many"),
    ],
)
def test_what_makes_no_sense_is_refused(firm: Firm, changes: Any, field: str, code: str) -> None:
    answer = firm.door().post("/sso-connections", BODY | changes)
    assert answer.status_code == 422
    assert _errors(answer) == {field: code}


@pytest.mark.parametrize("role", ["admin", "emperor"])
def test_nobody_joins_as_administrator(firm: Firm, role: str) -> None:
    answer = firm.door().post("/sso-connections", BODY | {"domains": ["firm.example"], "join_role": role})
    assert answer.status_code == 422


def test_joining_with_more_than_the_usual_needs_who_gives_roles(firm: Firm) -> None:
    role = {"key": "guard", "name": {"zh-CN": "安全", "en": "Security"}, "rights": {"areas": ["security"]}}
    person = firm.add("赵敏")
    assert firm.door().post("/roles", role).status_code == 201
    firm.door().patch(f"/members/{person.id}", {"role": "limited", "extra_roles": ["guard"]})
    door, body = firm.door(person), BODY | {"domains": ["firm.example"]}
    assert door.post("/sso-connections", body | {"join_role": "manager"}).status_code == 403
    assert door.post("/sso-connections", body | {"join_role": "member"}).status_code == 201


def test_a_secret_is_not_sent_to_another_place_than_it_was_meant_for(way: Way, firm: Firm) -> None:
    elsewhere = {"config": {"issuer": "https://login.evil.example"}}
    answer = firm.door().patch(f"/sso-connections/{way.id}", elsewhere)
    assert _errors(answer) == {"secret": "enter_again"}
    assert firm.door().patch(f"/sso-connections/{way.id}", elsewhere | {"secret": "new"}).status_code == 200


@pytest.mark.asvs("6.3.3")
def test_only_single_sign_on_with_an_administrator_for_the_day_it_fails(
    way: Way, firm: Firm, idp: OidcServer
) -> None:
    boss, reserve = firm.door(), {"break_glass": [str(firm.admin.id)]}
    clerk = firm.add("赵敏")
    deputy = firm.add("钱进", Role.ADMIN)
    for changes, field, code in (
        ({"sso_only": True}, "break_glass", "required"),
        ({"sso_only": True, "break_glass": [str(clerk.id)]}, "break_glass", "required"),
        (
            {"sso_only": True, "break_glass": [str(firm.admin.id), str(clerk.id)]},
            "break_glass",
            "not_administrator",
        ),
        ({"sso_only": True, "break_glass": [str(deputy.id)]}, "sso_only", "locks_out"),
    ):
        assert _errors(boss.patch("/sign-in-policy", changes)) == {field: code}
    way.change(is_on=False)
    assert _errors(boss.patch("/sign-in-policy", reserve | {"sso_only": True})) == {"sso_only": "no_way"}
    way.change(is_on=True)
    assert boss.patch("/sign-in-policy", reserve | {"sso_only": True}).status_code == 200
    forget_policies()
    door = firm.door(clerk)
    assert code_of(door.get("/records/customer/query")) == "single_sign_on_required"
    assert door.get("/me/entry").data["missing"] == ["single_sign_on"]
    assert boss.get("/members").status_code == 200
    assert Door(firm.token(clerk)).get("/me").status_code == 200
    arrived, _ = way.come()
    assert arrived.get("/views?object=customer").status_code == 200
    assert Door().get(f"/sign-in/{firm.workspace.slug}").data["sso_only"] is True
    # Nothing may take the last way in, or the last person in reserve, away.
    assert code_of(boss.patch(f"/sso-connections/{way.id}", {"is_on": False})) == "single_sign_on_required"
    assert code_of(boss.delete(f"/sso-connections/{way.id}")) == "single_sign_on_required"
    second = firm.door(deputy)
    second.sign_in(deputy.email)
    assert code_of(boss.patch(f"/members/{firm.admin.id}", {"role": "member"})) == "last_break_glass"


def test_who_is_signed_in_by_password_goes_on_by_the_provider(way: Way, firm: Firm, idp: OidcServer) -> None:
    person = firm.add("林晓", email="lin@firm.example")
    firm.door().patch("/sign-in-policy", {"sso_only": True, "break_glass": [str(firm.admin.id)]})
    door = firm.door(person)
    assert door.get("/me/entry").data["missing"] == ["single_sign_on"]
    assert way.come(door)[1] == "/"
    assert door.get("/me/entry").data == {
        "missing": [], "password_policy": "asvs", "has_second_factor": False, "single_sign_on": False,
    }  # fmt: skip


@pytest.mark.asvs("6.8.4")
def test_a_demanded_second_factor_is_the_providers_to_ask_for(way: Way, firm: Firm, idp: OidcServer) -> None:
    firm.door().patch("/sign-in-policy", {"second_factor_roles": ["member"]})
    assert reason(way.come()[1]) == "factor"
    idp.person["amr"] = ["pwd"]
    assert reason(way.come()[1]) == "factor"
    idp.person["amr"] = ["pwd", "otp"]
    door, page = way.come()
    assert page == "/"
    assert door.get("/me/entry").data["missing"] == []
    assert door.get("/views?object=customer").status_code == 200
    del idp.person["amr"]
    way.change(trusts_factor=True)
    assert way.come()[1] == "/"


def test_the_age_of_a_password_that_was_not_used_plays_no_part(way: Way, firm: Firm) -> None:
    firm.door().patch("/sign-in-policy", {"password_policy": "mlps"})
    door, _ = way.come()
    User.objects.filter(email="lin@firm.example").update(
        date_joined="2020-01-01T00:00:00Z", password="md5$x$y"
    )
    assert door.get("/views?object=customer").status_code in (200, 401)


@given(st.text(max_size=40))
def test_an_own_path_stays_here_whatever_it_looks_like(text: str) -> None:
    if is_own_path(text):
        assert text[0] == "/"
        assert text[1:2] not in ("/", "\\")
        assert not any(char in text for char in "\r\n\t\\")


@pytest.mark.parametrize(
    "text, found",
    [("Firm.Example", "firm.example"), ("@firm.example.", "firm.example"), ("公司.cn", "xn--55qx5d.cn"),
     ("163.com", None), ("firm", None), ("a..b", None), ("-a.example", None), ("1.2.3.4", None), ("", None)],
)  # fmt: skip
def test_domains_have_one_spelling(text: str, found: str | None) -> None:
    assert tidy_domain(text) == found
