"""What an administrator may say of a stage: its gates, checklist, playbook, tasks; read, checked, in stored form.

*How it works*: a stage's `guide` is one JSON object of settings, each read by itself as those of rules are
(checking.py); all complaints come together, each at its path. Conditions are compiled as they will be later.
What the settings do is up to the domain whose records stand in the stages.

*Rules*: what is stored can be used without a check by every process. A field that nobody fills in is not asked
for. Checklist items keep their keys, which records store, and have one each in all stages of an object.
"""

from collections.abc import Callable, Mapping
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.ruling.checking import (
    BAD_VALUE,
    NOT_FILLABLE,
    UNKNOWN_FIELD,
    condition,
    one_of,
    read_settings,
)
from guanxi.engine.schema import settings
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.models import Stage
from guanxi.engine.schema.pipelines import GuideReader
from guanxi.engine.schema.rules import key_from
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid
from guanxi.kit.text import Text

BACK = ("any", "previous", "none")
FORECASTS = ("commit", "best_case", "pipeline", "omitted")
MAX_REQUIRED = 30
MAX_ITEMS = 20
MAX_TASKS = 10
MAX_ITEM = 100
MAX_MESSAGE = 300
MAX_PLAYBOOK = 5000
MAX_DAYS = 365
TOO_MANY = Text("最多 {max} 项。", "At most {max}.")
BAD_DAYS = Text("天数应是 0 到 {max} 的整数。", "Days are a whole number from 0 to {max}.")
NO_CONDITION = Text("请写条件。", "Give a condition.")
_SAME = Text("两项写得一样。", "Two items say the same.")


def guide_reader(ctx: Ctx, object_key: str) -> GuideReader:
    """A reader of guides of the object's stages: gives the stored form, raises Invalid."""
    obj = get_object(ctx, object_key)
    taken: set[str] = set()
    for guide in Stage.objects.filter(object_key=object_key).values_list("guide", flat=True):
        taken |= {item["key"] for item in guide.get("checklist") or ()}
    used: set[str] = set()
    readers: dict[str, Callable[[Any], Any]] = {
        "required": lambda value: _required(ctx, obj, value),
        "entry": lambda value: _gate(ctx, obj, "entry", value),
        "exit": lambda value: _gate(ctx, obj, "exit", value),
        "checklist": lambda value: _each("checklist", value, MAX_ITEMS, lambda row: _item(row, taken, used)),
        "playbook": lambda value: settings.label(value, longest=MAX_PLAYBOOK) if _says(value) else None,
        "back": lambda value: one_of(value or "any", BACK),
        "tasks": lambda value: _each("tasks", value, MAX_TASKS, _task),
        "forecast": lambda value: one_of(value, FORECASTS) if value else None,
    }

    def read(given: Any) -> dict[str, Any]:
        if given is None:
            return {}
        if not isinstance(given, Mapping):
            raise Invalid(errors=[FieldError("", "wrong_type", BAD_VALUE)])
        found = read_settings(readers, given)
        return {key: value for key, value in found.items() if value not in (None, [], "any")}

    return read


def told_guide(ctx: Ctx, obj: ObjectDef, guide: Mapping[str, Any]) -> dict[str, Any]:
    """A guide as somebody is told it: whole for who sets it up, else without conditions and fields not theirs to see."""
    if ctx.actor.manages("schema"):
        return dict(guide)
    readable = rights.readable(ctx, obj)
    found = dict(guide)
    if "required" in found:
        found["required"] = [key for key in found["required"] if key in readable]
    for name in ("entry", "exit"):
        if name in found:
            found[name] = {key: value for key, value in found[name].items() if key != "filter"}
    return found


def _says(value: Any) -> bool:
    """Whether a text in one language or both says anything."""
    words = value.values() if isinstance(value, Mapping) else [value]
    return any(not isinstance(text, str) or text.strip() for text in words if text is not None)


