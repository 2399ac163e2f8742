"""DingTalk, Feishu and WeCom on loopback, in the words of their published interfaces.

Each checks what the platform checks (the app's number and secret, one use of a code, return address and verifier
where there are any) and answers failures in its own way. `firm` is the firm that the person is of.
"""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

APP, SECRET, FIRM = "app-1", "the-apps-secret", "firm-1"
Answer = tuple[int, dict[str, Any]]


@dataclass
class OfficeServer:
    """The platforms' state."""

    base: str = ""
    firm: str = FIRM
    person: str = "u-1"
    name: str = "林晓"
    email: str = ""
    outside: bool = False
    directory: bool = True
    refuses: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def page(self, path: str, query: dict[str, str]) -> str:
        """The platform's own page: the person agrees, or does not."""
        names = {
            "/dingtalk": ("client_id", "authCode"),
            "/feishu": ("client_id", "code"),
            "/wecom": ("appid", "code"),
        }
        app, name = names[path]
        assert query[app] == (FIRM if path == "/wecom" else APP)
        if path == "/dingtalk":
            assert query["scope"] == "openid corpid"
        if path == "/wecom":
            assert (query["login_type"], query["agentid"]) == ("CorpApp", "1000002")
        back = {"state": query["state"]}
        if self.refuses:
            back |= {"error": "access_denied"} if path == "/feishu" else {}
        else:
            code = secrets.token_urlsafe(12)
            self.codes[code] = query
            back[name] = code
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def _token(self) -> str:
        self.tokens.add(token := secrets.token_urlsafe(12))
        return token

    def dingtalk(self, path: str, body: dict[str, str], headers: Any) -> Answer:
        if path == "/v1.0/oauth2/accessToken":
            if (body["appKey"], body["appSecret"]) != (APP, SECRET):
                return 400, {"code": "invalidClientIdOrSecret", "message": "无效的clientId或者clientSecret"}
            return 200, {"accessToken": self._token(), "expireIn": 7200}
        if path == "/v1.0/oauth2/userAccessToken":
            if (body["clientId"], body["clientSecret"], body["grantType"]) != (
                APP,
                SECRET,
                "authorization_code",
            ):
                return 400, {"code": "invalidClientIdOrSecret", "message": "无效的clientId或者clientSecret"}
            if self.codes.pop(body["code"], None) is None:
                return 400, {"code": "invalidParameter.authCode.notFound", "message": "不存在的临时授权码"}
            return 200, {
                "accessToken": self._token(),
                "refreshToken": "r",
                "expireIn": 7200,
                "corpId": self.firm,
            }
        if headers.get("x-acs-dingtalk-access-token") not in self.tokens:
            return 401, {"code": "InvalidAuthentication", "message": "不合法的access_token"}
        return 200, {"nick": self.name, "unionId": self.person, "openId": f"o-{self.person}", "email": self.email,
                     "mobile": "13800138000", "stateCode": "86"}  # fmt: skip

    def feishu(self, path: str, body: dict[str, str], headers: Any) -> Answer:
        if path == "/open-apis/auth/v3/tenant_access_token/internal":
            good = (body["app_id"], body["app_secret"]) == (APP, SECRET)
            return 200, {"code": 0, "msg": "ok", "tenant_access_token": "t"} if good else {
                "code": 10003,
                "msg": "invalid param",
            }
        if path == "/open-apis/authen/v2/oauth/token":
            begun = self.codes.pop(body["code"], None)
            if (body["client_id"], body["client_secret"], body["grant_type"]) != (
                APP,
                SECRET,
                "authorization_code",
            ):
                return 400, {
                    "code": 20002,
                    "error": "invalid_client",
                    "error_description": "client secret is invalid",
                }
            hashed = base64.urlsafe_b64encode(
                hashlib.sha256(body["code_verifier"].encode()).digest()
            ).decode()
            fits = (
                begun
                and begun["redirect_uri"] == body["redirect_uri"]
                and begun["code_challenge"] == hashed.rstrip("=")
            )
            if not fits:
                return 400, {
                    "code": 20003,
                    "error": "invalid_grant",
                    "error_description": "code is not found",
                }
            return 200, {"code": 0, "access_token": self._token(), "expires_in": 7200, "token_type": "Bearer"}
        if headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return 400, {"code": 20005, "msg": "The user access token passed is invalid."}
        return 200, {"code": 0, "msg": "success", "data": {
            "name": self.name, "open_id": "ou_1", "union_id": self.person, "email": "typed@elsewhere.example",
            "enterprise_email": self.email, "tenant_key": self.firm}}  # fmt: skip

    def wecom(self, path: str, query: dict[str, str]) -> Answer:
        if path == "/cgi-bin/gettoken":
            if (query["corpid"], query["corpsecret"]) != (FIRM, SECRET):
                return 200, {"errcode": 40001, "errmsg": f"invalid credential {query['corpsecret']}"}
            return 200, {"errcode": 0, "errmsg": "ok", "access_token": self._token(), "expires_in": 7200}
        if query.get("access_token") not in self.tokens:
            return 200, {"errcode": 40014, "errmsg": "invalid access_token"}
        if path == "/cgi-bin/auth/getuserinfo":
            if self.codes.pop(query["code"], None) is None:
                return 200, {"errcode": 40029, "errmsg": "invalid code"}
            shown = {"openid": "oX", "external_userid": "wmX"} if self.outside else {"userid": self.person}
            return 200, {"errcode": 0, "errmsg": "ok", **shown}
        if not self.directory:
            return 200, {"errcode": 60011, "errmsg": "no privilege to access/modify contact"}
        return 200, {
            "errcode": 0,
            "errmsg": "ok",
            "userid": query["userid"],
            "name": self.name,
            "biz_mail": self.email,
        }


@contextmanager
def running() -> Iterator[OfficeServer]:
    """The platforms on a port of their own."""
    state = OfficeServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {key: values[0] for key, values in parse_qs(parts.query).items()}
            state.asked.append(parts.path)
            if parts.path in ("/dingtalk", "/feishu", "/wecom"):
                self.send_response(302)
                self.send_header("Location", state.page(parts.path, query))
                self.end_headers()
            elif parts.path.startswith("/cgi-bin/"):
                self._say(*state.wecom(parts.path, query))
            elif parts.path.startswith("/open-apis/"):
                self._say(*state.feishu(parts.path, {}, self.headers))
            else:
                self._say(*state.dingtalk(parts.path, {}, self.headers))

        def do_POST(self) -> None:
            state.asked.append(self.path)
            assert self.headers["Content-Type"].startswith("application/json")
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answers = state.feishu if self.path.startswith("/open-apis/") else state.dingtalk
            self._say(*answers(self.path, body, self.headers))

        def _say(self, status: int, body: dict[str, Any]) -> None:
            sent = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.base = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
