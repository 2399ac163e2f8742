"""From what the API was given to Python values, with every complaint at its field.

*Rules*: only fields the actor may write are accepted; anything else in a body is refused by name, be it
misspelt, hidden, or the store's own (`workspace_id`, `version` of another record, `created_at`).
"""

from collections.abc import Mapping
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.base import Env, Refusal
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError
from guanxi.kit.text import Text

UNKNOWN_FIELD = Text("「{object}」没有字段「{field}」。", "“{object}” has no field “{field}”.")
READ_ONLY = Text("这个字段不能直接修改。", "This field cannot be changed directly.")
NOT_AN_OBJECT = Text("这里需要一个对象。", "An object is needed here.")


def read_values(
    ctx: Ctx, obj: ObjectDef, given: Any, env: Env, *, prefix: str = ""
) -> tuple[dict[str, Any], list[FieldError]]:
    """`({field: Python value}, errors)` of a JSON body."""
    if not isinstance(given, Mapping):
        return {}, [FieldError(prefix.rstrip("."), "wrong_type", NOT_AN_OBJECT)]
    readable = rights.readable(ctx, obj)
    values: dict[str, Any] = {}
    errors: list[FieldError] = []
    for key, value in given.items():
        f = readable.get(key)
        path = f"{prefix}{str(key)[:100]}"
        if f is None:
            name = obj.label.in_(ctx.locale)
            errors.append(
                FieldError(path, "unknown_field", UNKNOWN_FIELD, {"object": name, "field": str(key)[:100]})
            )
        elif not rights.is_writable(ctx, f) or f.type.storage == "none":
            errors.append(FieldError(path, "readonly_field", READ_ONLY))
        elif value is None:
            values[key] = None
        else:
            try:
                values[key] = f.type.parse(value, f, env)
            except Refusal as refusal:
                errors.append(FieldError(path, refusal.code, refusal.text, refusal.values))
    return values, errors
