"""Feishu 飞书, and Lark, its sister for the rest of the world: sign-in for websites.

Source: open.feishu.cn, "Obtain an authorization code", "Get user_access_token" (v2, `/open-apis/authen/v2/oauth/token`,
with PKCE) and "Get user information" (`/open-apis/authen/v1/user_info`).

*How it works*: `tenant_key` names the person's firm; only the firm that was entered is let in. People are known by
`union_id`. Of the two addresses only the one that the firm gave out (`enterprise_email`) counts.
"""

import base64
import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import orjson

from guanxi.engine.sso.providers.base import (
    Ask,
    Person,
    Round,
    Setup,
    SsoFailure,
    ask_json,
    providers,
    text_of,
)
from guanxi.engine.sso.providers.corporate import Corporate, check_firm, needed
from guanxi.kit.text import Text


class Feishu(Corporate):
    """Sign-in by Feishu."""

    kind = "feishu"
    label = Text("飞书", "Feishu")
    page = "https://accounts.feishu.cn/open-apis/authen/v1/authorize"
    api = "https://open.feishu.cn"
    asks = (
        Ask("client_id", Text("应用的 App ID", "App ID")),
        Ask(
            "tenant_key",
            Text("企业的 tenant_key", "The company's tenant_key"),
            Text(
                "企业在飞书里的唯一标识，可用开放平台的「获取企业信息」接口查到。",
                "The company's number at Feishu; the open platform's “Get tenant information” shows it.",
            ),
        ),
    )

    def check(self, setup: Setup) -> None:
        """Ask for the app's own token: number and secret are right."""
        body = {"app_id": setup.config["client_id"], "app_secret": setup.secret}
        self._post("/open-apis/auth/v3/tenant_access_token/internal", body)

    def start(self, setup: Setup, this: Round) -> str:
        """Feishu's page."""
        hashed = hashlib.sha256(this.verifier.encode()).digest()
        query = {
            "client_id": setup.config["client_id"],
            "response_type": "code",
            "redirect_uri": setup.back,
            "state": this.state,
            "code_challenge": base64.urlsafe_b64encode(hashed).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return f"{self.page}?{urlencode(query)}"

    def person(self, setup: Setup, this: Round, code: str, params: Mapping[str, str]) -> Person:
        """Exchange the code, ask who it is, and see which firm they are of."""
        found = self._post(
            "/open-apis/authen/v2/oauth/token",
            {
                "grant_type": "authorization_code",
                "client_id": setup.config["client_id"],
                "client_secret": setup.secret,
                "code": code,
                "redirect_uri": setup.back,
                "code_verifier": this.verifier,
            },
        )
        token = needed(found, "access_token", "oauth/token")
        told = ask_json(
            "GET", f"{self.api}/open-apis/authen/v1/user_info", headers={"authorization": f"Bearer {token}"}
        )
        me = _worked(told, "user_info").get("data")
        if not isinstance(me, dict):
            raise SsoFailure("provider", "user_info: no data")
        check_firm(text_of(me.get("tenant_key")), setup.config["tenant_key"])
        return Person(
            issuer=f"{self.kind}:{setup.config['tenant_key']}",
            subject=needed(me, "union_id", "user_info")[:255],
            name=text_of(me.get("name"), 100),
            email=text_of(me.get("enterprise_email"), 254).lower(),
        )

    def _post(self, path: str, body: dict[str, str]) -> dict[str, Any]:
        sent = {"content-type": "application/json; charset=utf-8"}
        return _worked(ask_json("POST", self.api + path, content=orjson.dumps(body), headers=sent), path)


class Lark(Feishu):
    """Sign-in by Lark: the same, elsewhere."""

    kind = "lark"
    label = Text("Lark（飞书国际版）", "Lark")
    page = "https://accounts.larksuite.com/open-apis/authen/v1/authorize"
    api = "https://open.larksuite.com"


def _worked(found: dict[str, Any], what: str) -> dict[str, Any]:
    """The answer when its `code` is 0; raises SsoFailure."""
    if found.get("code") != 0:
        said = text_of(found.get("msg") or found.get("error_description"), 120)
        raise SsoFailure("provider", f"{what}: {found.get('code')!s:.20} {said}")
    return found


providers.register(Feishu())
providers.register(Lark())
