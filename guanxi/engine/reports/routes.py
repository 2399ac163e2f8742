"""`/reports/…`: the figures of a report, saved or not."""

from typing import Any

from ninja import Router

from guanxi.engine.access import rights
from guanxi.engine.reports import schemas
from guanxi.engine.reports.explaining import explain
from guanxi.engine.reports.figures import count_report
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.engine.views.definitions import check_definition

router = Router(tags=["Views"])


@router.post(
    "/reports/query",
    response=schemas.ReportFigures,
    operation_id="reports_query",
    summary="Count a report",
)
def query_report(request: ApiRequest, body: schemas.ReportAsked) -> dict[str, Any]:
    """The figures of a definition, for the caller; beside what they were before, where it says so."""
    obj = rights.get_object(request.ctx, body.object)
    return count_report(
        request.ctx, obj, check_definition(request.ctx, obj, "report", body.definition), q=body.q
    )


@router.post(
    "/reports/explain",
    response=schemas.Explanation,
    operation_id="reports_explain",
    summary="Explain the change of a figure",
)
def explain_change(request: ApiRequest, body: schemas.ExplanationAsked) -> dict[str, Any]:
    """Which segments moved a figure between the two periods that the definition compares, for the caller."""
    obj = rights.get_object(request.ctx, body.object)
    definition = check_definition(request.ctx, obj, "report", body.definition)
    return explain(request.ctx, obj, definition, measure=body.measure, q=body.q)
