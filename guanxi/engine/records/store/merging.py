"""Merging duplicates: one record stays, what hangs on the others moves to it.

*How it works*: the survivor takes the values the person chose and, where it has none, those of the
others (of fields with many links: all of them); every link that led to one of the others leads to it (through the write door, so that each
moved record has its journal entry); the others go to the recycle bin. Aliases keep their ids and values
known (aliases.py), and the batch under which all of this is journaled can take it back (unmerging.py).
"""

import uuid
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.models import ChangeSet
from guanxi.engine.records.query.compile import environment, table_of
from guanxi.engine.records.query.read import get_record
from guanxi.engine.records.store import validation
from guanxi.engine.records.store.aliases import add_aliases
from guanxi.engine.records.store.change_sets import KEPT_DAYS
from guanxi.engine.records.store.inputs import read_values
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.rollups import Keeper
from guanxi.engine.records.store.titles import title_of
from guanxi.engine.records.store.writing import CHUNK, bulk_write, refusal
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import FieldError, Invalid, TooLarge, invalid
from guanxi.kit.ids import new_id
from guanxi.kit.sql import Sql, ident
from guanxi.kit.text import Text

MAX_OTHERS = 19
MAX_MOVED = 50_000
BAD_CHOICE = Text(
    "这个字段不能这样选，请重新打开合并。", "This field cannot be chosen that way. Open the merge again."
)
BAD_OTHERS = Text("一次合并 2 到 {most} 条记录。", "Merge 2 to {most} records at a time.")


