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


class RetentionRule(WorkspaceOwned):
    """How long records of an object are kept, and what happens then (PIPL art. 19, 47; GDPR art. 5(1)(e)).

    `tried_version` is the version that was last tried: a rule is switched on only as it was tried.
    """

    name = models.CharField(max_length=120)
    object_key = models.CharField(max_length=40)
    filter = models.JSONField(null=True)
    age_field = models.CharField(max_length=40)
    or_created = models.BooleanField(default=False)
    period = models.IntegerField()
    unit = models.CharField(max_length=6, default="months")
    action = models.CharField(max_length=10)
    fields = models.JSONField(default=list)
    enabled = models.BooleanField(default=False)
    tried_version = models.IntegerField(default=0)
    last_run_on = models.DateField(null=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        """A handful a workspace."""

        db_table = "retention_rule"

    def __str__(self) -> str:
        return self.name


class RetentionRun(WorkspaceOwned):
    """One run of a rule; its id is the journal's batch, by which archiving is undone."""

    rule = models.ForeignKey(RetentionRule, null=True, on_delete=models.SET_NULL, related_name="+")
    name = models.CharField(max_length=120)
    object_key = models.CharField(max_length=40)
    action = models.CharField(max_length=10)
    fields = models.JSONField(default=list)
    tree = models.JSONField()
    state = models.CharField(max_length=10, default="running")  # running, done, failed, undone
    done = models.IntegerField(default=0)
    held = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    started_by = models.UUIDField(null=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Listed newest first; one at a time a rule."""

        db_table = "retention_run"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["rule"], condition=models.Q(state="running"), name="retention_run_running"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "id"], name="retention_run_recent")
        ]

    def __str__(self) -> str:
        return self.name


class Assessment(WorkspaceOwned):
    """A personal information protection impact assessment (PIPL art. 55-56), kept 3 years from its signing."""

    title = models.CharField(max_length=200)
    purpose = models.ForeignKey(Purpose, null=True, on_delete=models.SET_NULL, related_name="+")
    triggers = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    risks = models.JSONField(default=list)
    conclusion = models.TextField(default="")
    state = models.CharField(max_length=10, default="draft")  # draft, signed
    signed_by = models.UUIDField(null=True)
    signed_by_name = models.CharField(max_length=120, default="")
    signed_at = models.DateTimeField(null=True)
    keep_until = models.DateField(null=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        """A handful a year."""

        db_table = "privacy_assessment"

    def __str__(self) -> str:
        return self.title


class Sharing(WorkspaceOwned):
    """Data that was given to somebody else, with what for and how (PIPL art. 21, 23, 38), kept 3 years."""

    recipient = models.CharField(max_length=200)
    contact = models.CharField(max_length=200, default="")
    mode = models.CharField(max_length=10)
    purpose = models.ForeignKey(Purpose, null=True, on_delete=models.SET_NULL, related_name="+")
    data = models.TextField(default="")
    basis = models.TextField(default="")
    shared_on = models.DateField()
    ended_on = models.DateField(null=True)
    note = models.TextField(default="")
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        """Listed newest first."""

        db_table = "privacy_sharing"

    def __str__(self) -> str:
        return self.recipient


class Breach(WorkspaceOwned):
    """A leak, loss or change of personal data and what was done about it (PIPL art. 57; GDPR art. 33-34)."""

    title = models.CharField(max_length=200)
    what = models.TextField(default="")
    cause = models.TextField(default="")
    harm = models.TextField(default="")
    data = models.TextField(default="")
    measures = models.TextField(default="")
    advice = models.TextField(default="")
    contact = models.TextField(default="")
    occurred_at = models.DateTimeField(null=True)
    discovered_at = models.DateTimeField()
    object_key = models.CharField(max_length=40, default="")
    filter = models.JSONField(null=True)
    affected = models.IntegerField(null=True)
    listed_at = models.DateTimeField(null=True)
    texts = models.JSONField(default=dict)
    authority_at = models.DateTimeField(null=True)
    authority_reason = models.TextField(default="")
    persons_at = models.DateTimeField(null=True)
    persons_reason = models.TextField(default="")
    closing = models.TextField(default="")
    closed_at = models.DateTimeField(null=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        """Few, one hopes."""

        db_table = "privacy_breach"

    def __str__(self) -> str:
        return self.title


class BreachEvent(WorkspaceOwned):
    """A line of a breach's timeline: only ever added."""

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=120, default="")
    recorded_at = models.DateTimeField()

    class Meta:
        """Read along its breach."""

        db_table = "privacy_breach_event"

    def __str__(self) -> str:
        return self.text[:60]
