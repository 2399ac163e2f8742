"""`/receivables`: instalments of contracts and orders, allocating payments, what is owed by age."""

import uuid
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router

from guanxi.domains.sales.receivables import ageing, allocating, credit, planning, schemas, summary
from guanxi.domains.sales.receivables.ledger import ORDER
from guanxi.engine.records.routes.bodies import answer
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

router = Router(tags=["Receivables"])
WHICH = Text("请给期数和第一期日期，或者逐期列出金额或比例。",
             "Give the number of parts and the first day, or list the instalments with amounts or hundredths.")  # fmt: skip


@router.get("/receivables/ageing", operation_id="receivables_ageing", summary="What is owed, by age")
def get_ageing(
    request: ApiRequest, limit: Annotated[int, Query(ge=1, le=ageing.MOST)] = ageing.MOST
) -> HttpResponse:
    """Outstanding instalments that the caller sees, by how late they are, and by the customers who owe most."""
    return answer(ageing.ageing(request.ctx, limit))


@router.get(
    "/receivables/contracts/{contract_id}",
    operation_id="receivables_contract",
    summary="What a contract brings",
)
def get_contract(request: ApiRequest, contract_id: uuid.UUID) -> HttpResponse:
    """Total, planned, unplanned, received, outstanding, and the instalments."""
    return answer(summary.of_paper(request.ctx, "contract", contract_id))


@router.post(
    "/receivables/contracts/{contract_id}/plans/preview",
    operation_id="receivables_plans_preview",
    summary="How a contract would be split",
)
def preview_plans(request: ApiRequest, contract_id: uuid.UUID, body: schemas.SplitIn) -> HttpResponse:
    """The instalments with their days and amounts; nothing is written."""
    return answer(planning.preview(request.ctx, "contract", contract_id, _split(body)))


@router.post(
    "/receivables/contracts/{contract_id}/plans",
    operation_id="receivables_plans_make",
    summary="Split a contract",
)
def make_plans(request: ApiRequest, contract_id: uuid.UUID, body: schemas.SplitIn) -> HttpResponse:
    """Make the instalments; 422 where they are more than is left of the contract."""
    return answer(planning.make(request.ctx, "contract", contract_id, _split(body)), 201)


@router.get(
    "/receivables/orders/{order_id}", operation_id="receivables_order", summary="What an order brings"
)
def get_order(request: ApiRequest, order_id: uuid.UUID) -> HttpResponse:
    """What is to be paid, planned, unplanned, received, outstanding, invoiced, and the instalments.

    `held`: it waits for somebody like the caller to release it beyond its customer's credit.
    """
    told = summary.of_paper(request.ctx, ORDER, order_id)
    return answer(told | {"held": credit.is_held(request.ctx, order_id)})


@router.post(
    "/receivables/orders/{order_id}/plans/preview",
    operation_id="receivables_order_plans_preview",
    summary="How an order would be split",
)
def preview_order_plans(request: ApiRequest, order_id: uuid.UUID, body: schemas.SplitIn) -> HttpResponse:
    """The instalments with their days and amounts; nothing is written."""
    return answer(planning.preview(request.ctx, ORDER, order_id, _split(body)))


@router.post(
    "/receivables/orders/{order_id}/plans",
    operation_id="receivables_order_plans_make",
    summary="Split an order",
)
def make_order_plans(request: ApiRequest, order_id: uuid.UUID, body: schemas.SplitIn) -> HttpResponse:
    """Make the instalments; 422 where they are more than is left of the order."""
    return answer(planning.make(request.ctx, ORDER, order_id, _split(body)), 201)


def _split(body: schemas.SplitIn) -> planning.Split:
    listed = body.instalments
    equal = body.parts is not None and body.first_due is not None
    percents = all(part.percent is not None and part.amount is None for part in listed)
    amounts = all(part.amount is not None and part.percent is None for part in listed)
    if equal == bool(listed) or not (percents or amounts):
        raise invalid("instalments", "which_split", WHICH)
    parts = tuple(planning.Part(part.due_on, part.amount, part.percent, part.name) for part in listed)
    return planning.Split(body.parts or 0, body.first_due, body.every_months, parts)


@router.get(
    "/receivables/customers/{customer_id}/credit",
    operation_id="receivables_credit",
    summary="How much of a customer's credit is used",
)
def get_credit(request: ApiRequest, customer_id: uuid.UUID) -> HttpResponse:
    """`limit` (null: none), what orders, instalments and invoices use of it less what was paid, and what is left."""
    return answer(credit.shown(request.ctx, customer_id))


@router.get(
    "/receivables/payments/{payment_id}/proposal",
    operation_id="receivables_proposal",
    summary="What a payment could pay",
)
def get_proposal(request: ApiRequest, payment_id: uuid.UUID) -> HttpResponse:
    """What the customer still owes, what is due first first, with what is left of the payment shared out over it."""
    return answer(allocating.proposal(request.ctx, payment_id))


def _targets(item: schemas.AllocationIn) -> dict[str, uuid.UUID]:
    return {name: i for name, i in (("plan", item.plan), ("invoice", item.invoice)) if i is not None}


@router.post(
    "/receivables/payments/{payment_id}/allocations",
    operation_id="receivables_allocate",
    summary="Allocate a payment",
)
def post_allocations(request: ApiRequest, payment_id: uuid.UUID, body: schemas.AllocateIn) -> HttpResponse:
    """Take allocations back and make new ones, all or none; the payment as it is then."""
    wishes = [allocating.Wish(item.amount, _targets(item), item.settled) for item in body.allocations]
    return answer(allocating.allocate(request.ctx, payment_id, wishes, body.remove))
