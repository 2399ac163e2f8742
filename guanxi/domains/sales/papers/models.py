"""The tables of papers: quotes and contracts, their print templates, links for customers.

Rows are written by `records.store` and read by `records.query` alone; what the fields mean is declared in
`objects/`. An empty value is NULL, never an empty string. Lines stand in `custom_record` (docs/adr/0044, 0065).
"""

from typing import Any, ClassVar

from django.db import models

from guanxi.engine.records.models import LIVE, Record
from guanxi.engine.tenancy.models import WorkspaceOwned


def link_to(target: str) -> "models.ForeignKey[Any, Any]":
    """A column that holds another record: never cascades, indexed by the table itself."""
    return models.ForeignKey(target, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False)


def money() -> "models.DecimalField[Any, Any]":
    """A column of an amount."""
    return models.DecimalField(max_digits=18, decimal_places=2, null=True)


class Document(Record):
    """What quotes, contracts and orders share: number, parties, state, currency and totals."""

    name = models.TextField()
    number = models.TextField(null=True)
    customer = link_to("customers.Customer")
    contact = link_to("customers.Contact")
    opportunity = link_to("sales.Opportunity")
    status = models.TextField(null=True)
    currency = models.CharField(max_length=3, null=True)
    rate = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    base_total = money()
    tax_included = models.BooleanField(null=True)
    discount = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    subtotal = money()
    discount_total = money()
    net_total = money()
    tax_total = money()
    total = money()
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """Abstract; found by number, by state, and from what they are about."""

        abstract = True
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(
                fields=["workspace", "status", "created_at", "id"], condition=LIVE, name="%(class)s_status"
            ),
            models.Index(fields=["workspace", "number"], condition=LIVE, name="%(class)s_number"),
            *(
                models.Index(
                    fields=[link, "created_at", "id"],
                    condition=models.Q(**{f"{link}__isnull": False}),
                    name=f"%(class)s_{link}",
                )
                for link in ("customer", "contact", "opportunity")
            ),
        ]


class Paper(Document):
    """What goes to its approval before it goes out: quotes and contracts."""

    submitted_by = models.UUIDField(null=True)
    submitted_at = models.DateTimeField(null=True)
    approval_reasons = models.TextField(null=True)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(null=True)

    class Meta(Document.Meta):
        """Abstract too."""

        abstract = True


class Quote(Paper):
    """What the firm offers a customer, and until when."""

    revision = models.DecimalField(max_digits=6, decimal_places=0, null=True)
    previous = models.ForeignKey(
        "self", null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    issued_on = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.TextField(null=True)
    answer_note = models.TextField(null=True)
    terms = models.TextField(null=True)

    class Meta(Paper.Meta):
        """Also by the version it replaces."""

        db_table = "quote"
        indexes: ClassVar[list[models.Index]] = [
            *Paper.Meta.indexes,
            models.Index(
                fields=["previous"], condition=models.Q(previous__isnull=False), name="quote_previous"
            ),
        ]


class Contract(Paper):
    """What was agreed with a customer, and for how long."""

    quote = models.ForeignKey(Quote, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False)
    amends = models.ForeignKey(
        "self", null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False
    )
    kind = models.TextField(null=True)
    signed_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    notice_days = models.DecimalField(max_digits=4, decimal_places=0, null=True)
    renewal = link_to("sales.Opportunity")
    terms = models.TextField(null=True)
    attachments = models.JSONField(null=True)
    cost_total = money()
    gross_profit = money()

    class Meta(Paper.Meta):
        """Also by its end, and from the quote and the contract that it comes of."""

        db_table = "contract"
        indexes: ClassVar[list[models.Index]] = [
            *Paper.Meta.indexes,
            models.Index(
                fields=["workspace", "ends_on", "id"],
                condition=LIVE & models.Q(ends_on__isnull=False),
                name="contract_ends",
            ),
            models.Index(fields=["quote"], condition=models.Q(quote__isnull=False), name="contract_quote"),
            models.Index(
                fields=["renewal"], condition=models.Q(renewal__isnull=False), name="contract_renewal"
            ),
            models.Index(fields=["amends"], condition=models.Q(amends__isnull=False), name="contract_amends"),
        ]


class PrintTemplate(WorkspaceOwned):
    """A template that takes the place of the standard one for an object."""

    object_key = models.CharField(max_length=40)
    source = models.TextField()
    version = models.IntegerField(default=1)
    updated_at = models.DateTimeField()
    updated_by = models.UUIDField(null=True)

    class Meta:
        """One for each object."""

        db_table = "print_template"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "object_key"], name="print_template_object")
        ]

    def __str__(self) -> str:
        return self.object_key


class Clause(Record):
    """Wording that goes into one contract after the other."""

    name = models.TextField(null=True)
    topic = models.TextField(null=True)
    body = models.TextField(null=True)

    class Meta(Record.Meta):
        """Few rows: the lists' indexes do."""

        db_table = "clause"
        indexes: ClassVar[list[models.Index]] = [*Record.Meta.indexes]


class OfferLink(WorkspaceOwned):
    """A link for a customer to the page of a quote, and the answer that was given there."""

    quote_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)
    mailed_to = models.JSONField(default=list)  # addresses that it was mailed to
    first_seen_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    seen_count = models.IntegerField(default=0)
    answer = models.CharField(max_length=10, default="")
    answered_at = models.DateTimeField(null=True)
    name = models.TextField(default="")
    comment = models.TextField(default="")
    ip = models.TextField(default="")
    agent = models.TextField(default="")
    signature = models.JSONField(null=True)
    document = models.JSONField(null=True)
    document_hash = models.CharField(max_length=64, default="")

    class Meta:
        """By quote, and by the hash of its secret."""

        db_table = "offer_link"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "quote_id", "id"], name="offer_link_quote")
        ]

    def __str__(self) -> str:
        return str(self.quote_id)
