"""The audit, the blocks of its seal, and how much people read.

`AuditEntry` is partitioned by month, which Django cannot declare: its table is made by the migration.

*Rules*: the restricted role may insert and read entries and blocks, nothing else (tenancy/row_security.py).
"""

from typing import ClassVar

from django.db import models

from guanxi.kit.ids import new_id


class AuditEntry(models.Model):
    """Something that happened and is no change of a record.

    `count` is how often, or how many records; `detail` what was before and after. `tx` is the transaction
    that wrote it, shared with the journal entries of the same request. `erased` as in the journal.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace_id = models.UUIDField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    actor_id = models.UUIDField(null=True)
    token_id = models.UUIDField(null=True)
    ip = models.CharField(max_length=45, default="")
    agent = models.CharField(max_length=120, default="")
    via = models.CharField(max_length=16, default="")
    operation = models.CharField(max_length=120, default="")
    object_key = models.CharField(max_length=40, default="")
    record_id = models.UUIDField(null=True)
    count = models.BigIntegerField(default=1)
    detail = models.JSONField(default=dict)
    tx = models.BigIntegerField(db_default=0, editable=False)
    erased = models.BinaryField(null=True, editable=False)

    class Meta:
        """Made by hand: partitions."""

        db_table = "audit_entry"
        managed = False


class AuditBlock(models.Model):
    """A sealed stretch of one stream: the id and digest of each row (`leaves`), chained by `hash`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace_id = models.UUIDField()
    stream = models.CharField(max_length=8)
    seq = models.IntegerField()
    epoch = models.IntegerField()
    from_tx = models.BigIntegerField()
    from_id = models.UUIDField()
    to_tx = models.BigIntegerField()
    to_id = models.UUIDField()
    count = models.IntegerField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    sealed_at = models.DateTimeField()
    leaves = models.BinaryField()
    prev = models.BinaryField()
    hash = models.BinaryField()

    class Meta:
        """One block a number."""

        db_table = "audit_block"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace_id", "stream", "seq"], name="audit_block_seq")
        ]


class AuditEpoch(models.Model):
    """From which cluster transaction numbers come, and what is added to them so that they never run back."""

    epoch = models.IntegerField(primary_key=True)
    system = models.BigIntegerField(null=True)
    tx_offset = models.BigIntegerField()
    began_at = models.DateTimeField()

    class Meta:
        """Of the whole installation; written by the owner alone."""

        db_table = "audit_epoch"


class AuditReading(models.Model):
    """How many records of an object a person was shown in an hour (by one token, or none)."""

    id = models.BigAutoField(primary_key=True)
    workspace_id = models.UUIDField()
    actor_id = models.UUIDField()
    token_id = models.UUIDField(null=True)
    object_key = models.CharField(max_length=40)
    hour = models.DateTimeField()
    requests = models.IntegerField()
    records = models.BigIntegerField()
    is_told = models.BooleanField(default=False)

    class Meta:
        """One counter an hour; written into the audit when the hour is over."""

        db_table = "audit_reading"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace_id", "actor_id", "token_id", "object_key", "hour"],
                name="audit_reading_unique",
                nulls_distinct=False,
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace_id", "hour"], name="audit_reading_hour")
        ]


class AuditSettings(models.Model):
    """What a workspace has chosen: alerts, and the visible line in exports."""

    workspace_id = models.UUIDField(primary_key=True)
    visible_watermark = models.BooleanField(default=False)
    alert_factor = models.IntegerField(default=5)
    alert_least = models.IntegerField(default=10_000)
    night_from = models.IntegerField(default=22)
    night_to = models.IntegerField(default=6)
    version = models.IntegerField(default=1)

    class Meta:
        """One row a workspace, made at the first change."""

        db_table = "audit_settings"
