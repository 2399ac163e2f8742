"""Every mail about accounts, in both languages.

*How it works*: `MAILS` maps allauth's template prefix (and ours, `identity/…`) to subject and body;
`write` fills one in the reader's language. Links come ready-made from the caller.

*Rules*: plain text; no host name of a request; nothing that a stranger typed except what the reader
needs to recognise (the address, the inviter's name in the workspace).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail before its blanks are filled."""

    subject: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail; one of the type text/calendar also stands in the mail itself, as RFC 6047 has it."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class WrittenMail:
    """A mail as it goes out; it lies in the worker's queue, so what goes with it is small (`MAX_ATTACHED` bytes)."""

    subject: str
    body: str
    attachments: tuple[Attachment, ...] = ()


MAX_ATTACHED = 8 * 1024 * 1024


def write(key: str, locale: str, values: Mapping[str, object]) -> WrittenMail:
    """The mail `key` in `locale`; raises KeyError for one we do not know."""
    mail = MAILS[key]
    greeting = _FRAME.in_(locale, body=mail.body.in_(locale, **values))
    subject = " ".join(mail.subject.in_(locale, **values).split())
    return WrittenMail(subject=subject, body=greeting)


_FRAME = Text("你好：\n\n{body}\n\n—— Guanxi 关系\n", "Hello,\n\n{body}\n\nGuanxi 关系\n")

_NOT_YOU = Text(
    "\n\n时间：{timestamp}\n地址：{ip}\n浏览器：{user_agent}\n\n如果不是你本人操作，请立即重设密码并联系管理员。",
    "\n\nTime: {timestamp}\nAddress: {ip}\nBrowser: {user_agent}\n\n"
    "If this was not you, reset your password now and tell your administrator.",
)


def _notice(zh_subject: str, en_subject: str, zh: str, en: str) -> Mail:
    return Mail(Text(zh_subject, en_subject), Text(zh + _NOT_YOU.zh, en + _NOT_YOU.en))


_CONFIRM = Mail(
    Text("请确认你的邮箱地址", "Please confirm your e-mail address"),
    Text(
        "请打开下面的链接，确认这个邮箱地址属于你：\n\n{activate_url}\n\n如果你没有注册 Guanxi，请忽略本邮件。",
        "Open this link to confirm that this address is yours:\n\n{activate_url}\n\n"
        "If you did not sign up for Guanxi, ignore this mail.",
    ),
)

