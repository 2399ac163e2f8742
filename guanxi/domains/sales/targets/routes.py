"""`/targets`: what is aimed at, by whom, and how everybody stands."""

import uuid

from django.http import HttpResponse
from ninja import Router

from guanxi.domains.sales.targets import board, grid, plans, schemas, standing
from guanxi.engine.records.routes.bodies import answer
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Targets"])
SPLITS_A_MINUTE = 60


@router.get("/targets", operation_id="targets_standing", summary="How everybody stands")
def get_standing(
    request: ApiRequest, unit: schemas.Unit = "month", day: schemas.Day | None = None, mine: bool = False
) -> HttpResponse:
    """Targets, what was reached and the pace, of those whose records I see, in the period `day` (today) is in."""
    ctx = request.ctx
    return answer(standing.standing(ctx, unit, day or ctx.today.date(), mine=mine))


@router.get("/targets/plans", operation_id="targets_plans", summary="What is aimed at")
def get_plans(request: ApiRequest) -> HttpResponse:
    """All plans of those I may set targets of or look at, and the measures there are."""
    return answer(grid.overview(request.ctx))


@router.post("/targets/plans", operation_id="targets_plan_create", summary="Aim at something")
def create_plan(request: ApiRequest, body: schemas.TargetPlanCreate) -> HttpResponse:
    """The last in order; for who holds the area `sales`."""
    return answer(plans.create_plan(request.ctx, body.dict()), 201)


@router.patch("/targets/plans/{plan_id}", operation_id="targets_plan_update", summary="Change a plan")
def update_plan(request: ApiRequest, plan_id: uuid.UUID, body: schemas.TargetPlanUpdate) -> HttpResponse:
    """What is left out stays. Needs the version. Measure and period stay once there are numbers."""
    return answer(plans.update_plan(request.ctx, plan_id, body.dict(exclude_unset=True)))


@router.delete("/targets/plans/{plan_id}", operation_id="targets_plan_delete", summary="Delete a plan")
def delete_plan(request: ApiRequest, plan_id: uuid.UUID) -> HttpResponse:
    """With everybody's numbers in it."""
    plans.delete_plan(request.ctx, plan_id)
    return HttpResponse(status=204)


@router.get("/targets/plans/{plan_id}/grid", operation_id="targets_grid", summary="The grid of a year")
def get_grid(request: ApiRequest, plan_id: uuid.UUID, year: schemas.Year | None = None) -> HttpResponse:
    """Everybody's cells, and what was reached the year before; for who sets targets."""
    return answer(grid.grid(request.ctx, plan_id, year or request.ctx.today.year))


@router.put("/targets/plans/{plan_id}/cells", operation_id="targets_cells", summary="Store cells of the grid")
def save_cells(request: ApiRequest, plan_id: uuid.UUID, body: schemas.TargetCells) -> HttpResponse:
    """All of them or none; gives how many differ from what was there."""
    return answer({"changed": grid.save_cells(request.ctx, plan_id, [cell.dict() for cell in body.cells])})


@router.post("/targets/plans/{plan_id}/split", operation_id="targets_split", summary="Split an amount")
def split(request: ApiRequest, plan_id: uuid.UUID, body: schemas.TargetSplit) -> HttpResponse:
    """Among people and periods, so that it adds up to the cent; nothing is stored."""
    checks.count(f"targets:{request.ctx.workspace.id}", SPLITS_A_MINUTE)
    return answer({"data": grid.propose(request.ctx, plan_id, body.dict())})


@router.get("/targets/plans/{plan_id}/board", operation_id="targets_board", summary="The leaderboard")
def get_board(
    request: ApiRequest,
    plan_id: uuid.UUID,
    unit: schemas.Unit = "month",
    day: schemas.Day | None = None,
) -> HttpResponse:
    """The best first; people who opted out stand without a name."""
    ctx = request.ctx
    return answer(board.board(ctx, plan_id, unit, day or ctx.today.date()))


@router.put("/targets/shy", operation_id="targets_shy", summary="Stand on leaderboards without a name")
def save_shy(request: ApiRequest, body: schemas.TargetNameless) -> HttpResponse:
    """Holds for all boards of this workspace."""
    return answer({"shy": board.save_shy(request.ctx, body.shy)})
