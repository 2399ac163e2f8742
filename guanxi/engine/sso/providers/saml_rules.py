"""What an assertion must say before somebody is let in, and whom it tells of.

Sources: SAML 2.0 Core 2.3-2.7 and 3.2-3.4, Profiles 4.1.4 (web browser SSO), Errata 05 (E52, E79); ASVS 5.0 6.8.

*How it works*: `check_response` looks at the envelope, `person_of` at the signed assertion: issuer, audience, recipient,
the request it answers, the times. Subjects that change each time ("transient") name nobody.

*Rules*: an answer to no request of ours ("IdP-initiated") is refused: anybody could have somebody else's sent in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from guanxi.engine.sso.providers.base import Person, SsoFailure, text_of
from guanxi.engine.sso.providers.saml_xml import ASSERTION, PROTOCOL, Element, bad, text_in

LEEWAY = timedelta(seconds=60)
OLDEST = timedelta(minutes=10)
SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success"
BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer"
TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
AS_ADDRESS = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
_CLASSES = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
# Ways of signing in that are more than a password (Authentication Context 2.0; REFEDS; Microsoft).
FACTORS = frozenset({
    "https://refeds.org/profile/mfa", "http://schemas.microsoft.com/claims/multipleauthn",
    *(_CLASSES + name for name in ("MobileTwoFactorContract", "MobileTwoFactorUnregistered", "TimeSyncToken",
                                   "Smartcard", "SmartcardPKI")),
})  # fmt: skip
METHODS = "http://schemas.microsoft.com/claims/authnmethodsreferences"
_CLAIMS = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/"
ADDRESSES = (
    f"{_CLAIMS}emailaddress",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "mail",
    "email",
    "emailAddress",
    "Email",
)
NAMES = ("http://schemas.microsoft.com/identity/claims/displayname", "urn:oid:2.16.840.1.113730.3.1.241", "displayName",
         "name", "urn:oid:2.5.4.3", "cn", f"{_CLAIMS}name")  # fmt: skip
_KNOWN_CONDITIONS = frozenset(
    {f"{ASSERTION}{name}" for name in ("AudienceRestriction", "OneTimeUse", "ProxyRestriction")}
)


@dataclass(frozen=True, slots=True)
class Expected:
    """What this sign-in expects: whose answer, for whom, where to, and to which request."""

    issuer: str
    audience: str
    recipient: str
    request: str
    now: datetime


def check_response(root: Element, expected: Expected) -> None:
    """Raises SsoFailure for an envelope that is not the answer to this request."""
    if root.tag != f"{PROTOCOL}Response" or root.get("Version") != "2.0":
        raise bad("not a SAML 2.0 response")
    if root.get("Destination", expected.recipient) != expected.recipient:
        raise bad("meant for another address")
    if root.get("InResponseTo") != expected.request:
        raise bad("not the answer to this sign-in")
    issuer = root.find(f"{ASSERTION}Issuer")
    if issuer is not None and text_in(issuer) != expected.issuer:
        raise bad("another issuer's")
    status = root.find(f"{PROTOCOL}Status/{PROTOCOL}StatusCode")
    if status is None or status.get("Value") != SUCCESS:
        codes = [code.get("Value", "").rpartition(":")[2] for code in root.iter(f"{PROTOCOL}StatusCode")]
        refused = "AuthnFailed" in codes or "RequestDenied" in codes
        raise SsoFailure("denied" if refused else "provider", text_of(" ".join(codes), 120) or "no status")


def person_of(assertion: Element, expected: Expected, config: Mapping[str, str]) -> Person:
    """Whom a signed assertion tells of; raises SsoFailure where it does not hold here and now."""
    if assertion.get("Version") != "2.0" or text_in(_only(assertion, "Issuer")) != expected.issuer:
        raise bad("another issuer's assertion")
    issued = _time(assertion.get("IssueInstant"))
    if not expected.now - OLDEST <= issued <= expected.now + LEEWAY:
        raise bad("issued too long ago, or the clocks differ")
    subject = _only(assertion, "Subject")
    if not any(_is_ours(one, expected) for one in subject.findall(f"{ASSERTION}SubjectConfirmation")):
        raise bad("not confirmed for this address, this sign-in and now")
    _check_conditions(_only(assertion, "Conditions"), expected)
    contexts = _check_statements(assertion, expected)
    name_id = _only(subject, "NameID")
    named = text_of(text_in(name_id))
    if not named or named != text_in(name_id):
        raise bad("no NameID")
    if name_id.get("Format") == TRANSIENT:
        raise bad("a transient NameID: have the provider send a persistent one")
    told = _attributes(assertion)
    email = _first(told, (config.get("email_attribute", ""),) if config.get("email_attribute") else ADDRESSES)
    if not email and not config.get("email_attribute") and name_id.get("Format") == AS_ADDRESS:
        email = named
    name = _first(told, (config.get("name_attribute", ""),) if config.get("name_attribute") else NAMES)
    return Person(
        issuer=expected.issuer,
        subject=named,
        name=text_of(name, 100),
        email=text_of(email, 254).lower(),
        factor=bool(FACTORS.intersection({*contexts, *told.get(METHODS, [])})),
    )


def valid_until(assertion: Element) -> datetime:
    """Until when an assertion can be of use at the longest."""
    conditions = assertion.find(f"{ASSERTION}Conditions")
    return _time(conditions.get("NotOnOrAfter")) + LEEWAY


def _is_ours(confirmation: Element, expected: Expected) -> bool:
    data = confirmation.find(f"{ASSERTION}SubjectConfirmationData")
    if confirmation.get("Method") != BEARER or data is None or data.get("NotBefore") is not None:
        return False
    return bool(
        data.get("Recipient") == expected.recipient
        and data.get("InResponseTo") == expected.request
        and _time(data.get("NotOnOrAfter")) + LEEWAY > expected.now
    )


def _check_conditions(conditions: Element, expected: Expected) -> None:
    if {child.tag for child in conditions} - _KNOWN_CONDITIONS:
        raise bad("conditions that we do not know")
    if conditions.get("NotBefore") and _time(conditions.get("NotBefore")) - LEEWAY > expected.now:
        raise bad("not valid yet: do the clocks differ?")
    if _time(conditions.get("NotOnOrAfter")) + LEEWAY <= expected.now:
        raise bad("not valid any more")
    audiences = [
        {text_in(one) for one in restriction.findall(f"{ASSERTION}Audience")}
        for restriction in conditions.findall(f"{ASSERTION}AudienceRestriction")
    ]
    if not audiences or not all(expected.audience in one for one in audiences):
        raise bad("meant for another audience")


def _check_statements(assertion: Element, expected: Expected) -> list[str]:
    """The ways in which the provider says that somebody proved themselves."""
    statements = assertion.findall(f"{ASSERTION}AuthnStatement")
    if not statements:
        raise bad("it does not say that anybody signed in")
    for statement in statements:
        ends = statement.get("SessionNotOnOrAfter")
        if ends is not None and _time(ends) + LEEWAY <= expected.now:
            raise bad("the provider's session has ended")
    path = f"{ASSERTION}AuthnContext/{ASSERTION}AuthnContextClassRef"
    return [text_in(one) for statement in statements for one in statement.findall(path)]


def _attributes(assertion: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for attribute in assertion.findall(f"{ASSERTION}AttributeStatement/{ASSERTION}Attribute"):
        values = [text_in(value) for value in attribute.findall(f"{ASSERTION}AttributeValue")]
        found.setdefault(str(attribute.get("Name", "")), []).extend(values)
    return found


def _first(told: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next((value for name in names for value in told.get(name, []) if value), "")


def _only(element: Element, name: str) -> Element:
    found = element.findall(f"{ASSERTION}{name}")
    if len(found) != 1:
        raise bad(f"not one {name}")
    return found[0]


def _time(text: str | None) -> datetime:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        raise bad("a time is missing or cannot be read") from None
    if found.tzinfo is None:  # Core 1.3.3: times are UTC
        found = found.replace(tzinfo=UTC)
    return found.astimezone(UTC)
