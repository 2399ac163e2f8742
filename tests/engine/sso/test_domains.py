"""A mail domain is a firm's once it has proven it, and what nobody has proven opens nothing."""

from collections.abc import Iterator
from typing import Any

import pytest

from guanxi.engine.identity.models import Invitation, Membership, User
from guanxi.engine.outgoing import names
from guanxi.engine.sso.models import SsoDomain, SsoIdentity
from guanxi.engine.tenancy.context import Role, session
from tests.engine.sso.conftest import Way, open_way, reason
from tests.engine.sso.name_server import NameServer, running
from tests.engine.sso.oidc_server import OidcServer
from tests.firms import AUTH, PASSWORD, Door, Firm, code_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def dns(settings: Any) -> Iterator[NameServer]:
    """The only DNS server that is asked."""
    with running() as server:
        settings.GUANXI_DNS_SERVERS = (server.place,)
        yield server


@pytest.fixture
def claim(firm: Firm, idp: OidcServer) -> Way:
    """A connection whose domain nobody has proven."""
    return open_way(firm, idp, proven=False)


def _check(firm: Firm, domain: str = "firm.example") -> Any:
    return firm.door().post("/sso-domains/check", {"domain": domain})


def _domain(firm: Firm) -> dict[str, Any]:
    [found] = firm.door().get("/sso-connections").data["domains"]
    return dict(found)


@pytest.mark.asvs("6.8.1")
def test_a_domain_counts_once_its_text_stands_in_the_dns(firm: Firm, claim: Way, dns: NameServer) -> None:
    shown = _domain(firm)
    assert (shown["domain"], shown["how"], shown["record"]) == ("firm.example", "", "_guanxi.firm.example")
    assert reason(claim.come()[1]) == "unproven"
    for texts in (None, [], ["v=spf1 -all", shown["text"][:-1], shown["text"] + "x"]):
        if texts is not None:
            dns.texts[shown["record"]] = texts
        answer = _check(firm)
        assert (answer.status_code, answer.data["errors"][0]["code"]) == (422, "not_proven")
    assert reason(claim.come()[1]) == "unproven"
    dns.texts[shown["record"]].append(shown["text"])
    assert _check(firm).data["how"] == "dns"
    assert set(dns.asked) == {"_guanxi.firm.example"}
    assert claim.come()[1] == "/"
    # What is named no more is proven no more.
    claim.change(domains=["other.example"])
    claim.change(domains=["firm.example"])
    assert _domain(firm)["how"] == ""
    assert _domain(firm)["text"] != shown["text"]
    assert claim.come()[1] == "/", "who came before is known by issuer and subject"


def test_one_firms_proof_is_no_other_firms(
    firm: Firm, other_firm: Firm, claim: Way, dns: NameServer, idp: OidcServer
) -> None:
    evil = open_way(other_firm, idp, proven=False)
    dns.texts["_guanxi.firm.example"] = [_domain(firm)["text"]]
    assert _check(firm).status_code == 200
    assert _check(other_firm).status_code == 422
    assert reason(evil.come()[1]) == "unproven"
    with session(other_firm.workspace.id):
        assert [row.how for row in SsoDomain.objects.all()] == [""]


def test_a_dns_that_does_not_answer_proves_nothing(
    firm: Firm, claim: Way, dns: NameServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "SECONDS", 0.3)
    dns.silent = True
    assert _check(firm).data["errors"][0]["code"] == "no_answer"
    assert _check(firm, "nobody-named.example").status_code == 404
    assert _check(firm, "x" * 200).status_code == 404


def test_the_operator_vouches_for_a_domain_of_one_workspace(
    firm: Firm, other_firm: Firm, claim: Way, idp: OidcServer, settings: Any
) -> None:
    settings.GUANXI_SSO_DOMAINS = (f"{firm.workspace.slug}=firm.example",)
    assert _domain(firm)["how"] == "operator"
    assert _check(firm).status_code == 200
    assert claim.come()[1] == "/"
    assert reason(open_way(other_firm, idp, proven=False).come()[1]) == "unproven"


def test_who_does_not_look_after_security_proves_nothing(firm: Firm, claim: Way) -> None:
    door = firm.door(firm.add("赵敏", Role.MANAGER))
    assert door.post("/sso-domains/check", {"domain": "firm.example"}).status_code == 403


