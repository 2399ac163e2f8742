"""How good the data was, day by day; what counts as good; and what has been repaired.

*Rules*: figures only, never values of records: a snapshot shows nobody what they may not see.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class QualitySettings(WorkspaceOwned):
    """What an administrator has set for an object; none: the defaults of `settings.py`."""

    object_key = models.CharField(max_length=40)
    weights = models.JSONField(null=True)  # dimension → weight
    fields = models.JSONField(null=True)  # field → weight
    review_days = models.IntegerField(null=True)
    version = models.IntegerField(default=1)

    class Meta:
        """One an object."""

        db_table = "quality_settings"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "object_key"], name="quality_settings_object")
        ]

    def __str__(self) -> str:
        return self.object_key


class QualitySnapshot(WorkspaceOwned):
    """An object as it was measured last on a day: `detail` is a `measuring.Measured` as JSON."""

    object_key = models.CharField(max_length=40)
    day = models.DateField()
    records = models.IntegerField()
    overall = models.FloatField(null=True)
    scores = models.JSONField(default=dict)
    detail = models.JSONField(default=dict)
    taken_at = models.DateTimeField()

    class Meta:
        """One a day and object; read as a trend."""

        db_table = "quality_snapshot"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "object_key", "day"], name="quality_snapshot_day")
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.day}"


class QualityRepair(WorkspaceOwned):
    """One run of a repair; its id is the journal's batch, by which it is undone."""

    object_key = models.CharField(max_length=40)
    repair = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="running")  # running, done, failed
    repaired = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Listed newest first."""

        db_table = "quality_repair"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "object_key", "id"], name="quality_repair_recent")
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.repair}"
