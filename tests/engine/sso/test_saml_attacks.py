"""What is tried against SAML: answers that lie, wrappings of signatures, and XML that does more than tell."""

import copy
import re
from collections.abc import Callable
from typing import Any

import pytest
import xmlsec
from lxml import etree

from guanxi.web.rate_limit import limiter
from tests.engine.sso.saml_server import EXPIRED, NS, OURS, STRANGER, A, D, P, Signer, sign, stamp
from tests.engine.sso.saml_way import SamlWay, refused
from tests.firms import Firm

pytestmark = pytest.mark.django_db


@pytest.fixture
def way(firm: Firm) -> SamlWay:
    """The firm's connection."""
    return SamlWay(firm)


def _set(
    path: str, value: str | None = None, *, in_seconds: float | None = None, attribute: str | None = None
) -> Callable[[Any], None]:
    """Another value; `in_seconds` is a time from the moment of the attack, which may be long after this file is read."""

    def change(root: Any) -> None:
        found = root.xpath(path, namespaces=NS)
        assert found, path
        new = value if in_seconds is None else stamp(in_seconds)
        for node in found:
            if attribute is None:
                node.text = new
            elif new is None:
                node.attrib.pop(attribute, None)
            else:
                node.set(attribute, new)

    return change


def _drop(path: str) -> Callable[[Any], None]:
    def change(root: Any) -> None:
        for node in root.xpath(path, namespaces=NS):
            node.getparent().remove(node)

    return change


def _twice(path: str) -> Callable[[Any], None]:
    def change(root: Any) -> None:
        [node] = root.xpath(path, namespaces=NS)
        node.addnext(copy.deepcopy(node))

    return change


def _add(path: str, xml: str) -> Callable[[Any], None]:
    return lambda root: root.xpath(path, namespaces=NS)[0].append(etree.fromstring(xml))


