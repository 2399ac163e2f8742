"""`/members/{user_id}/hand-over`: what somebody has, who would get it, and passing it on."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from guanxi.engine.handover import moving, planning
from guanxi.engine.records.routes.bodies import answer, ctx_of

router = Router(tags=["People"])


class HandOverPlan(Schema):
    """Who takes over: `to` everything (several take turns), `objects` otherwise for one object each."""

    model_config = ConfigDict(extra="forbid")

    to: list[uuid.UUID] = Field(default_factory=list, max_length=planning.MAX_RECEIVERS)
    objects: dict[str, list[uuid.UUID]] = Field(default_factory=dict, max_length=200)


class HandOverStart(HandOverPlan):
    """A plan to be carried out; `deactivate`: they can no longer sign in from now on."""

    deactivate: bool = False


@router.get(
    "/members/{user_id}/hand-over", operation_id="hand_over_look", summary="What somebody would hand over"
)
def look(request: HttpRequest, user_id: uuid.UUID) -> HttpResponse:
    """Records by object, open work by kind, their manager, and the last hand-over. Needs the area `members`."""
    return answer(planning.what_there_is(ctx_of(request), user_id))


@router.post(
    "/members/{user_id}/hand-over/preview", operation_id="hand_over_preview", summary="Who would get what"
)
def preview(request: HttpRequest, user_id: uuid.UUID, body: HandOverPlan) -> HttpResponse:
    """How many records of each object each receiver would get; nothing is changed."""
    ctx = ctx_of(request)
    return answer(planning.preview(ctx, user_id, planning.check_plan(ctx, user_id, body.to, body.objects)))


@router.post("/members/{user_id}/hand-over", operation_id="hand_over_start", summary="Hand over")
def start(request: HttpRequest, user_id: uuid.UUID, body: HandOverStart) -> HttpResponse:
    """Pass everything on, in the background; it can be undone among my changes."""
    ctx = ctx_of(request)
    row = moving.start(ctx, user_id, body.to, body.objects, deactivate=body.deactivate)
    return answer(planning.json_of(ctx, row), 202)


@router.get("/members/{user_id}/hand-over/{work_id}", operation_id="hand_over_get", summary="How far it is")
def progress(request: HttpRequest, user_id: uuid.UUID, work_id: uuid.UUID) -> HttpResponse:
    """Progress and outcome."""
    ctx = ctx_of(request)
    found: dict[str, Any] = planning.json_of(ctx, moving.get(ctx, user_id, work_id))
    return answer(found)
