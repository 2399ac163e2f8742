"""What became of each backup, for `guanxi doctor` on every machine. Belongs to no workspace."""

from django.db import models


class BackupRun(models.Model):
    """One backup, made or failed."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    reason = models.CharField(max_length=16)
    place = models.TextField()
    name = models.CharField(max_length=100)
    size = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    # Empty when it was made; else why it was not, in both languages.
    error = models.JSONField(default=dict)

    class Meta:
        db_table = "backup_run"
        indexes = (models.Index(fields=["-began_at"], name="backup_run_began"),)
