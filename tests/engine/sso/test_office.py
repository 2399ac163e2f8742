"""DingTalk, Feishu, Lark and WeCom: each firm's own people come in, in each platform's own words."""

from collections.abc import Iterator
from typing import Any

import pytest

from guanxi.engine.identity.models import User
from guanxi.engine.sso.models import SsoIdentity
from guanxi.engine.sso.providers.base import providers
from guanxi.engine.tenancy.context import session
from tests.engine.sso.conftest import Way, prove_all, reason
from tests.engine.sso.office_server import APP, FIRM, SECRET, OfficeServer, running
from tests.firms import PASSWORD, Door, Firm, code_of

pytestmark = pytest.mark.django_db

CONFIG = {
    "dingtalk": {"client_id": APP, "corp_id": FIRM},
    "feishu": {"client_id": APP, "tenant_key": FIRM},
    "lark": {"client_id": APP, "tenant_key": FIRM},
    "wecom": {"corp_id": FIRM, "agent_id": "1000002"},
}
ADDRESSED = ("feishu", "lark", "wecom")


@pytest.fixture
def office(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[OfficeServer]:
    """The platforms, reached on loopback."""
    with running() as server:
        settings.GUANXI_OUTGOING_ALLOW = (server.base.removeprefix("http://"),)
        for kind in CONFIG:
            provider = providers.get(kind)
            monkeypatch.setattr(provider, "page", f"{server.base}/{'feishu' if kind == 'lark' else kind}")
            monkeypatch.setattr(provider, "api", server.base)
        yield server


@pytest.fixture(params=sorted(CONFIG))
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind in turn."""
    return str(request.param)


def _open(firm: Firm, kind: str, **given: Any) -> Way:
    body = {
        "kind": kind,
        "label": kind,
        "config": CONFIG[kind],
        "secret": SECRET,
        "join_role": "member",
    } | given
    made = firm.door().post("/sso-connections", body)
    assert made.status_code == 201, made.data
    way = Way(firm, made.data["id"], made.data["back"])
    way.change(is_on=True)
    prove_all(firm)
    return way


def test_a_colleague_comes_in_and_is_known_the_second_time(
    office: OfficeServer, firm: Firm, kind: str
) -> None:
    way = _open(firm, kind)
    door, page = way.come()
    assert page == "/"
    me = door.get("/me").data
    assert (me["user"]["name"], me["user"]["email"], me["role"]) == ("林晓", "", "member")
    assert way.come()[0].get("/me").data["user"]["id"] == me["user"]["id"]
    assert firm.door().post(f"/sso-connections/{way.id}/check").status_code == 204


@pytest.mark.asvs("6.8.1")
def test_people_of_another_firm_stay_out(office: OfficeServer, firm: Firm, kind: str) -> None:
    way = _open(firm, kind)
    office.firm, office.outside = "firm-2", True
    door, page = way.come()
    assert reason(page) == "domain"
    assert door.get("/me").status_code == 401
    assert not User.objects.filter(name="林晓").exists()


def test_another_secret_opens_nothing_and_is_told_nowhere(
    office: OfficeServer, firm: Firm, kind: str
) -> None:
    way = _open(firm, kind, secret="wrong-secret-77")
    door, page = way.come()
    assert reason(page) == "provider"
    answer = firm.door().post(f"/sso-connections/{way.id}/check")
    assert (answer.status_code, answer.data["errors"][0]["code"]) == (422, "no_answer")
    for told in (answer, firm.door().get("/audit")):
        assert "wrong-secret-77" not in told.content.decode()
    assert door.get("/me").status_code == 401


def test_a_code_counts_once_and_in_its_own_browser(office: OfficeServer, firm: Firm, kind: str) -> None:
    way = _open(firm, kind)
    mine, foreign = Door(), Door()
    page = way.at_provider(way.go(mine).headers["Location"])
    assert reason(way.return_to(foreign, page)) == "expired"
    assert way.return_to(mine, page) == "/"
    assert reason(way.return_to(mine, page)) == "expired"


def test_who_says_no_is_told_so(office: OfficeServer, firm: Firm, kind: str) -> None:
    office.refuses = True
    assert reason(_open(firm, kind).come()[1]) == "denied"


def test_one_platforms_answer_is_not_taken_for_anothers(office: OfficeServer, firm: Firm) -> None:
    first, second = _open(firm, "feishu"), _open(firm, "wecom")
    door = Door()
    page = first.at_provider(first.go(door).headers["Location"])
    assert reason(first.return_to(door, page.replace(first.id, second.id))) == "expired"
    assert way_people(firm) == 0


def way_people(firm: Firm) -> int:
    with session(firm.workspace.id):
        return SsoIdentity.objects.count()


@pytest.mark.parametrize("platform", ADDRESSED)
def test_an_address_that_the_firm_gave_out_finds_the_invited(
    office: OfficeServer, firm: Firm, platform: str
) -> None:
    office.email = "lin@firm.example"
    way = _open(firm, platform, join_role="", domains=["firm.example"])
    assert firm.door().post("/members/invite", {"email": "lin@firm.example", "name": "小林", "role": "manager"}).status_code == 201  # fmt: skip
    assert way.come()[0].get("/me").data["role"] == "manager"


@pytest.mark.parametrize("platform", sorted(CONFIG))
def test_an_address_of_no_domain_of_ours_finds_nobody(
    office: OfficeServer, firm: Firm, platform: str
) -> None:
    office.email = firm.admin.email
    door, page = _open(firm, platform).come()
    assert page == "/"
    assert door.get("/me").data["user"]["id"] != str(firm.admin.id)


def test_without_an_address_one_links_by_signing_in_and_saying_so(
    office: OfficeServer, firm: Firm, kind: str
) -> None:
    way = _open(firm, kind, join_role="")
    person = firm.add("林晓")
    door, page = way.come()
    assert reason(page) == "link"
    assert "email=" not in page
    door.sign_in(person.email)
    assert way_people(firm) == 0  # whoever signs in here may be somebody else
    assert door.post("/me/sso-link").status_code == 204
    assert way_people(firm) == 1
    assert code_of(door.post("/me/sso-link")) == "nobody_waits"
    assert way.come()[0].get("/me").data["user"]["id"] == str(person.id)


def test_somebody_who_is_no_member_links_nothing(office: OfficeServer, firm: Firm, other_firm: Firm) -> None:
    way = _open(firm, "wecom", join_role="")
    door, _ = way.come()
    door.sign_in(other_firm.admin.email, PASSWORD)
    assert code_of(door.post("/me/sso-link")) == "nobody_waits"
    assert way_people(firm) == 0
    assert door.get("/me").data["workspace"]["slug"] == other_firm.workspace.slug


def test_who_is_signed_in_links_by_pressing_the_button(office: OfficeServer, firm: Firm, kind: str) -> None:
    way = _open(firm, kind)
    person = firm.add("林晓")
    door = Door()
    door.sign_in(person.email)
    assert way.come(door)[1] == "/"
    assert way.come()[0].get("/me").data["user"]["id"] == str(person.id)


def test_wecom_without_the_right_to_the_directory_knows_people_by_number(
    office: OfficeServer, firm: Firm
) -> None:
    office.directory = False
    assert _open(firm, "wecom").come()[0].get("/me").data["user"]["name"] == "u-1"


def test_what_a_kind_must_be_told_is_asked_for(firm: Firm, kind: str) -> None:
    body = {"kind": kind, "label": kind, "config": {"client_id": " "}}
    answer = firm.door().post("/sso-connections", body)
    assert {error["field"] for error in answer.data["errors"]} == {f"config.{key}" for key in CONFIG[kind]}
    shown = {one["kind"]: one for one in firm.door().get("/sso-connections").data["kinds"]}
    assert {ask["key"] for ask in shown[kind]["asks"]} == set(CONFIG[kind])
