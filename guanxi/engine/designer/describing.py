"""An object as its designer sees it: hidden fields, empty sections, what may be changed, what is going on."""

from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.designer.models import SchemaTask
from guanxi.engine.designer.reading import targets_of
from guanxi.engine.designer.work import OPEN, count_rows, task_json
from guanxi.engine.records.describing import describe_field
from guanxi.engine.schema import settings
from guanxi.engine.schema.changes import require_admin
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.facade import FIELD_SETTINGS, STANDARD_SETTINGS
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.models import SchemaField
from guanxi.engine.schema.seals import CLOSING, OPENING, why_plain
from guanxi.engine.tenancy.context import Ctx


def describe_design(ctx: Ctx, object_key: str) -> dict[str, Any]:
    """Everything about an object that an administrator shapes; raises NotFound, Forbidden."""
    require_admin(ctx)
    obj = get_object(ctx, object_key)
    tasks = SchemaTask.objects.filter(object_key=obj.key, status__in=OPEN).order_by("id")
    binned = SchemaField.objects.filter(object_key=obj.key, deleted_at__isnull=False, purged_at=None)
    return {
        "key": obj.key,
        "version": obj.version,
        "label": obj.label.as_dict(),
        "label_plural": obj.label_plural.as_dict(),
        "icon": obj.icon,
        "color": obj.color,
        "group": obj.group,
        "position": obj.position,
        "custom": obj.custom,
        "shared": obj.shared,
        "seen_by": obj.seen_by,
        "hidden": obj.hidden,
        "deprecated": obj.deprecated,
        "title_field": obj.title_field,
        "sections": [{"key": s.key, "label": s.label.as_dict()} for s in obj.sections],
        "fields": [
            _describe_field(ctx, obj, f)
            for f in sorted(obj.fields.values(), key=lambda f: (f.position, f.key))
        ],
        "records": count_rows(ctx, obj) if rights.sees_everything(ctx, obj) else None,
        "in_bin": binned.count(),
        "tasks": [task_json(ctx, task) for task in tasks],
    }


def _describe_field(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> dict[str, Any]:
    settable = FIELD_SETTINGS - {"target"} if f.custom else STANDARD_SETTINGS
    derived = f.computed is not None or f.rollup is not None
    reason = why_plain(obj, f)
    can_be_encrypted = f.seal is not None or reason is None
    impossible = {
        "sensitive": not (can_be_encrypted or f.sensitive),
        "confidential": can_be_encrypted and not f.confidential,
        "unique": not f.type.can_be_unique,
        "searchable": not f.type.can_be_searched,
        "indexed": not ((f.type.sortable or f.is_sealed) and f.in_row),
        "hidden": settings.is_needed(obj, f.key),
        "deprecated": settings.is_needed(obj, f.key),
        "options": not f.type.has_options or f.options_source is not None,
        "default": f.type.references is not None
        or f.type.always_readonly
        or f.type.storage != "value"
        or derived,
        "required": f.type.always_readonly or derived or f.system,
        "in_create": f.readonly or f.system,
        "reveals": not derived,
        "review_days": not f.type.can_be_confirmed or f.system or derived,
    }
    return {
        **describe_field(ctx, f),
        "declared": f.declared or f.type.type,
        "hidden": f.hidden,
        "busy": bool(f.busy) or f.sealing in (CLOSING, OPENING),
        "encrypted": f.is_sealed,
        "can_be_encrypted": can_be_encrypted,
        "why_plain": None if can_be_encrypted or reason is None else reason.as_dict(),
        "settable": sorted(name for name in settable if not impossible.get(name)),
        "convertible": bool(targets_of(f)),
        "options_source": f.options_source,
    }
