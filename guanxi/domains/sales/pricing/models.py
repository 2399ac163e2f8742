"""The tables of price books, their prices, discount bands and dated rates of exchange.

Rows are written by `records.store` and read by `records.query` alone; what the fields mean is declared in
`objects/`. An empty value is NULL, never an empty string.
"""

from typing import Any, ClassVar

from django.db import models

from guanxi.engine.records.models import LIVE, Record


def link_to(target: str) -> "models.ForeignKey[Any, Any]":
    """A column that holds another record: never cascades, indexed by the table itself."""
    return models.ForeignKey(target, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False)


class PriceBook(Record):
    """Prices for some customers, for some time, in one currency."""

    name = models.TextField()
    is_active = models.BooleanField(null=True)
    currency = models.CharField(max_length=3, null=True)
    tiers = models.JSONField(null=True)
    region = models.JSONField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    priority = models.DecimalField(max_digits=6, decimal_places=0, null=True)
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """Few rows: the lists' indexes do."""

        db_table = "price_book"
        indexes: ClassVar[list[models.Index]] = [*Record.Meta.indexes]


class PriceBookEntry(Record):
    """What a product costs in a price book, from some quantity on."""

    name = models.TextField(null=True)
    price_book = link_to("sales_pricing.PriceBook")
    product = link_to("sales.Product")
    price = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    from_quantity = models.DecimalField(max_digits=18, decimal_places=4, null=True)

    class Meta(Record.Meta):
        """Found by product when a line is priced, and listed by book."""

        db_table = "price_book_entry"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(
                fields=["product"], condition=models.Q(product__isnull=False), name="price_entry_product"
            ),
            models.Index(
                fields=["price_book", "created_at", "id"],
                condition=models.Q(price_book__isnull=False),
                name="price_entry_book",
            ),
        ]


class DiscountBand(Record):
    """How much discount people of a role may give customers of a level without asking."""

    name = models.TextField(null=True)
    role = models.TextField(null=True)
    tier = models.TextField(null=True)
    limit = models.DecimalField(max_digits=5, decimal_places=2, null=True, db_column="limit_percent")
    contract_limit = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta(Record.Meta):
        """Few rows: the lists' indexes do."""

        db_table = "discount_band"
        indexes: ClassVar[list[models.Index]] = [*Record.Meta.indexes]


class CurrencyRate(Record):
    """What one unit of a currency is worth in the workspace's, from a day on."""

    name = models.TextField(null=True)
    currency = models.CharField(max_length=3, null=True)
    day = models.DateField(null=True)
    rate = models.DecimalField(max_digits=18, decimal_places=6, null=True)

    class Meta(Record.Meta):
        """Looked up by currency and day."""

        db_table = "currency_rate"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(fields=["workspace", "currency", "day"], condition=LIVE, name="currency_rate_day"),
        ]
