"""Targets: what is aimed at (a plan), how much by whom and when (its cells), and what was told of it.

*Rules*: a plan's cells are of one unit of time; quarters and years are sums of months, never numbers of their own that
could contradict them (docs/adr/0076). A cell belongs to a person, a team or the firm (`subject_id` is then
the workspace's). Attainment is never stored: it is read from the records.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class TargetPlan(WorkspaceOwned):
    """Something to aim at: a measure, over the records that match `filter`, in months, quarters or years."""

    name = models.JSONField()
    measure = models.CharField(max_length=40)
    unit = models.CharField(max_length=8, default="month")  # month, quarter, year
    filter = models.JSONField(null=True)
    alerts = models.JSONField(default=list)
    open_board = models.BooleanField(default=False)
    enabled = models.BooleanField(default=True)
    position = models.IntegerField(default=0)
    is_sample = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        """Read in order."""

        db_table = "target_plan"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "position", "id"], name="target_plan_order")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Target(WorkspaceOwned):
    """How much is aimed at by somebody in the period that begins on `start`."""

    plan = models.ForeignKey(TargetPlan, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=4)  # user, team, firm
    subject_id = models.UUIDField()
    start = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        """One cell of a grid; a plan is read by stretches of time."""

        db_table = "target"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "plan", "start", "kind", "subject_id"], name="target_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.start}"


class TargetAlert(WorkspaceOwned):
    """Somebody's target has reached `percent`, and this was told: once."""

    plan = models.ForeignKey(TargetPlan, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=4)
    subject_id = models.UUIDField()
    start = models.DateField()
    percent = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        """Once each."""

        db_table = "target_alert"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "plan", "start", "kind", "subject_id", "percent"],
                name="target_alert_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.percent}"


class TargetShy(WorkspaceOwned):
    """Who does not want to stand on leaderboards by name."""

    user_id = models.UUIDField()

    class Meta:
        """One a person."""

        db_table = "target_shy"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "user_id"], name="target_shy_one")
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class CommissionRule(WorkspaceOwned):
    """What is paid for what a plan measures: bands of `{"from", "rate"}`, over amounts or over attainment.

    `mode` progressive: each band's rate for what lies in it; whole: the highest band's rate for all of it. `people`
    are `{"kind", "id"}` of whom it is for; empty: for everybody.
    """

    name = models.JSONField()
    plan = models.ForeignKey(TargetPlan, on_delete=models.PROTECT, related_name="+", db_index=False)
    basis = models.CharField(max_length=10, default="amount")  # amount, attainment
    mode = models.CharField(max_length=12, default="progressive")  # progressive, whole
    bands = models.JSONField(default=list)
    people = models.JSONField(default=list)
    enabled = models.BooleanField(default=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        """Read with all others of the workspace."""

        db_table = "commission_rule"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "id"], name="commission_rule_all")
        ]

    def __str__(self) -> str:
        return str(self.name)


class CommissionStatement(WorkspaceOwned):
    """A period of a rule that was closed: its lines and the rule as they were then, for good."""

    rule = models.ForeignKey(CommissionRule, on_delete=models.PROTECT, related_name="+", db_index=False)
    start = models.DateField()
    said = models.JSONField()
    total = models.DecimalField(max_digits=18, decimal_places=2)
    closed_at = models.DateTimeField()
    closed_by = models.UUIDField(null=True)

    class Meta:
        """Closed once."""

        db_table = "commission_statement"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "rule", "start"], name="commission_statement_once")
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.start}"


class CommissionLine(WorkspaceOwned):
    """What one person gets by a closed statement, and how it came about."""

    statement = models.ForeignKey(
        CommissionStatement, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    user_id = models.UUIDField()
    actual = models.DecimalField(max_digits=20, decimal_places=2)
    target = models.DecimalField(max_digits=20, decimal_places=2, null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    steps = models.JSONField(default=list)

    class Meta:
        """One a person."""

        db_table = "commission_line"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "statement", "user_id"], name="commission_line_one")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.amount}"


class ScoreCard(WorkspaceOwned):
    """A KPI score card: `items` of `{"plan", "weight", "cap"}`; nobody scores more than `cap` percent on one."""

    name = models.JSONField()
    unit = models.CharField(max_length=8, default="month")
    items = models.JSONField(default=list)
    people = models.JSONField(default=list)
    enabled = models.BooleanField(default=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        """Read with all others of the workspace."""

        db_table = "score_card"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "id"], name="score_card_all")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Contest(WorkspaceOwned):
    """A competition: who reaches the most of what a plan measures from `first` to `last`. `winners` once it is over."""

    name = models.JSONField()
    plan = models.ForeignKey(TargetPlan, on_delete=models.PROTECT, related_name="+", db_index=False)
    first = models.DateField()
    last = models.DateField()
    prize = models.CharField(max_length=200, blank=True, default="")
    people = models.JSONField(default=list)
    winners = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        """Read newest first."""

        db_table = "contest"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "last", "id"], name="contest_newest")
        ]

    def __str__(self) -> str:
        return str(self.name)
