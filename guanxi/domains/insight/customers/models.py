"""What insight knows of customers, what it knew before, and how it came about.

*Rules*: written by runs alone (writing.py), set by set. A row of `CustomerInsight` has the id of its customer; what
is not known is NULL. Figures and keys only, no names.
"""

from typing import Any, ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


def _money() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=18, decimal_places=2, null=True)


def _number(digits: int, places: int) -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=digits, decimal_places=places, null=True)


class CustomerInsight(WorkspaceOwned):
    """Where a customer stands. `share` is the percentage of the profit that better customers bring together.

    Of the last 12 months: `profit` is `revenue` (without tax) less `goods` (what they cost) and `serving` (expenses).
    """

    stage = models.CharField(max_length=12)
    stage_since = models.DateField(null=True)
    gap = _number(8, 1)
    pause = _number(8, 0)
    orders = _number(12, 0)
    spend = _money()
    average = _money()
    first_on = models.DateField(null=True)
    last_on = models.DateField(null=True)
    recency = _number(1, 0)
    frequency = _number(1, 0)
    monetary = _number(1, 0)
    segment = models.CharField(max_length=12, null=True)
    revenue = _money()
    goods = _money()
    serving = _money()
    profit = _money()
    share = _number(9, 6)
    tier = models.CharField(max_length=8, null=True)
    tier_since = models.DateField(null=True)
    clv = _money()
    clv_low = _money()
    clv_high = _money()
    alive = _number(5, 1)
    churn = _number(5, 1)
    next_on = models.DateField(null=True)
    offer = models.UUIDField(null=True)
    """The product to offer first."""
    offers = models.JSONField(null=True)
    """All offers, best first: `product`, and where there is a reason `because` (a product), `lift`, `both`."""

    class Meta:
        """Asked for by stage and by tier; otherwise by the customer's id."""

        db_table = "customer_insight"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "stage", "id"], name="customer_insight_stage"),
            models.Index(
                fields=["workspace", "tier", "id"],
                condition=models.Q(tier__isnull=False),
                name="customer_insight_tier",
            ),
            models.Index(
                fields=["workspace", "offer", "id"],
                condition=models.Q(offer__isnull=False),
                name="customer_insight_offer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.stage}"


class InsightChange(WorkspaceOwned):
    """A customer's stage or tier has changed (`kind`), on what day and with which figures."""

    customer_id = models.UUIDField()
    kind = models.CharField(max_length=8)  # stage, tier
    was = models.CharField(max_length=12, null=True)
    now = models.CharField(max_length=12, null=True)
    on = models.DateField(db_column="day")
    figures = models.JSONField(default=dict)

    class Meta:
        """Read for a customer, in order."""

        db_table = "customer_insight_change"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "customer_id", "on"], name="insight_change_customer")
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.now}"


class InsightMonth(WorkspaceOwned):
    """A customer's scores as they were at the first run of a month."""

    customer_id = models.UUIDField()
    month = models.DateField()
    stage = models.CharField(max_length=12)
    tier = models.CharField(max_length=8, null=True)
    segment = models.CharField(max_length=12, null=True)
    orders = _number(12, 0)
    spend = _money()
    clv = _money()
    churn = _number(5, 1)

    class Meta:
        """One a month and customer."""

        db_table = "customer_insight_month"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "customer_id", "month"], name="insight_month_customer"
            )
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.month}"


class InsightRun(WorkspaceOwned):
    """One computation: its rules and models with their parameters, the lake's state, the firm's figures, what is missing."""

    day = models.DateField()
    state = models.CharField(max_length=10, default="waiting")  # waiting, running, done, failed
    progress = models.IntegerField(default=0)
    nightly = models.BooleanField(default=False)
    rules = models.JSONField(default=dict)
    models_used = models.JSONField(default=dict)
    freshness = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    missing = models.JSONField(default=list)  # {zh-CN, en}
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Read newest first."""

        db_table = "insight_run"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "-started_at"], name="insight_run_newest")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.state}"


class InsightSettings(WorkspaceOwned):
    """What a firm has decided (rules.py); none: as it comes."""

    rules = models.JSONField(default=dict)
    version = models.IntegerField(default=1)

    class Meta:
        """One a workspace."""

        db_table = "insight_settings"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace"], name="insight_settings_one")
        ]

    def __str__(self) -> str:
        return str(self.workspace_id)
