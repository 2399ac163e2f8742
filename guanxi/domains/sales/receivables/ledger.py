"""What was allocated: the lines of payments, read from either side, and the rows they stand between, locked.

*How it works*: whoever allocates locks the payment first (the write door does, for its lines), then what is paid, each
kind in the order of ids. Only then the lines are read: nobody else's is missed, and nothing is spent twice.

*Rules*: read as the program reads; what people see of it comes through the read door again.
"""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import stream
from guanxi.engine.records.query.spec import RecordQuery, Sort
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.lines import PARENT
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import SYSTEM, Ctx

PAYMENT, PLAN, INVOICE = "payment", "payment_plan", "invoice"
LINES = line_key(PAYMENT, "allocations")
ORDER = "sales_order"
PAPERS = (ORDER, "contract")
"""What instalments and invoices belong to, by field and by object alike."""
TARGETS = {"plan": PLAN, "invoice": INVOICE}
"""What a line can pay, by its field."""
_READ = (PARENT, *TARGETS, "amount", "settled", "base", "difference")
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Allocation:
    """A part of a payment, what it pays, and what it is worth."""

    id: uuid.UUID
    payment: uuid.UUID | None
    targets: Mapping[str, uuid.UUID]
    amount: Decimal
    settled: Decimal
    base: Decimal
    difference: Decimal

    @property
    def booked(self) -> Decimal:
        """What it was worth, in the workspace's currency, when it was owed."""
        return self.base - self.difference


def allocations(ctx: Ctx, field: str, ids: Collection[uuid.UUID]) -> list[Allocation]:
    """The live lines of payments (field `parent`), or of what they pay (`plan` …)."""
    return [_read(row) for row in of_links(ctx, LINES, field, ids, _READ, (Sort("created_at"),))]


def of_links(
    ctx: Ctx, object_key: str, field: str, ids: Collection[uuid.UUID], read: tuple[str, ...],
    order: tuple[Sort, ...] = (), *more: Mapping[str, Any],
) -> Iterator[dict[str, Any]]:  # fmt: skip
    """The live records whose link leads to one of these, whatever their number, as the program reads them.

    `more` are further conditions.
    """
    wanted = sorted(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        chosen = {"field": field, "op": "in", "value": [str(i) for i in wanted[start : start + _AT_ONCE]]}
        query = RecordQuery(object_key, {"and": [chosen, *more]}, order, read, count=False)
        for page in stream(replace(ctx, actor=SYSTEM), query):
            yield from page


def _read(row: Mapping[str, Any]) -> Allocation:
    links = {name: _id(row.get(name)) for name in (PARENT, *TARGETS)}
    paid = {name: i for name in TARGETS if (i := links[name]) is not None}
    numbers = (Decimal(str(row[name] or 0)) for name in ("amount", "settled", "base", "difference"))
    return Allocation(uuid.UUID(str(row["id"])), links[PARENT], paid, *numbers)


def _id(link: Any) -> uuid.UUID | None:
    return uuid.UUID(str(link["id"])) if link else None


def sums(rows: Iterable[Allocation], field: str) -> dict[uuid.UUID, tuple[Decimal, Decimal]]:
    """By payment: what is allocated of it, and its exchange differences. By what is paid: what is settled, likewise."""
    found: dict[uuid.UUID, tuple[Decimal, Decimal]] = {}
    for row in rows:
        key = row.payment if field == PARENT else row.targets.get(field)
        if key is not None:
            amount, difference = found.get(key, (ZERO, ZERO))
            part = row.amount if field == PARENT else row.settled
            found[key] = (amount + part, difference + row.difference)
    return found


def held(ctx: Ctx, object_key: str, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Change]:
    """The live records of these ids with their values (`before`), locked until the transaction ends."""
    changes = [Change("update", i, {}) for i in sorted(ids)]
    if changes:
        lock_rows(ctx, get_object(ctx, object_key), changes, deleted=False, trusted=True)
    return {change.id: change for change in changes if not change.errors}


def ids_in(changes: Sequence[Change], field: str) -> set[uuid.UUID]:
    """What a link field of changes leads to, before and after."""
    both = ((change.value(field), (change.before or {}).get(field)) for change in changes)
    return {i for pair in both for i in pair if i is not None}
