"""The title of a record: the text of its title field, as long as the column."""

from typing import Any

from guanxi.engine.schema.definitions import ObjectDef

MAX_TITLE = 500


def title_of(obj: ObjectDef, value: Any) -> str:
    """The title of a record from the value of its title field."""
    if value is None:
        return ""
    f = obj.fields[obj.title_field]
    text = value if isinstance(value, str) else f.type.search_text(value, f)
    return text if len(text) <= MAX_TITLE else text[:MAX_TITLE]
