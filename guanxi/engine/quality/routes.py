"""`/quality`: how good the data is, what to work on, and what the program can put right."""

import uuid
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from guanxi.engine.quality import applying, proposing, settings, shown
from guanxi.engine.records import confirming, marks
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object, version_of
from guanxi.engine.records.routes.records import checks
from guanxi.engine.schema.changes import require_admin

router = Router(tags=["Data quality"])
MEASURES_A_MINUTE = 10


@router.get("/quality", operation_id="quality_list", summary="How good the data of every object is")
def overview(request: HttpRequest) -> HttpResponse:
    """The last figures of each object and their trend over 30 days; for administrators and managers."""
    return answer(shown.overview(ctx_of(request)))


@router.get("/quality/{object_key}", operation_id="quality_get", summary="How good the data of an object is")
def review(request: HttpRequest, object_key: str) -> HttpResponse:
    """Scores, fields, owners, sources and worst offenders among what the caller sees, with their filters."""
    return answer(shown.review(ctx_of(request), object_key))


@router.patch("/quality/{object_key}", operation_id="quality_settings", summary="What counts as good data")
def save(request: HttpRequest, object_key: str) -> HttpResponse:
    """`weights`, `fields`, `review_days` (null: the default). Needs the version; administrators only."""
    ctx = ctx_of(request)
    require_admin(ctx, "quality")
    body = dict(read_object(request))
    version = version_of(request, body)
    return answer(settings.save_settings(ctx, shown.reviewed(ctx, object_key), body, version).as_json())


@router.post("/quality/{object_key}/measure", operation_id="quality_measure", summary="Measure an object now")
def measure(request: HttpRequest, object_key: str) -> HttpResponse:
    """Take today's figures anew; for administrators and managers."""
    ctx = ctx_of(request)
    checks.count(f"quality:{ctx.workspace.id}", MEASURES_A_MINUTE)
    return answer(shown.measure_now(ctx, object_key))


@router.get(
    "/quality/{object_key}/worklist", operation_id="quality_worklist", summary="Records that fail a check"
)
def work_list(
    request: HttpRequest,
    object_key: str,
    check: Annotated[str, Query(max_length=20)],
    field: Annotated[str, Query(max_length=40)] = "",
) -> HttpResponse:
    """The filter of the first 100 records that fail a check.

    `shared`: they share a key. `overdue`: the value of `field` (of any, without one) is to be confirmed again. `unsound`: the value of `field` has not its form. `broken`: they break the
    validation whose id is `field`.
    """
    return answer(shown.work_list(ctx_of(request), object_key, check, field))


@router.get("/quality/{object_key}/repairs", operation_id="quality_repairs", summary="Proposed repairs")
def repairs(request: HttpRequest, object_key: str) -> HttpResponse:
    """What the program can put right, with examples before and after, and what it did lately."""
    ctx = ctx_of(request)
    obj = shown.reviewed(ctx, object_key)
    return answer({"data": proposing.previews(ctx, obj), "runs": applying.recent_runs(ctx, obj)})


@router.post(
    "/quality/{object_key}/repairs/{key}", operation_id="quality_repair", summary="Apply a proposed repair"
)
def repair(request: HttpRequest, object_key: str, key: str) -> HttpResponse:
    """To all records the caller may change; over 1,000 in the background. Undone by its `batch`."""
    ctx = ctx_of(request)
    return answer(applying.apply(ctx, shown.reviewed(ctx, object_key), key))


MARKS = "/quality/{object_key}/marks/{record_id}"


@router.get(MARKS, operation_id="quality_marks", summary="Fields of a record that lead nowhere")
def list_marks(request: HttpRequest, object_key: str, record_id: uuid.UUID) -> HttpResponse:
    """Phone numbers and addresses that somebody marked: `bounced` or `wrong`."""
    return answer({"data": marks.marks_of(ctx_of(request), object_key, record_id)})


@router.put(MARKS + "/{field}", operation_id="quality_mark", summary="Mark a phone number or an address")
def set_mark(request: HttpRequest, object_key: str, record_id: uuid.UUID, field: str) -> HttpResponse:
    """`{"kind": "bounced" | "wrong"}`. Changing the value takes the mark away."""
    ctx, body = ctx_of(request), read_object(request)
    marks.set_mark(ctx, object_key, record_id, field, body.get("kind"))
    return answer({"data": marks.marks_of(ctx, object_key, record_id)})


@router.delete(MARKS + "/{field}", operation_id="quality_unmark", summary="Take a mark away")
def clear_mark(request: HttpRequest, object_key: str, record_id: uuid.UUID, field: str) -> HttpResponse:
    """The value leads there after all."""
    ctx = ctx_of(request)
    marks.clear_mark(ctx, object_key, record_id, field)
    return answer({"data": marks.marks_of(ctx, object_key, record_id)})


CONFIRMATIONS = "/quality/{object_key}/confirmations/{record_id}"


@router.get(
    CONFIRMATIONS, operation_id="quality_confirmations", summary="When values of a record were confirmed"
)
def list_confirmations(request: HttpRequest, object_key: str, record_id: uuid.UUID) -> HttpResponse:
    """Of each filled field with a review rhythm: when it was confirmed last and when it is due again."""
    return answer({"data": confirming.confirmations_of(ctx_of(request), object_key, record_id)})


@router.put(CONFIRMATIONS + "/{field}", operation_id="quality_confirm", summary="Confirm a value")
def confirm(request: HttpRequest, object_key: str, record_id: uuid.UUID, field: str) -> HttpResponse:
    """Somebody has checked that the value still holds: its rhythm begins anew."""
    ctx = ctx_of(request)
    confirming.confirm(ctx, object_key, record_id, field)
    return answer({"data": confirming.confirmations_of(ctx, object_key, record_id)})
