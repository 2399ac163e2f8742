"""People come in by SAML: what a provider, or somebody with its old answers, may send, and what of it is believed."""

import base64
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import etree

from guanxi.engine.sso import posted
from tests.engine.sso.conftest import reason
from tests.engine.sso.saml_server import (
    ENTITY,
    EXPIRED,
    MAIL,
    NEXT,
    NS,
    OURS,
    PAGE,
    WEAK,
    SamlServer,
    sign,
    stamp,
)  # fmt: skip
from tests.engine.sso.saml_way import BODY, FORM, SamlWay
from tests.firms import Door, Firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(firm: Firm) -> SamlWay:
    """The firm's connection."""
    return SamlWay(firm)


@pytest.mark.parametrize("signs", [("assertion",), ("response",), ("assertion", "response")])
def test_somebody_comes_in_and_is_known_the_second_time(
    way: SamlWay, firm: Firm, signs: tuple[str, ...]
) -> None:
    way.idp.signs = signs
    door, page = way.come()
    assert page == "/o/deal"
    me = door.get("/me").data
    assert (me["user"]["name"], me["user"]["email"], me["role"]) == ("林晓", "lin@firm.example", "member")
    assert door.get("/me/entry").data["single_sign_on"] is True
    way.idp.attributes = {MAIL: ["lin.new@firm.example"]}
    again, _ = way.come()
    assert again.get("/me").data["user"]["id"] == me["user"]["id"]


@pytest.mark.parametrize(
    "demand, enough",
    [("assertion", [("assertion",), ("assertion", "response")]), ("response", [("response",), ("assertion", "response")]),
     ("both", [("assertion", "response")])],
)  # fmt: skip
def test_what_has_to_be_signed_is_demanded(firm: Firm, demand: str, enough: list[tuple[str, ...]]) -> None:
    way = SamlWay(firm, signed=demand)
    for signs in (("assertion",), ("response",), ("assertion", "response")):
        way.idp.signs = signs
        assert (way.come()[1] == "/o/deal") is (signs in enough)


@pytest.mark.asvs("6.8.3")
def test_an_answer_counts_once_in_the_browser_that_began(way: SamlWay) -> None:
    door, other = Door(), Door()
    form = way.idp.answer(way.go(door))
    way.go(other)
    assert reason(way.bring(other, form)) == "expired"
    on = way.post(form)
    assert door.client.get(on).headers["Location"] == "/o/deal"
    assert reason(door.client.get(on).headers["Location"]) == "expired"
    assert reason(way.bring(door, form)) == "expired"
    late = Door()
    page = way.go(late)
    state = parse_qs(urlsplit(page).query)["RelayState"][0]
    assert reason(way.bring(late, form | {"RelayState": state})) == "provider", "another sign-in's answer"
    assert late.get("/me").status_code == 401
    assert reason(way.bring(late, way.idp.answer(page))) == "expired", "a round ends with its first answer"


@pytest.mark.asvs("6.8.3")
def test_an_assertion_is_taken_once_even_by_a_round_that_counts_again(way: SamlWay) -> None:
    door = Door()
    form = way.idp.answer(way.go(door))
    before = dict(door.client.session)
    assert way.bring(door, form) == "/o/deal"
    again = Door()
    way.go(again)
    kept = again.client.session
    kept.update({key: value for key, value in before.items() if key == "guanxi_sso_rounds"})
    kept.save()
    page = way.bring(again, form)
    assert reason(page) == "provider"
    rows = way.firm.door().get("/audit?kind=signin.sso_failed").data["data"]
    assert "used before" in rows[0]["detail"]["detail"]


@pytest.mark.asvs("6.8.1")
def test_an_answer_for_one_firm_opens_no_other(way: SamlWay, other_firm: Firm) -> None:
    """One provider serves two firms, as a shared one does."""
    there = SamlWay(other_firm)
    door = Door()
    form = way.idp.answer(way.go(door))
    theirs = parse_qs(urlsplit(there.go(door)).query)["RelayState"][0]
    assert reason(there.bring(door, form)) == "expired"
    assert reason(there.bring(door, form | {"RelayState": theirs})) == "provider"
    assert door.get("/me").status_code == 401


