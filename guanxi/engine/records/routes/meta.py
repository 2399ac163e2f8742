"""`/api/v1/meta` and `/api/v1/pipelines`: what objects there are, and (for administrators) shaping them."""

import uuid
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from guanxi.engine.records.describing import describe_object
from guanxi.engine.records.indexing import request_indexes
from guanxi.engine.records.reindexing import request_reindexing
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object
from guanxi.engine.records.store.stages_in_use import stages_in_use
from guanxi.engine.records.store.uniqueness import renew_unique_keys
from guanxi.engine.schema import facade, pipelines
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.kit.errors import invalid
from guanxi.kit.regions import region_tree
from guanxi.kit.text import Text

router = Router(tags=["Metadata"])
NEEDS_KEY = Text("必填。", "Required.")
MAX_AGE = 86_400


@router.get("/meta/objects", operation_id="meta_objects_list", summary="All objects with their fields")
def list_objects(request: HttpRequest) -> HttpResponse:
    """The workspace's schema as the caller sees it."""
    ctx = ctx_of(request)
    schema = get_schema(ctx)
    return answer({"version": schema.version, "data": [describe_object(ctx, obj) for obj in schema.listed]})


@router.post("/meta/objects", operation_id="meta_objects_create", summary="Make an object")
def create_object(request: HttpRequest) -> HttpResponse:
    """A new custom object."""
    ctx = ctx_of(request)
    body = dict(read_object(request))
    key = body.pop("key", None)
    if not isinstance(key, str):
        raise invalid("key", "required", NEEDS_KEY)
    fresh = facade.create_object(ctx, key, body)
    return answer(describe_object(fresh, get_object(fresh, key)), 201)


@router.get("/meta/objects/{object_key}", operation_id="meta_objects_get", summary="One object")
def read_object_meta(request: HttpRequest, object_key: str) -> HttpResponse:
    """One object with its fields."""
    ctx = ctx_of(request)
    return answer(describe_object(ctx, get_object(ctx, object_key)))


@router.patch("/meta/objects/{object_key}", operation_id="meta_objects_update", summary="Change an object")
def update_object(request: HttpRequest, object_key: str) -> HttpResponse:
    """Labels and looks."""
    fresh = facade.update_object(ctx_of(request), object_key, read_object(request))
    return answer(describe_object(fresh, get_object(fresh, object_key)))


@router.delete(
    "/meta/objects/{object_key}", operation_id="meta_objects_delete", summary="Put a custom object away"
)
def delete_object(request: HttpRequest, object_key: str) -> HttpResponse:
    """A custom object and its records, out of sight."""
    facade.delete_object(ctx_of(request), object_key)
    return HttpResponse(status=204)


@router.post("/meta/objects/{object_key}/fields", operation_id="meta_fields_create", summary="Add a field")
def create_field(request: HttpRequest, object_key: str) -> HttpResponse:
    """A custom field on any object."""
    body = dict(read_object(request))
    key, kind = body.pop("key", None), body.pop("type", None)
    for name, value in (("key", key), ("type", kind)):
        if not isinstance(value, str):
            raise invalid(name, "required", NEEDS_KEY)
    fresh = facade.create_field(ctx_of(request), object_key, str(key), str(kind), body)
    request_indexes(fresh)
    return answer(describe_object(fresh, get_object(fresh, object_key)), 201)


@router.patch(
    "/meta/objects/{object_key}/fields/{field_key}",
    operation_id="meta_fields_update",
    summary="Change a field",
)
def update_field(request: HttpRequest, object_key: str, field_key: str) -> HttpResponse:
    """Label, options, required and so on."""
    ctx, body = ctx_of(request), read_object(request)
    before = get_object(ctx, object_key)
    fresh = facade.update_field(ctx, object_key, field_key, body)
    obj = get_object(fresh, object_key)
    if "unique" in body:
        renew_unique_keys(fresh, obj, obj.fields[field_key])
    request_indexes(fresh)
    request_reindexing(fresh, before, obj)
    return answer(describe_object(fresh, obj))


@router.delete(
    "/meta/objects/{object_key}/fields/{field_key}",
    operation_id="meta_fields_delete",
    summary="Put a field away",
)
def delete_field(request: HttpRequest, object_key: str, field_key: str) -> HttpResponse:
    """A custom field, out of sight; its values stay."""
    ctx = ctx_of(request)
    before = get_object(ctx, object_key)
    fresh = facade.delete_field(ctx, object_key, field_key)
    request_reindexing(fresh, before, get_object(fresh, object_key))
    return HttpResponse(status=204)


@router.get("/meta/field-types", operation_id="meta_field_types", summary="The types a field can have")
def list_field_types(request: HttpRequest) -> HttpResponse:
    """Types with their labels and abilities."""
    data = [
        {"type": t.type, "label": t.label.as_dict(), "help": t.doc.as_dict(), "has_options": t.has_options,
         "links": t.is_record_link, "can_be_unique": t.can_be_unique, "can_be_searched": t.can_be_searched,
         "operators": list(t.operators)}
        for t in field_type_registry if t.can_be_created
    ]  # fmt: skip
    return answer({"data": data})


@router.get("/meta/regions", operation_id="meta_regions", summary="Provinces, cities and districts")
def list_regions(request: HttpRequest) -> HttpResponse:
    """The tree behind address fields."""
    response = answer(region_tree())
    response["Cache-Control"] = f"private, max-age={MAX_AGE}"
    return response


@router.get("/pipelines", operation_id="pipelines_list", summary="Pipelines and their stages")
def list_pipelines(
    request: HttpRequest, object_key: Annotated[str, Query("opportunity", alias="object")]
) -> HttpResponse:
    """The pipelines of an object."""
    ctx = ctx_of(request)
    get_object(ctx, object_key)
    return answer({"data": pipelines.list_pipelines(ctx, object_key)})


@router.post("/pipelines", operation_id="pipelines_create", summary="Make a pipeline")
def create_pipeline(request: HttpRequest) -> HttpResponse:
    """A pipeline with its stages."""
    ctx = ctx_of(request)
    body = read_object(request)
    obj = get_object(ctx, str(body.get("object") or "opportunity"))
    row = pipelines.create_pipeline(
        ctx, obj.key, body.get("name"), body.get("stages"), is_default=bool(body.get("is_default"))
    )
    return answer(pipelines.as_json(pipelines.get_pipeline(row.id)), 201)


@router.patch("/pipelines/{pipeline_id}", operation_id="pipelines_update", summary="Change a pipeline")
def update_pipeline(request: HttpRequest, pipeline_id: uuid.UUID) -> HttpResponse:
    """Name, default, stages (whole, in order)."""
    ctx = ctx_of(request)
    row = pipelines.get_pipeline(pipeline_id)
    pipelines.update_pipeline(
        ctx, pipeline_id, read_object(request), in_use=stages_in_use(ctx, row.object_key)
    )
    return answer(pipelines.as_json(pipelines.get_pipeline(pipeline_id)))


@router.delete("/pipelines/{pipeline_id}", operation_id="pipelines_delete", summary="Remove a pipeline")
def delete_pipeline(request: HttpRequest, pipeline_id: uuid.UUID) -> HttpResponse:
    """A pipeline that no record stands in."""
    ctx = ctx_of(request)
    row = pipelines.get_pipeline(pipeline_id)
    pipelines.delete_pipeline(ctx, pipeline_id, in_use=stages_in_use(ctx, row.object_key))
    return HttpResponse(status=204)
