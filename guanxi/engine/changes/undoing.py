"""Taking a change of one's own back: at once where it is small, a part in a transaction where it is large.

*How it works*: what stands in the way is looked for first; then it is refused, or (`partial`) done for the
rest. A large one is walked by a job that keeps its place in the change set's row, so that whoever watches
sees how far it is, and an interrupted one goes on where it stopped.

*Rules*: within KEPT_DAYS; one at a time; merges are taken back whole (store/unmerging.py), many of them that
were one piece of work one by one (undoing_merges.py).
"""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

from procrastinate.contrib.django import app

from guanxi.engine.changes import undoing_merges
from guanxi.engine.changes.listing import UNMERGED, InTheWay, get_change_set, in_the_way
from guanxi.engine.identity import facade as identity
from guanxi.engine.records.change_sources import change_source_registry
from guanxi.engine.records.models import ChangeSet
from guanxi.engine.records.store.aliases import merged_in
from guanxi.engine.records.store.batches import (
    MAX_WAITING,
    Undone,
    mark_undone,
    undo_batch,
    undo_part,
    undo_waiting,
)
from guanxi.engine.records.store.change_sets import KEPT_DAYS
from guanxi.engine.records.store.depending import Left, present_left
from guanxi.engine.records.store.telling import tell
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, NotFound
from guanxi.kit.ids import new_id, parse_id
from guanxi.kit.text import Text

UNDO = "changes.undo"
QUEUE = "transfer"
AT_ONCE = 1000
MERGES_AT_ONCE = 20
TOO_LATE = Text(
    "超过 {days} 天的操作不能再撤销。", "What was done more than {days} days ago can no longer be undone."
)
DONE_BEFORE = Text("这个操作已经撤销过了。", "This has been undone already.")
MERGE_AGAIN = Text(
    "撤销合并不能再撤销，请重新合并。", "Taking a merge back cannot be undone. Merge the records again."
)
RUNNING = Text("正在撤销，请稍等。", "This is being undone. Wait a moment.")
LEFT = Text(
    "发起人已不在工作区，没有继续。",
    "Whoever asked for this is no longer in the workspace; it went no further.",
)
IN_THE_WAY = Text(
    "有 {count} 条记录之后又有变化，不能全部撤销。可以只撤销其余 {rest} 条。",
    "{count} records have changed since, so not all of it can be undone. The other {rest} can.",
)


def check_undo(ctx: Ctx, change_set_id: uuid.UUID) -> dict[str, Any]:
    """`{"total", "count", "left"}`: what stands in the way of undoing it whole; raises NotFound, Conflict."""
    row = get_change_set(ctx, change_set_id)
    _require_possible(ctx, row)
    if merged_in(ctx, row.id) is not None:
        return {"total": row.record_count, "count": 0, "left": []}
    found = _in_the_way(ctx, row)
    return {"total": found.total, "count": found.count, "left": present_left(ctx, found.left)}


def undo_change(ctx: Ctx, change_set_id: uuid.UUID, *, partial: bool) -> ChangeSet:
    """Undo it, or start to; raises NotFound, Conflict (what stands in the way, unless `partial`)."""
    row = get_change_set(ctx, change_set_id, lock=True)
    _require_possible(ctx, row)
    for source in change_source_registry:
        source.before_undo(ctx, row.id)
    total = row.record_count + row.other_count
    record(
        ctx, "changes.undone", object_key=row.object_key, record_id=row.record_id, count=total, change=row.id
    )
    if merged_in(ctx, row.id) is None:
        found = _in_the_way(ctx, row)
        total = found.total
        if found.count and not partial:
            told = present_left(ctx, found.left)
            raise Conflict(
                IN_THE_WAY, code="changed_since", count=found.count, rest=max(0, found.total - found.count),
                extra={"count": found.count, "total": found.total, "left": told},
            )  # fmt: skip
        if total > (MERGES_AT_ONCE if row.kind == undoing_merges.MERGES else AT_ONCE):
            _start(ctx, row, total)
            return row
    ctx = ctx.with_batch(new_id())
    if row.kind == undoing_merges.MERGES:
        undone = Undone()
        undoing_merges.undo_some(ctx, row, None, undone, most=MERGES_AT_ONCE)
        mark_undone(ctx, row.id, undone)
    else:
        undone = undo_batch(ctx, row.id)
    _finished(ctx, row.id, undone)
    return get_change_set(ctx, row.id)


def _in_the_way(ctx: Ctx, row: ChangeSet) -> InTheWay:
    return (
        undoing_merges.in_the_way(ctx, row) if row.kind == undoing_merges.MERGES else in_the_way(ctx, row.id)
    )


