"""What goes in and out of `/dashboards`, as it stands in the OpenAPI document."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

from guanxi.engine.dashboards.definitions import COLUMNS, MAX_WIDGETS
from guanxi.engine.views.schemas import Compare, Name, ReportMeasure, RoleKey, Scope

OPEN = "all"
Day = date
"""Under another name: some schemas have a field that is called `date`."""
Key = Annotated[str, StringConstraints(max_length=60)]
Path = Annotated[str, StringConstraints(max_length=200)]


class Period(Schema):
    """Days from `from` to `to`, both included."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]


Window = Annotated[str, StringConstraints(max_length=30)]


class Filters(Schema):
    """The filter bar: a period (`this_month` or days), a person (`me` or an id), a team (`my_teams` or an id)."""

    model_config = ConfigDict(extra="forbid")

    period: Period | Window | None = None
    owner: Key | None = None
    team: Key | None = None


class Widget(Schema):
    """A place in the grid with a report: `view` names one, or `definition` holds one of its own.

    A `figure` is the report's first measure over everything, `compare` what it stands beside. `date` is the field that
    periods go by; `period` the widget's own, while the filter bar names none.
    """

    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
    x: Annotated[int, Field(ge=0, lt=COLUMNS)]
    y: Annotated[int, Field(ge=0, le=1000)]
    w: Annotated[int, Field(ge=1, le=COLUMNS)]
    h: Annotated[int, Field(ge=1, le=60)]
    name: Name | None = None
    kind: Literal["report", "figure"] = "report"
    object: Key
    view: Key | None = None
    definition: dict[str, Any] | None = None
    date: Path | None = None
    compare: Literal["previous", "year"] | None = None
    period: Period | Window | None = None


class DashboardDefinition(Schema):
    """What a dashboard shows, and how its filter bar starts."""

    model_config = ConfigDict(extra="forbid")

    widgets: Annotated[list[Widget], Field(max_length=MAX_WIDGETS)] = Field(default_factory=list)
    filters: Filters = Field(default_factory=Filters)


class Dashboard(Schema):
    """Reports side by side. `mine`: the caller may change it; `opens`: it is the caller's first page."""

    id: str
    name: str | dict[str, str]
    about: dict[str, str] | None
    scope: Scope
    team: uuid.UUID | None
    is_default: bool
    default_roles: list[str]
    locked: bool
    mine: bool
    builtin: bool
    opens: bool
    version: int
    definition: DashboardDefinition


class DashboardList(Schema):
    """The dashboards that one sees."""

    data: list[Dashboard]


class DashboardCreate(Schema):
    """A new dashboard."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    scope: Scope = "personal"
    team: uuid.UUID | None = None
    is_default: bool = False
    default_roles: list[RoleKey] = Field(default_factory=list)
    definition: DashboardDefinition = Field(default_factory=DashboardDefinition)


class DashboardUpdate(Schema):
    """What to change; the definition is given whole. `version` may stand here instead of in If-Match."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    scope: Scope | None = None
    team: uuid.UUID | None = None
    is_default: bool | None = None
    default_roles: list[RoleKey] | None = None
    locked: bool | None = None
    definition: DashboardDefinition | None = None
    version: int | None = None


class FiguresAsked(Schema):
    """The filter bar: what is left out is as the dashboard has it, `all` is open. Days are `2026-01-01~2026-03-31`.

    `widgets` are ids with commas between; without it, all of them.
    """

    model_config = ConfigDict(extra="forbid")

    period: Annotated[str, StringConstraints(max_length=30)] | None = None
    owner: Key | None = None
    team: Key | None = None
    widgets: Annotated[str, StringConstraints(max_length=61 * MAX_WIDGETS)] | None = None

    def over(self, own: dict[str, Any]) -> dict[str, Any]:
        """These filters over those of the dashboard."""
        given = {name: getattr(self, name) for name in ("period", "owner", "team")}
        said = {name: None if value == OPEN else value for name, value in given.items() if value}
        first, between, last = (said.get("period") or "").partition("~")
        if between:
            said["period"] = {"from": first, "to": last}
        return own | said


class FigureError(Schema):
    """Why a widget has no figures."""

    code: str
    message: str


class ReportDefinition(Schema):
    """The report that was counted; its filter finds exactly those records."""

    filter: Any = None
    groups: list[dict[str, Any]]
    measures: list[ReportMeasure]
    chart: str | None
    top: int | None
    compare: Compare | None = None


class Counted(Schema):
    """Groups and totals as `POST /reports/query` answers them."""

    data: list[dict[str, Any]]
    totals: list[dict[str, Any]]
    whole: bool


class Before(Schema):
    """The days that it is compared with, the filter that finds their records, and what a single figure was then."""

    value: float | int | None
    period: tuple[Day, Day]
    filter: Any


class WidgetFigures(Schema):
    """A widget's figures, or why there are none.

    `applied` and `skipped` say which parts of the filter bar hold for it; `period` is [first day, day after the last].
    """

    id: str
    object: str | None = None
    name: str | dict[str, str] | None = None
    definition: ReportDefinition | None = None
    date: str | None = None
    applied: list[str] = Field(default_factory=list)
    skipped: list[str] = Field(default_factory=list)
    period: tuple[Day, Day] | None = None
    figures: Counted | None = None
    before: Before | None = None
    error: FigureError | None = None


class FigureList(Schema):
    """The figures of a dashboard's widgets, as of one moment."""

    as_of: datetime
    data: list[WidgetFigures]
