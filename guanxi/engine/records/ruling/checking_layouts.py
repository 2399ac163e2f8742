"""What an administrator may say in a layout: tabs of sections of fields, and the related lists.

*Rules*: a field stands once in a layout; sizes are bounded. Fields that must be filled in and are nowhere
on a form are told as `missing`: a warning, since a default, a rule or an import may fill them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.access.loading import known_roles
from guanxi.engine.records.ruling.checking import BAD_VALUE, condition, one_of, read_settings
from guanxi.engine.records.ruling.choosing import KINDS
from guanxi.engine.schema import settings
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

MAX_TABS = 12
MAX_SECTIONS = 40
MAX_FIELDS = 400
MAX_RELATED = 50
UNKNOWN_FIELD = Text("没有「{field}」这个字段。", "There is no field “{field}”.")
TWICE = Text("「{field}」在布局里出现了两次。", "“{field}” stands in the layout twice.")
NO_RELATED = Text("「{object}」没有关联到这里。", "“{object}” has no link to this object.")


def read_layout(ctx: Ctx, obj: ObjectDef, given: Mapping[str, Any]) -> dict[str, Any]:
    """The given settings of a layout as they are stored; raises Invalid."""
    readers: dict[str, Callable[[Any], Any]] = {
        "name": settings.label,
        "kind": lambda value: one_of(value, KINDS),
        "roles": lambda value: _roles(ctx, value),
        "condition": lambda value: condition(ctx, obj, value),
        "definition": lambda value: definition(ctx, obj, value),
        "enabled": settings.flag,
        "position": settings.position,
    }
    return read_settings(readers, given)


def definition(ctx: Ctx, obj: ObjectDef, given: Any) -> dict[str, Any]:
    """`{"tabs": [{"key", "label", "sections": [...]}], "related": [...] | None}`; raises Refusal."""
    if not isinstance(given, Mapping) or set(given) - {"tabs", "related"}:
        raise Refusal("wrong_type", BAD_VALUE)
    tabs = given.get("tabs")
    if not isinstance(tabs, list) or not 1 <= len(tabs) <= MAX_TABS:
        raise Refusal("wrong_type", BAD_VALUE)
    seen: set[str] = set()
    found = [_tab(ctx, obj, tab, i, seen) for i, tab in enumerate(tabs)]
    return {"tabs": found, "related": _related(ctx, obj, given.get("related"))}


def missing_fields(obj: ObjectDef, stored: Mapping[str, Any]) -> list[str]:
    """The fields that a new record needs, without a default, that are nowhere on the form."""
    placed = {key for tab in stored["tabs"] for section in tab["sections"] for key in section["fields"]}
    filled = {
        key for rule in obj.field_rules for e in rule.effects if e.kind == "default" for key in e.fields
    }
    return [
        f.key
        for f in obj.fields.values()
        if f.required
        and f.default is None
        and not f.readonly
        and not f.hidden
        and f.key not in placed | filled
    ]


def _tab(ctx: Ctx, obj: ObjectDef, given: Any, index: int, seen: set[str]) -> dict[str, Any]:
    if not isinstance(given, Mapping) or not isinstance(given.get("sections"), list):
        raise Refusal("wrong_type", BAD_VALUE)
    sections = given["sections"]
    if len(sections) > MAX_SECTIONS:
        raise Refusal("wrong_type", BAD_VALUE)
    return {
        "key": f"tab{index + 1}",
        "label": _label(given.get("label")),
        "sections": [
            _section(ctx, obj, item, f"s{index + 1}_{i + 1}", seen) for i, item in enumerate(sections)
        ],
    }


def _section(ctx: Ctx, obj: ObjectDef, given: Any, key: str, seen: set[str]) -> dict[str, Any]:
    fields = given.get("fields") if isinstance(given, Mapping) else None
    if not isinstance(fields, list) or len(seen) + len(fields) > MAX_FIELDS:
        raise Refusal("wrong_type", BAD_VALUE)
    readable = rights.readable(ctx, obj)
    for name in fields:
        if not isinstance(name, str) or name not in readable:
            raise Refusal("unknown_field", UNKNOWN_FIELD, field=str(name)[:60])
        if name in seen:
            raise Refusal("duplicate", TWICE, field=readable[name].label.in_(ctx.locale))
        seen.add(name)
    columns = given.get("columns", 2)
    if isinstance(columns, bool) or columns not in (1, 2, 3):
        raise Refusal("wrong_type", BAD_VALUE)
    collapsed = settings.flag(given.get("collapsed", False))
    return {"key": key, "label": _label(given.get("label")), "columns": columns, "collapsed": collapsed,
            "fields": list(fields)}  # fmt: skip


def _label(given: Any) -> dict[str, str] | None:
    return None if given in (None, "") else settings.label(given)


def _roles(ctx: Ctx, given: Any) -> list[str]:
    roles = known_roles(ctx)
    if not isinstance(given, list) or len(given) > len(roles) or not all(isinstance(r, str) for r in given):
        raise Refusal("wrong_type", BAD_VALUE)
    return [one_of(role, roles) for role in dict.fromkeys(given)]


def _related(ctx: Ctx, obj: ObjectDef, given: Any) -> list[dict[str, str]] | None:
    if given is None:
        return None
    if not isinstance(given, list) or len(given) > MAX_RELATED:
        raise Refusal("wrong_type", BAD_VALUE)
    known = {(other.key, f.key) for other, f in get_schema(ctx).referrers.get(obj.key, ())}
    found = []
    for item in given:
        pair = (item.get("object"), item.get("field")) if isinstance(item, Mapping) else (None, None)
        if pair not in known:
            raise Refusal("unknown_field", NO_RELATED, object=str(pair[0])[:60])
        found.append({"object": str(pair[0]), "field": str(pair[1])})
    return found
