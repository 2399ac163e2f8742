"""The notices of a workspace's people.

*Rules*: rows are made through `facade` only. A title is a pair of sentences whose `{names}` are filled
from `data` when it is read, in the reader's language: a notice that grows ("12 customers") changes its
data, not its words.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.models import WorkspaceOwned


class Notification(WorkspaceOwned):
    """Something one person should know. `group_key` gathers what belongs together into one notice."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    title = models.JSONField(default=dict)
    body = models.JSONField(default=dict)
    url = models.TextField(default="")
    data = models.JSONField(default=dict)
    group_key = models.CharField(max_length=120, null=True)
    read_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        """Read newest first by person; the unread are counted; the old are swept."""

        db_table = "notification"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "user", "group_key"],
                condition=models.Q(group_key__isnull=False),
                name="notification_group",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "user", "created_at", "id"], name="notification_newest"),
            models.Index(
                fields=["workspace", "user"],
                condition=models.Q(read_at__isnull=True),
                name="notification_unread",
            ),
            models.Index(fields=["workspace", "created_at"], name="notification_age"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
