"""The tables of orders.

Rows are written by `records.store` and read by `records.query` alone; what the fields mean is declared in `objects/`.
An empty value is NULL, never an empty string. Lines stand in `custom_record` (docs/adr/0044, 0065).
"""

from typing import ClassVar

from django.db import models

from guanxi.domains.sales.papers.models import Document, link_to, money
from guanxi.engine.records.models import LIVE


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
