"""Which industry templates a workspace has taken over, and what each of them made."""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class InstalledTemplate(WorkspaceOwned):
    """A template in use.

    `made` are the steps that created something and
    `samples` the ids of the records that came with it, by object, so that both can be taken back.
    """

    key = models.CharField(max_length=40)
    made = models.JSONField(default=list)
    samples = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Once in a workspace."""

        db_table = "installed_template"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "key"], name="installed_template_key")
        ]

    def __str__(self) -> str:
        return self.key
