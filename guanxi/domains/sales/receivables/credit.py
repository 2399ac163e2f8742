"""Credit: how much of a customer's limit is used, and the hold of orders that would go beyond it.

*How it works*: what a customer owes is told paper by paper: of a contract and its orders (or of an order without one) the
greatest of what is ordered, what is planned and what is invoiced, because these are one debt seen three times. All of
it, less all money that came, is what is used of the limit, in the workspace's currency (`rules.used_of`). `hold` is asked
before an order is confirmed; the customer's row is locked first, so that two orders cannot use the same credit.

*Rules*: reckoned as the program, told as the actor: figures that they do not read are not in the message. A customer
without a limit is never held. A held order is released by who looks after the work of others, with a reason, up to its
amount (actions/credit.py).
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from guanxi.domains.sales.orders.facade import before_confirm
from guanxi.domains.sales.papers.facade import may_decide
from guanxi.domains.sales.pricing.facade import Reason
from guanxi.domains.sales.pricing.rules import ZERO, rounded
from guanxi.domains.sales.receivables.ledger import INVOICE, ORDER, PAYMENT, PLAN, held
from guanxi.domains.sales.receivables.rules import Debt, used_of
from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.groups import fetch_groups
from guanxi.engine.records.query.read import get_record, stream
from guanxi.engine.records.query.spec import Measure, RecordQuery
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import SYSTEM, Ctx
from guanxi.kit.currencies import places
from guanxi.kit.errors import Forbidden
from guanxi.kit.text import Text

COUNTED = {
    ORDER: ("owed_total", ("confirmed", "in_delivery", "delivered", "completed")),
    PLAN: ("amount", ("due", "partial", "done", "overdue")),
    INVOICE: ("total", ("issued", "reversed")),
}
"""By object, what it comes to and the states in which it is owed; what has come is taken off as a whole."""
OVER = Text(
    "客户信用额度 {limit}，已用 {used}；加上这张订单是 {then}，超过额度。请先收款，或请主管放行。",
    "The customer's credit limit is {limit}, {used} of it is used; with this order it would be {then}. Collect first, or"
    " have a manager release it.",
)
OVER_SILENT = Text(
    "超过了客户的信用额度。请先收款，或请主管放行。",
    "The customer's credit limit would be exceeded. Collect first, or have a manager release it.",
)


@dataclass(frozen=True, slots=True)
class Credit:
    """A customer's limit (None: there is none), what is used of it, and what would be with an order."""

    limit: Decimal | None
    used: Decimal
    then: Decimal

    @property
    def is_over(self) -> bool:
        """Whether the order goes beyond the limit: one that adds nothing (it is planned already) does not."""
        return self.limit is not None and self.then > self.limit and self.then > self.used


def credit_of(ctx: Ctx, customer: uuid.UUID, order: Change | None = None) -> Credit:
    """What the program knows of a customer's credit, without and with an order."""
    system = replace(ctx, actor=SYSTEM)
    limit = get_record(system, "customer", customer, fields=["credit_limit"]).get("credit_limit")
    if limit is None:
        return Credit(None, ZERO, ZERO)
    rest = [debt for debt in _debts(system, customer) if order is None or debt.record != str(order.id)]
    paid = _paid(system, customer)
    used = used_of(rest, paid)
    then = used if order is None else used_of([*rest, _as_debt(system, order)], paid)
    return Credit(Decimal(str(limit)), used, then)


def _debts(ctx: Ctx, customer: uuid.UUID) -> Iterator[Debt]:
    """What a customer's orders, instalments and invoices come to, in the workspace's currency."""
    contract_of: dict[str, str] = {}
    for key, (amount, states) in COUNTED.items():  # orders first: what is of an order is of its contract
        links = ("contract",) if key == ORDER else ("contract", ORDER)
        for row in _rows(ctx, key, customer, states, (*links, amount, "rate")):
            contract = _id(row["contract"])
            order = str(row["id"]) if key == ORDER else _id(row[ORDER])
            if key == ORDER and contract:
                contract_of[str(row["id"])] = contract
            paper = contract or contract_of.get(order or "") or order
            yield Debt(paper, key, _worth(ctx, row[amount], row["rate"]), str(row["id"]))


