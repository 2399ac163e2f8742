"""The tables of customers and their people.

Rows are written by `records.store` and read by `records.query` alone; the models are here for the
columns, the indexes and the migrations. What the fields mean is declared in `objects/`.

*Rules*: an empty value is NULL, never an empty string. Links to records never cascade: records go to
the recycle bin, and what is purged has been unlinked by the store before. A link's index starts with
the link, not with the workspace, so that it also serves the foreign key's own check (docs/adr/0021).
"""

from typing import ClassVar

from django.db import models

from guanxi.domains.customers.pooling import Pooled
from guanxi.engine.records.models import LIVE, Record


class Customer(Pooled, Record):
    """A firm, a person or an institution that buys, or may."""

    name = models.TextField()
    kind = models.TextField(null=True)
    tier = models.TextField(null=True)
    lifecycle = models.TextField(null=True)
    relationship_level = models.TextField(null=True)
    industry = models.TextField(null=True)
    size = models.TextField(null=True)
    source = models.TextField(null=True)
    tags = models.JSONField(null=True)
    region = models.JSONField(null=True)
    phone = models.TextField(null=True)
    mobile = models.TextField(null=True)
    email = models.TextField(null=True)
    wechat = models.TextField(null=True)
    website = models.TextField(null=True)
    primary_contact = models.ForeignKey(
        "customers.Contact", null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    parent = models.ForeignKey(
        "self", null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    tax_number = models.TextField(null=True)
    legal_representative = models.TextField(null=True)
    registered_capital = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    founded = models.DecimalField(max_digits=4, decimal_places=0, null=True)
    founded_date = models.DateField(null=True)
    employees = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    annual_revenue = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    credit_limit = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    payment_terms = models.TextField(null=True)
    next_contact_at = models.DateTimeField(null=True)
    last_contact_at = models.DateTimeField(null=True)
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """The lists people open: by industry, tier and lifecycle stage, and who is to be called next.

        Only values are looked for: a customer without a tier is not in the tier's index (docs/adr/0035).
        """

        db_table = "customer"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(
                fields=["workspace", "industry", "title_sort", "id"],
                condition=LIVE & models.Q(industry__isnull=False),
                name="customer_industry",
            ),
            models.Index(
                fields=["workspace", "tier", "title_sort", "id"],
                condition=LIVE & models.Q(tier__isnull=False),
                name="customer_tier",
            ),
            models.Index(
                fields=["workspace", "lifecycle", "title_sort", "id"],
                condition=LIVE,
                name="customer_lifecycle",
            ),
            models.Index(
                fields=["workspace", "next_contact_at", "id"],
                condition=LIVE & models.Q(next_contact_at__isnull=False),
                name="customer_next_contact",
            ),
            models.Index(
                fields=["workspace", "last_contact_at", "id"],
                condition=LIVE & models.Q(last_contact_at__isnull=False),
                name="customer_last_contact",
            ),
            models.Index(
                fields=["workspace", "pool", "pooled_at", "id"],
                condition=LIVE & models.Q(pool__isnull=False),
                name="customer_pool",
            ),
            models.Index(
                fields=["workspace", "owner", "pool_due_at"],
                condition=LIVE & models.Q(pool_due_at__isnull=False),
                name="customer_pool_due",
            ),
            models.Index(fields=["parent"], condition=models.Q(parent__isnull=False), name="customer_parent"),
            models.Index(
                fields=["primary_contact"],
                condition=models.Q(primary_contact__isnull=False),
                name="customer_primary_contact",
            ),
        ]


class Contact(Record):
    """A person at a customer."""

    name = models.TextField()
    family_name = models.TextField(null=True)
    given_name = models.TextField(null=True)
    customer = models.ForeignKey(
        Customer, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    job_title = models.TextField(null=True)
    department = models.TextField(null=True)
    roles = models.JSONField(null=True)
    is_decision_maker = models.BooleanField(null=True)
    mobile = models.TextField(null=True)
    phone = models.TextField(null=True)
    email = models.TextField(null=True)
    wechat = models.TextField(null=True)
    gender = models.TextField(null=True)
    birthday = models.DateField(null=True)
    region = models.JSONField(null=True)
    next_contact_at = models.DateTimeField(null=True)
    last_contact_at = models.DateTimeField(null=True)
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """Found by their customer, and by when to call."""

        db_table = "contact"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(
                fields=["customer", "title_sort", "id"],
                condition=models.Q(customer__isnull=False),
                name="contact_customer",
            ),
            models.Index(
                fields=["workspace", "next_contact_at", "id"],
                condition=LIVE & models.Q(next_contact_at__isnull=False),
                name="contact_next_contact",
            ),
        ]
