"""`/{object}/{id}/consents` and its neighbours: what a record's page shows of consent."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from ninja import Router

from guanxi.engine.privacy import links, panel
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object, record_id_of

router = Router(tags=["Privacy"])
ONE = "/{object_key}/{record_id}"


@router.get(f"{ONE}/consents", include_in_schema=False)
def read_consents(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """What may be done with this person's data and why, and all that they said."""
    return answer(panel.panel(ctx_of(request), object_key, record_id_of(record_id)))


@router.post(f"{ONE}/consents", include_in_schema=False)
def write_consents(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """Write down what the person said."""
    ctx, found = ctx_of(request), record_id_of(record_id)
    return answer(panel.write(ctx, object_key, found, read_object(request)), 201)


@router.get(f"{ONE}/consents/{{entry_id}}/file", include_in_schema=False)
def read_proof(request: HttpRequest, object_key: str, record_id: str, entry_id: uuid.UUID) -> HttpResponse:
    """The file that proves an entry, to be saved."""
    content = panel.open_proof(ctx_of(request), object_key, record_id_of(record_id), entry_id)
    with content.stream:
        response = HttpResponse(content.stream.read(), content_type=content.row.type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(True, content.row.name) or "attachment"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


@router.get(f"{ONE}/may-contact", include_in_schema=False)
def may_contact(
    request: HttpRequest, object_key: str, record_id: str, purpose: str = "", channel: str = "general"
) -> HttpResponse:
    """Whether this person may be contacted for a purpose on a channel, and why."""
    return answer(panel.decide(ctx_of(request), object_key, record_id_of(record_id), purpose, channel))


@router.get(f"{ONE}/consent-links", include_in_schema=False)
def list_links(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """The withdrawal links that still open."""
    return answer({"data": links.list_links(ctx_of(request), object_key, record_id_of(record_id))})


@router.post(f"{ONE}/consent-links", include_in_schema=False)
def create_link(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """A new withdrawal link; its address is told once."""
    ctx, found = ctx_of(request), record_id_of(record_id)
    return answer(links.create(ctx, object_key, found, read_object(request)), 201)


@router.delete(f"{ONE}/consent-links/{{link_id}}", include_in_schema=False)
def revoke_link(request: HttpRequest, object_key: str, record_id: str, link_id: uuid.UUID) -> HttpResponse:
    """End a link."""
    links.revoke(ctx_of(request), object_key, record_id_of(record_id), link_id)
    return HttpResponse(status=204)
