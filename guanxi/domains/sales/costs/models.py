"""The table of expenses: what it cost to win and to keep a customer.

Rows are written by `records.store` and read by `records.query` alone; what the fields mean is declared in `expense.py`.
An empty value is NULL, never an empty string.
"""

from typing import Any, ClassVar

from django.db import models

from guanxi.engine.records.models import LIVE, Record


def link_to(target: str) -> "models.ForeignKey[Any, Any]":
    """A column that holds another record: never cascades, indexed by the table itself."""
    return models.ForeignKey(target, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False)


def money() -> "models.DecimalField[Any, Any]":
    """A column of an amount."""
    return models.DecimalField(max_digits=18, decimal_places=2, null=True)


class Expense(Record):
    """What was spent on a customer, a deal or a campaign."""

    name = models.TextField()
    number = models.TextField(null=True)
    kind = models.TextField(null=True)
    status = models.TextField(null=True)
    spent_on = models.DateField(null=True)
    customer = link_to("customers.Customer")
    opportunity = link_to("sales.Opportunity")
    campaign = models.TextField(null=True)
    hours = models.DecimalField(max_digits=8, decimal_places=2, null=True)
    hourly_cost = money()
    amount = money()
    currency = models.CharField(max_length=3, null=True)
    rate = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    base_amount = money()
    receipts = models.JSONField(null=True)
    description = models.TextField(null=True)
    submitted_by = models.UUIDField(null=True)
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(null=True)

    class Meta(Record.Meta):
        """Found by number and day, by state, and from what they were spent on."""

        db_table = "expense"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(
                fields=["workspace", "status", "created_at", "id"], condition=LIVE, name="expense_status"
            ),
            models.Index(fields=["workspace", "spent_on", "id"], condition=LIVE, name="expense_day"),
            models.Index(fields=["workspace", "number"], condition=LIVE, name="expense_number"),
            *(
                models.Index(
                    fields=[link, "created_at", "id"],
                    condition=models.Q(**{f"{link}__isnull": False}),
                    name=f"expense_{link}",
                )
                for link in ("customer", "opportunity")
            ),
        ]
