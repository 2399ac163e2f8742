"""Giving a task to somebody else, and giving it back.

*How it works*: `delegate` makes another person the owner and notes who asked; `hand_back` makes who asked the owner
again. Whoever asked goes on seeing the task (asked.py). The remark stands at the end of its text.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store import bulk_write
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict, FieldError, Invalid, invalid
from guanxi.kit.text import Text

NOT_ASKED = Text(
    "这个任务不是别人交办的，没有可退回的人。", "Nobody asked for this task, so it cannot be handed back."
)
YOURSELF = Text("请选另一位同事。", "Choose somebody else.")
NOT_OPEN = Text("只有待办的任务能交办或退回。", "Only open tasks can be given to somebody, or back.")
RETURNED = "task.returned"
_RETURNED = Text("{actor} 退回了任务「{record}」", "{actor} handed back the task “{record}”")
REMARK = Text("说明", "Remark")


class DelegateTask(Action):
    """Ask somebody else to do it."""

    key = "delegate"
    label = Text("交办", "Delegate")
    icon = "user-plus"
    objects = ("task",)
    bulk = True

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """To whom, and a remark."""
        return (
            field("person", "user", Text("交给谁", "To"), required=True),
            field("note", "long_text", REMARK),
        )

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"delegated": n}`; raises Invalid for oneself and for whom one may not give tasks to, Conflict."""
        if data["person"] == ctx.actor.user_id:
            raise invalid("person", "yourself", YOURSELF)
        changes = []
        for n, task in enumerate(_open_tasks(ctx, ids)):
            values = {
                "owner": data["person"],
                "asked_by": ctx.actor.user_id,
                **_noted(ctx, task, data.get("note")),
            }
            changes.append(Change("update", uuid.UUID(task["id"]), values, index=n))
        try:
            bulk_write(ctx, obj.key, changes, partial=False, action=self.key)
        except Invalid as refused:
            # Whom one may hand records to is asked of the owner; here that is the person.
            raise Invalid(errors=[_of_person(e) for e in refused.errors]) from None
        return {"delegated": len(changes)}


class HandBackTask(Action):
    """Back to who asked for it."""

    key = "hand_back"
    label = Text("退回", "Hand back")
    icon = "rotate-ccw"
    objects = ("task",)
    bulk = True

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """Why."""
        return (field("note", "long_text", REMARK, required=True),)

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"returned": n}`; raises Conflict where nobody asked. Whoever asked is told."""
        changes, notices = [], []
        for n, task in enumerate(_open_tasks(ctx, ids)):
            asker = task.get("asked_by")
            if not asker:
                raise Conflict(NOT_ASKED, code="nobody_asked")
            person = uuid.UUID(asker["id"])
            values = {"owner": person, "asked_by": None, **_noted(ctx, task, data["note"])}
            changes.append(Change("update", uuid.UUID(task["id"]), values, index=n))
            told = {
                "actor": ctx.actor.name,
                "record": task["title"],
                "object_key": "task",
                "record_id": task["id"],
            }
            notices.append(
                Notice(person, _RETURNED, body=data["note"][:500], url=f"/o/task/{task['id']}", data=told)
            )
        # The right to change the task was asked for by the door of actions; to whom it goes is not the actor's choice.
        bulk_write(ctx, obj.key, changes, partial=False, trusted=True, action=self.key)
        notify_each(ctx, RETURNED, notices)
        return {"returned": len(changes)}


def _of_person(error: FieldError) -> FieldError:
    return replace(error, field="person") if error.field.endswith("owner") else error


def _open_tasks(ctx: Ctx, ids: Sequence[uuid.UUID]) -> list[dict[str, Any]]:
    found = get_records(ctx, "task", ids, fields=["subject", "status", "body", "asked_by"])
    if any(task["status"] != "open" for task in found):
        raise Conflict(NOT_OPEN, code="not_open")
    return found


def _noted(ctx: Ctx, task: Mapping[str, Any], note: str | None) -> dict[str, Any]:
    if not note:
        return {}
    line = f"{ctx.actor.name}：{note}" if ctx.workspace.locale == "zh-CN" else f"{ctx.actor.name}: {note}"
    return {"body": f"{task.get('body')}\n{line}" if task.get("body") else line}


action_registry.register(DelegateTask())
action_registry.register(HandBackTask())
