"""What goes in at `/referrals`, as it stands in the OpenAPI document."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from guanxi.domains.sales.referrals.rules import LONGEST_TYPED
from guanxi.engine.access.schemas import Input

Money = Annotated[Decimal, Field(gt=0, max_digits=15, decimal_places=2, allow_inf_nan=False)]
Percent = Annotated[Decimal, Field(gt=0, le=100, max_digits=5, decimal_places=2, allow_inf_nan=False)]


class TermsIn(Input):
    """What is given: nothing, an `amount`, or a `percent` of the first payment up to `cap`; in the workspace's currency."""

    version: int | None = Field(default=None, ge=0, lt=2**31)
    kind: Literal["none", "fixed", "percent"]
    amount: Money | None = None
    percent: Percent | None = None
    cap: Money | None = None


class CodeIn(Input):
    """The code of whoever brought a customer, as people type it."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TYPED, pattern=r"^[^\x00]*$")]
