"""The tables of following up.

*Rules*: what people did (notes, calls, visits, tasks) are records of `domains.sales`; here stands only what is no record.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.records.models import Record
from guanxi.engine.tenancy.models import WorkspaceOwned


class Reminder(WorkspaceOwned):
    """A task is to be brought to its owner's mind at a moment; `sent_at` says that it was."""

    task_id = models.UUIDField()
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        """One a task; found by when they are due."""

        db_table = "sales_reminder"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["task_id"], name="sales_reminder_task")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["workspace", "at"],
                condition=models.Q(sent_at__isnull=True),
                name="sales_reminder_due",
            )
        ]

    def __str__(self) -> str:
        return str(self.task_id)


class FollowUpPlan(WorkspaceOwned):
    """What is to be done about records that fit a condition, step by step; what the parts look like: plans/settings.py."""

    object_key = models.CharField(max_length=40)
    name = models.JSONField(default=dict)
    condition = models.JSONField(null=True)
    steps = models.JSONField(default=list)  # {day, subject: {zh-CN, en}}
    stops_on_contact = models.BooleanField(default=False)
    workdays = models.BooleanField(default=True)
    enabled = models.BooleanField(default=False)
    seeding = models.BooleanField(default=False)  # those that fit already are still to be noted as left out
    version = models.IntegerField(default=1)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Listed by when they were made."""

        db_table = "sales_plan"

    def __str__(self) -> str:
        return str(self.id)


class PlanEntry(WorkspaceOwned):
    """A record in a plan. `step` is the next one, due on `due_on`; `tasks` are those that were made.

    `state`: running; done (all steps), answered, left (fits no longer) or skipped (fitted before the plan began).
    """

    plan = models.ForeignKey(FollowUpPlan, on_delete=models.CASCADE, related_name="+", db_index=False)
    record_id = models.UUIDField()
    state = models.CharField(max_length=10, default="running")
    started_at = models.DateTimeField()
    step = models.IntegerField(default=0)
    due_on = models.DateField(null=True)
    tasks = models.JSONField(default=list)

    class Meta:
        """One a plan and record; found by when its next step is due."""

        db_table = "sales_plan_entry"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "record_id"], name="sales_plan_entry_record")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["plan", "due_on"], condition=models.Q(state="running"), name="sales_plan_entry_due"
            ),
            models.Index(fields=["record_id"], name="sales_plan_entry_of"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.record_id}"


class Remark(WorkspaceOwned):
    """What somebody says about a record: a manager about a follow-up, a colleague about a report."""

    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField()
    author_id = models.UUIDField()
    body = models.TextField()
    mentions = models.JSONField(default=list)  # ids of people
    created_at = models.DateTimeField()

    class Meta:
        """Read by record, oldest first."""

        db_table = "sales_remark"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "record_id", "created_at", "id"], name="sales_remark_of")
        ]

    def __str__(self) -> str:
        return str(self.id)


class CalendarFeed(WorkspaceOwned):
    """The address under which a person's calendar is read elsewhere: the hash of its secret."""

    user_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        """One a person."""

        db_table = "sales_calendar_feed"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "user_id"], name="sales_calendar_feed_person")
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class EventGuest(WorkspaceOwned):
    """Somebody who was asked to an event, by mail, and what they answered.

    `uid` is what their calendar calls the event: a random text with the workspace in it, which comes back with the
    answer. The address is sealed: it is the record's, as it was when they were asked. `sequence` counts what was sent.
    """

    event_id = models.UUIDField()
    object_key = models.CharField(max_length=40)  # contact, customer, lead, or user for a colleague
    record_id = models.UUIDField()
    address = models.TextField()
    uid = models.CharField(max_length=160, unique=True)
    state = models.CharField(
        max_length=10, default="asked"
    )  # asked, accepted, tentative, declined, withdrawn
    sequence = models.IntegerField(default=0)
    locale = models.CharField(max_length=10, default="zh-CN")
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    proposed_start = models.DateTimeField(null=True)  # another time that they would rather have
    proposed_end = models.DateTimeField(null=True)

    class Meta:
        """Read by event; each is asked once."""

        db_table = "sales_event_guest"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["event_id", "object_key", "record_id"], name="sales_event_guest_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.state}"


class WorkReport(Record):
    """What somebody did in a day or a week, for whom they report to."""

    name = models.TextField()
    kind = models.TextField(null=True)
    status = models.TextField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    manager = models.UUIDField(null=True)
    submitted_at = models.DateTimeField(null=True)
    done = models.TextField(null=True)
    problems = models.TextField(null=True)
    plan = models.TextField(null=True)
    calls = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    visits = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    notes = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    tasks_done = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    new_customers = models.DecimalField(max_digits=15, decimal_places=0, null=True)
    won_deals = models.DecimalField(max_digits=15, decimal_places=0, null=True)

    class Meta(Record.Meta):
        """Read by period, and by whom they are for."""

        db_table = "work_report"
        indexes: ClassVar[list[models.Index]] = [
            *Record.Meta.indexes,
            models.Index(fields=["workspace", "owner", "kind", "starts_on"], name="work_report_period"),
            models.Index(
                fields=["workspace", "manager", "starts_on"],
                condition=models.Q(manager__isnull=False),
                name="work_report_manager",
            ),
        ]
