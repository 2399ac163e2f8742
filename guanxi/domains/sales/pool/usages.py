"""What pools use of fields: whom they are for, whom they spare, whom their rules take, and what they mask.

*See*: engine/schema/usage.py.
"""

from collections.abc import Iterable

from guanxi.domains.sales.pool.models import Pool
from guanxi.engine.schema.usage import Asked, RuleUsages, usage_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class PoolUsages(RuleUsages):
    """Uses by public pools."""

    key = "pools"
    kind = "pool"
    said = Text("公海「{name}」", "The pool “{name}”")
    where = "/settings/pools"

    def rules(self, ctx: Ctx) -> Iterable[Asked]:
        """Each with its own filters, those of its recycle rules, and the fields that are masked until claimed."""
        for row in Pool.objects.filter(workspace_id=ctx.workspace.id, deleted_at=None).order_by("id"):
            trees = [row.filter, row.exempt, *(rule.get("filter") for rule in row.rules)]
            yield Asked(row.object_key, Text.of(row.name), trees, named=row.hidden_fields)


usage_registry.register(PoolUsages())
