"""Ways to records that name one: a task that one asked somebody else to do, a report that is submitted to one."""

import uuid
from typing import Any

from guanxi.engine.access.way_sources import WaySource, way_source_registry
from guanxi.engine.access.ways import Way
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

NAMED = {
    "task": ("asked_by", Text("这个任务是你交办的", "You asked for this task")),
    "work_report": ("manager", Text("这份汇报是给你的", "This report is for you")),
}


class NamedWays(WaySource):
    """Leads people to the records that name them, to read these."""

    key = "named_in_follow_up"
    always = True

    def read(self, workspace_id: uuid.UUID) -> Any:
        """Nothing: the row itself says who it is."""
        return ()

    def ways(self, ctx: Ctx, obj: ObjectDef, alias: str, known: Any, *, edits: bool) -> list[Way]:
        """One way, to tasks and reports alone."""
        if obj.key not in NAMED or edits or ctx.actor.user_id is None:
            return []
        column, reason = NAMED[obj.key]
        return [Way("named", reason, Sql(f"{alias}.{column} = %s", (ctx.actor.user_id,)))]


way_source_registry.register(NamedWays())
