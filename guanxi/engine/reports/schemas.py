"""What goes in and out of `/reports`, as it stands in the OpenAPI document."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints


class ReportAsked(Schema):
    """A report: its object, its definition as a view of the kind `report` has it, and a search beside its filter."""

    model_config = ConfigDict(extra="forbid")

    object: Annotated[str, StringConstraints(max_length=60)]
    definition: dict[str, Any]
    q: Annotated[str, StringConstraints(max_length=200)] = ""


class Before(Schema):
    """The days that figures are compared with, and the filter that finds their records."""

    filter: Any
    period: tuple[date, date]


class ReportFigures(Schema):
    """Groups and totals as `POST /{object}/query` answers them, the measures named m0, m1 …

    Compared with days before, those of the days before are b0, b1 …, and a row whose keys were others then has them
    in `was`. `filter` finds the records that were counted; a `period` is [first day, day after the last].
    """

    data: list[dict[str, Any]]
    totals: list[dict[str, Any]]
    whole: bool
    filter: Any
    period: tuple[date, date] | None
    before: Annotated[Before | None, Field(default=None)]


class ExplanationAsked(ReportAsked):
    """A report with a comparison, and which of its measures is to be explained."""

    measure: Annotated[int, Field(ge=0, lt=20)] = 0


class Segment(Schema):
    """A part of the records: its own figures, and by how much it moved the whole (`share` of all the change)."""

    key: Any
    label: Any
    now: float | None
    before: float | None
    contribution: float
    share: float | None


class Explained(Schema):
    """The strongest segments of a dimension, and how many others moved too."""

    group: dict[str, Any]
    score: float
    segments: list[Segment]
    others: int


class Explanation(Schema):
    """What moved a figure between two periods; the dimension that explains most comes first."""

    measure: dict[str, Any]
    now: float | None
    before: float | None
    filter: Any
    filter_before: Any
    period: tuple[date, date]
    period_before: tuple[date, date]
    dimensions: list[Explained]
