"""An OpenID Connect provider on loopback: discovery, authorization code with PKCE, keys that change, user info.

It checks its clients as the specifications ask (return address, client secret, verifier, one use of a code), and
can be told to lie in one respect: what `spoil` holds is done to the next ID token.
"""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from guanxi.engine.sso.providers.id_tokens import half_hash

CLIENT, SECRET = "guanxi-test", "s3cret/with+odd chars"
RSA_KEYS = [rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2)]
EC_KEY = ec.generate_private_key(ec.SECP256R1())


@dataclass
class OidcServer:
    """The provider's state, for tests to look at and to change."""

    issuer: str = ""
    key_number: int = 0
    published: list[int] = field(default_factory=lambda: [0])
    person: dict[str, Any] = field(default_factory=lambda: {"sub": "p-1", "email": "lin@firm.example",
                                                            "email_verified": True, "name": "林晓"})  # fmt: skip
    in_token: bool = True
    describe: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    grants: list[dict[str, str]] = field(default_factory=list)
    spoil: Callable[[dict[str, Any], dict[str, Any]], str | None] | None = None
    add_to_answer: dict[str, str] = field(default_factory=dict)
    userinfo_sub: str | None = None

    def description(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "id_token_signing_alg_values_supported": ["RS256", "ES256"],
        } | self.describe

    def keys(self) -> dict[str, Any]:
        """The public keys."""
        keys: list[Any] = [
            json.loads(RSAAlgorithm.to_jwk(RSA_KEYS[number].public_key()))
            | {"kid": f"k{number}", "use": "sig"}
            for number in self.published
        ]
        keys.append(json.loads(ECAlgorithm.to_jwk(EC_KEY.public_key())) | {"kid": "e0", "use": "sig"})
        return {"keys": keys}

    def authorize(self, query: dict[str, str]) -> str:
        """Where to send the browser back to: everybody is signed in here and consents."""
        assert query["response_type"] == "code"
        assert query["client_id"] == CLIENT
        assert query["code_challenge_method"] == "S256"
        assert "openid" in query["scope"].split()
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        back = {"code": code, "state": query["state"]} | self.add_to_answer
        return f"{query['redirect_uri']}?{urlencode({key: value for key, value in back.items() if value})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """The token endpoint's answer."""
        self.grants.append(form)
        pair = base64.b64decode(authorization.removeprefix("Basic ")).decode() if authorization else ":"
        given = dict(zip(("id", "secret"), (parse_qsl(f"x={part}")[0][1] if part else "" for part in pair.split(":")), strict=True))  # fmt: skip
        if given != {"id": CLIENT, "secret": SECRET}:
            return 401, {"error": "invalid_client"}
        begun = self.codes.pop(form.get("code", ""), None)
        if begun is None or form["redirect_uri"] != begun["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        hashed = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        if hashed.decode().rstrip("=") != begun["code_challenge"]:
            return 400, {"error": "invalid_grant", "error_description": "verifier"}
        access = secrets.token_urlsafe(16)
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": self.id_token(begun, access)}

    def id_token(self, begun: dict[str, str], access: str) -> str:
        """A signed token, or what `spoil` makes of it."""
        now = int(time.time())
        shown = self.person if self.in_token else {"sub": self.person["sub"]}
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": begun["nonce"],
                  "at_hash": half_hash(access, "RS256"), **shown}  # fmt: skip
        header = {"kid": f"k{self.key_number}", "alg": "RS256"}
        if self.spoil is not None and (made := self.spoil(claims, header)) is not None:
            return made
        algorithm = header.pop("alg")
        return jwt.encode(claims, RSA_KEYS[self.key_number], algorithm, headers=header)

    def userinfo(self) -> dict[str, Any]:
        """What the access token opens."""
        return self.person | ({"sub": self.userinfo_sub} if self.userinfo_sub else {})


@contextmanager
def running() -> Iterator[OidcServer]:
    """A provider that answers on a port of its own."""
    state = OidcServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            state.asked.append(parts.path)
            if parts.path == "/authorize":
                query = {key: values[0] for key, values in parse_qs(parts.query).items()}
                self.send_response(302)
                self.send_header("Location", state.authorize(query))
                self.end_headers()
                return
            pages = {"/.well-known/openid-configuration": state.description, "/keys": state.keys, "/userinfo": state.userinfo}  # fmt: skip
            found = pages.get(parts.path)
            self._say(200 if found else 404, found() if found else {})

        def do_POST(self) -> None:
            state.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {key: values[0] for key, values in parse_qs(body).items()}
            if self.path == "/token":
                self._say(*state.token(form, self.headers.get("Authorization", "")))
            else:
                self._say(404, {})

        def _say(self, status: int, body: dict[str, Any]) -> None:
            sent = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
