"""What goes into `/deals`, as it stands in the OpenAPI document."""

from typing import Any

from ninja import Schema
from pydantic import ConfigDict, Field


class Velocity(Schema):
    """Which deals, and the stays of how many past days."""

    model_config = ConfigDict(extra="forbid")

    filter: dict[str, Any] | None = None
    days: int = Field(default=90, ge=1, le=3650)
