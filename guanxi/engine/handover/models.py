"""Hand-overs: whose records go to whom, how far it is, and what it takes to undo the rest.

*Rules*: a hand-over's id is the batch of its changes; `position` is the last record of `plan["order"][step]`
that a committed chunk has dealt with. `work` is what each kind of open work keeps (identity/leaving.py).
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class HandOver(WorkspaceOwned):
    """All that one person has, on its way to others."""

    person_id = models.UUIDField()
    plan = models.JSONField(default=dict)
    status = models.CharField(max_length=10, default="queued")  # queued, running, done, failed
    via = models.CharField(max_length=16, default="web")
    locale = models.CharField(max_length=8, default="zh-CN")
    created_by = models.UUIDField()
    step = models.IntegerField(default=0)
    position = models.UUIDField(null=True)
    dealt = models.IntegerField(default=0)
    moved_count = models.IntegerField(default=0)
    refused_count = models.IntegerField(default=0)
    refused = models.JSONField(default=list)
    work = models.JSONField(default=dict)
    error = models.JSONField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """One at a time a person."""

        db_table = "hand_over"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "person_id"],
                condition=models.Q(status__in=["queued", "running"]),
                name="hand_over_one",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "person_id", "id"], name="hand_over_person")
        ]

    def __str__(self) -> str:
        return str(self.person_id)
