"""A workspace's configuration as one document: what an administrator has shaped, without any record.

*How it works*: `export` writes custom objects with their fields, custom fields of standard objects,
pipelines, the views that everyone sees, and the rules (rulings.py). `read` checks the shape of a document
from outside, so that nothing is stored that cannot be read again; what its parts mean is settled when each
is applied, by the same functions that an administrator's clicks call.

*Rules*: a document holds no records, people or secrets. Keys tell what is the same thing.

*See*: applying.py; docs/adr/0052-configuration-as-a-document.md.
"""

from collections.abc import Iterator
from typing import Any

from guanxi.engine.configuration import rulings
from guanxi.engine.schema.facade import FIELD_SETTINGS, require_admin
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.models import SchemaField, SchemaObject
from guanxi.engine.schema.pipelines import list_pipelines
from guanxi.engine.schema.rules import BAD_KEY, KEY
from guanxi.engine.schema.settings import MAX_LABEL, label
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.facade import list_views
from guanxi.kit.errors import FieldError, Invalid, invalid
from guanxi.kit.text import Text

FORMAT = 1
MAX_PARTS = 2_000
NOT_A_CONFIGURATION = Text(
    "这不是配置文件，或者是更新版本的 Guanxi 导出的。",
    "This is no configuration, or a newer Guanxi has written it.",
)
TOO_MANY = Text("配置里的内容太多。", "The configuration holds too much.")
NUL = Text("这里有不能保存的字符。", "It holds a character that cannot be stored.")
MAX_VIEW_NAME = 80
MAX_TOLD = 100
_PARTS = ("objects", "fields", "pipelines", "views", *rulings.PARTS)
_KEYS = {"objects": ("key",), "fields": ("object", "key"), "identity_rules": ("object", "key")}
_NAMES = {
    "objects": {"label": True, "label_plural": False},
    "fields": {"label": False},
    "pipelines": {"name": True},
    "views": {"name": True},
    "identity_rules": {"label": False},
}
_KINDS: dict[str, dict[str, type]] = {
    "objects": {"parents": list},
    "fields": {"type": str},
    "pipelines": {"stages": list},
    "views": {"kind": str, "definition": dict, "pinned": bool},
}


def export(ctx: Ctx) -> dict[str, Any]:
    """The workspace's configuration; raises Forbidden for anybody but an administrator."""
    require_admin(ctx, "templates")
    schema = get_schema(ctx)
    objects = [_object(row) for row in SchemaObject.objects.filter(standard=False, deleted_at=None).order_by("position", "key")
               if schema.find(row.key) is not None]  # fmt: skip
    rows = SchemaField.objects.filter(standard=False, deleted_at=None).order_by(
        "object_key", "position", "key"
    )
    fields = [_field(row) for row in rows if schema.find(row.object_key) is not None]
    pipelines = [
        pipeline | {"object": obj.key} for obj in schema.listed for pipeline in _pipelines(ctx, obj.key)
    ]
    views = [_view(row) for obj in schema.listed for row in list_views(ctx, obj.key)
             if not row.builtin and row.scope == "everyone" and not row.broken]  # fmt: skip
    return {
        "guanxi_configuration": FORMAT,
        "objects": objects,
        "fields": fields,
        "pipelines": pipelines,
        "views": views,
        **rulings.exported(ctx),
    }


def read(given: Any) -> dict[str, list[dict[str, Any]]]:
    """The parts of a document from outside, each a list of objects; raises Invalid."""
    if not isinstance(given, dict) or given.get("guanxi_configuration") != FORMAT:
        raise invalid("guanxi_configuration", "not_a_configuration", NOT_A_CONFIGURATION)
    parts: dict[str, list[dict[str, Any]]] = {}
    for name in _PARTS:
        rows = given.get(name) or []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise invalid(name, "wrong_type", NOT_A_CONFIGURATION)
        parts[name] = rows
    if sum(len(rows) for rows in parts.values()) > MAX_PARTS:
        raise invalid("objects", "too_many", TOO_MANY)
    errors = [error for name, rows in parts.items() for i, row in enumerate(rows)
              for error in _wrong(name, f"{name}.{i}", row)]  # fmt: skip
    if errors:
        raise Invalid(errors=errors[:MAX_TOLD])
    return parts


def _wrong(part: str, place: str, row: dict[str, Any]) -> Iterator[FieldError]:
    """What of a part could be stored and then not be read: its keys, its names, the kinds of its values."""
    # Rules of all kinds belong to an object and may have a name; what else they say is read when they are made.
    for name in _KEYS.get(part, ("object",)):
        if not isinstance(row.get(name), str) or not KEY.fullmatch(row[name]):
            yield FieldError(f"{place}.{name}", "bad_key", BAD_KEY)
    for name, needed in _NAMES.get(part, {"name": False}).items():
        if needed or row.get(name):
            try:
                label(row.get(name), longest=MAX_VIEW_NAME if part == "views" else MAX_LABEL)
            except Refusal as refusal:
                yield FieldError(f"{place}.{name}", refusal.code, refusal.text, refusal.values)
    for name, kind in _KINDS.get(part, {}).items():
        if row.get(name) is not None and not isinstance(row[name], kind):
            yield FieldError(f"{place}.{name}", "wrong_type", NOT_A_CONFIGURATION)
    if _has_nul(row):
        yield FieldError(place, "bad_character", NUL)


def _has_nul(value: Any) -> bool:
    left = [value]
    while left:
        item = left.pop()
        if isinstance(item, str) and "\x00" in item:
            return True
        if isinstance(item, dict):
            left += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            left += item
    return False


def _object(row: SchemaObject) -> dict[str, Any]:
    found = {"key": row.key, "label": row.label, "label_plural": row.label_plural, "icon": row.icon, "color": row.color,
             "group": row.group, "position": row.position}  # fmt: skip
    return found | {
        name: row.config[name]
        for name in ("title_label", "parents", "seen_by", "hidden", "deprecated")
        if row.config.get(name)
    }


def _field(row: SchemaField) -> dict[str, Any]:
    kept = {name: value for name, value in row.definition.items() if name in FIELD_SETTINGS}
    return {"object": row.object_key, "key": row.key, "type": row.type, **kept}


def _pipelines(ctx: Ctx, object_key: str) -> list[dict[str, Any]]:
    return [
        {"key": row["key"], "name": row["name"], "is_default": row["is_default"],
         "stages": [{name: stage[name] for name in ("key", "name", "kind", "probability", "expected_days", "color", "guide")}
                    for stage in row["stages"]]}
        for row in list_pipelines(ctx, object_key)
    ]  # fmt: skip


def _view(row: Any) -> dict[str, Any]:
    return {
        "object": row.object,
        "name": row.name,
        "kind": row.kind,
        "pinned": row.pinned,
        "definition": row.definition,
    }
