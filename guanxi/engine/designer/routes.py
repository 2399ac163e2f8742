"""`/api/v1/meta/objects`: what objects and fields there are, and administrators shaping them.

*Rules*: every change takes the version of the object it was based on (If-Match or `version`), if given.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.access import rights
from guanxi.engine.designer.describing import describe_design
from guanxi.engine.designer.holding import tell_held
from guanxi.engine.designer.uniqueness import change_uniqueness
from guanxi.engine.designer.work import task_json
from guanxi.engine.records.describing import describe_object
from guanxi.engine.records.indexing import request_index_work
from guanxi.engine.records.reindexing import request_reindexing
from guanxi.engine.records.routes.bodies import answer, ctx_of, flag, read_object, schema_version_of
from guanxi.engine.schema import bin as schema_bin
from guanxi.engine.schema import changes, facade
from guanxi.engine.schema.arranging import arrange
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.schema.proposing import propose_key
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

router = Router(tags=["Metadata"])
NEEDED = Text("必填。", "Required.")
OBJECT = "/meta/objects/{object_key}"
FIELD = "/meta/objects/{object_key}/fields/{field_key}"


@router.get("/meta/objects", operation_id="meta_objects_list", summary="All objects with their fields")
def list_objects(request: HttpRequest) -> HttpResponse:
    """The workspace's schema as the caller sees it."""
    ctx = ctx_of(request)
    schema = get_schema(ctx)
    objects = [obj for obj in schema.listed if ctx.actor.may("schema") or rights.can(ctx, obj, "read")]
    return answer({"version": schema.version, "data": [describe_object(ctx, obj) for obj in objects]})


@router.get(OBJECT, operation_id="meta_objects_get", summary="One object")
def read_object_meta(request: HttpRequest, object_key: str) -> HttpResponse:
    """One object with its fields."""
    ctx = ctx_of(request)
    found = get_object if ctx.actor.may("schema") else rights.get_object
    return answer(describe_object(ctx, found(ctx, object_key)))


@router.post("/meta/objects", operation_id="meta_objects_create", summary="Make an object")
def create_object(request: HttpRequest) -> HttpResponse:
    """A new custom object; its key is made from the label where none is given."""
    ctx = ctx_of(request)
    body = dict(read_object(request))
    changes.require_admin(ctx)
    key = _key(ctx, body, None)
    fresh = facade.create_object(ctx, key, body)
    return answer(describe_object(fresh, get_object(fresh, key)), 201)


@router.patch(OBJECT, operation_id="meta_objects_update", summary="Change an object")
def update_object(request: HttpRequest, object_key: str) -> HttpResponse:
    """Labels and looks."""
    body = dict(read_object(request))
    version = schema_version_of(request, body)
    fresh = facade.update_object(ctx_of(request), object_key, body, version=version)
    return answer(describe_object(fresh, get_object(fresh, object_key)))


@router.delete(OBJECT, operation_id="meta_objects_delete", summary="Put a custom object away")
def delete_object(request: HttpRequest, object_key: str) -> HttpResponse:
    """A custom object and its records, into the bin for 90 days; `detach=true` lets views let go of it."""
    version = schema_version_of(request, {})
    schema_bin.delete_object(
        ctx_of(request), object_key, version=version, detach=flag(request, "detach", False)
    )
    return HttpResponse(status=204)


@router.post(f"{OBJECT}/restore", operation_id="meta_objects_restore", summary="Bring an object back")
def restore_object(request: HttpRequest, object_key: str) -> HttpResponse:
    """A custom object out of the bin, with its records."""
    fresh = schema_bin.restore_object(ctx_of(request), object_key)
    return answer(describe_object(fresh, get_object(fresh, object_key)))


@router.get(f"{OBJECT}/design", operation_id="meta_objects_design", summary="An object in its designer")
def read_design(request: HttpRequest, object_key: str) -> HttpResponse:
    """All fields and sections, hidden and empty ones too, with what may be changed of them."""
    return answer(describe_design(ctx_of(request), object_key))


@router.put(
    f"{OBJECT}/arrangement", operation_id="meta_objects_arrange", summary="Arrange sections and fields"
)
def put_arrangement(request: HttpRequest, object_key: str) -> HttpResponse:
    """Sections in order, each with its fields in order."""
    body = dict(read_object(request))
    version = schema_version_of(request, body)
    fresh = arrange(ctx_of(request), object_key, body.get("sections"), version=version)
    return answer(describe_design(fresh, object_key))


@router.get(f"{OBJECT}/changes", operation_id="meta_objects_changes", summary="Who changed an object how")
def read_changes(request: HttpRequest, object_key: str) -> HttpResponse:
    """The latest changes of an object's schema, newest first."""
    ctx = ctx_of(request)
    changes.require_admin(ctx)
    get_object(ctx, object_key)
    return answer({"data": changes.list_changes(ctx, object_key)})


