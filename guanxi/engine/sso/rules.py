"""What a firm may say about who comes in by its identity provider, as plain rules."""

import re

JOIN_ROLES = ("member", "manager", "read_only", "limited")
MOST_CONNECTIONS = 10
MOST_DOMAINS = 50
# Where the proof of a domain stands in the DNS (RFC 8552: names with an underscore).
PROOF_LABEL = "_guanxi"
_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(\.{_LABEL})+\Z")
# Anybody can have an address here: no firm's own.
SHARED_DOMAINS = frozenset({
    "126.com", "139.com", "163.com", "189.cn", "aliyun.com", "aol.com", "foxmail.com", "gmail.com", "gmx.com", "gmx.de",
    "gmx.net", "googlemail.com", "hotmail.com", "icloud.com", "live.cn", "live.com", "mail.com", "mail.ru", "me.com",
    "msn.com", "outlook.com", "proton.me", "protonmail.com", "qq.com", "sina.cn", "sina.com", "sohu.com", "tom.com",
    "vip.163.com", "vip.qq.com", "web.de", "yahoo.com", "yandex.com", "yandex.ru", "yeah.net",
})  # fmt: skip


def tidy_domain(text: str) -> str | None:
    """A mail domain in its one spelling; None for what is none, or everybody's."""
    try:
        domain = text.strip().lstrip("@").rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        return None
    known = len(domain) <= 253 and _DOMAIN.match(domain) and not domain.split(".")[-1].isdigit()
    return domain if known and domain not in SHARED_DOMAINS else None


def domain_of(email: str) -> str:
    """The domain of an address, as `tidy_domain` writes it; empty for none."""
    return tidy_domain(email.rpartition("@")[2]) or ""


def is_own_path(path: str) -> bool:
    """Whether this leads to a page of ours: a path, and nothing that a browser reads as another place."""
    plain = path.isprintable() and "\\" not in path and len(path) <= 500
    return plain and path.startswith("/") and not path.startswith("//")
