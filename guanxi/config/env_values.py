"""How the text of an environment variable becomes a value.

*How it works*: each function returns a pair: the reader (raises ValueError when the text does not
fit) and, in both languages, what the text must be, for the sentence that names a wrong one.

*See*: env.py, where the settings use them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from guanxi.engine.outgoing.addresses import AllowList, name_server
from guanxi.engine.sso.rules import tidy_domain
from guanxi.kit.text import Text

Reader = tuple[Callable[[str], Any], Text]

_ON = {"1", "true", "yes", "on", "是"}
_OFF = {"0", "false", "no", "off", "否"}


def text(*, at_least: int = 1) -> Reader:
    """Any text of at least so many characters."""

    def read(raw: str) -> str:
        if len(raw) < at_least or "\0" in raw:
            raise ValueError(raw)
        return raw

    if at_least == 1:
        return read, Text("文字", "a text")
    return read, Text(f"至少 {at_least} 个字符的文字", f"a text of at least {at_least} characters")


def path() -> Reader:
    """A path in the file system."""

    def read(raw: str) -> Path:
        if "\0" in raw:
            raise ValueError(raw)
        return Path(raw)

    return read, Text("目录的路径", "the path of a folder")


def integer(lowest: int, highest: int) -> Reader:
    """A whole number in a range."""

    def read(raw: str) -> int:
        value = int(raw)
        if not lowest <= value <= highest:
            raise ValueError(raw)
        return value

    return read, Text(f"{lowest} 到 {highest} 之间的整数", f"a whole number from {lowest} to {highest}")


def switch() -> Reader:
    """On or off, in the usual spellings."""

    def read(raw: str) -> bool:
        word = raw.lower()
        if word in _ON:
            return True
        if word in _OFF:
            return False
        raise ValueError(raw)

    return read, Text("on 或 off", "on or off")


def choice(*values: str) -> Reader:
    """One of a few words; upper and lower case are alike."""
    by_lower = {value.lower(): value for value in values}

    def read(raw: str) -> str:
        try:
            return by_lower[raw.lower()]
        except KeyError:
            raise ValueError(raw) from None

    return read, Text("、".join(values) + " 之一", "one of " + ", ".join(values))


def clock_time() -> Reader:
    """A time of day, such as 02:30."""

    def read(raw: str) -> str:
        hour, _, minute = raw.partition(":")
        if not (hour.isdecimal() and minute.isdecimal() and len(minute) == 2):
            raise ValueError(raw)
        if int(hour) > 23 or int(minute) > 59:
            raise ValueError(raw)
        return f"{int(hour):02d}:{minute}"

    return read, Text("形如 02:30 的时间", "a time such as 02:30")


def words() -> Reader:
    """Words separated by commas."""

    def read(raw: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in raw.split(",") if part.strip())

    return read, Text("用逗号隔开的一个或多个值", "one or more values separated by commas")


def places() -> Reader:
    """Networks and `host:port` pairs, separated by commas."""

    def read(raw: str) -> tuple[str, ...]:
        entries = words()[0](raw)
        AllowList.of(entries)
        return tuple(entries)

    return read, Text(
        "用逗号隔开的 主机:端口 或网段，如 idp.firm.internal:443,10.1.0.0/16",
        "host:port pairs or networks separated by commas, such as idp.firm.internal:443,10.1.0.0/16",
    )


def place() -> Reader:
    """`host:port`, or the path of a socket."""

    def read(raw: str) -> str:
        host, _, port = raw.rpartition(":")
        if "\0" in raw or not (raw.startswith("/") or (host and port.isdecimal() and 0 < int(port) < 65536)):
            raise ValueError(raw)
        return raw

    return read, Text(
        "主机:端口，或以 / 开头的套接字路径，如 127.0.0.1:3310",
        "host:port, or the path of a socket that begins with /, such as 127.0.0.1:3310",
    )


def vouched_domains() -> Reader:
    """`workspace=domain` pairs, separated by commas."""

    def read(raw: str) -> tuple[str, ...]:
        entries = words()[0](raw)
        found = []
        for entry in entries:
            slug, equals, domain = entry.partition("=")
            tidy = tidy_domain(domain)
            if not slug or not equals or tidy is None:
                raise ValueError(entry)
            found.append(f"{slug}={tidy}")
        return tuple(found)

    return read, Text(
        "用逗号隔开的 工作区=域名，如 acme=firm.com",
        "workspace=domain pairs separated by commas, such as acme=firm.com",
    )


def name_servers() -> Reader:
    """IP addresses, each with or without a port, separated by commas."""

    def read(raw: str) -> tuple[str, ...]:
        entries = words()[0](raw)
        for entry in entries:
            name_server(entry)
        return tuple(entries)

    return read, Text(
        "用逗号隔开的 IP 地址，可带端口，如 10.0.0.2,10.0.0.3:5353",
        "IP addresses separated by commas, with a port if need be, such as 10.0.0.2,10.0.0.3:5353",
    )


def public_url() -> Reader:
    """An http or https address without a path."""

    def read(raw: str) -> str:
        parts = urlsplit(raw)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/"):
            raise ValueError(raw)
        if parts.query or parts.fragment or parts.username or (parts.port or 1) < 1:
            raise ValueError(raw)
        return raw.rstrip("/")

    return read, Text(
        "http:// 或 https:// 开头、不带路径的网址，如 https://crm.example.com",
        "an address with http:// or https:// and without a path, such as https://crm.example.com",
    )


def origins() -> Reader:
    """Origins of web pages, separated by commas."""

    def read(raw: str) -> tuple[str, ...]:
        read_one = public_url()[0]
        return tuple(read_one(part.strip()) for part in raw.split(",") if part.strip())

    return read, Text(
        "用逗号隔开的网页来源，如 https://www.example.com",
        "origins of web pages separated by commas, such as https://www.example.com",
    )


def postgres_url() -> Reader:
    """The address of a PostgreSQL database."""

    def read(raw: str) -> str:
        parts = urlsplit(raw)
        if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
            raise ValueError(raw)
        if parts.port is not None and parts.port < 1:
            raise ValueError(raw)
        return raw

    return read, Text(
        "形如 postgresql://用户:密码@主机:5432/库名 的地址",
        "an address of the form postgresql://user:password@host:5432/database",
    )


def mail_url(plain: str = "smtp", secure: str = "smtps") -> Reader:
    """The address of a mail server."""

    def read(raw: str) -> str:
        parts = urlsplit(raw)
        if parts.scheme not in (plain, secure) or not parts.hostname:
            raise ValueError(raw)
        if parts.port is not None and parts.port < 1:
            raise ValueError(raw)
        return raw

    return read, Text(
        f"形如 {plain}://用户:密码@主机 或 {secure}://用户:密码@主机 的地址",
        f"an address of the form {plain}://user:password@host or {secure}://user:password@host",
    )
