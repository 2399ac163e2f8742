"""The clock of a lead's first response: by when it is due, when it came, how many working minutes it took.

*How it works*: a lead that comes in open is due after the minutes set at the assignment's desk, counted in its
working hours. The first contact with them (a note, a call that reached somebody, a meeting) answers it, and so does
the first change of its status: whoever closes a lead at once has dealt with it.

*Rules*: an old list that is imported with dates of its own starts no clock. Contacts are noted without a version or a
journal entry, as the last contact is (`store.touch`). Constant statements, whatever the number of leads.
"""

import uuid
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.assignment.facade import desk_of, hours_of
from guanxi.domains.sales.hooks.activities import ActivityHooks, CallHooks, EventHooks, NoteHooks
from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.sql import Sql
from guanxi.kit.working_hours import WorkingHours

NEW = "new"


def minutes_of(hours: WorkingHours, start: datetime, end: datetime) -> Decimal:
    """The working minutes from one moment to another, whole ones."""
    return Decimal(int(hours.minutes_between(start, end)))


class ResponseClock(RecordHooks):
    """Starts the clock of new leads; stops it when somebody changes the status."""

    object_key = "lead"

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Due when it comes in; answered when it is no longer new."""
        fresh = [c for c in changes if c.op == "create" and c.value("status") == NEW and not c.system]
        answered = [c for c in changes if c.op == "update" and _is_answered(c)]
        if not fresh and not answered:
            return
        desk = desk_of(ctx)
        hours = hours_of(ctx, desk.hours)
        for change in answered:
            assert change.before is not None
            change.values["first_response_at"] = ctx.now
            change.values["first_response_minutes"] = minutes_of(hours, change.before["created_at"], ctx.now)
        if desk.response_minutes is not None:
            due = hours.after(ctx.now, desk.response_minutes)
            for change in fresh:
                change.values["first_response_due_at"] = due


def _is_answered(change: Change) -> bool:
    before = change.before or {}
    return (
        change.changes("status") and before.get("status") == NEW and before.get("first_response_at") is None
    )


class Answers(RecordHooks):
    """Stops the clock of leads somebody was in touch with; `kind` says when an activity is a contact."""

    kind: ActivityHooks

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """The earliest contact of this pass counts, unless there was one before."""
        at: dict[uuid.UUID, datetime] = {}
        for change in changes:
            lead = change.value("lead") if change.op in ("create", "update") else None
            moment = self.kind.moment(ctx, change) if lead is not None else None
            if lead is not None and moment is not None and moment <= ctx.now:
                at[lead] = min(moment, at.get(lead, moment))
        if at:
            _answer(ctx, at)


def _answer(ctx: Ctx, at: dict[uuid.UUID, datetime]) -> None:
    rows = select_rows(
        Sql(
            "SELECT id, created_at FROM lead WHERE workspace_id = %s AND id = ANY(%s::uuid[])"
            " AND first_response_at IS NULL ORDER BY id FOR UPDATE",
            (ctx.workspace.id, list(at)),
        )
    )
    if not rows:
        return
    hours = hours_of(ctx, desk_of(ctx).hours)
    values: dict[uuid.UUID, dict[str, Any]] = {
        lead: {
            "first_response_at": at[lead],
            "first_response_minutes": minutes_of(hours, made, at[lead]),
        }
        for lead, made in rows
        if at[lead] >= made
    }
    store.touch(replace(ctx, actor=SYSTEM), "lead", values)


class NoteAnswers(Answers):
    """A note is a contact."""

    object_key = "note"
    kind = NoteHooks()


class CallAnswers(Answers):
    """A call that reached somebody is one."""

    object_key = "call"
    kind = CallHooks()


class EventAnswers(Answers):
    """A meeting that has begun is one."""

    object_key = "event"
    kind = EventHooks()


for _hooks in (ResponseClock(), NoteAnswers(), CallAnswers(), EventAnswers()):
    hooks_registry.register(_hooks)
