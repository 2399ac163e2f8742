"""Reading requests and writing answers of the record routes: JSON by orjson, versions, ids, limits."""

import uuid
from typing import Any, overload

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse

from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import NotFound, Problem, TooLarge, VersionRequired, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.json_limits import read_json
from guanxi.kit.jsons import dumps
from guanxi.kit.plain_values import whole_number
from guanxi.kit.text import Text

MAX_BODY = 10 * 1024 * 1024
NOT_OBJECT = Text("请求内容应是一个 JSON 对象。", "The request body must be a JSON object.")
BODY_TOO_LARGE = Text("请求内容最多 {max} MB。", "The request body may have at most {max} MB.")
NOT_ID = Text("这里需要一条记录的 id。", "The id of a record is needed here.")
BAD_VERSION = Text("版本应是正整数。", "A version is a positive whole number.")
BAD_BOOLEAN = Text("这里只能是 true 或 false。", "Only true or false is allowed here.")


def ctx_of(request: HttpRequest) -> Ctx:
    """The context that the authentication put on the request."""
    ctx: Ctx = request.ctx  # type: ignore[attr-defined]
    return ctx


def answer(value: Any, status: int = 200) -> HttpResponse:
    """`value` as JSON."""
    return HttpResponse(dumps(value), status=status, content_type="application/json")


def read_object(request: HttpRequest) -> dict[str, Any]:
    """The JSON object in the body (an empty body is an empty object); raises Problem."""
    try:
        body = request.body
    except RequestDataTooBig:
        raise TooLarge(BODY_TOO_LARGE, max=MAX_BODY // 1024 // 1024) from None
    if len(body) > MAX_BODY:
        raise TooLarge(BODY_TOO_LARGE, max=MAX_BODY // 1024 // 1024)
    if not body:
        return {}
    return checked_object(read_json(body))


def checked_object(value: Any) -> dict[str, Any]:
    """`value` if it is a JSON object; raises Problem (422)."""
    if not isinstance(value, dict):
        raise Problem(NOT_OBJECT, code="wrong_type", status=422)
    return value


def record_id_of(text: str) -> uuid.UUID:
    """The id in a path; raises NotFound for what is none."""
    found = parse_id(text)
    if found is None:
        raise NotFound
    return found


def id_in(body: dict[str, Any], name: str) -> uuid.UUID:
    """The record's id that a body holds; raises Invalid at `name`."""
    found = parse_id(body.get(name))
    if found is None:
        raise invalid(name, "wrong_type", NOT_ID)
    return found


def optional_id_in(body: dict[str, Any], name: str) -> uuid.UUID | None:
    """The same, or None where the body holds none."""
    return None if body.get(name) is None else id_in(body, name)


def version_of(request: HttpRequest, body: dict[str, Any]) -> int:
    """The version a change is based on, from If-Match or the body (where it is taken out).

    Raises VersionRequired when neither says.
    """
    given: Any = body.pop("version", None)
    header = request.headers.get("If-Match", "").strip().removeprefix("W/").strip('"')
    if header:
        given = whole_number(header) or header
    if given is None:
        raise VersionRequired
    if isinstance(given, bool) or not isinstance(given, int) or not 1 <= given < 2**31:
        raise invalid("version", "wrong_type", BAD_VERSION)
    return given


def schema_version_of(request: HttpRequest, body: dict[str, Any]) -> int | None:
    """The version of an object's schema from If-Match or the body (where it is taken out); None when neither says.

    Nought is an object that nobody has changed yet. Raises Invalid.
    """
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


@overload
def flag(request: HttpRequest, name: str, default: bool) -> bool: ...


@overload
def flag(request: HttpRequest, name: str, default: None) -> bool | None: ...


def flag(request: HttpRequest, name: str, default: bool | None) -> bool | None:
    """A true/false query parameter; raises Invalid."""
    text = request.GET.get(name)
    if text is None or text == "":
        return default
    if text.lower() not in ("true", "false", "1", "0"):
        raise invalid(name, "wrong_type", BAD_BOOLEAN)
    return text.lower() in ("true", "1")
