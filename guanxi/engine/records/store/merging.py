"""Merging duplicates: one record stays, what hangs on the others moves to it.

*How it works*: the survivor takes the values the person chose and, where it has none, those of the
others (of fields with many links: all of them); every link that led to one of the others leads to it (through the write door, so that each
moved record has its journal entry); the others go to the recycle bin.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import environment
from guanxi.engine.records.query.read import get_record
from guanxi.engine.records.store import validation
from guanxi.engine.records.store.inputs import read_values
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.writing import CHUNK, bulk_write, refusal
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Invalid, TooLarge, invalid
from guanxi.kit.sql import Sql, ident
from guanxi.kit.text import Text

MAX_OTHERS = 20
MAX_MOVED = 50_000
BAD_OTHERS = Text(
    "请选择要合并的其他记录，最多 {max} 条。", "Choose the other records to merge, at most {max}."
)


def merge(
    ctx: Ctx, object_key: str, record_id: uuid.UUID, others: Sequence[uuid.UUID], values: Mapping[str, Any]
) -> dict[str, Any]:
    """Merge `others` into `record_id`, whose fields take `values` (API values) first; gives the survivor.

    Raises NotFound, Forbidden or Invalid; nothing is moved then.
    """
    obj = get_object(ctx, object_key)
    rest = [i for i in dict.fromkeys(others) if i != record_id]
    if not rest or len(rest) > MAX_OTHERS:
        raise invalid("others", "wrong_type", BAD_OTHERS, max=MAX_OTHERS)
    chosen, errors = read_values(ctx, obj, values, environment(ctx), prefix="values.")
    if errors:
        raise Invalid(errors=errors)
    rows = [Change("update", i, {}, index=n) for n, i in enumerate([record_id, *rest])]
    lock_rows(ctx, obj, rows, deleted=False, trusted=False)
    refused = {row.index: row.errors for row in rows if row.errors}
    if refused:
        raise refusal(refused, single=False)
    _check_chosen(ctx, obj, rows[0], chosen)
    filled = _filled(obj, rows, chosen)
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
    return get_record(ctx, object_key, record_id)


def _check_chosen(ctx: Ctx, obj: ObjectDef, survivor: Change, chosen: dict[str, Any]) -> None:
    """What a person chose is checked by their own rights; what comes from the others is there already."""
    asked = Change("update", survivor.id, dict(chosen), before=survivor.before)
    validation.check_references(ctx, obj, [asked])
    validation.check_owner(ctx, obj, [asked])
    if asked.errors:
        raise Invalid(errors=[error.at("values") for error in asked.errors])


def _filled(obj: ObjectDef, rows: Sequence[Change], chosen: dict[str, Any]) -> dict[str, Any]:
    """The survivor's new values: what was chosen, and the others' where it has none."""
    survivor, others = rows[0], rows[1:]
    merged = {row.id for row in rows}
    filled = dict(chosen)
    for f in obj.fields.values():
        if f.key in filled or f.readonly or f.system or f.type.storage == "none":
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
