"""`/deals`: how fast deals go through their stages, and which won ones are like one."""

import uuid
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router

from guanxi.domains.sales.pipeline.similar import similar_won
from guanxi.domains.sales.pipeline.velocity import velocity
from guanxi.engine.records.routes.bodies import answer
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.kit.json_limits import read_json

router = Router(tags=["Deals"])


@router.get("/deals/velocity", operation_id="deals_velocity", summary="How fast deals go through stages")
def get_velocity(
    request: ApiRequest,
    days: Annotated[int, Query(ge=1, le=3650, description="Stays that ended in so many past days.")] = 90,
    tree: Annotated[
        str | None, Query(alias="filter", max_length=20_000, description="A filter tree.")
    ] = None,
) -> HttpResponse:
    """By stage: how many went on, where, and after how many days; how many stand there now."""
    return answer(velocity(request.ctx, read_json(tree) if tree else None, days))


@router.get("/deals/{record_id}/similar", operation_id="deals_similar", summary="Won deals like this one")
def get_similar(request: ApiRequest, record_id: uuid.UUID) -> HttpResponse:
    """At most five, the most alike first, each with why."""
    return answer({"data": similar_won(request.ctx, record_id)})
