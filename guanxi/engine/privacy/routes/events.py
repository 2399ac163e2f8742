"""`/privacy/assessments`, `/privacy/sharing`, `/privacy/breaches`: what is assessed, shared, and gone wrong."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Router

from guanxi.engine.privacy import assessing, breaches, rows
from guanxi.engine.privacy.exporting import TYPES
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object, version_of
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.context import Ctx

router = Router(tags=["Privacy"])
LISTS_A_MINUTE = 6
ASSESSMENT, SHARING, BREACH = (
    "/privacy/assessments/{assessment_id}",
    "/privacy/sharing/{sharing_id}",
    "/privacy/breaches/{breach_id}",
)


@router.get("/privacy/assessments", operation_id="privacy_assessments", summary="Impact assessments")
def list_assessments(request: HttpRequest) -> HttpResponse:
    """Every assessment with the questions of PIPL art. 56."""
    return answer(assessing.list_assessments(ctx_of(request)))


@router.post("/privacy/assessments", operation_id="privacy_create_assessment", summary="Begin an assessment")
def create_assessment(request: HttpRequest) -> HttpResponse:
    """`title`, `purpose_id`, `triggers`, `answers`, `risks`, `conclusion`."""
    return answer(assessing.shown(assessing.save(ctx_of(request), read_object(request))), 201)


@router.patch(ASSESSMENT, operation_id="privacy_update_assessment", summary="Change a draft")
def update_assessment(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """Needs the version; what is signed never changes."""
    ctx, body, version = _change(request)
    return answer(assessing.shown(assessing.save(ctx, body, assessment_id, version)))


@router.delete(ASSESSMENT, operation_id="privacy_delete_assessment", summary="Delete an assessment")
def delete_assessment(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """A draft, or what was kept for 3 years."""
    assessing.delete(ctx_of(request), assessment_id)
    return HttpResponse(status=204)


@router.post(f"{ASSESSMENT}/sign", operation_id="privacy_sign_assessment", summary="Sign an assessment")
def sign_assessment(request: HttpRequest, assessment_id: uuid.UUID) -> HttpResponse:
    """Needs every answer, a conclusion, and the version."""
    ctx, _, version = _change(request)
    return answer(assessing.shown(assessing.sign(ctx, assessment_id, version)))


@router.get("/privacy/sharing", operation_id="privacy_sharing", summary="Records of sharing")
def list_sharing(request: HttpRequest) -> HttpResponse:
    """To whom data was given, newest first."""
    return answer(assessing.list_sharing(ctx_of(request)))


@router.post("/privacy/sharing", operation_id="privacy_create_sharing", summary="Write down a sharing")
def create_sharing(request: HttpRequest) -> HttpResponse:
    """`recipient` and `mode` at least; kept for 3 years."""
    return answer(assessing.sharing_json(assessing.save_sharing(ctx_of(request), read_object(request))), 201)


@router.patch(SHARING, operation_id="privacy_update_sharing", summary="Change a record of sharing")
def update_sharing(request: HttpRequest, sharing_id: uuid.UUID) -> HttpResponse:
    """Needs the version."""
    ctx, body, version = _change(request)
    return answer(assessing.sharing_json(assessing.save_sharing(ctx, body, sharing_id, version)))


@router.delete(SHARING, operation_id="privacy_delete_sharing", summary="Delete a record of sharing")
def delete_sharing(request: HttpRequest, sharing_id: uuid.UUID) -> HttpResponse:
    """Only what was kept for 3 years."""
    assessing.delete_sharing(ctx_of(request), sharing_id)
    return HttpResponse(status=204)


@router.get("/privacy/breaches", operation_id="privacy_breaches", summary="Breaches")
def list_breaches(request: HttpRequest) -> HttpResponse:
    """Every breach with its deadline, newest first."""
    return answer({"data": breaches.list_breaches(ctx_of(request))})


@router.post("/privacy/breaches", operation_id="privacy_create_breach", summary="Write down a breach")
def create_breach(request: HttpRequest) -> HttpResponse:
    """`title` at least; the clock runs from `discovered_at`."""
    return answer(breaches.save(ctx_of(request), read_object(request)), 201)


@router.get(BREACH, operation_id="privacy_breach", summary="A breach")
def read_breach(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """With its timeline, and the texts to the authority and to people filled in."""
    return answer(breaches.read(ctx_of(request), breach_id))


@router.patch(BREACH, operation_id="privacy_update_breach", summary="Change a breach")
def update_breach(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """Needs the version."""
    ctx, body, version = _change(request)
    return answer(breaches.save(ctx, body, breach_id, version))


@router.post(f"{BREACH}/events", operation_id="privacy_breach_event", summary="Add to the timeline")
def add_event(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """`{"text", "at"}`; nothing on the timeline changes afterwards."""
    return answer(breaches.add_event(ctx_of(request), breach_id, read_object(request)), 201)


@router.post(
    f"{BREACH}/affected", operation_id="privacy_breach_affected", summary="Who is affected, as a file"
)
def affected(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """A workbook of the people and every way to reach them, under the caller's right to export."""
    ctx = ctx_of(request)
    checks.count(f"breach:{ctx.workspace.id}", LISTS_A_MINUTE)
    response = HttpResponse(breaches.affected(ctx, breach_id), content_type=TYPES["xlsx"])
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, "affected.xlsx") or "attachment"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


@router.post(f"{BREACH}/close", operation_id="privacy_close_breach", summary="Close a breach")
def close(request: HttpRequest, breach_id: uuid.UUID) -> HttpResponse:
    """`{"closing", "version"}`; needs both notices, or the reasons why not."""
    ctx, body, version = _change(request)
    return answer(breaches.close(ctx, breach_id, body, version))


def _change(request: HttpRequest) -> tuple[Ctx, dict[str, object], int]:
    ctx, body = ctx_of(request), dict(read_object(request))
    rows.require_desk(ctx)
    version = version_of(request, body)
    return ctx, body, version
