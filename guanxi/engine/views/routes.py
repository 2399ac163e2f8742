"""`/views`: saved and built-in ways to look at records."""

from typing import Annotated

from ninja import Query, Router, Status

from guanxi.engine.records.routes.bodies import version_of
from guanxi.engine.tenancy.requests import ApiRequest
from guanxi.engine.views import facade, schemas

router = Router(tags=["Views"])


@router.get(
    "/views", response=schemas.ViewList, operation_id="views_list", summary="List the views of an object"
)
def get_views(request: ApiRequest, object: Annotated[str, Query(max_length=60)]) -> schemas.ViewList:  # noqa: A002
    """The built-in views of the object, one's own, one's team's and everyone's, in order."""
    return schemas.ViewList(data=[_shown(row) for row in facade.list_views(request.ctx, object)])


@router.get("/reports", response=schemas.ViewList, operation_id="reports_list", summary="List the reports")
def get_reports(request: ApiRequest) -> schemas.ViewList:
    """The views that are reports, of every object one sees: ready-made ones first, then saved ones."""
    return schemas.ViewList(data=[_shown(row) for row in facade.list_reports(request.ctx)])


@router.post("/views", response={201: schemas.View}, operation_id="views_create", summary="Save a view")
def post_view(request: ApiRequest, body: schemas.ViewCreate) -> Status[schemas.View]:
    """A new view: personal for everybody, a team's for its managers, everyone's for administrators."""
    view = facade.create_view(request.ctx, body.dict())
    return Status(201, _shown(facade.get_view(request.ctx, str(view.id))))


@router.get("/views/{view_id}", response=schemas.View, operation_id="views_get", summary="One view")
def get_one(
    request: ApiRequest,
    view_id: str,
    object: Annotated[str | None, Query(max_length=60)] = None,  # noqa: A002
) -> schemas.View:
    """One view; a built-in one is named together with its object."""
    return _shown(facade.get_view(request.ctx, view_id, object))


@router.patch("/views/{view_id}", response=schemas.View, operation_id="views_update", summary="Change a view")
def patch_view(request: ApiRequest, view_id: str, body: schemas.ViewUpdate) -> schemas.View:
    """Change a view one may change. Needs its version (If-Match or `version`)."""
    given = body.dict(exclude_unset=True)
    version = version_of(request, given)
    facade.update_view(request.ctx, view_id, given, version=version)
    return _shown(facade.get_view(request.ctx, view_id))


@router.delete("/views/{view_id}", response={204: None}, operation_id="views_delete", summary="Delete a view")
def remove_view(request: ApiRequest, view_id: str, version: int | None = None) -> Status[None]:
    """Remove a view one may change. Needs its version (If-Match or `version`)."""
    facade.delete_view(request.ctx, view_id, version=version_of(request, {"version": version}))
    return Status(204, None)


def _shown(row: facade.ViewRow) -> schemas.View:
    return schemas.View.model_validate(row, from_attributes=True)
