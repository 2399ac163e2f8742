"""`/targets/commissions`, `/targets/cards`, `/targets/contests`: what people earn, score and win."""

import uuid
from typing import Any

from django.http import HttpResponse
from ninja import Router

from guanxi.domains.sales.targets import cards, commissions, contests, schemas, statements
from guanxi.engine.records.routes.bodies import answer
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Commission and score cards"])


@router.get("/targets/commissions", operation_id="commission_rules", summary="Rules of commission")
def get_rules(request: ApiRequest) -> HttpResponse:
    """Those that pay me or people I look after."""
    return answer(statements.overview(request.ctx))


@router.post("/targets/commissions", operation_id="commission_create", summary="Make a rule of commission")
def create_rule(request: ApiRequest, body: schemas.CommissionCreate) -> HttpResponse:
    """For who holds the area `sales`."""
    return answer(commissions.create_rule(request.ctx, _plain(body)), 201)


@router.post("/targets/commissions/preview", operation_id="commission_preview", summary="Try a rule")
def preview(request: ApiRequest, body: schemas.CommissionPreview) -> HttpResponse:
    """What it would pay; nothing is stored."""
    ctx = request.ctx
    return answer(statements.preview(ctx, _plain(body.rule), body.day or ctx.today.date()))


@router.patch("/targets/commissions/{rule_id}", operation_id="commission_update", summary="Change a rule")
def update_rule(request: ApiRequest, rule_id: uuid.UUID, body: schemas.CommissionUpdate) -> HttpResponse:
    """What is left out stays. Needs the version. Closed statements stay as they are."""
    return answer(commissions.update_rule(request.ctx, rule_id, _plain(body)))


@router.delete("/targets/commissions/{rule_id}", operation_id="commission_delete", summary="Delete a rule")
def delete_rule(request: ApiRequest, rule_id: uuid.UUID) -> HttpResponse:
    """One by which nothing was closed."""
    commissions.delete_rule(request.ctx, rule_id)
    return HttpResponse(status=204)


@router.get(
    "/targets/commissions/{rule_id}/statement", operation_id="commission_statement", summary="Who earns what"
)
def get_statement(request: ApiRequest, rule_id: uuid.UUID, day: schemas.Day | None = None) -> HttpResponse:
    """My line, and those of people I look after: as it stands, or as it was closed."""
    ctx = request.ctx
    return answer(statements.statement(ctx, rule_id, day or ctx.today.date()))


@router.post(
    "/targets/commissions/{rule_id}/close", operation_id="commission_close", summary="Close a statement"
)
def close(request: ApiRequest, rule_id: uuid.UUID, body: schemas.CommissionClosing) -> HttpResponse:
    """Once its period is over, by who sees every record; it cannot be opened again."""
    return answer(statements.close(request.ctx, rule_id, body.day))


@router.get("/targets/cards", operation_id="score_cards", summary="Score cards")
def get_cards(request: ApiRequest, day: schemas.Day | None = None) -> HttpResponse:
    """With the scores of those whose figures I see."""
    ctx = request.ctx
    return answer(cards.cards(ctx, day or ctx.today.date()))


@router.post("/targets/cards", operation_id="score_card_create", summary="Make a score card")
def create_card(request: ApiRequest, body: schemas.ScoreCardCreate) -> HttpResponse:
    """For who holds the area `sales`."""
    return answer(cards.save_card(request.ctx, None, body.dict()), 201)


@router.patch("/targets/cards/{card_id}", operation_id="score_card_update", summary="Change a score card")
def update_card(request: ApiRequest, card_id: uuid.UUID, body: schemas.ScoreCardUpdate) -> HttpResponse:
    """What is left out stays. Needs the version."""
    return answer(cards.save_card(request.ctx, card_id, body.dict(exclude_unset=True)))


@router.delete("/targets/cards/{card_id}", operation_id="score_card_delete", summary="Delete a score card")
def delete_card(request: ApiRequest, card_id: uuid.UUID) -> HttpResponse:
    """Its targets stay."""
    cards.delete_card(request.ctx, card_id)
    return HttpResponse(status=204)


@router.get("/targets/contests", operation_id="contests", summary="Competitions")
def get_contests(request: ApiRequest) -> HttpResponse:
    """The newest that I take part in, with who leads or who won."""
    return answer(contests.contests(request.ctx))


@router.post("/targets/contests", operation_id="contest_create", summary="Make a competition")
def create_contest(request: ApiRequest, body: schemas.ContestCreate) -> HttpResponse:
    """For who holds the area `sales`; its winners are written down the day after it ends."""
    return answer(contests.save_contest(request.ctx, None, body.dict()), 201)


@router.patch("/targets/contests/{contest_id}", operation_id="contest_update", summary="Change a competition")
def update_contest(request: ApiRequest, contest_id: uuid.UUID, body: schemas.ContestUpdate) -> HttpResponse:
    """One that is not over. What is left out stays. Needs the version."""
    return answer(contests.save_contest(request.ctx, contest_id, body.dict(exclude_unset=True)))


@router.delete(
    "/targets/contests/{contest_id}", operation_id="contest_delete", summary="Delete a competition"
)
def delete_contest(request: ApiRequest, contest_id: uuid.UUID) -> HttpResponse:
    """Its badges go with it."""
    contests.delete_contest(request.ctx, contest_id)
    return HttpResponse(status=204)


def _plain(body: Any) -> dict[str, Any]:
    """A body by the names of the API (`from` is no name in Python)."""
    found: dict[str, Any] = body.model_dump(exclude_unset=True, by_alias=True)
    return found
