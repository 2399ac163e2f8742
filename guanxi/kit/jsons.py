"""JSON with exact decimals: orjson, with Decimal written as a number with its own digits.

Every JSON the program writes (answers, JSONB columns, journals) goes through `dumps`, so that a money
amount never passes through a float on its way out. On the way in numbers with a fraction are floats
to orjson; fields that need exact digits accept strings too.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import orjson


def _default(value: object) -> Any:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f").encode())
    if isinstance(value, (set, frozenset)):
        return list(value)
    raise TypeError(f"{type(value).__name__} does not go into JSON")


def dumps(value: object) -> bytes:
    """`value` as UTF-8 JSON (UUIDs, dates, dataclasses and Decimals included)."""
    return orjson.dumps(value, default=_default, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS)


loads: Callable[[bytes | str], Any] = orjson.loads
