"""`/orders`: links for customers to the page of an order."""

import uuid

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.domains.sales.orders import standing
from guanxi.domains.sales.orders.tracking import links
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object

router = Router(tags=["Orders"])


@router.get("/orders/{record_id}/links", operation_id="order_links", summary="Links of an order")
def list_links(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Newest first: whether they open, until when, and how often they were opened."""
    return answer({"data": links.listed(ctx_of(request), record_id)})


@router.post("/orders/{record_id}/links", operation_id="order_link_create", summary="A link for the customer")
def create_link(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """`{"days": 90}` gives a link with its address (`url`), which is told this once."""
    return answer(links.create(ctx_of(request), record_id, read_object(request)), 201)


@router.delete("/orders/{record_id}/links/{link_id}", operation_id="order_link_end", summary="End a link")
def end_link(request: HttpRequest, record_id: uuid.UUID, link_id: uuid.UUID) -> HttpResponse:
    """It opens no more."""
    links.end(ctx_of(request), record_id, link_id)
    return HttpResponse(status=204)


@router.get("/orders/{record_id}/standing", operation_id="order_standing", summary="What is left of an order")
def read_standing(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Line by line: ordered, planned, delivered, returned, `left` to deliver and `returnable`."""
    return answer({"data": standing.listed(ctx_of(request), record_id)})
