"""What the firm tells people about their data, what it may do with it, and what each of them said to it.

*Rules*: published versions of notices and entries of the ledger are only ever added (the application's
database role may neither change nor delete them: tenancy/row_security.py). The ledger names a record by
its object and id, without a foreign key: it outlives the record, since consent must be provable afterwards.

*See*: ledger.py for how the rows of merged records are read, docs/adr/0061-consent-ledger.md.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.privacy.rules import GENERAL
from guanxi.engine.tenancy.models import WorkspaceOwned


class Purpose(WorkspaceOwned):
    """One line of the processing register: why the firm handles which data of whom (PIPL art. 13, 17; GDPR 30).

    `separate` are the kinds of separate consent it takes besides (PIPL art. 23, 25, 29, 39). `data` is a
    list of `{"object", "fields"}`. What was said before `renewed_at` no longer counts (PIPL art. 14: a changed purpose
    takes a new consent).
    """

    key = models.CharField(max_length=40)
    name = models.JSONField()
    description = models.JSONField(default=dict)
    basis = models.CharField(max_length=20)
    basis_note = models.TextField(default="")
    channels = models.JSONField(default=list)
    separate = models.JSONField(default=list)
    consent_text = models.JSONField(default=dict)
    people = models.JSONField(default=list)
    data = models.JSONField(default=list)
    data_note = models.TextField(default="")
    recipients = models.JSONField(default=list)
    cross_border = models.TextField(default="")
    retention = models.TextField(default="")
    measures = models.TextField(default="")
    retired = models.BooleanField(default=False)
    renewed_at = models.DateTimeField(null=True)
    position = models.IntegerField(default=0)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        """Known by its key."""

        db_table = "privacy_purpose"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "key"], name="privacy_purpose_key")
        ]

    def __str__(self) -> str:
        return self.key


class Notice(WorkspaceOwned):
    """A notice to people (告知书) and its draft; `public_key` is in the address of its public page."""

    name = models.CharField(max_length=120)
    public_key = models.CharField(max_length=80, unique=True)
    draft = models.JSONField(default=dict)
    published = models.IntegerField(default=0)
    retired = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        """A handful a workspace."""

        db_table = "privacy_notice"

    def __str__(self) -> str:
        return self.name


class NoticeVersion(WorkspaceOwned):
    """A notice as it was published: never changed, never deleted."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="versions")
    number = models.IntegerField()
    title = models.JSONField()
    body = models.JSONField()
    purposes = models.JSONField(default=list)  # ids
    change_note = models.TextField(default="")
    renews = models.BooleanField(default=False)
    effective_from = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    published_by = models.UUIDField(null=True)
    published_by_name = models.CharField(max_length=120, default="")
    published_at = models.DateTimeField()

    class Meta:
        """Numbered from 1 within the notice."""

        db_table = "privacy_notice_version"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["notice", "number"], name="privacy_notice_version_number")
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.number}"


class ConsentLink(WorkspaceOwned):
    """A link by which a person takes consent back without signing in (PIPL art. 15); the secret is stored hashed."""

    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField()
    token_hash = models.CharField(max_length=64, unique=True)
    purposes = models.JSONField(default=list)  # ids; empty: every purpose that something was said to
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        """Listed by record."""

        db_table = "consent_link"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "record_id", "id"], name="consent_link_record")
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.record_id}"


class ConsentEntry(WorkspaceOwned):
    """What a person said: to a purpose, on a channel, at a moment, and how we know.

    `scope` is `general`, or the kind of separate consent (单独同意) it is about. `at` is when it was said,
    `recorded_at` when it was written down.
    """

    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField()
    purpose = models.ForeignKey(Purpose, on_delete=models.PROTECT, related_name="+", db_index=False)
    channel = models.CharField(max_length=12, default=GENERAL)
    scope = models.CharField(max_length=12, default=GENERAL)
    state = models.CharField(max_length=10)
    at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    source = models.CharField(max_length=10)
    notice_version = models.ForeignKey(
        NoticeVersion, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    text_shown = models.TextField(default="")
    file_id = models.UUIDField(null=True)
    ip = models.CharField(max_length=45, default="")
    agent = models.CharField(max_length=300, default="")
    note = models.TextField(default="")
    link_id = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, default="")
    recorded_at = models.DateTimeField()

    class Meta:
        """Read by record; the last word to a purpose and channel counts."""

        db_table = "consent_entry"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["workspace", "record_id", "purpose", "channel", "scope", "at", "id"],
                name="consent_entry_last",
            ),
            models.Index(fields=["workspace", "purpose", "state"], name="consent_entry_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.record_id} {self.state}"
