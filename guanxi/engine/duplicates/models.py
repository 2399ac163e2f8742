"""Requests for records that somebody may not see but has come across: 撞单, settled between the two.

*Rules*: the one who asks learns nothing of the record from the request until it is theirs.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class RecordRequest(WorkspaceOwned):
    """`requester_id` asks for a record; `owner_id` and `manager_id` are the people who were asked."""

    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField()
    requester_id = models.UUIDField()
    owner_id = models.UUIDField(null=True)
    manager_id = models.UUIDField(null=True)
    message = models.TextField(default="")
    state = models.CharField(max_length=10, default="open")  # open, approved, declined, withdrawn
    answer = models.TextField(default="")
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        """One open request a person and record; read by each of the people concerned, newest first."""

        db_table = "record_request"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "requester_id", "record_id"],
                condition=models.Q(state="open"),
                name="record_request_open",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "owner_id", "id"], name="record_request_owner"),
            models.Index(fields=["workspace", "manager_id", "id"], name="record_request_manager"),
            models.Index(fields=["workspace", "requester_id", "id"], name="record_request_asker"),
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.record_id}"