MAILS: dict[str, Mail] = {
    "identity/invitation": Mail(
        Text("{inviter} 邀请你加入「{workspace}」", "{inviter} invites you to join {workspace}"),
        Text(
            "{inviter} 邀请你在 Guanxi 加入「{workspace}」。请在 {days} 天内打开下面的链接接受邀请：\n\n{url}\n\n"
            "如果你不认识对方，请忽略本邮件。",
            "{inviter} invites you to join {workspace} on Guanxi. Open this link within {days} days to accept:"
            "\n\n{url}\n\nIf you do not know them, ignore this mail.",
        ),
    ),
    "account/email/password_reset_key": Mail(
        Text("重设你的密码", "Reset your password"),
        Text(
            "请在一小时内打开下面的链接重设密码，链接只能使用一次：\n\n{password_reset_url}\n\n"
            "如果不是你本人的请求，请忽略本邮件，密码不会改变。",
            "Open this link within an hour to set a new password; it works once:\n\n{password_reset_url}\n\n"
            "If you did not ask for this, ignore this mail and your password stays as it is.",
        ),
    ),
    "account/email/email_confirmation": _CONFIRM,
    "account/email/email_confirmation_signup": _CONFIRM,
    "account/email/account_already_exists": Mail(
        Text("你已经有账号了", "You already have an account"),
        Text(
            "有人用 {email} 注册 Guanxi，但这个地址已经有账号。忘记了密码？请在这里重设：\n\n{password_reset_url}\n\n"
            "如果不是你本人操作，请忽略本邮件。",
            "Somebody tried to sign up for Guanxi with {email}, which already has an account. "
            "If you have forgotten the password, reset it here:\n\n{password_reset_url}\n\n"
            "If this was not you, ignore this mail.",
        ),
    ),
    "account/email/email_changed": _notice(
        "你的邮箱地址已更改",
        "Your e-mail address has changed",
        "你登录 Guanxi 的邮箱已由 {from_email} 改为 {to_email}。",
        "The address you sign in to Guanxi with has changed from {from_email} to {to_email}.",
    ),
    "account/email/email_confirm": _notice(
        "你的邮箱地址已确认",
        "Your e-mail address is confirmed",
        "你的邮箱地址已确认。",
        "Your e-mail address is confirmed.",
    ),
    "account/email/email_deleted": _notice(
        "邮箱地址已移除",
        "An e-mail address was removed",
        "邮箱地址 {deleted_email} 已移除。",
        "The address {deleted_email} was removed.",
    ),
    "account/email/password_changed": _notice(
        "你的密码已更改",
        "Your password has changed",
        "你的密码刚刚被更改。",
        "Your password has just been changed.",
    ),
    "account/email/password_reset": _notice(
        "你的密码已重设",
        "Your password was reset",
        "你的密码刚刚被重设。",
        "Your password has just been reset.",
    ),
    "account/email/password_set": _notice(
        "你已设置密码",
        "Your password is set",
        "你的账号刚刚设置了密码。",
        "A password has just been set for your account.",
    ),
    "entry/new_device": Mail(
        Text("新设备登录了你的账号", "Your account was used on a new device"),
        Text(
            "你的 Guanxi 账号刚刚在一台没有用过的设备、一个没有用过的网络上登录。\n\n时间：{at}\n地址：{ip}\n"
            "浏览器：{user_agent}\n\n如果是你本人，无需处理。如果不是，请立即修改密码，并在这里让其他设备退出：\n{url}",
            "Your Guanxi account has just been used on a device and a network that are new to it.\n\nTime: {at}\n"
            "Address: {ip}\nBrowser: {user_agent}\n\nIf this was you, there is nothing to do. If not, change your "
            "password now and sign the other devices out here:\n{url}",
        ),
    ),
    "entry/locked": Mail(
        Text("多次输错密码，密码登录已暂停", "Signing in by password is paused after wrong attempts"),
        Text(
            "有人连续多次输错你的密码，{minutes} 分钟内（到 {end}）不能用密码登录，之后自动恢复。\n\n"
            "地址：{ip}\n浏览器：{user_agent}\n\n通行密钥不受影响；也可以重设密码，或请管理员提前解除。"
            "如果不是你本人，你的密码没有泄露，但建议换一个别处没用过的。",
            "Somebody has entered a wrong password for your account several times. Signing in by password is paused for "
            "{minutes} minutes, until {end}, and works again by itself after that.\n\nAddress: {ip}\n"
            "Browser: {user_agent}\n\nPasskeys still work; you can also reset the password, or ask an administrator "
            "to end the pause. If this was not you, your password is not known to them; still, use one that you use "
            "nowhere else.",
        ),
    ),
    "mfa/email/totp_activated": _notice(
        "已启用动态验证码",
        "Authenticator app switched on",
        "你的账号已启用动态验证码。",
        "Sign-in with an authenticator app is now on.",
    ),
    "mfa/email/totp_deactivated": _notice(
        "已停用动态验证码",
        "Authenticator app switched off",
        "你的账号已停用动态验证码。",
        "Sign-in with an authenticator app is now off.",
    ),
    "mfa/email/recovery_codes_generated": _notice(
        "已生成新的恢复码",
        "New recovery codes",
        "你的账号生成了新的恢复码，旧的已失效。",
        "New recovery codes were made; the old ones no longer work.",
    ),
    "mfa/email/webauthn_added": _notice(
        "已添加通行密钥",
        "A passkey was added",
        "你的账号添加了一个通行密钥。",
        "A passkey was added to your account.",
    ),
    "mfa/email/webauthn_removed": _notice(
        "已移除通行密钥",
        "A passkey was removed",
        "你的账号移除了一个通行密钥。",
        "A passkey was removed from your account.",
    ),
}
