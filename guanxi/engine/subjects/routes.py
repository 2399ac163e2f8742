"""`/privacy/requests`, `/privacy/holds`, `/privacy/keep-rules`, `/privacy/desk-settings`: the desk for requests of persons."""

import uuid
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from guanxi.engine.identity import facade as identity
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object, version_of
from guanxi.engine.records.routes.records import checks
from guanxi.engine.subjects import certificates, copying, deadlines, desk, holds, keeping, rules
from guanxi.engine.subjects.finding import as_program, chosen, read_texts
from guanxi.engine.subjects.finding import find as find_records
from guanxi.engine.subjects.models import SubjectRequest
from guanxi.engine.subjects.people import require_desk, workers
from guanxi.engine.subjects.planning import preview
from guanxi.engine.subjects.shapes import request_json, requests_json
from guanxi.engine.subjects.working import start_erasing
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.ids import parse_id

router = Router(tags=["Privacy"])
FINDS_A_MINUTE = 30
PAGE = 50


@router.get("/privacy/requests", operation_id="subject_requests", summary="Requests of persons")
def list_requests(
    request: HttpRequest,
    state: Annotated[str, Query(max_length=10)] = "open",
    page: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> HttpResponse:
    """`state`: open (by deadline), closed or all."""
    ctx = ctx_of(request)
    rows = desk.listed(ctx, state=state)
    found = list(rows[(page - 1) * PAGE : page * PAGE + 1])
    return answer(
        {"data": requests_json(ctx, found[:PAGE]), "page": {"next": page + 1 if len(found) > PAGE else None, "count": rows.count()}}
    )  # fmt: skip


@router.get("/privacy/requests/about", operation_id="subject_requests_about", summary="What the desk knows")
def about(request: HttpRequest) -> HttpResponse:
    """Kinds with their articles, channels, checks, grounds of refusal, and who works at the desk."""
    ctx = ctx_of(request)
    require_desk(ctx)
    people = identity.people(ctx, list(workers(ctx)))
    return answer(
        {
            "kinds": [
                {"key": key, "label": label.as_dict(), "pipl": pipl, "gdpr": gdpr, "checked": key in rules.DISCLOSING}
                for key, (label, pipl, gdpr) in rules.KINDS.items()
            ],
            "channels": rules.CHANNELS,
            "checks": rules.CHECKS,
            "grounds": [{"key": key, "label": label.as_dict()} for key, label in rules.GROUNDS.items()],
            "people": [{"id": user_id, "name": name} for user_id, name in people.items()],
        }
    )  # fmt: skip


@router.post("/privacy/requests", operation_id="subject_request_create", summary="Take a request in")
def create(request: HttpRequest) -> HttpResponse:
    """`{"kind", "name", "channel", "law", "reach", "details", "received_at", "assignee_id"}`."""
    ctx = ctx_of(request)
    return answer(request_json(ctx, desk.create(ctx, read_object(request))), 201)


@router.get("/privacy/requests/{request_id}", operation_id="subject_request", summary="One request")
def get(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """The request with its steps, copies and certificate."""
    ctx = ctx_of(request)
    return answer(request_json(ctx, desk.find(ctx, request_id)))


@router.patch(
    "/privacy/requests/{request_id}", operation_id="subject_request_change", summary="Change a request"
)
def change(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """`assignee_id`, `records`, `marks`, `how`, `reach`, `details`. Needs the version."""
    return _changed(request, lambda ctx, body, version: desk.change(ctx, request_id, body, version))


@router.post(
    "/privacy/requests/{request_id}/find", operation_id="subject_request_find", summary="Find the person"
)
def find(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """`{"texts": [numbers, addresses, names]}`: records that hold one of them, over all objects."""
    ctx = ctx_of(request)
    row = desk.find(ctx, request_id)
    require_desk(ctx, change=True)
    checks.count(f"subject-find:{ctx.workspace.id}:{ctx.actor.user_id}", FINDS_A_MINUTE)
    found = find_records(ctx, read_texts(read_object(request).get("texts")))
    record(ctx, "subject.searched", request=row.number, count=len(found))
    return answer({"data": found})


@router.post(
    "/privacy/requests/{request_id}/preview",
    operation_id="subject_request_preview",
    summary="What an erasure would do",
)
def preview_request(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """By object: what goes, what is kept by law, what only loses its link; mentions, files, holds."""
    ctx = ctx_of(request)
    row = desk.find(ctx, request_id)
    require_desk(ctx, change=True)
    return answer(preview(as_program(ctx), chosen(row.records), row.how, row.marks))


@router.post(
    "/privacy/requests/{request_id}/verify", operation_id="subject_request_verify", summary="Identity checked"
)
def verify(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """`{"how", "note"}`."""
    return _changed(request, lambda ctx, body, version: desk.verify(ctx, request_id, body, version))


@router.post(
    "/privacy/requests/{request_id}/extend",
    operation_id="subject_request_extend",
    summary="Put the deadline off",
)
def extend(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """`{"due_at", "reason"}`."""
    return _changed(request, lambda ctx, body, version: desk.extend(ctx, request_id, body, version))


@router.post(
    "/privacy/requests/{request_id}/answer", operation_id="subject_request_answer", summary="Answer and close"
)
def answer_request(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """`{"text"}`."""
    return _changed(request, lambda ctx, body, version: desk.answer(ctx, request_id, body, version))


@router.post(
    "/privacy/requests/{request_id}/refuse", operation_id="subject_request_refuse", summary="Refuse and close"
)
def refuse(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """`{"ground", "text"}`."""
    return _changed(request, lambda ctx, body, version: desk.refuse(ctx, request_id, body, version))


@router.post(
    "/privacy/requests/{request_id}/withdraw", operation_id="subject_request_withdraw", summary="Taken back"
)
def withdraw(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Close because the person takes it back."""
    return _changed(request, lambda ctx, body, version: desk.withdraw(ctx, request_id, version))


@router.post(
    "/privacy/requests/{request_id}/object", operation_id="subject_request_object", summary="No marketing"
)
def object_to(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Keep marketing and automation away from the chosen records."""
    return _changed(request, lambda ctx, body, version: desk.object_to(ctx, request_id, version))


@router.post(
    "/privacy/requests/{request_id}/erase",
    response={202: None},
    operation_id="subject_request_erase",
    summary="Erase the person",
)
def erase(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Starts the erasure in the background; the request tells when it is done. Cannot be undone."""
    ctx = ctx_of(request)
    body = dict(read_object(request))
    row = desk.begin_erasing(ctx, request_id, version_of(request, body))
    start_erasing(ctx, row)
    return answer(request_json(ctx, row), 202)


@router.get(
    "/privacy/requests/{request_id}/certificate",
    operation_id="subject_certificate",
    summary="Certificate of erasure",
)
def certificate(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """The certificate as a page to print (HTML, attached)."""
    ctx = ctx_of(request)
    row = desk.find(ctx, request_id)
    content, name = certificates.page(ctx, row)
    response = HttpResponse(content, content_type="text/html; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@router.post(
    "/privacy/requests/{request_id}/copy",
    response={202: None},
    operation_id="subject_copy",
    summary="Copy the person's data",
)
def copy(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """Gathers everything kept of the person into a zip, in the background."""
    ctx = ctx_of(request)
    body = dict(read_object(request))
    require_desk(ctx, change=True)
    return answer(request_json(ctx, copying.start(ctx, request_id, version_of(request, body))), 202)


@router.post(
    "/privacy/requests/{request_id}/link",
    operation_id="subject_copy_link",
    summary="A link to fetch the copy once",
)
def copy_link(request: HttpRequest, request_id: uuid.UUID) -> HttpResponse:
    """`{"url", "expires_at"}`, told this once."""
    ctx = ctx_of(request)
    body = dict(read_object(request))
    require_desk(ctx, change=True)
    return answer(copying.link(ctx, request_id, version_of(request, body)), 201)


@router.get("/public/copies/{token}", operation_id="public_copy", summary="Fetch a copy, once")
def fetch_copy(request: HttpRequest, token: str) -> HttpResponse:
    """The zip; 404 alike for links that are used, too old or never were."""
    with copying.fetch(token) as stream:
        response = HttpResponse(stream.read(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="copy.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@router.post(
    "/privacy/certificates/check",
    operation_id="subject_certificate_check",
    summary="Is a certificate genuine?",
)
def check(request: HttpRequest) -> HttpResponse:
    """`{"hash"}`: whether this installation made a certificate of that hash, and whether the audit tells of it."""
    ctx = ctx_of(request)
    require_desk(ctx)
    return answer(certificates.check(ctx, read_object(request)))


@router.get("/privacy/holds", operation_id="holds", summary="Legal holds")
def list_holds(
    request: HttpRequest, record_id: Annotated[str | None, Query(max_length=40)] = None
) -> HttpResponse:
    """The standing holds; with `record_id`, of that record."""
    ctx = ctx_of(request)
    require_desk(ctx)
    return answer({"data": holds.list_holds(ctx, record_id=parse_id(record_id))})


@router.post("/privacy/holds", operation_id="hold_place", summary="Hold a record")
def place_hold(request: HttpRequest) -> HttpResponse:
    """`{"object", "record_id", "reason", "until"}`."""
    ctx = ctx_of(request)
    require_desk(ctx, change=True)
    return answer(holds.place(ctx, read_object(request)), 201)


@router.delete("/privacy/holds/{hold_id}", operation_id="hold_release", summary="Release a hold")
def release_hold(request: HttpRequest, hold_id: uuid.UUID) -> HttpResponse:
    """The hold stays as proof."""
    ctx = ctx_of(request)
    require_desk(ctx, change=True)
    holds.release(ctx, hold_id)
    return HttpResponse(status=204)


@router.get("/privacy/keep-rules", operation_id="keep_rules", summary="What law requires to be kept")
def list_keep_rules(request: HttpRequest) -> HttpResponse:
    """By object: for how many years, on what ground."""
    ctx = ctx_of(request)
    require_desk(ctx)
    return answer({"data": keeping.list_rules(ctx)})


@router.put("/privacy/keep-rules/{object_key}", operation_id="keep_rule_save", summary="Set what is kept")
def save_keep_rule(request: HttpRequest, object_key: str) -> HttpResponse:
    """`{"years", "ground"}`; years null: not kept."""
    ctx = ctx_of(request)
    require_desk(ctx, change=True)
    return answer({"data": keeping.save_rule(ctx, object_key, read_object(request))})


@router.get("/privacy/desk-settings", operation_id="desk_settings", summary="How the desk works")
def get_settings(request: HttpRequest) -> HttpResponse:
    """Workdays within which requests under the PIPL are answered."""
    ctx = ctx_of(request)
    require_desk(ctx)
    return answer(deadlines.settings_json(deadlines.settings_of(ctx)))


@router.patch(
    "/privacy/desk-settings", operation_id="desk_settings_change", summary="Change how the desk works"
)
def change_settings(request: HttpRequest) -> HttpResponse:
    """`{"pipl_workdays", "version"}`; for requests that come from now on."""
    ctx = ctx_of(request)
    body = dict(read_object(request))
    require_desk(ctx, change=True)
    return answer(deadlines.settings_json(deadlines.change_settings(ctx, body, version_of(request, body))))


def _changed(
    request: HttpRequest, act: Callable[[Ctx, Mapping[str, Any], int], SubjectRequest]
) -> HttpResponse:
    ctx = ctx_of(request)
    body = dict(read_object(request))
    require_desk(ctx, change=True)
    return answer(request_json(ctx, act(ctx, body, version_of(request, body))))
