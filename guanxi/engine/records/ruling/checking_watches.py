"""What an administrator may say in a watch rule."""

from collections.abc import Callable, Mapping
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.ruling.checking import BAD_VALUE, UNKNOWN_FIELD, condition, one_of, read_settings
from guanxi.engine.records.watching import PEOPLE, watch_effect_registry
from guanxi.engine.schema import settings
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

MAX_FIELDS = 20
MAX_MESSAGE = 120
MAX_DAYS = 365
NOT_WATCHED = Text(
    "「{field}」是算出来的，不会被改动，请选它引用的字段。",
    "“{field}” is calculated and never changed by itself: choose the fields it is made of.",
)
NO_OWNER = Text("这个对象没有负责人，没有人可以提醒。", "This object has no owner: there is nobody to tell.")
BAD_DAYS = Text("天数应在 0 到 {max} 之间。", "Days must be from 0 to {max}.")


def read_watch(ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given settings of a watch rule as they are stored; raises Invalid."""
    readers: dict[str, Callable[[Any], Any]] = {
        "name": settings.label,
        "condition": lambda value: condition(ctx, obj, value),
        "enabled": settings.flag,
        "position": settings.position,
        "fields": lambda value: _fields(ctx, obj, value),
        "on_create": settings.flag,
        "action": lambda value: _action(obj, value),
        "to": lambda value: one_of(value, PEOPLE),
        "message": lambda value: settings.label(value, longest=MAX_MESSAGE),
        "due_days": _days,
    }
    return read_settings(readers, given)


def _fields(ctx: Ctx, obj: ObjectDef, given: Any) -> list[str]:
    if not isinstance(given, list) or not 1 <= len(given) <= MAX_FIELDS:
        raise Refusal("wrong_type", BAD_VALUE)
    readable = rights.readable(ctx, obj)
    for key in given:
        f = readable.get(key) if isinstance(key, str) else None
        if f is None:
            raise Refusal("unknown_field", UNKNOWN_FIELD, field=str(key)[:60])
        if f.computed is not None or f.type.storage == "none":
            raise Refusal("not_possible", NOT_WATCHED, field=f.label.in_(ctx.locale))
    return list(dict.fromkeys(given))


def _action(obj: ObjectDef, given: Any) -> str:
    if "owner" not in obj.fields:
        raise Refusal("not_possible", NO_OWNER)
    return one_of(given, [effect.key for effect in watch_effect_registry])


def _days(given: Any) -> int:
    if isinstance(given, bool) or not isinstance(given, int) or not 0 <= given <= MAX_DAYS:
        raise Refusal("out_of_range", BAD_DAYS, max=MAX_DAYS)
    return given
