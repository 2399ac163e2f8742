"""The checks of `guanxi doctor` that look at this machine and its settings.

*Rules*: see doctor.py.
"""

import difflib
import os
import smtplib
import stat
from collections.abc import Callable
from urllib.parse import urlsplit

from guanxi.config.database import secret_key
from guanxi.config.diagnosis import Check, Status
from guanxi.config.env import get_env, list_settings
from guanxi.config.fonts import find_cjk_font
from guanxi.config.home import LEAST_FREE_MB, free_mb
from guanxi.config.production import weaknesses
from guanxi.engine.bounces.imap import Mailbox, MailboxProblem, opened
from guanxi.kit.text import Text
from guanxi.web.static_files import FOLDER

WARN_FREE_MB = 2048
MAIL_SECONDS = 5

_DISK = Text("磁盘", "Disk")
_FONTS = Text("中文字体", "Chinese font")
_MAIL = Text("邮件", "Mail")
_MAILBOX = Text("退信邮箱", "Undelivered mail")
_ADDRESS = Text("网址", "Address")
_SETTINGS = Text("设置", "Settings")
_KEY = Text("密钥文件", "Key file")
_PRODUCTION = Text("安全设置", "Secure set-up")
_FRONT_END = Text("网页界面", "Web app")
_INTERNAL = {"GUANXI_PART", "GUANXI_DB_ROLE", "GUANXI_PARENT", "GUANXI_WAITS"}


def disk() -> Check:
    """There is room for data."""
    home = get_env().folder
    free = free_mb(home)
    status: Status = "fail" if free < LEAST_FREE_MB else "warn" if free < WARN_FREE_MB else "ok"
    found = Text("{home} 还有 {free} MB", "{free} MB free at {home}")
    advice = Text(
        "请清理磁盘，或把 GUANXI_HOME 移到更大的盘上。",
        "Free some space, or move GUANXI_HOME to a larger disk.",
    )
    return Check(
        "disk", _DISK, status, found, None if status == "ok" else advice, {"home": home, "free": f"{free:,}"}
    )


def fonts() -> Check:
    """Documents can be printed in Chinese."""
    font = find_cjk_font()
    if font is not None:
        return Check("fonts", _FONTS, "ok", Text.of("{font}"), values={"font": font.name})
    found = Text(
        "没有找到；打印的文档里汉字会缺失", "none found; printed documents would lack their characters"
    )
    advice = Text(
        "请安装一种中文字体，例如 Debian/Ubuntu：apt-get install fonts-wqy-microhei",
        "Install one, for example on Debian or Ubuntu: apt-get install fonts-wqy-microhei",
    )
    return Check("fonts", _FONTS, "warn", found, advice)


def mail() -> Check:
    """Mails can leave."""
    env = get_env()
    if not env.email_url:
        found = Text(
            "没有设置邮件服务器；邮件写入 {folder}", "no mail server is set; mails are written to {folder}"
        )
        advice = Text(
            "请设置 GUANXI_EMAIL_URL，例如 smtp://用户:密码@主机:587",
            "Set GUANXI_EMAIL_URL, for example smtp://user:password@host:587",
        )
        return Check("mail", _MAIL, "warn", found, advice, {"folder": env.folder / "mail"})
    parts = urlsplit(env.email_url)
    place = f"{parts.hostname}:{parts.port or (465 if parts.scheme == 'smtps' else 587)}"
    host, port = place.rsplit(":", 1)
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        kind(host, int(port), timeout=MAIL_SECONDS).quit()
    except (OSError, smtplib.SMTPException) as error:
        found = Text(
            "邮件服务器 {place} 没有应答：{reason}", "the mail server {place} does not answer: {reason}"
        )
        advice = Text("请检查 GUANXI_EMAIL_URL 和网络。", "Check GUANXI_EMAIL_URL and the network.")
        return Check("mail", _MAIL, "fail", found, advice, {"place": place, "reason": error})
    return Check("mail", _MAIL, "ok", Text("{place} 有应答", "{place} answers"), values={"place": place})


def mailbox() -> Check:
    """Undelivered mail is found, where a mailbox for it is named."""
    url = get_env().bounce_mailbox
    if not url:
        return Check("mailbox", _MAILBOX, "ok", Text("没有设置，不读退信", "none is named, so none is read"))
    box = Mailbox.of(url)
    place = f"{box.host}:{box.port}"
    try:
        with opened(box):
            pass
    except MailboxProblem as problem:
        found = Text("打不开 {place} 上的邮箱：{reason}", "the mailbox at {place} cannot be opened: {reason}")
        advice = Text(
            "请检查 GUANXI_BOUNCE_MAILBOX；不少邮箱要先开启 IMAP，并使用授权码而不是登录密码。",
            "Check GUANXI_BOUNCE_MAILBOX. Many providers want IMAP switched on and a password made for programs.",
        )
        return Check("mailbox", _MAILBOX, "fail", found, advice, {"place": place, "reason": problem})
    return Check(
        "mailbox", _MAILBOX, "ok", Text("{place} 可以打开", "{place} can be opened"), values={"place": place}
    )


