"""People come in by their firm's provider, and by nobody else's."""

from typing import Any

import pytest
from django.contrib.sessions.models import Session

from guanxi.engine.identity.models import Membership, User
from guanxi.engine.sso.models import SsoConnection, SsoIdentity
from guanxi.engine.tenancy.context import Role, session
from tests.engine.sso.conftest import Way, open_way, reason
from tests.engine.sso.oidc_server import SECRET, OidcServer
from tests.firms import AUTH, PASSWORD, Door, Firm, code_of

pytestmark = pytest.mark.django_db


@pytest.mark.asvs("10.5.2")
def test_somebody_new_comes_in_and_is_known_the_second_time(way: Way, idp: OidcServer, firm: Firm) -> None:
    door, page = way.come(after="/o/customer?view=1")
    assert page == "/o/customer?view=1"
    me = door.get("/me").data
    assert (me["user"]["name"], me["user"]["email"], me["role"]) == ("林晓", "lin@firm.example", "member")
    idp.person |= {"email": "lin.new@firm.example", "name": "林小"}  # another address, the same person
    again, _ = way.come()
    assert again.get("/me").data["user"]["id"] == me["user"]["id"]
    with session(firm.workspace.id):
        assert SsoIdentity.objects.count() == 1
    [shown] = firm.door().get("/sso-connections").data["data"]
    assert shown["people"] == 1
    assert not User.objects.get(email="lin@firm.example").has_usable_password()


def test_the_sign_in_page_offers_what_is_switched_on(way: Way, firm: Firm, other_firm: Firm) -> None:
    slug = firm.workspace.slug
    found = Door().get(f"/sign-in/{slug}").data
    assert found == {
        "workspace": firm.workspace.name,
        "sso_only": False,
        "ways": [{"kind": "oidc", "label": "公司账号", "url": f"/sso/{slug}/{way.id}"}],
    }
    way.change(is_on=False)
    for address in (slug, other_firm.workspace.slug, "nobody"):
        assert code_of(Door().get(f"/sign-in/{address}")) == "unknown_sign_in_address"
    assert reason(way.go(Door()).headers["Location"]) == "gone"


def test_the_door_for_strangers_shows_one_address_only(way: Way, other_firm: Firm, idp: OidcServer) -> None:
    open_way(other_firm, idp)
    with session(None):
        assert SsoConnection.objects.count() == 0
    answer = Door().client.get(f"/sso/{other_firm.workspace.slug}/{way.id}")
    assert reason(answer.headers["Location"]) == "gone"


def test_without_joining_only_those_invited_come_in(way: Way, idp: OidcServer, firm: Firm) -> None:
    way.change(join_role="")
    door, page = way.come()
    assert reason(page) == "no_place"
    assert door.get("/me").status_code == 401
    assert not User.objects.filter(email="lin@firm.example").exists()
    firm.door().post("/members/invite", {"email": "lin@firm.example", "name": "小林", "role": "manager"})
    door, _ = way.come()
    assert door.get("/me").data["role"] == "manager"
    with session(firm.workspace.id):
        assert Membership.objects.get(user__email="lin@firm.example").status == "active"


@pytest.mark.parametrize("kind", ["administrator", "officer"])
def test_nobody_comes_to_look_after_settings_by_a_provider_alone(
    way: Way, idp: OidcServer, firm: Firm, kind: str
) -> None:
    """Who looks after sign-in chooses the provider, which may name whoever was invited to rule."""
    boss = firm.door()
    role = "admin" if kind == "administrator" else "limited"
    invited = boss.post("/members/invite", {"email": "lin@firm.example", "name": "小林", "role": role}).data
    if kind == "officer":
        rights = {"objects": {}, "areas": ["roles"]}
        assert (
            boss.post("/roles", {"key": "officer", "name": {"en": "O"}, "rights": rights}).status_code == 201
        )
        given = boss.patch(f"/members/{invited['id']}", {"extra_roles": ["officer"]})
        assert given.status_code == 200, given.data
    door, page = way.come()
    assert reason(page) == "no_place"
    assert door.get("/me").status_code == 401
    assert boss.get(f"/members/{invited['id']}").data["status"] == "invited"
    token = invited["invite_url"].rpartition("/")[2]
    joined = Door().post(f"/invitations/{token}", {"name": "林晓", "password": PASSWORD})
    assert joined.status_code == 200, joined.data


