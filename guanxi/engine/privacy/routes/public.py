"""`/public/…`: pages for people who have no account: a notice, and taking consent back.

These handlers run outside any workspace (web/authentication.py lets them through) and open a session of their own.
"""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from ninja import Router

from guanxi.engine.identity.rules import hash_secret
from guanxi.engine.identity.sign_in import origin_of
from guanxi.engine.privacy import links, notices
from guanxi.engine.records.routes.bodies import answer, read_object
from guanxi.engine.records.routes.records import checks

router = Router(tags=["Privacy"])
USES_A_MINUTE = 20


@router.get("/public/notices/{token}", operation_id="public_notice", summary="A notice, for anybody")
def read_notice(request: HttpRequest, token: str) -> HttpResponse:
    """The version in force and its history; 404 alike for all there is not."""
    return _told(answer(notices.read_public(token)))


@router.get(
    "/public/consents/{token}", operation_id="public_consents", summary="What a withdrawal link shows"
)
def read_link(request: HttpRequest, token: str) -> HttpResponse:
    """The consents that stand, without a word on the person; 404 for a dead link."""
    get_token(request)  # so that a browser has the CSRF cookie for what follows
    checks.count(f"consent-link:{hash_secret(token)}", USES_A_MINUTE)
    return _told(answer(links.read_public(token)))


@router.post("/public/consents/{token}", operation_id="public_withdraw", summary="Take consent back")
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """`{"all": true}` or `{"items": [{"purpose", "channel"}]}`."""
    checks.count(f"consent-link:{hash_secret(token)}", USES_A_MINUTE)
    return _told(answer(links.withdraw_public(token, read_object(request), origin_of(request))))


def _told(response: HttpResponse) -> HttpResponse:
    """The address holds a secret: it is neither kept nor passed on."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
