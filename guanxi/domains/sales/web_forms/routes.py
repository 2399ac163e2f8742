"""`/web-forms` for who sets forms up, `/public/forms/…` for the people who fill them in.

The public handlers run outside any workspace (web/authentication.py lets them through) and open a session of their own.
They ask for no cookie: a form in another site's frame has none, and there is no account behind it to misuse.
"""

import uuid
from urllib.parse import urlsplit

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.domains.sales.web_forms import answering, rules, schemas, settings, uploads
from guanxi.engine.identity.addresses import client_address
from guanxi.engine.identity.sign_in import origin_of
from guanxi.engine.records.routes.bodies import answer, read_object
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.kit.errors import Forbidden, TooLarge
from guanxi.kit.text import Text, match_locale

router = Router(tags=["Web forms"])
ANSWERS_A_MINUTE, FILES_A_MINUTE = 10, 20
"""From one address. Many people may sit behind one, hence work is asked besides (rules.bits_for)."""
MAX_BYTES = 64 * 1024
WRONG_HOST = Text("这个网站不能提交这个表单。", "This site may not hand in this form.")
TOO_MUCH = Text("提交的内容最多 {max} KB。", "At most {max} KB can be handed in.")


@router.get("/web-forms", operation_id="web_forms", summary="Web forms and what they can ask")
def get_all(request: ApiRequest) -> HttpResponse:
    """For who holds the area `sales`."""
    return answer(settings.overview(request.ctx))


@router.post("/web-forms", operation_id="web_form_create", summary="Make a web form")
def create(request: ApiRequest, body: schemas.FormBody) -> HttpResponse:
    """It gets an address nobody can guess."""
    return answer(settings.create(request.ctx, body.given()), 201)


@router.patch("/web-forms/{form_id}", operation_id="web_form_update", summary="Change a web form")
def update(request: ApiRequest, form_id: uuid.UUID, body: schemas.FormBody) -> HttpResponse:
    """What is left out stays. Needs the version."""
    return answer(settings.update(request.ctx, form_id, body.given()))


@router.delete("/web-forms/{form_id}", operation_id="web_form_delete", summary="Delete a web form")
def delete(request: ApiRequest, form_id: uuid.UUID) -> HttpResponse:
    """Its page is gone; the leads that came of it stay."""
    settings.delete(request.ctx, form_id)
    return HttpResponse(status=204)


@router.get(
    "/web-forms/{form_id}/results",
    operation_id="web_form_results",
    summary="Answers to its own questions, counted",
)
def get_results(request: ApiRequest, form_id: uuid.UUID) -> HttpResponse:
    """How often everything was chosen; words stand on the leads' timelines."""
    return answer(settings.results(request.ctx, form_id))


@router.get("/web-forms/{form_id}/draw", operation_id="web_form_draw_log", summary="How a lottery stands")
def get_draw(request: ApiRequest, form_id: uuid.UUID) -> HttpResponse:
    """Its commitment and entries; once drawn everything to draw it again."""
    return answer(settings.read_draw(request.ctx, form_id))


@router.post("/web-forms/{form_id}/draw", operation_id="web_form_draw", summary="Draw a lottery")
def draw(request: ApiRequest, form_id: uuid.UUID) -> HttpResponse:
    """Once; its log."""
    return answer(settings.draw(request.ctx, form_id))


@router.get("/public/forms/{token}", operation_id="public_form", summary="A web form, for anybody")
def read_form(request: HttpRequest, token: str) -> HttpResponse:
    """What it asks, and a task for the browser; 404 alike for all there is not."""
    return answer(answering.read_public(token))


@router.post("/public/forms/{token}", operation_id="public_form_answer", summary="Hand in a web form")
def take_in(request: HttpRequest, token: str) -> HttpResponse:
    """`{"answers", "questions", "consents", "from", "challenge", "solution"}`; it becomes a lead."""
    _check_origin(request)
    if len(request.body) > MAX_BYTES:
        raise TooLarge(TOO_MUCH, max=MAX_BYTES // 1024)
    checks.count(f"web-form:{client_address(request)}", ANSWERS_A_MINUTE)
    locale = match_locale(request.headers.get("Accept-Language")) or ""
    return answer(answering.take_in(token, read_object(request), origin_of(request), locale))


@router.post(
    "/public/forms/{token}/files", operation_id="public_form_file", summary="Upload a file for a web form"
)
def take_file(request: HttpRequest, token: str) -> HttpResponse:
    """As a form: `file`, `field`, `challenge`, `solution`. The receipt stands for the file in the answer."""
    _check_origin(request)
    if int(request.META.get("CONTENT_LENGTH") or 0) > uploads.MAX_BYTES + MAX_BYTES:
        raise TooLarge(uploads.TOO_LARGE, code="file_too_large", max=uploads.MAX_BYTES // 1024**2)
    checks.count(f"web-form-file:{client_address(request)}", FILES_A_MINUTE)
    field, file = str(request.POST.get("field") or ""), request.FILES.get("file")
    return answer(answering.take_file(token, field, file, request.POST, origin_of(request)), 201)


def _check_origin(request: HttpRequest) -> None:
    """A browser says where a request comes from: it is always our own page."""
    origin = request.headers.get("Origin")
    own = (request.get_host(), urlsplit(django_settings.GUANXI_PUBLIC_URL).netloc)
    if origin is not None and not rules.is_own(origin, own):
        raise Forbidden(WRONG_HOST, code="wrong_host")
