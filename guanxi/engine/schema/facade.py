"""Changing the schema of a workspace: objects, fields, options, pipelines. Reading it is `loading`.

*How it works*: every change writes its rows, bumps the workspace's `schema_version` and tells open
screens, in the caller's transaction. Processes pick the new version up with their next request.
Functions that importers and the API call give back the context to go on with, at the new version.

*Rules*: keys are never reused and never renamed; administrators only, except where the importer has
asked its person first (they are administrators too, then).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import Max

from guanxi.engine.schema import settings
from guanxi.engine.schema.changes import begin, bumped, finish, require_admin
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.field_types.base import FieldType, Refusal
from guanxi.engine.schema.loading import get_object, get_schema, options_from_json
from guanxi.engine.schema.models import SchemaField, SchemaObject
from guanxi.engine.schema.options import read_options
from guanxi.engine.schema.rules import (
    BAD_KEY,
    KEY,
    KEY_TAKEN,
    MAX_CUSTOM_FIELDS,
    MAX_CUSTOM_OBJECTS,
    MAX_INDEXED,
    RESERVED,
    RESERVED_FIELDS,
    RESERVED_OBJECTS,
)
from guanxi.engine.schema.seals import CLOSING, OPENING, why_plain
from guanxi.engine.schema.usage import refuse_named, refuse_used
from guanxi.engine.schema.watching import saved
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, FieldError, Invalid, NotFound, TooLarge, invalid
from guanxi.kit.text import Text

OBJECT_SETTINGS = frozenset(
    {"label", "label_plural", "icon", "color", "group", "position", "title_label", "parents", "seen_by",
     "hidden", "deprecated"}
)  # fmt: skip
_STANDARD_OBJECT = frozenset({"label", "label_plural", "seen_by", "hidden", "deprecated", "position"})
FIELD_SETTINGS = frozenset(
    {"label", "help", "required", "unique", "indexed", "searchable", "hidden", "section", "default", "in_list",
     "in_create", "options", "target", "config", "position", "deprecated", "sensitive", "confidential",
     "reveals", "review_days"}
)  # fmt: skip
STANDARD_SETTINGS = frozenset(
    {"label", "help", "required", "hidden", "in_list", "in_create", "searchable", "options", "default", "unique",
     "indexed", "section", "deprecated", "sensitive", "confidential", "review_days"}
)  # fmt: skip
__all__ = ["FIELD_SETTINGS", "OBJECT_SETTINGS", "STANDARD_SETTINGS", "bumped", "create_field", "create_object",
           "find_field", "indexed_fields", "require_admin", "update_field", "update_object"]  # fmt: skip

UNKNOWN_SETTING = Text("没有这个设置。", "There is no such setting.")
UNKNOWN_TYPE = Text("没有「{type}」这种字段。", "There is no field type “{type}”.")
UNKNOWN_FIELD = Text("没有这个字段。", "There is no such field.")
NOT_CONFIG = Text("这里需要一个对象。", "An object is needed here.")
TOO_MANY = Text("最多 {max} 个。", "At most {max}.")
NEEDS_TARGET = Text("请指明关联到哪个对象。", "Say which object it links to.")
BUSY = Text(
    "这个字段的数据正在改写，完成以后才能改。",
    "The values of this field are being rewritten. It can be changed once that is done.",
)
OPTION_HELD = Text(
    "还有记录选了：{options}。可以停用这个选项，或者先换成别的。",
    "Records still hold: {options}. Retire the option, or replace it by another first.",
)
Held = Callable[[Ctx, ObjectDef, FieldDef, Sequence[str]], Mapping[str, int | None]]


def create_object(ctx: Ctx, key: str, given: Mapping[str, Any]) -> Ctx:
    """Declare a custom object with the settings of OBJECT_SETTINGS; raises Invalid, Forbidden."""
    ctx = begin(ctx)
    _check_settings(given, OBJECT_SETTINGS)
    _check_key(key, RESERVED_OBJECTS)
    if get_schema(ctx).find(key) or SchemaObject.objects.filter(key=key).exists():
        raise invalid("key", "key_taken", KEY_TAKEN, key=key)
    if SchemaObject.objects.filter(standard=False, deleted_at=None).count() >= MAX_CUSTOM_OBJECTS:
        raise TooLarge(code="too_many_objects")
    found, errors = settings.object_settings({"label": None, **given}, None)
    if errors:
        raise Invalid(errors=errors)
    config: dict[str, Any] = {}
    _keep_config(found, config)
    SchemaObject.objects.create(
        workspace_id=ctx.workspace.id,
        key=key,
        **{"label_plural": found["label"], "icon": "box", "group": "other", "position": 100, **found},
        config=config,
    )
    return finish(ctx, key, "object_created", after=found)


def update_object(ctx: Ctx, key: str, given: Mapping[str, Any], *, version: int | None = None) -> Ctx:
    """Change the labels (and, of custom objects, the looks) of an object.

    Raises Invalid, NotFound, and Conflict where the object has moved on from `version`.
    """
    ctx = begin(ctx, key, version)
    obj = get_object(ctx, key)
    _check_settings(
        given, OBJECT_SETTINGS if obj.custom else _STANDARD_OBJECT - ({"seen_by"} if obj.shared else set())
    )
    found, errors = settings.object_settings(given, obj)
    if errors:
        raise Invalid(errors=errors)
    row, _ = SchemaObject.objects.get_or_create(
        workspace_id=ctx.workspace.id, key=key, defaults={"standard": True}
    )
    if not obj.custom and "position" in found:
        found["order"] = found.pop("position")  # the row of a standard object says what differs, and no more
    before = {name: row.config.get(name, getattr(row, name, None)) for name in found}
    after = dict(found)
    _keep_config(found, row.config)
    for name, value in found.items():
        setattr(row, name, value)
    row.save()
    return finish(ctx, key, "object_changed", before=before, after=after)


def create_field(
    ctx: Ctx,
    object_key: str,
    key: str,
    type_key: str,
    given: Mapping[str, Any],
    *,
    version: int | None = None,
) -> Ctx:
    """Declare a custom field with the settings of FIELD_SETTINGS.

    Raises Invalid, NotFound, Forbidden, and Conflict where the object has moved on from `version`.
    """
    ctx = begin(ctx, object_key, version)
    obj = get_object(ctx, object_key)
    _check_settings(given, FIELD_SETTINGS)
    _check_key(key, RESERVED_FIELDS)
    rows = SchemaField.objects.filter(object_key=object_key)
    if key in obj.fields or rows.filter(key=key).exists():
        raise invalid("key", "key_taken", KEY_TAKEN, key=key)
    if rows.filter(standard=False, deleted_at=None).count() >= MAX_CUSTOM_FIELDS:
        raise TooLarge(code="too_many_fields")
    field_type = field_type_registry.find(type_key)
    if field_type is None or not field_type.can_be_created:
        raise invalid("type", "unknown_type", UNKNOWN_TYPE, type=str(type_key)[:40])
    definition = _field_definition(ctx, obj, key, type_key, {"label": None, **given})
    _refuse_plain(
        obj, FieldDef(key, field_type_registry.get(type_key), Text(key, key), custom=True), definition
    )
    position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
    if any("order" in row for row in rows.values_list("definition", flat=True)):
        definition["order"] = max(f.position for f in obj.fields.values()) + 1
    SchemaField.objects.create(
        workspace_id=ctx.workspace.id,
        object_key=object_key,
        key=key,
        type=type_key,
        position=definition.pop("position", position),
        definition=definition,
    )
    fresh = finish(ctx, object_key, "field_created", field=key, after={"type": type_key, **definition})
    return saved(fresh, object_key, key)


def update_field(
    ctx: Ctx,
    object_key: str,
    key: str,
    given: Mapping[str, Any],
    *,
    version: int | None = None,
    held: Held | None = None,
    although_used: bool = False,
) -> Ctx:
    """Change a field's settings (a standard field's: STANDARD_SETTINGS); one in use is hidden only `although_used`.

    `held` tells how many records hold which of some options (None: some, to who may not know how many), so that none
    in use is taken away. Raises
    Invalid, NotFound, and Conflict for that or where the object has moved on from `version`.
    """
    ctx = begin(ctx, object_key, version)
    obj = get_object(ctx, object_key)
    found = find_field(obj, key)
    if (found.busy and found.rollup is None) or found.sealing in (CLOSING, OPENING):
        raise Conflict(BUSY, code="field_busy")
    _check_settings(given, FIELD_SETTINGS - {"target"} if found.custom else STANDARD_SETTINGS)
    if found.options_source and "options" in given:
        raise invalid("options", "not_possible", settings.NOT_POSSIBLE)
    type_key = found.declared or found.type.type
    definition = _field_definition(ctx, obj, key, type_key, given, existing=found)
    if definition.get("hidden") and not found.hidden and not although_used:
        refuse_used(ctx, object_key, key)
    _refuse_plain(obj, found, definition)
    if "options" in definition and held is not None:
        _refuse_held(ctx, obj, found, definition["options"], held)
    row, _ = SchemaField.objects.get_or_create(
        workspace_id=ctx.workspace.id,
        object_key=object_key,
        key=key,
        defaults={"standard": True, "type": type_key},
    )
    row.position = definition.pop("position", row.position)
    before = {name: row.definition.get(name) for name in definition}
    row.definition = {**row.definition, **definition}
    row.save()
    fresh = finish(ctx, object_key, "field_changed", field=key, before=before, after=definition)
    return saved(fresh, object_key, key, found)


def find_field(obj: ObjectDef, key: str) -> FieldDef:
    """The field, or NotFound."""
    found = obj.fields.get(key)
    if found is None:
        raise NotFound(UNKNOWN_FIELD, code="unknown_field")
    return found


def indexed_fields(ctx: Ctx) -> list[tuple[ObjectDef, FieldDef]]:
    """The fields that ask for an index of their own, and the links that rollups follow.

    The link of lines to their record has one index for all workspaces (records/migrations/0007).
    """
    schema = get_schema(ctx)
    followed = {
        (f.rollup.object, f.rollup.link) for o in schema.listed for f in o.fields.values() if f.rollup
    }
    return [
        (o, f)
        for o in schema.listed
        if o.record
        for f in o.fields.values()
        if f.in_row and (f.indexed or (f.column is None and (o.key, f.key) in followed))
    ]


def _field_definition(
    ctx: Ctx,
    obj: ObjectDef,
    key: str,
    type_key: str,
    given: Mapping[str, Any],
    *,
    existing: FieldDef | None = None,
) -> dict[str, Any]:
    """The given settings of a field as they are stored; raises Invalid with every complaint."""
    field_type = field_type_registry.get(type_key)
    needed = existing is not None and settings.is_needed(obj, key)
    definition, errors = settings.field_settings(field_type, given, needed=needed)
    errors += _read_options(field_type, given, definition, existing)
    if field_type.is_record_link and existing is None:
        errors += _read_target(ctx, given, definition)
    if "config" in given or existing is None:
        config = given.get("config") or {}
        try:
            if not isinstance(config, Mapping):
                raise Refusal("bad_config", NOT_CONFIG)
            definition["config"] = field_type.check_declaration(config, key, obj, get_schema(ctx).objects)
        except Refusal as refusal:
            errors.append(FieldError("config", refusal.code, refusal.text, refusal.values))
    if definition.get("indexed") and not (existing and existing.indexed):
        taken = sum(f.indexed for f in obj.fields.values())
        errors += (
            [FieldError("indexed", "too_many", TOO_MANY, {"max": MAX_INDEXED})]
            if taken >= MAX_INDEXED
            else []
        )
    if "default" in given and not errors:
        field = _as_declared(key, field_type, definition, existing)
        readers = {"default": lambda value: settings.default_value(ctx, field, value)}
        default, errors = settings.read_all(readers, given)
        definition |= default
    if errors:
        raise Invalid(errors=errors)
    return definition


def _refuse_plain(obj: ObjectDef, f: FieldDef, definition: Mapping[str, Any]) -> None:
    """Nobody is told that a field is sensitive whose values stand there in plain."""
    reason = why_plain(obj, f) if definition.get("sensitive") and not f.sensitive else None
    if reason is not None:
        raise invalid("sensitive", "not_possible", reason)


def _as_declared(
    key: str, field_type: FieldType, definition: Mapping[str, Any], existing: FieldDef | None
) -> FieldDef:
    """The field as these settings will make it, as far as its values depend on them."""
    options = existing.options if existing else ()
    if "options" in definition:
        options = options_from_json(definition["options"])
    config = definition.get("config", existing.config if existing else {})
    return FieldDef(key, field_type, Text(key, key), options=options, config=config)


def _keep_config(found: dict[str, Any], config: dict[str, Any]) -> None:
    """Move what stands in an object's `config` there; None and nothing take it out."""
    for name in ("title_label", "parents", "seen_by", "hidden", "deprecated", "order"):
        if name in found:
            value = found.pop(name)
            config.pop(name, None)
            if value:
                config[name] = value


