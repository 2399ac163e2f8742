"""What sharing rules use of fields: their filters.

*See*: engine/schema/usage.py.
"""

from collections.abc import Iterable

from guanxi.engine.access.models import SharingRule
from guanxi.engine.schema.usage import Asked, RuleUsages, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class SharingUsages(RuleUsages):
    """Uses by sharing rules."""

    key = "sharing_rules"
    kind = "sharing_rule"
    said = Text("共享规则「{name}」的条件", "The filter of the sharing rule “{name}”")
    where = "/settings/sharing"

    def rules(self, ctx: Ctx) -> Iterable[Asked]:
        """Each with its filter."""
        for row in SharingRule.objects.filter(workspace_id=ctx.workspace.id).order_by("id"):
            yield Asked(row.object_key, Text.of(row.name), [row.filter])


usage_registry.register(SharingUsages())
