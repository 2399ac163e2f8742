"""What goes in and out of `/views`, as it stands in the OpenAPI document."""

import uuid
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StringConstraints

from guanxi.kit.parsing import unfit
from guanxi.kit.text import Text

NAMES = Text("名称用 zh-CN 和 en 两种语言给出。", "A name has the languages zh-CN and en.")

Kind = Literal["table", "board", "calendar", "gallery", "regions", "report"]
Color = Literal["red", "orange", "gold", "green", "blue", "purple", "gray"]
Scope = Literal["personal", "team", "everyone"]
RoleKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Word = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]*$")
]
Position = Annotated[int, Field(ge=0, le=2**30)]


def _both(value: dict[str, str]) -> dict[str, str]:
    if not value or set(value) - {"zh-CN", "en"}:
        raise unfit("not_both_languages", NAMES)
    return value


Name = Word | Annotated[dict[str, Word], AfterValidator(_both)]


class Column(Schema):
    """A column of a list; `width` in pixels."""

    field: str
    width: int | None = None


class Group(Schema):
    """What a table is folded by; dates and addresses with a bucket, numbers in the ranges between `edges`."""

    field: str
    bucket: str | None = None
    edges: list[float] | None = None


class ColorRule(Schema):
    """The colour of records that a filter holds for."""

    filter: Any
    color: Color


class Part(Schema):
    """One side of a ratio: an operation over a field, narrowed by a filter."""

    op: Literal["count", "distinct", "sum", "avg", "median", "min", "max"]
    field: str | None = None
    filter: Any = None


class ReportMeasure(Schema):
    """A number of a report; `show` is what is shown of it: itself, its share, added up so far, or what it grew by.

    `filter` narrows what it counts. A `ratio` is `of` divided by `over`, as a percentage with `percent`.
    """

    op: Literal["count", "distinct", "sum", "avg", "median", "min", "max", "ratio"]
    field: str | None = None
    show: Literal["value", "share", "running", "growth"] = "value"
    filter: Any = None
    of: Part | None = None
    over: Part | None = None
    percent: bool = False
    name: str | dict[str, str] | None = None


class Compare(Schema):
    """What the figures stand beside: the period before, the same days a year before, or a number to reach.

    `date` is the field that the days of `period` (`this_month`, or from and to) are of.
    """

    how: Literal["previous", "year", "target"]
    date: str | None = None
    period: str | dict[str, str] | None = None
    value: float | None = None


class ViewDefinition(Schema):
    """What a view shows: a filter tree, sort keys, columns, and what it is laid out by.

    `group_by` is the field of a board, a calendar or a regional summary, `end` where what lasts longer
    ends in a calendar, `cover` a gallery's picture. A report has its dimensions in `groups`, its numbers in
    `measures`, its picture in `chart`, `top` of its rows, and in `compare` what its figures stand beside.
    """

    filter: Any = None
    sort: str | None = None
    columns: list[Column] = Field(default_factory=list)
    group_by: str | None = None
    density: Literal["compact", "default", "comfortable"] | None = None
    groups: list[Group] = Field(default_factory=list)
    colors: list[ColorRule] = Field(default_factory=list)
    end: str | None = None
    cover: str | None = None
    measures: list[ReportMeasure] = Field(default_factory=list)
    chart: Literal["table", "bar", "line", "pie", "funnel", "number", "gauge"] | None = None
    top: int | None = None
    compare: Compare | None = None


class View(Schema):
    """A way to look at the records of an object.

    `mine` tells that the caller may change it; `broken` that its filter no longer fits the object (it
    shows nothing until somebody repairs it). Exactly one view of an object is the caller's default.
    """

    id: str
    object: str
    name: str | dict[str, str]
    kind: Kind
    scope: Scope
    team: uuid.UUID | None
    pinned: bool
    is_default: bool
    default_roles: list[str] = Field(default_factory=list)
    locked: bool = False
    by_link: bool = False
    position: int
    mine: bool
    builtin: bool
    broken: bool
    version: int
    definition: ViewDefinition


class ViewList(Schema):
    """The views of an object."""

    data: list[View]


class ViewCreate(Schema):
    """A new view. `definition` is a ViewDefinition; what it leaves out is empty."""

    model_config = ConfigDict(extra="forbid")

    object: Annotated[str, StringConstraints(max_length=60)]
    name: Name
    kind: Kind = "table"
    scope: Scope = "personal"
    team: uuid.UUID | None = None
    pinned: bool = False
    is_default: bool = False
    default_roles: list[RoleKey] = Field(default_factory=list)
    by_link: bool = False
    position: Position | None = None
    definition: dict[str, Any] = Field(default_factory=dict)


class ViewUpdate(Schema):
    """What to change; the definition is given whole. `version` may stand here instead of in If-Match."""

    model_config = ConfigDict(extra="forbid")

    name: Name | None = None
    kind: Kind | None = None
    scope: Scope | None = None
    team: uuid.UUID | None = None
    pinned: bool | None = None
    is_default: bool | None = None
    default_roles: list[RoleKey] | None = None
    locked: bool | None = None
    by_link: bool | None = None
    position: Position | None = None
    definition: dict[str, Any] | None = None
    version: int | None = None
