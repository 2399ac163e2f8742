"""A task for each record that a watch rule has found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store import bulk_write
from guanxi.engine.records.watching import Watched, WatchEffect, watch_effect_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.form_rules import WatchDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.ids import new_ids
from guanxi.kit.text import Text

DUE_AT = timedelta(hours=18)
"""Due at six in the evening of the day."""
_SUBJECT = 200


class MakeTasks(WatchEffect):
    """A task about each record, for the person it is brought to."""

    key = "task"
    label = Text("建任务", "Make a task")

    def run(self, ctx: Ctx, obj: ObjectDef, watch: WatchDef, found: Sequence[Watched]) -> None:
        """One pass of the write door, whatever the number of tasks."""
        about = next(
            (f.key for f in get_object(ctx, "task").fields.values() if f.target == obj.key and f.in_row), None
        )
        message = watch.message.in_(ctx.workspace.locale)
        due = ctx.midnight
        due += timedelta(days=watch.due_days) + DUE_AT
        changes = []
        for i, (record, task) in enumerate(zip(found, new_ids(len(found)), strict=True)):
            values = {
                "subject": f"{message}：{record.title}"[:_SUBJECT],
                "owner": record.person,
                "due_at": due,
            }
            changes.append(Change("create", task, values | ({about: record.id} if about else {}), index=i))
        bulk_write(replace(ctx, via=Via.SYSTEM), "task", changes, partial=True, trusted=True)


watch_effect_registry.register(MakeTasks())
