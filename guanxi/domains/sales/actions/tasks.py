"""Ticking tasks off, and taking them up again."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.records import store
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class CompleteTask(Action):
    """Done."""

    key = "complete"
    label = Text("完成", "Complete")
    icon = "check"
    objects = ("task",)
    bulk = True

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"completed": n}`: those that were open."""
        return {"completed": store.bulk_update(ctx, obj.key, ids, {"status": "done"}).updated}


class ReopenTask(Action):
    """Not done after all."""

    key = "reopen"
    label = Text("重新打开", "Reopen")
    icon = "rotate-ccw"
    objects = ("task",)
    bulk = True

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"reopened": n}`: those that were done."""
        return {"reopened": store.bulk_update(ctx, obj.key, ids, {"status": "open"}).updated}


action_registry.register(CompleteTask())
action_registry.register(ReopenTask())
