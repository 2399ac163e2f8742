"""What a contract or an order brings: its total beside what is planned, has come and is still owed.

*Rules*: read as the actor; a figure over amounts that they do not read is null. Planned and unplanned are the
total together (of an order: less what came back), received and outstanding what is planned, requested, invoiced and uninvoiced the total again.
"""

import uuid
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.domains.sales.receivables.hooks.papers import LIMITS
from guanxi.domains.sales.receivables.ledger import INVOICE, PLAN
from guanxi.engine.access import rights
from guanxi.engine.records.query.read import fetch_page, get_record, stream
from guanxi.engine.records.query.spec import MAX_LIMIT, RecordQuery, Sort
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx

_OF_PLANS = ("name", "sequence", "due_on", "status", "amount", "received", "outstanding", "version")
_OF_INVOICES = ("number", "kind", "status", "issued_on", "total", "tax")


def of_paper(ctx: Ctx, key: str, paper_id: uuid.UUID) -> dict[str, Any]:
    """`{"currency", "total", "planned", "unplanned", "received", "outstanding", "plans", "requested", "invoiced", …}`; raises NotFound."""
    readable = rights.readable(ctx, rights.get_object(ctx, key))
    paper = get_record(ctx, key, paper_id, fields=[k for k in (LIMITS[key], "currency") if k in readable])
    total = paper.get(LIMITS[key])
    plans = _plans(ctx, key, paper_id)
    sums = {name: _sum(plans, name) for name in ("amount", "received", "outstanding")}
    unplanned = None if total is None or sums["amount"] is None else Decimal(str(total)) - sums["amount"]
    return {
        "currency": paper.get("currency") or ctx.workspace.currency, "total": total,
        "planned": sums["amount"], "unplanned": unplanned, "received": sums["received"],
        "outstanding": sums["outstanding"], "plans": plans, **_invoiced(ctx, key, paper_id, total), "may_plan": _may_plan(ctx),
    }  # fmt: skip


def _plans(ctx: Ctx, key: str, paper_id: uuid.UUID) -> list[dict[str, Any]] | None:
    """The instalments of a paper in their order; None for who sees none."""
    obj = get_object(ctx, PLAN)
    readable = rights.readable(ctx, obj) if rights.can(ctx, obj, "read") else {}
    if key not in readable:
        return None
    fields = tuple(name for name in _OF_PLANS if name in readable)
    tree = {"field": key, "op": "is", "value": str(paper_id)}
    order = (Sort("due_on"),) if "due_on" in readable else ()
    return fetch_page(ctx, RecordQuery(PLAN, tree, order, fields, limit=MAX_LIMIT, count=False)).data


def _sum(plans: list[dict[str, Any]] | None, key: str) -> Decimal | None:
    """Over those in force; None where amounts or states are not read."""
    if plans is None or any(key not in plan or "status" not in plan for plan in plans):
        return None
    return sum((Decimal(str(plan[key] or 0)) for plan in plans if plan["status"] != "void"), ZERO)


def _invoiced(ctx: Ctx, key: str, paper_id: uuid.UUID, total: Any) -> dict[str, Any]:
    """`requested`, `invoiced` and `uninvoiced` (the total less both), and the invoices; None for who does not read them."""
    obj = get_object(ctx, INVOICE)
    readable = rights.readable(ctx, obj) if rights.can(ctx, obj, "read") else {}
    if not {key, "status", "total"} <= readable.keys():
        return dict.fromkeys(("requested", "invoiced", "uninvoiced", "invoices"))
    fields = tuple(name for name in _OF_INVOICES if name in readable)
    tree = {"field": key, "op": "is", "value": str(paper_id)}
    query = RecordQuery(INVOICE, tree, (Sort("created_at"),), fields, limit=MAX_LIMIT, count=False)
    rows = [row for page in stream(ctx, query) for row in page]
    amounts = [(row["status"], Decimal(str(row["total"] or 0))) for row in rows]
    requested = sum((amount for status, amount in amounts if status == "requested" and amount > ZERO), ZERO)
    invoiced = sum((amount for status, amount in amounts if status in ("issued", "reversed")), ZERO)
    left = None if total is None else Decimal(str(total)) - requested - invoiced
    return {"requested": requested, "invoiced": invoiced, "uninvoiced": left, "invoices": rows[:MAX_LIMIT]}


def _may_plan(ctx: Ctx) -> bool:
    return rights.can(ctx, get_object(ctx, PLAN), "create")