def _read_options(
    field_type: FieldType, given: Mapping[str, Any], definition: dict[str, Any], existing: FieldDef | None
) -> list[FieldError]:
    if "options" not in given and (existing is not None or not field_type.has_options):
        return []
    if not field_type.has_options:
        return [FieldError("options", "not_possible", settings.NOT_POSSIBLE)]
    definition["options"] = read_options(given.get("options") or [], existing.options if existing else ())
    return []


def _refuse_held(
    ctx: Ctx, obj: ObjectDef, field: FieldDef, options: list[dict[str, Any]], held: Held
) -> None:
    staying = {row["value"] for row in options}
    gone = [option for option in field.options if option.value not in staying]
    refuse_named(ctx, obj.key, field.key, (option.value for option in gone))
    counts = held(ctx, obj, field, [option.value for option in gone]) if gone else {}
    used = [option for option in gone if option.value in counts]
    if used:
        extra = {
            "options": [
                {"value": o.value, "label": o.label.as_dict(), "count": counts[o.value]} for o in used
            ]
        }
        names = Text("、", ", ").in_(ctx.locale).join(option.label.in_(ctx.locale) for option in used)
        raise Conflict(OPTION_HELD, code="option_in_use", extra=extra, options=names)


def _read_target(ctx: Ctx, given: Mapping[str, Any], definition: dict[str, Any]) -> list[FieldError]:
    target = given.get("target")
    found = get_schema(ctx).find(target) if isinstance(target, str) else None
    definition["target"] = target
    return [] if found is not None and found.listed else [FieldError("target", "required", NEEDS_TARGET)]


def _check_settings(given: Mapping[str, Any], allowed: Iterable[str]) -> None:
    errors = [
        FieldError(name, "unknown_setting", UNKNOWN_SETTING) for name in given if name not in set(allowed)
    ]
    if errors:
        raise Invalid(errors=errors)


def _check_key(key: Any, reserved: frozenset[str]) -> None:
    if not isinstance(key, str) or not KEY.fullmatch(key):
        raise invalid("key", "bad_key", BAD_KEY)
    if key in reserved:
        raise invalid("key", "reserved", RESERVED, key=key)
