"""What targets use of fields: the filters of their plans.

*See*: engine/schema/usage.py.
"""

from collections.abc import Iterable

from guanxi.domains.sales.targets.figures import measure_of
from guanxi.domains.sales.targets.models import TargetPlan
from guanxi.engine.schema.usage import Asked, RuleUsages, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class TargetUsages(RuleUsages):
    """Uses by plans of targets."""

    key = "targets"
    kind = "target_plan"
    said = Text("目标「{name}」的条件", "The filter of the target “{name}”")
    where = "/performance"

    def rules(self, ctx: Ctx) -> Iterable[Asked]:
        """Each with its filter, over every object that it measures."""
        for plan in TargetPlan.objects.filter(workspace_id=ctx.workspace.id).order_by("position", "id"):
            measure = measure_of(plan)
            for source in measure.sources if measure else ():
                yield Asked(source.object, Text.of(plan.name), [plan.filter])


usage_registry.register(TargetUsages())
