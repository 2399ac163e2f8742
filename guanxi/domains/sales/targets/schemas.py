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


class PlanCreate(Input):
    """Something to aim at; `filter` narrows the records that count."""

    name: Names
    measure: Key
    unit: Unit = "month"
    filter: Any = None
    alerts: list[Percent] | None = Field(default=None, max_length=10)
    open_board: bool = False
    enabled: bool = True


class PlanUpdate(Input):
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


class Cell(Input):
    """What a person, a team or the firm aims at from `start` on; null: nothing."""

    kind: Kind
    id: uuid.UUID
    start: Day
    amount: Amount | None


class Cells(Input):
    """Cells of a plan to store."""

    cells: list[Cell] = Field(max_length=10_000)


class Split(Input):
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


class Shy(Input):
    """Whether I stand on leaderboards without my name."""

    shy: bool
