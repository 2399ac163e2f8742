"""Instalments made of a contract or an order: what is not planned yet, split into parts that sum to it.

*How it works*: `drafts` is pure reckoning over what the paper still lacks, for the preview and for the making alike;
`make` locks the paper first, so that what was shown is what is there.

*Rules*: hundredths are 100 together, typed amounts come to what is left of the paper at most; the rest stays
unplanned, and the page of the paper says so.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.papers.states import locked_row
from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.domains.sales.receivables.hooks.papers import LIMITS
from guanxi.domains.sales.receivables.ledger import PLAN
from guanxi.domains.sales.receivables.rules import by_percent, equal_parts, months_later
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import get_record, stream
from guanxi.engine.records.query.spec import RecordQuery
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.currencies import places
from guanxi.kit.errors import FieldError, Forbidden, Invalid, invalid
from guanxi.kit.ids import new_ids
from guanxi.kit.text import Text

NO_TOTAL = Text("还没有金额，请先填明细。", "It has no amount yet. Add its items first.")
ALL_PLANNED = Text("金额已经全部排进回款计划。", "All of it is planned already.")
OVER = Text(
    "合计 {sum} 超过还没排的 {left}。", "{sum} together is more than the {left} that is not planned yet."
)
NOT_HUNDRED = Text("比例合计是 {sum}%，应是 100%。", "The parts are {sum} % together; they should be 100 %.")
TOO_SMALL = Text("金额太小，分不成这么多期。", "The amount is too small for so many parts.")
TOO_LATE = Text("日期太远了。", "The day is too far away.")
CLOSED = Text("已经结束，不能再排回款计划。", "It has ended; nothing more is planned for it.")
OPEN = {
    "contract": ("draft", "pending", "approved", "active"),
    "sales_order": ("draft", "confirmed", "in_delivery", "delivered", "completed"),
}
"""By paper, the states in which its money is planned: of an order that is completed some may still be owed."""
_LAST_YEAR = 2200


@dataclass(frozen=True, slots=True)
class Part:
    """An instalment that is asked for: so many hundredths or such an amount, due on a day."""

    due_on: date
    amount: Decimal | None = None
    percent: Decimal | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """How to split: into `count` equal parts from `first_due` every `every_months`, or as `parts` say."""

    count: int = 0
    first_due: date | None = None
    every_months: int = 1
    parts: tuple[Part, ...] = ()


def drafts(total: Decimal, decimals: int, split: Split) -> list[Part]:
    """The instalments with their amounts; raises Invalid for parts that do not fit."""
    if split.first_due is not None and split.count:
        if split.first_due.year + split.count * split.every_months // 12 >= _LAST_YEAR:
            raise invalid("first_due", "too_late", TOO_LATE)
        days = [months_later(split.first_due, n * split.every_months) for n in range(split.count)]
        amounts = equal_parts(total, split.count, decimals)
        if min(amounts) <= ZERO:
            raise invalid("parts", "too_small", TOO_SMALL)
        return [Part(day, amount) for day, amount in zip(days, amounts, strict=True)]
    if any(part.percent is not None for part in split.parts):
        percents = [part.percent or ZERO for part in split.parts]
        shares = by_percent(total, percents, decimals)
        if shares is None:
            raise invalid(
                "instalments", "not_hundred", NOT_HUNDRED, sum=f"{sum(percents, ZERO).normalize():f}"
            )
        if min(shares) <= ZERO:
            raise invalid("instalments", "too_small", TOO_SMALL)
        return [replace(part, amount=share) for part, share in zip(split.parts, shares, strict=True)]
    typed = sum((part.amount or ZERO for part in split.parts), ZERO)
    if typed > total:
        raise invalid("instalments", "over_contract", OVER, sum=f"{typed:,.2f}", left=f"{total:,.2f}")
    return list(split.parts)


def preview(ctx: Ctx, key: str, paper_id: uuid.UUID, split: Split) -> dict[str, Any]:
    """`{"unplanned", "currency", "instalments": [{"due_on", "amount"}]}` for a contract or order that the actor sees."""
    _require_total(ctx, key)
    paper = get_record(ctx, key, paper_id, fields=[LIMITS[key], "currency"])
    left, currency = _left(ctx, key, paper_id, paper.get(LIMITS[key])), _currency(ctx, paper)
    return _told(left, currency, drafts(left, places(currency), split))


def make(ctx: Ctx, key: str, paper_id: uuid.UUID, split: Split) -> dict[str, Any]:
    """Make the instalments; the same with `plans`, their ids. Raises NotFound, Forbidden, Invalid."""
    get_record(ctx, key, paper_id, fields=[])
    rights.require(ctx, get_object(ctx, PLAN), "create")
    _require_total(ctx, key)
    paper = locked_row(ctx, get_object(ctx, key), paper_id)
    if (paper.value("status") or "draft") not in OPEN[key]:
        raise invalid(key, "closed", CLOSED)
    left, currency = _left(ctx, key, paper_id, paper.value(LIMITS[key])), _currency(ctx, paper.before or {})
    made = drafts(left, places(currency), split)
    ids = new_ids(len(made))
    changes = [
        Change("create", i, _values(key, paper, part), index=n)
        for n, (i, part) in enumerate(zip(ids, made, strict=True))
    ]
    refused = bulk_write(ctx, PLAN, changes, trusted=True, ruled=True).refused
    if refused:
        errors: list[FieldError] = [
            e.at(f"instalments.{n}") for n, found in sorted(refused.items()) for e in found
        ]
        raise Invalid(errors=errors)
    return _told(left, currency, made) | {"plans": [str(i) for i in ids]}


def _values(key: str, paper: Change, part: Part) -> dict[str, Any]:
    values = {key: paper.id, "customer": paper.value("customer"), "due_on": part.due_on,
              "amount": part.amount, "name": part.name, "owner": paper.value("owner")}  # fmt: skip
    return {name: value for name, value in values.items() if value is not None}


def _require_total(ctx: Ctx, key: str) -> None:
    """Raise Forbidden for who does not read what contracts or orders come to, NotFound for who sees none."""
    readable = rights.readable(ctx, rights.get_object(ctx, key))
    if not {LIMITS[key], "currency"} <= readable.keys():
        raise Forbidden


def _left(ctx: Ctx, key: str, paper_id: uuid.UUID, total: Decimal | None) -> Decimal:
    """What of a paper no instalment covers; raises Invalid where there is nothing."""
    if not total:
        raise invalid(key, "no_total", NO_TOTAL)
    left = total - planned(ctx, key, paper_id)
    if left <= ZERO:
        raise invalid(key, "all_planned", ALL_PLANNED)
    return left


def planned(ctx: Ctx, key: str, paper_id: uuid.UUID) -> Decimal:
    """What the instalments of a contract or an order that are in force come to, in its currency."""
    tree = {"and": [{"field": key, "op": "is", "value": str(paper_id)},
                    {"field": "status", "op": "is_not", "value": "void"}]}  # fmt: skip
    query = RecordQuery(PLAN, tree, (), ("amount",), count=False)
    rows = (row for page in stream(replace(ctx, actor=SYSTEM), query) for row in page)
    return sum((row["amount"] or ZERO for row in rows), ZERO)


def _currency(ctx: Ctx, paper: Mapping[str, Any]) -> str:
    return str(paper.get("currency") or ctx.workspace.currency)


def _told(left: Decimal, currency: str, made: Sequence[Part]) -> dict[str, Any]:
    rows = [{"due_on": part.due_on.isoformat(), "amount": part.amount, "name": part.name} for part in made]
    return {"unplanned": left, "currency": currency, "instalments": rows}
