"""What goes in and out of `/follow-ups`, as it stands in the OpenAPI document."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, Field, StringConstraints

from guanxi.domains.sales.follow_up.remarks import MAX_MENTIONS
from guanxi.domains.sales.follow_up.rules import MAX_DAY, MAX_STEPS
from guanxi.domains.sales.follow_up.writing_down import MAX_PHOTOS
from guanxi.engine.access.schemas import Input, Key, Names, Words

Prose = Annotated[str, StringConstraints(max_length=20_000, pattern=r"^[^\x00]*$")]
Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00\r\n]*$")]
FollowUpKind = Literal["call", "visit", "wecom", "wechat", "email", "sms", "other", "note"]


class FollowUpNextStep(Input):
    """What comes next: a task where it has a subject, else the date of the next contact."""

    at: AwareDatetime | None = None
    subject: Line | None = None


class PlaceIn(Input):
    """Where a device says it is, and how far that may be off (metres)."""

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lng: float = Field(ge=-180, le=180, allow_inf_nan=False)
    accuracy: float | None = Field(default=None, ge=0, le=1_000_000, allow_inf_nan=False)


class FollowUpIn(Input):
    """What happened with a record, what came of it, and what comes next."""

    object: Key
    record: uuid.UUID
    kind: FollowUpKind
    outcome: Key | None = None
    text: Prose = ""
    photos: list[uuid.UUID] = Field(default_factory=list, max_length=MAX_PHOTOS)
    next: FollowUpNextStep | None = None
    place: PlaceIn | None = None
    done: list[uuid.UUID] = Field(default_factory=list, max_length=20)


class RecordBrief(Schema):
    """A record by its title."""

    object: str
    id: uuid.UUID
    title: str


class FollowedUp(Schema):
    """What was written: the activity, the next task, and how many tasks were ticked off."""

    activity: RecordBrief
    task: RecordBrief | None
    completed: int


class FollowUpStepIn(Input):
    """What is to be done so many days after a record came to fit the plan."""

    day: int = Field(ge=0, le=MAX_DAY)
    subject: Names


class FollowUpPlanCreate(Input):
    """A plan for the records of an object that fit a condition (null: all)."""

    object: Key
    name: Names
    condition: Any = None
    steps: list[FollowUpStepIn] = Field(max_length=MAX_STEPS)
    stops_on_contact: bool = False
    workdays: bool = True


class FollowUpPlanUpdate(Input):
    """Changes to a plan, based on its `version`; `existing`: those that fit already are taken in when it begins."""

    version: int | None = None
    name: Names | None = None
    condition: Any = None
    steps: list[FollowUpStepIn] | None = Field(default=None, max_length=MAX_STEPS)
    stops_on_contact: bool | None = None
    workdays: bool | None = None
    enabled: bool | None = None
    existing: bool = False


class FollowUpStep(Schema):
    """A step of a plan."""

    day: int
    subject: Words


class FollowUpPlan(Schema):
    """A plan; `running`: how many records are on their way through it."""

    id: uuid.UUID
    object: str
    name: Words
    condition: Any
    steps: list[FollowUpStep]
    stops_on_contact: bool
    workdays: bool
    enabled: bool
    version: int
    running: int
    broken: bool


class FollowUpPlanList(Schema):
    """All plans."""

    data: list[FollowUpPlan]


class FollowUpPlanQuestion(Input):
    """A condition that a plan might have."""

    object: Key
    condition: Any = None


class FittingCount(Schema):
    """A number, exact or at least that."""

    value: int
    exact: bool


class FollowUpPlanPreview(Schema):
    """How many of the records that the caller sees (`whole`: of all) fit now, and the first of them.

    Nothing is counted (null) where the condition asks for what the caller does not read.
    """

    count: FittingCount | None
    whole: bool
    sample: list[RecordBrief]


class Colleague(Schema):
    """A person."""

    id: uuid.UUID
    name: str


class RemarkIn(Input):
    """Something to say about a record; everybody in `mentions` is told."""

    body: Annotated[str, StringConstraints(max_length=4000, pattern=r"^[^\x00]*$")]
    mentions: list[uuid.UUID] = Field(default_factory=list, max_length=MAX_MENTIONS)


class RecordRemark(Schema):
    """What somebody said about a record."""

    id: uuid.UUID
    at: datetime
    author: Colleague
    body: str
    mentions: list[Colleague]
    mine: bool


class RemarkList(Schema):
    """The remarks on a record, oldest first."""

    data: list[RecordRemark]


class FollowUpsOfPerson(Schema):
    """How much somebody did in a period."""

    person: Colleague
    calls: int
    visits: int
    notes: int
    tasks_done: int


class ReviewedFollowUp(Schema):
    """A follow-up, whom it was about, and what was said about it."""

    object: str
    id: uuid.UUID
    title: str
    body: str | None
    at: datetime
    owner: Colleague | None
    method: str | None
    outcome: str | None
    about: RecordBrief | None
    customer: str | None
    photos: list[str]
    distance: int | None
    remarks: list[RecordRemark]


class FollowUpReview(Schema):
    """Who did how much (first page alone), and what; `next` is the `before` of the next page."""

    people: list[FollowUpsOfPerson]
    data: list[ReviewedFollowUp]
    next: datetime | None


class WorkReportIn(Input):
    """Which report: of the day, or of the week that the day is in."""

    kind: Literal["daily", "weekly"]
    day: date
