"""`/dashboards`: pages of reports, and their figures."""

from typing import Any

from ninja import Query, Router, Status

from guanxi.engine.dashboards import facade, schemas
from guanxi.engine.records.routes.bodies import version_of
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Dashboards"])


@router.get(
    "/dashboards",
    response=schemas.DashboardList,
    operation_id="dashboards_list",
    summary="List the dashboards",
)
def get_dashboards(request: ApiRequest) -> schemas.DashboardList:
    """Ready-made ones first, then one's own, one's team's and everyone's; `opens` stands on one's first page."""
    return schemas.DashboardList(data=[_shown(row) for row in facade.list_dashboards(request.ctx)])


@router.post(
    "/dashboards",
    response={201: schemas.Dashboard},
    operation_id="dashboards_create",
    summary="Save a dashboard",
)
def post_dashboard(request: ApiRequest, body: schemas.DashboardCreate) -> Status[schemas.Dashboard]:
    """A new dashboard: personal for everybody, a team's for its managers, everyone's for administrators."""
    made = facade.create_dashboard(request.ctx, _plain(body))
    return Status(201, _shown(facade.get_dashboard(request.ctx, str(made.id))))


@router.post(
    "/dashboards/preview",
    response=schemas.FigureList,
    operation_id="dashboards_preview",
    summary="Figures of widgets that are not saved",
)
def preview_dashboard(request: ApiRequest, body: schemas.DashboardDefinition) -> dict[str, Any]:
    """The figures of the widgets in the body, checked as if one saved them for oneself."""
    return facade.preview_figures(request.ctx, _plain(body))


@router.get(
    "/dashboards/{dashboard_id}",
    response=schemas.Dashboard,
    operation_id="dashboards_get",
    summary="One dashboard",
)
def get_one(request: ApiRequest, dashboard_id: str) -> schemas.Dashboard:
    """One dashboard; a ready-made one by its name (`builtin:sales_rep`)."""
    return _shown(facade.get_dashboard(request.ctx, dashboard_id))


@router.patch(
    "/dashboards/{dashboard_id}",
    response=schemas.Dashboard,
    operation_id="dashboards_update",
    summary="Change a dashboard",
)
def patch_dashboard(
    request: ApiRequest, dashboard_id: str, body: schemas.DashboardUpdate
) -> schemas.Dashboard:
    """Change a dashboard one may change. Needs its version (If-Match or `version`)."""
    given = body.dict(exclude_unset=True)
    if body.definition is not None:
        given["definition"] = _plain(body.definition)
    version = version_of(request, given)
    facade.update_dashboard(request.ctx, dashboard_id, given, version=version)
    return _shown(facade.get_dashboard(request.ctx, dashboard_id))


@router.delete(
    "/dashboards/{dashboard_id}",
    response={204: None},
    operation_id="dashboards_delete",
    summary="Delete a dashboard",
)
def remove_dashboard(request: ApiRequest, dashboard_id: str, version: int | None = None) -> Status[None]:
    """Remove a dashboard one may change. Needs its version (If-Match or `version`)."""
    facade.delete_dashboard(request.ctx, dashboard_id, version=version_of(request, {"version": version}))
    return Status(204, None)


@router.get(
    "/dashboards/{dashboard_id}/figures",
    response=schemas.FigureList,
    operation_id="dashboards_figures",
    summary="The figures of a dashboard",
)
def get_figures(request: ApiRequest, dashboard_id: str, asked: Query[schemas.FiguresAsked]) -> dict[str, Any]:
    """What its widgets count now, for the caller; a widget that cannot be counted says why in its place."""
    row = facade.get_dashboard(request.ctx, dashboard_id)
    wanted = set(asked.widgets.split(",")) if asked.widgets else None
    widgets = [w for w in row.definition["widgets"] if wanted is None or w["id"] in wanted]
    return facade.fetch_figures(request.ctx, widgets, asked.over(row.definition["filters"]))


def _plain(body: Any) -> dict[str, Any]:
    """A body as JSON has it: days as text, names as they are called there."""
    found: dict[str, Any] = body.model_dump(mode="json", by_alias=True)
    return found


def _shown(row: facade.DashboardRow) -> schemas.Dashboard:
    return schemas.Dashboard.model_validate(row, from_attributes=True)
