"""`/privacy/retention`: how long records are kept, what a rule would do, what it did."""

import uuid

from django.http import HttpRequest, HttpResponse
from ninja import Router

from guanxi.engine.privacy import retention, retiring, rows
from guanxi.engine.records.routes.bodies import answer, ctx_of, read_object, version_of

router = Router(tags=["Privacy"])
ONE = "/privacy/retention/{retention_id}"


@router.get("/privacy/retention", operation_id="privacy_retention", summary="Retention rules and their runs")
def list_rules(request: HttpRequest) -> HttpResponse:
    """Every rule, and what the last runs did."""
    return answer(retention.list_rules(ctx_of(request)))


@router.post("/privacy/retention", operation_id="privacy_create_retention", summary="Make a retention rule")
def create_rule(request: HttpRequest) -> HttpResponse:
    """`name`, `object_key`, `filter`, `age_field`, `period`, `unit`, `action`, `fields`; it is off at first."""
    return answer(retention.shown(retention.create(ctx_of(request), read_object(request))), 201)


@router.patch(ONE, operation_id="privacy_update_retention", summary="Change a retention rule")
def update_rule(request: HttpRequest, retention_id: uuid.UUID) -> HttpResponse:
    """Needs the version. A change switches it off; `{"enabled": true}` alone switches on what was tried."""
    ctx, body = ctx_of(request), dict(read_object(request))
    rows.require_desk(ctx)
    version = version_of(request, body)
    return answer(retention.shown(retention.update(ctx, retention_id, body, version)))


@router.delete(ONE, operation_id="privacy_delete_retention", summary="Delete a retention rule")
def delete_rule(request: HttpRequest, retention_id: uuid.UUID) -> HttpResponse:
    """What it did stays in the list of runs."""
    retention.delete(ctx_of(request), retention_id)
    return HttpResponse(status=204)


@router.post(f"{ONE}/trial", operation_id="privacy_try_retention", summary="What a rule would do")
def try_rule(request: HttpRequest, retention_id: uuid.UUID) -> HttpResponse:
    """A count, how many are held back, and samples; nothing is changed."""
    return answer(retention.trial(ctx_of(request), retention_id))


@router.post(f"{ONE}/run", operation_id="privacy_run_retention", summary="Run a rule now")
def run_rule(request: HttpRequest, retention_id: uuid.UUID) -> HttpResponse:
    """In the background; only a rule that is on."""
    return answer(retiring.run_now(ctx_of(request), retention_id), 202)


@router.post(
    "/privacy/retention/runs/{run_id}/undo", operation_id="privacy_undo_retention", summary="Undo a run"
)
def undo_run(request: HttpRequest, run_id: uuid.UUID) -> HttpResponse:
    """Brings archived records back and switches the rule off."""
    return answer(retiring.undo(ctx_of(request), run_id))
