"""SAML 2.0: sign-in by a signed assertion that the browser carries over.

*How it works*: the browser goes to the provider with a request (HTTP-Redirect) and comes back with a form (HTTP-POST),
which posted.py keeps until the browser asks for it with its cookies. saml_xml.py gives the assertion as it was signed,
saml_rules.py says whether it holds and whom it tells of. Each connection is a service provider of its own, with an
entity ID and a return address of its own, so that no answer fits another one.

*Rules*: signed answers to our own requests only, each assertion once. Requests are not signed and assertions not
encrypted: both travel over TLS and neither is a secret of ours.

*See*: docs/adr/0069-saml-and-proven-domains.md.
"""

import base64
import binascii
import hashlib
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.cache import cache
from lxml import etree

from guanxi.engine.sso.providers.base import (
    HTTPS,
    NO_HINT,
    Ask,
    Certificate,
    Flaw,
    Person,
    Provider,
    Round,
    Setup,
    SsoFailure,
    is_safe,
    providers,
)
from guanxi.engine.sso.providers.saml_metadata import POST
from guanxi.engine.sso.providers.saml_rules import Expected, check_response, person_of, valid_until
from guanxi.engine.sso.providers.saml_xml import (
    ASSERTION,
    BOTH,
    EITHER,
    ON_ASSERTION,
    ON_RESPONSE,
    PROTOCOL,
    BadXml,
    bad,
    certificates_in,
    is_strong,
    read_xml,
    signed_assertion,
)
from guanxi.kit.text import Text

MOST_CERTIFICATES = 5
LONGEST_CERTIFICATES = 20_000

_CERTIFICATE = Text(
    "不是 PEM 格式的证书，或者密钥太短（RSA 至少 2048 位）。",
    "No certificate in PEM, or one with a weak key (RSA has at least 2048 bits).",
)


