"""What stands in the way of confirming an order.

*How it works*: `before_confirm` is the seam for other topics: receivables hold orders of customers over their credit. Each
check gets the order (locked, with its values) and gives reasons; every reason is told at once. Prices are asked like
those of a quote, but for what a quote or contract had agreed already: those are agreed.
"""

from collections.abc import Callable

from guanxi.domains.sales.papers.facade import has_items, lines_of, may_decide, not_agreed, price_rule
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.engine.records.hooks import Change
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text

Check = Callable[[Ctx, Change], list[Reason]]
before_confirm: list[Check] = []
"""What may hold an order: `check(ctx, order)` gives reasons, in the caller's language when they are told."""

BOSS_FIRST = Text("要由主管或管理员确认：{reason}", "A manager or administrator must confirm it: {reason}")
NO_CUSTOMER = Text("还没有填客户。", "It has no customer yet.")
_SOURCES = ("quote", "contract")


def may_be_confirmed(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    """Guard: it has a customer and items, at prices that were agreed or may be given, and nothing holds it."""
    missing = has_items(ctx, obj, held)
    if held.value("customer") is None:
        missing.append(Reason("no_customer", NO_CUSTOMER, {}))
    if missing:
        return missing
    return [*_prices(ctx, obj, held), *(reason for check in before_confirm for reason in check(ctx, held))]


def _prices(ctx: Ctx, obj: ObjectDef, held: Change) -> list[Reason]:
    if may_decide(ctx, obj):
        return []
    lines = not_agreed(ctx, held, lines_of(ctx, obj, held), _SOURCES)
    reasons = price_rule(ctx, obj, held, lines)
    return [Reason("needs_approval", BOSS_FIRST, {"reason": reason.in_(ctx.locale)}) for reason in reasons]
