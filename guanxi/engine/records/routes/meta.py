"""`/api/v1/meta/field-types`, `/meta/regions` and `/pipelines`; objects themselves are in designer/routes.py."""

import uuid
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from guanxi.engine.access import rights
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object, schema_version_of
from guanxi.engine.records.ruling.checking_stages import guide_reader, told_guide
from guanxi.engine.records.store.stages_in_use import move_out, stages_in_use
from guanxi.engine.schema import pipelines
from guanxi.engine.schema.facade import require_admin
from guanxi.engine.schema.field_types import field_type_registry
from guanxi.engine.schema.loading import refreshed
from guanxi.engine.schema.seals import why_type_plain
from guanxi.kit.regions import region_tree

router = Router(tags=["Metadata"])
MAX_AGE = 86_400


@router.get("/meta/field-types", operation_id="meta_field_types", summary="The types a field can have")
def list_field_types(request: HttpRequest) -> HttpResponse:
    """Types with their labels and abilities; those that only standard fields have cannot be created."""
    plain = {t.type: why_type_plain(t) for t in field_type_registry}
    data = [
        {"type": t.type, "label": t.label.as_dict(), "help": t.doc.as_dict(), "has_options": t.has_options,
         "links": t.is_record_link, "can_be_unique": t.can_be_unique, "can_be_searched": t.can_be_searched,
         "can_be_created": t.can_be_created, "derived": t.derived, "why_plain": reason.as_dict() if (reason := plain[t.type]) else None,
         "operators": list(t.operators)}
        for t in field_type_registry
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
    """The pipelines of an object. Of gates, only who sets them up is told the conditions."""
    ctx = ctx_of(request)
    obj = rights.get_object(ctx, object_key)
    rows = pipelines.list_pipelines(ctx, object_key)
    for stage in (stage for row in rows for stage in row["stages"]):
        stage["guide"] = told_guide(ctx, obj, stage["guide"])
    return answer({"data": rows})


@router.post("/pipelines", operation_id="pipelines_create", summary="Make a pipeline")
def create_pipeline(request: HttpRequest) -> HttpResponse:
    """A pipeline with its stages."""
    ctx = ctx_of(request)
    body = read_object(request)
    obj = rights.get_object(ctx, str(body.get("object") or "opportunity"))
    row = pipelines.create_pipeline(
        ctx, obj.key, body.get("name"), body.get("stages"), guides=guide_reader(ctx, obj.key),
        is_default=bool(body.get("is_default")),
    )  # fmt: skip
    return answer(pipelines.as_json(refreshed(ctx), pipelines.get_pipeline(row.id)), 201)


@router.patch("/pipelines/{pipeline_id}", operation_id="pipelines_update", summary="Change a pipeline")
def update_pipeline(request: HttpRequest, pipeline_id: uuid.UUID) -> HttpResponse:
    """Name, default, stages (whole, in order). `move` says where records of a stage that goes are to stand."""
    ctx = ctx_of(request)
    row = pipelines.get_pipeline(pipeline_id)
    body = dict(read_object(request))
    require_admin(ctx)
    version = schema_version_of(request, body)
    if version is not None:
        pipelines.check_based_on(ctx, row.object_key, version)
    if body.get("move"):
        move_out(ctx, row.object_key, [stage.key for stage in row.stages.all()], body["move"])
    pipelines.update_pipeline(
        ctx, pipeline_id, body, in_use=stages_in_use(ctx, row.object_key), guides=guide_reader(ctx, row.object_key)
    )  # fmt: skip
    return answer(pipelines.as_json(refreshed(ctx), pipelines.get_pipeline(pipeline_id)))


@router.delete("/pipelines/{pipeline_id}", operation_id="pipelines_delete", summary="Remove a pipeline")
def delete_pipeline(request: HttpRequest, pipeline_id: uuid.UUID) -> HttpResponse:
    """A pipeline that no record stands in."""
    ctx = ctx_of(request)
    row = pipelines.get_pipeline(pipeline_id)
    pipelines.delete_pipeline(ctx, pipeline_id, in_use=stages_in_use(ctx, row.object_key))
    return HttpResponse(status=204)
