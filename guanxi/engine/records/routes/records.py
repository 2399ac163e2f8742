"""`/api/v1/{object}`: list, query, create, read, change, delete, history, timeline, actions, duplicates.

The same few handlers serve every object; what they accept and answer per object stands in the OpenAPI
document (`web/openapi.py`).
"""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.access import rights
from guanxi.engine.records import store
from guanxi.engine.records.acting import run_action
from guanxi.engine.records.duplicates import find_duplicates
from guanxi.engine.records.history import fetch_history
from guanxi.engine.records.query import fetch_groups, fetch_page, get_record, parse_query
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.records.revealing import reveal
from guanxi.engine.records.routes.bodies import (
    answer,
    checked_object,
    ctx_of,
    flag,
    read_object,
    record_id_of,
    version_of,
)
from guanxi.engine.records.store.aliases import survivors_of
from guanxi.engine.records.timeline import fetch_timeline
from guanxi.kit.errors import NotFound, Problem, invalid
from guanxi.kit.ids import new_id, parse_id
from guanxi.kit.json_limits import read_json
from guanxi.kit.plain_values import whole_number
from guanxi.kit.rate_limit import RateLimiter
from guanxi.kit.text import Text

router = Router(tags=["Records"])
checks = RateLimiter()
CHECKS_A_MINUTE = 120
REVEALS_A_MINUTE = 60
LIST_PARAMETERS = ("sort", "fields", "limit", "cursor", "q")
UNKNOWN_PARAMETER = Text("没有这个参数。", "There is no such parameter.")
BAD_FILTER = Text("filter 应是 JSON 写的筛选条件。", "filter must be a filter tree written as JSON.")
BAD_LIMIT = Text("limit 应在 1 到 {max} 之间。", "limit must be between 1 and {max}.")


@router.get("/{object_key}", include_in_schema=False)
def list_records(request: HttpRequest, object_key: str) -> HttpResponse:
    """A page of records."""
    ctx = ctx_of(request)
    rights.get_object(ctx, object_key)
    given: dict[str, Any] = {name: request.GET[name] for name in LIST_PARAMETERS if request.GET.get(name)}
    for name in request.GET:
        if name not in (*LIST_PARAMETERS, "filter", "count", "deleted"):
            raise invalid(name[:60], "unknown_parameter", UNKNOWN_PARAMETER)
    if request.GET.get("filter"):
        given["filter"] = _filter(request.GET["filter"])
    given["count"] = flag(request, "count", None)
    given["deleted"] = flag(request, "deleted", False)
    return answer(fetch_page(ctx, parse_query(object_key, given)).as_json())


@router.post("/{object_key}", include_in_schema=False)
def create_record(request: HttpRequest, object_key: str) -> HttpResponse:
    """A new record."""
    ctx = ctx_of(request)
    rights.get_object(ctx, object_key)
    return answer(store.create(ctx, object_key, read_object(request)), 201)


@router.post("/{object_key}/query", include_in_schema=False)
def query_records(request: HttpRequest, object_key: str) -> HttpResponse:
    """A page of records, or groups with measures."""
    ctx = ctx_of(request)
    rights.get_object(ctx, object_key)
    query = parse_query(object_key, read_object(request))
    if query.group is not None:
        return answer(fetch_groups(ctx, query))
    return answer(fetch_page(ctx, query).as_json())


@router.post("/{object_key}/duplicates", include_in_schema=False)
def duplicates_of_draft(request: HttpRequest, object_key: str) -> HttpResponse:
    """Records that a draft would duplicate."""
    ctx = ctx_of(request)
    checks.count(f"draft:{ctx.workspace.id}:{ctx.actor.user_id}", CHECKS_A_MINUTE)
    body = read_object(request)
    ignore = parse_id(body.pop("id", None))
    return answer({"data": find_duplicates(ctx, object_key, body, ignore=ignore)})


