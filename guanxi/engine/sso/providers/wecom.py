"""WeCom 企业微信: sign-in by the web page of an app of one's own.

Source: developer.work.weixin.qq.com, "企业微信Web登录" (`wwlogin/sso/login`), "获取access_token" (`cgi-bin/gettoken`),
"获取用户登录身份" (`cgi-bin/auth/getuserinfo`), "读取成员" (`cgi-bin/user/get`).

*How it works*: the app's token belongs to the firm, so that a code can only be of somebody the app knows; who is not
a member of the firm (an external contact) comes back without `userid` and is refused. Names are asked for where
the app may see them.

*Rules*: the platform takes secret and token in addresses; they stand in no log and no message.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

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


class WeCom(Corporate):
    """Sign-in by WeCom."""

    kind = "wecom"
    label = Text("企业微信", "WeCom")
    page = "https://login.work.weixin.qq.com/wwlogin/sso/login"
    api = "https://qyapi.weixin.qq.com"
    asks = (
        Ask("corp_id", Text("企业 ID（CorpID）", "CorpID of the company")),
        Ask("agent_id", Text("应用的 AgentId", "AgentId of the app")),
    )

    def check(self, setup: Setup) -> None:
        """Ask for the app's token: number and secret are right."""
        self._token(setup)

    def start(self, setup: Setup, this: Round) -> str:
        """WeCom's page, with the code to be scanned."""
        query = {
            "login_type": "CorpApp",
            "appid": setup.config["corp_id"],
            "agentid": setup.config["agent_id"],
            "redirect_uri": setup.back,
            "state": this.state,
        }
        return f"{self.page}?{urlencode(query)}"

    def person(self, setup: Setup, this: Round, code: str, params: Mapping[str, str]) -> Person:
        """Ask who the code is of, and what they are called."""
        if "appid" in params:
            check_firm(params["appid"], setup.config["corp_id"])
        token = self._token(setup)
        found = self._get("/cgi-bin/auth/getuserinfo", access_token=token, code=code)
        subject = text_of(found.get("userid"))
        if not subject:
            raise SsoFailure("domain", "not a member of the company")
        try:
            told = self._get("/cgi-bin/user/get", access_token=token, userid=subject)
        except SsoFailure:  # the app may not see the directory: the number has to do
            told = {}
        return Person(
            issuer=f"wecom:{setup.config['corp_id']}",
            subject=subject,
            name=text_of(told.get("name"), 100) or subject,
            email=text_of(told.get("biz_mail"), 254).lower(),
        )

    def _token(self, setup: Setup) -> str:
        found = self._get("/cgi-bin/gettoken", corpid=setup.config["corp_id"], corpsecret=setup.secret)
        return needed(found, "access_token", "gettoken")

    def _get(self, path: str, **params: str) -> dict[str, Any]:
        found = ask_json("GET", self.api + path, params=params)
        if found.get("errcode", 0) != 0:
            # `errmsg` can quote what was sent.
            raise SsoFailure("provider", f"{path}: errcode {found.get('errcode')!s:.12}")
        return found


providers.register(WeCom())
