"""`/papers`: quotes and contracts as PDF, and the templates they are printed by."""

import uuid
from typing import Annotated
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from guanxi.domains.sales.papers.offers import links, mailing
from guanxi.domains.sales.papers.printing import templates
from guanxi.domains.sales.papers.printing.rendering import paper_data
from guanxi.engine.press.press import press
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object
from guanxi.engine.records.routes.records import checks

router = Router(tags=["Papers"])
MAILS_A_MINUTE = 10
Locale = Annotated[str, Query(max_length=10)]


@router.get("/papers/templates", operation_id="paper_templates", summary="Templates of printed papers")
def list_templates(request: HttpRequest) -> HttpResponse:
    """By object: the template in use (`source`), whether it is the standard one, and the standard one itself."""
    return answer({"data": templates.listed(ctx_of(request))})


@router.put("/papers/templates/{object_key}", operation_id="paper_template_save", summary="Change a template")
def save_template(request: HttpRequest, object_key: str) -> HttpResponse:
    """`{"source", "version"}`: refused with the line that is wrong."""
    return answer(templates.save(ctx_of(request), object_key, read_object(request)))


@router.delete(
    "/papers/templates/{object_key}", operation_id="paper_template_reset", summary="Go back to the standard"
)
def reset_template(request: HttpRequest, object_key: str) -> HttpResponse:
    """The standard template takes the place of the changed one."""
    return answer(templates.reset(ctx_of(request), object_key))


@router.post(
    "/papers/templates/{object_key}/preview",
    operation_id="paper_template_preview",
    summary="Print the sample",
)
def preview_template(request: HttpRequest, object_key: str) -> HttpResponse:
    """`{"source", "locale"}` gives `{"pages"}`: the first pages of a sample paper as images (data URLs)."""
    return answer({"pages": templates.preview(ctx_of(request), object_key, read_object(request))})


@router.get("/papers/{object_key}/{record_id}/pdf", operation_id="paper_pdf", summary="A paper as PDF")
def print_paper(
    request: HttpRequest,
    object_key: str,
    record_id: uuid.UUID,
    locale: Locale = "",
) -> HttpResponse:
    """A quote or a contract as the caller sees it, in `locale` (zh-CN or en; the workspace's where none is given)."""
    ctx = ctx_of(request)
    templates.printed_object(ctx, object_key)
    spoken = locale if locale in templates.LOCALES else ctx.workspace.locale
    data = paper_data(ctx, object_key, record_id, spoken)
    name = " ".join(
        part for part in (data["kind"], data["number"] or data["title"], data["buyer"]["name"]) if part
    )
    return _pdf(press.print(templates.source_of(ctx, object_key), data), f"{name[:80]}.pdf")


def _pdf(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(name, safe='')}"
    return response


@router.get("/papers/quote/{record_id}/links", operation_id="offer_links", summary="Links of a quote")
def list_links(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """Newest first: whether they open, how often they were opened, and what was answered there."""
    return answer({"data": links.listed(ctx_of(request), record_id)})


@router.post(
    "/papers/quote/{record_id}/links", operation_id="offer_link_create", summary="A link for the customer"
)
def create_link(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """A link with its address (`url`), which is told this once; links before it end."""
    return answer(links.create(ctx_of(request), record_id), 201)


@router.delete(
    "/papers/quote/{record_id}/links/{link_id}", operation_id="offer_link_end", summary="End a link"
)
def end_link(request: HttpRequest, record_id: uuid.UUID, link_id: uuid.UUID) -> HttpResponse:
    """It opens no more; an answer that was given stays."""
    links.end(ctx_of(request), record_id, link_id)
    return HttpResponse(status=204)


@router.get("/papers/quote/{record_id}/mail", operation_id="offer_mail_draft", summary="A mail with a quote")
def read_mail(request: HttpRequest, record_id: uuid.UUID, locale: Locale = "") -> HttpResponse:
    """Whom it can go to, subject and text in `locale` (zh-CN or en), to be edited; nothing is sent."""
    return answer(mailing.draft(ctx_of(request), record_id, locale))


@router.post("/papers/quote/{record_id}/mail", operation_id="offer_mail_send", summary="Mail a quote")
def send_mail(request: HttpRequest, record_id: uuid.UUID) -> HttpResponse:
    """`{"to", "subject", "body"}`: mails a new link to each address; links before it end."""
    ctx = ctx_of(request)
    checks.count(f"quote-mail:{ctx.actor.user_id}", MAILS_A_MINUTE)
    return answer(mailing.send(ctx, record_id, read_object(request)), 201)
