"""What goes into `/assignment`, as it stands in the OpenAPI document."""

import uuid
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints

Label = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00]*$")]
Names = Annotated[dict[Literal["zh-CN", "en"], Label], Field(max_length=2)]
Key = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9_]*$")]
Skill = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9]{2,6}$")]
Door = Literal["public", "import", "api"]
MethodName = Literal["turns", "fewest", "queue"]
Minutes = Annotated[int, Field(ge=1, le=10_080)]
Version = Annotated[int, Field(ge=1, lt=2**31)]


class Input(Schema):
    """A body that takes nothing but what it names."""

    model_config = ConfigDict(extra="forbid")


class Hours(Input):
    """When people work; `weekdays` 1 (Monday) to 7, null: the working calendar."""

    stretches: list[tuple[str, str]] = Field(min_length=1, max_length=4)
    weekdays: list[int] | None = Field(default=None, max_length=7)


class Target(Input):
    """Who takes part, and with what weight; a team stands for everybody in it and below."""

    kind: Literal["user", "team"]
    id: uuid.UUID
    weight: int = Field(default=1, ge=1, le=100)


class DeskUpdate(Input):
    """Changes to the desk, based on its `version`."""

    version: Version | None = None
    enabled: bool | None = None
    doors: list[Door] | None = Field(default=None, max_length=3)
    hours: Hours | None = None
    fallback_user: uuid.UUID | None = None
    fallback_queue: uuid.UUID | None = None
    response_minutes: Minutes | None = None


class RuleCreate(Input):
    """Leads that match `filter` (null: all) go to `targets` by `method`, or into a queue."""

    name: Names
    enabled: bool = True
    filter: Any = None
    method: MethodName = "turns"
    targets: list[Target] = Field(default_factory=list, max_length=200)
    queue_id: uuid.UUID | None = None
    past_owner: bool = False
    territory: bool = False
    skill_field: Key = ""
    in_hours: bool = True
    accept_minutes: Minutes | None = None


class RuleUpdate(Input):
    """Changes to a rule, based on its `version`."""

    version: Version | None = None
    name: Names | None = None
    enabled: bool | None = None
    filter: Any = None
    method: MethodName | None = None
    targets: list[Target] | None = Field(default=None, max_length=200)
    queue_id: uuid.UUID | None = None
    past_owner: bool | None = None
    territory: bool | None = None
    skill_field: Key | None = None
    in_hours: bool | None = None
    accept_minutes: Minutes | None = None


class Order(Input):
    """Every rule's id, first to last."""

    ids: list[uuid.UUID] = Field(max_length=200)


class QueueCreate(Input):
    """A queue and who may take from it."""

    name: Names
    members: list[Target] = Field(min_length=1, max_length=200)


class QueueUpdate(Input):
    """Changes to a queue, based on its `version`."""

    version: Version | None = None
    name: Names | None = None
    members: list[Target] | None = Field(default=None, min_length=1, max_length=200)


class PersonUpdate(Input):
    """What somebody takes; what is left out stays, null takes a limit away."""

    max_open: int | None = Field(default=None, ge=0, le=100_000)
    per_day: int | None = Field(default=None, ge=0, le=100_000)
    regions: list[Code] = Field(default_factory=list, max_length=500)
    skills: list[Skill] = Field(default_factory=list, max_length=200)
    hours: Hours | None = None
    away_from: AwareDatetime | None = None
    away_until: AwareDatetime | None = None


class Absence(Input):
    """When I am away; both null: I am here."""

    away_from: AwareDatetime | None = None
    away_until: AwareDatetime | None = None


class Take(Input):
    """The lead to take; null: the one that has waited longest."""

    lead: uuid.UUID | None = None


class Simulation(Input):
    """Rules to try, in order; null: those that are stored. Over the leads of the last `days`."""

    rules: list[RuleCreate] | None = Field(default=None, max_length=200)
    days: int = Field(default=30, ge=1, le=92)


class Rebalance(Input):
    """Among whom open leads are evened out."""

    people: list[Target] = Field(min_length=1, max_length=200)


class Move(Input):
    """One lead that goes from somebody to somebody."""

    lead: uuid.UUID
    from_: uuid.UUID = Field(alias="from")
    to: uuid.UUID


class Moves(Input):
    """What a preview proposed, or part of it."""

    people: list[Target] = Field(min_length=1, max_length=200)
    moves: list[Move] = Field(min_length=1, max_length=2000)
