"""What sharing rules use of fields: their filters.

*Rules*: a rule cannot let go of a condition by itself: without it, it would share more than it was meant to.

*See*: engine/schema/usage.py.
"""

from collections.abc import Iterable

from guanxi.engine.access.models import SharingRule
from guanxi.engine.schema.usage import Usage, UsageProvider, touches, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.filter_trees import paths_in
from guanxi.kit.text import Text

_NAMED = Text("共享规则「{rule}」的条件", "The filter of the sharing rule “{rule}”")


class SharingUsages(UsageProvider):
    """Uses by sharing rules."""

    key = "sharing_rules"

    def usages(self, ctx: Ctx, object_key: str, field_key: str | None) -> Iterable[Usage]:
        """One use a rule."""
        for row in SharingRule.objects.filter(workspace_id=ctx.workspace.id).order_by("id"):
            if touches(ctx, row.object_key, paths_in(row.filter), object_key, field_key):
                name = Text.of(row.name)
                label = Text(_NAMED.zh.format(rule=name.zh), _NAMED.en.format(rule=name.en))
                yield Usage(object_key, field_key or "", "sharing_rule", label, "/settings/sharing")


usage_registry.register(SharingUsages())
