"""Work on many records in the background: what is asked for, how far it is, what was refused.

*Rules*: a job's id is the batch of its changes; `position` is the id of the last record that a committed
chunk has dealt with, so that an interrupted job goes on after it.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned
from guanxi.engine.vault.fields import SealedJSONField


class BulkJob(WorkspaceOwned):
    """One operation on a selection: `target` is `{"ids"}` or `{"filter", "q"}`, `spec` what is to be done."""

    object_key = models.CharField(max_length=40)
    op = models.CharField(max_length=10)  # update, delete, restore, action
    spec = SealedJSONField(default=dict)
    target = SealedJSONField(default=dict)
    status = models.CharField(max_length=10, default="queued")  # queued, running, done, failed, cancelled
    via = models.CharField(max_length=16, default="web")
    locale = models.CharField(max_length=8, default="zh-CN")
    created_by = models.UUIDField()
    total_count = models.IntegerField(default=0)
    done_count = models.IntegerField(default=0)
    changed_count = models.IntegerField(default=0)
    unchanged_count = models.IntegerField(default=0)
    refused_count = models.IntegerField(default=0)
    position = models.UUIDField(null=True)
    error = models.JSONField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Swept by age."""

        db_table = "bulk_job"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "created_at"], name="bulk_job_age")
        ]

    def __str__(self) -> str:
        return f"{self.op} {self.object_key}"


class BulkRefusal(WorkspaceOwned):
    """A record that a job could not deal with, and why."""

    job = models.ForeignKey(BulkJob, on_delete=models.CASCADE, related_name="refusals", db_index=False)
    record_id = models.UUIDField()
    title = models.TextField(default="")
    errors = models.JSONField(default=list)

    class Meta:
        """Read by job, in the order they were met."""

        db_table = "bulk_refusal"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "job", "id"], name="bulk_refusal_job")
        ]

    def __str__(self) -> str:
        return self.title
