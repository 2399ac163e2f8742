"""Won deals that are like one: the same customer, product, industry, or about its size; each with why it is here.

*How it works*: each likeness is a filter, asked of the read door by itself, the latest first; what several of them
find is more alike. A likeness that the actor may not ask about (a field is hidden from them) is left out.

*Rules*: at most as many statements as there are likenesses, and what they find: bounded, whatever the firm's size.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.read import fetch_page, get_record
from guanxi.engine.records.query.spec import RecordQuery, Sort
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Invalid
from guanxi.kit.text import Text

SHOWN = 5
ASKED = 40
WEIGHTS = {"product": 3, "customer": 3, "industry": 2, "size": 2}
WHY = {
    "customer": Text("同一客户", "The same customer"),
    "product": Text("同样的产品", "The same product"),
    "industry": Text("同行业：{name}", "The same industry: {name}"),
    "size": Text("金额相近", "About the same amount"),
}
FIELDS = (
    "name",
    "customer",
    "product",
    "amount",
    "currency",
    "close_date",
    "cycle_days",
    "win_reason",
    "owner",
)
ASKED_BY = ("product", "customer", "amount", "currency")
WON = {"field": "status", "op": "is", "value": "won"}


def similar_won(ctx: Ctx, deal_id: uuid.UUID) -> list[dict[str, Any]]:
    """The won deals most like a deal that the actor sees, each `{record, why}`; raises NotFound."""
    readable = rights.readable(ctx, rights.get_object(ctx, "opportunity"))
    deal = get_record(ctx, "opportunity", deal_id, fields=[key for key in ASKED_BY if key in readable])
    fields = tuple(key for key in FIELDS if key in readable)
    sort = (Sort("close_date", descending=True),) if "close_date" in readable else ()
    others = {"not": {"field": "id", "op": "is", "value": str(deal_id)}}
    why: dict[str, list[tuple[str, Text, dict[str, Any]]]] = defaultdict(list)
    records: dict[str, dict[str, Any]] = {}
    for key, tree, values in _likenesses(ctx, deal):
        query = RecordQuery(
            "opportunity", {"and": [WON, others, tree]}, sort, fields, limit=ASKED, count=False
        )
        try:
            page = fetch_page(ctx, query)
        except Invalid:
            continue
        for record in page.data:
            records[record["id"]] = record
            why[record["id"]].append((key, WHY[key], values))
    best = sorted(
        records.values(),
        key=lambda record: (
            sum(WEIGHTS[key] for key, _, _ in why[record["id"]]),
            record.get("close_date") or "",
        ),
        reverse=True,
    )
    return [
        {"record": record,
         "why": [{"key": key, "text": text.in_(ctx.locale, **values)} for key, text, values in why[record["id"]]]}
        for record in best[:SHOWN]
    ]  # fmt: skip


def _likenesses(ctx: Ctx, deal: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """What to look for, as filters, and what is said of it."""
    for key in ("product", "customer"):
        if deal.get(key):
            yield key, {"field": key, "op": "is", "value": deal[key]["id"]}, {}
    f = (
        rights.readable(ctx, rights.get_object(ctx, "customer")).get("industry")
        if deal.get("customer")
        else None
    )
    if f is not None:
        customer = get_record(ctx, "customer", uuid.UUID(deal["customer"]["id"]), fields=["industry"])
        industry = customer.get("industry")
        option = f.option(industry) if isinstance(industry, str) else None
        if option is not None:
            tree = {"field": "customer.industry", "op": "is", "value": industry}
            yield "industry", tree, {"name": option.label}
    amount = deal.get("amount")
    if amount:
        size, currency = Decimal(str(amount)), deal.get("currency")
        near = [{"field": "amount", "op": "gte", "value": str(size * Decimal("0.7"))},
                {"field": "amount", "op": "lte", "value": str(size * Decimal("1.4"))}]  # fmt: skip
        same = [{"field": "currency", "op": "is", "value": currency}] if currency else []
        yield "size", {"and": [*near, *same]}, {}
