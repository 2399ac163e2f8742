"""Roles as a workspace has made them.

*Rules*: a row of the key of a built-in role replaces what the program says of it; `rights` is checked
before it is stored (checking.py) and read by `rules.read_rights`. Every write raises the workspace's
`access_version` in the same transaction (changing.py).
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class RoleRow(WorkspaceOwned):
    """A role: its name in both languages, and what it gives."""

    key = models.CharField(max_length=40)
    name = models.JSONField()
    note = models.JSONField(default=dict)
    template = models.CharField(max_length=40, blank=True, default="")
    rights = models.JSONField()
    position = models.IntegerField(default=0)
    version = models.IntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """One row a key."""

        db_table = "access_role"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "key"], name="access_role_key")
        ]


class AccessSetting(WorkspaceOwned):
    """Switches about rights; `separate_duties` parts administrator, security officer and auditor (等保三员)."""

    separate_duties = models.BooleanField(default=False)

    class Meta:
        """One row a workspace."""

        db_table = "access_setting"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace"], name="access_setting_one")
        ]
