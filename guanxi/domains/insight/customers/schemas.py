"""What goes into `/insight`, as it stands in the OpenAPI document."""

from datetime import date
from typing import Annotated

from ninja import Schema
from pydantic import ConfigDict, Field

Number = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]


class InsightRulesIn(Schema):
    """What is decided; what is left out stays. `version` is that of the settings as they were read."""

    model_config = ConfigDict(extra="forbid")

    version: Annotated[int, Field(ge=0, lt=2**31)]
    is_on: bool | None = None
    dormant: Number | None = None
    lost: Number | None = None
    floor: Number | None = None
    ceiling: Number | None = None
    usual: Number | None = None
    high_cut: Number | None = None
    low_cut: Number | None = None
    hysteresis: Number | None = None
    months: Annotated[int, Field(ge=0, le=1000)] | None = None
    discount: Number | None = None


class TiersAsked(Schema):
    """Cuts to try in place of those in force, and the month to compare with."""

    model_config = ConfigDict(extra="forbid")

    high_cut: Number | None = None
    low_cut: Number | None = None
    hysteresis: Number | None = None
    since: date | None = None
