"""What other parts of sales ask of prices: whether a paper sells below what somebody may give away.

*See*: documents.py and line_fields.py, which papers declare themselves with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing import asking
from guanxi.domains.sales.pricing.rules import (
    HUNDRED,
    ZERO,
    Band,
    allowed_discount,
    discount_from_list,
    is_below_floor,
    rounded,
)
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import stream
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.text import Text

OVER_BAND = Text(
    "「{item}」比标准价低 {discount}%，超过你的折扣权限 {limit}%。",
    "“{item}” is {discount} % below the list price; you may give {limit} %.",
)
OVER_AMOUNT = Text(
    "金额 {amount} 超过你的合同金额上限 {limit}。",
    "{amount} is above the {limit} that you may sign contracts for.",
)
BELOW_FLOOR = Text("「{item}」低于最低价。", "“{item}” sells below the floor price.")
"""Without the price itself: who sells need not be somebody who may read it."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something needs somebody else's word, or cannot be done; in the reader's language."""

    code: str
    text: Text
    values: dict[str, Any]

    def in_(self, locale: str) -> str:
        """The sentence."""
        return self.text.in_(locale, **self.values)


def generous(ctx: Ctx, paper: Change, lines: Sequence[Change], *, discount: Decimal | None) -> list[Reason]:
    """Which lines the actor may not sell like this: by the discount bands of their roles, by the floor price.

    `discount` is that of the whole paper. Without any band that holds for them there is no limit. Constant statements.
    """
    priced = [line for line in lines if line.value("price") is not None]
    limit = _limit(ctx, paper) if priced else None
    goods = asking.shelf(ctx, {i for line in priced if (i := line.value("product"))}) if priced else None
    currency = paper.value("currency") or ctx.workspace.currency
    found = []
    for line in priced:
        off = together(line.value("discount") or ZERO, discount or ZERO)
        said = {"item": line.value("name") or "—"}
        below = discount_from_list(line.value("list_price"), line.value("price"), off)
        if limit is not None and below > limit:
            shown = {"discount": _plain(rounded(below, 2)), "limit": _plain(limit)}
            found.append(Reason("over_band", OVER_BAND, said | shown))
        product = goods.products.get(line.value("product")) if goods else None
        same = product is not None and (product["currency"] or ctx.workspace.currency) == currency
        if product is not None and same and is_below_floor(product["floor_price"], line.value("price"), off):
            found.append(Reason("below_floor", BELOW_FLOOR, said))
    return found


def together(one: Decimal, other: Decimal) -> Decimal:
    """Two discounts after each other as one: 10 and 10 are 19."""
    return HUNDRED - (HUNDRED - one) * (HUNDRED - other) / HUNDRED


def too_large(ctx: Ctx, amount: Decimal | None) -> list[Reason]:
    """Whether an amount in the workspace's currency is above what the actor's roles sign contracts for."""
    held = {ctx.actor.role, *ctx.actor.extra_roles}
    mine = [b["contract_limit"] for b in _bands(ctx) if b["role"] is None or b["role"] in held]
    known = [limit for limit in mine if limit is not None]
    if not known or amount is None or amount <= max(known):
        return []
    return [Reason("over_amount", OVER_AMOUNT, {"amount": _plain(amount), "limit": _plain(max(known))})]


def _bands(ctx: Ctx) -> list[dict[str, Any]]:
    query = RecordQuery("discount_band", None, (), ("role", "tier", "limit", "contract_limit"), count=False)
    return [row for page in stream(replace(ctx, actor=SYSTEM), query) for row in page]


def _limit(ctx: Ctx, paper: Change) -> Decimal | None:
    bands = [Band(row["limit"], row["role"], row["tier"]) for row in _bands(ctx) if row["limit"] is not None]
    if not bands:
        return None
    customer = paper.value("customer")
    tier = asking.customers(ctx, {customer})[customer]["tier"] if customer else None
    return allowed_discount(bands, (ctx.actor.role, *ctx.actor.extra_roles), tier)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
