"""Allocating a payment: a proposal (what is due first, first), and what somebody decides.

*How it works*: money is proposed for open instalments, then for issued invoices of papers without any. An instalment
is given the first invoice of the same paper that has room for what it settles: one line then pays both.

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
from guanxi.domains.sales.receivables.ledger import INVOICE, LINES, PAPERS, PAYMENT, PLAN
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
_OF_PLANS = ("name", "contract", "sales_order", "due_on", "status", "amount", "outstanding", "currency")
_OF_INVOICES = (
    "name",
    "number",
    "contract",
    "sales_order",
    "issued_on",
    "status",
    "total",
    "outstanding",
    "currency",
)


@dataclass(frozen=True, slots=True)
class Wish:
    """So much of a payment for an instalment (or an invoice); `settled` where the currencies differ."""

    amount: Decimal
    targets: Mapping[str, uuid.UUID]
    settled: Decimal | None = None


def proposal(ctx: Ctx, payment_id: uuid.UUID) -> dict[str, Any]:
    """What is open of the payment's customer with what the surplus would pay of it, and what was allocated.

    `{"payment", "surplus", "currency", "open": [{"plan", "invoice", …, "proposed", "settles"}], "invoices", "allocations"}`;
    raises NotFound.
    """
    readable = rights.readable(ctx, rights.get_object(ctx, PAYMENT))
    seen = get_record(ctx, PAYMENT, payment_id)
    payment = {key: value for key, value in seen.items() if key in readable}  # a masked value is a text
    surplus, currency = payment.get("surplus") or ZERO, payment.get("currency") or ctx.workspace.currency
    plans, invoices = _open_plans(ctx, payment.get("customer")), _open_invoices(ctx, payment.get("customer"))
    alone = [row for row in invoices if not any(_of_same(row, plan) for plan in plans)]
    proposed = _proposed(ctx, payment, Decimal(str(surplus)), currency, [*plans, *alone])
    of_plans = _paired(plans, invoices, proposed)
    told = [_open_row(row, proposed, plan=row, invoice=of_plans.get(str(row["id"]))) for row in plans]
    told += [_open_row(row, proposed, plan=None, invoice=row) for row in alone]
    choice = [
        {"invoice": _link(row, INVOICE), **{k: row.get(k) for k in _OF_INVOICES[1:]}} for row in invoices
    ]
    return {"payment": str(payment_id), "surplus": surplus, "currency": currency, "open": told, "invoices": choice,
            "allocations": payment.get("allocations", [])}  # fmt: skip


def _open_plans(ctx: Ctx, customer: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    rights.get_object(ctx, PLAN)
    return _open(ctx, PLAN, customer, OPEN_STATES, _OF_PLANS, "due_on")


def _open_invoices(ctx: Ctx, customer: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    if not rights.can(ctx, get_object(ctx, INVOICE), "read"):
        return []
    found = _open(ctx, INVOICE, customer, ("issued",), _OF_INVOICES, "issued_on")
    return [row for row in found if row["outstanding"] and row["outstanding"] > ZERO]


def _open(
    ctx: Ctx, key: str, customer: Mapping[str, Any] | None, states: Sequence[str], shown: Sequence[str], day: str
) -> list[dict[str, Any]]:  # fmt: skip
    """What is open of a customer, the earliest first; nothing for who does not read what is needed to tell."""
    readable = rights.readable(ctx, get_object(ctx, key))
    if not customer or not {"outstanding", "customer", "status"} <= readable.keys():
        return []
    tree = {"and": [{"field": "customer", "op": "is", "value": customer["id"]},
                    {"field": "status", "op": "in", "value": list(states)},
                    {"field": "outstanding", "op": "gt", "value": 0}]}  # fmt: skip
    order = (Sort(day),) if day in readable else ()
    fields = tuple(name for name in shown if name in readable)
    return fetch_page(ctx, RecordQuery(key, tree, order, fields, limit=MAX_LIMIT, count=False)).data


def _of_same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether an instalment and an invoice are of the same order or contract, or both of none."""
    mine, theirs = _papers(one), _papers(other)
    return bool(mine & theirs) or not (mine or theirs)


def _papers(row: Mapping[str, Any]) -> set[str]:
    return {str(link["id"]) for key in PAPERS if (link := row.get(key))}


def _paired(
    plans: Sequence[Mapping[str, Any]], invoices: Sequence[Mapping[str, Any]],
    proposed: Mapping[str, tuple[Decimal, Decimal]],
) -> dict[str, Mapping[str, Any]]:  # fmt: skip
    """By instalment, the invoice of the same paper and currency that the same money pays."""
    room = {str(row["id"]): row["outstanding"] for row in invoices}
    found: dict[str, Mapping[str, Any]] = {}
    for plan in plans:
        settles = proposed.get(str(plan["id"]), (ZERO, ZERO))[1]
        if settles <= ZERO:
            continue
        for invoice in invoices:
            key, same = str(invoice["id"]), plan.get("currency") == invoice.get("currency")
            if same and _of_same(plan, invoice) and settles <= room[key]:
                found[str(plan["id"])] = invoice
                room[key] -= settles
                break
    return found


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


def _open_row(
    row: Mapping[str, Any], proposed: Mapping[str, tuple[Decimal, Decimal]], *, plan: Mapping[str, Any] | None,
    invoice: Mapping[str, Any] | None,
) -> dict[str, Any]:  # fmt: skip
    amount, settles = proposed.get(str(row["id"]), (ZERO, ZERO))
    return {"plan": plan and _link(plan, PLAN), "invoice": invoice and _link(invoice, INVOICE),
            **{key: row.get(key) for key in _OF_PLANS[1:]}, "proposed": amount, "settles": settles}  # fmt: skip


def _link(row: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {"id": row["id"], "title": row["title"], "object": key}


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
    wishes = [
        Wish(row["proposed"], _targets(row), row["settles"])
        for row in proposal(ctx, payment_id)["open"]
        if row["proposed"]
    ]
    if wishes:
        allocate(ctx, payment_id, wishes)
    return {"allocated": len(wishes)}


def _targets(row: Mapping[str, Any]) -> dict[str, uuid.UUID]:
    """What a row of a proposal would pay."""
    return {key: uuid.UUID(str(row[key]["id"])) for key in ("plan", "invoice") if row[key]}


def _line(payment_id: uuid.UUID, wish: Wish) -> dict[str, Any]:
    values = {PARENT: payment_id, **wish.targets, "amount": wish.amount, "settled": wish.settled}
    return {key: value for key, value in values.items() if value is not None}
