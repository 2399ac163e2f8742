"""Allocating a payment: a proposal (what is due first, first), and what somebody decides.

*Rules*: the proposal holds only what the actor sees. Lines are written as the actor: who may change the payment may
allocate it, to instalments that they see. A payment and all of its new lines are one change, undone as one.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.pricing import asking
from guanxi.domains.sales.pricing.rules import ZERO
from guanxi.domains.sales.receivables.ledger import LINES, PAYMENT, PLAN
from guanxi.domains.sales.receivables.rules import Open, propose
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import fetch_page, get_record
from guanxi.engine.records.query.spec import MAX_LIMIT, RecordQuery, Sort
from guanxi.engine.records.store import change_sets
from guanxi.engine.records.store.writing import bulk_write, refusal
from guanxi.engine.schema.lines import PARENT
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.currencies import places
from guanxi.kit.errors import FieldError, Invalid
from guanxi.kit.ids import new_ids
from guanxi.kit.text import Text

NOT_ITS_OWN = Text("这笔回款没有这一行核销。", "The payment has no such allocation.")
OPEN_STATES = ("due", "partial", "overdue")
_OF_PLANS = ("name", "contract", "due_on", "status", "amount", "outstanding", "currency")


@dataclass(frozen=True, slots=True)
class Wish:
    """So much of a payment for an instalment (or an invoice); `settled` where the currencies differ."""

    amount: Decimal
    targets: Mapping[str, uuid.UUID]
    settled: Decimal | None = None


def proposal(ctx: Ctx, payment_id: uuid.UUID) -> dict[str, Any]:
    """What is open of the payment's customer with what the surplus would pay of it, and what was allocated.

    `{"payment", "surplus", "currency", "open": [{"plan", …, "proposed", "settles"}], "allocations"}`; raises NotFound.
    """
    readable = rights.readable(ctx, rights.get_object(ctx, PAYMENT))
    seen = get_record(ctx, PAYMENT, payment_id)
    payment = {key: value for key, value in seen.items() if key in readable}  # a masked value is a text
    surplus, currency = payment.get("surplus") or ZERO, payment.get("currency") or ctx.workspace.currency
    rows = _open_plans(ctx, payment.get("customer"))
    proposed = _proposed(ctx, payment, Decimal(str(surplus)), currency, rows)
    told = [_open_row(row, proposed.get(str(row["id"]))) for row in rows]
    return {"payment": str(payment_id), "surplus": surplus, "currency": currency, "open": told,
            "allocations": payment.get("allocations", [])}  # fmt: skip


def _open_plans(ctx: Ctx, customer: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    if not customer:
        return []
    rights.get_object(ctx, PLAN)
    tree = {"and": [{"field": "customer", "op": "is", "value": customer["id"]},
                    {"field": "status", "op": "in", "value": list(OPEN_STATES)}]}  # fmt: skip
    readable = rights.readable(ctx, get_object(ctx, PLAN))
    if "outstanding" not in readable or "customer" not in readable or "status" not in readable:
        return []
    order = (Sort("due_on"),) if "due_on" in readable else ()
    fields = tuple(key for key in _OF_PLANS if key in readable)
    return fetch_page(ctx, RecordQuery(PLAN, tree, order, fields, limit=MAX_LIMIT, count=False)).data


def _proposed(
    ctx: Ctx, payment: Mapping[str, Any], surplus: Decimal, currency: str, rows: Sequence[Mapping[str, Any]]
) -> dict[str, tuple[Decimal, Decimal]]:
    """By instalment, how much of the payment and how much of the instalment; those in its currency first."""
    if payment.get("status") == "void" or not payment.get("paid_on") or not payment.get("rate"):
        return {}
    home = ctx.workspace.currency
    day = date.fromisoformat(str(payment["paid_on"]))
    codes = {row.get("currency") or home for row in rows} - {currency}
    rates = asking.rates(ctx, {(code, day) for code in codes}) if codes else {}
    same = [row for row in rows if (row.get("currency") or home) == currency]
    other = [row for row in rows if ((row.get("currency") or home), day) in rates]
    given = propose(
        surplus, Decimal(1), places(currency), [Open(str(r["id"]), r["outstanding"]) for r in same]
    )
    left = surplus - sum((item.amount for item in given), ZERO)
    opens = [
        Open(
            str(r["id"]),
            r["outstanding"],
            rates[r.get("currency") or home, day],
            places(r.get("currency") or home),
        )
        for r in other
    ]
    given += propose(left, payment["rate"], places(currency), opens, same=False)
    return {item.key: (item.amount, item.settled) for item in given}


def _open_row(row: Mapping[str, Any], proposed: tuple[Decimal, Decimal] | None) -> dict[str, Any]:
    amount, settles = proposed or (ZERO, ZERO)
    return {"plan": {"id": row["id"], "title": row["title"], "object": PLAN}, **{k: row.get(k) for k in _OF_PLANS[1:]},
            "proposed": amount, "settles": settles}  # fmt: skip


def allocate(
    ctx: Ctx, payment_id: uuid.UUID, wishes: Sequence[Wish], taken_back: Sequence[uuid.UUID] = ()
) -> dict[str, Any]:
    """Take allocations back, then make new ones, all or none; the payment as it is now.

    Raises NotFound, Forbidden, Invalid (`allocations.0.amount` …).
    """
    ctx = change_sets.as_one(ctx)
    rights.get_object(ctx, PAYMENT)
    get_record(ctx, PAYMENT, payment_id, fields=["id"])
    if taken_back:
        gone = [Change("delete", i, {}, index=n) for n, i in enumerate(dict.fromkeys(taken_back))]
        _check_own(ctx, payment_id, gone)
        bulk_write(ctx, LINES, gone, partial=False)
    lines = [
        Change("create", i, _line(payment_id, wish), index=n)
        for n, (i, wish) in enumerate(zip(new_ids(len(wishes)), wishes, strict=True))
    ]
    refused = bulk_write(ctx, LINES, lines).refused if lines else {}
    if refused:
        errors: list[FieldError] = [
            e.at(f"allocations.{n}") for n, found in sorted(refused.items()) for e in found
        ]
        raise Invalid(errors=errors)
    return get_record(ctx, PAYMENT, payment_id)


def _check_own(ctx: Ctx, payment_id: uuid.UUID, gone: Sequence[Change]) -> None:
    """Raise NotFound for a line of another payment."""
    tree = {"field": PARENT, "op": "is", "value": str(payment_id)}
    found = fetch_page(ctx, RecordQuery(LINES, tree, (), ("amount",), limit=MAX_LIMIT, count=False)).data
    mine = {str(row["id"]) for row in found}
    for change in gone:
        if str(change.id) not in mine:
            change.refuse("id", "not_found", NOT_ITS_OWN)
            raise refusal({0: change.errors}, single=True)


def allocate_proposed(ctx: Ctx, payment_id: uuid.UUID) -> dict[str, Any]:
    """Allocate as proposed; gives `{"allocated": n}`."""
    rows = proposal(ctx, payment_id)["open"]
    wishes = [
        Wish(row["proposed"], {"plan": uuid.UUID(row["plan"]["id"])}, row["settles"])
        for row in rows
        if row["proposed"]
    ]
    if wishes:
        allocate(ctx, payment_id, wishes)
    return {"allocated": len(wishes)}


def _line(payment_id: uuid.UUID, wish: Wish) -> dict[str, Any]:
    values = {PARENT: payment_id, **wish.targets, "amount": wish.amount, "settled": wish.settled}
    return {key: value for key, value in values.items() if value is not None}
