"""Values that are to be confirmed again after a while: phones every month, addresses every year.

*How it works*: a field's `review_days` is its rhythm. A value was confirmed when it was given, or when somebody
said that it still holds; the later of the two stands in `field_confirmation`, for values that were
changed or confirmed since their record was made (before that it is the record's age that counts).

*Rules*: beside.py. An empty value is never overdue. Fields without a rhythm cost a write nothing.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from guanxi.engine.access import rights
from guanxi.engine.records.beside import stored_value, together
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.models import FieldConfirmation
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.sql import Sql, all_of, sql
from guanxi.kit.text import Text

NO_VALUE = Text("这个字段是空的。", "This field is empty.")
NO_RHYTHM = Text("「{field}」没有核实周期。", "“{field}” has no review rhythm.")


def confirmations_of(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> list[dict[str, Any]]:
    """`{"field", "confirmed_at", "due_at", "overdue"}` of each filled field with a rhythm; raises NotFound."""
    obj = get_object(ctx, object_key)
    fields = with_rhythm(ctx, obj)
    compiler = Compiler(ctx, obj)
    filled = [compiler.where({"field": key, "op": "is_not_empty"}) for key in fields]
    columns = Sql("SELECT r.created_at")
    for each in filled:
        columns = columns + sql(", ({}) IS TRUE", each)
    rows = select_rows(columns + " " + compiler.base(where=Sql("r.id = %s", (record_id,))))
    if not rows:
        raise NotFound
    made, *has = rows[0]
    last = dict(
        FieldConfirmation.objects.filter(
            workspace_id=ctx.workspace.id, record_id=record_id, field__in=fields
        ).values_list("field", "at")
    )
    return [
        _shown(ctx, f, last.get(key, made))
        for (key, f), here in zip(fields.items(), has, strict=True)
        if here
    ]


def confirm(ctx: Ctx, object_key: str, record_id: uuid.UUID, field: str) -> None:
    """The value still holds; raises NotFound, Forbidden, Invalid."""
    obj = get_object(ctx, object_key)
    f = rights.readable(ctx, obj).get(field)
    if f is None:
        raise NotFound
    value = stored_value(ctx, obj, record_id, f, edit=True)
    if field not in with_rhythm(ctx, obj):
        raise invalid("field", "not_possible", NO_RHYTHM, field=f.label.in_(ctx.locale))
    if value is None:
        raise invalid("field", "required", NO_VALUE)
    _note(ctx, obj, [record_id], [field])


def with_rhythm(ctx: Ctx, obj: ObjectDef) -> dict[str, FieldDef]:
    """The fields with a rhythm that the actor may read."""
    readable = rights.readable(ctx, obj)
    return {key: f for key, f in readable.items() if f.review_days and f.in_row and not f.masked}


def overdue(compiler: Compiler, f: FieldDef, alias: str = "r") -> Sql:
    """The predicate of records whose value of `f` was not confirmed within its rhythm."""
    since = compiler.ctx.now - timedelta(days=f.review_days)
    confirmed = Sql(
        f"{alias}.id NOT IN (SELECT c.record_id FROM field_confirmation c"
        " WHERE c.workspace_id = %s AND c.object_key = %s AND c.field = %s AND c.at >= %s)",
        (compiler.ctx.workspace.id, compiler.object.key, f.key, since),
    )
    filled = compiler.where({"field": f.key, "op": "is_not_empty"})
    return all_of([Sql(f"{alias}.created_at < %s", (since,)), filled, confirmed])


class ConfirmationHooks(RecordHooks):
    """A new value is a confirmed one."""

    object_key = "*"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """Fields with a rhythm."""
        return any(obj.fields[key].review_days for key in keys)

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Note when values with a rhythm were replaced."""
        keys = [f.key for f in obj.fields.values() if f.review_days]
        if not keys:
            return
        replaced = [c for c in changes if c.op == "update"]
        fields = {key: [c.id for c in replaced if c.changes(key)] for key in keys}
        for ids, these in together({key: ids for key, ids in fields.items() if ids}):
            _note(ctx, obj, ids, these)


def _note(ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], fields: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO field_confirmation (id, workspace_id, object_key, record_id, field, by, at)"
            " SELECT gen_random_uuid(), %s, %s, record_id, field, %s, %s"
            " FROM unnest(%s::uuid[]) record_id, unnest(%s::text[]) field"
            " ON CONFLICT (workspace_id, record_id, field) DO UPDATE SET at = excluded.at, by = excluded.by",
            (ctx.workspace.id, obj.key, ctx.actor.user_id, ctx.now, list(ids), list(fields)),
        )


def _shown(ctx: Ctx, f: FieldDef, confirmed: datetime) -> dict[str, Any]:
    due = confirmed + timedelta(days=f.review_days)
    return {"field": f.key, "confirmed_at": confirmed, "due_at": due, "overdue": due < ctx.now}


hooks_registry.register(ConfirmationHooks())
