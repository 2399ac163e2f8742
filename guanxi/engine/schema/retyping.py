"""A custom field's declaration under another type: what carries over, what has to be said anew.

*Rules*: the default goes (it is a value of the former type); unique, searchable and indexed stay where the
new type can be so; options stay between types that have them and must be given otherwise.
"""

from collections.abc import Mapping
from typing import Any

from guanxi.engine.schema.definitions import FieldDef
from guanxi.engine.schema.field_types.base import FieldType, Refusal
from guanxi.engine.schema.options import read_options
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

NEEDS_OPTIONS = Text("请给出选项。", "Give the options.")
NOT_CONFIG = Text("这里需要一个对象。", "An object is needed here.")
_CARRIED = (
    "label",
    "help",
    "required",
    "hidden",
    "section",
    "order",
    "in_list",
    "in_create",
    "deprecated",
    "sensitive",
    "confidential",
    "review_days",
)


def as_type(
    field: FieldDef, definition: Mapping[str, Any], kind: FieldType, given: Mapping[str, Any]
) -> dict[str, Any]:
    """The stored definition of `field` once it is of type `kind`; `given`: config, options. Raises Invalid."""
    fresh = {name: definition[name] for name in _CARRIED if name in definition}
    fresh["unique"] = field.unique and kind.can_be_unique
    fresh["searchable"] = field.searchable and kind.can_be_searched
    fresh["indexed"] = field.indexed and kind.sortable
    config = given.get("config") or {}
    try:
        if not isinstance(config, Mapping):
            raise Refusal("bad_config", NOT_CONFIG)
        fresh["config"] = kind.check_config(config)
    except Refusal as refusal:
        raise invalid("config", refusal.code, refusal.text, **refusal.values) from refusal
    if kind.has_options:
        if not given.get("options") and not field.options:
            raise invalid("options", "required", NEEDS_OPTIONS)
        chosen = given.get("options") or [option.as_json() for option in field.options]
        fresh["options"] = read_options(chosen, field.options)
    return fresh
