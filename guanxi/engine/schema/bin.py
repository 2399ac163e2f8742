"""The bin of fields and objects: put away, listed, brought back, and after 90 days gone for good.

*How it works*: a deleted field or object is left out of the schema, so that nobody meets it; its values
stay where they are. Bringing it back clears the mark. After `KEPT_DAYS` an hourly chore (designer/purging.py)
removes the values and empties the declaration; the row itself stays for ever, so that its key is never
given to something else.

*Rules*: standard objects and fields are hidden, not deleted. Nothing in use goes (usage.py).
"""

from datetime import timedelta
from typing import Any

from guanxi.engine.identity.facade import people
from guanxi.engine.schema.changes import begin, finish, require_admin
from guanxi.engine.schema.facade import find_field
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.schema.models import SchemaChange, SchemaField, SchemaObject
from guanxi.engine.schema.rules import MAX_CUSTOM_FIELDS, MAX_CUSTOM_OBJECTS
from guanxi.engine.schema.usage import refuse_used
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, NotFound, TooLarge
from guanxi.kit.text import Text

KEPT_DAYS = 90
MOST_LISTED = 500
LINES_STAY = Text(
    "这是明细，随明细字段一起管理。", "These are lines; they are managed with the field that holds them."
)
STANDARD_STAYS = Text("标准对象和标准字段不能删除。", "Standard objects and fields cannot be deleted.")
BUSY = Text(
    "这个字段的数据正在改写，完成以后才能删除。",
    "The values of this field are being rewritten; delete it after that.",
)
TARGET_GONE = Text(
    "它关联的对象已经删除，请先恢复那个对象。", "The object it links to is deleted. Bring that back first."
)


def delete_object(ctx: Ctx, key: str, *, version: int | None = None, detach: bool = False) -> Ctx:
    """Put a custom object away with its records; raises NotFound, Conflict while something uses it."""
    ctx = begin(ctx, key, version)
    obj = get_object(ctx, key)
    if not obj.custom:
        raise Conflict(STANDARD_STAYS, code="standard_object")
    if obj.line_of is not None:
        raise Conflict(LINES_STAY, code="lines")
    refuse_used(ctx, key, detach=detach)
    SchemaObject.objects.filter(key=key, standard=False).update(
        deleted_at=ctx.now, deleted_by=ctx.actor.user_id
    )
    return finish(ctx, key, "object_deleted")


def delete_field(
    ctx: Ctx, object_key: str, key: str, *, version: int | None = None, detach: bool = False
) -> Ctx:
    """Put a custom field away with its values; raises NotFound, Conflict while something uses it."""
    ctx = begin(ctx, object_key, version)
    found = find_field(get_object(ctx, object_key), key)
    if not found.custom:
        raise Conflict(STANDARD_STAYS, code="standard_field")
    if found.busy:
        raise Conflict(BUSY, code="field_busy")
    refuse_used(ctx, object_key, key, detach=detach)
    SchemaField.objects.filter(object_key=object_key, key=key).update(
        deleted_at=ctx.now, deleted_by=ctx.actor.user_id
    )
    return finish(ctx, object_key, "field_deleted", field=key)


def forget(ctx: Ctx, object_key: str, key: str | None = None) -> None:
    """Take a deleted object or field out of the bin without a trace, so that its key is free again.

    For what never held anything of anybody's: the caller has made sure.
    """
    require_admin(ctx)
    fields = SchemaField.objects.filter(object_key=object_key)
    if key is not None:
        fields.filter(key=key, standard=False, deleted_at__isnull=False).delete()
    elif SchemaObject.objects.filter(key=object_key, standard=False, deleted_at__isnull=False).delete()[0]:
        fields.delete()
        SchemaChange.objects.filter(object_key=object_key).delete()


def restore_object(ctx: Ctx, key: str) -> Ctx:
    """Bring an object back with its records; raises NotFound when it is not in the bin."""
    ctx = begin(ctx)
    changed = SchemaObject.objects.filter(key=key, standard=False, deleted_at__isnull=False, purged_at=None)
    if SchemaObject.objects.filter(standard=False, deleted_at=None).count() >= MAX_CUSTOM_OBJECTS:
        raise TooLarge(code="too_many_objects")
    if not changed.update(deleted_at=None, deleted_by=None):
        raise NotFound
    return finish(ctx, key, "object_restored")


def restore_field(ctx: Ctx, object_key: str, key: str) -> Ctx:
    """Bring a field back with its values; raises NotFound, Conflict when what it links to is gone."""
    ctx = begin(ctx)
    get_object(ctx, object_key)
    rows = SchemaField.objects.filter(object_key=object_key, standard=False)
    row = rows.filter(key=key, deleted_at__isnull=False, purged_at=None).first()
    if row is None:
        raise NotFound
    if rows.filter(deleted_at=None).count() >= MAX_CUSTOM_FIELDS:
        raise TooLarge(code="too_many_fields")
    target = row.definition.get("target")
    if target and get_schema(ctx).find(target) is None:
        raise Conflict(TARGET_GONE, code="target_deleted")
    row.deleted_at, row.deleted_by = None, None
    row.save()
    return finish(ctx, object_key, "field_restored", field=key)


def list_bin(ctx: Ctx) -> list[dict[str, Any]]:
    """What can be brought back, the latest first: objects, and fields of the objects there are."""
    require_admin(ctx)
    waiting: dict[str, Any] = {"deleted_at__isnull": False, "purged_at": None, "standard": False}
    objects = list(SchemaObject.objects.filter(**waiting).order_by("-deleted_at")[:MOST_LISTED])
    fields = list(SchemaField.objects.filter(**waiting).order_by("-deleted_at")[:MOST_LISTED])
    everyone = {row.deleted_by for row in objects} | {row.deleted_by for row in fields}
    known = people(ctx, {person for person in everyone if person})
    schema = get_schema(ctx)
    found = [_entry(row, known, {"kind": "object", "object": row.key, "label": row.label, "icon": row.icon}) for row in objects]  # fmt: skip
    for row in fields:
        owner = schema.find(row.object_key)
        if owner is not None:
            parts = {"kind": "field", "object": row.object_key, "object_label": owner.label.as_dict(),
                     "field": row.key, "type": row.type, "label": row.definition.get("label")}  # fmt: skip
            found.append(_entry(row, known, parts))
    return sorted(found, key=lambda entry: entry["deleted_at"], reverse=True)


def _entry(row: Any, known: dict[Any, str], parts: dict[str, Any]) -> dict[str, Any]:
    by = known.get(row.deleted_by)
    return {
        **parts,
        "deleted_at": row.deleted_at,
        "deleted_by": {"id": str(row.deleted_by), "name": by} if by else None,
        "kept_until": row.deleted_at + timedelta(days=KEPT_DAYS),
    }
