"""XML of SAML: read without surprises, and what of it is signed.

*How it works*: `read_xml` takes plain elements alone: no document type (and so no entities), no comments, no processing
instructions, UTF-8 whatever the document says of itself. `signed_assertion` finds the one assertion of a response
and gives back what the signature was made over, parsed anew: what is read afterwards is what was verified, wherever
else in the document something similar may stand. Signatures themselves are signxml's.

Sources: SAML 2.0 Core (saml-core-2.0-os) 5.4; XML Signature Best Practices; Somorovsky et al., "On Breaking SAML: Be
Whoever You Want to Be" (2012), for the wrappings that the tests try.
"""

from collections.abc import Sequence
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidCertificate, SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from guanxi.engine.sso.providers.base import SsoFailure

PROTOCOL = "{urn:oasis:names:tc:SAML:2.0:protocol}"
ASSERTION = "{urn:oasis:names:tc:SAML:2.0:assertion}"
METADATA = "{urn:oasis:names:tc:SAML:2.0:metadata}"
SIGNATURE = "{http://www.w3.org/2000/09/xmldsig#}"
MAX_XML = 200_000
MOST_NODES = 10_000
LEAST_RSA_BITS = 2048
EITHER, ON_ASSERTION, ON_RESPONSE, BOTH = "either", "assertion", "response", "both"
SIGNED = (EITHER, ON_ASSERTION, ON_RESPONSE, BOTH)
# Asymmetric, and nothing on SHA-1.
_METHODS = frozenset(
    method
    for method in SignatureMethod
    if method.name.startswith(("RSA_SHA", "ECDSA_SHA", "SHA"))
    and "SHA1" not in method.name
    and "SHA224" not in method.name
)
_DIGESTS = frozenset({DigestAlgorithm.SHA256, DigestAlgorithm.SHA384, DigestAlgorithm.SHA512})

Element = Any


class BadXml(ValueError):
    """The document is not what SAML sends; the text says why, for administrators."""


def read_xml(data: bytes, most: int = MAX_XML) -> Element:
    """The root of a document of plain elements; raises BadXml."""
    if len(data) > most:
        raise BadXml("too long")
    try:
        if "<!" in data.decode("utf-8"):
            raise BadXml("a document type, comments or sections")
    except UnicodeDecodeError:
        raise BadXml("not UTF-8") from None
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise BadXml("no XML") from None
    if root.getroottree().docinfo.doctype or root.getprevious() is not None or root.getnext() is not None:
        raise BadXml("a document type, comments or instructions")
    for number, node in enumerate(root.iter()):
        if not isinstance(node.tag, str):
            raise BadXml("comments, instructions or entities")
        if number > MOST_NODES:
            raise BadXml("too many elements")
    return root


def text_in(element: Element | None) -> str:
    """The text of an element that holds nothing else; empty for none."""
    if element is None or len(element):
        return ""
    return str(element.text or "").strip()


def certificates_in(pem: str) -> list[x509.Certificate]:
    """The certificates of a PEM text; raises ValueError."""
    return x509.load_pem_x509_certificates(pem.encode("ascii", "replace")) if pem.strip() else []


def is_strong(certificate: x509.Certificate) -> bool:
    """Whether signatures by this certificate's key are worth verifying."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= LEAST_RSA_BITS
    return isinstance(key, ec.EllipticCurvePublicKey) and key.key_size >= 256


def signed_assertion(
    data: bytes, root: Element, certificates: Sequence[x509.Certificate], signed: str
) -> Element:
    """The assertion of a response as it was signed, root of a tree of its own; raises SsoFailure.

    `signed` says where a signature has to be: on the assertion, the response, both, or either.
    """
    if next(root.iter(f"{ASSERTION}EncryptedAssertion"), None) is not None:
        raise bad("the assertion is encrypted, which is not supported: switch that off at the provider")
    assertions = list(root.iter(f"{ASSERTION}Assertion"))
    if len(assertions) != 1 or assertions[0].getparent() is not root:
        raise bad("not one assertion in its place")
    [assertion] = assertions
    ids = [node.get("ID") for node in root.iter() if node.get("ID") is not None]
    if len(set(ids)) != len(ids):
        raise bad("one ID twice")
    places = [(root, "./"), (assertion, f"./{ASSERTION}Assertion/")]
    found = [(node, place) for node, place in places if node.find(f"{SIGNATURE}Signature") is not None]
    if len(list(root.iter(f"{SIGNATURE}Signature"))) != len(found):
        raise bad("a signature where none belongs")
    _check_demand(found, root, signed)
    trees = [_verified(data, node, place, certificates) for node, place in found]
    narrowest = trees[-1]
    if narrowest.tag == f"{ASSERTION}Assertion":
        return narrowest
    inside = narrowest.findall(f"{ASSERTION}Assertion")
    if len(inside) != 1:
        raise bad("the signature does not cover the assertion")
    return inside[0]


def bad(what: str) -> SsoFailure:
    """A response that is not believed, with what is wrong with it."""
    return SsoFailure("provider", f"SAML response: {what}")


def _check_demand(found: Sequence[tuple[Element, str]], root: Element, signed: str) -> None:
    on_response = any(node is root for node, _ in found)
    on_assertion = any(node is not root for node, _ in found)
    if not found:
        raise bad("it is not signed")
    if signed in (ON_RESPONSE, BOTH) and not on_response:
        raise bad("the response itself is not signed")
    if signed in (ON_ASSERTION, BOTH) and not on_assertion:
        raise bad("the assertion itself is not signed")


def _verified(data: bytes, node: Element, place: str, certificates: Sequence[x509.Certificate]) -> Element:
    config = SignatureConfiguration(
        location=place, expect_references=1, signature_methods=_METHODS, digest_algorithms=_DIGESTS
    )
    wrong = "the connection has no certificate"
    for certificate in certificates:
        try:
            result = XMLVerifier().verify(
                data, x509_cert=certificate, id_attribute="ID", expect_config=config
            )
            assert not isinstance(result, list)
            tree = read_xml(result.signed_data)
        except InvalidCertificate as error:
            wrong = str(error).partition(". Use")[0]
        except SignXMLException as error:
            wrong = f"the signature does not hold ({str(error)[:120]})"
        except (BadXml, ValueError, KeyError, TypeError, AttributeError, etree.Error) as error:
            wrong = f"the signature cannot be read ({type(error).__name__})"
        else:
            if tree.tag != node.tag or not node.get("ID") or tree.get("ID") != node.get("ID"):
                raise bad("the signature is of something else")
            return tree
    raise bad(wrong)
