"""Firms with orders, for the tests of a workspace's insight."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.schema.lines import PARENT, POSITION
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from tests.firms import Firm, run_jobs


@dataclass(frozen=True)
class Ordered:
    """An order of one line."""

    customer: uuid.UUID | None
    day: date | None
    amount: float
    currency: str | None = None
    status: str = "confirmed"
    product: uuid.UUID | None = None
    cost: float | None = None


def customers(firm: Firm, count: int) -> list[uuid.UUID]:
    """So many customers."""
    with session(firm.workspace.id):
        return store.bulk_create(ctx_of(firm), "customer", [{"name": f"客户{n}"} for n in range(count)])


def orders(firm: Firm, rows: Iterable[Ordered]) -> list[uuid.UUID]:
    """Orders as they come out of the past: written and confirmed."""
    wanted = list(rows)
    with session(firm.workspace.id):
        ctx = ctx_of(firm)
        heads = [
            {"name": f"单{n}", "customer": _text(row.customer), "currency": row.currency,
             "ordered_on": row.day.isoformat() if row.day else None}
            for n, row in enumerate(wanted)
        ]  # fmt: skip
        ids = store.bulk_create(ctx, "sales_order", heads)
        lines = [
            {PARENT: str(i), POSITION: 1, "name": "货", "price": row.amount, "quantity": 1, "product": _text(row.product)}
            for i, row in zip(ids, wanted, strict=True)
        ]  # fmt: skip
        line_ids = store.bulk_create(ctx, "sales_order_items", lines)
        costs = {
            i: {"cost": row.cost} for i, row in zip(line_ids, wanted, strict=True) if row.cost is not None
        }
        put(firm, "sales_order_items", costs)
        put(firm, "sales_order", {i: {"status": row.status} for i, row in zip(ids, wanted, strict=True)})
    return ids


def put(firm: Firm, key: str, values: dict[uuid.UUID, dict[str, Any]]) -> None:
    """Values that the program keeps."""
    with session(firm.workspace.id):
        changes = [Change("update", i, given, index=n) for n, (i, given) in enumerate(values.items())]
        store.bulk_write(ctx_of(firm), key, changes, partial=False, trusted=True)


def computed(firm: Firm) -> None:
    """Insight, computed now."""
    answer = firm.door().post("/insight/runs")
    assert answer.status_code == 202, answer.data
    run_jobs()


def ctx_of(firm: Firm) -> Ctx:
    """What the program acts with; needs a session."""
    return load_system_ctx(firm.workspace.id)


def _text(i: uuid.UUID | None) -> str | None:
    return str(i) if i else None
