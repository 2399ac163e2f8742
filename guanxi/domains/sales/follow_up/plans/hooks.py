"""What is written is brought to the plans at once: a new customer has their first task when they are saved."""

from collections.abc import Collection, Sequence

from guanxi.domains.sales.follow_up.plans.known import OBJECTS, PlanDef, plans_of
from guanxi.domains.sales.follow_up.plans.running import settle
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Via

MOST = 500
"""Larger passes (imports, bulk edits) leave it to the hourly chore."""
_OWN = frozenset({"owner"})


class PlanHooks(RecordHooks):
    """Settles the plans that a change bears on."""

    object_key = "*"

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """Never: what is rewritten in one statement waits for the hourly chore."""
        return False

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Plans of the object, for the records that were made or changed in what the condition looks at."""
        if obj.key not in OBJECTS or ctx.via is Via.IMPORT or len(changes) > MOST:
            return
        for plan in plans_of(ctx, obj.key):
            touched = [] if plan.seeding else [change.id for change in changes if _concerns(plan, change)]
            if touched:
                settle(ctx, plan, touched)


def _concerns(plan: PlanDef, change: Change) -> bool:
    if change.op != "update":
        return True
    return any(change.changes(key) for key in plan.looks_at | _OWN)


hooks_registry.register(PlanHooks())
