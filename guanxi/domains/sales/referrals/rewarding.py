"""Rewards fall due with the first payment of the customer that was brought, and are taken back with it.

*How it works*: a hook of payments (and one of referrals themselves) looks the first confirmed payment of each customer
concerned up again, and brings the referral's state in line: nothing is counted on, so an order of events, a refund,
a void or an undo cannot make it wrong.

*Rules*: what was rewarded or is void stays. A reward that somebody typed stays; one of the terms is worked out when it
falls due and not again when the terms change. Whoever had paid before the day of the referral brings none.
"""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from guanxi.domains.sales.receivables.models import Payment
from guanxi.domains.sales.referrals.models import Referral
from guanxi.domains.sales.referrals.rules import Terms
from guanxi.domains.sales.referrals.terms import terms_of
from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records.hooks import Change, RecordHooks, hooks_registry
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.currencies import places
from guanxi.kit.text import Text

REFERRAL, PAYMENT = "referral", "payment"
TURNING = ("open", "due", "closed")
"""The states that follow from payments."""
DUE = Text(
    "「{record}」的新客户已付首笔款，奖励待发", "“{record}”: the new customer has paid; a reward is due"
)
_OF_PAYMENT = ("status", "customer", "paid_on", "base_amount", "refunded", "kind")


class PaymentsBring(RecordHooks):
    """Payments, as far as they are the first of somebody who was brought."""

    object_key = PAYMENT

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """What makes a payment count."""
        return not set(_OF_PAYMENT).isdisjoint(keys)

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Look at the referrals of the customers concerned."""
        moved = [c for c in changes if c.op != "update" or any(c.changes(key) for key in _OF_PAYMENT)]
        both = ((c.value("customer"), (c.before or {}).get("customer")) for c in moved)
        renew(ctx, Q(customer_id__in={i for pair in both for i in pair if i is not None}))


class ReferralsFollow(RecordHooks):
    """Referrals, new ones and such as name another customer or day."""

    object_key = REFERRAL

    def follows(self, ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
        """What decides on the first payment."""
        return not {"customer", "referred_on", "status"}.isdisjoint(keys)

    def after_write(self, ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
        """Look at them again."""
        moved = [
            c.id for c in changes
            if c.op in ("create", "restore")
            or (c.op == "update" and (c.changes("customer") or c.changes("referred_on")))
        ]  # fmt: skip
        renew(ctx, Q(id__in=moved))


def renew(ctx: Ctx, which: Q) -> None:
    """Bring referrals in line with the payments there are, and tell their owners of rewards that fell due."""
    ids = [row["id"] for row in _found(ctx, which)]
    if not ids:
        return
    held = [Change("update", i, {}, index=n) for n, i in enumerate(sorted(ids))]
    lock_rows(ctx, get_object(ctx, REFERRAL), held, deleted=False, trusted=True)
    rows = {row["id"]: row for row in _found(ctx, Q(id__in=ids))}  # as they are now that they are locked
    terms, decimals = terms_of(ctx), places(ctx.workspace.currency)
    wanted = [
        (change, _of_payments(change, rows[change.id], terms, decimals))
        for change in held
        if not change.errors and change.id in rows
    ]
    changes = [
        Change("update", change.id, values, index=n)
        for n, (change, values) in enumerate(wanted)
        if any(change.value(key) != value for key, value in values.items())
    ]
    if changes:
        bulk_write(ctx, REFERRAL, changes, partial=False, trusted=True)
        _tell(ctx, [(c, v) for c, v in wanted if v["status"] == "due" and c.value("status") == "open"])


def _found(ctx: Ctx, which: Q) -> list[dict[str, Any]]:
    """Referrals that payments decide on, each with the first payment of its customer, and what the one so far came to."""
    paid = Payment.objects.filter(
        workspace_id=ctx.workspace.id, deleted_at=None, customer_id=OuterRef("customer_id"), kind="receipt",
        status="confirmed", base_amount__gt=0, amount__gt=Coalesce(F("refunded"), Decimal(0)),
    ).order_by("paid_on", "id")  # fmt: skip
    rows = Referral.objects.filter(
        which, workspace_id=ctx.workspace.id, deleted_at=None, status__in=TURNING, customer_id__isnull=False
    )
    before = Payment.objects.filter(workspace_id=ctx.workspace.id, id=OuterRef("first_payment_id"))
    found = {
        "payment": Subquery(paid.values("id")[:1]),
        "paid_on": Subquery(paid.values("paid_on")[:1]),
        "paid": Subquery(paid.values("base_amount")[:1]),
        "before": Subquery(before.values("base_amount")[:1]),
    }
    annotated: Any = rows.annotate(**found)
    return list(annotated.values("id", *found))


def _of_payments(change: Change, row: Mapping[str, Any], terms: Terms, decimals: int) -> dict[str, Any]:
    """What a referral says, given the first payment of its customer."""
    day, paid, reward = row["paid_on"], row["paid"], change.value("reward")
    before: Decimal | None = row["before"]
    if day is None or day < change.value("referred_on"):
        if before is not None and reward == terms.reward(before, decimals):
            reward = None  # it was that of the terms
        status = "open" if day is None else "closed"
        return {"status": status, "first_paid_on": None, "first_payment": None, "reward": reward}
    if reward is None:
        reward = terms.reward(paid, decimals)
    status = "due" if reward else "closed"
    return {"status": status, "first_paid_on": day, "first_payment": row["payment"], "reward": reward}


def _tell(ctx: Ctx, due: Sequence[tuple[Change, Mapping[str, Any]]]) -> None:
    notices = [
        Notice(owner, DUE, url=f"/o/referral/{change.id}", data={"record": change.value("name") or "—"})
        for change, _ in due
        if (owner := change.value("owner")) is not None
    ]
    notify_each(ctx, "referral.due", notices)


for _hooks in (PaymentsBring(), ReferralsFollow()):
    hooks_registry.register(_hooks)