@pytest.mark.asvs("6.8.1", "8.4.1")
@pytest.mark.parametrize("state", ["in use", "invited", "nobody's", "signed in here"])
def test_another_firms_people_are_out_of_reach(
    firm: Firm, other_firm: Firm, idp: OidcServer, state: str
) -> None:
    """An administrator with a provider of their own names the address of somebody of another firm."""
    evil = open_way(other_firm, idp, proven=False)
    door, victim = Door(), "lin@firm.example"
    if state == "invited":
        made = firm.door().post("/members/invite", {"email": victim, "name": "林晓", "role": "manager"})
        assert made.status_code == 201
        other_firm.door().post("/members/invite", {"email": victim, "name": "林晓", "role": "member"})
    elif state != "nobody's":
        firm.add("林晓", Role.MANAGER, email=victim)
    if state == "signed in here":
        door.sign_in(victim)
    before = _state_of(victim, firm, other_firm)
    _, page = evil.come(door)
    assert reason(page) == "unproven"
    assert _state_of(victim, firm, other_firm) == before
    if state == "signed in here":
        assert [place["slug"] for place in door.get("/me").data["workspaces"]] == [firm.workspace.slug]
    else:
        assert door.get("/me").status_code == 401
    if state == "in use":
        door.sign_in(victim)
        assert _state_of(victim, firm, other_firm)[1:] == before[1:], "nothing waited to be linked"


def _state_of(email: str, *firms: Firm) -> list[Any]:
    user = User.objects.filter(email=email).values_list("name", "last_login", "password").first()
    found: list[Any] = [user]
    for firm in firms:
        with session(firm.workspace.id):
            found.append(SsoIdentity.objects.count())
            found.append(list(Membership.objects.values_list("user__email", "name", "status").order_by("id")))
            found.append(Invitation.objects.filter(accepted_at__isnull=True).count())
    return found


@pytest.mark.asvs("10.2.1")
def test_another_site_cannot_sign_somebody_in_here(way: Way, firm: Firm) -> None:
    door, path = Door(), f"/sso/{firm.workspace.slug}/{way.id}?next=/o/deal"
    page = door.client.get(path, headers={"Sec-Fetch-Site": "cross-site"}).headers["Location"]
    assert page.endswith(f"/sign-in?firm={firm.workspace.slug}&next=%2Fo%2Fdeal")
    for site in ("same-origin", "none"):
        page = door.client.get(path, headers={"Sec-Fetch-Site": site}).headers["Location"]
        assert "/authorize?" in page


@pytest.mark.asvs("8.4.1")
def test_inviting_somebody_shows_and_ends_nothing_of_theirs(firm: Firm, other_firm: Firm) -> None:
    person = firm.add("林晓", email="lin@firm.example")
    door = Door()
    door.sign_in(person.email)
    evil = other_firm.door()
    evil.post("/members/invite", {"email": person.email, "name": "林晓", "role": "member"})
    path = f"/members/{person.id}"
    answers = [evil.get(f"{path}/entry"), evil.delete(f"{path}/entry"), evil.post(f"{path}/unlock")]
    assert [(one.status_code, code_of(one)) for one in answers] == [(404, "not_active")] * 3
    evil.patch(path, {"status": "disabled"})
    assert evil.get(f"{path}/entry").status_code == 404
    assert door.get("/me").status_code == 200


def test_a_lock_out_of_somebody_who_works_elsewhere_too_is_nobodys_to_end(
    firm: Firm, other_firm: Firm
) -> None:
    person = _in_both(firm, other_firm)
    for _ in range(5):
        Door().sign_in(person.email, "wrong")
    for one in (firm, other_firm):
        answer = one.door().post(f"/members/{person.id}/unlock")
        assert (answer.status_code, code_of(answer)) == (403, "works_elsewhere")
    assert Door().sign_in(person.email).status_code == 400


@pytest.mark.asvs("8.4.1")
def test_what_a_provider_opens_changes_nothing_of_other_firms(way: Way, firm: Firm, other_firm: Firm) -> None:
    """Name, other sessions and proofs belong to the account, not to the firm whose provider opened the session."""
    person = _in_both(firm, other_firm, "lin@firm.example")
    own = Door()
    own.sign_in(person.email)
    way.come(own)
    door, page = way.come()
    assert page == "/"
    assert door.patch("/me", {"name": "Mallory"}).status_code == 403
    by_token = Door(firm.token(person))
    assert by_token.patch("/me", {"name": "Mallory"}).status_code == 403
    assert door.patch("/me", {"theme": "dark"}).status_code == 200
    [other] = own.get(f"{AUTH}/sessions").data["data"][:1]
    for method, path, body in (
        ("GET", "sessions", None),
        ("DELETE", "sessions", {"sessions": [other["id"]]}),
        ("POST", "reauthenticate", {"password": PASSWORD}),
        ("POST", "2fa/trust", {"trust": True}),
    ):
        answer = door.call(method, f"{AUTH}/{path}", body)
        assert (answer.status_code, answer.data["code"]) == (403, "single_sign_on")
    assert own.get("/me").status_code == 200
    for one in (firm, other_firm):
        with session(one.workspace.id):
            assert Membership.objects.get(user=person).name == "林晓"
    assert own.patch("/me", {"name": "林小晓"}).status_code == 200


def _in_both(firm: Firm, other: Firm, email: str | None = None) -> User:
    person = firm.add("林晓", email=email)
    with session(other.workspace.id):
        Membership.objects.create(workspace_id=other.workspace.id, user=person, name="林晓", sort_key="l",
                                  search_key="l", role=Role.MEMBER, status="active")  # fmt: skip
    return person
