"""Taking a merge back: the merged records return, and what came from them goes back to them.

*How it works*: the journal knows under the merge's batch what the merge gave the survivor and which links
it moved. Field by field, what still is as the merge left it gets its former value; what somebody has
changed since stays and is told. Then the merged records are restored, links are moved back to them, and
their aliases are forgotten.

*Rules*: within KEPT_DAYS, by whoever may edit the survivor; refused while the survivor itself is deleted or
merged into another, and while another record holds what must be unique. Everything in the caller's transaction.
"""

import uuid
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.models import ChangeSet, RecordAlias
from guanxi.engine.records.sealed import recalled_changes
from guanxi.engine.records.store.aliases import drop_aliases, merged_in
from guanxi.engine.records.store.change_sets import KEPT_DAYS
from guanxi.engine.records.store.depending import Left, moved_on, present_left
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.taken import taken_by
from guanxi.engine.records.store.writing import CHUNK, bulk_write, refusal
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, Invalid, NotFound
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

Pairs = dict[str, list[Any]]
TOO_LATE = Text(
    "合并已超过 {days} 天，不能再撤销。",
    "The merge is more than {days} days old and can no longer be taken back.",
)
NOT_A_MERGE = Text(
    "没有找到这次合并，它可能已经撤销。", "There is no such merge; it may have been taken back already."
)
MERGED_ON = Text(
    "合并后的记录又并入了另一条记录，请先撤销那次合并。",
    "The record was merged into another one since. Take that merge back first.",
)
TAKEN_SINCE = Text(
    "「{title}」的{field}后来给了「{holder}」，撤销合并后会重复。请先改掉那里的{field}。",
    "{field} of “{title}” was given to “{holder}” since, and it must be unique. Change it there first.",
)
TAKEN_UNSEEN = Text(
    "「{title}」的{field}后来给了一条你看不到的记录，撤销合并后会重复。请找管理员处理。",
    "{field} of “{title}” was given since to a record that you do not see, and it must be unique. Ask an administrator.",
)
GONE = Text("合并后的记录已被删除，请先恢复它。", "The merged record was deleted. Restore it first.")


@dataclass(slots=True)
class Unmerged:
    """What came of it: records restored, records moved back, and what was left as it is."""

    survivor: uuid.UUID
    object_key: str
    restored: int = 0
    moved_back: int = 0
    ids: list[uuid.UUID] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)


def unmerge(ctx: Ctx, merge_id: uuid.UUID, *, survivor: uuid.UUID | None = None) -> Unmerged:
    """Take back the merge of this batch (into `survivor`); raises NotFound, Forbidden, Conflict or Invalid."""
    # Whoever takes changes back holds their row first, so that two of them never wait for each other in a ring.
    ChangeSet.objects.select_for_update().filter(workspace_id=ctx.workspace.id, id=merge_id).first()
    found = merged_in(ctx, merge_id)
    if found is None or survivor not in (None, found[1]):
        raise NotFound(NOT_A_MERGE, code="no_such_merge")
    object_key, kept, merged = found
    obj = get_object(ctx, object_key)
    _check(ctx, obj, kept, merge_id)
    told = _journal(ctx, merge_id)
    done = Unmerged(kept, object_key, ids=merged)
    own = {key: pairs for key, pairs in told.items() if key == (object_key, kept)}
    others = {key: pairs for key, pairs in told.items() if key not in own and key[1] not in set(merged)}
    done.moved_back = _give_back(ctx, own, done, merge_id)
    done.restored = _restore(ctx, obj, merged, merge_id)
    done.moved_back += _give_back(ctx, others, done, merge_id)
    drop_aliases(ctx, merge_id)
    record(
        ctx, "records.unmerged", object_key=object_key, record_id=kept, count=done.restored, restored=merged
    )
    ChangeSet.objects.filter(workspace_id=ctx.workspace.id, id=merge_id).update(undo_state="done")
    return done


def _check(ctx: Ctx, obj: ObjectDef, survivor: uuid.UUID, merge_id: uuid.UUID) -> None:
    aliases = RecordAlias.objects.filter(workspace_id=ctx.workspace.id)
    if aliases.filter(old_id=survivor).exists():
        raise Conflict(MERGED_ON, code="merged_since")
    merged_at = aliases.filter(merge_id=merge_id).values_list("merged_at", flat=True)[0]
    if ctx.now - merged_at > timedelta(days=KEPT_DAYS):
        raise Conflict(TOO_LATE, code="too_late", days=KEPT_DAYS)
    change = Change("update", survivor, {})
    lock_rows(ctx, obj, [change], deleted=False, trusted=False)
    if {error.code for error in change.errors} == {"not_found"}:
        bin_row = Change("update", survivor, {})
        lock_rows(ctx, obj, [bin_row], deleted=True, trusted=False)
        if not bin_row.errors:
            raise Conflict(GONE, code="deleted_since")
    if change.errors:
        raise refusal({0: change.errors}, single=True)


