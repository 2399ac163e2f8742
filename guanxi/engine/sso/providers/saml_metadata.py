"""Metadata: what a provider publishes about itself, read into settings, and what we tell of ourselves.

Sources: Metadata for SAML 2.0 (saml-metadata-2.0-os) 2.3-2.4; Metadata Interoperability Profile 1.0 for certificates.

*Rules*: metadata is taken once, by an administrator who sees what came of it. Nothing is fetched later by itself: a
provider whose page was taken over would otherwise give itself a new key here.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from guanxi.engine.outgoing.client import OutgoingProblem, fetch
from guanxi.engine.sso.providers.base import is_safe
from guanxi.engine.sso.providers.saml_xml import METADATA, SIGNATURE, BadXml, Element, read_xml, text_in

MAX_METADATA = 2_000_000
POST = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
REDIRECT = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
PROTOCOL_NAME = "urn:oasis:names:tc:SAML:2.0:protocol"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
AS_ADDRESS = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"


def fetch_metadata(url: str) -> bytes:
    """What stands at an https address; raises BadXml, saying what is wrong."""
    if not is_safe(url):
        raise BadXml("the address is not https")
    try:
        answer = fetch("GET", url, redirects=0, max_bytes=MAX_METADATA, timeout=8.0)
    except OutgoingProblem as problem:
        raise BadXml(problem.message("en")) from None
    if answer.status != 200:
        raise BadXml(f"status {answer.status}")
    return answer.content


def read_metadata(data: bytes) -> dict[str, str]:
    """The settings that a provider's metadata give; raises BadXml."""
    data = _without_comments(data)
    root = read_xml(data, MAX_METADATA)
    entities = (
        [root] if root.tag == f"{METADATA}EntityDescriptor" else root.findall(f"{METADATA}EntityDescriptor")
    )
    found = [(one, role) for one in entities for role in one.findall(f"{METADATA}IDPSSODescriptor")]
    if len(found) != 1:
        raise BadXml("not the metadata of one identity provider")
    [(entity, role)] = found
    for element in (root, entity, role):
        until = element.get("validUntil")
        if until and _is_past(until):
            raise BadXml(f"valid until {until} only")
    if role.get("WantAuthnRequestsSigned") in ("true", "1"):
        raise BadXml("the provider wants signed requests, which we do not send: switch that off there")
    pages = [one.get("Location", "") for one in role.findall(f"{METADATA}SingleSignOnService") if one.get("Binding") == REDIRECT]  # fmt: skip
    certificates = [pem for pem in map(_pem, _keys(role)) if pem]
    if not entity.get("entityID") or not pages or not certificates:
        raise BadXml("no entity ID, no address for HTTP-Redirect, or no certificate")
    return {
        "entity_id": entity.get("entityID"),
        "sign_in_url": pages[0],
        "certificate": "".join(dict.fromkeys(certificates)),
    }


def write_metadata(entity_id: str, back: str, setup: Mapping[str, str]) -> bytes:
    """What we tell of ourselves, for one connection."""
    names = {None: METADATA[1:-1]}
    root = etree.Element(f"{METADATA}EntityDescriptor", nsmap=names, entityID=entity_id)
    role = etree.SubElement(
        root,
        f"{METADATA}SPSSODescriptor",
        protocolSupportEnumeration=PROTOCOL_NAME,
        AuthnRequestsSigned="false",
        WantAssertionsSigned="true" if setup.get("signed") in ("assertion", "both") else "false",
    )
    for name_format in (PERSISTENT, AS_ADDRESS):
        etree.SubElement(role, f"{METADATA}NameIDFormat").text = name_format
    etree.SubElement(
        role, f"{METADATA}AssertionConsumerService", Binding=POST, Location=back, index="0", isDefault="true"
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _without_comments(data: bytes) -> bytes:
    """The document again without comments, which people write into metadata; raises BadXml."""
    if len(data) > MAX_METADATA or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise BadXml("too long, or a document type")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return bytes(etree.tostring(etree.fromstring(data, parser)))
    except (etree.XMLSyntaxError, ValueError):
        raise BadXml("no XML") from None


def _keys(role: Element) -> list[str]:
    """The certificates that sign, as base64."""
    found = []
    for key in role.findall(f"{METADATA}KeyDescriptor"):
        if key.get("use", "signing") == "signing":
            found += [text_in(one) for one in key.iter(f"{SIGNATURE}X509Certificate")]
    return found


def _pem(text: str) -> str:
    plain = "".join(text.split())
    try:
        pem = f"-----BEGIN CERTIFICATE-----\n{plain}\n-----END CERTIFICATE-----\n"
        return x509.load_pem_x509_certificate(pem.encode("ascii")).public_bytes(Encoding.PEM).decode()
    except ValueError:
        return ""


def _is_past(text: str) -> bool:
    try:
        until = datetime.fromisoformat(text)
    except ValueError:
        return True
    return (until if until.tzinfo else until.replace(tzinfo=UTC)) < datetime.now(UTC)
