"""`/configuration` and `/templates`: the workspace's shape as a document, and starting points for industries."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from guanxi.engine.configuration import applying, documents, templates
from guanxi.engine.records.routes.bodies import answer, read_object
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Configuration"])
_BODY = {"requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}}}


class ConfigurationStep(Schema):
    """One part of a document beside the workspace: created, the same, different (left alone) or impossible."""

    kind: str
    object: str
    key: str
    label: dict[str, str]
    state: str
    why: str | None


class ConfigurationPlan(Schema):
    """What applying a document would do."""

    data: list[ConfigurationStep]


class TemplateInfo(Schema):
    """An industry template."""

    key: str
    label: dict[str, str]
    about: dict[str, str]
    icon: str
    installed: bool
    objects: list[dict[str, str]]


class TemplateList(Schema):
    """All templates."""

    data: list[TemplateInfo]


class Made(Schema):
    """What was created."""

    data: list[dict[str, str]]


class InstallTemplate(Schema):
    """How to take a template over."""

    samples: bool = True


@router.get("/configuration", operation_id="configuration_export", summary="Export the configuration",
            response={200: dict[str, Any]})  # fmt: skip
def get_configuration(request: ApiRequest) -> HttpResponse:
    """Objects, fields, pipelines and views of the workspace as one document; no records."""
    return answer(documents.export(request.ctx))


@router.post("/configuration/preview", response=ConfigurationPlan, operation_id="configuration_preview",
             summary="Compare a configuration", openapi_extra=_BODY)  # fmt: skip
def preview(request: ApiRequest) -> HttpResponse:
    """What applying the document would create, and what is there already. Nothing is written."""
    return _planned(request, read_object(request))


@router.post("/configuration", response=Made, operation_id="configuration_apply", summary="Apply a configuration",
             openapi_extra=_BODY)  # fmt: skip
def post_configuration(request: ApiRequest) -> HttpResponse:
    """Create what is missing, all or nothing; what is there stays as it is."""
    _, made = applying.apply(request.ctx, read_object(request))
    return answer({"data": made})


@router.get(
    "/templates", response=TemplateList, operation_id="templates_list", summary="List industry templates"
)
def get_templates(request: ApiRequest) -> HttpResponse:
    """Starting points by industry, and which are in use."""
    return answer({"data": templates.list_templates(request.ctx)})


@router.get("/templates/{key}/preview", response=ConfigurationPlan, operation_id="templates_preview",
            summary="Look at a template")  # fmt: skip
def preview_template(request: ApiRequest, key: str) -> HttpResponse:
    """What taking it over would create."""
    return _planned(request, templates.find(key).document)


@router.post(
    "/templates/{key}", response={201: Made}, operation_id="templates_install", summary="Use a template"
)
def post_template(request: ApiRequest, key: str, body: InstallTemplate) -> HttpResponse:
    """Create its objects, fields, pipelines and views, with sample records unless these are not wanted."""
    return answer({"data": templates.install(request.ctx, key, samples=body.samples)}, 201)


@router.delete(
    "/templates/{key}", response={204: None}, operation_id="templates_remove", summary="Remove a template"
)
def delete_template(request: ApiRequest, key: str) -> HttpResponse:
    """Take it away with its samples; 409 when it holds data of one's own."""
    templates.remove(request.ctx, key)
    return HttpResponse(status=204)


def _planned(request: HttpRequest, document: Any) -> HttpResponse:
    ctx = request.ctx  # type: ignore[attr-defined]
    return answer({"data": [step.as_json(ctx.locale) for step in applying.plan(ctx, document)]})
