"""The money and the term of contracts."""

from collections.abc import Sequence

from guanxi.domains.sales.pricing.documents import Paper, PaperHooks
from guanxi.engine.records.hooks import Change, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

ENDS_FIRST = Text("结束日期早于开始日期。", "It ends before it starts.")


class ContractPaper(PaperHooks):
    """A contract's totals follow its items; its rate is that of the day it was signed."""

    object_key = "contract"
    paper = Paper(
        subtotal="subtotal", discount_total="discount_total", tax_total="tax_total", net_total="net_total",
        cost_total="cost_total", gross_profit="gross_profit", discount="discount",
        tax_included="tax_included", day="signed_on",
    )  # fmt: skip

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Refuse a term that ends before it starts; then the money."""
        for change in changes:
            starts, ends = change.value("starts_on"), change.value("ends_on")
            moved = change.changes("starts_on") or change.changes("ends_on")
            if change.op in ("create", "update") and moved and starts and ends and ends < starts:
                change.refuse("ends_on", "ends_first", ENDS_FIRST)
            if change.op == "update" and change.changes("ends_on") and change.value("renewal"):
                change.values["renewal"] = None  # it is to be renewed before its new end
        super().prepare(ctx, obj, changes)


hooks_registry.register(ContractPaper())
