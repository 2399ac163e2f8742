"""The money, the days and the version of quotes."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from guanxi.domains.sales.pricing.documents import Paper, PaperHooks
from guanxi.engine.records.hooks import Change, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

VALID_DAYS = 30
ENDS_FIRST = Text("有效期早于报价日期。", "It is valid until before its date.")


class QuotePaper(PaperHooks):
    """A quote's totals follow its items; it has a day, a validity and a version."""

    object_key = "quote"
    paper = Paper(
        subtotal="subtotal", discount_total="discount_total", tax_total="tax_total", net_total="net_total",
        discount="discount", tax_included="tax_included", day="issued_on",
    )  # fmt: skip

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Fill in days and version of new ones; then the money."""
        for change in changes:
            if change.op == "create":
                _begin(ctx, change)
            issued, ends = change.value("issued_on"), change.value("valid_until")
            moved = change.changes("issued_on") or change.changes("valid_until")
            if change.op in ("create", "update") and moved and issued and ends and ends < issued:
                change.refuse("valid_until", "ends_first", ENDS_FIRST)
        super().prepare(ctx, obj, changes)


def _begin(ctx: Ctx, change: Change) -> None:
    if change.values.get("issued_on") is None:
        change.values["issued_on"] = ctx.today.date()
    if change.values.get("valid_until") is None:
        change.values["valid_until"] = change.values["issued_on"] + timedelta(days=VALID_DAYS)
    if change.values.get("revision") is None:
        change.values["revision"] = Decimal(1)


hooks_registry.register(QuotePaper())
