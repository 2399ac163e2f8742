"""The tables of leads, opportunities, products and of what people do: tasks, notes, calls, events.

Rows are written by `records.store` and read by `records.query` alone; the models are here for the
columns, the indexes and the migrations. What the fields mean is declared in `objects/`.

*Rules*: an empty value is NULL, never an empty string. Links to records never cascade, and a link's
index starts with the link (docs/adr/0021).
"""

from typing import Any, ClassVar

from django.db import models

from guanxi.domains.customers.facade import Pooled
from guanxi.engine.records.models import LIVE, Record


def link_to(target: str) -> "models.ForeignKey[Any, Any]":
    """A column that holds another record: never cascades, indexed by the table itself."""
    return models.ForeignKey(target, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False)


class Product(Record):
    """Something the firm sells."""

    name = models.TextField()
    code = models.TextField(null=True)
    category = models.TextField(null=True)
    unit = models.TextField(null=True)
    price = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    cost = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, null=True)
    floor_price = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    spec = models.TextField(null=True)
    barcode = models.TextField(null=True)
    stock_note = models.TextField(null=True)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    is_active = models.BooleanField(null=True)
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """Listed by category."""

        db_table = "product"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(
                fields=["workspace", "category", "title_sort", "id"], condition=LIVE, name="product_category"
            ),
        ]


class Lead(Pooled, Record):
    """Somebody who may become a customer."""

    name = models.TextField()
    company = models.TextField(null=True)
    contact_name = models.TextField(null=True)
    job_title = models.TextField(null=True)
    mobile = models.TextField(null=True)
    phone = models.TextField(null=True)
    email = models.TextField(null=True)
    wechat = models.TextField(null=True)
    website = models.TextField(null=True)
    status = models.TextField(null=True)
    source = models.TextField(null=True)
    channel = models.TextField(null=True)
    campaign = models.TextField(null=True)
    utm_source = models.TextField(null=True)
    utm_medium = models.TextField(null=True)
    utm_campaign = models.TextField(null=True)
    utm_term = models.TextField(null=True)
    utm_content = models.TextField(null=True)
    landing_page = models.TextField(null=True)
    referral_code = models.TextField(null=True)
    tier = models.TextField(null=True)
    rating = models.IntegerField(null=True)
    score = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    industry = models.TextField(null=True)
    region = models.JSONField(null=True)
    need = models.TextField(null=True)
    tags = models.JSONField(null=True)
    attachments = models.JSONField(null=True)
    next_contact_at = models.DateTimeField(null=True)
    last_contact_at = models.DateTimeField(null=True)
    first_response_due_at = models.DateTimeField(null=True)
    first_response_at = models.DateTimeField(null=True)
    first_response_minutes = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    disqualify_reason = models.TextField(null=True)
    converted_at = models.DateTimeField(null=True)
    converted_customer = link_to("customers.Customer")
    converted_contact = link_to("customers.Contact")
    converted_opportunity = link_to("sales.Opportunity")
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """Worked off by status; found from what they became."""

        db_table = "lead"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(
                fields=["workspace", "status", "created_at", "id"], condition=LIVE, name="lead_status"
            ),
            models.Index(
                fields=["workspace", "source", "title_sort", "id"], condition=LIVE, name="lead_source"
            ),
            models.Index(
                fields=["workspace", "next_contact_at", "id"],
                condition=LIVE & models.Q(next_contact_at__isnull=False),
                name="lead_next_contact",
            ),
            models.Index(
                fields=["workspace", "pool", "pooled_at", "id"],
                condition=LIVE & models.Q(pool__isnull=False),
                name="lead_pool",
            ),
            models.Index(
                fields=["workspace", "owner", "pool_due_at"],
                condition=LIVE & models.Q(pool_due_at__isnull=False),
                name="lead_pool_due",
            ),
            models.Index(
                fields=["workspace", "first_response_due_at", "id"],
                condition=LIVE
                & models.Q(first_response_due_at__isnull=False, first_response_at__isnull=True),
                name="lead_unanswered",
            ),
            models.Index(
                fields=["converted_customer"],
                condition=models.Q(converted_customer__isnull=False),
                name="lead_converted_customer",
            ),
            models.Index(
                fields=["converted_contact"],
                condition=models.Q(converted_contact__isnull=False),
                name="lead_converted_contact",
            ),
            models.Index(
                fields=["converted_opportunity"],
                condition=models.Q(converted_opportunity__isnull=False),
                name="lead_converted_opportunity",
            ),
        ]


