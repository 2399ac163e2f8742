"""Marks on ways to reach somebody: the mail came back, the number is wrong.

*How it works*: a mark stands beside a field whose type `reaches` somebody, for the value it has now; whoever
changes the value takes the mark away. People set marks on a record's page and through the API; a channel reports
what it found out: a call whose outcome is a wrong number (`mark_reported`), a mail that came back (`mark_address`).

*Rules*: those of beside.py.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.beside import stored_value, stored_values, together
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.models import FieldMark
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import FieldType
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.delivery_reports import reason_of
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.sql import Sql, sql
from guanxi.kit.text import Text

KINDS = ("bounced", "wrong")
# An address that more records share than these leads to nobody in particular.
MOST_MARKED = 1000
BAD_KIND = Text("标记只能是 bounced（退信）或 wrong（号码不对）。", "A mark is bounced or wrong.")
NO_VALUE = Text("这个字段是空的。", "This field is empty.")
NOT_MARKED = Text("「{field}」不能标记：只有电话和邮箱可以。", "“{field}” is no way to reach somebody.")


def marks_of(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> list[dict[str, Any]]:
    """The marks on the fields of a record that the actor may read; raises NotFound."""
    obj = get_object(ctx, object_key)
    stored_value(ctx, obj, record_id)
    readable = rights.readable(ctx, obj)
    rows = FieldMark.objects.filter(workspace_id=ctx.workspace.id, record_id=record_id)
    return [
        {"field": row.field, "kind": row.kind, "reason": _reason(ctx, row), "at": row.at}
        for row in rows.order_by("field")
        if row.field in readable
    ]


def set_mark(ctx: Ctx, object_key: str, record_id: uuid.UUID, field: str, kind: Any) -> None:
    """Mark the field's value; raises NotFound, Forbidden, Invalid."""
    obj = get_object(ctx, object_key)
    f = _field(ctx, obj, record_id, field)
    if kind not in KINDS:
        raise invalid("kind", "not_an_option", BAD_KIND)
    if stored_value(ctx, obj, record_id, f, edit=True) is None:
        raise invalid("field", "required", NO_VALUE)
    FieldMark.objects.update_or_create(
        workspace_id=ctx.workspace.id,
        record_id=record_id,
        field=f.key,
        defaults={"object_key": obj.key, "kind": kind, "status": "", "by": ctx.actor.user_id, "at": ctx.now},
    )


def mark_reported(
    ctx: Ctx, object_key: str, like: FieldDef, reported: Mapping[uuid.UUID, str | None], kind: str
) -> None:
    """Mark what a channel found to lead nowhere: by record, the value it tried (None: the only one there is).

    Fields are those of the type of `like` that the actor reads; records that they may not change, and values that
    are no longer there, are left alone.
    """
    obj = get_object(ctx, object_key)
    fields = [f for f in rights.readable(ctx, obj).values() if f.type is like.type and f.computed is None]
    if not fields:
        return
    keys = [f.key for f in fields]
    marks = [
        FieldMark(workspace_id=ctx.workspace.id, object_key=obj.key, record_id=id_, field=key, kind=kind,
                  by=ctx.actor.user_id, at=ctx.now)
        for id_, (editable, values) in stored_values(ctx, obj, reported, fields).items()
        if editable
        for key in _tried(dict(zip(keys, values, strict=True)), reported[id_])
    ]  # fmt: skip
    _write(marks)


def mark_address(ctx: Ctx, kind: type[FieldType], value: str, status: str) -> int:
    """Mark a value from which mail came back, in every field of the type in the workspace; gives how many.

    For the program itself (`ctx` is the system's), which found out for the firm and not for one person.
    """
    marks = []
    for obj in get_schema(ctx).listed:
        for f in obj.fields.values():
            if not isinstance(f.type, kind) or f.computed is not None:
                continue
            compiler = Compiler(ctx, obj)
            held = compiler.where({"field": f.key, "op": "is", "value": value})
            rows = select_rows(
                Sql("SELECT r.id ") + compiler.base(where=held) + sql(" LIMIT {}", MOST_MARKED)
            )
            marks += [
                FieldMark(workspace_id=ctx.workspace.id, object_key=obj.key, record_id=id_, field=f.key,
                          kind="bounced", status=status, at=ctx.now)
                for (id_,) in rows
            ]  # fmt: skip
    _write(marks)
    return len(marks)


def _write(marks: list[FieldMark]) -> None:
    FieldMark.objects.bulk_create(
        marks,
        update_conflicts=True,
        unique_fields=["workspace_id", "record_id", "field"],
        update_fields=["kind", "status", "by", "at"],
    )


def _reason(ctx: Ctx, mark: FieldMark) -> str | None:
    """Why the mail came back, in the reader's language."""
    return f"{reason_of(mark.status).in_(ctx.locale)} ({mark.status})" if mark.status else None


def _tried(values: dict[str, Any], value: str | None) -> list[str]:
    """The fields that hold what was tried."""
    if value is not None:
        return [key for key, held in values.items() if held == value]
    filled = [key for key, held in values.items() if held is not None]
    return filled if len(filled) == 1 else []


def clear_mark(ctx: Ctx, object_key: str, record_id: uuid.UUID, field: str) -> None:
    """The value leads there after all; raises NotFound, Forbidden, Invalid."""
    obj = get_object(ctx, object_key)
    f = _field(ctx, obj, record_id, field)
    stored_value(ctx, obj, record_id, f, edit=True)
    _drop(ctx, [record_id], [f.key])


def marked(ctx: Ctx, obj: ObjectDef, key: str, alias: str = "r") -> Sql:
    """The predicate over `alias` that holds for records whose field is marked."""
    return Sql(
        f"{alias}.id IN (SELECT m.record_id FROM field_mark m"
        " WHERE m.workspace_id = %s AND m.object_key = %s AND m.field = %s)",
        (ctx.workspace.id, obj.key, key),
    )


class MarkHooks(RecordHooks):
    """A new value has no mark."""

    object_key = "*"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """Ways to reach somebody."""
        return any(obj.fields[key].type.reaches for key in keys)

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Take away the marks of values that were replaced."""
        keys = [f.key for f in obj.fields.values() if f.type.reaches]
        replaced = [c.id for c in changes if c.op == "update" and any(c.changes(key) for key in keys)]
        if not replaced:
            return
        changed = {key for change in changes for key in keys if change.changes(key)}
        fields = {key: [c.id for c in changes if c.changes(key)] for key in changed}
        for ids, these in together(fields):
            _drop(ctx, ids, these)


def _drop(ctx: Ctx, ids: list[uuid.UUID], fields: list[str]) -> None:
    FieldMark.objects.filter(workspace_id=ctx.workspace.id, record_id__in=ids, field__in=fields).delete()


def _field(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, key: str) -> FieldDef:
    f = rights.readable(ctx, obj).get(key)
    if f is None:
        raise NotFound
    if not f.type.reaches or f.computed is not None:
        # Of a record one may not see nothing is said but that it is not there.
        stored_value(ctx, obj, record_id)
        raise invalid("field", "not_possible", NOT_MARKED, field=f.label.in_(ctx.locale))
    return f


hooks_registry.register(MarkHooks())
