"""Taking fields and objects away for good that the bin has held for 90 days; and values of old conversions.

*How it works*: an hourly chore. A field's values leave the rows, a piece at a time; an object's records are
purged as from the recycle bin. When nothing is left, the declaration is emptied and marked; its row stays,
so that its key is never used for anything else.

*Rules*: bounded: what one run leaves, the next takes. The journal of records keeps what it says. Records that
something holds stay as they are, values of fields included, and with them the declaration.
"""

from datetime import timedelta

from django.db import connection

from guanxi.engine.designer.models import FormerValue, SchemaTask
from guanxi.engine.records.files import release_unheld
from guanxi.engine.records.query.compile import table_of
from guanxi.engine.records.store.purging import next_to_go, purge_records
from guanxi.engine.records.store.uniqueness import drop_unique_keys
from guanxi.engine.schema.bin import KEPT_DAYS
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import field_from_row, get_schema, object_from_row
from guanxi.engine.schema.models import SchemaField, SchemaObject
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import TRUE, Sql, literal, sql

MOST = 5000


def empty_schema_bin(ctx: Ctx) -> None:
    """Purge what was put away more than 90 days ago, at most MOST rows of each."""
    limit = ctx.now - timedelta(days=KEPT_DAYS)
    waiting = {"deleted_at__lt": limit, "purged_at": None, "standard": False}
    for made in SchemaObject.objects.filter(**waiting).order_by("id"):
        if _purge_object(ctx, made):
            SchemaObject.objects.filter(id=made.id).update(purged_at=ctx.now, config={})
            SchemaField.objects.filter(object_key=made.key).update(purged_at=ctx.now, definition={})
    schema = get_schema(ctx)
    for row in SchemaField.objects.filter(**waiting).order_by("id"):
        obj = schema.find(row.object_key)
        if obj is not None and _purge_field(ctx, obj, field_from_row(row)):
            SchemaField.objects.filter(id=row.id).update(purged_at=ctx.now, definition={})
    _forget_former_values(ctx)


def _purge_object(ctx: Ctx, row: SchemaObject) -> bool:
    """Purge records of an object; True when none is left."""
    fields = SchemaField.objects.filter(object_key=row.key, purged_at=None)
    obj = object_from_row(row, fields)
    ids, more = next_to_go(ctx, obj, TRUE, MOST)
    if ids:
        purge_records(ctx, obj, ids)
    return not more


def _purge_field(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> bool:
    """Take the values of a field out of the rows; True when none is left."""
    drop_unique_keys(ctx, obj, f)
    key = literal(f.key).text
    filled, more = next_to_go(ctx, obj, Sql(f"r.custom -> {key} IS NOT NULL"), MOST)
    linked, more_linked = next_to_go(
        ctx,
        obj,
        sql(
            "EXISTS (SELECT 1 FROM record_link l WHERE l.workspace_id = {} AND l.source_id = r.id"
            " AND l.object_key = {} AND l.field_key = {})",
            ctx.workspace.id, obj.key, f.key,
        ),
        MOST,
    )  # fmt: skip
    with connection.cursor() as db:
        db.execute(
            f"UPDATE {table_of(obj)} SET custom = custom - {key} WHERE workspace_id = %s AND id = ANY(%s)",
            [ctx.workspace.id, filled],
        )
        db.execute(
            "DELETE FROM record_link WHERE workspace_id = %s AND object_key = %s AND field_key = %s"
            " AND source_id = ANY(%s)",
            [ctx.workspace.id, obj.key, f.key, linked],
        )
    return not (more or more_linked)


def _forget_former_values(ctx: Ctx) -> None:
    old = SchemaTask.objects.filter(
        workspace_id=ctx.workspace.id, kind="convert", finished_at__lt=ctx.now - timedelta(days=KEPT_DAYS)
    ).exclude(result__has_key="purged")
    for task in old.order_by("id")[:10]:
        FormerValue.objects.filter(task_id=task.id).delete()
        obj = get_schema(ctx).find(task.object_key)
        if obj is not None:
            release_unheld(ctx, obj, task.field_key)
        task.result = {**task.result, "purged": True}
        task.save()


chore_registry.register(Chore("designer.empty_schema_bin", empty_schema_bin))
