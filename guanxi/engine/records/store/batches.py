"""Undoing what was done in one go (a change, a bulk edit, an import, a merge) from its journal.

*How it works*: records the batch created are deleted, records it changed get their former values back,
records it deleted are restored; each only if nothing has happened to it since (its version is still
the batch's) and nothing made later hangs on it. What has moved on is left alone and told. The journal is
walked from its newest entry back, a part at a time, so that a million records need no more memory than
a thousand. The actor needs the right to change the records that they wrote to, now; what followed from
that goes back with it. What is refused because of another record of the batch (a link to one not restored yet, a
value not given back yet) is tried again after the others.

*See*: depending.py for what is in the way, unmerging.py for merges, change_sets.py for what was done.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.models import ChangeSet
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.sealed import recalled_changes
from guanxi.engine.records.store.aliases import merged_in
from guanxi.engine.records.store.change_sets import KEPT_DAYS
from guanxi.engine.records.store.depending import Left, barred, linked_since, moved_on, refused_left
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.taken import naming_holders
from guanxi.engine.records.store.unmerging import unmerge
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql, all_of

Key = tuple[str, uuid.UUID]
PART = 2000
MAX_TOLD = 100
MAX_WAITING = 20_000
_FINAL = frozenset({"not_found", "stale_version"})
_INVERSE = {"create": "delete", "update": "update", "delete": "restore", "restore": "delete"}


@dataclass(slots=True)
class Undone:
    """How many records were put back, how many were left, and why (of the first MAX_TOLD)."""

    undone: int = 0
    skipped: int = 0
    left: list[Left] = field(default_factory=list)

    def leave(self, left: Iterable[Left], count: int) -> None:
        """Count records that are left as they are."""
        self.skipped += count
        self.left += list(left)[: MAX_TOLD - len(self.left)]


@dataclass(slots=True)
class Entry:
    """What a batch did to one record: its last version by it, its first action, the values before."""

    version: int
    action: str
    old: dict[str, Any]
    newest: uuid.UUID


def may_undo(ctx: Ctx, batch_id: uuid.UUID) -> bool:
    """True when the batch is of the last KEPT_DAYS and the actor's own, or the actor is an administrator."""
    statement = Sql(
        "SELECT DISTINCT actor_id FROM journal_entry WHERE workspace_id = %s AND batch_id = %s AND at > %s LIMIT 2",
        (ctx.workspace.id, batch_id, ctx.now - timedelta(days=KEPT_DAYS)),
    )
    authors = {row[0] for row in select_rows(statement)}
    return bool(authors) and (authors == {ctx.actor.user_id} or ctx.actor.may("changes"))


def undo_batch(ctx: Ctx, batch_id: uuid.UUID) -> Undone:
    """Undo all that was journaled under `batch_id`; the undoing is journaled as `undo`."""
    if merged_in(ctx, batch_id) is not None:
        taken = unmerge(ctx, batch_id)
        total = Undone(undone=taken.restored + taken.moved_back)
        total.leave(taken.left, len(taken.left))
    else:
        total = Undone()
        waiting: list[Key] = []
        before: uuid.UUID | None = None
        while True:
            before, refused = undo_part(ctx, batch_id, before, total)
            waiting += refused
            if before is None:
                break
        undo_waiting(ctx, batch_id, waiting, total)
    mark_undone(ctx, batch_id, total)
    return total


def own_object(ctx: Ctx, batch_id: uuid.UUID) -> str:
    """The object that the person wrote to under a batch (what else it holds followed from that), or ""."""
    rows = ChangeSet.objects.filter(workspace_id=ctx.workspace.id, id=batch_id)
    return rows.values_list("object_key", flat=True).first() or ""


def mark_undone(ctx: Ctx, batch_id: uuid.UUID, total: Undone) -> None:
    """Note on what was done that it has been taken back."""
    state = "partial" if total.skipped else "done"
    kept = {"undone": total.undone, "skipped": total.skipped, "left": [left.as_json() for left in total.left]}
    ChangeSet.objects.filter(workspace_id=ctx.workspace.id, id=batch_id).update(undo_state=state, undo=kept)


def undo_part(
    ctx: Ctx, batch_id: uuid.UUID, before: uuid.UUID | None, total: Undone
) -> tuple[uuid.UUID | None, list[Key]]:
    """Undo the records of the next entries older than `before`; gives the last entry's id (None: no more).

    The second answer are records that another record of the batch may stand in the way of.
    """
    statement = Sql(
        "SELECT id, object_key, record_id FROM journal_entry WHERE workspace_id = %s AND batch_id = %s"
        " AND (%s::uuid IS NULL OR id < %s::uuid) ORDER BY id DESC LIMIT %s",
        (ctx.workspace.id, batch_id, before, before, PART),
    )
    rows = select_rows(statement)
    keys = list(dict.fromkeys((row[1], row[2]) for row in rows))
    refused = _undo(ctx, batch_id, keys, total, before)
    return (rows[-1][0] if len(rows) == PART else None), list(refused)


