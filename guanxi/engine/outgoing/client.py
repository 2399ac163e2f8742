"""The one client for requests to other machines.

*How it works*: `fetch` takes an http or https address, resolves its host once, judges every address found
(addresses.py) and connects to one of those that were judged: what the name resolves to a moment later does
not matter. TLS is checked against the name, not the address. Redirects are followed by hand, each judged
like the first, without the secrets of the first when they lead elsewhere. Answer, time and hops are bounded.

*Rules*: nothing else in the program opens connections to addresses that people typed; a refusal never says
what the name resolved to. GUANXI_OUTGOING_ALLOW opens internal places.

*See*: docs/adr/0056-hardening.md.
"""

import ipaddress
import re
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
from django.conf import settings

from guanxi.engine.outgoing.addresses import IP, AllowList, is_public
from guanxi.kit.errors import Problem
from guanxi.kit.text import Text

MAX_BYTES = 2_000_000
TIMEOUT_SECONDS = 10.0
MAX_REDIRECTS = 3
MAX_URL = 2000
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_SECRETS = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key", "token"})
_HOST = re.compile(r"[a-z0-9]([a-z0-9._-]{0,251}[a-z0-9])?\.?\Z")

Resolver = Callable[[str, int], list[str]]

NOT_ALLOWED = Text("不允许访问这个地址。", "Requests to this address are not allowed.")
BAD_ADDRESS = Text("这不是有效的 http 或 https 网址。", "This is not a valid http or https address.")
NO_ANSWER = Text("对方没有应答。", "The other side did not answer.")
TOO_MUCH = Text("对方的回答太大或太慢。", "The other side's answer is too large or too slow.")
TOO_MANY_HOPS = Text("重定向太多。", "Too many redirects.")


class OutgoingProblem(Problem):
    """A request that was not made, or not answered."""

    status, code = 502, "outgoing_failed"
    text = NO_ANSWER


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    content: bytes
    url: str


@dataclass(frozen=True, slots=True)
class _Target:
    scheme: str
    host: str
    port: int
    address: str
    url: str


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system knows them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found))


def fetch(
    method: str,
    url: str,
    *,
    params: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    content: bytes | None = None,
    redirects: int = MAX_REDIRECTS,
    max_bytes: int = MAX_BYTES,
    timeout: float = TIMEOUT_SECONDS,
    resolver: Resolver = resolve,
    also_allowed: Iterable[str] = (),
) -> Answer:
    """The answer of `url`, whatever its status; raises OutgoingProblem.

    `also_allowed` are internal places that the operator's own settings name for this very purpose. A redirect after anything but GET or HEAD is given back as it is, never followed.
    """
    deadline = time.monotonic() + timeout
    sent = {name.lower(): value for name, value in (headers or {}).items()}
    full = str(httpx.URL(url, params=dict(params))) if params else url
    for _ in range(redirects + 1):
        target = check(full, resolver=resolver, also_allowed=also_allowed)
        answer = _request(method, target, sent, content, max_bytes, deadline)
        follows = redirects and method in ("GET", "HEAD") and answer.status in _REDIRECTS
        if not follows or "location" not in answer.headers:
            return answer
        full = urljoin(full, answer.headers["location"])
        there = urlsplit(full)
        if there.netloc != urlsplit(target.url).netloc or there.scheme != target.scheme:
            sent = {name: value for name, value in sent.items() if name not in _SECRETS}
    raise OutgoingProblem(TOO_MANY_HOPS, code="too_many_redirects")


def check(url: str, *, resolver: Resolver = resolve, also_allowed: Iterable[str] = ()) -> _Target:
    """Where a request to `url` would go; raises OutgoingProblem (422) where it may not."""
    scheme, host, port = _parts(url)
    try:
        literal: IP | None = ipaddress.ip_address(host)
    except ValueError:
        literal = None
    if literal is not None:
        found = [str(literal)]
    else:
        try:
            found = resolver(host, port)
        except (OSError, UnicodeError):
            raise OutgoingProblem from None
    allowed = AllowList.of([*settings.GUANXI_OUTGOING_ALLOW, *also_allowed])
    judged = [ipaddress.ip_address(one) for one in found]
    # One internal address among several is a trap, not a choice.
    if not judged or not all(is_public(one) or allowed.allows(one, host, port) for one in judged):
        raise OutgoingProblem(NOT_ALLOWED, code="address_not_allowed", status=422)
    return _Target(scheme, host, port, found[0], url)


def _parts(url: str) -> tuple[str, str, int]:
    bad = OutgoingProblem(BAD_ADDRESS, code="bad_address", status=422)
    if len(url) > MAX_URL or any(ord(char) <= 32 or ord(char) == 127 for char in url) or "\\" in url:
        raise bad
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
        if not host.isascii():
            host = host.encode("idna").decode()
    except (ValueError, UnicodeError):
        raise bad from None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or "@" in parts.netloc:
        raise bad
    if port == 0:
        raise bad
    host = host.rstrip(".") if ":" not in host else host
    if ":" not in host and not _HOST.match(host):
        raise bad
    # Names of digits alone (2130706433, 0x7f.1, 0177.0.0.1) are addresses to some resolvers and never names.
    if (
        ":" not in host
        and not _is_dotted_quad(host)
        and re.fullmatch(r"(0x[0-9a-f]*|[0-9]+)", host.split(".")[-1])
    ):
        raise OutgoingProblem(NOT_ALLOWED, code="address_not_allowed", status=422)
    return parts.scheme, host, port or (443 if parts.scheme == "https" else 80)


def _is_dotted_quad(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True


def _request(
    method: str,
    target: _Target,
    headers: dict[str, str],
    content: bytes | None,
    max_bytes: int,
    deadline: float,
) -> Answer:
    pinned = httpx.URL(target.url).copy_with(host=target.address)
    default = {"http": 80, "https": 443}[target.scheme]
    name = f"[{target.host}]" if ":" in target.host else target.host
    # Unpacked bytes would have to be bounded too; nobody needs them packed.
    sent = {
        **headers,
        "accept-encoding": "identity",
        "host": name if target.port == default else f"{name}:{target.port}",
    }
    options: dict[str, Any] = (
        {"extensions": {"sni_hostname": target.host}} if target.scheme == "https" else {}
    )
    left = deadline - time.monotonic()
    if left <= 0:
        raise OutgoingProblem(TOO_MUCH, code="answer_too_large")
    try:
        with (
            httpx.Client(timeout=left, follow_redirects=False, trust_env=False) as client,
            client.stream(method, pinned, headers=sent, content=content, **options) as response,
        ):
            if response.headers.get("content-encoding", "identity") != "identity":
                raise OutgoingProblem
            body = bytearray()
            for piece in response.iter_raw():
                body += piece
                if len(body) > max_bytes or time.monotonic() > deadline:
                    raise OutgoingProblem(TOO_MUCH, code="answer_too_large")
            kept = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status_code, kept, bytes(body), target.url)
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError):
        raise OutgoingProblem from None
