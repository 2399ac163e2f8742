"""Checking an ID token of OpenID Connect: whose signature, from whom, for whom, of which sign-in.

*How it works*: the header's algorithm must be one of the asymmetric ones here, whatever the provider lists (so
neither "none" nor a secret of our own signs anything). The key is looked up by its number in the provider's key
set; a number that is not there makes the set be read anew, at most once in RELOAD_SECONDS: this is how keys change.
Then follow issuer, audience, authorized party, times, nonce and the access token's hash.

Sources: OpenID Connect Core 1.0, 3.1.3.7 and 3.1.3.8; RFC 7519; RFC 8725 (algorithms, keys, types).

*Rules*: nothing of a token is believed before its signature.
"""

import base64
import hashlib
import hmac
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jwt
from jwt.exceptions import PyJWTError

from guanxi.engine.sso.providers.base import SsoFailure, ask_json, text_of

ALGORITHMS = {
    "RS256": "sha256", "RS384": "sha384", "RS512": "sha512", "PS256": "sha256", "PS384": "sha384", "PS512": "sha512",
    "ES256": "sha256", "ES384": "sha384", "ES512": "sha512", "EdDSA": "sha512",
}  # fmt: skip
LEEWAY_SECONDS = 60
OLDEST_SECONDS = 600
MAX_TOKEN = 16_384
MAX_KEYS = 30
KEEP_SECONDS = 600
RELOAD_SECONDS = 5


@dataclass(frozen=True, slots=True)
class _KeySet:
    read_at: float
    keys: tuple[dict[str, Any], ...]


class KeySets:
    """The key sets of providers by their address, as lately read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sets: dict[str, _KeySet] = {}

    def candidates(self, url: str, kid: str | None, alg: str) -> Iterator[Any]:
        """The keys that may have signed; reads the set anew when none has this number."""
        found = self._matching(self._get(url, KEEP_SECONDS), kid, alg)
        if not found:
            found = self._matching(self._get(url, RELOAD_SECONDS), kid, alg)
        yield from found

    def forget(self) -> None:
        """Read all anew."""
        with self._lock:
            self._sets.clear()

    def _get(self, url: str, longest: float) -> tuple[dict[str, Any], ...]:
        with self._lock:
            kept = self._sets.get(url)
        if kept is not None and time.monotonic() - kept.read_at < longest:
            return kept.keys
        listed = ask_json("GET", url).get("keys")
        keys = tuple(key for key in listed if isinstance(key, dict)) if isinstance(listed, list) else ()
        with self._lock:
            if len(self._sets) > 1000:
                self._sets.clear()
            self._sets[url] = _KeySet(time.monotonic(), keys[:MAX_KEYS])
        return keys[:MAX_KEYS]

    @staticmethod
    def _matching(keys: tuple[dict[str, Any], ...], kid: str | None, alg: str) -> list[Any]:
        found = []
        for key in keys:
            if (
                key.get("use", "sig") != "sig"
                or key.get("alg", alg) != alg
                or (kid and key.get("kid") != kid)
            ):
                continue
            try:
                found.append(jwt.PyJWK(key, algorithm=alg).key)
            except (PyJWTError, ValueError, TypeError, KeyError):
                continue  # a key of another kind, or none of ours
        return found


key_sets = KeySets()


def read_id_token(
    token: str, *, issuer: str, client_id: str, nonce: str, keys_url: str, access_token: str
) -> dict[str, Any]:
    """The claims of a token that holds in every respect; raises SsoFailure naming what does not."""
    claims, alg = _verified(token, issuer, client_id, keys_url)
    if not text_of(claims.get("sub")) or claims["sub"] != text_of(claims["sub"]):
        raise _bad("no subject")
    audience = claims["aud"]
    if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != client_id:
        raise _bad("for several parties, and not authorized for us")
    if claims.get("azp", client_id) != client_id:
        raise _bad("authorized for another party")
    if not isinstance(claims["iat"], int | float) or claims["iat"] < time.time() - OLDEST_SECONDS:
        raise _bad("issued too long ago")
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise _bad("the nonce is not this sign-in's")
    if "at_hash" in claims and claims["at_hash"] != half_hash(access_token, alg):
        raise _bad("at_hash does not fit the access token")
    return claims


def half_hash(text: str, alg: str) -> str:
    """The left half of a hash, as in `at_hash`."""
    digest = hashlib.new(ALGORITHMS[alg], text.encode()).digest()
    return base64.urlsafe_b64encode(digest[: len(digest) // 2]).decode().rstrip("=")


def _verified(token: str, issuer: str, client_id: str, keys_url: str) -> tuple[dict[str, Any], str]:
    if not token or len(token) > MAX_TOKEN:
        raise _bad("none, or too long")
    try:
        header = jwt.get_unverified_header(token)
    except (PyJWTError, ValueError) as error:
        raise _bad("not a token") from error
    alg, kid = header.get("alg"), header.get("kid")
    if alg not in ALGORITHMS:
        raise _bad(f"signed by {text_of(alg, 20) or 'nothing'}")
    if "crit" in header or (kid is not None and not isinstance(kid, str)):
        raise _bad("a header that we do not know")
    wrong = "no key of the provider has this number"
    for key in key_sets.candidates(keys_url, kid, alg):
        try:
            claims = jwt.decode(
                token,
                key,
                algorithms=[alg],
                issuer=issuer,
                audience=client_id,
                leeway=LEEWAY_SECONDS,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.InvalidSignatureError:
            wrong = "the signature is not the provider's"
        except (PyJWTError, ValueError, TypeError) as error:
            raise _bad(str(error)) from error
        else:
            return claims, alg
    raise _bad(wrong)


def _bad(what: str) -> SsoFailure:
    return SsoFailure("provider", f"ID token: {what}")