@router.get("/{object_key}/{record_id}", include_in_schema=False)
def read_record(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """One record."""
    ctx, found = ctx_of(request), record_id_of(record_id)
    obj = rights.get_object(ctx, object_key)
    fields, deleted = request.GET.get("fields"), flag(request, "deleted", False)
    try:
        record = get_record(
            ctx, object_key, found, fields=fields.split(",") if fields else None, deleted=deleted
        )
    except NotFound:
        now = survivors_of(ctx, obj, [found]).get(found) if not deleted else None
        if now is None or now not in visible_ids(ctx, obj, [now]):
            raise
        return _moved(request, obj.key, now)
    return _with_version(answer(record), record["version"])


@router.patch("/{object_key}/{record_id}", include_in_schema=False)
def change_record(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """Change a record."""
    ctx = ctx_of(request)
    rights.get_object(ctx, object_key)
    found = record_id_of(record_id)
    body = dict(read_object(request))
    version = version_of(request, body)
    record = store.update(ctx, object_key, found, body, version=version)
    return _with_version(answer(record), record["version"])


@router.delete("/{object_key}/{record_id}", include_in_schema=False)
def delete_record(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """Move a record to the recycle bin."""
    ctx = ctx_of(request)
    rights.get_object(ctx, object_key)
    found = record_id_of(record_id)
    version = version_of(request, dict(read_object(request)))
    store.delete(ctx, object_key, found, version=version)
    return HttpResponse(status=204)


@router.get("/{object_key}/{record_id}/history", include_in_schema=False)
def record_history(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """The journal of a record."""
    limit, cursor, field = _limit(request, 50), request.GET.get("cursor"), request.GET.get("field")
    ctx, found = ctx_of(request), record_id_of(record_id)
    return answer(fetch_history(ctx, object_key, found, limit=limit, cursor=cursor, field=field or None))


@router.post("/{object_key}/{record_id}/reveal", include_in_schema=False)
def reveal_field(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """The value of a masked field; who asked for it is written down."""
    ctx, found = ctx_of(request), record_id_of(record_id)
    checks.count(f"reveal:{ctx.workspace.id}:{ctx.actor.user_id}", REVEALS_A_MINUTE)
    return answer(reveal(ctx, object_key, found, read_object(request).get("field")))


@router.get("/{object_key}/{record_id}/timeline", include_in_schema=False)
def record_timeline(request: HttpRequest, object_key: str, record_id: str) -> HttpResponse:
    """What happened with a record."""
    kinds = [kind for kind in request.GET.get("kinds", "").split(",") if kind] or None
    page = fetch_timeline(
        ctx_of(request),
        object_key,
        record_id_of(record_id),
        kinds=kinds,
        limit=_limit(request, 30),
        cursor=request.GET.get("cursor"),
    )
    return answer(page)


@router.post("/{object_key}/{record_id}/actions/{action_key}", include_in_schema=False)
def act_on_record(request: HttpRequest, object_key: str, record_id: str, action_key: str) -> HttpResponse:
    """Run an action on one record."""
    ctx = ctx_of(request)
    obj = rights.get_object(ctx, object_key)
    given = checked_object(read_object(request))
    return answer(run_action(ctx.with_batch(new_id()), obj, action_key, [record_id_of(record_id)], given))


def _moved(request: HttpRequest, object_key: str, record_id: uuid.UUID) -> HttpResponse:
    """The record was merged into another: where to go instead."""
    response = answer({"moved_to": str(record_id)}, 301)
    query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
    response["Location"] = f"/api/v1/{object_key}/{record_id}{query}"
    response["Cache-Control"] = "no-store"  # a merge may be taken back
    return response


def _with_version(response: HttpResponse, version: int) -> HttpResponse:
    response["ETag"] = f'"{version}"'
    return response


def _filter(text: str) -> Any:
    try:
        return read_json(text)
    except Problem as problem:
        raise invalid("filter", problem.code, BAD_FILTER) from problem


def _limit(request: HttpRequest, default: int) -> int:
    found = whole_number(request.GET.get("limit", str(default)))
    if found is None or not 1 <= found <= 200:
        raise invalid("limit", "out_of_range", BAD_LIMIT, max=200)
    return found
