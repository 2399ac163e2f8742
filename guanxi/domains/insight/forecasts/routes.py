"""`/insight/forecast`: what will be won and what will come in."""

from django.http import HttpResponse
from ninja import Router

from guanxi.domains.insight.forecasts import telling
from guanxi.engine.records.routes.bodies import answer
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Insight"])


@router.get("/insight/forecast", operation_id="insight_forecast", summary="What will be won and come in")
def get_forecast(request: ApiRequest) -> HttpResponse:
    """The months to come with their range, how good earlier forecasts were, and teams; for who sees every deal."""
    return answer(telling.told(request.ctx))
