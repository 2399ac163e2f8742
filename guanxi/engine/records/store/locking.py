"""Reading the rows that are about to change, locked, with what the actor may do to them."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records import sealed
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import Compiler, rows_of, table_of
from guanxi.engine.records.query.present import database_value
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError
from guanxi.kit.jsons import loads
from guanxi.kit.sql import TRUE, Sql, all_of, ident
from guanxi.kit.text import Text

NOT_FOUND = Text("没有找到，或者你无权查看。", "Not found, or not visible to you.")
NOT_EDITABLE = Text("你可以查看但不能修改这条记录。", "You can see this record but not change it.")
STALE = Text(
    "这条记录刚被别人改过，请看过新内容再保存。",
    "Somebody else has just changed this record. Look at the new content, then save again.",
)


def stored_fields(obj: ObjectDef) -> list[FieldDef]:
    """The fields whose values stand in the row (columns and `custom`)."""
    return [f for f in obj.fields.values() if f.in_row]


def lock_rows(
    ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], *, deleted: bool, trusted: bool, lock: bool = True,
    verbs: Sequence[str] = ("edit",),
) -> None:  # fmt: skip
    """Fill `before`, `custom` and `stored_version` of changes to existing rows; refuse those not allowed.

    Rows are locked in the order of their ids, so that two writers never wait for each other in a ring.
    `trusted` callers (undo, the program itself) are not asked for the right to edit. Without `lock` the rows
    are only read: for drafts, which write nothing. All of `verbs` must reach a row for it to be changed.
    """
    compiler = Compiler(ctx, obj)
    fields = stored_fields(obj)
    columns = [f for f in fields if f.column]
    customs = [f for f in fields if not f.column]
    may_edit = TRUE
    if not trusted:
        may_edit = all_of([rights.editable(ctx, compiler.schema, obj, "r", verb) for verb in verbs])
    names = ", ".join(f"r.{ident(f.column or '')}" for f in columns)
    conditions = [
        rows_of(ctx, obj, "r"),
        Sql("r.id = ANY(%s::uuid[])", ([change.id for change in changes],)),
        Sql(f"r.deleted_at IS {'NOT ' if deleted else ''}NULL"),
    ]
    if not trusted:
        conditions.append(rights.visible(ctx, compiler.schema, obj, "r"))
    statement = (
        Sql("SELECT r.id, r.version, r.custom, (") + may_edit + f") AS may_edit, {names} FROM {table_of(obj)} r WHERE "
        + all_of(conditions) + (" ORDER BY r.id FOR UPDATE OF r" if lock else "")
    )  # fmt: skip
    found: dict[uuid.UUID, tuple[Any, ...]] = {row[0]: row for row in select_rows(statement)}
    links = _links_of(ctx, obj, list(found)) if obj.links else {}
    for change in changes:
        row = found.get(change.id)
        if row is None:
            change.errors.append(FieldError("id", "not_found", NOT_FOUND))
            continue
        if not row[3]:
            change.errors.append(FieldError("id", "forbidden", NOT_EDITABLE))
            continue
        change.stored_version, change.custom = row[1], loads(row[2])
        if change.version and change.version != row[1]:
            change.errors.append(FieldError("version", "stale_version", STALE, {"current": row[1]}))
        before = {f.key: database_value(f, row[4 + i], from_json=False) for i, f in enumerate(columns)}
        for f in customs:
            before[f.key] = (
                sealed.opened(f, change.id, change.custom)
                if f.is_sealed
                else database_value(f, change.custom.get(f.key), from_json=True, parsed=True)
            )
        for f in obj.links:
            before[f.key] = links.get((change.id, f.key))
        change.before = before


def _links_of(ctx: Ctx, obj: ObjectDef, ids: list[uuid.UUID]) -> dict[tuple[uuid.UUID, str], list[uuid.UUID]]:
    """By record and field, what to-many links lead to, in their order."""
    statement = Sql(
        "SELECT source_id, field_key, target_id FROM record_link WHERE workspace_id = %s AND object_key = %s"
        " AND field_key = ANY(%s) AND source_id = ANY(%s::uuid[]) ORDER BY source_id, field_key, position",
        (ctx.workspace.id, obj.key, [f.key for f in obj.links], ids),
    )
    found: dict[tuple[uuid.UUID, str], list[uuid.UUID]] = defaultdict(list)
    for source_id, field_key, target_id in select_rows(statement):
        found[source_id, field_key].append(target_id)
    return found
