"""What the types with several short texts (`multi_select`, `tags`) share: a JSONB array of strings."""

from collections.abc import Callable
from typing import Any

from psycopg.types.json import Jsonb

from guanxi.engine.schema.field_types.base import Refusal
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

NOT_LIST = Text("这里需要一个列表。", "A list is needed here.")
TOO_MANY = Text("最多 {max} 项。", "At most {max} entries.")

_SEPARATORS = str.maketrans(dict.fromkeys("，、；;|\n\t", ","))


def jsonb(value: Any) -> Jsonb | None:
    """`value` as the parameter of a JSONB column, with exact decimals; None stays NULL."""
    return None if value is None else Jsonb(value, dumps=dumps)


def without_repeats(items: list[Any]) -> list[Any]:
    """The items in their order, each once."""
    return list(dict.fromkeys(items))


def parse_list(value: Any, read: Callable[[Any], Any], limit: int) -> list[Any] | None:
    """Each item of a list through `read`, repeats and empty ones dropped; None when nothing is left."""
    if value == "":
        return None
    if not isinstance(value, list):
        raise Refusal("wrong_type", NOT_LIST)
    if len(value) > limit * 2:
        raise Refusal("too_many", TOO_MANY, max=limit)
    found = without_repeats([item for item in map(read, value) if item is not None])
    if len(found) > limit:
        raise Refusal("too_many", TOO_MANY, max=limit)
    return found or None


def cell_parts(text: str) -> list[str]:
    """A cell's text at commas (Chinese and ASCII), semicolons, bars and line breaks."""
    return [part for part in (p.strip() for p in text.translate(_SEPARATORS).split(",")) if part]
