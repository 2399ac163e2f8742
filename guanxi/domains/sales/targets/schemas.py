"""What goes into `/targets`, as it stands in the OpenAPI document."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import ConfigDict, Field, StringConstraints

Label = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00]*$")]
Names = Annotated[dict[Literal["zh-CN", "en"], Label], Field(max_length=2)]
Key = Annotated[str, StringConstraints(max_length=40, pattern=r"^[a-z0-9_]*$")]
Unit = Literal["month", "quarter", "year"]
Kind = Literal["user", "team", "firm"]
Version = Annotated[int, Field(ge=1, lt=2**31)]
Percent = Annotated[int, Field(ge=1, le=1000)]
Amount = Annotated[Decimal, Field(ge=0, lt=10**15, max_digits=17, decimal_places=2, allow_inf_nan=False)]
Day = Annotated[date, Field(ge=date(2000, 1, 1), le=date(2199, 12, 31))]
Year = Annotated[int, Field(ge=2001, le=2199)]


class Input(Schema):
    """A body that takes nothing but what it names."""

    model_config = ConfigDict(extra="forbid")


class TargetPlanCreate(Input):
    """Something to aim at; `filter` narrows the records that count."""

    name: Names
    measure: Key
    unit: Unit = "month"
    filter: Any = None
    alerts: list[Percent] | None = Field(default=None, max_length=10)
    open_board: bool = False
    enabled: bool = True


class TargetPlanUpdate(Input):
    """Changes to a plan, based on its `version`."""

    version: Version | None = None
    name: Names | None = None
    measure: Key | None = None
    unit: Unit | None = None
    filter: Any = None
    alerts: list[Percent] | None = Field(default=None, max_length=10)
    open_board: bool | None = None
    enabled: bool | None = None
    position: int | None = Field(default=None, ge=0, le=1000)


class TargetCell(Input):
    """What a person, a team or the firm aims at from `start` on; null: nothing."""

    kind: Kind
    id: uuid.UUID
    start: Day
    amount: Amount | None


class TargetCells(Input):
    """Cells of a plan to store."""

    cells: list[TargetCell] = Field(max_length=10_000)


class TargetSplit(Input):
    """An amount for a subject and a period, to be split among its people and shorter periods."""

    kind: Kind
    id: uuid.UUID
    unit: Unit
    start: Day
    amount: Amount
    way: Literal["even", "last", "typed"] = "even"
    weights: dict[uuid.UUID, Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]] | None = Field(
        default=None, max_length=5000
    )


Rate = Annotated[Decimal, Field(ge=0, lt=10**9, decimal_places=4, allow_inf_nan=False)]
Start = Annotated[Decimal, Field(ge=0, lt=10**15, decimal_places=2, allow_inf_nan=False)]


class CommissionPerson(Input):
    """A person or a team."""

    kind: Literal["user", "team"]
    id: uuid.UUID


class CommissionBand(Input):
    """From an amount, or from a percentage of the target, on."""

    from_: Start = Field(alias="from")
    rate: Rate


class CommissionCreate(Input):
    """What is paid for what a plan measures; `people` empty: for everybody."""

    name: Names
    plan_id: uuid.UUID
    basis: Literal["amount", "attainment"] = "amount"
    mode: Literal["progressive", "whole"] = "progressive"
    bands: list[CommissionBand] = Field(min_length=1, max_length=20)
    people: list[CommissionPerson] = Field(default_factory=list, max_length=200)
    enabled: bool = True


class CommissionUpdate(Input):
    """Changes to a rule, based on its `version`."""

    version: Version | None = None
    name: Names | None = None
    plan_id: uuid.UUID | None = None
    basis: Literal["amount", "attainment"] | None = None
    mode: Literal["progressive", "whole"] | None = None
    bands: list[CommissionBand] | None = Field(default=None, min_length=1, max_length=20)
    people: list[CommissionPerson] | None = Field(default=None, max_length=200)
    enabled: bool | None = None


class CommissionPreview(Input):
    """A rule to try, in the period `day` is in (today)."""

    rule: CommissionCreate
    day: Day | None = None


class CommissionClosing(Input):
    """The period `day` is in is closed for good."""

    day: Day


class ScoreCardItem(Input):
    """A target on a score card: how much it weighs, and the most percent it counts for."""

    plan: uuid.UUID
    weight: int = Field(ge=0, le=1000)
    cap: int = Field(default=120, ge=1, le=1000)


class ScoreCardCreate(Input):
    """A score card; `people` empty: for everybody."""

    name: Names
    unit: Unit = "month"
    items: list[ScoreCardItem] = Field(min_length=1, max_length=20)
    people: list[CommissionPerson] = Field(default_factory=list, max_length=200)
    enabled: bool = True


class ScoreCardUpdate(Input):
    """Changes to a score card, based on its `version`."""

    version: Version | None = None
    name: Names | None = None
    unit: Unit | None = None
    items: list[ScoreCardItem] | None = Field(default=None, min_length=1, max_length=20)
    people: list[CommissionPerson] | None = Field(default=None, max_length=200)
    enabled: bool | None = None


class ContestCreate(Input):
    """A competition from one day to another; `people` empty: everybody takes part."""

    name: Names
    plan_id: uuid.UUID
    first: Day
    last: Day
    prize: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] = ""
    people: list[CommissionPerson] = Field(default_factory=list, max_length=200)


class ContestUpdate(Input):
    """Changes to a competition that is not over, based on its `version`."""

    version: Version | None = None
    name: Names | None = None
    plan_id: uuid.UUID | None = None
    first: Day | None = None
    last: Day | None = None
    prize: Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")] | None = None
    people: list[CommissionPerson] | None = Field(default=None, max_length=200)


class TargetNameless(Input):
    """Whether I stand on leaderboards without my name."""

    shy: bool
