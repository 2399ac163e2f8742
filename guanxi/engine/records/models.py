"""The record row, and the tables that stand beside every record.

`Record` is the abstract base of standard objects; `CustomRecord` holds the rows of an administrator's objects.
*Rules*: rows are written by `store` and read by `query` alone; the models are for migrations and Django's checks.
"""

from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.models import Workspace, WorkspaceOwned

LIVE = models.Q(deleted_at__isnull=True)


def in_workspace() -> "models.ForeignKey[Workspace, Workspace]":
    """The workspace of a row that is written by the thousand.

    Without a constraint: row-level security lets no other workspace in than the one of the session, and
    a check per row is a tenth of an import's time (docs/adr/0035).
    """
    return models.ForeignKey(
        Workspace, on_delete=models.CASCADE, db_index=False, db_constraint=False, related_name="+"
    )


class Record(WorkspaceOwned):
    """System columns of every record. `title_sort` is the pinyin sort key of `title`."""

    workspace = in_workspace()
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    version = models.IntegerField(default=1)
    title = models.TextField()
    title_sort = models.TextField(db_collation="C")
    custom = models.JSONField(default=dict)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    updated_at = models.DateTimeField()
    updated_by = models.UUIDField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.UUIDField(null=True)

    class Meta:
        """Abstract; the indexes every list needs, over live rows."""

        abstract = True
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "title_sort", "id"], condition=LIVE, name="%(class)s_title"),
            models.Index(
                fields=["workspace", "owner", "title_sort", "id"], condition=LIVE, name="%(class)s_owner"
            ),
            models.Index(fields=["workspace", "created_at", "id"], condition=LIVE, name="%(class)s_created"),
            models.Index(fields=["workspace", "updated_at", "id"], condition=LIVE, name="%(class)s_updated"),
            models.Index(fields=["workspace", "deleted_at"], condition=~LIVE, name="%(class)s_bin"),
        ]


class CustomRecord(Record):
    """A record of an object made by an administrator; `object_key` tells which."""

    object_key = models.CharField(max_length=40)

    class Meta:
        """Like `Record`, with the object in front."""

        db_table = "custom_record"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["workspace", "object_key", "title_sort", "id"], condition=LIVE, name="custom_title"
            ),
            models.Index(
                fields=["workspace", "object_key", "owner", "title_sort", "id"],
                condition=LIVE,
                name="custom_owner",
            ),
            models.Index(
                fields=["workspace", "object_key", "created_at", "id"], condition=LIVE, name="custom_created"
            ),
            models.Index(
                fields=["workspace", "object_key", "updated_at", "id"], condition=LIVE, name="custom_updated"
            ),
            models.Index(
                fields=["workspace", "object_key", "deleted_at"], condition=~LIVE, name="custom_bin"
            ),
        ]


class JournalEntry(WorkspaceOwned):
    """One change of one record: `changes` is `{field: [old, new]}` in the fields' JSON form.

    Append-only: the restricted role may not change a row. `tx` is the transaction that wrote it, which the
    database fills in (engine/audit/epochs.py); `erased` keeps the digest of changes whose values were erased.
    """

    workspace = in_workspace()
    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField()
    version = models.IntegerField()
    action = models.CharField(max_length=16)
    changes = models.JSONField(default=dict)
    actor_id = models.UUIDField(null=True)
    via = models.CharField(max_length=16)
    batch_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    tx = models.BigIntegerField(db_default=0, editable=False)
    erased = models.BinaryField(null=True, editable=False)

    class Meta:
        """Read by record, by batch for undo, and by transaction for the seal."""

        db_table = "journal_entry"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "record_id", "id"], name="journal_record"),
            models.Index(
                fields=["workspace", "batch_id", "id"],
                condition=models.Q(batch_id__isnull=False),
                name="journal_batch",
            ),
            BrinIndex(fields=["tx"], autosummarize=True, pages_per_range=32, name="journal_tx"),
        ]


class SearchEntry(models.Model):
    """One live record in the search index."""

    record_id = models.UUIDField(primary_key=True)
    workspace = in_workspace()
    object_key = models.CharField(max_length=40)
    title = models.TextField()
    subtitle = models.TextField(default="")
    tokens = SearchVectorField()
    updated_at = models.DateTimeField()

    class Meta:
        """Found by its tokens."""

        db_table = "search_entry"
        indexes: ClassVar[list[models.Index]] = [GinIndex(fields=["tokens"], name="search_tokens")]


class RecordKey(models.Model):
    """A normalised value of a live record: what unique fields and duplicate rules compare.

    A deleted record has no keys, so its value is free again; strict ones are unique in the database.
    """

    id = models.BigAutoField(primary_key=True)
    workspace = in_workspace()
    object_key = models.CharField(max_length=40)
    rule = models.CharField(max_length=48)
    value = models.TextField(db_collation="C")
    record_id = models.UUIDField()
    strict = models.BooleanField()

    class Meta:
        """One holder per strict value; looked up by value and by record."""

        db_table = "record_key"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "object_key", "rule", "value"],
                condition=models.Q(strict=True),
                name="record_key_strict",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["workspace", "object_key", "rule", "value"],
                condition=models.Q(strict=False),
                name="record_key_value",
            ),
            models.Index(fields=["record_id"], name="record_key_record"),
        ]


