"""What the office platforms have in common: one firm's directory, an authorization code, answers in JSON.

*How it works*: they follow OAuth 2.0 loosely: each names things in its own way, wraps its answers, and says in the
answer's body whether a call worked. Their people are known by their number in the firm's directory, so that every
kind here checks that the person belongs to the firm that was entered, whoever else has the platform's app.

*Rules*: addresses of a platform are attributes, so that a private installation of it can be reached.
"""

import hmac
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from guanxi.engine.sso.providers.base import Person, Provider, Round, Setup, SsoFailure, text_of
from guanxi.kit.text import Text


class Corporate(Provider):
    """An office platform."""

    by_address = False
    secret_label = Text("应用密钥", "App secret")
    code_name = "code"

    def finish(self, setup: Setup, this: Round, params: Mapping[str, str]) -> Person:
        """Who came back, as the platform's directory has them."""
        code = params.get(self.code_name, "")
        if not code:
            refused = params.get("error") == "access_denied" or "error" not in params
            raise SsoFailure("denied" if refused else "provider", text_of(params.get("error"), 60))
        return self.person(setup, this, code, params)

    @abstractmethod
    def person(self, setup: Setup, this: Round, code: str, params: Mapping[str, str]) -> Person:
        """Exchange the code; raises SsoFailure."""


def needed(found: Mapping[str, Any], key: str, what: str) -> str:
    """A text that an answer must hold."""
    value = text_of(found.get(key), 2000)
    if not value:
        raise SsoFailure("provider", f"{what}: no {key}")
    return value


def check_firm(found: str, wanted: str) -> None:
    """Raises SsoFailure for the people of another firm."""
    if not hmac.compare_digest(found.encode(), wanted.encode()):
        raise SsoFailure("domain", "a person of another company")
