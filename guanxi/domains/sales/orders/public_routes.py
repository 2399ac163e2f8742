"""`/public/orders`: the page of an order for a customer, who has no account.

The handler runs outside any workspace (web/authentication.py lets it through) and opens a session of its own.
"""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from guanxi.domains.sales.orders.tracking.page import read_page
from guanxi.engine.identity.rules import hash_secret
from guanxi.engine.records.routes.bodies import answer
from guanxi.engine.records.routes.records import checks

router = Router(tags=["Orders"])
USES_A_MINUTE = 30


@router.get("/public/orders/{token}", operation_id="public_order", summary="An order, for the customer")
def read_order(
    request: HttpRequest, token: str, locale: Annotated[str, Query(max_length=10)] = ""
) -> HttpResponse:
    """How the order stands, its deliveries and returns; 404 alike for every dead link."""
    checks.count(f"order:{hash_secret(token)}", USES_A_MINUTE)
    response = answer(read_page(token, locale))
    # The address holds a secret: it is neither kept nor passed on.
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
