"""Requests of persons and what came of them.

*Rules*: what names the person (name, reach, details, the records' titles) is emptied once they are erased;
numbers, times and who did what stay as proof. A certificate never holds data of the person.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned
from guanxi.engine.vault.fields import SealedJSONField


class SubjectRequest(WorkspaceOwned):
    """One request. `records` are the chosen `{object, id, title}`, `marks` what is looked for elsewhere.

    `status`: open, working (a job erases), done, refused, withdrawn, failed (`error` says why).
    """

    number = models.IntegerField()
    kind = models.CharField(max_length=12)
    law = models.CharField(max_length=8, default="pipl")
    channel = models.CharField(max_length=12)
    name = models.TextField(default="")
    reach = models.TextField(default="")
    details = models.TextField(default="")
    received_at = models.DateTimeField()
    due_at = models.DateTimeField()
    extended = models.TextField(default="")
    assignee_id = models.UUIDField(null=True)
    status = models.CharField(max_length=10, default="open")
    records = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    how = models.JSONField(default=dict)
    identity = models.JSONField(null=True)
    refusal = models.JSONField(null=True)
    answer = models.JSONField(null=True)
    error = models.JSONField(null=True)
    is_erased = models.BooleanField(default=False)
    overdue_told = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Numbered by workspace; listed by deadline."""

        db_table = "subject_request"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "number"], name="subject_request_number")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "status", "due_at", "id"], name="subject_request_due")
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.kind}"


class SubjectEvent(WorkspaceOwned):
    """One step of a request: who did what when."""

    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, db_index=False, related_name="+")
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=20)
    detail = models.JSONField(default=dict)

    class Meta:
        """Read by request."""

        db_table = "subject_event"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["request", "id"], name="subject_event_of")
        ]

    def __str__(self) -> str:
        return self.kind


class DataCopy(WorkspaceOwned):
    """A person's data as a file, fetched once by a link of which only the hash is kept."""

    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, db_index=False, related_name="+")
    status = models.CharField(
        max_length=8, default="queued"
    )  # queued, running, ready, failed, fetched, expired
    file_id = models.UUIDField(null=True)
    size = models.BigIntegerField(default=0)
    counts = models.JSONField(default=dict)
    error = models.JSONField(null=True)
    locale = models.CharField(max_length=8, default="zh-CN")
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    expires_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        """Read by request."""

        db_table = "subject_copy"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["request", "id"], name="subject_copy_of")
        ]

    def __str__(self) -> str:
        return self.status


class Certificate(WorkspaceOwned):
    """That a person was erased: what was done where, sealed by `hash`. `erased` and `kept` hold ids alone."""

    request_id = models.UUIDField()
    number = models.CharField(max_length=24)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    body = models.JSONField(default=dict)
    hash = models.CharField(max_length=64)
    erased = models.JSONField(default=dict)
    kept = models.JSONField(default=list)
    marks = models.JSONField(default=list)

    class Meta:
        """One a request."""

        db_table = "erasure_certificate"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "number"], name="erasure_certificate_number"),
            models.UniqueConstraint(fields=["workspace", "request_id"], name="erasure_certificate_request"),
        ]

    def __str__(self) -> str:
        return self.number


class LegalHold(WorkspaceOwned):
    """A record that must not go, with the reason; `until` is empty for an open end."""

    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField()
    reason = models.TextField()
    until = models.DateTimeField(null=True)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True)
    released_by = models.UUIDField(null=True)
    # What people who were erased meanwhile are known by, encrypted: blacked out when the hold ends, then forgotten.
    waiting = SealedJSONField(default=list)

    class Meta:
        """One standing hold a record."""

        db_table = "legal_hold"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "record_id"], condition=models.Q(released_at=None), name="legal_hold_one"
            )
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.record_id}"


class KeepRule(WorkspaceOwned):
    """Records of an object that law requires to be kept for years, without the person in them."""

    object_key = models.CharField(max_length=40)
    years = models.IntegerField()
    ground = models.TextField()

    class Meta:
        """One an object."""

        db_table = "keep_rule"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "object_key"], name="keep_rule_one")
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.years}"


class KeptRecord(WorkspaceOwned):
    """A record in storage only: out of every list, until its time is over."""

    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField()
    request_id = models.UUIDField()
    until = models.DateTimeField()
    ground = models.TextField()

    class Meta:
        """Looked up by record."""

        db_table = "kept_record"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "record_id"], name="kept_record_one")
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.record_id}"


class Objection(WorkspaceOwned):
    """A person's records that marketing and automation must leave alone."""

    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField()
    request = models.ForeignKey(SubjectRequest, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        """One a record."""

        db_table = "subject_objection"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "record_id"], name="subject_objection_one")
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.record_id}"


class DeskSettings(models.Model):
    """How long answers may take, by law: workdays for PIPL, days for GDPR (0: a month)."""

    workspace_id = models.UUIDField(primary_key=True)
    pipl_workdays = models.IntegerField(default=15)
    version = models.IntegerField(default=1)

    class Meta:
        """One row a workspace, made at the first change."""

        db_table = "subject_settings"
