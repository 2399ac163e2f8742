"""`/teams`: the department tree, as a flat list."""

import uuid

from ninja import Router, Status

from guanxi.engine.identity import schemas
from guanxi.engine.identity.actions.teams import create_team, delete_team, update_team
from guanxi.engine.identity.queries import get_team_row, list_teams
from guanxi.engine.identity.routes.shapes import team_of
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["People"])


@router.get("/teams", response=schemas.TeamList, operation_id="teams_list", summary="List teams")
def get_teams(request: ApiRequest) -> schemas.TeamList:
    """Every team of the workspace."""
    return schemas.TeamList(data=[team_of(row) for row in list_teams(request.ctx)])


@router.post("/teams", response={201: schemas.Team}, operation_id="teams_create", summary="Create a team")
def post_team(request: ApiRequest, body: schemas.TeamCreate) -> Status[schemas.Team]:
    """A new team. Administrators only."""
    team = create_team(request.ctx, name=body.name, parent=body.parent, manager=body.manager)
    return Status(201, team_of(get_team_row(request.ctx, team.id)))


@router.patch("/teams/{team_id}", response=schemas.Team, operation_id="teams_update", summary="Change a team")
def patch_team(request: ApiRequest, team_id: uuid.UUID, body: schemas.TeamUpdate) -> schemas.Team:
    """Rename or move a team, or change its manager. Administrators only."""
    update_team(request.ctx, team_id, body.dict(exclude_unset=True))
    return team_of(get_team_row(request.ctx, team_id))


@router.delete("/teams/{team_id}", response={204: None}, operation_id="teams_delete", summary="Delete a team")
def remove_team(request: ApiRequest, team_id: uuid.UUID) -> Status[None]:
    """Remove a team that has none below it; its people stay. Administrators only."""
    delete_team(request.ctx, team_id)
    return Status(204, None)