def undo_waiting(ctx: Ctx, batch_id: uuid.UUID, waiting: list[Key], total: Undone) -> None:
    """Try again what others stood in the way of, until nothing more gets through."""
    total.skipped += max(0, len(waiting) - MAX_WAITING)
    left = waiting[:MAX_WAITING]
    why: dict[Key, list[FieldError]] = {}
    undone = -1
    while left and total.undone > undone:
        undone, why = total.undone, {}
        for start in range(0, len(left), PART):
            why |= _undo(ctx, batch_id, left[start : start + PART], total, None)
        left = list(why)
    if left:
        total.leave([refused_left(ctx, key, record_id, why.get((key, record_id), [])) for key, record_id in left[:MAX_TOLD]],
                    len(left))  # fmt: skip


def entries_of(ctx: Ctx, batch_id: uuid.UUID, keys: Iterable[Key]) -> dict[Key, Entry]:
    """What the batch did to each of these records."""
    statement = Sql(
        "SELECT object_key, record_id, version, action, changes, id FROM journal_entry WHERE workspace_id = %s"
        " AND record_id = ANY(%s::uuid[]) AND batch_id = %s ORDER BY id DESC",
        (ctx.workspace.id, [record_id for _, record_id in keys], batch_id),
    )
    found: dict[Key, Entry] = {}
    for object_key, record_id, version, action, changes, entry_id in select_rows(statement):
        entry = found.setdefault((object_key, record_id), Entry(version, action, {}, entry_id))
        if action == "create":  # whatever else the batch did to it, it did not exist before
            entry.action = action
        told = recalled_changes(ctx, object_key, record_id, loads(changes))
        entry.old |= {name: pair[0] for name, pair in told.items()}
    return found


def _undo(
    ctx: Ctx, batch_id: uuid.UUID, keys: list[Key], total: Undone, before: uuid.UUID | None
) -> dict[Key, list[FieldError]]:
    """Undo what can be undone by now; gives what waits for others, with what stood in its way."""
    entries = entries_of(ctx, batch_id, keys)
    by_object: dict[str, list[uuid.UUID]] = defaultdict(list)
    for key in keys:
        if before is None or entries[key].newest < before:  # else a former part has dealt with it
            by_object[key[0]].append(key[1])
    waiting: dict[Key, list[FieldError]] = {}
    own = own_object(ctx, batch_id)
    for object_key, ids in by_object.items():
        obj = get_schema(ctx).find(object_key)
        if obj is None:
            total.leave([], len(ids))
            continue
        given = {i: entries[object_key, i] for i in ids}
        waiting |= _undo_records(ctx, batch_id, obj, given, total, own or object_key)
    return waiting


def _undo_records(
    ctx: Ctx, batch_id: uuid.UUID, obj: ObjectDef, entries: dict[uuid.UUID, Entry], total: Undone, own: str
) -> dict[Key, list[FieldError]]:
    changes = _inverse(ctx, obj, entries)
    if obj.key == own:
        closed = barred(ctx, obj, [change.id for change in changes])
        total.leave(closed.values(), len(closed))
        changes = [change for change in changes if change.id not in closed]
    held = linked_since(ctx, obj, [c.id for c in changes if c.op == "delete"], batch_id)
    if held:
        total.leave(held.values(), len(held))
        changes = [change for change in changes if change.id not in held]
    result = bulk_write(ctx, obj.key, changes, partial=True, trusted=True, action="undo")
    total.undone += len(result.ids)
    by_index = {change.index: change.id for change in changes}
    gone = {i for i, errors in result.refused.items() if {error.code for error in errors} & _FINAL}
    if gone:
        ids = [by_index[i] for i in gone]
        total.leave(moved_on(ctx, obj, ids[:MAX_TOLD], batch_id), len(ids))
    refused = {c.id: c for c in changes if c.index in result.refused and c.index not in gone}
    named = {i: naming_holders(ctx, obj, refused[i]) for i in list(refused)[:MAX_TOLD]}
    return {(obj.key, i): named.get(i, change.errors) for i, change in refused.items()}


def _inverse(ctx: Ctx, obj: ObjectDef, entries: dict[uuid.UUID, Entry]) -> list[Change]:
    changes = []
    gone = _deleted_among(ctx, obj, [record_id for record_id, entry in entries.items() if not entry.old])
    for index, (record_id, entry) in enumerate(entries.items()):
        op = _INVERSE.get(entry.action)
        if op is None:  # a merge, a conversion, an undo: known by what it did
            op = "update" if entry.old else "restore" if record_id in gone else "delete"
        values = {}
        if op == "update":
            values = {
                key: obj.fields[key].type.load(old, obj.fields[key]) if old is not None else None
                for key, old in entry.old.items()
                if key in obj.fields
            }
        changes.append(Change(op, record_id, values, version=entry.version, index=index))  # type: ignore[arg-type]
    return changes


def _deleted_among(ctx: Ctx, obj: ObjectDef, ids: list[uuid.UUID]) -> set[uuid.UUID]:
    where = all_of(
        [rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (ids,)), Sql("r.deleted_at IS NOT NULL")]
    )
    return {row[0] for row in select_rows(Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where)}