@router.post(f"{OBJECT}/fields", operation_id="meta_fields_create", summary="Add a field")
def create_field(request: HttpRequest, object_key: str) -> HttpResponse:
    """A custom field on any object; its key is made from the label where none is given."""
    ctx = ctx_of(request)
    body = dict(read_object(request))
    changes.require_admin(ctx)
    version = schema_version_of(request, body)
    kind = body.pop("type", None)
    if not isinstance(kind, str):
        raise invalid("type", "required", NEEDED)
    key = _key(ctx, body, object_key)
    fresh = facade.create_field(ctx, object_key, key, kind, body, version=version)
    if get_object(fresh, object_key).fields[key].indexed:
        request_index_work(fresh)
    return answer(describe_object(fresh, get_object(fresh, object_key)), 201)


@router.patch(FIELD, operation_id="meta_fields_update", summary="Change a field")
def update_field(request: HttpRequest, object_key: str, field_key: str) -> HttpResponse:
    """Label, options, required and so on; `task` is the work on existing records, where there is any.

    What is used somewhere is hidden only with `although_used=true`; else the places are told (409 `in_use`).
    """
    body = dict(read_object(request))
    version = schema_version_of(request, body)
    ctx = changes.begin(ctx_of(request), object_key, version)  # what was there is what the change is made to
    before = get_object(ctx, object_key)
    fresh = facade.update_field(
        ctx, object_key, field_key, body, version=version, held=tell_held,
        although_used=flag(request, "although_used", False),
    )  # fmt: skip
    obj = get_object(fresh, object_key)
    former, field = before.fields[field_key], obj.fields[field_key]
    task = change_uniqueness(fresh, obj, field) if former.unique != field.unique else None
    if former.indexed != field.indexed:
        request_index_work(fresh)
    request_reindexing(fresh, before, obj)
    return answer({**describe_object(fresh, obj), "task": task_json(fresh, task) if task else None})


@router.delete(FIELD, operation_id="meta_fields_delete", summary="Put a field away")
def delete_field(request: HttpRequest, object_key: str, field_key: str) -> HttpResponse:
    """A custom field with its values, into the bin for 90 days; `detach=true` lets views let go of it."""
    version = schema_version_of(request, {})
    ctx = changes.begin(ctx_of(request), object_key, version)
    before = get_object(ctx, object_key)
    fresh = schema_bin.delete_field(
        ctx, object_key, field_key, version=version, detach=flag(request, "detach", False)
    )
    request_reindexing(fresh, before, get_object(fresh, object_key))
    if before.fields[field_key].indexed:
        request_index_work(fresh)
    return HttpResponse(status=204)


@router.post(f"{FIELD}/restore", operation_id="meta_fields_restore", summary="Bring a field back")
def restore_field(request: HttpRequest, object_key: str, field_key: str) -> HttpResponse:
    """A custom field out of the bin, with its values; a unique one is checked anew."""
    ctx = changes.begin(ctx_of(request))
    before = get_object(ctx, object_key)
    fresh = schema_bin.restore_field(ctx, object_key, field_key)
    obj = get_object(fresh, object_key)
    field = obj.fields[field_key]
    task = change_uniqueness(fresh, obj, field) if field.unique else None
    if field.indexed:
        request_index_work(fresh)
    request_reindexing(fresh, before, obj)
    return answer({**describe_object(fresh, obj), "task": task_json(fresh, task) if task else None})


@router.get("/meta/bin", operation_id="meta_bin", summary="Objects and fields in the bin")
def read_bin(request: HttpRequest) -> HttpResponse:
    """What was put away in the last 90 days and can be brought back."""
    return answer({"data": schema_bin.list_bin(ctx_of(request))})


@router.get("/meta/key", operation_id="meta_key", summary="A key for a label")
def read_key(request: HttpRequest) -> HttpResponse:
    """A key that is free, made from `label` (pinyin for Chinese); of a field where `object` is given."""
    ctx = ctx_of(request)
    changes.require_admin(ctx)
    label = request.GET.get("label", "")[:100]
    return answer({"key": propose_key(ctx, label, request.GET.get("object") or None)})


def _key(ctx: Ctx, body: dict[str, Any], object_key: str | None) -> str:
    key = body.pop("key", None)
    if key is None:
        label = body.get("label")
        text = label.get("en") or label.get("zh-CN") if isinstance(label, dict) else label
        return propose_key(ctx, text if isinstance(text, str) else "", object_key)
    if not isinstance(key, str):
        raise invalid("key", "required", NEEDED)
    return key
