"""Closing leads that come to nothing: with the reason, and for a duplicate the record that stays."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from guanxi.domains.sales.options import DISQUALIFY_REASONS
from guanxi.engine.records.actions import Action, action_registry
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_records
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.registry import field
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict
from guanxi.kit.text import Text

CONVERTED = Text("已转化的线索不能关闭。", "A converted lead cannot be closed.")


class DisqualifyLead(Action):
    """Close leads with a reason; they stay, and can be taken up again by changing the status."""

    key = "disqualify"
    label = Text("关闭线索", "Disqualify")
    icon = "circle-off"
    objects = ("lead",)
    bulk = True

    def input_fields(self, obj: ObjectDef) -> Sequence[FieldDef]:
        """Why, in the workspace's own reasons, and a remark."""
        known = obj.fields.get("disqualify_reason")
        live = (
            tuple(option for option in known.options if not option.retired) if known else DISQUALIFY_REASONS
        )
        return (
            field("reason", "select", Text("原因", "Reason"), options=live, required=True),
            field("note", "long_text", Text("说明", "Remark")),
        )

    def run(
        self, ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], data: Mapping[str, Any]
    ) -> dict[str, Any]:
        """`{"disqualified"}`; all or none. Raises Conflict when one is converted, Invalid, Forbidden."""
        records = get_records(ctx, obj.key, list(ids), fields=["status", "description"])
        if any(record["status"] == "converted" for record in records):
            raise Conflict(CONVERTED, code="already_converted")
        values: dict[str, Any] = {"status": "disqualified", "disqualify_reason": data["reason"]}
        changes = []
        for n, record in enumerate(records):
            noted = (
                {"description": _added(record.get("description"), data["note"])} if data.get("note") else {}
            )
            changes.append(Change("update", uuid.UUID(record["id"]), values | noted, index=n))
        bulk_write(ctx, obj.key, changes, partial=False, action=self.key)
        return {"disqualified": len(changes)}


def _added(before: str | None, note: str) -> str:
    return f"{before}\n{note}" if before else note


action_registry.register(DisqualifyLead())