@pytest.mark.parametrize(
    "person, code",
    [
        ({"email_verified": False}, "unverified"),
        ({"email_verified": "yes"}, "unverified"),
        ({"email": None}, "unverified"),
        ({"email": "lin@elsewhere.example"}, "domain"),
        ({"email": "lin@firm.example.evil.example"}, "domain"),
        ({"email": "lin@evil.example@firm.example.evil.example"}, "domain"),
        ({"email": "lin@sub.firm.example"}, "domain"),
    ],
)
def test_an_address_counts_when_verified_and_of_the_firm(
    way: Way, idp: OidcServer, person: dict[str, Any], code: str
) -> None:
    idp.person |= person
    door, page = way.come()
    assert reason(page) == code
    assert door.get("/me").status_code == 401
    assert not User.objects.filter(name="林晓").exists()


def test_where_every_address_is_the_firms_own_the_claim_is_not_needed(way: Way, idp: OidcServer) -> None:
    del idp.person["email_verified"]
    way.change(trusts_addresses=True)
    assert way.come()[1] == "/"


def test_addresses_that_the_token_lacks_are_asked_for(way: Way, idp: OidcServer) -> None:
    idp.in_token = False
    assert way.come()[1] == "/"
    assert "/userinfo" in idp.asked
    idp.userinfo_sub = "somebody else"
    assert reason(way.come()[1]) == "provider"


@pytest.mark.asvs("6.8.1")
def test_an_account_in_use_is_linked_by_its_own_password_and_by_nothing_else(
    way: Way, idp: OidcServer, firm: Firm
) -> None:
    person = firm.add("林晓", email="lin@firm.example")
    door, page = way.come()
    assert reason(page) == "link"
    assert "email=lin%40firm.example" in page
    assert door.get("/me").status_code == 401
    with session(firm.workspace.id):
        assert not SsoIdentity.objects.exists()
    assert door.sign_in(person.email, "wrong " + PASSWORD).status_code == 400
    with session(firm.workspace.id):
        assert not SsoIdentity.objects.exists()
    assert door.sign_in(person.email).status_code == 200
    with session(firm.workspace.id):
        assert SsoIdentity.objects.get().user_id == person.id
    assert way.come()[0].get("/me").data["user"]["id"] == str(person.id)


def test_signing_in_as_somebody_else_links_nobody(way: Way, firm: Firm) -> None:
    firm.add("林晓", email="lin@firm.example")
    other = firm.add("赵敏")
    door, _ = way.come()
    assert door.sign_in(other.email).status_code == 200
    with session(firm.workspace.id):
        assert not SsoIdentity.objects.exists()


def test_who_is_signed_in_links_without_being_asked_again(way: Way, firm: Firm) -> None:
    person = firm.add("林晓", email="lin@firm.example")
    door = Door()
    door.sign_in(person.email)
    before = door.session_key
    assert way.come(door)[1] == "/"
    assert door.session_key == before
    with session(firm.workspace.id):
        assert SsoIdentity.objects.get().user_id == person.id


@pytest.mark.asvs("7.6.1")
def test_a_disabled_member_stays_out(way: Way, firm: Firm) -> None:
    door, _ = way.come()
    user_id = door.get("/me").data["user"]["id"]
    assert firm.door().patch(f"/members/{user_id}", {"status": "disabled"}).status_code == 200
    assert door.get("/me").status_code in (401, 403)
    assert reason(way.come()[1]) == "disabled"