def _as_debt(ctx: Ctx, order: Change) -> Debt:
    paper = str(order.value("contract") or order.id)
    return Debt(paper, ORDER, _worth(ctx, order.value("owed_total"), order.value("rate")), str(order.id))


def _rows(
    ctx: Ctx, key: str, customer: uuid.UUID, states: Sequence[str], fields: tuple[str, ...]
) -> Iterator[Mapping[str, Any]]:
    query = RecordQuery(key, _of(customer, states), (), fields, count=False)
    return (row for page in stream(ctx, query) for row in page)


def _paid(ctx: Ctx, customer: uuid.UUID) -> Decimal:
    """All money that came from a customer, less what went back."""
    measures = (Measure("sum", "base_amount", "sum"),)
    query = RecordQuery(PAYMENT, _of(customer, ("confirmed",)), group=(), measures=measures)
    return Decimal(str(fetch_groups(ctx, query)["data"][0]["values"]["sum"] or 0))


def _of(customer: uuid.UUID, states: Sequence[str]) -> dict[str, Any]:
    return {"and": [{"field": "customer", "op": "is", "value": str(customer)},
                    {"field": "status", "op": "in", "value": list(states)}]}  # fmt: skip


def _worth(ctx: Ctx, amount: Any, rate: Any) -> Decimal:
    return rounded(Decimal(str(amount or 0)) * Decimal(str(rate or 1)), places(ctx.workspace.currency))


def _id(link: Any) -> str | None:
    return str(link["id"]) if link else None


def hold(ctx: Ctx, order: Change, *, lock: bool = True) -> list[Reason]:
    """Why an order may not be confirmed: its customer's credit does not reach, and nobody has released it.

    Without `lock` it is only told, not decided on.
    """
    customer, total = order.value("customer"), order.value("total")
    if not customer or not total or total <= (order.value("credit_released") or ZERO):
        return []
    if lock and not held(ctx, "customer", [customer]):
        return []
    credit = credit_of(ctx, customer, order)
    if not credit.is_over:
        return []
    told = tells_limit(ctx)
    said = {"limit": f"{credit.limit:,.2f}", "used": f"{credit.used:,.2f}", "then": f"{credit.then:,.2f}"}
    return [Reason("over_credit", OVER if told else OVER_SILENT, said if told else {})]


def is_held(ctx: Ctx, order_id: uuid.UUID) -> bool:
    """Whether a draft waits for its customer's credit to be released, as who may release it sees it; False for others."""
    obj = get_object(ctx, ORDER)
    if not may_decide(ctx, obj):
        return False
    order = Change("update", order_id, {})
    lock_rows(ctx, obj, [order], deleted=False, trusted=False, lock=False)
    is_draft = not order.errors and (order.value("status") or "draft") == "draft"
    return is_draft and bool(hold(ctx, order, lock=False))


def tells_limit(ctx: Ctx) -> bool:
    """Whether the actor reads credit limits."""
    return "credit_limit" in rights.readable(ctx, get_object(ctx, "customer"))


def shown(ctx: Ctx, customer: uuid.UUID) -> dict[str, Any]:
    """`{"limit", "used", "left", "currency"}` for who sees the customer and reads the limit; raises NotFound, Forbidden.

    `used` and `left` are null where there is no limit.
    """
    rights.get_object(ctx, "customer")
    get_record(ctx, "customer", customer, fields=[])
    if not tells_limit(ctx):
        raise Forbidden
    credit = credit_of(ctx, customer)
    found = {"limit": credit.limit, "used": None, "left": None, "currency": ctx.workspace.currency}
    return (
        found if credit.limit is None else found | {"used": credit.used, "left": credit.limit - credit.used}
    )


before_confirm.append(hold)
