"""What follows from tasks: the next of one that repeats, and the reminder of its owner.

*How it works*: a task that repeats takes its rule along: when it is done the next one is made with the rule, and what
is done has it no more, so that opening it again makes no second. A moment to be reminded at is noted in
`sales_reminder`, and a job is set for it (tasks.py).

*Rules*: set-based; the next tasks of a pass are one more pass of the write door.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from guanxi.domains.sales.follow_up.reminding import note_reminders
from guanxi.domains.sales.follow_up.rules import CUSTOM, PRESETS, BadRepeat, called, following, read_repeat
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.store import bulk_write
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.ids import new_ids
from guanxi.kit.text import Text

NEEDS_RULE = Text("请写重复规则。", "Write the rule.")
NEEDS_DUE = Text("重复的任务要有截止时间。", "A task that repeats needs a due date.")
OWN = frozenset({"status", "done_at", "due_at", "remind_at", "repeat", "repeat_rule", "reason"})
"""What the next one does not take over as it is."""


class RepeatHooks(RecordHooks):
    """Makes the next of a task that repeats, when it is done."""

    object_key = "task"

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Read the rule; take it from what is done."""
        for change in changes:
            if change.op not in ("create", "update"):
                continue
            if not _read_rule(change):
                continue
            if change.value("repeat") and change.value("due_at") is None:
                change.refuse("due_at", "needs_due", NEEDS_DUE)
            elif _finishes(change):
                change.values |= {"repeat": None, "repeat_rule": None}

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Make the next ones."""
        done = [(change, next_) for change in changes if _finishes(change) and (next_ := _next(ctx, change))]
        if not done:
            return
        fields = [f for f in obj.fields.values() if _is_kept(f)]
        made = [
            Change("create", new, {f.key: change.value(f.key) for f in fields} | next_, index=n)
            for n, ((change, next_), new) in enumerate(zip(done, new_ids(len(done)), strict=True))
        ]
        bulk_write(replace(ctx, via=Via.SYSTEM), "task", made, partial=False, trusted=True, action="repeat")


class ReminderHooks(RecordHooks):
    """Notes when owners of tasks are to be reminded."""

    object_key = "task"

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """New moments, and those that are gone."""
        moments: dict[uuid.UUID, datetime | None] = {
            change.id: change.values["remind_at"]
            for change in changes
            if change.op in ("create", "update") and change.changes("remind_at")
            if change.op == "update" or change.values["remind_at"] is not None
        }
        if moments:
            note_reminders(ctx, moments)


def _read_rule(change: Change) -> bool:
    """Bring the choice and its rule in step; False where what was given cannot be kept."""
    given: str | None
    if change.changes("repeat_rule"):
        given = change.values["repeat_rule"]
    elif change.changes("repeat"):
        choice = change.values["repeat"]
        given = PRESETS.get(choice or "") or (change.value("repeat_rule") if choice == CUSTOM else None)
        if choice == CUSTOM and not given:
            change.refuse("repeat_rule", "required", NEEDS_RULE)
            return False
    else:
        return True
    try:
        rule = str(read_repeat(given)) if given else None
    except BadRepeat as bad:
        change.refuse("repeat_rule", "bad_repeat", bad.text, **bad.values)
        return False
    change.values |= {"repeat_rule": rule, "repeat": called(rule) if rule else None}
    return True


def _finishes(change: Change) -> bool:
    """True where a task that repeats has just been done."""
    if change.op != "update" or not (change.before or {}).get("repeat_rule"):
        return False
    return change.changes("status") and change.values["status"] == "done"


def _next(ctx: Ctx, change: Change) -> dict[str, Any] | None:
    """The values of the next task that are its own."""
    before = change.before or {}
    due = change.value("due_at")
    if due is None:
        return None
    zone = ctx.workspace.zone
    found = following(read_repeat(before["repeat_rule"]), due.astimezone(zone), ctx.today)
    if found is None:
        return None
    at, rule = found
    reminded = change.value("remind_at")
    return {
        "status": "open",
        "due_at": at,
        "remind_at": at - (due - reminded) if reminded is not None else None,
        "repeat": called(str(rule)),
        "repeat_rule": str(rule),
    }


def _is_kept(f: FieldDef) -> bool:
    return f.in_row and f.key not in OWN and (not f.system or f.key == "owner") and not f.unique


hooks_registry.register(RepeatHooks())
hooks_registry.register(ReminderHooks())
