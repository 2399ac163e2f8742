"""The tables of orders, of what is delivered and comes back, and links for customers.

Rows are written by `records.store` and read by `records.query` alone; what the fields mean is declared in `objects/`.
An empty value is NULL, never an empty string. Lines stand in `custom_record` (docs/adr/0044, 0065).
"""

from typing import ClassVar

from django.db import models

from guanxi.domains.sales.papers.models import Document, link_to, money
from guanxi.engine.records.models import LIVE, Record
from guanxi.engine.tenancy.models import WorkspaceOwned


def found_by(model: str, *links: str) -> list[models.Index]:
    """Indexes of a table by what its records are about."""
    return [
        models.Index(
            fields=[link, "created_at", "id"],
            condition=models.Q(**{f"{link}__isnull": False}),
            name=f"{model}_{link}",
        )
        for link in links
    ]


class SalesOrder(Document):
    """What a customer has ordered."""

    quote = link_to("sales_papers.Quote")
    contract = link_to("sales_papers.Contract")
    ordered_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    delivery_address = models.TextField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    closing_note = models.TextField(null=True)
    returned_total = money()
    owed_total = money()
    credit_released = money()
    credit_note = models.TextField(null=True)

    class Meta(Document.Meta):
        """Also from the quote and the contract that it comes of, and by the day it was placed."""

        db_table = "sales_order"
        indexes: ClassVar[list[models.Index]] = [
            *Document.Meta.indexes,
            models.Index(
                fields=["workspace", "ordered_on", "id"],
                condition=LIVE & models.Q(ordered_on__isnull=False),
                name="salesorder_ordered",
            ),
            *found_by("salesorder", "quote", "contract"),
        ]


class Movement(Record):
    """Goods of an order that go to the customer or come back."""

    name = models.TextField(null=True)
    number = models.TextField(null=True)
    sales_order = models.ForeignKey(
        SalesOrder, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    status = models.TextField(null=True)
    carrier = models.TextField(null=True)
    tracking_number = models.TextField(null=True)
    received_on = models.DateField(null=True)
    closing_note = models.TextField(null=True)
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """Abstract; found by order, by state and by number."""

        abstract = True
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(
                fields=["workspace", "status", "created_at", "id"], condition=LIVE, name="%(class)s_status"
            ),
            models.Index(fields=["workspace", "number"], condition=LIVE, name="%(class)s_number"),
            models.Index(
                fields=["sales_order", "created_at", "id"],
                condition=models.Q(sales_order__isnull=False),
                name="%(class)s_order",
            ),
        ]


class Delivery(Movement):
    """A part of an order that goes to the customer."""

    planned_on = models.DateField(null=True)
    shipped_on = models.DateField(null=True)

    class Meta(Movement.Meta):
        """Also by the tracking number, which people ask with."""

        db_table = "delivery"
        indexes: ClassVar[list[models.Index]] = [
            *Movement.Meta.indexes,
            models.Index(
                fields=["workspace", "tracking_number"],
                condition=LIVE & models.Q(tracking_number__isnull=False),
                name="delivery_tracking",
            ),
        ]


class SalesReturn(Movement):
    """Goods that come back."""

    kind = models.TextField(null=True)
    reason = models.TextField(null=True)
    requested_on = models.DateField(null=True)

    class Meta(Movement.Meta):
        """Like every movement."""

        db_table = "sales_return"


class StatusLink(WorkspaceOwned):
    """A link for a customer to the page that says how an order stands."""

    order_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    first_seen_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    seen_count = models.IntegerField(default=0)

    class Meta:
        """By order, and by the hash of its secret."""

        db_table = "order_status_link"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "order_id", "id"], name="order_status_link_order")
        ]

    def __str__(self) -> str:
        return str(self.order_id)
