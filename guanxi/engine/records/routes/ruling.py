"""`/api/v1/meta/objects/{object}/rules`, `/validations`, `/layouts`, `/layout`, and `/api/v1/{object}/draft`."""

import uuid
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from guanxi.engine.access import rights
from guanxi.engine.records.routes.bodies import answer, ctx_of, optional_id_in, read_object, version_of
from guanxi.engine.records.ruling import saving
from guanxi.engine.records.ruling.drafting import form_state
from guanxi.engine.records.ruling.pages import layout_for
from guanxi.engine.records.ruling.previewing import preview
from guanxi.engine.records.ruling.saving import Kind
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

router = Router(tags=["Rules and layouts"])
drafts = Router(tags=["Records"])
UNKNOWN_PARAMETER = Text("没有这个参数。", "There is no such parameter.")
NOT_OBJECT = Text("这里需要一个对象。", "An object is needed here.")


@drafts.post("/{object_key}/draft", include_in_schema=False)
def draft(request: HttpRequest, object_key: str) -> HttpResponse:
    """What a form shows, requires and locks for values that are not saved yet."""
    ctx, body = ctx_of(request), read_object(request)
    obj = rights.get_object(ctx, object_key)
    for name in body:
        if name not in ("values", "record"):
            raise invalid(name[:60], "unknown_parameter", UNKNOWN_PARAMETER)
    values = body.get("values") or {}
    if not isinstance(values, dict):
        raise invalid("values", "wrong_type", NOT_OBJECT)
    return answer(form_state(ctx, obj, values, optional_id_in(body, "record")))


@router.get(
    "/meta/objects/{object_key}/layout",
    operation_id="meta_layout_get",
    summary="The layout of a form or a page for a record",
)
def get_layout(
    request: HttpRequest,
    object_key: str,
    kind: Annotated[str, Query(max_length=8)] = "page",
    record: uuid.UUID | None = None,
    role: Annotated[str | None, Query(max_length=20)] = None,
) -> HttpResponse:
    """The layout that serves the record (or a new one); `role` lets an administrator see another role's."""
    return answer(layout_for(ctx_of(request), object_key, kind, record=record, role=role))


@router.get("/meta/objects/{object_key}/rules", operation_id="meta_rules_list", summary="The rules on fields")
def list_rules(request: HttpRequest, object_key: str) -> HttpResponse:
    """The rules on fields of an object, in order."""
    return _listed(request, saving.RULES, object_key)


@router.post(
    "/meta/objects/{object_key}/rules", operation_id="meta_rules_create", summary="Make a field rule"
)
def create_rule(request: HttpRequest, object_key: str) -> HttpResponse:
    """A rule: a condition, and what happens to fields while it holds."""
    return _created(request, saving.RULES, object_key)


@router.post(
    "/meta/objects/{object_key}/rules/preview",
    operation_id="meta_rules_preview",
    summary="What a field rule would refuse",
)
def preview_rule(request: HttpRequest, object_key: str) -> HttpResponse:
    """How many records a rule that is not saved yet would find wrong, with examples."""
    return _previewed(request, saving.RULES, object_key)


@router.patch(
    "/meta/objects/{object_key}/rules/{rule_id}",
    operation_id="meta_rules_update",
    summary="Change a field rule",
)
def update_rule(request: HttpRequest, object_key: str, rule_id: uuid.UUID) -> HttpResponse:
    """Change a rule. Needs its version (If-Match or `version`)."""
    return _updated(request, saving.RULES, object_key, rule_id)


@router.delete(
    "/meta/objects/{object_key}/rules/{rule_id}",
    operation_id="meta_rules_delete",
    summary="Remove a field rule",
)
def delete_rule(request: HttpRequest, object_key: str, rule_id: uuid.UUID) -> HttpResponse:
    """Remove a rule."""
    return _deleted(request, saving.RULES, object_key, rule_id)


@router.get(
    "/meta/objects/{object_key}/validations", operation_id="meta_validations_list", summary="The validations"
)
def list_validations(request: HttpRequest, object_key: str) -> HttpResponse:
    """The validations of an object, in order."""
    return _listed(request, saving.VALIDATIONS, object_key)


@router.post(
    "/meta/objects/{object_key}/validations",
    operation_id="meta_validations_create",
    summary="Make a validation",
)
def create_validation(request: HttpRequest, object_key: str) -> HttpResponse:
    """A condition that must not hold, and what is said at which field when it does."""
    return _created(request, saving.VALIDATIONS, object_key)


@router.post(
    "/meta/objects/{object_key}/validations/preview",
    operation_id="meta_validations_preview",
    summary="What a validation would refuse",
)
def preview_validation(request: HttpRequest, object_key: str) -> HttpResponse:
    """How many records a validation that is not saved yet would find wrong, with examples."""
    return _previewed(request, saving.VALIDATIONS, object_key)


