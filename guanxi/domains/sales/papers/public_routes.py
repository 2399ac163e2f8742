"""`/public/offers`: the page of a quote for a customer, who has no account.

These handlers run outside any workspace (web/authentication.py lets them through) and open a session of their own.
"""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Query, Router

from guanxi.domains.sales.papers.offers import answering
from guanxi.engine.identity.rules import hash_secret
from guanxi.engine.identity.sign_in import origin_of
from guanxi.engine.records.routes.bodies import answer, read_object
from guanxi.engine.records.routes.records import checks

router = Router(tags=["Papers"])
USES_A_MINUTE = 30
Locale = Annotated[str, Query(max_length=10)]


@router.get("/public/offers/{token}", operation_id="public_offer", summary="A quote, for the customer")
def read_offer(request: HttpRequest, token: str, locale: Locale = "") -> HttpResponse:
    """The quote as it was sent and whether it can be answered; 404 alike for every dead link."""
    get_token(request)  # so that a browser has the CSRF cookie for what follows
    _count(token)
    return _told(answer(answering.read_page(token, locale)))


@router.get(
    "/public/offers/{token}/pdf", operation_id="public_offer_pdf", summary="A quote as PDF, for the customer"
)
def print_offer(request: HttpRequest, token: str, locale: Locale = "") -> HttpResponse:
    """The same as PDF."""
    _count(token)
    response = HttpResponse(answering.print_page(token, locale), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="quote.pdf"'
    return _told(response)


@router.post(
    "/public/offers/{token}", operation_id="public_offer_answer", summary="Accept or decline a quote"
)
def answer_offer(request: HttpRequest, token: str, locale: Locale = "") -> HttpResponse:
    """`{"answer": "accepted"|"declined", "name", "comment", "signature"}`; a second answer is a conflict."""
    _count(token)
    return _told(answer(answering.give_answer(token, read_object(request), origin_of(request), locale)))


def _count(token: str) -> None:
    checks.count(f"offer:{hash_secret(token)}", USES_A_MINUTE)


def _told(response: HttpResponse) -> HttpResponse:
    """The address holds a secret: it is neither kept nor passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
