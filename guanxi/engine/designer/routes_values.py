"""`/api/v1/meta`: what uses a field, and work on all its values: another type, another option."""

import uuid

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.access import rights
from guanxi.engine.designer import converting, previewing, work
from guanxi.engine.designer.holding import count_filled
from guanxi.engine.designer.replacing import replace_option
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object, schema_version_of
from guanxi.engine.schema.changes import require_admin
from guanxi.engine.schema.facade import find_field
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.usage import usages_of

router = Router(tags=["Metadata"])
OBJECT = "/meta/objects/{object_key}"
FIELD = "/meta/objects/{object_key}/fields/{field_key}"


@router.get(f"{OBJECT}/usage", operation_id="meta_objects_usage", summary="What uses an object")
def read_object_usage(request: HttpRequest, object_key: str) -> HttpResponse:
    """Links, views and so on of others that lead to it, and how many records it has (to who sees them all)."""
    ctx = ctx_of(request)
    require_admin(ctx)
    obj = get_object(ctx, object_key)
    found = [usage.as_json() for usage in usages_of(ctx, object_key)]
    records = work.count_rows(ctx, obj) if rights.sees_everything(ctx, obj) else None
    return answer({"data": found, "records": records})


@router.get(f"{FIELD}/usage", operation_id="meta_fields_usage", summary="What uses a field")
def read_field_usage(request: HttpRequest, object_key: str, field_key: str) -> HttpResponse:
    """Views, formulas, layouts and so on that use it, and in how many records it has a value (to who sees these)."""
    ctx = ctx_of(request)
    require_admin(ctx)
    obj = get_object(ctx, object_key)
    f = find_field(obj, field_key)
    found = [usage.as_json() for usage in usages_of(ctx, object_key, field_key)]
    filled = count_filled(ctx, obj, f) if rights.sees_values(ctx, obj, f.key) else None
    return answer({"data": found, "filled": filled})


@router.post(f"{FIELD}/replace-option", operation_id="meta_options_replace", summary="Replace an option")
def post_replacement(request: HttpRequest, object_key: str, field_key: str) -> HttpResponse:
    """Have the records that hold option `from` hold `to`; it is retired, or removed with `remove`."""
    body = dict(read_object(request))
    version = schema_version_of(request, body)
    ctx = ctx_of(request)
    task = replace_option(ctx, object_key, field_key, body, version=version)
    return answer(work.task_json(ctx, task), 202)


@router.get(f"{FIELD}/conversions", operation_id="meta_conversions_list", summary="Types a field can become")
def read_conversions(request: HttpRequest, object_key: str, field_key: str) -> HttpResponse:
    """The types that its values can be read as."""
    return answer({"data": previewing.possible_types(ctx_of(request), object_key, field_key)})


@router.post(
    f"{FIELD}/conversions/preview",
    operation_id="meta_conversions_preview",
    summary="What a conversion would do",
)
def post_preview(request: HttpRequest, object_key: str, field_key: str) -> HttpResponse:
    """How many values are kept, read differently or are lost, with examples; nothing is written."""
    return answer(previewing.preview(ctx_of(request), object_key, field_key, read_object(request)))


@router.post(f"{FIELD}/conversions", operation_id="meta_conversions_create", summary="Change a field's type")
def post_conversion(request: HttpRequest, object_key: str, field_key: str) -> HttpResponse:
    """Begin the conversion; what it replaces can be had back for 90 days."""
    body = dict(read_object(request))
    version = schema_version_of(request, body)
    ctx = ctx_of(request)
    task = converting.start_conversion(ctx, object_key, field_key, body, version=version)
    return answer(work.task_json(ctx, task), 202)


@router.get("/meta/tasks/{task_id}", operation_id="meta_tasks_get", summary="Work on a field's values")
def read_task(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    """How far it is, and what came of it."""
    ctx = ctx_of(request)
    require_admin(ctx)
    return answer(work.task_json(ctx, work.get_task(ctx, task_id)))


@router.get(f"{OBJECT}/tasks", operation_id="meta_tasks_list", summary="Work on an object's values")
def read_tasks(request: HttpRequest, object_key: str) -> HttpResponse:
    """The latest tasks of an object, newest first."""
    ctx = ctx_of(request)
    require_admin(ctx)
    get_object(ctx, object_key)
    return answer({"data": work.list_tasks(ctx, object_key)})


@router.post(
    "/meta/tasks/{task_id}/take-back", operation_id="meta_tasks_take_back", summary="Take a conversion back"
)
def post_take_back(request: HttpRequest, task_id: uuid.UUID) -> HttpResponse:
    """Begin to give the field its former type and values again, within 90 days."""
    ctx = ctx_of(request)
    require_admin(ctx)
    return answer(work.task_json(ctx, converting.take_back(ctx, work.get_task(ctx, task_id))), 202)