def _required(ctx: Ctx, obj: ObjectDef, value: Any) -> list[str]:
    keys = value or []
    if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
        raise Refusal("wrong_type", BAD_VALUE)
    if len(keys) > MAX_REQUIRED:
        raise Refusal("too_many", TOO_MANY, max=MAX_REQUIRED)
    readable = rights.readable(ctx, obj)
    for key in keys:
        f = readable.get(key)
        if f is None:
            raise Refusal("unknown_field", UNKNOWN_FIELD, field=key[:40])
        fillable = rights.is_writable(ctx, f) and not f.type.always_readonly and f.computed is None
        if not fillable or f.type.storage == "none" or f.type.type == "stage":
            raise Refusal("not_possible", NOT_FILLABLE, field=f.label.in_(ctx.locale))
    return list(dict.fromkeys(keys))


def _gate(ctx: Ctx, obj: ObjectDef, name: str, value: Any) -> dict[str, Any] | None:
    """`{filter, message}`; None for none."""
    if value in (None, {}):
        return None
    if not isinstance(value, Mapping) or set(value) - {"filter", "message"}:
        raise Refusal("wrong_type", BAD_VALUE)
    try:
        tree = condition(ctx, obj, value.get("filter"))
    except Invalid as problem:
        at = f"{name}.filter"
        wrong = [
            FieldError(f"{at}{e.field.removeprefix('condition')}", e.code, e.text, e.values)
            for e in problem.errors
        ]
        raise Invalid(
            errors=wrong or [FieldError(at, problem.code, problem.text, problem.values)]
        ) from problem
    if tree is None:
        raise Refusal("required", NO_CONDITION)
    said = value.get("message")
    found: dict[str, Any] = {"filter": tree}
    if said and _says(said):
        found["message"] = settings.label(said, longest=MAX_MESSAGE)
    return found


def _item(row: Any, taken: set[str], used: set[str]) -> dict[str, Any]:
    """One thing to be ticked off: `{key, name, required}`."""
    if not isinstance(row, Mapping) or set(row) - {"key", "name", "required"}:
        raise Refusal("wrong_type", BAD_VALUE)
    name = settings.label(row.get("name"), longest=MAX_ITEM)
    key = row.get("key")
    if not isinstance(key, str) or key not in taken:
        key = key_from(name["en"], taken | used, prefix="item")
    if key in used:
        raise Refusal("duplicate", _SAME)
    used.add(key)
    return {"key": key, "name": name, "required": settings.flag(row.get("required", True))}


def _task(row: Any) -> dict[str, Any]:
    """One task that entering the stage makes: `{subject, due_days}`."""
    if not isinstance(row, Mapping) or set(row) - {"subject", "due_days"}:
        raise Refusal("wrong_type", BAD_VALUE)
    days = row.get("due_days", 1)
    if isinstance(days, bool) or not isinstance(days, int) or not 0 <= days <= MAX_DAYS:
        raise Refusal("out_of_range", BAD_DAYS, max=MAX_DAYS)
    return {"subject": settings.label(row.get("subject"), longest=MAX_ITEM), "due_days": days}


def _each(name: str, value: Any, most: int, read: Callable[[Any], dict[str, Any]]) -> list[dict[str, Any]]:
    """Every row of a list through its reader; raises Invalid naming by their place the rows that are wrong."""
    rows = value or []
    if not isinstance(rows, list):
        raise Refusal("wrong_type", BAD_VALUE)
    if len(rows) > most:
        raise Refusal("too_many", TOO_MANY, max=most)
    found: list[dict[str, Any]] = []
    errors: list[FieldError] = []
    for n, row in enumerate(rows):
        try:
            found.append(read(row))
        except Refusal as refused:
            errors.append(FieldError(f"{name}.{n}", refused.code, refused.text, refused.values))
    if errors:
        raise Invalid(errors=errors)
    return found
