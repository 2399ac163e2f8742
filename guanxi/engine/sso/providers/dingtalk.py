"""DingTalk 钉钉: the open platform's sign-in for third-party websites.

Source: open.dingtalk.com, "Obtain the access token of a user" (`POST /v1.0/oauth2/userAccessToken`) and "Query a
user's personal information" (`GET /v1.0/contact/users/me`), sign-in page `login.dingtalk.com/oauth2/auth`.

*How it works*: with the scope `corpid` people choose their firm on DingTalk's page, and the token names it; only
the firm that was entered is let in. People are known by `unionId`, which stays the same in all apps of a firm.
"""

from collections.abc import Mapping
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


class DingTalk(Corporate):
    """Sign-in by DingTalk."""

    kind = "dingtalk"
    label = Text("钉钉", "DingTalk")
    code_name = "authCode"
    page = "https://login.dingtalk.com/oauth2/auth"
    api = "https://api.dingtalk.com"
    asks = (
        Ask("client_id", Text("应用的 Client ID（原 AppKey）", "Client ID of the app (AppKey)")),
        Ask(
            "corp_id",
            Text("企业的 CorpId", "CorpId of the company"),
            Text(
                "在钉钉开发者后台首页可以看到，以 ding 开头。",
                "On the first page of DingTalk's developer console; begins with ding.",
            ),
        ),
    )

    def check(self, setup: Setup) -> None:
        """Ask for the app's own token: number and secret are right."""
        self._post(
            "/v1.0/oauth2/accessToken", {"appKey": setup.config["client_id"], "appSecret": setup.secret}
        )

    def start(self, setup: Setup, this: Round) -> str:
        """DingTalk's page."""
        query = {
            "redirect_uri": setup.back,
            "response_type": "code",
            "client_id": setup.config["client_id"],
            "scope": "openid corpid",
            "prompt": "consent",
            "exclusiveLogin": "true",
            "exclusiveCorpId": setup.config["corp_id"],
            "state": this.state,
        }
        return f"{self.page}?{urlencode(query)}"

    def person(self, setup: Setup, this: Round, code: str, params: Mapping[str, str]) -> Person:
        """Exchange the code, see which firm it is of, and ask who it is."""
        found = self._post(
            "/v1.0/oauth2/userAccessToken",
            {
                "clientId": setup.config["client_id"],
                "clientSecret": setup.secret,
                "code": code,
                "grantType": "authorization_code",
            },
        )
        token = needed(found, "accessToken", "userAccessToken")
        check_firm(text_of(found.get("corpId")), setup.config["corp_id"])
        me = ask_json(
            "GET", f"{self.api}/v1.0/contact/users/me", headers={"x-acs-dingtalk-access-token": token}
        )
        # Address and number are what the person typed into DingTalk: nobody has verified them for the firm.
        return Person(
            issuer=f"dingtalk:{setup.config['corp_id']}",
            subject=needed(me, "unionId", "users/me")[:255],
            name=text_of(me.get("nick"), 100),
        )

    def _post(self, path: str, body: dict[str, str]) -> dict[str, object]:
        sent = {"content-type": "application/json"}
        found = ask_json("POST", self.api + path, content=orjson.dumps(body), headers=sent)
        if not text_of(found.get("accessToken"), 2000):
            raise SsoFailure(
                "provider", f"{path}: {text_of(found.get('code'), 60)} {text_of(found.get('message'), 120)}"
            )
        return found


providers.register(DingTalk())
