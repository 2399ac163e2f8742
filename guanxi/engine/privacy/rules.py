"""What the law says about reasons to handle personal data, in pure Python: bases, channels, separate consent.

PIPL is the Personal Information Protection Law of the PRC (个人信息保护法, in force since 2021-11-01); articles
are cited where a rule comes from them.

*See*: deciding.py, which applies `judge` to what the ledger holds.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from guanxi.kit.text import Text

GENERAL = "general"
CONSENT = "consent"
GIVEN, WITHDRAWN, DENIED = "given", "withdrawn", "denied"
STATES = (GIVEN, WITHDRAWN, DENIED)


@dataclass(frozen=True, slots=True)
class Basis:
    """A reason the law accepts; `yields` to whoever objects (PIPL art. 24, 27; GDPR art. 21)."""

    key: str
    label: Text
    article: Text
    yields: bool = False


BASES = {
    basis.key: basis
    for basis in (
        Basis(CONSENT, Text("取得个人同意", "Consent"), Text("个保法第十三条第（一）项", "PIPL art. 13(1); GDPR 6(1)(a)")),
        Basis("contract", Text("订立、履行合同所必需", "Needed for a contract with the person"),
              Text("个保法第十三条第（二）项", "PIPL art. 13(2); GDPR 6(1)(b)")),
        Basis("staff", Text("依法实施人力资源管理所必需", "Needed to manage staff by lawful rules"),
              Text("个保法第十三条第（二）项", "PIPL art. 13(2)")),
        Basis("duty", Text("履行法定职责或者法定义务所必需", "Needed for a duty by law"),
              Text("个保法第十三条第（三）项", "PIPL art. 13(3); GDPR 6(1)(c)")),
        Basis("emergency", Text("应对突发公共卫生事件，或紧急情况下保护生命健康和财产安全", "Public-health emergencies; saving life, health, property"),
              Text("个保法第十三条第（四）项", "PIPL art. 13(4); GDPR 6(1)(d)")),
        Basis("news", Text("为公共利益实施新闻报道、舆论监督", "News and scrutiny in the public interest"),
              Text("个保法第十三条第（五）项", "PIPL art. 13(5)"), yields=True),
        Basis("disclosed", Text("在合理范围内处理已合法公开的个人信息", "Data lawfully made public, within reason"),
              Text("个保法第十三条第（六）项、第二十七条", "PIPL art. 13(6), 27"), yields=True),
        Basis("law", Text("法律、行政法规规定的其他情形", "Another case named by law"),
              Text("个保法第十三条第（七）项", "PIPL art. 13(7)")),
        Basis("interests", Text("正当利益（仅限适用 GDPR 的个人，个保法不承认）", "Legitimate interests (GDPR only; no basis under PIPL)"),
              Text("GDPR 第 6(1)(f) 条", "GDPR 6(1)(f)"), yields=True),
    )
}  # fmt: skip

CHANNELS = {
    "phone": Text("电话", "Phone"),
    "sms": Text("短信", "SMS"),
    "email": Text("邮件", "E-mail"),
    "wechat": Text("微信 / 企业微信", "WeChat / WeCom"),
    "post": Text("邮寄", "Post"),
}
ANY_CHANNEL = Text("不限渠道", "No channel")

SEPARATE = {
    "sensitive": Text("敏感个人信息（第二十九条）", "Sensitive data (art. 29)"),
    "sharing": Text("向他人提供（第二十三条）", "Sharing with others (art. 23)"),
    "public": Text("公开（第二十五条）", "Making public (art. 25)"),
    "abroad": Text("向境外提供（第三十九条）", "Sending abroad (art. 39)"),
}
SCOPES = (GENERAL, *SEPARATE)

SOURCES = {
    "form": Text("网页表单", "Form"),
    "call": Text("电话", "Call"),
    "paper": Text("书面", "Paper"),
    "chat": Text("聊天", "Chat"),
    "email": Text("邮件", "E-mail"),
    "import": Text("导入", "Import"),
    "link": Text("撤回链接", "Withdrawal link"),
    "request": Text("个人信息请求", "Request of the person"),
    "api": Text("接口", "API"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """The last word of a person to a purpose, on one channel or of one scope."""

    state: str
    at: datetime
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """What a purpose takes: its basis, its channels, its separate consents, and since when words count."""

    basis: str
    channels: Collection[str]
    separate: Collection[str]
    renewed_at: datetime | None = None
    retired: bool = False


ALLOWED = frozenset({"consented", "not_needed"})
REASONS = {
    "consented": Text("已于 {at} 同意", "Consented on {at}"),
    "not_needed": Text("依据「{basis}」，不需要同意", "Rests on “{basis}”; no consent is needed"),
    "no_consent": Text("没有同意记录", "No consent on record"),
    "withdrawn": Text("已于 {at} 撤回同意", "Withdrew on {at}"),
    "denied": Text("已于 {at} 拒绝", "Refused on {at}"),
    "expired": Text("同意已于 {at} 到期", "The consent ran out on {at}"),
    "renewal_needed": Text(
        "告知内容变更后尚未重新同意", "The notice has changed; consent must be given anew"
    ),
    "separate_missing": Text("缺少单独同意：{scope}", "Separate consent is missing: {scope}"),
    "channel_not_covered": Text("该处理目的不包括此渠道", "The purpose does not cover this channel"),
    "purpose_unknown": Text("没有这个处理目的", "There is no such purpose"),
    "purpose_retired": Text("该处理目的已停用", "The purpose is no longer in use"),
    "gone": Text("记录不存在或已删除", "The record is not there or was deleted"),
    "blocked": Text("已限制处理", "Processing is restricted"),
}


def judge(
    demand: Demand, channel: str, said: Mapping[tuple[str, str], Said], now: datetime
) -> tuple[str, Said | None, str]:
    """Whether a person may be reached for a purpose on a channel: `(reason, the word it rests on, scope)`.

    `said` maps (channel, scope) to the last word. Consent rules (PIPL art. 14-16, 29): it must have been given, not taken
    back, not be older than the last renewal, and every separate consent must have been given as well. What rests
    on another basis needs none, but yields to an objection where the law lets people object.
    """
    if demand.retired:
        return "purpose_retired", None, GENERAL
    covered = set(demand.channels) or {GENERAL}
    if channel not in covered:
        return "channel_not_covered", None, GENERAL
    word = said.get((channel, GENERAL))
    if demand.basis != CONSENT:
        basis = BASES.get(demand.basis)
        if word is not None and word.state != GIVEN and (basis is None or basis.yields):
            return word.state, word, GENERAL
        return _separate(demand, said, now) or ("not_needed", None, GENERAL)
    trouble = _trouble(demand, word, now)
    if trouble is not None:
        return trouble, word, GENERAL
    return _separate(demand, said, now) or ("consented", word, GENERAL)


def _separate(
    demand: Demand, said: Mapping[tuple[str, str], Said], now: datetime
) -> tuple[str, Said | None, str] | None:
    """The first separate consent that is missing; separate consents hang on no channel."""
    for scope in SEPARATE:
        if scope in demand.separate:
            word = said.get((GENERAL, scope))
            if _trouble(demand, word, now) is not None:
                return "separate_missing", word, scope
    return None


def _trouble(demand: Demand, word: Said | None, now: datetime) -> str | None:
    if word is None:
        return "no_consent"
    if word.state != GIVEN:
        return word.state
    if word.expires_at is not None and word.expires_at <= now:
        return "expired"
    if demand.renewed_at is not None and demand.renewed_at <= now and word.at < demand.renewed_at:
        return "renewal_needed"
    return None
