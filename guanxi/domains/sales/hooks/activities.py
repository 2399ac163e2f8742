"""What follows from tasks, notes, calls and events: their summary, their customer, the dates of contact.

*How it works*: an activity about a contact or a deal is also about their customer, so that it stands
on the customer's timeline. A note, a call that reached somebody and an event in the past are contacts:
the customer, contact, lead and deal they are about remember the latest, and the next one agreed.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from guanxi.domains.customers.facade import Contacted, mark_contacted
from guanxi.domains.sales.hooks.through import customers_of
from guanxi.domains.sales.objects.about import PARENTS
from guanxi.domains.sales.rules import is_contact, summary
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.marks import mark_reported
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.text import Text

ENDS_BEFORE_START = Text("结束时间不能早于开始时间。", "It cannot end before it starts.")
# Whom a call can have tried to reach.
NUMBERED = ("contact", "lead", "customer")
SOMEONE = Text("跟进", "Follow-up")


class ActivityHooks(RecordHooks):
    """What all activities have in common."""

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Derive what this kind derives, then the customer."""
        written = [change for change in changes if change.op in ("create", "update")]
        for change in written:
            self.derive(ctx, obj, change)
        _take_customers(ctx, written)

    def derive(self, ctx: Ctx, obj: ObjectDef, change: Change) -> None:
        """Derived values of one activity."""

    def moment(self, ctx: Ctx, change: Change) -> datetime | None:
        """When it was, if it is a contact."""
        return None

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Tell those it is about when they were contacted, and when they are to be next."""
        seen: dict[str, dict[uuid.UUID, Contacted]] = defaultdict(dict)
        for change in changes:
            if change.op not in ("create", "update"):
                continue
            at = self.moment(ctx, change)
            at = at if at is not None and at <= ctx.now else None
            agreed = change.values.get("next_contact_at") if change.changes("next_contact_at") else None
            if at is None and agreed is None:
                continue
            for link in PARENTS:
                about = change.value(link)
                if about is not None:
                    seen[link].setdefault(about, Contacted()).add(at, agreed)
        for link, contacted in seen.items():
            mark_contacted(ctx, link, contacted)


class TaskHooks(ActivityHooks):
    """A task that is done knows when."""

    object_key = "task"

    def derive(self, ctx: Ctx, obj: ObjectDef, change: Change) -> None:
        """`done_at` follows the status."""
        if change.changes("status"):
            done = change.values["status"] == "done"
            if done != (change.value("done_at") is not None):
                change.values["done_at"] = ctx.now if done else None


class NoteHooks(ActivityHooks):
    """A note is summed up by its first sentence."""

    object_key = "note"

    def derive(self, ctx: Ctx, obj: ObjectDef, change: Change) -> None:
        """The summary, where none is given."""
        _sum_up(ctx, change, SOMEONE)

    def moment(self, ctx: Ctx, change: Change) -> datetime | None:
        """When it was written down, if somebody was reached; what a visitor wrote into a form is no contact of ours."""
        reached = is_contact("note", change.value("outcome")) and ctx.via is not Via.PUBLIC
        if change.op != "create" or not reached:
            return None
        made: datetime = change.system.get("created_at", ctx.now)
        return made


class CallHooks(ActivityHooks):
    """A call is now unless it is said otherwise; one that nobody answered is no contact."""

    object_key = "call"

    def derive(self, ctx: Ctx, obj: ObjectDef, change: Change) -> None:
        """Time and summary."""
        if change.op == "create" and change.values.get("at") is None:
            change.values["at"] = ctx.now
        chosen = [obj.fields[key].option(change.value(key) or "") for key in ("direction", "outcome")]
        labels = [option.label for option in chosen if option is not None]
        written = Text(" · ".join(label.zh for label in labels), " · ".join(label.en for label in labels))
        _sum_up(ctx, change, written if labels else obj.label)

    def moment(self, ctx: Ctx, change: Change) -> datetime | None:
        """When it was, if somebody was reached."""
        at: datetime | None = change.value("at")
        return at if is_contact("call", change.value("outcome")) else None

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Besides, mark the numbers that were found to lead nowhere."""
        super().after_write(ctx, obj, changes)
        failed = [c for c in changes if c.changes("outcome") and c.value("outcome") == "wrong_number"]
        tried: dict[str, dict[uuid.UUID, str | None]] = defaultdict(dict)
        for change in failed:
            number = change.value("phone")
            about = [link for link in NUMBERED if change.value(link) is not None]
            # Which number it was is said, or it is that of the person rather than of their firm.
            for link in about if number else about[:1]:
                tried[link][change.value(link)] = number
        for link, numbers in tried.items():
            mark_reported(ctx, link, obj.fields["phone"], numbers, "wrong")


class EventHooks(ActivityHooks):
    """An event ends after it starts, and is a contact once it has started."""

    object_key = "event"

    def derive(self, ctx: Ctx, obj: ObjectDef, change: Change) -> None:
        """Refuse an end before the start."""
        start, end = change.value("start_at"), change.value("end_at")
        if start is not None and end is not None and end < start:
            change.refuse("end_at", "ends_before_start", ENDS_BEFORE_START)

    def moment(self, ctx: Ctx, change: Change) -> datetime | None:
        """When it started, if somebody was there."""
        start: datetime | None = change.value("start_at")
        return start if is_contact("event", change.value("outcome")) else None


def _sum_up(ctx: Ctx, change: Change, otherwise: Text) -> None:
    """Give the activity a summary, and renew one that was derived from the former body."""
    if change.values.get("subject"):
        return
    before = change.before or {}
    was_derived = not before.get("subject") or before["subject"] == summary(before.get("body") or "")
    cleared = "subject" in change.values
    if change.op == "create" or cleared or ("body" in change.values and was_derived):
        change.values["subject"] = summary(change.value("body") or "") or otherwise.in_(ctx.workspace.locale)


def _take_customers(ctx: Ctx, changes: Sequence[Change]) -> None:
    """What is about a deal or a contact is about their customer, too, where the person may see it."""
    for link in ("opportunity", "contact"):
        lacking = [c for c in changes if c.values.get(link) and not c.value("customer")]
        if lacking:
            customers = customers_of(ctx, link, {c.values[link] for c in lacking})
            for change in lacking:
                if change.values[link] in customers:
                    change.values["customer"] = customers[change.values[link]]


for _hooks in (TaskHooks(), NoteHooks(), CallHooks(), EventHooks()):
    hooks_registry.register(_hooks)
