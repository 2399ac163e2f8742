"""Objects and fields as `/meta/objects` tells them: what a screen or an integration needs to draw them."""

from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.query.read import usual_sort
from guanxi.engine.schema.definitions import FieldDef, ObjectDef, WorkspaceSchema
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx


def describe_object(ctx: Ctx, obj: ObjectDef) -> dict[str, Any]:
    """The Object of the API."""
    schema = get_schema(ctx)
    readable = rights.shown(ctx, obj)
    fields = sorted(readable.values(), key=lambda f: f.position)
    used = {f.section for f in fields}
    return {
        "key": obj.key,
        "label": obj.label.as_dict(),
        "label_plural": obj.label_plural.as_dict(),
        "icon": obj.icon,
        "color": obj.color,
        "group": obj.group,
        "custom": obj.custom,
        "version": obj.version,
        "line_of": obj.line_of._asdict() if obj.line_of else None,
        "shared": obj.shared,
        "seen_by": obj.seen_by,
        "hidden": obj.hidden,
        "deprecated": obj.deprecated,
        "title_field": obj.title_field,
        "position": obj.position,
        "timeline": obj.timeline,
        "activity_kind": obj.activity_kind,
        "has_currency": obj.has_currency,
        "has_rules": bool(obj.field_rules or obj.validations),
        "has_layouts": sorted({layout.kind for layout in obj.layouts}),
        "default_sort": ",".join(("-" if s.descending else "") + s.path for s in usual_sort(ctx, obj)),
        "board_fields": [key for key in obj.board_fields if key in readable],
        "sections": [{"key": s.key, "label": s.label.as_dict()} for s in obj.sections if s.key in used],
        "fields": [describe_field(ctx, f) for f in fields],
        "related": _related(ctx, schema, obj),
        "actions": [_describe_action(ctx, obj, a) for a in actions_for(ctx, obj)],
        "can": {verb: rights.can(ctx, obj, verb) for verb in rights.VERBS if verb != "read"},
    }


def describe_field(ctx: Ctx, f: FieldDef) -> dict[str, Any]:
    """The Field of the API."""
    target = f.target or (f.type.references if f.type.references in ("user", "team") else None)
    return {
        "key": f.key,
        "type": f.type.type,
        "declared": f.declared or f.type.type,
        "label": f.label.as_dict(),
        "help": f.help.as_dict() if f.help else None,
        "required": f.required,
        "unique": f.unique,
        "indexed": f.indexed,
        "searchable": f.searchable,
        "busy": f.busy,
        "readonly": not rights.is_writable(ctx, f),
        "system": f.system,
        "custom": f.custom,
        "deprecated": f.deprecated,
        "sensitive": f.sensitive,
        "confidential": f.confidential,
        "encrypted": f.is_sealed,
        "review_days": f.review_days,
        "reveals": f.reveals,
        "masked": f.masked,
        "section": f.section,
        "default": None if f.default is None else f.type.to_api(f.default, f, from_json=False),
        "in_list": f.in_list,
        "in_create": f.in_create and rights.is_writable(ctx, f),
        "position": f.position,
        "options": [option.as_json() for option in f.options] if f.type.has_options else None,
        "target": target,
        "config": dict(f.config),
        "operators": [] if f.masked else list(f.type.operators),
        "sortable": f.type.sortable and not f.masked,
        "groupable": f.type.groupable and not f.masked,
        "measures": [] if f.masked else sorted(f.type.measures),
        "buckets": [] if f.masked else list(f.type.buckets),
    }


def actions_for(ctx: Ctx, obj: ObjectDef) -> list[Action]:
    """The actions that exist for an object and that the actor's role may do at all."""
    return [
        action
        for action in action_registry
        if action.applies(obj) and rights.can_act(ctx, obj, action.key, action.verb)
    ]


def _describe_action(ctx: Ctx, obj: ObjectDef, action: Action) -> dict[str, Any]:
    fields = [describe_field(ctx, f) for f in action.input_fields(obj)]
    return {
        "key": action.key,
        "label": action.label.as_dict(),
        "icon": action.icon,
        "bulk": action.bulk,
        "danger": action.danger,
        "when": None if action.when is None else {"field": action.when[0], "values": list(action.when[1])},
        "deleted": action.deleted,
        "fields": fields,
        "input": input_schema(fields),
    }


def input_schema(fields: list[dict[str, Any]]) -> dict[str, Any]:
    """The JSON Schema of an action's input."""
    return {
        "type": "object",
        "properties": {f["key"]: {"title": f["label"]["en"]} for f in fields},
        "required": [f["key"] for f in fields if f["required"]],
    }


def _related(ctx: Ctx, schema: WorkspaceSchema, obj: ObjectDef) -> list[dict[str, Any]]:
    return [
        {"object": other.key, "field": f.key, "label": other.label_plural.as_dict()}
        for other, f in schema.referrers.get(obj.key, ())
        if rights.can(ctx, other, "read") and f.key in rights.readable(ctx, other) and other.line_of is None
    ]
