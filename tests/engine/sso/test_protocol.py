"""What a provider, or somebody between it and us, may send, and what of it is believed."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from guanxi.engine.sso import flow
from guanxi.engine.sso.providers import id_tokens
from guanxi.engine.sso.providers.oidc import forget_published
from tests.engine.sso.conftest import Way, open_way, reason
from tests.engine.sso.oidc_server import CLIENT, EC_KEY, RSA_KEYS, SECRET, OidcServer, running
from tests.firms import Door, Firm

pytestmark = pytest.mark.django_db

Spoil = Callable[[dict[str, Any], dict[str, Any]], str | None]
STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PUBLIC = (
    RSA_KEYS[0]
    .public_key()
    .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
)


def _claim(**changes: Any) -> Spoil:
    def spoil(claims: dict[str, Any], header: dict[str, Any]) -> None:
        for key, value in changes.items():
            if value is None:
                claims.pop(key)
            else:
                claims[key] = value() if callable(value) else value

    return spoil


def _soon(seconds: int) -> Callable[[], int]:
    return lambda: int(time.time()) + seconds


def _signed_by_a_stranger(claims: dict[str, Any], header: dict[str, Any]) -> str:
    return jwt.encode(claims, STRANGER, "RS256", headers={"kid": "k0"})


def _unsigned(claims: dict[str, Any], header: dict[str, Any]) -> str:
    return jwt.encode(claims, None, "none", headers={"kid": "k0"})


def _signature_cut_off(claims: dict[str, Any], header: dict[str, Any]) -> str:
    return jwt.encode(claims, RSA_KEYS[0], "RS256", headers={"kid": "k0"}).rpartition(".")[0] + "."


def _by_our_secret(claims: dict[str, Any], header: dict[str, Any]) -> str:
    return jwt.encode(claims, SECRET.ljust(32, "x"), "HS256", headers={"kid": "k0"})


def _by_the_public_key_as_a_secret(claims: dict[str, Any], header: dict[str, Any]) -> str:

    parts = [{"alg": "HS256", "kid": "k0"}, claims]
    told = b".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in parts)
    mac = hmac.new(PUBLIC, told, hashlib.sha256).digest()
    return (told + b"." + base64.urlsafe_b64encode(mac).rstrip(b"=")).decode()


def _changed_afterwards(claims: dict[str, Any], header: dict[str, Any]) -> str:
    good = jwt.encode(claims, RSA_KEYS[0], "RS256", headers={"kid": "k0"}).split(".")
    bad = jwt.encode(claims | {"sub": "boss"}, STRANGER, "RS256", headers={"kid": "k0"}).split(".")
    return ".".join([good[0], bad[1], good[2]])


def _with_its_own_key(claims: dict[str, Any], header: dict[str, Any]) -> str:

    own = RSAAlgorithm.to_jwk(STRANGER.public_key(), as_dict=True)
    return jwt.encode(claims, STRANGER, "RS256", headers={"jwk": own, "kid": "own"})


def _critical(claims: dict[str, Any], header: dict[str, Any]) -> str:
    return jwt.encode(claims, RSA_KEYS[0], "RS256", headers={"kid": "k0", "crit": ["exp2"], "exp2": 1})


def _nonsense(claims: dict[str, Any], header: dict[str, Any]) -> str:
    return "a.b.c" * 10


def _huge(claims: dict[str, Any], header: dict[str, Any]) -> str:
    return jwt.encode(claims | {"groups": "x" * 20_000}, RSA_KEYS[0], "RS256", headers={"kid": "k0"})


@pytest.mark.asvs("6.8.2", "10.5.1", "10.5.4")
@pytest.mark.parametrize(
    "spoil",
    [
        _signed_by_a_stranger, _unsigned, _signature_cut_off, _by_our_secret, _by_the_public_key_as_a_secret,
        _changed_afterwards, _with_its_own_key, _critical, _nonsense, _huge,
        _claim(nonce="another sign-in's"), _claim(nonce=None), _claim(nonce=["x"]),
        _claim(iss="https://evil.example"), _claim(iss=None),
        _claim(aud="somebody else"), _claim(aud=["somebody else"]), _claim(aud=None), _claim(aud=[CLIENT, "another"]),
        _claim(azp="another"), _claim(aud=[CLIENT, "another"], azp="another"),
        _claim(exp=_soon(-120)), _claim(exp=None), _claim(exp="never"), _claim(iat=_soon(600)), _claim(iat=_soon(-3600)),
        _claim(iat=None), _claim(iat="1"), _claim(nbf=_soon(600)),
        _claim(sub=None), _claim(sub=""), _claim(sub=5), _claim(sub=" p-1"), _claim(sub="x" * 300),
        _claim(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    ],
)  # fmt: skip
@pytest.mark.asvs("9.1.1", "9.1.2", "9.2.1", "9.2.2", "9.2.3")
@pytest.mark.asvs("11.6.1")
def test_a_token_that_is_wrong_in_one_respect_opens_nothing(way: Way, idp: OidcServer, spoil: Spoil) -> None:
    idp.spoil = spoil
    door, page = way.come()
    assert reason(page) == "provider"
    assert door.get("/me").status_code == 401
    idp.spoil = None
    assert way.come()[1] == "/"


@pytest.mark.parametrize(
    "spoil",
    [
        _claim(aud=[CLIENT]),
        _claim(aud=[CLIENT, "another"], azp=CLIENT),
        _claim(at_hash=None),
        lambda claims, header: jwt.encode(claims | {"at_hash": claims["at_hash"]}, EC_KEY, "ES256", headers={"kid": "e0"}),
        lambda claims, header: jwt.encode(claims, RSA_KEYS[0], "RS256"),  # one key fits, no number is needed
    ],
)  # fmt: skip
def test_what_the_specification_allows_is_taken(way: Way, idp: OidcServer, spoil: Spoil) -> None:
    idp.spoil = spoil
    assert way.come()[1] == "/"


def test_keys_change_without_anybody_doing_anything(
    way: Way, idp: OidcServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert way.come()[1] == "/"
    idp.published, idp.key_number = [0, 1], 1
    monkeypatch.setattr(id_tokens, "RELOAD_SECONDS", 0)
    assert way.come()[1] == "/"
    idp.published = [1]
    forget_published()
    assert way.come()[1] == "/"
    idp.key_number = 0  # a retired key signs nothing
    assert reason(way.come()[1]) == "provider"


def test_unknown_key_numbers_do_not_make_us_ask_again_and_again(way: Way, idp: OidcServer) -> None:
    idp.spoil = _with_its_own_key
    for _ in range(4):
        way.come()
    assert idp.asked.count("/keys") == 1


@pytest.mark.asvs("10.2.1")
@pytest.mark.asvs("10.1.2", "7.6.2")
def test_an_answer_counts_once_and_in_the_browser_that_began(way: Way, idp: OidcServer) -> None:
    mine, foreign = Door(), Door()
    page = way.at_provider(way.go(mine).headers["Location"])
    assert reason(way.return_to(foreign, page)) == "expired"
    way.go(foreign)
    assert reason(way.return_to(foreign, page)) == "expired"
    assert foreign.get("/me").status_code == 401
    assert way.return_to(mine, page) == "/"
    assert reason(way.return_to(mine, page)) == "expired"
    assert len(idp.grants) == 1


def test_an_answer_comes_too_late(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "ROUND_SECONDS", -1)
    assert reason(way.come()[1]) == "expired"


@pytest.mark.asvs("10.1.2")
def test_state_nonce_and_verifier_are_fresh_each_time(way: Way, idp: OidcServer) -> None:
    door = Door()
    asked = [parse_qs(urlsplit(way.go(door).headers["Location"]).query) for _ in range(8)]
    for key in ("state", "nonce", "code_challenge"):
        values = {query[key][0] for query in asked}
        assert len(values) == 8
        assert min(map(len, values)) >= 43
    assert len(door.client.session["guanxi_sso_rounds"]) == 5


@pytest.mark.asvs("10.2.1")
def test_a_code_of_another_sign_in_does_not_fit_our_verifier(way: Way, idp: OidcServer) -> None:
    """A code that an attacker has caught, put into a sign-in of their own."""
    victim, attacker = Door(), Door()
    caught = parse_qs(urlsplit(way.at_provider(way.go(victim).headers["Location"])).query)["code"][0]
    page = way.at_provider(way.go(attacker).headers["Location"])
    own = parse_qs(urlsplit(page).query)["code"][0]
    assert reason(way.return_to(attacker, page.replace(own, caught))) == "provider"


@pytest.fixture
def evil(settings: Any, idp: OidcServer) -> Iterator[OidcServer]:
    """A second provider, whose operator is up to something."""
    with running() as server:
        settings.GUANXI_OUTGOING_ALLOW = (
            *settings.GUANXI_OUTGOING_ALLOW,
            server.issuer.removeprefix("http://"),
        )
        yield server


@pytest.mark.asvs("10.2.2")
def test_one_providers_answer_is_not_taken_for_anothers(
    way: Way, idp: OidcServer, evil: OidcServer, firm: Firm
) -> None:
    other = open_way(firm, evil, label="另一个")
    door = Door()
    page = way.at_provider(way.go(door).headers["Location"])
    # The answer of one, brought to the address of the other.
    assert reason(way.return_to(door, page.replace(way.id, other.id))) == "expired"
    assert evil.grants == []
    for named in (evil.issuer, ""):
        idp.add_to_answer = {"iss": named}
        idp.describe = {"authorization_response_iss_parameter_supported": True}
        forget_published()
        assert reason(way.come(door)[1]) == "provider"
    idp.add_to_answer = {"iss": idp.issuer}
    assert way.come()[1] == "/"


def test_the_same_number_at_another_provider_is_another_person(
    way: Way, evil: OidcServer, firm: Firm
) -> None:
    first = way.come()[0].get("/me").data["user"]["id"]
    evil.person = {"sub": "p-1", "email": "mo@firm.example", "email_verified": True, "name": "莫"}
    other = open_way(firm, evil, label="另一个")
    assert other.come()[0].get("/me").data["user"]["id"] != first
    # A connection that moves to another provider knows nobody of the one before.
    way.change(config={"issuer": evil.issuer}, secret=SECRET)
    evil.person["email"] = "neu@firm.example"
    assert way.come()[0].get("/me").data["user"]["id"] != first


@pytest.mark.asvs("10.5.3")
def test_a_provider_that_calls_itself_otherwise_is_refused(way: Way, idp: OidcServer, firm: Firm) -> None:
    idp.describe = {"issuer": "https://login.elsewhere.example"}
    forget_published()
    assert reason(way.go(Door()).headers["Location"]) == "provider"
    answer = firm.door().post(f"/sso-connections/{way.id}/check")
    assert (answer.status_code, answer.data["errors"][0]["code"]) == (422, "no_answer")
    idp.describe = {}
    assert firm.door().post(f"/sso-connections/{way.id}/check").status_code == 204


@pytest.mark.parametrize("page", ["token_endpoint", "jwks_uri", "authorization_endpoint"])
@pytest.mark.parametrize(
    "value", ["http://169.254.169.254/latest", "http://10.0.0.1/x", "file:///etc/passwd", 5, None]
)
@pytest.mark.asvs("9.1.3")
def test_published_addresses_lead_nowhere_inside(way: Way, idp: OidcServer, page: str, value: Any) -> None:
    idp.describe = {page: value}
    forget_published()
    assert reason(way.go(Door()).headers["Location"]) == "provider"


@pytest.mark.parametrize("open_places", [(), ("127.0.0.1:1",)])
def test_loopback_is_refused_unless_the_operator_has_opened_it(
    way: Way, settings: Any, firm: Firm, idp: OidcServer, open_places: tuple[str, ...]
) -> None:
    settings.GUANXI_OUTGOING_ALLOW = open_places
    forget_published()
    asked = len(idp.asked)
    assert reason(way.go(Door()).headers["Location"]) == "provider"
    for issuer in (idp.issuer, idp.issuer.replace("http:", "https:")):
        answer = firm.door().patch(
            f"/sso-connections/{way.id}", {"config": {"issuer": issuer}, "secret": "x"}
        )
        if issuer.startswith("http:"):
            assert answer.data["errors"][0]["code"] == "not_https"
    assert firm.door().post(f"/sso-connections/{way.id}/check").status_code == 422
    assert len(idp.asked) == asked


def test_a_person_who_says_no_is_told_so(way: Way, idp: OidcServer) -> None:
    idp.add_to_answer = {"error": "access_denied", "code": ""}
    assert reason(way.come()[1]) == "denied"


def test_a_provider_that_speaks_another_language_is_refused(way: Way, idp: OidcServer) -> None:
    idp.describe = {"token_endpoint": f"{idp.issuer}/nothing"}
    forget_published()
    assert reason(way.come()[1]) == "provider"
