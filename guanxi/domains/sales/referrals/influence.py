"""Whom a customer brought, directly and through those, and what these have paid: their influence.

*How it works*: from the customer on, level by level, the referrals that count are read through the read door, a query
for every hundred customers of a level; then the payments of everybody found, grouped by customer.

*Rules*: read as the actor. Whoever sees only a part of a chain is told of that part, and the amounts are of it; who
does not read what payments come to is told no amounts. At most MOST customers, DEEPEST levels; `cut` tells of more.
"""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.referrals.codes import OBJECTS, code_of
from guanxi.domains.sales.referrals.hooks import AT_ONCE, REFERRAL, chunks, counted
from guanxi.domains.sales.referrals.rules import shown
from guanxi.domains.sales.web_forms.facade import open_forms
from guanxi.engine.access import rights
from guanxi.engine.records.beside import stored_values
from guanxi.engine.records.query import Grouping, Measure, RecordQuery, fetch_groups
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import NotFound

MOST, DEEPEST, LISTED = 1000, 20, 50
_SHOWN = ("number", "status", "referrer", "referrer_contact", "customer", "referred_on", "reward")
_LINKS = {"customer": "referrer", "contact": "referrer_contact"}
_OF_PAYMENTS = {"customer", "status", "base_amount"}


@dataclass(slots=True)
class Chain:
    """The customers that were brought, each with how many steps away and by whom."""

    steps: dict[uuid.UUID, int] = field(default_factory=dict)
    direct: list[dict[str, Any]] = field(default_factory=list)
    cut: bool = False


def read(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> dict[str, Any]:
    """What the page of a customer or contact tells of referrals; raises NotFound.

    `{"code", "links", "brought_by", "brought", "influence", "rewards", "currency"}`; parts that the actor may not read
    are null.
    """
    if object_key not in OBJECTS:
        raise NotFound
    of = rights.get_object(ctx, object_key)
    found = stored_values(ctx, of, [record_id], []).get(record_id)
    if found is None:
        raise NotFound
    code = code_of(ctx, record_id)
    told: dict[str, Any] = {
        "code": shown(code) if code else None,
        "links": [{"name": name, "url": f"{url}?ref={shown(code)}"} for name, url in open_forms(ctx)] if code else [],
        "may_make": found[0],
        "brought_by": None, "brought": None, "influence": None, "rewards": None, "currency": ctx.workspace.currency,
    }  # fmt: skip
    obj = get_schema(ctx).find(REFERRAL)
    if obj is None or not rights.can(ctx, obj, "read"):
        return told
    seen = rights.readable(ctx, obj)
    if not {"referrer", "customer", "status", _LINKS[object_key]} <= seen.keys():
        return told
    fields = tuple(key for key in _SHOWN if key in seen)
    chain = _chain(ctx, _LINKS[object_key], record_id, fields)
    paid = _paid(ctx, chain.steps)
    return told | {
        "brought_by": _brought_by(ctx, record_id, fields) if object_key == "customer" else None,
        "brought": [_row(row, paid) for row in chain.direct[:LISTED]],
        "influence": _influence(chain, paid),
        "rewards": _rewards(chain) if "reward" in seen else None,
    }


def _brought_by(ctx: Ctx, customer: uuid.UUID, fields: tuple[str, ...]) -> dict[str, Any] | None:
    return next(iter(counted(ctx, "customer", [customer], fields)), None)


def _chain(ctx: Ctx, link: str, start: uuid.UUID, fields: tuple[str, ...]) -> Chain:
    """Everybody brought from a customer or a person on; of a customer in two places the nearer counts."""
    chain = Chain()
    level = list(counted(ctx, link, [start], fields))
    chain.direct = level
    root = start if link == "referrer" else None
    step = 1
    while level:
        reached = {uuid.UUID(row["customer"]["id"]) for row in level if row["customer"]}
        fresh = sorted(reached - chain.steps.keys() - {root})
        room = MOST - len(chain.steps)
        chain.cut = chain.cut or len(fresh) > room
        chain.steps |= dict.fromkeys(fresh[:room], step)
        step += 1
        if step > DEEPEST or not fresh[:room]:
            break
        level = list(counted(ctx, "referrer", fresh[:room], ("referrer", "customer", "status")))
    return chain


def _paid(ctx: Ctx, customers: Collection[uuid.UUID]) -> dict[uuid.UUID, Decimal] | None:
    """What each of these has paid, less refunds; None for who does not read it."""
    obj = get_schema(ctx).find("payment")
    if (
        obj is None
        or not rights.can(ctx, obj, "read")
        or not rights.readable(ctx, obj).keys() >= _OF_PAYMENTS
    ):
        return None
    found = {}
    for chunk in chunks(customers):
        tree = {"and": [{"field": "customer", "op": "in", "value": chunk},
                        {"field": "status", "op": "is", "value": "confirmed"}]}  # fmt: skip
        query = RecordQuery("payment", tree, group=(Grouping("customer"),),
                            measures=(Measure("sum", "base_amount", "value"),), limit=AT_ONCE)  # fmt: skip
        for row in fetch_groups(ctx, query)["data"]:
            if row["keys"]["customer"]:
                found[uuid.UUID(row["keys"]["customer"])] = Decimal(row["values"]["value"] or 0)
    return found


def _row(row: Mapping[str, Any], paid: Mapping[uuid.UUID, Decimal] | None) -> dict[str, Any]:
    customer = row["customer"]
    if paid is None or customer is None:
        return {**row, "revenue": None}
    return {**row, "revenue": paid.get(uuid.UUID(customer["id"]), Decimal(0))}


def _influence(chain: Chain, paid: Mapping[uuid.UUID, Decimal] | None) -> dict[str, Any]:
    nought = Decimal(0)
    direct = [i for i, step in chain.steps.items() if step == 1]
    told = {"direct": len(direct), "people": len(chain.steps), "cut": chain.cut,
            "levels": max(chain.steps.values(), default=0)}  # fmt: skip
    if paid is None:
        return told | {"direct_revenue": None, "revenue": None}
    return told | {
        "direct_revenue": sum((paid.get(i, nought) for i in direct), nought),
        "revenue": sum((paid.get(i, nought) for i in chain.steps), nought),
    }


def _rewards(chain: Chain) -> dict[str, Decimal]:
    """What is due and what was given, for those brought directly."""
    told = dict.fromkeys(("due", "paid"), Decimal(0))
    for row in chain.direct:
        if row["status"] in told and row.get("reward"):
            told[row["status"]] += Decimal(str(row["reward"]))
    return told
