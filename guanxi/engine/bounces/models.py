"""What is remembered of mails that came back, and how far the mailbox has been read.

*Rules*: no address: only keyed digests, so that nothing here tells of anybody.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class MailBounce(WorkspaceOwned):
    """One mail of the workspace that was given up; each counts once, however often it is reported."""

    mail = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    status = models.CharField(max_length=11)
    at = models.DateTimeField()

    class Meta:
        """Counted by address."""

        db_table = "mail_bounce"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "mail"], name="mail_bounce_mail")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "address", "at"], name="mail_bounce_counted")
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.at}"


class MailboxState(models.Model):
    """How far a mailbox has been read; of no workspace, because reports for all of them come into one."""

    mailbox = models.CharField(max_length=64, primary_key=True)
    validity = models.BigIntegerField()
    last_uid = models.BigIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        """One a mailbox."""

        db_table = "mailbox_state"

    def __str__(self) -> str:
        return f"{self.validity}:{self.last_uid}"