_DATA = "//saml:SubjectConfirmationData"
_LIES: dict[str, tuple[Callable[[Any], None], str]] = {
    "another issuer": (_set("//saml:Assertion/saml:Issuer", "https://evil.example"), "another issuer"),
    "another issuer of the response": (_set("/samlp:Response/saml:Issuer", "https://evil.example"), "another issuer"),
    "another audience": (_set("//saml:Audience", "https://other.example"), "another audience"),
    "no audience": (_drop("//saml:AudienceRestriction"), "another audience"),
    "another audience as well": (
        _add("//saml:Conditions", f'<a:AudienceRestriction xmlns:a="{A}"><a:Audience>x</a:Audience></a:AudienceRestriction>'),
        "another audience",
    ),
    "another recipient": (_set(_DATA, "https://other.example/acs", attribute="Recipient"), "not confirmed"),
    "no recipient": (_set(_DATA, None, attribute="Recipient"), "not confirmed"),
    "another destination": (_set("/samlp:Response", "https://other.example", attribute="Destination"), "another address"),
    "another request": (_set(_DATA, "_other", attribute="InResponseTo"), "not confirmed"),
    "no request": (_set(_DATA, None, attribute="InResponseTo"), "not confirmed"),
    "another request of the response": (_set("/samlp:Response", "_x", attribute="InResponseTo"), "not the answer"),
    "no request of the response": (_set("/samlp:Response", None, attribute="InResponseTo"), "not the answer"),
    "not confirmed": (_drop("//saml:SubjectConfirmation"), "not confirmed"),
    "holder of key": (_set("//saml:SubjectConfirmation", "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key", attribute="Method"), "not confirmed"),
    "sender vouches": (_set("//saml:SubjectConfirmation", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches", attribute="Method"), "not confirmed"),
    "too late to confirm": (_set(_DATA, in_seconds=-90, attribute="NotOnOrAfter"), "not confirmed"),
    "no end of confirming": (_set(_DATA, None, attribute="NotOnOrAfter"), "a time is missing"),
    "past": (_set("//saml:Conditions", in_seconds=-90, attribute="NotOnOrAfter"), "not valid any more"),
    "without an end": (_set("//saml:Conditions", None, attribute="NotOnOrAfter"), "a time is missing"),
    "not yet": (_set("//saml:Conditions", in_seconds=120, attribute="NotBefore"), "not valid yet"),
    "no conditions": (_drop("//saml:Conditions"), "not one Conditions"),
    "a condition of its own": (_add("//saml:Conditions", f'<a:Condition xmlns:a="{A}"/>'), "conditions"),
    "issued long ago": (_set("//saml:Assertion", in_seconds=-3600, attribute="IssueInstant"), "issued"),
    "issued in the future": (_set("//saml:Assertion", in_seconds=3600, attribute="IssueInstant"), "issued"),
    "nobody signed in": (_drop("//saml:AuthnStatement"), "anybody signed in"),
    "a session that has ended": (_set("//saml:AuthnStatement", in_seconds=-90, attribute="SessionNotOnOrAfter"), "has ended"),
    "no subject": (_drop("//saml:Subject"), "not one Subject"),
    "no name": (_set("//saml:NameID", ""), "no NameID"),
    "two names": (_twice("//saml:NameID"), "not one NameID"),
    "another name each time": (_set("//saml:NameID", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient", attribute="Format"), "transient"),
    "SAML 1": (_set("/samlp:Response", "1.1", attribute="Version"), "2.0"),
    "two assertions": (_twice("//saml:Assertion"), "not one assertion"),
    "no assertion": (_drop("//saml:Assertion"), "not one assertion"),
}  # fmt: skip


@pytest.mark.asvs("6.8.2")
def test_a_signed_answer_that_is_wrong_in_one_respect_opens_nothing(way: SamlWay) -> None:
    for lie, (change, said) in _LIES.items():
        limiter.forget()
        way.idp.change = change
        way.idp.signs = ("response",) if "assertion" in lie else ("assertion", "response")
        door, page = way.come()
        assert said in refused(way, page, door), lie


@pytest.mark.parametrize(
    "status, code", [("AuthnFailed", "denied"), ("RequestDenied", "denied"), ("Responder", "provider")]
)
def test_a_refusal_of_the_provider_is_told_as_one(way: SamlWay, status: str, code: str) -> None:
    way.idp.change = _set(
        "//samlp:StatusCode", f"urn:oasis:names:tc:SAML:2.0:status:{status}", attribute="Value"
    )
    door, page = way.come()
    assert status in refused(way, page, door, code)


def _evil(root: Any) -> Any:
    """A copy of the assertion that names the administrator, unsigned."""
    made = copy.deepcopy(root.find("saml:Assertion", NS))
    for signature in made.findall("ds:Signature", NS):
        made.remove(signature)
    made.find(".//saml:NameID", NS).text = "boss"
    for value in made.iter(f"{{{A}}}AttributeValue"):
        value.text = "boss2@firm.example"
    return made


def _xsw(number: int) -> Callable[[bytes], bytes]:
    """The eight wrappings of "On Breaking SAML", as tools for testing number them."""

    def tamper(sent: bytes) -> bytes:
        root = etree.fromstring(sent)
        evil, good = _evil(root), root.find("saml:Assertion", NS)
        on_root, on_assertion = root.find("ds:Signature", NS), good.find("ds:Signature", NS)
        if number in (1, 2):
            inner = copy.deepcopy(root)
            inner.remove(inner.find("ds:Signature", NS))
            root.replace(good, evil)
            root.set("ID", "_evil")
            (on_root.append if number == 1 else on_root.addprevious)(inner)
        elif number == 3:
            evil.set("ID", "_evil")
            good.addprevious(evil)
        elif number == 4:
            evil.set("ID", "_evil")
            root.replace(good, evil)
            evil.append(good)
        elif number in (5, 6):
            wrapped = copy.deepcopy(good)
            wrapped.remove(wrapped.find("ds:Signature", NS))
            good.find(".//saml:NameID", NS).text = "boss"
            good.set("ID", "_evil")
            (root.append if number == 5 else on_assertion.append)(wrapped)
        elif number == 7:
            extensions = etree.SubElement(root, f"{{{P}}}Extensions")
            extensions.append(evil)
        else:
            wrapped = copy.deepcopy(good)
            wrapped.remove(wrapped.find("ds:Signature", NS))
            good.find(".//saml:NameID", NS).text = "boss"
            etree.SubElement(on_assertion, f"{{{D}}}Object").append(wrapped)
        return etree.tostring(root)

    return tamper


@pytest.mark.asvs("6.8.2")
def test_a_signed_part_somewhere_in_a_forged_answer_opens_nothing(way: SamlWay) -> None:
    for number in range(1, 9):
        way.idp.signs = ("response",) if number < 3 else ("assertion",)
        way.idp.tamper = _xsw(number)
        door, page = way.come()
        assert "SAML response: " in refused(way, page, door), number


def _replace(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def tamper(sent: bytes) -> bytes:
        assert old in sent
        return sent.replace(old, new)

    return tamper


def _doctype(declaration: str, use: str = "") -> Callable[[bytes], bytes]:
    return lambda sent: declaration.encode() + sent.replace(b">p-1<", f">{use or 'p-1'}<".encode())


def _signed_by(signer: Signer) -> Callable[[bytes], bytes]:
    def tamper(sent: bytes) -> bytes:
        root = etree.fromstring(sent)
        assertion = root.find("saml:Assertion", NS)
        assertion.remove(assertion.find("ds:Signature", NS))
        sign(assertion, signer)
        return etree.tostring(root)

    return tamper


def _without_signatures(sent: bytes) -> bytes:
    return re.sub(rb"<ds:Signature .*?</ds:Signature>", b"", sent, flags=re.DOTALL)


def _by_a_shared_secret(sent: bytes) -> bytes:
    """HMAC with the certificate, which everybody knows, as its key."""
    root = etree.fromstring(sent)
    assertion = root.find("saml:Assertion", NS)
    signature = assertion.find("ds:Signature", NS)
    signature.find(".//ds:SignatureMethod", NS).set(
        "Algorithm", "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
    )
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_binary_data(xmlsec.constants.KeyDataHmac, OURS.pem.encode())
    xmlsec.tree.add_ids(assertion, ["ID"])
    context.sign(signature)
    return etree.tostring(root)


_ATTACKS: dict[str, Callable[[bytes], bytes]] = {
    "a letter changed": _replace(b">p-1<", b">p-2<"),
    "an address changed": _replace(b"lin@firm.example", b"boss2@firm.example"),
    "a comment in the address": _replace(b"lin@firm.example", b"boss2@firm.example<!---->.evil.example"),
    "a comment in the name": _replace(b">p-1<", b">boss<!-- -->p-1<"),
    "an instruction": _replace(b">p-1<", b"><?x y?>p-1<"),
    "signatures taken off": _without_signatures,
    "signed by a stranger, whose certificate is in the answer": _signed_by(STRANGER),
    "signed by a key that has expired": _signed_by(EXPIRED),
    "signed by a shared secret": _by_a_shared_secret,
    "a file of ours": _doctype('<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', "&e;"),
    "a request of ours": _doctype('<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd">'),
    "a billion laughs": _doctype(
        "<!DOCTYPE x [<!ENTITY a 'lol'>" + "".join(f"<!ENTITY a{n} '{'&a' + (str(n - 1) if n else '') + ';'}{'&a' + (str(n - 1) if n else '') + ';'}'>" for n in range(40)) + "]>", "&a39;"
    ),
    "a document type in another encoding": lambda sent: b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-' + sent,
    "another encoding": lambda sent: sent.decode().encode("utf-16"),
    "an encrypted assertion": _replace(b"</samlp:Response>", b"<saml:EncryptedAssertion/></samlp:Response>"),
    "a second signature": _replace(b"</samlp:Response>", b'<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></samlp:Response>'),
    "a transform that leaves parts out": _replace(b"http://www.w3.org/2000/09/xmldsig#enveloped-signature", b"http://www.w3.org/TR/1999/REC-xslt-19991116"),
    "no XML": lambda sent: b"<samlp:Response",
    "nothing": lambda sent: b"",
    "too much": lambda sent: sent + b" " * 210_000,
    "deep": lambda sent: b"<a>" * 20_000,
}  # fmt: skip


@pytest.mark.asvs("1.5.1", "6.8.2")
def test_an_answer_that_was_tampered_with_opens_nothing(way: SamlWay) -> None:
    for attack, tamper in _ATTACKS.items():
        limiter.forget()
        way.idp.tamper = tamper
        door, page = way.come()
        said = refused(way, page, door)
        assert said.startswith("SAML response: "), attack
        assert "root:" not in said, attack


def test_a_certificate_that_has_expired_signs_nothing(way: SamlWay) -> None:
    way.idp.signer = EXPIRED
    both = {"config": {"certificate": OURS.pem + EXPIRED.pem}}
    assert way.firm.door().patch(f"/sso-connections/{way.id}", both).status_code == 200
    door, page = way.come()
    assert "expired" in refused(way, page, door)


@pytest.mark.parametrize(
    "method, digest",
    [(xmlsec.constants.TransformRsaSha1, None), (None, xmlsec.constants.TransformSha1)],
    ids=["signature", "digest"],
)
def test_sha1_signs_nothing(way: SamlWay, method: Any, digest: Any) -> None:
    way.idp.method, way.idp.digest = method, digest
    door, page = way.come()
    refused(way, page, door)
