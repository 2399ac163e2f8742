"""Work on all the values of a field, and the values that it replaced.

*Rules*: a task's chunks commit one by one, each with its `position`, so that a run that is broken off goes
on where it stood. `FormerValue` is written by conversions only, and kept for 90 days.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.records.models import in_workspace
from guanxi.engine.tenancy.models import WorkspaceOwned


class SchemaTask(WorkspaceOwned):
    """One piece of work: making a field unique, converting it, replacing an option."""

    kind = models.CharField(max_length=20)
    object_key = models.CharField(max_length=40)
    field_key = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    status = models.CharField(max_length=10, default="queued")  # queued, running, done, failed
    position = models.UUIDField(null=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    result = models.JSONField(default=dict)
    created_by = models.UUIDField(null=True)
    locale = models.CharField(max_length=8, default="zh-CN")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Listed newest first, by object."""

        db_table = "schema_task"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "object_key", "id"], name="schema_task_object")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_key}.{self.field_key}"


class FormerValue(models.Model):
    """What one record held in a field before it was converted, and what became of it."""

    id = models.BigAutoField(primary_key=True)
    workspace = in_workspace()
    task_id = models.UUIDField()
    record_id = models.UUIDField()
    old = models.JSONField(null=True)
    new = models.JSONField(null=True)

    class Meta:
        """One a record and task."""

        db_table = "former_value"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "task_id", "record_id"], name="former_value_record")
        ]