def read_ids(ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """The records of a merge, each once; raises Invalid for too few or too many."""
    found = list(dict.fromkeys(ids))
    if not 2 <= len(found) <= MAX_OTHERS + 1:
        code = "too_many" if len(found) > 2 else "too_few"
        raise invalid("ids", code, BAD_OTHERS, most=MAX_OTHERS + 1)
    return found


def mergeable_fields(ctx: Ctx, obj: ObjectDef) -> dict[str, FieldDef]:
    """The fields of a merge that a person chooses values of."""
    return {
        key: f
        for key, f in rights.readable(ctx, obj).items()
        if rights.is_writable(ctx, f) and f.type.storage != "none" and f.computed is None
    }


def merge(
    ctx: Ctx,
    object_key: str,
    record_id: uuid.UUID,
    others: Sequence[uuid.UUID],
    values: Mapping[str, Any],
    *,
    choose: Mapping[str, uuid.UUID] | None = None,
) -> dict[str, Any]:
    """Merge `others` into `record_id`, whose fields take `values` (API values) first; gives the survivor.

    `choose` names for a field the record whose value it takes. Raises NotFound, Forbidden or Invalid;
    nothing is moved then.
    """
    obj = get_object(ctx, object_key)
    ctx = ctx if ctx.batch_id else ctx.with_batch(new_id())
    rest = [i for i in dict.fromkeys(others) if i != record_id]
    if not rest or len(rest) > MAX_OTHERS:
        raise invalid("others", "too_many" if rest else "wrong_type", BAD_OTHERS, most=MAX_OTHERS + 1)
    chosen, errors = read_values(ctx, obj, values, environment(ctx), prefix="values.")
    if errors:
        raise Invalid(errors=errors)
    rows = [Change("update", i, {}, index=n) for n, i in enumerate([record_id, *rest])]
    Keeper(ctx, obj).lock(rows, whatever=True)
    lock_rows(ctx, obj, rows, deleted=False, trusted=False, verbs=("edit", "merge"))
    refused = {row.index: row.errors for row in rows if row.errors}
    if refused:
        raise refusal(refused, single=False)
    _check_chosen(ctx, obj, rows[0], chosen)
    filled = _filled(obj, rows, _picked(ctx, obj, rows, choose or {}) | chosen)
    bulk_write(ctx, object_key, [Change("delete", i, {}, index=n) for n, i in enumerate(rest)], partial=False,
               action="merge")  # fmt: skip
    if filled:
        bulk_write(
            ctx,
            object_key,
            [Change("update", record_id, filled)],
            partial=False,
            trusted=True,
            ruled=True,
            action="merge",
        )
    for referrer, link in get_schema(ctx).referrers.get(object_key, ()):
        _move(ctx, referrer, link, record_id, rest)
    if ctx.batch_id is not None:
        add_aliases(ctx, obj, record_id, rows[1:], ctx.batch_id)
        title = title_of(obj, filled.get(obj.title_field, (rows[0].before or {}).get(obj.title_field)))
        about = ChangeSet.objects.filter(workspace_id=ctx.workspace.id, id=ctx.batch_id)
        about.update(record_id=record_id, title=title[:200], record_count=len(rows))
    record(ctx, "records.merged", object_key=object_key, record_id=record_id, count=len(rows), merged=rest)
    return get_record(ctx, object_key, record_id)


def _check_chosen(ctx: Ctx, obj: ObjectDef, survivor: Change, chosen: dict[str, Any]) -> None:
    """What a person chose is checked by their own rights; what comes from the others is there already."""
    asked = Change("update", survivor.id, dict(chosen), before=survivor.before)
    validation.check_references(ctx, obj, [asked])
    validation.check_owner(ctx, obj, [asked])
    if asked.errors:
        raise Invalid(errors=[error.at("values") for error in asked.errors])


def _picked(
    ctx: Ctx, obj: ObjectDef, rows: Sequence[Change], choose: Mapping[str, uuid.UUID]
) -> dict[str, Any]:
    """The values that were chosen by naming the record they stand in; raises Invalid."""
    by_id = {row.id: row for row in rows}
    fields = mergeable_fields(ctx, obj)
    merged = set(by_id)
    picked: dict[str, Any] = {}
    errors = []
    for key, record_id in choose.items():
        f = fields.get(key)
        if f is None or record_id not in by_id or f.type.storage == "links":
            errors.append(FieldError(f"choose.{key[:60]}", "wrong_choice", BAD_CHOICE))
            continue
        value = (by_id[record_id].before or {}).get(key)
        picked[key] = None if f.target == obj.key and value in merged else value
    if errors:
        raise Invalid(errors=errors)
    return picked


def list_merges(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID) -> list[dict[str, Any]]:
    """What was merged into a record, newest first: `{"batch", "at", "until", "records"}`."""
    statement = Sql(
        "SELECT a.merge_id, a.merged_at, a.old_id, r.title FROM record_alias a"
        f" LEFT JOIN {table_of(obj)} r ON r.id = a.old_id AND r.workspace_id = a.workspace_id"
        " WHERE a.workspace_id = %s AND a.record_id = %s AND a.object_key = %s AND a.merged_at > %s"
        " ORDER BY a.merged_at DESC, a.id LIMIT 200",
        (ctx.workspace.id, record_id, obj.key, ctx.now - timedelta(days=KEPT_DAYS)),
    )
    found: dict[uuid.UUID, dict[str, Any]] = {}
    for merge_id, at, old_id, title in select_rows(statement):
        entry = found.setdefault(
            merge_id, {"batch": merge_id, "at": at, "until": at + timedelta(days=KEPT_DAYS), "records": []}
        )
        entry["records"].append({"id": old_id, "title": title or ""})
    return list(found.values())


def _filled(obj: ObjectDef, rows: Sequence[Change], chosen: dict[str, Any]) -> dict[str, Any]:
    """The survivor's new values: what was chosen, and the others' where it has none."""
    survivor, others = rows[0], rows[1:]
    merged = {row.id for row in rows}
    filled = dict(chosen)
    for f in obj.fields.values():
        if f.key in filled or f.readonly or f.system or f.type.storage == "none" or f.computed is not None:
            continue
        own = (survivor.before or {}).get(f.key)
        given = [v for o in others if (v := (o.before or {}).get(f.key)) not in (None, [], "")]
        if f.type.storage == "links":
            together = dict.fromkeys(i for some in (own or [], *given) for i in some if i not in merged)
            if list(together) != (own or []):
                filled[f.key] = list(together) or None
        elif own in (None, [], ""):
            value = next((v for v in given if f.target != obj.key or v not in merged), None)
            if value is not None:
                filled[f.key] = value
    return filled


def _move(
    ctx: Ctx, referrer: ObjectDef, link: FieldDef, survivor: uuid.UUID, others: Sequence[uuid.UUID]
) -> None:
    if link.type.storage == "links":
        _move_many(ctx, referrer, link, survivor, others)
        return
    source = ident(link.column) if link.column else f"(custom ->> '{link.key}')::uuid"
    where = "workspace_id = %s AND deleted_at IS NULL" + (
        " AND object_key = %s" if referrer.discriminator else ""
    )
    params: tuple[Any, ...] = (
        ctx.workspace.id,
        *((referrer.discriminator,) if referrer.discriminator else ()),
    )
    statement = Sql(
        f"SELECT id FROM {ident(referrer.table)} WHERE {where} AND {source} = ANY(%s::uuid[]) LIMIT %s",
        (*params, list(others), MAX_MOVED + 1),
    )
    ids = [row[0] for row in select_rows(statement)]
    if len(ids) > MAX_MOVED:
        raise TooLarge
    for start in range(0, len(ids), CHUNK):
        changes = [
            Change("update", i, {link.key: survivor if i != survivor else None}, index=n)
            for n, i in enumerate(ids[start : start + CHUNK])
        ]
        bulk_write(ctx, referrer.key, changes, partial=False, trusted=True, action="merge")


def _move_many(
    ctx: Ctx, referrer: ObjectDef, link: FieldDef, survivor: uuid.UUID, others: Sequence[uuid.UUID]
) -> None:
    statement = Sql(
        "SELECT source_id, array_agg(target_id ORDER BY position) FROM record_link WHERE workspace_id = %s"
        " AND object_key = %s AND field_key = %s AND source_id IN (SELECT source_id FROM record_link"
        " WHERE workspace_id = %s AND target_id = ANY(%s::uuid[]) AND object_key = %s AND field_key = %s)"
        " GROUP BY source_id",
        (ctx.workspace.id, referrer.key, link.key, ctx.workspace.id, list(others), referrer.key, link.key),
    )
    gone = set(others)
    changes = []
    for index, (source_id, targets) in enumerate(select_rows(statement)):
        moved = list(dict.fromkeys(survivor if target in gone else target for target in targets))
        moved = [target for target in moved if target != source_id]
        changes.append(Change("update", source_id, {link.key: moved or None}, index=index))
    for start in range(0, len(changes), CHUNK):
        bulk_write(
            ctx, referrer.key, changes[start : start + CHUNK], partial=True, trusted=True, action="merge"
        )
