"""What retention rules use of fields: their filters, the date they count from, the fields they empty.

*Rules*: none lets go by itself: a rule without its condition would take more records than it was tried with.

*See*: engine/schema/usage.py.
"""

from collections.abc import Iterable

from guanxi.engine.privacy.models import RetentionRule
from guanxi.engine.schema.usage import Usage, UsageProvider, names, touches, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.filter_trees import paths_in
from guanxi.kit.text import Text

WHERE = "/settings/privacy?tab=retention"
_NAMED = Text("保留期限规则「{rule}」", "The retention rule “{rule}”")


class RetentionUsages(UsageProvider):
    """Uses by retention rules."""

    key = "retention_rules"

    def usages(self, ctx: Ctx, object_key: str, field_key: str | None) -> Iterable[Usage]:
        """One use a rule; emptying a field works with any type."""
        for row in RetentionRule.objects.filter(workspace_id=ctx.workspace.id).order_by("id"):
            label = Text(_NAMED.zh.format(rule=row.name), _NAMED.en.format(rule=row.name))
            asked = [*paths_in(row.filter), row.age_field]
            if touches(ctx, row.object_key, asked, object_key, field_key):
                yield Usage(object_key, field_key or "", "retention_rule", label, WHERE)
            elif row.object_key == object_key and field_key in row.fields:
                yield Usage(object_key, field_key or "", "retention_rule", label, WHERE, any_type=True)

    def named(self, ctx: Ctx, object_key: str, field_key: str, options: frozenset[str]) -> Iterable[Usage]:
        """One use a rule."""
        for row in RetentionRule.objects.filter(workspace_id=ctx.workspace.id).order_by("id"):
            if names(ctx, row.object_key, [row.filter], object_key, field_key, options):
                label = Text(_NAMED.zh.format(rule=row.name), _NAMED.en.format(rule=row.name))
                yield Usage(object_key, field_key, "retention_rule", label, WHERE)


usage_registry.register(RetentionUsages())
