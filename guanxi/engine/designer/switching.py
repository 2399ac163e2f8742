"""The last step of a conversion: rows, journal, keys and declaration, in one transaction.

*Rules*: set-based: one UPDATE for all rows, the journal in large pieces. The caller has made sure that
every record's present value has been read (`unread` finds those that have not).
"""

import uuid
from collections.abc import Iterator
from typing import Any

from django.db import connection

from guanxi.engine.designer.meanings import held_sql
from guanxi.engine.designer.models import SchemaTask
from guanxi.engine.records.files import release_unheld
from guanxi.engine.records.indexing import request_index_work
from guanxi.engine.records.query.compile import table_of
from guanxi.engine.records.reindexing import start_reindexing
from guanxi.engine.records.store.recordset import insert_rows
from guanxi.engine.records.store.telling import announce
from guanxi.engine.records.store.uniqueness import drop_unique_keys, renew_unique_keys
from guanxi.engine.schema.changes import finish
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.models import SchemaField
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Invalid
from guanxi.kit.ids import new_ids
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql

Rewritten = tuple[uuid.UUID, int, Any, Any]
_PIECE = 5000
_JOURNAL = {
    "id": "uuid", "workspace_id": "uuid", "object_key": "text", "record_id": "uuid", "version": "integer",
    "action": "text", "changes": "jsonb", "actor_id": "uuid", "via": "text", "batch_id": "uuid", "at": "timestamptz",
}  # fmt: skip


def unread(ctx: Ctx, obj: ObjectDef, f: FieldDef, task: SchemaTask) -> Sql:
    """The condition over `r` of records whose present value is not the one that was read."""
    return held_sql(ctx, obj, f) + Sql(
        " IS DISTINCT FROM (SELECT v.old FROM former_value v WHERE v.workspace_id = %s AND v.task_id = %s"
        " AND v.record_id = r.id)",
        (task.workspace_id, task.id),
    )


def switch(ctx: Ctx, obj: ObjectDef, former: FieldDef, coming: FieldDef, task: SchemaTask) -> Ctx:
    """Give every record its converted value and the field its new type."""
    if former.unique:
        drop_unique_keys(ctx, obj, former)
    if "file" not in (former.type.references, coming.type.references):
        release_unheld(ctx, obj, former.key)  # of an earlier conversion, which cannot be taken back any more
    in_row = coming.type.storage == "value"
    with connection.cursor() as db:
        db.execute(
            f"UPDATE {table_of(obj)} AS t SET version = t.version + 1, updated_at = %s, updated_by = %s,"
            " custom = CASE WHEN v.new IS NULL OR NOT %s THEN t.custom - %s::text"
            " ELSE jsonb_set(t.custom, %s, v.new) END"
            " FROM former_value v WHERE v.workspace_id = %s AND v.task_id = %s AND t.id = v.record_id"
            " AND t.workspace_id = %s",
            [
                ctx.now,
                ctx.actor.user_id,
                in_row,
                former.key,
                [former.key],
                ctx.workspace.id,
                task.id,
                ctx.workspace.id,
            ],
        )
    _relink(ctx, obj, former, coming, task)
    for rows in _pieces(obj, task):
        _journal(ctx, obj, former.key, rows)
    row = SchemaField.objects.get(object_key=obj.key, key=former.key)
    row.type, row.definition = task.params["type"], task.params["definition"]
    row.save()
    before, after = {"type": former.type.type}, {"type": row.type}
    fresh = finish(ctx, obj.key, "converted", field=row.key, before=before, after=after)
    obj = get_object(fresh, obj.key)
    if coming.unique:
        _hold(fresh, obj, row, task)
    announce(fresh, obj.key)
    start_reindexing(fresh, obj)
    request_index_work(fresh)
    return fresh


def _relink(ctx: Ctx, obj: ObjectDef, former: FieldDef, coming: FieldDef, task: SchemaTask) -> None:
    """Take the former links out of the link table, and put the coming ones in."""
    given = (ctx.workspace.id, obj.key, former.key)
    with connection.cursor() as db:
        if "links" in (former.type.storage, coming.type.storage):
            db.execute(
                "DELETE FROM record_link WHERE workspace_id = %s AND object_key = %s AND field_key = %s",
                given,
            )
        if coming.type.storage == "links":
            db.execute(
                "INSERT INTO record_link (workspace_id, object_key, field_key, source_id, target_id, position)"
                " SELECT %s, %s, %s, v.record_id, e.value::uuid, e.place - 1 FROM former_value v"
                f" JOIN {table_of(obj)} t ON t.id = v.record_id AND t.workspace_id = v.workspace_id"
                " CROSS JOIN LATERAL jsonb_array_elements_text(v.new) WITH ORDINALITY AS e(value, place)"
                " WHERE v.workspace_id = %s AND v.task_id = %s AND v.new IS NOT NULL ON CONFLICT DO NOTHING",
                [*given, ctx.workspace.id, task.id],
            )


def _hold(ctx: Ctx, obj: ObjectDef, row: SchemaField, task: SchemaTask) -> None:
    """Keep the field unique if its converted values still are; say so where they are not."""
    try:
        renew_unique_keys(ctx, obj, obj.fields[row.key])
    except Invalid as problem:
        drop_unique_keys(ctx, obj, obj.fields[row.key])
        row.definition = {**row.definition, "unique": False}
        row.save()
        finish(ctx, obj.key, "field_changed", field=row.key, before={"unique": True}, after={"unique": False})
        task.result = {**task.result, **problem.extra}


def _pieces(obj: ObjectDef, task: SchemaTask) -> Iterator[list[Rewritten]]:
    """`(record, version, old, new)` of everything that was rewritten."""
    last = 0
    while True:
        with connection.cursor() as db:
            db.execute(
                f"SELECT v.id, v.record_id, t.version, v.old::text, v.new::text FROM former_value v"
                f" JOIN {table_of(obj)} t ON t.id = v.record_id"
                " WHERE v.workspace_id = %s AND v.task_id = %s AND v.id > %s ORDER BY v.id LIMIT %s",
                [task.workspace_id, task.id, last, _PIECE],
            )
            rows = db.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        yield [
            (i, version, loads(old) if old else None, loads(new) if new else None)
            for _, i, version, old, new in rows
        ]


def _journal(ctx: Ctx, obj: ObjectDef, key: str, rows: list[Rewritten]) -> None:
    """One entry a record. In no batch: a conversion is taken back as a whole, not undone by its records."""
    entries = [
        {"id": entry_id, "workspace_id": ctx.workspace.id, "object_key": obj.key, "record_id": record_id,
         "version": version, "action": "convert", "changes": {key: [old, new]}, "actor_id": ctx.actor.user_id,
         "via": ctx.via, "batch_id": None, "at": ctx.now}
        for (record_id, version, old, new), entry_id in zip(rows, new_ids(len(rows)), strict=True)
    ]  # fmt: skip
    insert_rows("journal_entry", _JOURNAL, entries)
