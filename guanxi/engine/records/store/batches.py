"""Undoing a batch (an import, a bulk edit) from its journal.

*How it works*: records the batch created are deleted, records it changed get their former values back,
records it deleted are restored; each only if nothing has happened to it since (its version is still
the batch's). What has moved on is left alone and counted. What is refused because of another record of
the batch (a link to one not restored yet, a value not given back yet) is tried again after the others.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.writing import CHUNK, bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql, all_of

Entry = tuple[uuid.UUID, dict[str, Any]]
_FINAL = frozenset({"not_found", "stale_version"})
_INVERSE = {"create": "delete", "update": "update", "delete": "restore", "restore": "delete"}


@dataclass(slots=True)
class Undone:
    """How many records were put back, and how many had been changed since and were left."""

    undone: int = 0
    skipped: int = 0


def may_undo(ctx: Ctx, batch_id: uuid.UUID) -> bool:
    """True when the batch exists and is the actor's own, or the actor is an administrator."""
    statement = Sql(
        "SELECT DISTINCT actor_id FROM journal_entry WHERE workspace_id = %s AND batch_id = %s LIMIT 2",
        (ctx.workspace.id, batch_id),
    )
    authors = {row[0] for row in select_rows(statement)}
    return bool(authors) and (authors == {ctx.actor.user_id} or ctx.actor.role is Role.ADMIN)


def undo_batch(ctx: Ctx, batch_id: uuid.UUID) -> Undone:
    """Undo all that was journaled under `batch_id`; the undoing is journaled as `undo`."""
    statement = Sql(
        "SELECT object_key, record_id, version, action, changes FROM journal_entry"
        " WHERE workspace_id = %s AND batch_id = %s ORDER BY id DESC",
        (ctx.workspace.id, batch_id),
    )
    latest: dict[tuple[str, uuid.UUID], dict[str, Any]] = {}
    order: dict[str, list[uuid.UUID]] = defaultdict(list)
    for object_key, record_id, version, action, changes in select_rows(statement):
        key = (object_key, record_id)
        if key not in latest:
            latest[key] = {"version": version, "action": action, "old": {}}
            order[object_key].append(record_id)
        if action == "create":  # whatever else the batch did to it, it did not exist before
            latest[key]["action"] = action
        latest[key]["old"] |= {name: pair[0] for name, pair in loads(changes).items()}
    total = Undone()
    waiting = {key: [(i, latest[key, i]) for i in ids] for key, ids in order.items()}
    undone = -1
    while total.undone > undone:
        undone = total.undone
        waiting = {key: _undo_object(ctx, key, entries, total) for key, entries in waiting.items() if entries}
    total.skipped += sum(map(len, waiting.values()))
    return total


def _undo_object(ctx: Ctx, object_key: str, entries: list[Entry], total: Undone) -> list[Entry]:
    """Undo what can be undone by now; gives the entries that wait for others."""
    obj = get_object(ctx, object_key)
    waiting: list[Entry] = []
    for start in range(0, len(entries), CHUNK):
        waiting += _undo_part(ctx, obj, entries[start : start + CHUNK], total)
    return waiting


def _deleted_among(ctx: Ctx, obj: ObjectDef, ids: list[uuid.UUID]) -> set[uuid.UUID]:
    where = all_of(
        [rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (ids,)), Sql("r.deleted_at IS NOT NULL")]
    )
    return {row[0] for row in select_rows(Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where)}


def _undo_part(ctx: Ctx, obj: ObjectDef, entries: list[Entry], total: Undone) -> list[Entry]:
    changes = []
    gone = _deleted_among(ctx, obj, [record_id for record_id, entry in entries if not entry["old"]])
    for index, (record_id, entry) in enumerate(entries):
        op = _INVERSE.get(entry["action"])
        if op is None:  # a merge, a conversion, an undo: known by what it did
            op = "update" if entry["old"] else "restore" if record_id in gone else "delete"
        values = {}
        if op == "update":
            values = {
                key: obj.fields[key].type.load(old, obj.fields[key]) if old is not None else None
                for key, old in entry["old"].items()
                if key in obj.fields
            }
        changes.append(Change(op, record_id, values, version=entry["version"], index=index))  # type: ignore[arg-type]
    result = bulk_write(ctx, obj.key, changes, partial=True, trusted=True, action="undo")
    total.undone += len(result.ids)
    moved_on = {i for i, errors in result.refused.items() if {error.code for error in errors} & _FINAL}
    total.skipped += len(moved_on)
    return [entries[i] for i in sorted(result.refused) if i not in moved_on]
