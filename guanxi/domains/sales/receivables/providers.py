"""Who issues invoices: by hand today, a provider's interface tomorrow.

*How it works*: an `InvoiceProvider` gets the invoice that is asked for, and what somebody typed, and gives back number and
day. `issue_invoice` asks the one that is chosen: the last that was registered and serves the workspace. A topic registers
another with one line; until then numbers are entered by hand.

*Rules*: a provider is asked once, inside the transaction that writes the number down: one that talks to other machines
does so beside it (a job), and answers by the same action.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from guanxi.engine.records.hooks import Change
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError, Invalid
from guanxi.kit.registry import Registry
from guanxi.kit.text import Text

REQUIRED = Text("必填。", "Required.")
IN_FUTURE = Text("开票日期不能晚于今天。", "An invoice is not issued after today.")


@dataclass(frozen=True, slots=True)
class Issued:
    """The number and the day of an invoice."""

    number: str
    day: date


class InvoiceProvider(Protocol):
    """Gives invoices their numbers."""

    key: str
    label: Text

    def serves(self, ctx: Ctx) -> bool:
        """Whether it issues for this workspace (it is set up, it is switched on)."""
        ...

    def issue(self, ctx: Ctx, invoice: Change, data: Mapping[str, Any]) -> Issued:
        """The number and the day; raises Problem where it cannot."""
        ...


class EnteredByHand:
    """Issued elsewhere: somebody types number and day."""

    key = "by_hand"
    label = Text("手工登记", "Entered by hand")

    def serves(self, ctx: Ctx) -> bool:
        """Always: a number can be typed."""
        return True

    def issue(self, ctx: Ctx, invoice: Change, data: Mapping[str, Any]) -> Issued:
        """What was typed, the day being today where none is given; raises Invalid without a number."""
        number, day = str(data.get("number") or "").strip(), data.get("issued_on") or ctx.today.date()
        errors = [] if number else [FieldError("number", "required", REQUIRED)]
        if day > ctx.today.date():
            errors.append(FieldError("issued_on", "in_future", IN_FUTURE))
        if errors:
            raise Invalid(errors=errors)
        return Issued(number, day)


provider_registry: Registry[InvoiceProvider] = Registry("invoice provider", lambda provider: provider.key)
provider_registry.register(EnteredByHand())


def chosen(ctx: Ctx) -> InvoiceProvider:
    """The provider of a workspace."""
    return [provider for provider in provider_registry if provider.serves(ctx)][-1]
