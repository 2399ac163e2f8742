"""What goes in at `/receivables`, as it stands in the OpenAPI document."""

import uuid
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from guanxi.domains.sales.receivables.rules import MAX_PARTS
from guanxi.engine.access.schemas import Input

Money = Annotated[Decimal, Field(gt=0, max_digits=15, decimal_places=2, allow_inf_nan=False)]
Percent = Annotated[Decimal, Field(gt=0, le=100, max_digits=7, decimal_places=4, allow_inf_nan=False)]


class PartIn(Input):
    """An instalment: an amount, or hundredths of what is not planned yet."""

    due_on: date
    amount: Money | None = None
    percent: Percent | None = None
    name: str | None = Field(default=None, max_length=200)


class SplitIn(Input):
    """Equal `parts` from `first_due` on, or `instalments` as they are listed."""

    parts: int | None = Field(default=None, ge=1, le=MAX_PARTS)
    first_due: date | None = None
    every_months: int = Field(default=1, ge=0, le=24)
    instalments: list[PartIn] = Field(default_factory=list, max_length=MAX_PARTS)


class AllocationIn(Input):
    """So much of the payment for an instalment, an invoice, or both at once; `settled` where the currencies differ."""

    plan: uuid.UUID | None = None
    invoice: uuid.UUID | None = None
    amount: Money
    settled: Money | None = None


class AllocateIn(Input):
    """Allocations to take back (ids of lines), then those to make."""

    remove: list[uuid.UUID] = Field(default_factory=list, max_length=200)
    allocations: list[AllocationIn] = Field(default_factory=list, max_length=200)
