"""Keeping where deals have stood: a row when one leaves a stage, in the transaction in which it does.

*Rules*: one statement for all deals of a pass. What is undone has not happened, and a deal that is moved because its
stage is taken away has not moved: of these (not `Change.ruled`) no row is kept.
"""

from collections.abc import Collection, Sequence

from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.store.recordset import insert_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.ids import new_ids

_COLUMNS = {
    "id": "uuid", "workspace_id": "uuid", "deal_id": "uuid", "stage": "text", "next_stage": "text",
    "entered_at": "timestamptz", "left_at": "timestamptz", "left_by": "uuid",
}  # fmt: skip


class StaysOfDeals(RecordHooks):
    """Keeps how long a deal stood where it stood."""

    object_key = "opportunity"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """Another stage only."""
        return "stage" in keys

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """A row for each deal that has left a stage."""
        left = [
            (change, before)
            for change in changes
            if change.ruled and (before := change.before) and before.get("stage") and change.changes("stage")
        ]
        ids = new_ids(len(left))
        rows = [
            {"id": ids[n], "deal_id": change.id, "stage": before["stage"], "next_stage": change.value("stage"),
             "entered_at": before.get("stage_entered_at") or ctx.now}
            for n, (change, before) in enumerate(left)
            if change.value("stage")
        ]  # fmt: skip
        shared = {"workspace_id": ctx.workspace.id, "left_at": ctx.now, "left_by": ctx.actor.user_id}
        if rows:
            insert_rows("stage_stay", _COLUMNS, rows, shared=shared)


hooks_registry.register(StaysOfDeals())
