"""The version of an object's schema that a request was based on."""

from typing import Any

from django.http import HttpRequest

from guanxi.engine.records.routes.bodies import BAD_VERSION
from guanxi.kit.errors import invalid
from guanxi.kit.plain_values import whole_number


def known_version(request: HttpRequest, body: dict[str, Any]) -> int | None:
    """The version from If-Match or the body (where it is taken out); None when neither says. Raises Invalid."""
    given: Any = body.pop("version", None)
    header = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if header:
        number = whole_number(header)
        given = header if number is None else number
    if given is None:
        return None
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given < 2**31:
        raise invalid("version", "wrong_type", BAD_VERSION)
    return given
