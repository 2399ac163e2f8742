"""`/privacy`: the processing register, what people agreed to in numbers, and consents from elsewhere."""

import uuid
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Query, Router

from guanxi.engine.privacy import exporting, importing, panel, purposes, rows
from guanxi.engine.privacy.rules import BASES, CHANNELS, SEPARATE, SOURCES
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object, version_of
from guanxi.engine.records.routes.records import checks
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

router = Router(tags=["Privacy"])
BAD_FORMAT = Text("格式只能是 xlsx 或 html。", "The format is xlsx or html.")
EXPORTS_A_MINUTE = 10


@router.get(
    "/privacy/choices", operation_id="privacy_choices", summary="Legal bases, channels, scopes, sources"
)
def choices(request: HttpRequest) -> HttpResponse:
    """What can be chosen, with its name in both languages and the article it comes from."""
    return answer({
        "bases": [{"key": b.key, "label": b.label.as_dict(), "article": b.article.as_dict()} for b in BASES.values()],
        "channels": [{"key": key, "label": label.as_dict()} for key, label in CHANNELS.items()],
        "separate": [{"key": key, "label": label.as_dict()} for key, label in SEPARATE.items()],
        "sources": [{"key": key, "label": label.as_dict()} for key, label in SOURCES.items()],
    })  # fmt: skip


@router.get("/privacy/purposes", operation_id="privacy_purposes", summary="The processing register")
def list_purposes(request: HttpRequest) -> HttpResponse:
    """Every purpose with its legal basis, data and people, and what people last said to it in numbers."""
    ctx = ctx_of(request)
    rows.require_look(ctx)
    found = [purposes.shown(row) for row in purposes.list_purposes(ctx)]
    return answer({"data": found, "consents": panel.counts(ctx)})


@router.post("/privacy/purposes", operation_id="privacy_create_purpose", summary="Add a purpose")
def create_purpose(request: HttpRequest) -> HttpResponse:
    """`name` and `basis` at least."""
    return answer(purposes.shown(purposes.create(ctx_of(request), read_object(request))), 201)


@router.post(
    "/privacy/purposes/starters", operation_id="privacy_starters", summary="Begin with common purposes"
)
def add_starters(request: HttpRequest) -> HttpResponse:
    """Contract, marketing and service, where the register is still empty."""
    return answer({"data": [purposes.shown(row) for row in purposes.add_starters(ctx_of(request))]})


@router.patch(
    "/privacy/purposes/{purpose_id}", operation_id="privacy_update_purpose", summary="Change a purpose"
)
def update_purpose(request: HttpRequest, purpose_id: uuid.UUID) -> HttpResponse:
    """Needs the version. A retired purpose takes no new consent."""
    ctx, body = ctx_of(request), dict(read_object(request))
    rows.require_desk(ctx)
    version = version_of(request, body)
    return answer(purposes.shown(purposes.update(ctx, purpose_id, body, version)))


@router.delete(
    "/privacy/purposes/{purpose_id}", operation_id="privacy_delete_purpose", summary="Delete a purpose"
)
def delete_purpose(request: HttpRequest, purpose_id: uuid.UUID) -> HttpResponse:
    """Only while nobody has said anything to it."""
    purposes.delete(ctx_of(request), purpose_id)
    return HttpResponse(status=204)


@router.get("/privacy/register", operation_id="privacy_register", summary="The register as a file")
def register(
    request: HttpRequest, format_: Annotated[str, Query(alias="format", max_length=10)] = "xlsx"
) -> HttpResponse:
    """A workbook (`xlsx`) or a page to print (`html`), in the caller's language."""
    ctx = ctx_of(request)
    rows.require_look(ctx)
    if format_ not in exporting.TYPES:
        raise invalid("format", "not_an_option", BAD_FORMAT)
    checks.count(f"register:{ctx.workspace.id}", EXPORTS_A_MINUTE)
    content = exporting.export(ctx, format_)
    response = HttpResponse(content, content_type=exporting.TYPES[format_])
    name = f"{exporting.TITLE.in_(ctx.locale)}.{format_}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@router.post("/privacy/consents/import", operation_id="privacy_import_consents", summary="Bring in consents")
def import_consents(request: HttpRequest) -> HttpResponse:
    """`{"object", "match": field, "note", "rows": [{"value", "purpose", "channel", "scope", "state", "at"}], "dry_run"}`."""
    return answer(importing.run(ctx_of(request), read_object(request)))
