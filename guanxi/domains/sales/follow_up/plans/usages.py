"""What follow-up plans use of fields: the condition of the records that are in them.

*See*: engine/schema/usage.py.
"""

from collections.abc import Iterable

from guanxi.domains.sales.follow_up.models import FollowUpPlan
from guanxi.engine.schema.usage import Asked, RuleUsages, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class PlanUsages(RuleUsages):
    """Uses by follow-up plans."""

    key = "follow_up_plans"
    kind = "follow_up_plan"
    said = Text("跟进计划「{name}」的条件", "The condition of the follow-up plan “{name}”")
    where = "/settings/plans"

    def rules(self, ctx: Ctx) -> Iterable[Asked]:
        """Each with its condition."""
        for row in FollowUpPlan.objects.filter(workspace_id=ctx.workspace.id).order_by("id"):
            yield Asked(row.object_key, Text.of(row.name), [row.condition])


usage_registry.register(PlanUsages())