def test_an_answer_to_nobodys_request_isrefused(way: SamlWay) -> None:
    root = way.idp.response("_none", way.back, f"{way.back}/saml")
    sign(root.find("saml:Assertion", NS), OURS)
    door = Door()
    page = way.bring(
        door, {"SAMLResponse": base64.b64encode(etree.tostring(root)).decode(), "RelayState": ""}
    )
    assert reason(page) == "expired"
    assert door.get("/me").status_code == 401


def test_what_is_posted_is_bounded_and_taken_once(way: SamlWay) -> None:
    path = urlsplit(way.back).path
    client = Door(csrf=True).client
    assert client.post(path, "SAMLResponse=" + "x" * posted.MAX_BYTES, content_type=FORM).status_code == 413
    assert client.post(path, {"SAMLResponse": "x"}).status_code == 413  # multipart
    assert client.put(path).status_code == 405
    handle = posted.keep("answer")
    assert (posted.take(handle), posted.take(handle), posted.take("short"), posted.take("é" * 30)) == (
        "answer",
        "",
        "",
        "",
    )
    assert reason(client.get(f"{path}?state=x&SAMLResponse=y").headers["Location"]) == "expired"


def test_certificates_change_over(way: SamlWay, firm: Firm) -> None:
    way.idp.signer = NEXT
    assert reason(way.come()[1]) == "provider"
    found = firm.door().post("/sso-metadata", {"xml": way.idp.metadata(OURS, NEXT)}).data["config"]
    changed = firm.door().patch(f"/sso-connections/{way.id}", {"config": found})
    assert [one["subject"] for one in changed.data["certificates"]] == ["CN=idp", "CN=next"]
    assert way.come()[1] == "/o/deal"
    way.idp.signer = OURS
    assert way.come()[1] == "/o/deal"


def test_settings_come_from_metadata_and_ours_are_told(firm: Firm) -> None:
    boss, idp = firm.door(), SamlServer()
    found = boss.post("/sso-metadata", {"xml": idp.metadata()}).data["config"]
    assert found == {"entity_id": ENTITY, "sign_in_url": PAGE, "certificate": OURS.pem}
    made = boss.post("/sso-connections", BODY | {"config": found}).data
    assert made["config"]["signed"] == "either"
    [certificate] = made["certificates"]
    assert certificate["subject"] == "CN=idp"
    assert certificate["since"] < stamp() < certificate["until"]
    answer = boss.client.get(f"/api/v1/sso-connections/{made['id']}/metadata")
    assert "attachment" in answer.headers["Content-Disposition"]
    told = etree.fromstring(answer.content)
    assert told.get("entityID") == f"{made['back']}/saml"
    [acs] = told.iter("{urn:oasis:names:tc:SAML:2.0:metadata}AssertionConsumerService")
    assert acs.get("Location") == made["back"]
    clerk = firm.door(firm.add("赵敏"))
    assert clerk.post("/sso-metadata", {"xml": idp.metadata()}).status_code == 403
    assert clerk.get(f"/sso-connections/{made['id']}/metadata").status_code == 403


@pytest.mark.parametrize(
    "spoil",
    [
        lambda xml: "",
        lambda xml: "<x/>",
        lambda xml: xml.replace("HTTP-Redirect", "SOAP"),
        lambda xml: xml.replace("<X509Certificate>", "<X509Certificate>x"),
        lambda xml: xml.replace("<IDPSSODescriptor", '<IDPSSODescriptor WantAuthnRequestsSigned="true"'),
        lambda xml: xml.replace("<IDPSSODescriptor", '<IDPSSODescriptor validUntil="2020-01-01T00:00:00Z"'),
        lambda xml: '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + xml[xml.index("<Entity") :].replace(ENTITY, "&e;"),
    ],
)  # fmt: skip
def test_metadata_that_make_no_sense_arerefused(firm: Firm, spoil: Callable[[str], str]) -> None:
    answer = firm.door().post("/sso-metadata", {"xml": spoil(SamlServer().metadata())})
    assert (answer.status_code, answer.data["errors"][0]["code"]) == (422, "bad_metadata")
    assert "root:" not in answer.content.decode()