class Opportunity(Record):
    """A deal on its way through a pipeline."""

    name = models.TextField()
    number = models.TextField(null=True)
    customer = link_to("customers.Customer")
    contact = link_to("customers.Contact")
    product = link_to("sales.Product")
    pipeline = models.TextField(null=True)
    stage = models.TextField(null=True)
    status = models.TextField(null=True)
    probability = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, null=True)
    rate = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    base_total = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    start_date = models.DateField(null=True)
    expected_close_date = models.DateField(null=True)
    close_date = models.DateField(null=True)
    stage_entered_at = models.DateTimeField(null=True)
    source = models.TextField(null=True)
    competitor = models.TextField(null=True)
    loss_reason = models.TextField(null=True)
    loss_note = models.TextField(null=True)
    win_reason = models.TextField(null=True)
    checklist = models.JSONField(null=True)
    forecast_category = models.TextField(null=True)
    close_pushes = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    cycle_days = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    next_step = models.TextField(null=True)
    next_contact_at = models.DateTimeField(null=True)
    last_contact_at = models.DateTimeField(null=True)
    tags = models.JSONField(null=True)
    description = models.TextField(null=True)

    class Meta(Record.Meta):
        """The board by stage, the forecast by expected close, the won ones by close; links."""

        db_table = "opportunity"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(
                fields=["workspace", "pipeline", "stage", "created_at", "id"],
                condition=LIVE,
                name="opportunity_pipeline",
            ),
            models.Index(
                fields=["workspace", "stage", "created_at", "id"], condition=LIVE, name="opportunity_stage"
            ),
            models.Index(
                fields=["workspace", "status", "expected_close_date", "id"],
                condition=LIVE,
                name="opportunity_expected",
            ),
            models.Index(
                fields=["workspace", "close_date", "id"],
                condition=LIVE & models.Q(close_date__isnull=False),
                name="opportunity_closed",
            ),
            models.Index(
                fields=["customer", "created_at", "id"],
                condition=models.Q(customer__isnull=False),
                name="opportunity_customer",
            ),
            models.Index(
                fields=["contact"], condition=models.Q(contact__isnull=False), name="opportunity_contact"
            ),
            models.Index(
                fields=["product"], condition=models.Q(product__isnull=False), name="opportunity_product"
            ),
        ]


class Activity(Record):
    """What tasks, notes, calls and events share: a subject, a text, and what they are about."""

    subject = models.TextField()
    body = models.TextField(null=True)
    customer = link_to("customers.Customer")
    contact = link_to("customers.Contact")
    lead = link_to("sales.Lead")
    opportunity = link_to("sales.Opportunity")

    class Meta(Record.Meta):
        """Abstract; read from what they are about."""

        abstract = True
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            *(
                models.Index(
                    fields=[link, "created_at", "id"],
                    condition=models.Q(**{f"{link}__isnull": False}),
                    name=f"%(class)s_{link}",
                )
                for link in ("customer", "contact", "lead", "opportunity")
            ),
        ]


class Task(Activity):
    """Something to be done by its owner."""

    status = models.TextField(null=True)
    priority = models.TextField(null=True)
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    remind_at = models.DateTimeField(null=True)
    repeat = models.TextField(null=True)
    repeat_rule = models.TextField(null=True)
    asked_by = models.UUIDField(null=True)
    reason = models.TextField(null=True)

    class Meta(Activity.Meta):
        """What is due, for one person or for all."""

        db_table = "task"
        indexes: ClassVar[list[models.Index]] = [
            *Activity.Meta.indexes,
            models.Index(
                fields=["workspace", "owner", "status", "due_at", "id"], condition=LIVE, name="task_mine"
            ),
            models.Index(fields=["workspace", "status", "due_at", "id"], condition=LIVE, name="task_due"),
            models.Index(
                fields=["workspace", "asked_by"],
                condition=models.Q(asked_by__isnull=False),
                name="task_asked_by",
            ),
        ]


class Note(Activity):
    """A follow-up written down."""

    method = models.TextField(null=True)
    outcome = models.TextField(null=True)
    next_contact_at = models.DateTimeField(null=True)
    photos = models.JSONField(null=True)

    class Meta(Activity.Meta):
        """Like every activity."""

        db_table = "note"


class Call(Activity):
    """A telephone call."""

    direction = models.TextField(null=True)
    outcome = models.TextField(null=True)
    phone = models.TextField(null=True)
    duration = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    at = models.DateTimeField(null=True)
    next_contact_at = models.DateTimeField(null=True)
    photos = models.JSONField(null=True)

    class Meta(Activity.Meta):
        """Also by when it was."""

        db_table = "call"
        indexes: ClassVar[list[models.Index]] = [
            *Activity.Meta.indexes,
            models.Index(fields=["workspace", "at", "id"], condition=LIVE, name="call_at"),
        ]


class Event(Activity):
    """A meeting, a visit, a demonstration: something with a time and a place."""

    kind = models.TextField(null=True)
    start_at = models.DateTimeField(null=True)
    end_at = models.DateTimeField(null=True)
    place = models.TextField(null=True)
    outcome = models.TextField(null=True)
    next_contact_at = models.DateTimeField(null=True)
    photos = models.JSONField(null=True)
    checked_in_at = models.DateTimeField(null=True)
    checked_in_place = models.JSONField(null=True)
    accuracy = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    distance = models.DecimalField(max_digits=15, decimal_places=0, null=True)

    class Meta(Activity.Meta):
        """The calendar."""

        db_table = "event"
        indexes: ClassVar[list[models.Index]] = [
            *Activity.Meta.indexes,
            models.Index(fields=["workspace", "start_at", "id"], condition=LIVE, name="event_start"),
        ]
