"""What prices, bands and rates are called where nobody calls them anything; the currency of what has none."""

from collections.abc import Sequence
from typing import Any

from guanxi.domains.sales.pricing import asking
from guanxi.domains.sales.pricing.documents import fill_currency
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

ENDS_FIRST = Text("结束日期早于开始日期。", "It ends before it starts.")


class ProductHooks(RecordHooks):
    """A product's prices are in a currency."""

    object_key = "product"

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Take the workspace's currency where none is given."""
        fill_currency(ctx, changes)


class PriceBookHooks(RecordHooks):
    """A book has a currency, and its period an order."""

    object_key = "price_book"

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Take the workspace's currency where none is given; refuse a period that ends before it starts."""
        fill_currency(ctx, changes)
        for change in changes:
            starts, ends = change.value("starts_on"), change.value("ends_on")
            if change.op in ("create", "update") and starts and ends and ends < starts:
                change.refuse("ends_on", "ends_first", ENDS_FIRST)


class EntryHooks(RecordHooks):
    """A price is called like its product."""

    object_key = "price_book_entry"

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Name what has no name."""
        unnamed = [c for c in _unnamed(changes) if c.value("product")]
        goods = asking.names(ctx, "product", {c.value("product") for c in unnamed})
        for change in unnamed:
            change.values["name"] = goods.get(change.value("product"))


class BandHooks(RecordHooks):
    """A band is called by its role, level and limit."""

    object_key = "discount_band"

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Name what has no name."""
        for change in _unnamed(changes):
            parts = [_label(ctx, obj, key, change.value(key)) for key in ("role", "tier")]
            limit = change.value("limit")
            said = [*(part for part in parts if part), "" if limit is None else f"{limit.normalize():f} %"]
            change.values["name"] = " · ".join(part for part in said if part) or None


class RateHooks(RecordHooks):
    """A rate is called by its currency and its day."""

    object_key = "currency_rate"

    def prepare(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Name what has no name."""
        for change in _unnamed(changes):
            if change.value("currency") and change.value("day"):
                change.values["name"] = f"{change.value('currency')} {change.value('day').isoformat()}"


def _unnamed(changes: Sequence[Change]) -> list[Change]:
    return [c for c in changes if c.op in ("create", "update") and not c.value("name")]


def _label(ctx: Ctx, obj: ObjectDef, key: str, value: Any) -> str:
    option = obj.fields[key].option(value or "")
    return option.label.in_(ctx.workspace.locale) if option else ""


for hooks in (ProductHooks(), PriceBookHooks(), EntryHooks(), BandHooks(), RateHooks()):
    hooks_registry.register(hooks)
