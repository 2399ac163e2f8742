"""What the rules that share leads out use of fields: their filters, and where a lead says what it asks for.

*See*: engine/schema/usage.py.
"""

from collections.abc import Iterable

from guanxi.domains.sales.assignment.models import AssignmentRule
from guanxi.engine.schema.usage import Asked, RuleUsages, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class AssignmentUsages(RuleUsages):
    """Uses by rules of assignment."""

    key = "assignment"
    kind = "assignment_rule"
    said = Text("线索分配规则「{name}」", "The assignment rule “{name}”")
    where = "/settings/assignment"

    def rules(self, ctx: Ctx) -> Iterable[Asked]:
        """Each with its filter and the field of skills."""
        for row in AssignmentRule.objects.filter(workspace_id=ctx.workspace.id).order_by("position", "id"):
            skills = [row.skill_field] if row.skill_field else []
            yield Asked("lead", Text.of(row.name), [row.filter], skills)


usage_registry.register(AssignmentUsages())
