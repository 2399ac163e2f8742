"""Reading JSON that strangers wrote: bounded in depth and in the length of its lists and objects.

*How it works*: orjson parses (it refuses nesting beyond 1,024 by itself); one walk over the result, without
recursion, then finds what is deeper or longer than anybody means it to be. Characters that turn the direction of
writing around are dropped (bidi.py).

*Rules*: every body of a request goes through here; the number of bytes is bounded before (web/body_limit.py).
"""

from typing import Any

import orjson

from guanxi.kit.bidi import may_hold_bidi, strip_bidi_deep
from guanxi.kit.errors import Problem
from guanxi.kit.text import Text

MAX_DEPTH = 32
MAX_LENGTH = 100_000
"""Entries of one list or object; doors with smaller limits of their own say so themselves."""

BAD_JSON = Text("请求内容不是有效的 JSON。", "The request body is not valid JSON.")
TOO_DEEP = Text("JSON 最多嵌套 {max} 层。", "JSON may be nested at most {max} deep.")
TOO_LONG = Text("JSON 中一个列表最多 {max} 项。", "A list in JSON may have at most {max} entries.")


def read_json(text: bytes | str, *, exact: bool = False) -> Any:
    """Parsed JSON within the limits; raises Problem: 400 for what is none, 422 for too deep or too long.

    `exact`: every character stays, for what programs say to each other and nobody is shown.
    """
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Problem(BAD_JSON, code="bad_json") from None
    check(value)
    if exact:
        return value
    body = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    return strip_bidi_deep(value) if may_hold_bidi(body) else value


def check(value: Any) -> None:
    """Raises Problem (422) when `value` is nested too deep or holds too long a list."""
    level = [value]
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for item in level:
            if isinstance(item, (dict, list)):
                if len(item) > MAX_LENGTH:
                    raise Problem(TOO_LONG, code="json_too_long", status=422, max=MAX_LENGTH)
                below.extend(item.values() if isinstance(item, dict) else item)
        level = [item for item in below if isinstance(item, (dict, list))]
        if not level:
            return
    raise Problem(TOO_DEEP, code="json_too_deep", status=422, max=MAX_DEPTH)
