"""What every kind of identity provider offers, and the requests they make.

*How it works*: `start` gives the address to send the browser to; the provider sends it back with parameters, out of
which `finish` finds who it is. What a kind wants to be told (`asks`) is shown as a form; the secret is asked by all.

*Rules*: requests go through engine/outgoing; over https, unless the operator has opened the very place. A failure
carries a code that the sign-in page knows, and for administrators a detail without secrets.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from guanxi.engine.outgoing.addresses import AllowList
from guanxi.engine.outgoing.client import OutgoingProblem, fetch
from guanxi.kit.errors import Problem
from guanxi.kit.json_limits import read_json
from guanxi.kit.registry import Registry
from guanxi.kit.text import Text

TIMEOUT_SECONDS = 8.0
MAX_BYTES = 300_000
NO_HINT = Text("", "")
LONGEST = 255
HTTPS = Text("必须是 https 网址。", "This has to be an https address.")


class SsoFailure(Exception):
    """Signing in by a provider did not work: `code` for the person (see frontend), `detail` for administrators."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail[:300]
        super().__init__(f"{code}: {self.detail}")


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that a kind of provider is told; of `choices` the first is usual. A changed `guards` needs the secret anew."""

    key: str
    label: Text
    hint: Text = NO_HINT
    guards: bool = False
    is_required: bool = True
    most: int = LONGEST
    choices: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one of the things told."""

    key: str
    code: str
    text: Text


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that a provider signs with."""

    subject: str
    since: datetime
    until: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Setup:
    """A connection as its provider needs it; `back` is where the browser comes back to."""

    config: Mapping[str, str]
    secret: str
    back: str
    trusts_addresses: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """The random values of one sign-in, kept in the browser's session."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Person:
    """Who came. `email` only where the provider has verified it, `factor`: they used a second factor."""

    issuer: str
    subject: str
    name: str = ""
    email: str = ""
    factor: bool = False


class Provider(ABC):
    """A kind of identity provider. `by_address`: its people are known by verified addresses of certain domains.

    `has_metadata`: both sides describe themselves in SAML metadata; without `secret_label` there is no secret.
    """

    kind: str
    label: Text
    asks: tuple[Ask, ...]
    secret_label: Text
    by_address: bool
    has_metadata = False

    def tidy(self, config: dict[str, str]) -> list[Flaw]:
        """Bring what was told into its one spelling, in place; what is wrong with it."""
        if config.get("issuer") and not is_safe(config["issuer"]):
            return [Flaw("issuer", "not_https", HTTPS)]
        return []

    def certificates(self, config: Mapping[str, str]) -> list[Certificate]:
        """What the provider signs with, where it was told."""
        return []

    @abstractmethod
    def check(self, setup: Setup) -> None:
        """Ask the provider whether it is there; raises SsoFailure."""

    @abstractmethod
    def start(self, setup: Setup, this: Round) -> str:
        """Where to send the browser."""

    @abstractmethod
    def finish(self, setup: Setup, this: Round, params: Mapping[str, str]) -> Person:
        """Who came back; raises SsoFailure."""


providers: Registry[Provider] = Registry("identity provider", lambda provider: provider.kind)


def is_safe(url: str) -> bool:
    """Whether secrets may go to this address: https, or a place that the operator has opened."""
    try:
        parts = urlsplit(url)
        port = parts.port or 80
    except ValueError:
        return False
    opened = AllowList.of(settings.GUANXI_OUTGOING_ALLOW).places
    return bool(parts.hostname) and (
        parts.scheme == "https"
        or (parts.scheme == "http" and ((parts.hostname or "").lower(), port) in opened)
    )


def ask_json(
    method: str,
    url: str,
    *,
    params: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    content: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """The provider's answer, an object of JSON; raises SsoFailure. Redirects are not followed."""
    if not is_safe(url):
        raise SsoFailure("provider", f"{_place(url)} is not https")
    sent = {"accept": "application/json", **(headers or {})}
    if form is not None:
        content, sent["content-type"] = urlencode(form).encode(), "application/x-www-form-urlencoded"
    try:
        answer = fetch(
            method,
            url,
            params=params,
            headers=sent,
            content=content,
            redirects=0,
            max_bytes=MAX_BYTES,
            timeout=TIMEOUT_SECONDS,
        )
        found = read_json(answer.content, exact=True)
    except OutgoingProblem as problem:
        raise SsoFailure("provider", f"{_place(url)}: {problem.message('en')}") from None
    except (Problem, UnicodeDecodeError):
        raise SsoFailure("provider", f"{_place(url)} did not answer with JSON") from None
    if not isinstance(found, dict):
        raise SsoFailure("provider", f"{_place(url)} did not answer with an object")
    if answer.status != 200:
        raise SsoFailure("provider", f"{_place(url)}: status {answer.status} {_said(found)}")
    return found


def text_of(value: Any, most: int = LONGEST) -> str:
    """A short text out of a stranger's JSON: printable, without edges; empty for anything else."""
    if not isinstance(value, str):
        return ""
    return "".join(char for char in value if char.isprintable()).strip()[:most]


def _said(found: Mapping[str, Any]) -> str:
    return " ".join(text_of(found.get(key), 120) for key in ("error", "error_description") if found.get(key))


def _place(url: str) -> str:
    return urlsplit(url)._replace(query="", fragment="").geturl()[:150]