def work(workspace_id: uuid.UUID, change_set_id: uuid.UUID, user_id: uuid.UUID, locale: str) -> None:
    """Carry an undo that was started through to its end."""
    while True:
        with session(workspace_id):
            if not _next(workspace_id, change_set_id, user_id, locale):
                return


def _require_possible(ctx: Ctx, row: ChangeSet) -> None:
    if row.kind == UNMERGED:
        raise Conflict(MERGE_AGAIN, code="merge_again")
    if row.undo_state == "running":
        raise Conflict(RUNNING, code="undo_running")
    if row.undo_state in ("done", "partial"):
        raise Conflict(DONE_BEFORE, code="undone_already")
    if ctx.now - row.at > timedelta(days=KEPT_DAYS):
        raise Conflict(TOO_LATE, code="too_late", days=KEPT_DAYS)


def _start(ctx: Ctx, row: ChangeSet, total: int) -> None:
    row.undo_state = "running"
    row.undo = {"batch": str(new_id()), "total": total, "undone": 0, "skipped": 0, "left": [], "waiting": []}
    row.save(update_fields=["undo_state", "undo"])
    app.configure_task(UNDO, queue=QUEUE, lock=f"{UNDO}:{row.id}").defer(
        workspace_id=str(ctx.workspace.id),
        change_set_id=str(row.id),
        user_id=str(ctx.actor.user_id),
        locale=ctx.locale,
    )


def _next(workspace_id: uuid.UUID, change_set_id: uuid.UUID, user_id: uuid.UUID, locale: str) -> bool:
    """Undo the next part; False when it is over."""
    rows = ChangeSet.objects.select_for_update().filter(workspace_id=workspace_id, id=change_set_id)
    row = rows.first()
    if row is None or row.undo_state != "running":
        return False
    kept: dict[str, Any] = row.undo or {}
    try:
        workspace, actor = identity.load_actor(workspace_id, user_id)
    except NotFound:  # they have left: what was undone stays undone
        row.undo_state, row.undo = "partial", {**kept, "stopped": LEFT.as_dict()}
        row.save(update_fields=["undo_state", "undo"])
        return False
    ctx = Ctx(workspace=workspace, actor=actor, via=Via.WEB, locale=locale, batch_id=parse_id(kept["batch"]))
    total = Undone(kept["undone"], kept["skipped"], [Left.read(item) for item in kept["left"]])
    if row.kind == undoing_merges.MERGES:
        return _next_merges(ctx, row, kept, total)
    waiting = [(key, found) for key, i in kept["waiting"] if (found := parse_id(i))]
    if kept.get("walked"):
        undo_waiting(ctx, change_set_id, waiting, total)
        mark_undone(ctx, change_set_id, total)
        _finished(ctx, change_set_id, total)
        return False
    position, refused = undo_part(ctx, change_set_id, parse_id(kept.get("position")), total)
    row.undo = {
        **kept, "position": str(position) if position else None, "walked": position is None,
        "undone": total.undone, "skipped": total.skipped + max(0, len(waiting) + len(refused) - MAX_WAITING),
        "left": [left.as_json() for left in total.left],
        "waiting": [[key, str(i)] for key, i in [*waiting, *refused][:MAX_WAITING]],
    }  # fmt: skip
    row.save(update_fields=["undo"])
    _announce(ctx, change_set_id, {"done": total.undone + total.skipped, "total": kept["total"]})
    return True


def _next_merges(ctx: Ctx, row: ChangeSet, kept: dict[str, Any], total: Undone) -> bool:
    position = undoing_merges.undo_some(ctx, row, parse_id(kept.get("position")), total)
    if position is None:
        mark_undone(ctx, row.id, total)
        _finished(ctx, row.id, total)
        return False
    row.undo = {
        **kept, "position": str(position), "undone": total.undone, "skipped": total.skipped,
        "left": [left.as_json() for left in total.left],
    }  # fmt: skip
    row.save(update_fields=["undo"])
    _announce(ctx, row.id, {"done": total.undone + total.skipped, "total": kept["total"]})
    return True


def _finished(ctx: Ctx, change_set_id: uuid.UUID, undone: Undone) -> None:
    for source in change_source_registry:
        source.after_undo(ctx, change_set_id, replace(undone))
    _announce(ctx, change_set_id, {"undone": undone.undone, "skipped": undone.skipped})


def _announce(ctx: Ctx, change_set_id: uuid.UUID, data: dict[str, Any]) -> None:
    tell({"workspace": ctx.workspace.id, "user": ctx.actor.user_id, "event": "change",
          "data": {"id": change_set_id, **data}})  # fmt: skip