@pytest.mark.asvs("6.8.1", "8.4.1")
def test_a_firms_provider_opens_that_firm_and_no_other(
    way: Way, firm: Firm, other_firm: Firm, idp: OidcServer
) -> None:
    """Whoever runs a provider can name anybody: what it opens must end at its own firm's walls."""
    person = firm.add("林晓", email="lin@firm.example")
    with session(other_firm.workspace.id):
        Membership.objects.create(workspace_id=other_firm.workspace.id, user=person, name="林晓", sort_key="l",
                                  search_key="l", role=Role.MANAGER, status="active")  # fmt: skip
    door, _ = way.come()
    door.sign_in(person.email)
    own = door.get("/me").data
    assert {place["slug"] for place in own["workspaces"]} == {firm.workspace.slug, other_firm.workspace.slug}
    door, _ = way.come()
    me = door.get("/me").data
    assert [place["slug"] for place in me["workspaces"]] == [firm.workspace.slug]
    switched = door.post("/me/workspace", {"workspace": str(other_firm.workspace.id)})
    assert (switched.status_code, code_of(switched)) == (403, "single_sign_on")
    with session(firm.workspace.id):
        Membership.objects.filter(user=person).update(status="disabled")
    assert code_of(door.get("/me")) == "session_expired"  # and not: let into the other firm
    assert door.get("/me").status_code == 401


@pytest.mark.asvs("6.2.3", "7.5.1")
@pytest.mark.parametrize(
    "method, path, body",
    [
        ("POST", "password/change", {"new_password": PASSWORD}),
        ("POST", "email", {"email": "evil@elsewhere.example"}),
        ("GET", "authenticators/totp", None),
        ("POST", "authenticators/totp", {"code": "123456"}),
        ("GET", "authenticators/recovery-codes", None),
        ("GET", "authenticators/webauthn", None),
        ("DELETE", "authenticators/webauthn", {"authenticators": [1]}),
    ],
)
def test_such_a_session_changes_nothing_of_the_account(way: Way, method: str, path: str, body: Any) -> None:
    door, _ = way.come()
    answer = door.call(method, f"/_allauth/browser/v1/account/{path}", body)
    assert (answer.status_code, answer.data["code"]) == (403, "single_sign_on")
    assert door.get("/_allauth/browser/v1/account/authenticators").status_code == 200
    assert door.get("/me/entry").data["single_sign_on"] is True
    user = User.objects.get(email="lin@firm.example")
    assert not user.has_usable_password()


@pytest.mark.parametrize(
    "after",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "\\\\evil",
        "/a\nb",
        "",
    ],
)
def test_it_never_leads_out(way: Way, after: str) -> None:
    assert way.come(after=after)[1] == "/"


@pytest.mark.asvs("7.2.4")
def test_the_session_is_a_new_one(way: Way) -> None:
    door = Door()
    way.go(door)
    before = door.session_key
    way.come(door)
    assert door.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_sign_in_is_in_history_and_audit(way: Way, firm: Firm, idp: OidcServer) -> None:
    door, _ = way.come()
    assert [row["outcome"] for row in door.get("/me/sign-ins").data["data"]] == ["in"]
    idp.person["email"] = "lin@elsewhere.example"
    idp.person["sub"] = "p-2"
    way.come()
    kinds = [row["kind"] for row in firm.door().get("/audit").data["data"]]
    assert {"signin.in", "member.joined", "account.linked", "signin.sso_failed"} <= set(kinds)


@pytest.mark.asvs("10.1.1", "13.3.2")
def test_the_secret_comes_out_nowhere(way: Way, firm: Firm) -> None:
    boss = firm.door()
    listed = boss.get("/sso-connections")
    assert listed.data["data"][0]["has_secret"] is True
    for answer in (listed, boss.patch(f"/sso-connections/{way.id}", {"label": "新"}), boss.get("/audit")):
        assert SECRET not in answer.content.decode()
    with session(firm.workspace.id):
        kept = SsoConnection.objects.get()
    assert SECRET not in kept.secret
    assert kept.secret
    assert SECRET not in str(AUTH)