def address() -> Check:
    """The address in mails is one that people can open."""
    env = get_env()
    is_outside = env.host not in ("127.0.0.1", "localhost", "::1")
    if is_outside and not env.public_url:
        found = Text("邮件里的链接会指向 {url}", "links in mails will point to {url}")
        advice = Text(
            "请把 GUANXI_PUBLIC_URL 设为用户实际打开的网址。",
            "Set GUANXI_PUBLIC_URL to the address that people open.",
        )
        return Check("address", _ADDRESS, "warn", found, advice, {"url": env.url})
    if not env.is_https and urlsplit(env.url).hostname not in ("127.0.0.1", "localhost", "::1"):
        found = Text("{url} 没有加密", "{url} is not encrypted")
        advice = Text(
            "请在前面放一个提供 https 的反向代理，并设置 GUANXI_PUBLIC_URL 和 GUANXI_TRUSTED_PROXIES。",
            "Put a reverse proxy with https in front, and set GUANXI_PUBLIC_URL and GUANXI_TRUSTED_PROXIES.",
        )
        return Check("address", _ADDRESS, "warn", found, advice, {"url": env.url})
    return Check("address", _ADDRESS, "ok", Text.of("{url}"), values={"url": env.url})


def settings() -> Check:
    """No variable is misspelt, and debugging is off."""
    known = [setting.name for setting in list_settings()]
    strange = sorted(n for n in os.environ if n.startswith("GUANXI_") and n not in {*known, *_INTERNAL})
    if strange:
        near = difflib.get_close_matches(strange[0], known, n=1)
        found = Text("不认识的环境变量：{names}", "unknown environment variables: {names}")
        advice = Text("请核对拼写{near_zh}。", "Check the spelling{near}.")
        values: dict[str, object] = {
            "names": ", ".join(strange),
            "near": f" (did you mean {near[0]}?)" if near else "",
            "near_zh": f"（是不是 {near[0]}？）" if near else "",
        }
        return Check("settings", _SETTINGS, "warn", found, advice, values)
    if get_env().debug:
        found = Text("GUANXI_DEBUG 打开着", "GUANXI_DEBUG is on")
        return Check("settings", _SETTINGS, "warn", found, Text("用完请关闭。", "Switch it off when done."))
    return Check("settings", _SETTINGS, "ok", Text("没有问题", "fine"))


def key_file() -> Check:
    """The key of signatures is ours alone."""
    kept = get_env().folder / "secret_key"
    if not kept.exists():
        return Check("key_file", _KEY, "ok", Text("由 GUANXI_SECRET_KEY 给出", "given by GUANXI_SECRET_KEY"))
    if stat.S_IMODE(kept.stat().st_mode) & 0o077:
        found = Text("别的用户可以读取 {file}", "other users can read {file}")
        return Check("key_file", _KEY, "fail", found, Text.of("chmod 600 {file}"), {"file": kept})
    return Check("key_file", _KEY, "ok", Text("只有本用户可读", "readable to this user alone"))


def production() -> Check:
    """Nothing about the set-up is weak; a failure in production mode, a hint otherwise."""
    env = get_env()
    found = weaknesses(env, secret_key(env))
    if not found:
        return Check("production", _PRODUCTION, "ok", Text("没有发现弱点", "no weakness found"))
    zh, en = (" ".join(text.in_(locale) for text in found) for locale in ("zh-CN", "en"))
    if env.production:
        advice = Text(
            "请逐条改正；改正之前 Guanxi 不会启动。", "Put each right; Guanxi does not start before."
        )
        return Check("production", _PRODUCTION, "fail", Text("{zh}", "{en}"), advice, {"zh": zh, "en": en})
    advice = Text(
        "正式使用前请改正，并设置 GUANXI_PRODUCTION=on。",
        "Put these right before real use, and set GUANXI_PRODUCTION=on.",
    )
    return Check("production", _PRODUCTION, "warn", Text("{zh}", "{en}"), advice, {"zh": zh, "en": en})


def front_end() -> Check:
    """The web app is built."""
    if (FOLDER / "app" / "index.html").exists():
        return Check("front_end", _FRONT_END, "ok", Text("已构建", "built"))
    found = Text("没有构建", "not built")
    advice = Text("请用 script/run 启动，它会先构建。", "Start with script/run, which builds it first.")
    return Check("front_end", _FRONT_END, "fail", found, advice)


CHECKS: tuple[tuple[Text, Callable[[], Check]], ...] = (
    (_DISK, disk),
    (_FONTS, fonts),
    (_MAIL, mail),
    (_MAILBOX, mailbox),
    (_ADDRESS, address),
    (_SETTINGS, settings),
    (_KEY, key_file),
    (_PRODUCTION, production),
    (_FRONT_END, front_end),
)
