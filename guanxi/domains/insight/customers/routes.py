"""`/insight`: the firm's figures, a customer's card, the rules, and computing on demand."""

import uuid

from django.http import HttpResponse
from ninja import Query, Router

from guanxi.domains.insight.customers import card, deciding, home, schemas, tasks, tiering
from guanxi.engine.records.routes.bodies import answer
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Insight"])


@router.get("/insight", operation_id="insight_home", summary="What the firm's history says")
def get_home(request: ApiRequest) -> HttpResponse:
    """A card for each of the ten C, stages, segments, who brings the profit; of the customers that I see."""
    return answer(home.home(request.ctx))


@router.get("/insight/customers/{customer_id}", operation_id="insight_card", summary="Insight of a customer")
def get_card(request: ApiRequest, customer_id: uuid.UUID) -> HttpResponse:
    """Each figure that I may read with why, by which model and as of when; what it was before."""
    return answer(card.card(request.ctx, customer_id))


@router.get(
    "/insight/tiers", operation_id="insight_tiers", summary="Tiers: other cuts, moves, who costs money"
)
def get_tiers(request: ApiRequest, query: Query[schemas.TiersAsked]) -> HttpResponse:
    """What other cuts would change, who has moved since a month, and who costs more than they bring; nothing is changed."""
    given = query.dict(exclude_none=True)
    since = given.pop("since", None)
    return answer(tiering.told(request.ctx, given, since))


@router.get("/insight/settings", operation_id="insight_settings", summary="The rules of insight")
def get_settings(request: ApiRequest) -> HttpResponse:
    """What stages and tiers follow from, and whether I may change it."""
    return answer(deciding.told(request.ctx))


@router.patch(
    "/insight/settings", operation_id="insight_settings_update", summary="Change the rules of insight"
)
def patch_settings(request: ApiRequest, body: schemas.InsightRulesIn) -> HttpResponse:
    """For who holds the area `insight`. They count from the next run on."""
    given = body.dict(exclude_unset=True, exclude_none=True)
    return answer(deciding.decide(request.ctx, given.pop("version"), given))


@router.post("/insight/runs", response={202: None}, operation_id="insight_run", summary="Compute insight now")
def post_run(request: ApiRequest) -> HttpResponse:
    """For who holds the area `insight`; 409 while one is under way."""
    deciding.require_area(request.ctx)
    return answer(home.run_json(tasks.start(request.ctx, nightly=False)), 202)
