"""`/follow-ups`: writing down what happened; `/follow-ups/plans`: what is to be done about whom;
`/follow-ups/review`, `/follow-ups/reports`: what a team did; `/remarks`: what is said about it.
"""

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Query, Router, Status

from guanxi.domains.sales.follow_up import remarks, reporting, reviewing, schemas, writing_down
from guanxi.domains.sales.follow_up.plans import settings
from guanxi.engine.records.routes.bodies import answer
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Follow-up"])


@router.post(
    "/follow-ups",
    response={201: schemas.FollowedUp},
    operation_id="follow_ups_create",
    summary="Log a follow-up",
)
def post_follow_up(request: ApiRequest, body: schemas.FollowUpIn) -> Status[dict[str, Any]]:
    """The activity, the next step and the tasks done with it, written together or not at all."""
    return Status(201, writing_down.write_down(request.ctx, body.dict()))


@router.get(
    "/follow-ups/plans",
    response=schemas.FollowUpPlanList,
    operation_id="follow_up_plans_list",
    summary="Follow-up plans",
)
def get_plans(request: ApiRequest) -> dict[str, Any]:
    """All plans; needs the area `rules`."""
    return {"data": settings.list_plans(request.ctx)}


@router.post(
    "/follow-ups/plans",
    response={201: schemas.FollowUpPlan},
    operation_id="follow_up_plans_create",
    summary="Make a follow-up plan",
)
def post_plan(request: ApiRequest, body: schemas.FollowUpPlanCreate) -> Status[dict[str, Any]]:
    """A new plan, switched off; needs the area `rules`."""
    return Status(201, settings.create_plan(request.ctx, body.dict()))


@router.post(
    "/follow-ups/plans/preview",
    response=schemas.FollowUpPlanPreview,
    operation_id="follow_up_plans_preview",
    summary="Who fits a plan",
)
def preview_plan(request: ApiRequest, body: schemas.FollowUpPlanQuestion) -> dict[str, Any]:
    """How many records fit a condition now; needs the area `rules`."""
    return settings.preview(request.ctx, body.object, body.condition)


@router.patch(
    "/follow-ups/plans/{follow_up_plan_id}",
    response=schemas.FollowUpPlan,
    operation_id="follow_up_plans_update",
    summary="Change a plan",
)
def patch_plan(
    request: ApiRequest, follow_up_plan_id: uuid.UUID, body: schemas.FollowUpPlanUpdate
) -> dict[str, Any]:
    """Change what is given, based on `version`, switch it on or off; needs the area `rules`."""
    return settings.update_plan(request.ctx, follow_up_plan_id, body.dict(exclude_unset=True))


@router.delete(
    "/follow-ups/plans/{follow_up_plan_id}",
    response={204: None},
    operation_id="follow_up_plans_delete",
    summary="Delete a plan",
)
def delete_plan(request: ApiRequest, follow_up_plan_id: uuid.UUID) -> Status[None]:
    """Its tasks stay; needs the area `rules`."""
    settings.delete_plan(request.ctx, follow_up_plan_id)
    return Status(204, None)


@router.get(
    "/follow-ups/review",
    response=schemas.FollowUpReview,
    operation_id="follow_ups_review",
    summary="What a team did",
)
def get_review(
    request: ApiRequest,
    first: Annotated[date | None, Query(alias="from")] = None,
    last: Annotated[date | None, Query(alias="to")] = None,
    person: uuid.UUID | None = None,
    before: datetime | None = None,
) -> dict[str, Any]:
    """The follow-ups that the caller sees of the days from `from` to `to` (today), newest first, and who did how many."""
    today = request.ctx.today.date()
    return reviewing.review(request.ctx, first or last or today, last or today, person=person, before=before)


@router.post("/follow-ups/reports", operation_id="follow_ups_report", summary="Write a work report")
def post_report(request: ApiRequest, body: schemas.WorkReportIn) -> HttpResponse:
    """The caller's report of the period, filled from what they logged; a draft gets its figures anew."""
    return answer(reporting.draft(request.ctx, body.kind, body.day))


@router.get(
    "/remarks/{object_key}/{record_id}",
    response=schemas.RemarkList,
    operation_id="remarks_list",
    summary="Remarks",
)
def get_remarks(request: ApiRequest, object_key: str, record_id: uuid.UUID) -> dict[str, Any]:
    """What was said about a record, oldest first."""
    return {"data": remarks.list_remarks(request.ctx, object_key, record_id)}


@router.post(
    "/remarks/{object_key}/{record_id}", response={201: schemas.RecordRemark}, operation_id="remarks_add",
    summary="Say something about a record",
)  # fmt: skip
def post_remark(
    request: ApiRequest, object_key: str, record_id: uuid.UUID, body: schemas.RemarkIn
) -> Status[dict[str, Any]]:
    """Those mentioned are told; nobody can be called to what they may not see."""
    return Status(201, remarks.add_remark(request.ctx, object_key, record_id, body.body, body.mentions))


@router.delete(
    "/remarks/{remark_id}", response={204: None}, operation_id="remarks_delete", summary="Take a remark back"
)
def delete_remark(request: ApiRequest, remark_id: uuid.UUID) -> Status[None]:
    """One's own; administrators those of everybody."""
    remarks.delete_remark(request.ctx, remark_id)
    return Status(204, None)
