"""Imports and exports as rows: what was asked for, how far it is, what was refused.

*How it works*: an `ImportJob` is a small state machine (rules/states.py). Its file's bytes are in the file
store; only rows that were refused or repaired have a row of their own, so that an import of a million
good rows leaves one row here. `position` is the number of the last row of the file that a committed
chunk has dealt with: it moves in the same transaction as the records, and a resumed run starts after it.
`tries` counts the starts since then: a chunk that breaks every worker must not break them for ever.

*Rules*: the journal's batch of an import is the job's id; `cells` of a refused row are the texts of the
file, cut where `clipped` says so.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned
from guanxi.engine.vault.fields import SealedJSONField


class ImportJob(WorkspaceOwned):
    """One file on its way into one object."""

    object_key = models.CharField(max_length=40)
    status = models.CharField(max_length=12, default="draft")
    file_id = models.UUIDField()
    filename = models.TextField()
    created_by = models.UUIDField(null=True)
    locale = models.CharField(max_length=8, default="zh-CN")
    layout = models.JSONField(default=dict)
    sheet = models.TextField(null=True)
    sheets = models.JSONField(default=list)
    columns = SealedJSONField(default=list)
    row_count = models.IntegerField(default=0)
    mapping = models.JSONField(default=dict)
    options = SealedJSONField(default=dict)
    prepared = SealedJSONField(default=dict)
    preview = SealedJSONField(null=True)
    position = models.IntegerField(default=0)
    done_rows = models.IntegerField(default=0)
    tries = models.IntegerField(default=0)
    counts = models.JSONField(default=dict)
    error = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Listed newest first."""

        db_table = "import_job"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "id"], name="import_job_recent")
        ]

    def __str__(self) -> str:
        return self.filename


class ImportRow(WorkspaceOwned):
    """A row of the file that was refused; `fixed` once its cells have been corrected."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="rows", db_index=False)
    row = models.IntegerField()
    status = models.CharField(
        max_length=8, default="refused"
    )  # refused, fixed, written; linking: see within.py
    cells = SealedJSONField(default=list)
    clipped = SealedJSONField(default=list)
    errors = models.JSONField(default=list)

    class Meta:
        """One a row of the file."""

        db_table = "import_row"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "job", "row"], name="import_row_unique")
        ]

    def __str__(self) -> str:
        return str(self.row)


class ExportJob(WorkspaceOwned):
    """A query being written to a file."""

    object_key = models.CharField(max_length=40)
    format = models.CharField(max_length=8)
    query = SealedJSONField(default=dict)
    status = models.CharField(max_length=12, default="queued")  # queued, running, done, failed
    created_by = models.UUIDField(null=True)
    locale = models.CharField(max_length=8, default="zh-CN")
    filename = models.TextField(default="")
    file_id = models.UUIDField(null=True)
    done_rows = models.IntegerField(default=0)
    total_rows = models.IntegerField(default=0)
    error = models.JSONField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Listed newest first."""

        db_table = "export_job"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "id"], name="export_job_recent")
        ]

    def __str__(self) -> str:
        return self.filename
