"""Receivables by age: what instalments still bring, by how late they are, overall and by customer.

*How it works*: everything is asked of the read door as the actor: sums over what they see, amounts of other currencies
in the workspace's. The customers who owe most come first; buckets are asked for these alone.

*Rules*: a constant number of statements. Who does not read the outstanding amounts gets none.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.domains.sales.receivables.allocating import OPEN_STATES
from guanxi.domains.sales.receivables.ledger import PLAN
from guanxi.domains.sales.receivables.rules import BUCKETS, EDGES
from guanxi.engine.access import rights
from guanxi.engine.records.query.groups import fetch_groups
from guanxi.engine.records.query.spec import Grouping, Measure, RecordQuery, Sort
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Forbidden

MOST = 100
_NEEDED = ("outstanding", "due_on", "status")


def bounds(today: date) -> dict[str, tuple[date | None, date | None]]:
    """By bucket, the first and the last due day in it; None where it has no end."""
    found: dict[str, tuple[date | None, date | None]] = {BUCKETS[0]: (today, None)}
    for n, edge in enumerate(EDGES):
        last = today - timedelta(days=edge + 1)
        first = today - timedelta(days=EDGES[n + 1]) if n + 1 < len(EDGES) else None
        found[BUCKETS[n + 1]] = (first, last)
    return found


def ageing(ctx: Ctx, limit: int = MOST) -> dict[str, Any]:
    """`{"as_of", "currency", "buckets": [{"key", "from", "until", "amount", "count"}], "total", "customers": [...]}`.

    Each of `customers` is `{"customer", "total", "count", "amounts": {bucket: amount}}`; raises NotFound for who sees no
    instalments, Forbidden for who does not read their amounts.
    """
    obj = rights.get_object(ctx, PLAN)
    readable = rights.readable(ctx, obj)
    if any(key not in readable for key in _NEEDED):
        raise Forbidden
    today = ctx.today.date()
    days = bounds(today)
    totals = {key: _sums(ctx, days[key]) for key in BUCKETS}
    shown = _customers(ctx, limit) if "customer" in readable else []
    amounts = (
        {key: _by_customer(ctx, days[key], [row["key"] for row in shown]) for key in BUCKETS} if shown else {}
    )
    return {
        "as_of": today.isoformat(),
        "currency": ctx.workspace.currency,
        "buckets": [{"key": key, "from": _iso(days[key][0]), "until": _iso(days[key][1]), **totals[key]} for key in BUCKETS],
        "total": sum((totals[key]["amount"] for key in BUCKETS), ZERO),
        "customers": [
            {"customer": row["customer"], "total": row["amount"], "count": row["count"],
             "amounts": {key: amounts[key].get(row["key"], ZERO) for key in BUCKETS}}
            for row in shown
        ],
        "more": len(shown) >= limit,
    }  # fmt: skip


def _tree(days: tuple[date | None, date | None] | None, *more: dict[str, Any]) -> dict[str, Any]:
    first, last = days or (None, None)
    parts: list[dict[str, Any]] = [{"field": "status", "op": "in", "value": list(OPEN_STATES)}, *more]
    if first is not None:
        parts.append({"field": "due_on", "op": "on_or_after", "value": first.isoformat()})
    if last is not None:
        parts.append({"field": "due_on", "op": "on_or_before", "value": last.isoformat()})
    return {"and": parts}


def _query(
    tree: Any, group: tuple[Grouping, ...], limit: int = 200, sort: tuple[Sort, ...] = ()
) -> RecordQuery:
    measures = (Measure("sum", "outstanding", "amount"), Measure("count", None, "count"))
    return RecordQuery(PLAN, tree, sort, limit=limit, group=group, measures=measures)


def _sums(ctx: Ctx, days: tuple[date | None, date | None]) -> dict[str, Any]:
    values = fetch_groups(ctx, _query(_tree(days), ()))["data"][0]["values"]
    return {"amount": _money(values["amount"]), "count": values["count"]}


def _customers(ctx: Ctx, limit: int) -> list[dict[str, Any]]:
    """Who owes most; what has no customer, or one that the actor does not see, is one row."""
    rows = fetch_groups(
        ctx, _query(_tree(None), (Grouping("customer"),), limit, (Sort("amount", descending=True),))
    )
    return [
        {"key": (key := row["keys"]["customer"]), "amount": _money(row["values"]["amount"]),
         "count": row["values"]["count"],
         "customer": {"id": key, "title": row["labels"]["customer"], "object": "customer"} if key else None}
        for row in rows["data"]
    ]  # fmt: skip


def _by_customer(
    ctx: Ctx, days: tuple[date | None, date | None], keys: list[str | None]
) -> dict[str | None, Decimal]:
    known = [key for key in keys if key]
    chosen: dict[str, Any] = {"field": "customer", "op": "in", "value": known}
    more = [] if None in keys or not known else [chosen]
    rows = fetch_groups(ctx, _query(_tree(days, *more), (Grouping("customer"),)))["data"]
    return {row["keys"]["customer"]: _money(row["values"]["amount"]) for row in rows}


def _money(value: Any) -> Decimal:
    return Decimal(str(value or 0))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