def _restore(ctx: Ctx, obj: ObjectDef, ids: list[uuid.UUID], merge_id: uuid.UUID) -> int:
    """Bring the merged records back; raises Conflict naming who was given a value of theirs since."""
    changes = [Change("restore", i, {}, index=n) for n, i in enumerate(ids)]
    try:
        return bulk_write(ctx, obj.key, changes, partial=False, trusted=True, action="unmerge").restored
    except Invalid as refused:
        held = [(change, *found) for change in changes for found in taken_by(ctx, obj, change)]
        if not held:
            raise
        left = present_left(ctx, [_named(ctx, obj, holder, key, merge_id) for _, key, holder in held])
        change, key, _ = held[0]
        title = str((change.before or {}).get(obj.title_field) or "")
        holder = left[0]["record"]
        raise Conflict(
            TAKEN_SINCE if holder else TAKEN_UNSEEN, code="taken_since", title=title, field=obj.fields[key].label,
            holder=holder["title"] if holder else "", extra={"left": left},
        ) from refused  # fmt: skip


def _named(ctx: Ctx, obj: ObjectDef, holder: uuid.UUID, key: str, merge_id: uuid.UUID) -> Left:
    (since,) = moved_on(ctx, obj, [holder], merge_id)
    return Left(obj.key, holder, "changed", since.by, since.at, {"fields": [key]})


def _journal(ctx: Ctx, merge_id: uuid.UUID) -> dict[tuple[str, uuid.UUID], Pairs]:
    """By record, `{field: [before the merge, after it]}`; records the merge only deleted are left out."""
    statement = Sql(
        "SELECT object_key, record_id, changes FROM journal_entry WHERE workspace_id = %s AND batch_id = %s"
        " AND changes <> '{}'::jsonb ORDER BY id",
        (ctx.workspace.id, merge_id),
    )
    found: dict[tuple[str, uuid.UUID], Pairs] = defaultdict(dict)
    for object_key, record_id, changes in select_rows(statement):
        for name, (old, new) in recalled_changes(ctx, object_key, record_id, loads(changes)).items():
            known = found[object_key, record_id].setdefault(name, [old, new])
            known[1] = new
    return found


def _give_back(
    ctx: Ctx, told: dict[tuple[str, uuid.UUID], Pairs], done: Unmerged, merge_id: uuid.UUID
) -> int:
    """Give records the values they had before the merge, where they still are as it left them."""
    by_object: dict[str, dict[uuid.UUID, Pairs]] = defaultdict(dict)
    for (object_key, record_id), pairs in told.items():
        by_object[object_key][record_id] = pairs
    changed = 0
    for object_key, records in by_object.items():
        obj = get_schema(ctx).find(object_key)
        ids = list(records)
        for start in range(0, len(ids) if obj else 0, CHUNK):
            part = {i: records[i] for i in ids[start : start + CHUNK]}
            changed += _give_back_part(ctx, get_object(ctx, object_key), part, done, merge_id)
    return changed


def _give_back_part(
    ctx: Ctx, obj: ObjectDef, records: dict[uuid.UUID, Pairs], done: Unmerged, merge_id: uuid.UUID
) -> int:
    rows = [Change("update", i, {}, index=n) for n, i in enumerate(records)]
    lock_rows(ctx, obj, rows, deleted=False, trusted=True)
    changes = []
    changed: dict[uuid.UUID, list[str]] = {}
    for row in rows:
        if row.errors:  # deleted since: it keeps what it has
            done.left.append(Left(obj.key, row.id, "deleted"))
            continue
        values, kept = _former(obj, row.before or {}, records[row.id])
        if kept:
            changed[row.id] = kept
        if values:
            changes.append(Change("update", row.id, values, index=row.index))
    for left in moved_on(ctx, obj, list(changed), merge_id):
        done.left.append(replace(left, detail={"fields": changed[left.record_id]}))
    result = bulk_write(ctx, obj.key, changes, partial=False, trusted=True, action="unmerge")
    return result.updated


def _former(obj: ObjectDef, now: dict[str, Any], pairs: Pairs) -> tuple[dict[str, Any], list[str]]:
    """The values to give back, and the fields that were changed since."""
    values: dict[str, Any] = {}
    kept: list[str] = []
    for key, pair in pairs.items():
        f = obj.fields.get(key)
        if f is None or f.computed is not None:
            continue
        old, new = (None if value is None else f.type.load(value, f) for value in pair)
        current = now.get(key)
        if current == new or (not current and not new):
            values[key] = old
        elif f.type.storage == "links":
            came = [i for i in new or () if i not in (old or ())]
            back = [i for i in current or () if i not in came]
            values[key] = [*back, *(i for i in old or () if i not in back and i not in (new or ()))] or None
        else:
            kept.append(key)
    return values, kept
