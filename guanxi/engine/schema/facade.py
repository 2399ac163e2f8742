"""Changing the schema of a workspace: objects, fields, options, pipelines. Reading it is `loading`.

*How it works*: every change writes its rows, bumps the workspace's `schema_version` and tells open
screens, in the caller's transaction. Processes pick the new version up with their next request.
Functions that importers and the API call give back the context to go on with, at the new version.

*Rules*: keys are never reused and never renamed; administrators only, except where the importer has
asked its person first (they are administrators too, then).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection
from django.db.models import F, Max

from guanxi.engine.schema import settings
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.field_types.base import FieldType, Refusal
from guanxi.engine.schema.loading import get_object, get_schema, options_from_json, refreshed
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
from guanxi.engine.tenancy.context import Ctx, Role, uncommitted
from guanxi.engine.tenancy.models import Workspace
from guanxi.kit.errors import Conflict, FieldError, Forbidden, Invalid, NotFound, TooLarge, invalid
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

OBJECT_SETTINGS = frozenset(
    {"label", "label_plural", "icon", "color", "group", "position", "title_label", "parents"}
)
FIELD_SETTINGS = frozenset(
    {"label", "help", "required", "unique", "indexed", "searchable", "hidden", "section", "default", "in_list",
     "in_create", "options", "target", "config", "position"}
)  # fmt: skip
STANDARD_SETTINGS = frozenset(
    {"label", "help", "required", "hidden", "in_list", "in_create", "searchable", "options", "default"}
)
UNKNOWN_SETTING = Text("没有这个设置。", "There is no such setting.")
UNKNOWN_TYPE = Text("没有「{type}」这种字段。", "There is no field type “{type}”.")
UNKNOWN_FIELD = Text("没有这个字段。", "There is no such field.")
NOT_CONFIG = Text("这里需要一个对象。", "An object is needed here.")
TOO_MANY = Text("最多 {max} 个。", "At most {max}.")
NEEDS_TARGET = Text("请指明关联到哪个对象。", "Say which object it links to.")
STANDARD_STAYS = Text("标准对象和标准字段不能删除。", "Standard objects and fields cannot be deleted.")
IN_USE = Text("还有字段关联到它：{fields}。", "Fields still link to it: {fields}.")


def require_admin(ctx: Ctx) -> None:
    """Raise Forbidden unless the actor may shape the workspace."""
    if ctx.actor.role is not Role.ADMIN or not ctx.actor.can_write:
        raise Forbidden


def bumped(ctx: Ctx) -> Ctx:
    """Raise the schema's version, tell open screens, and give the context at the new version."""
    Workspace.objects.filter(id=ctx.workspace.id).update(schema_version=F("schema_version") + 1)
    uncommitted.schemas[ctx.workspace.id] = None
    fresh = refreshed(ctx)
    message = {
        "workspace": ctx.workspace.id,
        "event": "schema",
        "data": {"version": fresh.workspace.schema_version},
    }
    with connection.cursor() as db:
        db.execute("SELECT pg_notify('guanxi', %s)", [dumps(message).decode()])
    return fresh


def create_object(ctx: Ctx, key: str, given: Mapping[str, Any]) -> Ctx:
    """Declare a custom object with the settings of OBJECT_SETTINGS; raises Invalid, Forbidden."""
    require_admin(ctx)
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
    return bumped(ctx)


def update_object(ctx: Ctx, key: str, given: Mapping[str, Any]) -> Ctx:
    """Change the labels (and, of custom objects, the looks) of an object; raises Invalid, NotFound."""
    require_admin(ctx)
    obj = get_object(ctx, key)
    _check_settings(given, OBJECT_SETTINGS if obj.custom else frozenset({"label", "label_plural"}))
    found, errors = settings.object_settings(given, obj)
    if errors:
        raise Invalid(errors=errors)
    row, _ = SchemaObject.objects.get_or_create(
        workspace_id=ctx.workspace.id, key=key, defaults={"standard": True}
    )
    _keep_config(found, row.config)
    for name, value in found.items():
        setattr(row, name, value)
    row.save()
    return bumped(ctx)


def delete_object(ctx: Ctx, key: str) -> Ctx:
    """Put a custom object away with its records; refuses while fields of others link to it."""
    require_admin(ctx)
    obj = get_object(ctx, key)
    if not obj.custom:
        raise Conflict(STANDARD_STAYS, code="standard_object")
    users = [f"{o.label.in_(ctx.locale)}.{f.label.in_(ctx.locale)}" for o, f in get_schema(ctx).referrers.get(key, ())
             if o.key != key]  # fmt: skip
    if users:
        raise Conflict(IN_USE, code="in_use", fields="、".join(users))
    SchemaObject.objects.filter(key=key, standard=False).update(deleted_at=ctx.now)
    return bumped(ctx)


def create_field(ctx: Ctx, object_key: str, key: str, type_key: str, given: Mapping[str, Any]) -> Ctx:
    """Declare a custom field with the settings of FIELD_SETTINGS; raises Invalid, NotFound, Forbidden."""
    require_admin(ctx)
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
    position = (rows.aggregate(last=Max("position"))["last"] or 0) + 1
    SchemaField.objects.create(
        workspace_id=ctx.workspace.id,
        object_key=object_key,
        key=key,
        type=type_key,
        position=definition.pop("position", position),
        definition=definition,
    )
    return bumped(ctx)


def update_field(ctx: Ctx, object_key: str, key: str, given: Mapping[str, Any]) -> Ctx:
    """Change a field's settings (a standard field's: STANDARD_SETTINGS); raises Invalid, NotFound."""
    require_admin(ctx)
    obj = get_object(ctx, object_key)
    found = find_field(obj, key)
    _check_settings(given, FIELD_SETTINGS - {"target"} if found.custom else STANDARD_SETTINGS)
    if found.options_source and "options" in given:
        raise invalid("options", "not_possible", settings.NOT_POSSIBLE)
    type_key = found.declared or found.type.type
    definition = _field_definition(ctx, obj, key, type_key, given, existing=found)
    row, _ = SchemaField.objects.get_or_create(
        workspace_id=ctx.workspace.id,
        object_key=object_key,
        key=key,
        defaults={"standard": True, "type": type_key},
    )
    row.position = definition.pop("position", row.position)
    row.definition = {**row.definition, **definition}
    row.save()
    return bumped(ctx)


def delete_field(ctx: Ctx, object_key: str, key: str) -> Ctx:
    """Put a custom field away; its values stay in the rows, out of sight."""
    require_admin(ctx)
    found = find_field(get_object(ctx, object_key), key)
    if not found.custom:
        raise Conflict(STANDARD_STAYS, code="standard_field")
    SchemaField.objects.filter(object_key=object_key, key=key).update(deleted_at=ctx.now)
    return bumped(ctx)


def find_field(obj: ObjectDef, key: str) -> FieldDef:
    """The field, or NotFound."""
    found = obj.fields.get(key)
    if found is None:
        raise NotFound(UNKNOWN_FIELD, code="unknown_field")
    return found


def indexed_fields(ctx: Ctx) -> list[tuple[ObjectDef, FieldDef]]:
    """The custom fields that ask for an index of their own."""
    return [(o, f) for o in get_schema(ctx).listed for f in o.fields.values() if f.custom and f.indexed]


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
        taken = sum(f.indexed for f in obj.fields.values() if f.custom)
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
    for name in ("title_label", "parents"):
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
