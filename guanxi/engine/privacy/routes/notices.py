"""`/privacy/notices`: what people are told, draft by draft and version by version."""

import uuid

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.privacy import notices, rows
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object, version_of
from guanxi.kit.errors import NotFound
from guanxi.kit.plain_values import whole_number

router = Router(tags=["Privacy"])


@router.get("/privacy/notices", operation_id="privacy_notices", summary="Notices to people")
def list_notices(request: HttpRequest) -> HttpResponse:
    """Every notice and the version in force."""
    ctx = ctx_of(request)
    rows.require_look(ctx)
    return answer({"data": notices.list_notices(ctx)})


@router.post("/privacy/notices", operation_id="privacy_create_notice", summary="Write a notice")
def create_notice(request: HttpRequest) -> HttpResponse:
    """`{"name", "draft": {"title", "body", "purposes"}}`."""
    return answer(notices.create(ctx_of(request), read_object(request)), 201)


@router.get(
    "/privacy/notices/{notice_id}", operation_id="privacy_notice", summary="A notice and its versions"
)
def read_notice(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """The draft and every published version."""
    ctx = ctx_of(request)
    rows.require_look(ctx)
    return answer(notices.read(ctx, notice_id))


@router.patch(
    "/privacy/notices/{notice_id}", operation_id="privacy_update_notice", summary="Change the draft"
)
def update_notice(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """Name, draft, `retired`. Needs the version; what is published stays as it is."""
    ctx, body = ctx_of(request), dict(read_object(request))
    rows.require_desk(ctx)
    version = version_of(request, body)
    return answer(notices.update(ctx, notice_id, body, version))


@router.delete(
    "/privacy/notices/{notice_id}", operation_id="privacy_delete_notice", summary="Delete a notice"
)
def delete_notice(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """Only one that was never published."""
    notices.delete(ctx_of(request), notice_id)
    return HttpResponse(status=204)


@router.post(
    "/privacy/notices/{notice_id}/publish", operation_id="privacy_publish_notice", summary="Publish the draft"
)
def publish_notice(request: HttpRequest, notice_id: uuid.UUID) -> HttpResponse:
    """`{"effective_from", "renews", "change_note", "version"}`: the draft becomes the next version."""
    ctx, body = ctx_of(request), dict(read_object(request))
    rows.require_desk(ctx)
    version = version_of(request, body)
    return answer(notices.publish(ctx, notice_id, body, version))


@router.get(
    "/privacy/notices/{notice_id}/difference",
    operation_id="privacy_notice_difference",
    summary="What changed",
)
def difference(request: HttpRequest, notice_id: uuid.UUID, old: str = "0", new: str = "") -> HttpResponse:
    """From version `old` (0: nothing) to `new` (empty: the draft), line by line."""
    ctx = ctx_of(request)
    rows.require_look(ctx)
    before, after = whole_number(old), whole_number(new)
    if before is None or (new and after is None):
        raise NotFound(notices.UNKNOWN_VERSION)
    return answer(notices.difference(ctx, notice_id, before, after))
