"""Verbs on every record that somebody is responsible for."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.engine.records import store
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class AssignOwner(Action):
    """Hand records to a colleague."""

    key = "assign"
    label = Text("分配", "Assign")
    icon = "user-plus"
    verb = "assign"
    bulk = True

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """Who takes them."""
        return (field("owner", "user", Text("新负责人", "New owner"), required=True),)

    def applies(self, obj: ObjectDef) -> bool:
        """Shared objects belong to nobody."""
        return obj.record and obj.listed and not obj.shared

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"assigned": n, "unchanged": m}`; raises Invalid for somebody out of reach."""
        done = store.bulk_update(ctx, obj.key, ids, {"owner": str(data["owner"])})
        return {"assigned": done.updated, "unchanged": done.unchanged}


action_registry.register(AssignOwner())
