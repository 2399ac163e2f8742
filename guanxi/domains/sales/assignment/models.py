"""How leads are shared out: the desk, its rules, people's limits, queues; and each assignment with its reason.

*Rules*: who shares leads out locks the desk's row first: turns, quotas and open work are counted by one at a time
(docs/adr/0067). `turns` is kept by the program (rules.Turns); `version` counts changes by people alone.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class AssignmentDesk(WorkspaceOwned):
    """Whether leads are shared out, at which doors, in which hours, and who gets what no rule places."""

    enabled = models.BooleanField(default=False)
    doors = models.JSONField(default=list)  # via: public, import, api
    hours = models.JSONField(null=True)  # kit.working_hours; null: 09:00 to 18:00 on workdays
    fallback_user = models.UUIDField(null=True)
    fallback_queue = models.UUIDField(null=True)
    response_minutes = models.IntegerField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        """One a workspace."""

        db_table = "assignment_desk"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace"], name="assignment_desk_one")
        ]

    def __str__(self) -> str:
        return str(self.workspace_id)


class AssignmentRule(WorkspaceOwned):
    """Leads that match `filter` go to `targets` by `method`; rules are asked in order of `position`."""

    name = models.JSONField()
    position = models.IntegerField()
    enabled = models.BooleanField(default=True)
    filter = models.JSONField(null=True)
    method = models.CharField(max_length=10, default="turns")  # turns, fewest, queue
    targets = models.JSONField(default=list)  # [{"kind": "user" | "team", "id", "weight"}]
    queue_id = models.UUIDField(null=True)
    past_owner = models.BooleanField(default=False)
    territory = models.BooleanField(default=False)
    skill_field = models.CharField(max_length=40, blank=True, default="")
    in_hours = models.BooleanField(default=True)
    accept_minutes = models.IntegerField(null=True)
    turns = models.JSONField(default=dict)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        """Read in order."""

        db_table = "assignment_rule"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "position", "id"], name="assignment_rule_order")
        ]

    def __str__(self) -> str:
        return str(self.name)


class AssignmentPerson(WorkspaceOwned):
    """What somebody takes: limits, territory (region codes), skills, hours of their own, absence."""

    user_id = models.UUIDField()
    max_open = models.IntegerField(null=True)
    per_day = models.IntegerField(null=True)
    regions = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    hours = models.JSONField(null=True)
    away_from = models.DateTimeField(null=True)
    away_until = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        """One a person."""

        db_table = "assignment_person"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "user_id"], name="assignment_person_one")
        ]

    def __str__(self) -> str:
        return str(self.user_id)


class AssignmentQueue(WorkspaceOwned):
    """Leads that wait for whoever takes them: `members` are people and teams as a rule's targets are."""

    name = models.JSONField()
    members = models.JSONField(default=list)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()

    class Meta:
        """Read with all others of the workspace."""

        db_table = "assignment_queue"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "id"], name="assignment_queue_all")
        ]

    def __str__(self) -> str:
        return str(self.name)


class QueuedLead(WorkspaceOwned):
    """A lead that waits in a queue. Whoever deletes the row has taken it: that is what makes one winner."""

    queue = models.ForeignKey(AssignmentQueue, on_delete=models.CASCADE, related_name="+", db_index=False)
    lead_id = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        """First come, first out; a lead waits in one queue."""

        db_table = "assignment_queued"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "lead_id"], name="assignment_queued_one")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["queue", "entered_at", "id"], name="assignment_queued_order")
        ]

    def __str__(self) -> str:
        return str(self.lead_id)


class Assignment(WorkspaceOwned):
    """A lead was given to somebody (or a queue), by what, and why: `why` in both languages, `facts` beneath it.

    `accept_by` is when it goes on to somebody else; `accepted_at` that it was taken up; `ended_at` that it is no
    longer theirs.
    """

    lead_id = models.UUIDField()
    how = models.CharField(max_length=12)  # rule, fallback, taken, passed_on, rebalanced
    rule_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    queue_id = models.UUIDField(null=True)
    why = models.JSONField()
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()
    accept_by = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        """Read by lead; counted by person and day; the overdue ones are swept."""

        db_table = "assignment"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "lead_id", "id"], name="assignment_lead"),
            models.Index(fields=["workspace", "at", "person_id"], name="assignment_day"),
            models.Index(
                fields=["workspace", "accept_by"],
                condition=models.Q(accept_by__isnull=False, accepted_at__isnull=True, ended_at__isnull=True),
                name="assignment_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lead_id} {self.how}"
