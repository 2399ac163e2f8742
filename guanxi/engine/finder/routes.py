"""`/{object}/duplicates/…`: looking for duplicates in a whole object, and going through what was found."""

import uuid

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.access import rights
from guanxi.engine.finder import merging, queue, running
from guanxi.engine.finder.comparing import default_rule
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object
from guanxi.kit.matching.rules import RULES

router = Router(tags=["Duplicates"])


@router.post("/{object_key}/duplicates/runs", operation_id="duplicates_run", summary="Look for duplicates")
def start_run(request: HttpRequest, object_key: str) -> HttpResponse:
    """`{"rule": "company" or "person", "threshold"}`: in the background; for administrators and managers."""
    return answer(running.start(ctx_of(request), object_key, read_object(request)), 201)


@router.get(
    "/{object_key}/duplicates/runs/latest", operation_id="duplicates_latest_run", summary="The latest search"
)
def latest_run(request: HttpRequest, object_key: str) -> HttpResponse:
    """How far it is, or what it found; `data` is null before the first. Also what the caller may do."""
    ctx = ctx_of(request)
    obj = rights.get_object(ctx, object_key)
    run = running.latest(ctx, obj.key)
    rules = [{"key": rule.key, "label": rule.label.as_dict()} for rule in RULES.values()]
    return answer(
        {
            "data": running.described(run) if run else None,
            "rules": rules,
            "default_rule": default_rule(obj),
            "can_run": running.may_run(ctx),
            "can_merge_all": ctx.actor.manages("quality"),
        }
    )


@router.get("/{object_key}/duplicates/clusters", operation_id="duplicates_clusters", summary="What was found")
def list_clusters(
    request: HttpRequest,
    object_key: str,
    state: str = "open",
    cursor: str | None = None,
    limit: int = queue.PAGE,
) -> HttpResponse:
    """Clusters with the records that the caller may see and the reasons, the surest first."""
    found = queue.page(ctx_of(request), object_key, state=state, cursor=cursor, limit=limit)
    return answer({"data": found.data, "page": {"next": found.next, "count": None}})


@router.post(
    "/{object_key}/duplicates/clusters/{cluster_id}/decide",
    operation_id="duplicates_decide",
    summary="Say what a cluster is",
)
def decide(request: HttpRequest, object_key: str, cluster_id: uuid.UUID) -> HttpResponse:
    """`{"decision": "different" | "later" | "open", "records"}`; `records` are those that differ from the rest."""
    return answer(queue.decide(ctx_of(request), object_key, cluster_id, read_object(request)))


@router.post(
    "/{object_key}/duplicates/merge/preview",
    operation_id="duplicates_merge_preview",
    summary="Count a bulk merge",
)
def preview_merge(request: HttpRequest, object_key: str) -> HttpResponse:
    """`{"threshold"}`: how many clusters and records a bulk merge would touch; for administrators."""
    return answer(merging.preview(ctx_of(request), object_key, read_object(request)))


@router.post(
    "/{object_key}/duplicates/merge", operation_id="duplicates_merge", summary="Merge all above a score"
)
def merge_all(request: HttpRequest, object_key: str) -> HttpResponse:
    """`{"threshold", "expect"}`: merge every open cluster from that score on, in the background."""
    return answer(merging.start(ctx_of(request), object_key, read_object(request)), 202)
