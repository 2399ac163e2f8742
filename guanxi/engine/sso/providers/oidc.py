"""OpenID Connect: authorization code with PKCE, from what the provider publishes about itself.

*How it works*: everything is found from the issuer (`/.well-known/openid-configuration`). The browser is sent to the
provider with state, nonce and the hash of a verifier; the code that comes back is exchanged, with verifier and
secret, for an ID token, which id_tokens.py checks. Addresses that the token lacks are asked for at `userinfo`.

Sources: OpenID Connect Core 1.0 and Discovery 1.0; RFC 6749, 7636 (PKCE), 9207 (`iss` in the answer), 9700.

*Rules*: each connection has a return address of its own, and an answer that names another issuer is refused: one
provider's answer is never taken for another's.
"""

import base64
import hashlib
import threading
import time
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from guanxi.engine.sso.providers.base import (
    Ask,
    Person,
    Provider,
    Round,
    Setup,
    SsoFailure,
    ask_json,
    is_safe,
    providers,
    text_of,
)
from guanxi.engine.sso.providers.id_tokens import key_sets, read_id_token
from guanxi.kit.text import Text

SCOPE = "openid email profile"
KEEP_SECONDS = 600
# RFC 8176: ways to have proven more than a password.
FACTORS = frozenset(
    {"mfa", "otp", "hwk", "swk", "sms", "tel", "fpt", "face", "iris", "pop", "sc", "vbm", "wia"}
)


class Published:
    """What issuers publish about themselves, as lately read."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, dict[str, Any]]] = {}

    def of(self, issuer: str, *, fresh: bool = False) -> dict[str, Any]:
        """The provider's own description, checked; raises SsoFailure."""
        with self._lock:
            kept = self._kept.get(issuer)
        if not fresh and kept is not None and time.monotonic() - kept[0] < KEEP_SECONDS:
            return kept[1]
        found = ask_json("GET", issuer.rstrip("/") + "/.well-known/openid-configuration")
        if found.get("issuer") != issuer:
            named = text_of(found.get("issuer"), 120) or "-"
            raise SsoFailure("provider", f"the provider calls itself {named}, not {issuer[:120]}")
        for key in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if not isinstance(found.get(key), str) or not is_safe(found[key]):
                raise SsoFailure("provider", f"no https address as {key}")
        with self._lock:
            if len(self._kept) > 1000:
                self._kept.clear()
            self._kept[issuer] = (time.monotonic(), found)
        return found

    def forget(self) -> None:
        """Read all anew."""
        with self._lock:
            self._kept.clear()


published = Published()


class OpenIdConnect(Provider):
    """Any provider that speaks OpenID Connect: Entra ID, Okta, Keycloak, Authing, Casdoor …"""

    kind = "oidc"
    label = Text("OpenID Connect", "OpenID Connect")
    secret_label = Text("客户端密钥（Client Secret）", "Client secret")
    by_address = True
    asks = (
        Ask(
            "issuer",
            Text("签发者地址（Issuer）", "Issuer"),
            Text(
                "如 https://login.example.com/realms/firm，须与服务方公布的完全一致。",
                "Such as https://login.example.com/realms/firm, exactly as the provider publishes it.",
            ),
            guards=True,
        ),
        Ask("client_id", Text("客户端编号（Client ID）", "Client ID")),
    )

    def check(self, setup: Setup) -> None:
        """Read what the provider publishes, and its keys."""
        found = published.of(setup.config["issuer"], fresh=True)
        keys = ask_json("GET", found["jwks_uri"]).get("keys")
        if not isinstance(keys, list) or not keys:
            raise SsoFailure("provider", "the provider publishes no keys")

    def start(self, setup: Setup, this: Round) -> str:
        """The provider's page, with what it has to send back."""
        found = published.of(setup.config["issuer"])
        hashed = hashlib.sha256(this.verifier.encode()).digest()
        query = urlencode(
            {
                "response_type": "code",
                "client_id": setup.config["client_id"],
                "redirect_uri": setup.back,
                "scope": SCOPE,
                "state": this.state,
                "nonce": this.nonce,
                "code_challenge": base64.urlsafe_b64encode(hashed).decode().rstrip("="),
                "code_challenge_method": "S256",
            }
        )
        page = found["authorization_endpoint"]
        return f"{page}{'&' if urlsplit(page).query else '?'}{query}"

    def finish(self, setup: Setup, this: Round, params: Mapping[str, str]) -> Person:
        """Exchange the code and check what came of it."""
        issuer = setup.config["issuer"]
        found = published.of(issuer)
        self._check_answer(issuer, found, params)
        tokens = self._exchange(setup, this, found, params["code"])
        access = tokens.get("access_token")
        access_token = access if isinstance(access, str) else ""
        claims = read_id_token(
            str(tokens.get("id_token") or ""),
            issuer=issuer,
            client_id=setup.config["client_id"],
            nonce=this.nonce,
            keys_url=found["jwks_uri"],
            access_token=access_token,
        )
        # An address and what is said of it come from one place.
        known = claims if claims.get("email") else self._userinfo(found, access_token, claims["sub"])
        verified = known.get("email_verified") in (True, "true") or setup.trusts_addresses
        ways = claims.get("amr")
        return Person(
            issuer=issuer,
            subject=claims["sub"],
            name=text_of(claims.get("name") or known.get("name") or known.get("preferred_username"), 100),
            email=text_of(known.get("email"), 254).lower() if verified else "",
            factor=isinstance(ways, list)
            and bool(FACTORS.intersection(way for way in ways if isinstance(way, str))),
        )

    @staticmethod
    def _check_answer(issuer: str, found: Mapping[str, Any], params: Mapping[str, str]) -> None:
        named = params.get("iss")
        if named is None and found.get("authorization_response_iss_parameter_supported") is True:
            raise SsoFailure("provider", "the answer does not name its issuer")
        if named is not None and named != issuer:
            raise SsoFailure("provider", f"the answer is {text_of(named, 120)}'s")
        if "error" in params:
            refused = params["error"] in ("access_denied", "login_required", "consent_required")
            raise SsoFailure("denied" if refused else "provider", text_of(params["error"], 60))
        if not params.get("code"):
            raise SsoFailure("provider", "the answer holds no code")

    @staticmethod
    def _exchange(setup: Setup, this: Round, found: Mapping[str, Any], code: str) -> dict[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": setup.back,
            "code_verifier": this.verifier,
        }
        client_id, headers = setup.config["client_id"], {}
        ways = found.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        if setup.secret and isinstance(ways, list) and "client_secret_basic" in ways:
            pair = f"{quote(client_id, safe='')}:{quote(setup.secret, safe='')}"
            headers["authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form["client_id"] = client_id
            if setup.secret:
                form["client_secret"] = setup.secret
        return ask_json("POST", found["token_endpoint"], form=form, headers=headers)

    @staticmethod
    def _userinfo(found: Mapping[str, Any], access_token: str, subject: str) -> dict[str, Any]:
        page = found.get("userinfo_endpoint")
        if not isinstance(page, str) or not access_token:
            return {}
        told = ask_json("GET", page, headers={"authorization": f"Bearer {access_token}"})
        if told.get("sub") != subject:
            raise SsoFailure("provider", "userinfo tells of somebody else")
        return {
            key: told[key] for key in ("name", "email", "email_verified", "preferred_username") if key in told
        }


def forget_published() -> None:
    """Read descriptions and keys of providers anew."""
    published.forget()
    key_sets.forget()


providers.register(OpenIdConnect())
