"""What the parser of declared bodies and parameters (pydantic) refuses, told as our own complaints are.

*How it works*: pydantic names each complaint by a stable type, with the bounds in its context; here stands the
sentence of each in both languages. A type that is not known here gets the plain sentence that the value does not
fit. A schema with a rule of its own raises `unfit`, which carries its sentence along. The path is the one in the
caller's input: pydantic's own steps (the handler's parameter, the branch of a union that was tried) are left out,
and of several branches that were tried the most telling complaint stays.

*See*: api.py, which answers with these; kit/errors.py.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.kit.errors import FieldError
from guanxi.kit.parsing import told_by_schema
from guanxi.kit.text import Text

_UNFIT = Text("这个值不对。", "This value is not valid.")
_TEXT = Text("这里需要文字。", "Text is needed here.")
_NUMBER = Text("这里需要数字。", "A number is needed here.")
_WHOLE = Text("这里需要整数。", "A whole number is needed here.")
_BOOLEAN = Text("这里只能是 true 或 false。", "Only true or false is allowed here.")
_DATE = Text("这里需要日期，如 2026-03-05。", "A date is needed here, such as 2026-03-05.")
_MOMENT = Text(
    "这里需要时间，如 2026-03-05T09:30:00Z。", "A date and time is needed here, such as 2026-03-05T09:30:00Z."
)
_TIME = Text("这里需要几点几分，如 09:30。", "A time of day is needed here, such as 09:30.")
_ID = Text("这里需要一个 id。", "An id is needed here.")
_LIST = Text("这里需要一个列表。", "A list is needed here.")
_OBJECT = Text("这里需要一个 JSON 对象。", "A JSON object is needed here.")

_SENTENCES: dict[str, Text] = {
    "missing": Text("必填。", "Required."),
    "extra_forbidden": Text("没有这一项。", "There is no such setting."),
    "literal_error": Text("只能是 {expected}。", "It must be one of {expected}."),
    "string_type": _TEXT,
    "string_unicode": _TEXT,
    "string_too_short": Text(
        "太短，至少 {min_length} 个字。", "Too short; the minimum length is {min_length}."
    ),
    "string_too_long": Text(
        "太长，最多 {max_length} 个字。", "Too long; the maximum length is {max_length}."
    ),
    "string_pattern_mismatch": Text(
        "里面有不允许的字符，或格式不对。",
        "It has characters that are not allowed, or is not in the right form.",
    ),
    "too_short": Text("太少，至少 {min_length} 项。", "Too few; the minimum is {min_length}."),
    "too_long": Text("太多，最多 {max_length} 项。", "Too many; the maximum is {max_length}."),
    "greater_than_equal": Text("不能小于 {ge}。", "It must be at least {ge}."),
    "greater_than": Text("应大于 {gt}。", "It must be more than {gt}."),
    "less_than_equal": Text("不能大于 {le}。", "It must be at most {le}."),
    "less_than": Text("应小于 {lt}。", "It must be less than {lt}."),
    "decimal_max_places": Text(
        "最多 {decimal_places} 位小数。", "Too many decimals; the maximum is {decimal_places}."
    ),
    "timezone_aware": Text("请写明时区，如末尾加 Z。", "Say the time zone, for example by a Z at the end."),
}
"""By pydantic's type of the complaint."""

_BY_KIND: tuple[tuple[str, Text], ...] = (
    ("int", _WHOLE),
    ("float", _NUMBER),
    ("decimal", _NUMBER),
    ("finite_number", _NUMBER),
    ("bool", _BOOLEAN),
    ("datetime", _MOMENT),
    ("date", _DATE),
    ("timezone", _MOMENT),
    ("time", _TIME),
    ("uuid", _ID),
    ("list", _LIST),
    ("tuple", _LIST),
    ("set", _LIST),
    ("dict", _OBJECT),
    ("model", _OBJECT),
    ("mapping", _OBJECT),
)
"""By the beginning of its type: `int_type`, `int_parsing` and their like all say what is needed."""

_BRANCH = re.compile(
    r"[\[(]|^(constrained|function|lax|json|tagged|is)-|^[A-Z]\w*[a-z]|^(str|int|float|bool|none|uuid|decimal)$"
)
"""How pydantic names a branch of a union; keys of our bodies are never written so."""


def complaints(items: Sequence[Mapping[str, Any]]) -> list[FieldError]:
    """The complaints of pydantic (as ninja hands them on) as errors of fields, one for each path."""
    kept: dict[str, Mapping[str, Any]] = {}
    for item in items:
        path = _path(item.get("loc", ()))
        if path not in kept or (_says_kind_only(kept[path]) and not _says_kind_only(item)):
            kept[path] = item
    return [_told(path, item) for path, item in kept.items() if not _is_idle(path, item, kept)]


def _told(path: str, item: Mapping[str, Any]) -> FieldError:
    code, values = str(item.get("type", "invalid")), dict(item.get("ctx") or {})
    sentence = told_by_schema(values) or _SENTENCES.get(code)
    if code == "string_too_short" and values.get("min_length") == 1:
        sentence = _SENTENCES["missing"]
    if sentence is None:
        sentence = next((text for start, text in _BY_KIND if code.startswith(f"{start}_")), _UNFIT)
    if "expected" in values:
        values["expected"] = str(values["expected"]).replace(" or ", ", ").replace("'", "")
    return FieldError(path, code, sentence, values)


def _path(loc: Sequence[object]) -> str:
    """Where in the caller's input: without where it came in, and a body's name in our code."""
    steps = list(loc[2:] if loc and loc[0] == "body" else loc[1:])
    return ".".join(str(step) for step in steps if not (isinstance(step, str) and _BRANCH.search(step)))


def _is_idle(path: str, item: Mapping[str, Any], all_of_them: Mapping[str, object]) -> bool:
    """Whether it says that the value should be of another kind, while another branch was entered by its kind."""
    return _says_kind_only(item) and any(other.startswith(f"{path}.") for other in all_of_them)


def _says_kind_only(item: Mapping[str, Any]) -> bool:
    return str(item.get("type", "")).endswith("_type")