@router.patch(
    "/meta/objects/{object_key}/validations/{rule_id}",
    operation_id="meta_validations_update",
    summary="Change a validation",
)
def update_validation(request: HttpRequest, object_key: str, rule_id: uuid.UUID) -> HttpResponse:
    """Change a validation. Needs its version (If-Match or `version`)."""
    return _updated(request, saving.VALIDATIONS, object_key, rule_id)


@router.delete(
    "/meta/objects/{object_key}/validations/{rule_id}",
    operation_id="meta_validations_delete",
    summary="Remove a validation",
)
def delete_validation(request: HttpRequest, object_key: str, rule_id: uuid.UUID) -> HttpResponse:
    """Remove a validation."""
    return _deleted(request, saving.VALIDATIONS, object_key, rule_id)


@router.get("/meta/objects/{object_key}/layouts", operation_id="meta_layouts_list", summary="The layouts")
def list_layouts(request: HttpRequest, object_key: str) -> HttpResponse:
    """The layouts of forms and pages of an object, in the order they are tried."""
    return _listed(request, saving.LAYOUTS, object_key)


@router.post(
    "/meta/objects/{object_key}/layouts", operation_id="meta_layouts_create", summary="Make a layout"
)
def create_layout(request: HttpRequest, object_key: str) -> HttpResponse:
    """A layout of a form or a page, for some roles and records or for all."""
    return _created(request, saving.LAYOUTS, object_key)


@router.post(
    "/meta/objects/{object_key}/layouts/preview",
    operation_id="meta_layouts_preview",
    summary="What a layout would leave out",
)
def preview_layout(request: HttpRequest, object_key: str) -> HttpResponse:
    """The required fields without a default that a layout does not show."""
    return _previewed(request, saving.LAYOUTS, object_key)


@router.patch(
    "/meta/objects/{object_key}/layouts/{rule_id}",
    operation_id="meta_layouts_update",
    summary="Change a layout",
)
def update_layout(request: HttpRequest, object_key: str, rule_id: uuid.UUID) -> HttpResponse:
    """Change a layout. Needs its version (If-Match or `version`)."""
    return _updated(request, saving.LAYOUTS, object_key, rule_id)


@router.delete(
    "/meta/objects/{object_key}/layouts/{rule_id}",
    operation_id="meta_layouts_delete",
    summary="Remove a layout",
)
def delete_layout(request: HttpRequest, object_key: str, rule_id: uuid.UUID) -> HttpResponse:
    """Remove a layout; the next that fits serves from then on."""
    return _deleted(request, saving.LAYOUTS, object_key, rule_id)


@router.get("/meta/objects/{object_key}/watches", operation_id="meta_watches_list", summary="The watch rules")
def list_watches(request: HttpRequest, object_key: str) -> HttpResponse:
    """The rules that watch for changes of an object's records."""
    return _listed(request, saving.WATCHES, object_key)


@router.post(
    "/meta/objects/{object_key}/watches", operation_id="meta_watches_create", summary="Make a watch rule"
)
def create_watch(request: HttpRequest, object_key: str) -> HttpResponse:
    """Fields, a condition, and what is done for whom when one of the fields changes while it holds."""
    return _created(request, saving.WATCHES, object_key)


@router.patch(
    "/meta/objects/{object_key}/watches/{rule_id}",
    operation_id="meta_watches_update",
    summary="Change a watch rule",
)
def update_watch(request: HttpRequest, object_key: str, rule_id: uuid.UUID) -> HttpResponse:
    """Change a watch rule. Needs its version (If-Match or `version`)."""
    return _updated(request, saving.WATCHES, object_key, rule_id)


@router.delete(
    "/meta/objects/{object_key}/watches/{rule_id}",
    operation_id="meta_watches_delete",
    summary="Remove a watch rule",
)
def delete_watch(request: HttpRequest, object_key: str, rule_id: uuid.UUID) -> HttpResponse:
    """Remove a watch rule."""
    return _deleted(request, saving.WATCHES, object_key, rule_id)


def _listed(request: HttpRequest, kind: Kind, object_key: str) -> HttpResponse:
    return answer({"data": saving.list_rows(ctx_of(request), kind, object_key)})


def _created(request: HttpRequest, kind: Kind, object_key: str) -> HttpResponse:
    return answer(saving.create_row(ctx_of(request), kind, object_key, read_object(request)), 201)


def _updated(request: HttpRequest, kind: Kind, object_key: str, row_id: uuid.UUID) -> HttpResponse:
    body = dict(read_object(request))
    version = version_of(request, body)
    return answer(saving.update_row(ctx_of(request), kind, object_key, row_id, body, version))


def _deleted(request: HttpRequest, kind: Kind, object_key: str, row_id: uuid.UUID) -> HttpResponse:
    saving.delete_row(ctx_of(request), kind, object_key, row_id)
    return HttpResponse(status=204)


def _previewed(request: HttpRequest, kind: Kind, object_key: str) -> HttpResponse:
    body = dict(read_object(request))
    replaces, record = optional_id_in(body, "replaces"), optional_id_in(body, "record")
    for name in ("replaces", "record"):
        body.pop(name, None)
    return answer(preview(ctx_of(request), kind, object_key, body, replaces=replaces, record=record))
