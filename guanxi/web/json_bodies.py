"""Bodies in JSON within their limits, at the doors whose parser is not ours.

*How it works*: ninja's routes read through `BoundedParser`; before allauth's sign-in views, which parse by
themselves, `JsonLimitsMiddleware` reads the body once and refuses what is too deep or too long.

*See*: kit/json_limits.py for the limits.
"""

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja.parser import Parser

from guanxi.kit.errors import Problem, TooLarge
from guanxi.kit.json_limits import read_json
from guanxi.web.problems import problem_response

SIGN_IN = "/_allauth/"
MAX_SIGN_IN_BYTES = 64 * 1024
"""What is sent to sign in: an address, a password, the answer of a passkey."""


class BoundedParser(Parser):
    """Ninja's parser with depth and length bounded."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        """The JSON of the body; raises Problem."""
        return cast(dict[str, Any], read_json(request.body))


class JsonLimitsMiddleware:
    """Keeps wild JSON from the sign-in views."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(SIGN_IN) and "json" in (request.content_type or ""):
            try:
                _check(request)
            except Problem as problem:
                return problem_response(request, problem)
        return self.get_response(request)


def _check(request: HttpRequest) -> None:
    try:
        body = request.body
    except RequestDataTooBig:
        raise TooLarge from None
    if len(body) > MAX_SIGN_IN_BYTES:
        raise TooLarge
    if body:
        read_json(body)