@pytest.mark.parametrize(
    "url",
    [
        "http://idp.firm.example/m",
        "https://127.0.0.1/m",
        "https://169.254.169.254/latest",
        "file:///etc/passwd",
        "x",
    ],
)
def test_metadata_are_fetched_from_public_https_places_only(firm: Firm, url: str) -> None:
    answer = firm.door().post("/sso-metadata", {"url": url})
    assert (answer.status_code, answer.data["errors"][0]["field"]) == (422, "url")


@pytest.mark.parametrize(
    "config, field, code",
    [
        ({"sign_in_url": "http://idp.firm.example/"}, "config.sign_in_url", "not_https"),
        ({"sign_in_url": "javascript:alert(1)"}, "config.sign_in_url", "not_https"),
        ({"certificate": "x"}, "config.certificate", "bad_certificate"),
        ({"certificate": WEAK.pem}, "config.certificate", "bad_certificate"),
        ({"certificate": OURS.pem * 6}, "config.certificate", "bad_certificate"),
        ({"certificate": ""}, "config.certificate", "required"),
        ({"entity_id": ""}, "config.entity_id", "required"),
        ({"signed": "nothing"}, "config.signed", "unknown_choice"),
        ({"email_attribute": "x" * 300}, "config.email_attribute", "too_long"),
    ],
)
def test_settings_that_make_no_sense_arerefused(
    firm: Firm, config: dict[str, str], field: str, code: str
) -> None:
    wanted = {"entity_id": ENTITY, "sign_in_url": PAGE, "certificate": OURS.pem} | config
    answer = firm.door().post("/sso-connections", BODY | {"config": wanted})
    assert answer.status_code == 422
    assert {error["field"]: error["code"] for error in answer.data["errors"]} == {field: code}


def test_attributes_are_those_that_the_firm_names(firm: Firm) -> None:
    way = SamlWay(firm, email_attribute="firmMail", name_attribute="firmName")
    assert reason(way.come()[1]) == "unverified"
    way.idp.attributes |= {"firmMail": ["Lin@Firm.Example"], "firmName": ["林小晓"]}
    me = way.come()[0].get("/me").data["user"]
    assert (me["email"], me["name"]) == ("lin@firm.example", "林小晓")


def test_an_address_may_be_the_name_and_must_be_the_firms(way: SamlWay) -> None:
    way.idp.attributes, way.idp.subject = {}, "lin@elsewhere.example"
    way.idp.subject_format = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
    assert reason(way.come()[1]) == "domain"
    way.idp.subject = "lin@firm.example"
    assert way.come()[0].get("/me").data["user"]["email"] == "lin@firm.example"


@pytest.mark.asvs("6.8.4")
def test_a_second_factor_is_what_the_provider_says(way: SamlWay, firm: Firm) -> None:
    firm.door().patch("/sign-in-policy", {"second_factor_roles": ["member"]})
    assert reason(way.come()[1]) == "factor"
    way.idp.context = "https://refeds.org/profile/mfa"
    assert way.come()[1] == "/o/deal"
    way.idp.context = "urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified"
    way.idp.attributes["http://schemas.microsoft.com/claims/authnmethodsreferences"] = [
        "http://schemas.microsoft.com/claims/multipleauthn"
    ]
    assert way.come()[1] == "/o/deal"


def test_the_check_says_whether_a_certificate_is_valid_today(way: SamlWay, firm: Firm) -> None:
    assert firm.door().post(f"/sso-connections/{way.id}/check").status_code == 204
    firm.door().patch(f"/sso-connections/{way.id}", {"config": {"certificate": EXPIRED.pem}})
    answer = firm.door().post(f"/sso-connections/{way.id}/check")
    assert answer.status_code == 422
    assert "no certificate is valid today" in answer.data["errors"][0]["message"]
