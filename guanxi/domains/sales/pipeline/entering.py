"""The tasks that entering a stage makes for whoever has the deal.

*Rules*: for people and programs who move a deal now, not for old deals that are brought in, nor for what is undone. A
task of the same words that is still open for the deal is not made again: deals go back and forth.
"""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from guanxi.domains.sales.models import Task
from guanxi.domains.sales.pipeline.gates import moves_of
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.store.writing import CHUNK, bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.ids import new_ids
from guanxi.kit.text import Text

DUE = time(18)
NOT_FOR = (Via.IMPORT, Via.SYSTEM)


class TasksOfStages(RecordHooks):
    """Makes the tasks of the stage that a deal enters."""

    object_key = "opportunity"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """Another stage only."""
        return "stage" in keys

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """One task each, due so many days from now at the end of the working day."""
        if ctx.via in NOT_FOR:
            return
        entering = [
            (change, found.target.guide["tasks"])
            for change, found in moves_of(obj, [change for change in changes if change.ruled])
            if found.target.guide.get("tasks")
        ]
        if not entering:
            return
        there = set(_open([change.id for change, _ in entering]).values_list("opportunity_id", "subject"))
        rows = [row for change, tasks in entering for task in tasks
                if (row := _row(ctx, change, task)) and (row["opportunity"], row["subject"]) not in there]  # fmt: skip
        ids = new_ids(len(rows))
        made = [Change("create", ids[n], row, index=n) for n, row in enumerate(rows)]
        for start in range(0, len(made), CHUNK):
            bulk_write(ctx, "task", made[start : start + CHUNK], partial=True, trusted=True)


def _open(deals: Sequence[uuid.UUID]) -> QuerySet[Task]:
    return Task.objects.filter(opportunity_id__in=deals, status="open", deleted_at=None)


def _row(ctx: Ctx, change: Change, task: dict[str, Any]) -> dict[str, Any]:
    day = ctx.today.date() + timedelta(days=task["due_days"])
    values = {
        "subject": Text.of(task["subject"]).in_(ctx.workspace.locale),
        "due_at": datetime.combine(day, DUE, tzinfo=ctx.workspace.zone),
        "opportunity": change.id,
        "customer": change.value("customer"),
        "owner": change.value("owner") or ctx.actor.user_id,
    }
    return {key: value for key, value in values.items() if value is not None}


hooks_registry.register(TasksOfStages())
