"""The tables of what customers owe and pay: instalments, payments, invoices.

Rows are written by `records.store` and read by `records.query` alone; what the fields mean is declared in
`objects/`. An empty value is NULL, never an empty string. What a payment pays stands in its lines (`custom_record`,
docs/adr/0044, 0074).
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


def rate() -> "models.DecimalField[Any, Any]":
    """A column of a rate of exchange."""
    return models.DecimalField(max_digits=18, decimal_places=6, null=True)


def found_by(*links: str) -> list[models.Index]:
    """An index for each of these links."""
    return [
        models.Index(
            fields=[link, "created_at", "id"],
            condition=models.Q(**{f"{link}__isnull": False}),
            name=f"%(class)s_{link}",
        )
        for link in links
    ]


class PaymentPlan(Record):
    """An instalment: so much is due on such a day."""

    name = models.TextField(null=True)
    customer = link_to("customers.Customer")
    contract = link_to("sales_papers.Contract")
    sales_order = link_to("sales_orders.SalesOrder")
    sequence = models.DecimalField(max_digits=6, decimal_places=0, null=True)
    due_on = models.DateField(null=True)
    currency = models.CharField(max_length=3, null=True)
    rate = rate()
    amount = money()
    received = money()
    outstanding = money()
    status = models.TextField(null=True)
    void_reason = models.TextField(null=True)
    notice_days = models.DecimalField(max_digits=4, decimal_places=0, null=True)
    reminder = models.TextField(null=True)
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """By what it belongs to, and open ones by the day they are due."""

        db_table = "payment_plan"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            *found_by("customer", "contract", "sales_order"),
            models.Index(
                fields=["workspace", "due_on", "id"],
                condition=LIVE & models.Q(status__in=["due", "partial", "overdue"]),
                name="payment_plan_open",
            ),
        ]


class Payment(Record):
    """Money that came in, or went back."""

    name = models.TextField(null=True)
    number = models.TextField(null=True)
    customer = link_to("customers.Customer")
    kind = models.TextField(null=True)
    refunds = models.ForeignKey(
        "self", null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    paid_on = models.DateField(null=True)
    currency = models.CharField(max_length=3, null=True)
    rate = rate()
    amount = money()
    base_amount = money()
    method = models.TextField(null=True)
    payer = models.TextField(null=True)
    reference = models.TextField(null=True)
    status = models.TextField(null=True)
    void_reason = models.TextField(null=True)
    allocated = money()
    refunded = money()
    surplus = money()
    exchange_difference = money()
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """By customer and day, by number, and from the payment that is refunded."""

        db_table = "payment"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            *found_by("customer", "refunds"),
            models.Index(fields=["workspace", "paid_on", "id"], condition=LIVE, name="payment_paid_on"),
            models.Index(fields=["workspace", "number"], condition=LIVE, name="payment_number"),
        ]


class Invoice(Record):
    """What a customer is invoiced, or (negative) what is taken back."""

    name = models.TextField()
    number = models.TextField(null=True)
    customer = link_to("customers.Customer")
    contract = link_to("sales_papers.Contract")
    sales_order = link_to("sales_orders.SalesOrder")
    reverses = models.ForeignKey(
        "self", null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    kind = models.TextField(null=True)
    status = models.TextField(null=True)
    issued_on = models.DateField(null=True)
    content = models.TextField(null=True)
    currency = models.CharField(max_length=3, null=True)
    rate = rate()
    total = money()
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    amount = money()
    tax = money()
    base_total = money()
    reversed_total = money()
    received = money()
    outstanding = money()
    tax_number = models.TextField(null=True)
    bank = models.TextField(null=True)
    bank_account = models.TextField(null=True)
    address = models.TextField(null=True)
    phone = models.TextField(null=True)
    send_to = models.TextField(null=True)
    reason = models.TextField(null=True)
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """By what it belongs to, by number, and from the invoice that is taken back."""

        db_table = "invoice"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            *found_by("customer", "contract", "sales_order", "reverses"),
            models.Index(fields=["workspace", "number"], condition=LIVE, name="invoice_number"),
        ]