class RecordLink(models.Model):
    """One entry of a field that links to many."""

    id = models.BigAutoField(primary_key=True)
    workspace = in_workspace()
    object_key = models.CharField(max_length=40)
    field_key = models.CharField(max_length=40)
    source_id = models.UUIDField()
    target_id = models.UUIDField()
    position = models.IntegerField(default=0)

    class Meta:
        """Read from both ends."""

        db_table = "record_link"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "object_key", "field_key", "source_id", "target_id"],
                name="record_link_unique",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["workspace", "target_id", "object_key", "field_key"], name="record_link_target"
            )
        ]


class RecordAlias(WorkspaceOwned):
    """The former id of a record that was merged into another; `merge_id` is the merge's batch.

    The other may have been merged on: follow the rows until there is none.
    """

    workspace = in_workspace()
    object_key = models.CharField(max_length=40)
    old_id = models.UUIDField()
    record_id = models.UUIDField()
    merge_id = models.UUIDField()
    merged_at = models.DateTimeField()

    class Meta:
        """One survivor an id; found by merge for taking it back."""

        db_table = "record_alias"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "old_id"], name="record_alias_old")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "record_id"], name="record_alias_record"),
            models.Index(fields=["workspace", "merge_id"], name="record_alias_merge"),
        ]


class RecordAliasKey(models.Model):
    """A value by which a merged record was known: its identity keys (`rule`), and `field:…` of its fields."""

    id = models.BigAutoField(primary_key=True)
    workspace = in_workspace()
    object_key = models.CharField(max_length=40)
    rule = models.CharField(max_length=48)
    value = models.TextField(db_collation="C")
    record_id = models.UUIDField()
    old_id = models.UUIDField()

    class Meta:
        """Looked up like identity keys."""

        db_table = "record_alias_key"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "object_key", "rule", "value"], name="record_alias_key_value"),
            models.Index(fields=["old_id"], name="record_alias_key_old"),
            models.Index(fields=["record_id"], name="record_alias_key_record"),
        ]


class ChangeSet(WorkspaceOwned):
    """What one person did in one go: its id is the journal's batch.

    `record_count` counts the records of `object_key` that it is about, `other_count` what followed from
    it. `undo_state` is empty, `running`, `done` or `partial`; `undo` holds progress and what was left.
    `parent_id` names the larger piece of work that this was a part of: one merge of many.
    """

    workspace = in_workspace()
    actor_id = models.UUIDField()
    via = models.CharField(max_length=16)
    kind = models.CharField(max_length=16)
    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField(null=True)
    title = models.TextField(default="")
    record_count = models.IntegerField(default=0)
    other_count = models.IntegerField(default=0)
    at = models.DateTimeField()
    undo_state = models.CharField(max_length=8, default="")
    undo = models.JSONField(null=True)
    parent_id = models.UUIDField(null=True)

    class Meta:
        """Listed newest first by person; swept by age."""

        db_table = "change_set"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "actor_id", "at", "id"], name="change_set_person"),
            models.Index(fields=["workspace", "at"], name="change_set_age"),
            models.Index(
                fields=["workspace", "parent_id", "id"],
                condition=models.Q(parent_id__isnull=False),
                name="change_set_parts",
            ),
        ]


class SerialCounter(models.Model):
    """The last number given out for a serial field in a period; its row lock makes series gap-free."""

    id = models.BigAutoField(primary_key=True)
    workspace = in_workspace()
    object_key = models.CharField(max_length=40)
    field_key = models.CharField(max_length=40)
    period = models.CharField(max_length=10)
    value = models.BigIntegerField()

    class Meta:
        """One counter a field and period."""

        db_table = "serial_counter"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "object_key", "field_key", "period"], name="serial_counter_unique"
            )
        ]


class StoredFile(WorkspaceOwned):
    """A file's description; its bytes are in the file store under its id, encrypted under `key_version` (0: not)."""

    name = models.TextField()
    size = models.BigIntegerField()
    type = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    record_id = models.UUIDField(null=True)
    object_key = models.CharField(max_length=40, default="")
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    key_version = models.IntegerField(default=0, db_default=0)

    class Meta:
        """Found by the record it hangs on."""

        db_table = "stored_file"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "record_id"], name="file_record"),
            models.Index(fields=["workspace"], condition=models.Q(key_version=0), name="file_plain"),
        ]


class IdempotencyKey(WorkspaceOwned):
    """The answer given to a POST that carried an `Idempotency-Key`."""

    actor_id = models.UUIDField()
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    status = models.IntegerField(default=0)
    body = models.BinaryField(default=b"")
    content_type = models.CharField(max_length=100, default="application/json")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One answer a person and key."""

        db_table = "idempotency_key"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "actor_id", "key"], name="idempotency_unique")
        ]


class FieldMark(WorkspaceOwned):
    """A value that leads nowhere: mail came back from it, the number is somebody else's (marks.py)."""

    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField()
    field = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    status = models.CharField(max_length=11, default="", db_default="")  # what the mail server said: 5.1.1
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        """One a field of a record; counted by object and field."""

        db_table = "field_mark"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "record_id", "field"], name="field_mark_field")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "object_key", "field"], name="field_mark_counted")
        ]


class FieldConfirmation(WorkspaceOwned):
    """When a value with a review rhythm was given or found to be right last (confirming.py)."""

    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField()
    field = models.CharField(max_length=40)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        """One a field of a record; counted by object, field and time."""

        db_table = "field_confirmation"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "record_id", "field"], name="field_confirmation_field"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "object_key", "field", "at"], name="field_confirmation_counted")
        ]
