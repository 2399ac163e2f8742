"""What a contract brings: its total beside what is planned, has come and is still owed.

*Rules*: read as the actor; a figure over amounts that they do not read is null. Planned and unplanned are the
contract's total together, received and outstanding what is planned.
"""

import uuid
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.domains.sales.receivables.ledger import PLAN
from guanxi.engine.access import rights
from guanxi.engine.records.query.read import fetch_page, get_record
from guanxi.engine.records.query.spec import MAX_LIMIT, RecordQuery, Sort
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx

_OF_PLANS = ("name", "sequence", "due_on", "status", "amount", "received", "outstanding", "version")


def of_contract(ctx: Ctx, contract_id: uuid.UUID) -> dict[str, Any]:
    """`{"currency", "total", "planned", "unplanned", "received", "outstanding", "plans"}`; raises NotFound."""
    readable = rights.readable(ctx, rights.get_object(ctx, "contract"))
    contract = get_record(
        ctx, "contract", contract_id, fields=[k for k in ("total", "currency") if k in readable]
    )
    total = contract.get("total")
    plans = _plans(ctx, contract_id)
    sums = {key: _sum(plans, key) for key in ("amount", "received", "outstanding")}
    unplanned = None if total is None or sums["amount"] is None else Decimal(str(total)) - sums["amount"]
    return {
        "currency": contract.get("currency") or ctx.workspace.currency, "total": total,
        "planned": sums["amount"], "unplanned": unplanned, "received": sums["received"],
        "outstanding": sums["outstanding"], "plans": plans, "may_plan": _may_plan(ctx),
    }  # fmt: skip


def _plans(ctx: Ctx, contract_id: uuid.UUID) -> list[dict[str, Any]] | None:
    """The contract's instalments in their order; None for who sees none."""
    obj = get_object(ctx, PLAN)
    readable = rights.readable(ctx, obj) if rights.can(ctx, obj, "read") else {}
    if "contract" not in readable:
        return None
    fields = tuple(key for key in _OF_PLANS if key in readable)
    tree = {"field": "contract", "op": "is", "value": str(contract_id)}
    order = (Sort("due_on"),) if "due_on" in readable else ()
    return fetch_page(ctx, RecordQuery(PLAN, tree, order, fields, limit=MAX_LIMIT, count=False)).data


def _sum(plans: list[dict[str, Any]] | None, key: str) -> Decimal | None:
    """Over those in force; None where amounts or states are not read."""
    if plans is None or any(key not in plan or "status" not in plan for plan in plans):
        return None
    return sum((Decimal(str(plan[key] or 0)) for plan in plans if plan["status"] != "void"), ZERO)


def _may_plan(ctx: Ctx) -> bool:
    return rights.can(ctx, get_object(ctx, PLAN), "create")