class Saml(Provider):
    """Any provider that speaks SAML 2.0: Entra ID, AD FS, Okta, Keycloak, Shibboleth …"""

    kind = "saml"
    label = Text("SAML 2.0", "SAML 2.0")
    secret_label = NO_HINT
    by_address = True
    has_metadata = True
    asks = (
        Ask(
            "entity_id",
            Text("服务方的实体 ID（Entity ID）", "The provider's entity ID"),
            Text("与断言里的 Issuer 完全一致。", "Exactly the Issuer of its assertions."),
        ),
        Ask(
            "sign_in_url",
            Text("登录地址（HTTP-Redirect）", "Sign-in address (HTTP-Redirect)"),
            most=500,
        ),
        Ask(
            "certificate",
            Text("签名证书（PEM）", "Signing certificate (PEM)"),
            Text(
                "更换证书期间可以同时填新旧两张。",
                "While certificates change, enter the old and the new one.",
            ),
            most=LONGEST_CERTIFICATES,
        ),
        Ask(
            "signed",
            Text("哪里必须有签名", "What has to be signed"),
            Text("没有签名的应答一律拒绝。", "Answers without any signature are always refused."),
            choices=(
                (EITHER, Text("断言或整个应答", "The assertion or the whole response")),
                (ON_ASSERTION, Text("断言", "The assertion")),
                (ON_RESPONSE, Text("整个应答", "The whole response")),
                (BOTH, Text("两者都要", "Both")),
            ),
        ),
        Ask(
            "email_attribute",
            Text("邮箱所在的属性", "Attribute of the e-mail"),
            Text(
                "不填时识别常见的名称（mail、emailaddress …）。",
                "Left empty, the usual names are tried (mail, emailaddress …).",
            ),
            is_required=False,
        ),
        Ask(
            "name_attribute",
            Text("姓名所在的属性", "Attribute of the name"),
            Text(
                "不填时识别常见的名称（displayName、cn …）。",
                "Left empty, the usual names are tried (displayName, cn …).",
            ),
            is_required=False,
        ),
    )

    def tidy(self, config: dict[str, str]) -> list[Flaw]:
        """Certificates in one spelling, weak ones refused."""
        flaws = []
        if config["sign_in_url"] and not is_safe(config["sign_in_url"]):
            flaws.append(Flaw("sign_in_url", "not_https", HTTPS))
        if not config["certificate"]:
            return flaws
        try:
            found = certificates_in(config["certificate"])
        except ValueError:
            found = []
        if not 0 < len(found) <= MOST_CERTIFICATES or not all(map(is_strong, found)):
            return [*flaws, Flaw("certificate", "bad_certificate", _CERTIFICATE)]
        config["certificate"] = "".join(one.public_bytes(Encoding.PEM).decode() for one in found)
        return flaws

    def certificates(self, config: Mapping[str, str]) -> list[Certificate]:
        """What the provider signs with, and until when."""
        return [
            Certificate(
                one.subject.rfc4514_string()[:200],
                one.not_valid_before_utc,
                one.not_valid_after_utc,
                one.fingerprint(hashes.SHA256()).hex(":").upper(),
            )
            for one in _certificates(config)
        ]

    def check(self, setup: Setup) -> None:
        """Whether a certificate is valid today; a SAML provider has nothing else to be asked."""
        now = datetime.now(UTC)
        if not any(one.since <= now < one.until for one in self.certificates(setup.config)):
            raise SsoFailure("provider", "no certificate is valid today")

    def start(self, setup: Setup, this: Round) -> str:
        """The provider's page, with a request that the answer has to name."""
        names = {"samlp": PROTOCOL[1:-1], "saml": ASSERTION[1:-1]}
        root = etree.Element(
            f"{PROTOCOL}AuthnRequest",
            nsmap=names,
            ID=_request_id(this),
            Version="2.0",
            IssueInstant=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            Destination=setup.config["sign_in_url"],
            AssertionConsumerServiceURL=setup.back,
            ProtocolBinding=POST,
        )
        etree.SubElement(root, f"{ASSERTION}Issuer").text = entity_id_of(setup.back)
        etree.SubElement(root, f"{PROTOCOL}NameIDPolicy", AllowCreate="true")
        packer = zlib.compressobj(wbits=-15)
        packed = packer.compress(etree.tostring(root)) + packer.flush()
        query = urlencode({"SAMLRequest": base64.b64encode(packed).decode(), "RelayState": this.state})
        page = setup.config["sign_in_url"]
        return f"{page}{'&' if urlsplit(page).query else '?'}{query}"

    def finish(self, setup: Setup, this: Round, params: Mapping[str, str]) -> Person:
        """Check the answer and take its assertion, once."""
        expected = Expected(
            issuer=setup.config["entity_id"],
            audience=entity_id_of(setup.back),
            recipient=setup.back,
            request=_request_id(this),
            now=datetime.now(UTC),
        )
        try:
            data = base64.b64decode("".join(params.get("SAMLResponse", "").split()), validate=True)
            root = read_xml(data)
        except (BadXml, binascii.Error, ValueError) as error:
            raise bad(str(error)[:80]) from None
        check_response(root, expected)
        assertion = signed_assertion(data, root, _certificates(setup.config), setup.config["signed"])
        person = person_of(assertion, expected, setup.config)
        left = (valid_until(assertion) - expected.now).total_seconds()
        named = hashlib.sha256(f"{setup.back} {assertion.get('ID')}".encode()).hexdigest()
        if not cache.add(f"sso.assertion.{named}", 1, timeout=max(int(left), 60)):
            raise bad("this assertion was used before")
        return person


def entity_id_of(back: str) -> str:
    """What we call ourselves to the provider of a connection."""
    return f"{back}/saml"


def _request_id(this: Round) -> str:
    return f"_{this.nonce}"


def _certificates(config: Mapping[str, str]) -> list[x509.Certificate]:
    return certificates_in(config["certificate"])


providers.register(Saml())
