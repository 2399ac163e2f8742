"""Invoices of the sample firm: one for each instalment that has fallen due, asked for some days before and issued soon after.

*How it works*: its own dice, so that nothing else of the firm depends on what is invoiced. Whoever has a tax number mostly
gets a special invoice. Those of the last days are asked for only; now and then somebody has forgotten to ask.

*See*: dues.py, whose payments name them.
"""

from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from guanxi.domains.demo.plan import Plan, Ref, Row
from guanxi.domains.demo.seasons import Season


class Billing:
    """Makes invoices, and knows which instalment each is for."""

    def __init__(self, plan: Plan, season: Season) -> None:
        self.plan, self.season = plan, season
        self.rng = Random(plan.day.toordinal())  # noqa: S311 - believable, not secret
        self._of: dict[int, Ref] = {}

    def add(self, instalment: Ref, due: date) -> None:
        """The invoice of an instalment, where it is time for one."""
        rng, plan = self.rng, self.plan
        asked = self.season.workday(due - timedelta(days=rng.randint(4, 9)))
        if asked >= plan.day or rng.random() < 0.08:
            return
        of = plan.row(instalment)
        buyer = plan.row(of.values["customer"]).values
        values: dict[str, Any] = {
            "name": buyer["name"], "customer": of.values["customer"], "contract": of.values.get("contract"),
            "total": of.values["amount"], "kind": "electronic", "tax_number": buyer.get("tax_number"),
        }  # fmt: skip
        if buyer.get("tax_number") and rng.random() < 0.75:
            values["kind"] = "special"
        row = Row({k: v for k, v in values.items() if v}, of.owner, self.season.moment(rng, asked))
        issued = self.season.workday(asked + timedelta(days=rng.randint(1, 3)))
        made = plan.add("invoice", row)
        if issued < plan.day:
            number = f"{issued:%y}442000{made.index + 1:012d}"
            row.state = {"status": "issued", "number": number, "issued_on": issued}
            row.changed_at = self.season.moment(rng, issued)
            self._of[instalment.index] = made

    def part(self, instalment: Ref, amount: Decimal, changed: Any) -> dict[str, Any]:
        """What a payment says of an instalment that it pays: the invoice, too, where it is issued."""
        line: dict[str, Any] = {"plan": instalment, "amount": str(amount)}
        if (invoice := self._of.get(instalment.index)) is not None:
            row = self.plan.row(invoice)
            row.changed_at = max(changed, row.changed_at or changed)
            line["invoice"] = invoice
        return line
