"""The figures that follow from allocations, on payments and on what they pay.

*How it works*: after lines are written, `renew` gives the records on either side their new sums; their own hooks
compute these again from the lines (`hooks/`), so that no other write, and no undoing, can make them differ.
"""

import uuid
from collections.abc import Collection
from decimal import Decimal

from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.domains.sales.receivables.ledger import INVOICE, PAYMENT, PLAN, TARGETS, allocations, held, sums
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.lines import PARENT
from guanxi.engine.tenancy.context import Ctx

_FIELDS = {PAYMENT: (PARENT, "allocated")} | {key: (name, "received") for name, key in TARGETS.items()}

LEFT = {PAYMENT: "surplus", PLAN: "outstanding", INVOICE: "outstanding"}
"""By object, the field that says what is left."""


def renew(ctx: Ctx, object_key: str, ids: Collection[uuid.UUID]) -> None:
    """Write the sums of these records anew; those that are in the recycle bin are left alone."""
    live = held(ctx, object_key, ids)
    if not live:
        return
    field, name = _FIELDS[object_key]
    found = sums(allocations(ctx, field, live), field)
    changes = [
        Change("update", i, {name: found.get(i, (ZERO, ZERO))[0]}, index=n) for n, i in enumerate(live)
    ]
    bulk_write(ctx, object_key, changes, partial=False, trusted=True)


def can_be_paid(record: Change) -> bool:
    """Whether something that is owed is owed still: neither void nor rejected, and nothing that takes an invoice back."""
    return record.value("status") not in ("void", "rejected") and owed(record) > ZERO


def owed(record: Change) -> Decimal:
    """All that is to be paid for it, whatever has come: of an invoice what is not taken back."""
    amount = record.value("total") if "total" in (record.before or {}) else record.value("amount")
    return (amount or ZERO) - (record.value("reversed_total") or ZERO)
