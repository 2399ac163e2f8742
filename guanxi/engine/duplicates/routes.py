"""`/duplicates`: the tool that asks whether somebody is known already, and requests for their records."""

import uuid

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.duplicates import looking_up, requests
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object
from guanxi.engine.records.routes.records import checks

router = Router(tags=["Duplicates"])
LOOKUPS_A_MINUTE = 30


@router.post("/duplicates/search", operation_id="duplicates_search", summary="Is this known already?")
def search(request: HttpRequest) -> HttpResponse:
    """Records that hold a name, number or address, over all objects; masked where the caller may not see them."""
    ctx = ctx_of(request)
    checks.count(f"lookup:{ctx.workspace.id}:{ctx.actor.user_id}", LOOKUPS_A_MINUTE)
    return answer(looking_up.look_up(ctx, read_object(request).get("q", "")))


@router.get("/duplicates/requests", operation_id="duplicates_requests", summary="Requests for records")
def list_requests(
    request: HttpRequest, box: str = "received", state: str | None = None, cursor: str | None = None
) -> HttpResponse:
    """Requests that one has received (`box=received`) or made (`box=sent`), newest first."""
    page = requests.list_requests(ctx_of(request), box=box, state=state, cursor=cursor)
    return answer({"data": page.data, "page": {"next": page.next, "count": None}})


@router.post("/duplicates/requests", operation_id="duplicates_request", summary="Ask for a record")
def request_record(request: HttpRequest) -> HttpResponse:
    """`{"object", "ref", "values" or "q", "message"}`: ask for a masked match that these values find."""
    ctx = ctx_of(request)
    checks.count(f"lookup:{ctx.workspace.id}:{ctx.actor.user_id}", LOOKUPS_A_MINUTE)
    return answer(requests.request_record(ctx, read_object(request)), 201)


@router.post(
    "/duplicates/requests/{request_id}/approve",
    operation_id="duplicates_approve",
    summary="Hand the record over",
)
def approve(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """The requester becomes its owner."""
    return _answered(request, request_id, approve=True)


@router.post(
    "/duplicates/requests/{request_id}/decline", operation_id="duplicates_decline", summary="Keep the record"
)
def decline(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """With a word of why in `answer`."""
    return _answered(request, request_id, approve=False)


@router.delete(
    "/duplicates/requests/{request_id}", operation_id="duplicates_withdraw", summary="Take a request back"
)
def withdraw(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """One's own open request."""
    requests.withdraw_request(ctx_of(request), request_id)
    return HttpResponse(status=204)


def _answered(request: HttpRequest, request_id: uuid.UUID, *, approve: bool) -> HttpResponse:
    text = str(read_object(request).get("answer") or "").strip()
    return answer(requests.answer_request(ctx_of(request), request_id, approve=approve, answer=text))
