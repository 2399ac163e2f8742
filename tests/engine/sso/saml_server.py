"""A SAML 2.0 identity provider on the other side: it signs with libxmlsec1, another implementation than ours.

It reads the request as the specification says, answers with a form, and can be told to lie: what `change` does is done
before signing, what `tamper` does afterwards.
"""

import base64
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import xmlsec
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

P, A, D = (
    "urn:oasis:names:tc:SAML:2.0:protocol",
    "urn:oasis:names:tc:SAML:2.0:assertion",
    "http://www.w3.org/2000/09/xmldsig#",
)
NS = {"samlp": P, "saml": A, "ds": D}
ENTITY, PAGE = "https://idp.firm.example/saml", "https://idp.firm.example/sign-in?tenant=1"
MAIL, NAME = "urn:oid:0.9.2342.19200300.100.1.3", "displayName"


@dataclass(frozen=True)
class Signer:
    """A key and its certificate."""

    key: str
    pem: str


def make_signer(name: str = "idp", *, days: int = 365, since: int = 1, bits: int = 2048) -> Signer:
    """A new key with a certificate by itself, valid from `since` days ago for `days`."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime.now(UTC) - timedelta(days=since)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Signer(private.decode(), built.public_bytes(serialization.Encoding.PEM).decode())


OURS, NEXT, STRANGER = make_signer(), make_signer("next"), make_signer("stranger")
EXPIRED, WEAK = make_signer("old", since=400), make_signer("weak", bits=1024)


def stamp(seconds: float = 0) -> str:
    """A time so many seconds from now."""
    return (datetime.now(UTC) + timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")


def sign(element: Any, signer: Signer, *, method: Any = None, digest: Any = None) -> None:
    """Put an enveloped signature into an element, after its issuer."""
    signature = xmlsec.template.create(
        element, xmlsec.constants.TransformExclC14N, method or xmlsec.constants.TransformRsaSha256, ns="ds"
    )
    element.insert(1, signature)
    reference = xmlsec.template.add_reference(
        signature, digest or xmlsec.constants.TransformSha256, uri="#" + element.get("ID")
    )
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformEnveloped)
    xmlsec.template.add_transform(reference, xmlsec.constants.TransformExclC14N)
    xmlsec.template.add_x509_data(xmlsec.template.ensure_key_info(signature))
    context = xmlsec.SignatureContext()
    context.key = xmlsec.Key.from_memory(signer.key, xmlsec.constants.KeyDataFormatPem)
    context.key.load_cert_from_memory(signer.pem, xmlsec.constants.KeyDataFormatPem)
    xmlsec.tree.add_ids(element, ["ID"])
    context.sign(signature)


Change = Callable[[Any], None]


@dataclass
class SamlServer:
    """Who signs in there, and how it answers."""

    subject: str = "p-1"
    subject_format: str = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
    attributes: dict[str, list[str]] = field(
        default_factory=lambda: {MAIL: ["lin@firm.example"], NAME: ["林晓"]}
    )
    context: str = "urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport"
    signer: Signer = OURS
    signs: tuple[str, ...] = ("assertion",)
    method: Any = None
    digest: Any = None
    change: Change | None = None
    tamper: Callable[[bytes], bytes] | None = None

    def answer(self, page: str, *, signed: bool = True) -> dict[str, str]:
        """The form that the provider has the browser post back for this request."""
        query = {key: values[0] for key, values in parse_qs(urlsplit(page).query).items()}
        assert page.startswith(PAGE)
        request = etree.fromstring(zlib.decompress(base64.b64decode(query["SAMLRequest"]), -15))
        assert request.tag == f"{{{P}}}AuthnRequest"
        root = self.response(
            request.get("ID"), request.get("AssertionConsumerServiceURL"), request.findtext(f"{{{A}}}Issuer")
        )
        if self.change is not None:
            self.change(root)
        if signed:
            if "assertion" in self.signs:
                sign(root.find("saml:Assertion", NS), self.signer, method=self.method, digest=self.digest)
            if "response" in self.signs:
                sign(root, self.signer, method=self.method, digest=self.digest)
        sent = etree.tostring(root)
        if self.tamper is not None:
            sent = self.tamper(sent)
        return {"SAMLResponse": base64.b64encode(sent).decode(), "RelayState": query["RelayState"]}

    def response(self, request: str, back: str, audience: str) -> Any:
        """The response as it should be, unsigned."""
        told = "".join(
            f'<saml:Attribute Name="{name}">'
            + "".join(f"<saml:AttributeValue>{value}</saml:AttributeValue>" for value in values)
            + "</saml:Attribute>"
            for name, values in self.attributes.items()
        )
        return etree.fromstring(
            f'<samlp:Response xmlns:samlp="{P}" xmlns:saml="{A}" ID="_r{uuid4().hex}" Version="2.0" IssueInstant="{stamp()}"'
            f' Destination="{back}" InResponseTo="{request}"><saml:Issuer>{ENTITY}</saml:Issuer>'
            '<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
            f'<saml:Assertion ID="_a{uuid4().hex}" Version="2.0" IssueInstant="{stamp()}"><saml:Issuer>{ENTITY}</saml:Issuer>'
            f'<saml:Subject><saml:NameID Format="{self.subject_format}">{self.subject}</saml:NameID>'
            '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f'<saml:SubjectConfirmationData Recipient="{back}" InResponseTo="{request}" NotOnOrAfter="{stamp(300)}"/>'
            "</saml:SubjectConfirmation></saml:Subject>"
            f'<saml:Conditions NotBefore="{stamp(-30)}" NotOnOrAfter="{stamp(300)}"><saml:AudienceRestriction>'
            f"<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>"
            f'<saml:AuthnStatement AuthnInstant="{stamp()}" SessionIndex="s1"><saml:AuthnContext>'
            f"<saml:AuthnContextClassRef>{self.context}</saml:AuthnContextClassRef></saml:AuthnContext>"
            f"</saml:AuthnStatement><saml:AttributeStatement>{told}</saml:AttributeStatement></saml:Assertion></samlp:Response>"
        )

    def metadata(self, *signers: Signer) -> str:
        """What it publishes about itself."""
        keys = "".join(
            '<KeyDescriptor use="signing"><KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>'
            + "".join(signer.pem.splitlines()[1:-1])
            + "</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
            for signer in signers or (self.signer,)
        )
        return (
            '<?xml version="1.0" encoding="UTF-8"?><!-- made by a firm -->'
            f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ENTITY}">'
            f'<IDPSSODescriptor protocolSupportEnumeration="{P}">{keys}'
            f'<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="{PAGE}&amp;post=1"/>'
            f'<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{PAGE}"/>'
            "</IDPSSODescriptor></EntityDescriptor>"
        )
