"""Sections of an object and the order of its fields in them: always given whole.

*How it works*: the sections with their names stand in the object's `config`, in order; each field's place
(`section`, `order`) in its own row, for standard objects and fields as for custom ones.

*Rules*: a field that the caller does not name stays where it is, behind the others. Keys of sections are
made once and kept; a section goes when no field stands in it.
"""

from collections.abc import Mapping
from typing import Any

from guanxi.engine.schema import settings
from guanxi.engine.schema.changes import begin, finish
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.base import Refusal
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.models import SchemaField, SchemaObject
from guanxi.engine.schema.rules import KEY, key_from
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

MAX_SECTIONS = 50
STEP = 10
BAD_SECTIONS = Text(
    "分组应是一个列表，每项有名称和字段，最多 {max} 个。",
    "Sections are a list, each with a label and its fields, at most {max}.",
)
UNKNOWN_FIELD = Text("没有「{field}」这个字段。", "There is no field “{field}”.")
TWICE = Text("「{field}」出现了两次。", "“{field}” stands here twice.")
NOT_EMPTY = Text(
    "分组「{section}」里还有字段，请先移走。",
    "Fields still stand in the section “{section}”. Move them first.",
)


def arrange(ctx: Ctx, object_key: str, given: Any, *, version: int | None = None) -> Ctx:
    """Set sections and order from `[{key?, label, fields: [key, …]}, …]`.

    Raises Invalid, NotFound, and Conflict where the object has moved on from `version`.
    """
    ctx = begin(ctx, object_key, version)
    obj = get_object(ctx, object_key)
    if not isinstance(given, list) or not 1 <= len(given) <= MAX_SECTIONS:
        raise invalid("sections", "wrong_type", BAD_SECTIONS, max=MAX_SECTIONS)
    sections: list[dict[str, Any]] = []
    places: dict[str, str] = {}
    for index, item in enumerate(given):
        section = _read_section(obj, item, index, {row["key"] for row in sections})
        sections.append(section)
        for field_key in _read_fields(obj, item, index, places):
            places[field_key] = section["key"]
    kept = {section["key"] for section in sections}
    for f in sorted(obj.fields.values(), key=lambda f: f.position):
        if f.key in places:
            continue
        if f.section not in kept:
            label = next((s.label for s in obj.sections if s.key == f.section), Text(f.section, f.section))
            raise invalid("sections", "section_not_empty", NOT_EMPTY, section=label.in_(ctx.locale))
        places[f.key] = f.section
    row, _ = SchemaObject.objects.get_or_create(
        workspace_id=ctx.workspace.id, key=object_key, defaults={"standard": True}
    )
    row.config = {**row.config, "sections": sections}
    row.save()
    _place(ctx, obj, places)
    before = {"sections": [s.key for s in obj.sections], "order": _order(obj)}
    return finish(
        ctx, object_key, "arranged", before=before, after={"sections": [s["key"] for s in sections], "order": list(places)}
    )  # fmt: skip


def _order(obj: ObjectDef) -> list[str]:
    return [f.key for f in sorted(obj.fields.values(), key=lambda f: f.position)]


def _read_section(obj: ObjectDef, item: Any, index: int, taken: set[str]) -> dict[str, Any]:
    at = f"sections.{index}"
    if not isinstance(item, Mapping):
        raise invalid(at, "wrong_type", BAD_SECTIONS, max=MAX_SECTIONS)
    known = {section.key: section for section in obj.sections}
    key = item.get("key")
    label = item.get("label", known[key].label.as_dict() if isinstance(key, str) and key in known else None)
    try:
        named = settings.label(label)
    except Refusal as refusal:
        raise invalid(f"{at}.label", refusal.code, refusal.text, **refusal.values) from refusal
    if key is None:
        key = key_from(named["en"], taken | set(known), prefix="section")
    if not isinstance(key, str) or not KEY.fullmatch(key) or key in taken:
        raise invalid(f"{at}.key", "wrong_type", BAD_SECTIONS, max=MAX_SECTIONS)
    return {"key": key, "label": named}


def _read_fields(obj: ObjectDef, item: Mapping[str, Any], index: int, places: Mapping[str, str]) -> list[str]:
    at = f"sections.{index}.fields"
    keys = item.get("fields", [])
    if not isinstance(keys, list) or len(keys) > len(obj.fields):
        raise invalid(at, "wrong_type", BAD_SECTIONS, max=MAX_SECTIONS)
    for i, key in enumerate(keys):
        if not isinstance(key, str) or key not in obj.fields:
            raise invalid(f"{at}.{i}", "unknown_field", UNKNOWN_FIELD, field=str(key)[:40])
        if key in places or key in keys[:i]:
            raise invalid(f"{at}.{i}", "duplicate", TWICE, field=key)
    return keys


def _place(ctx: Ctx, obj: ObjectDef, places: Mapping[str, str]) -> None:
    """Write section and order of every field: two statements, whatever their number."""
    rows = {row.key: row for row in SchemaField.objects.filter(object_key=obj.key)}
    fresh = [
        SchemaField(
            workspace_id=ctx.workspace.id, object_key=obj.key, key=key, standard=True, type=obj.fields[key].type.type
        )
        for key in places if key not in rows
    ]  # fmt: skip
    changed = [*(rows[key] for key in places if key in rows), *fresh]
    number = {key: (index + 1) * STEP for index, key in enumerate(places)}
    for row in changed:
        row.definition = {**row.definition, "section": places[row.key], "order": number[row.key]}
    SchemaField.objects.bulk_create(fresh)
    SchemaField.objects.bulk_update([row for row in changed if row not in fresh], ["definition"])
