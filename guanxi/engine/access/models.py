"""Roles as a workspace has made them, and further ways to records: rules, delegations, collaborators.

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
    # Who asks to put the duties together again; somebody else has to confirm (duties.py).
    off_asked_by = models.UUIDField(null=True)
    off_asked_at = models.DateTimeField(null=True)

    class Meta:
        """One row a workspace."""

        db_table = "access_setting"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace"], name="access_setting_one")
        ]


class SharingRule(WorkspaceOwned):
    """Records of an object that match `filter` are shared with a person, a team or the holders of a role."""

    name = models.JSONField()
    object_key = models.CharField(max_length=40)
    filter = models.JSONField(null=True)
    to_kind = models.CharField(max_length=8)  # user, team, role
    to_key = models.CharField(max_length=40)
    with_below = models.BooleanField(default=True)
    level = models.CharField(max_length=8, default="read")  # read, edit
    enabled = models.BooleanField(default=True)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Read with all others of the workspace."""

        db_table = "sharing_rule"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "id"], name="sharing_rule_all")
        ]


class Delegation(WorkspaceOwned):
    """Somebody stands in for somebody else, up to a moment."""

    from_user_id = models.UUIDField()
    to_user_id = models.UUIDField()
    level = models.CharField(max_length=8, default="read")
    starts_at = models.DateTimeField()
    until = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Read with all others of the workspace that are not over."""

        db_table = "access_delegation"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "until"], name="access_delegation_until")
        ]


class Collaborator(WorkspaceOwned):
    """A person or a team that works on one record of somebody else's: as what, and with which part of it."""

    object_key = models.CharField(max_length=40)
    record_id = models.UUIDField()
    user_id = models.UUIDField(null=True)
    team_id = models.UUIDField(null=True)
    level = models.CharField(max_length=8, default="read")
    role = models.CharField(max_length=20, default="", db_default="")
    share = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    until = models.DateTimeField(null=True)
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Found by who it is, and by record."""

        db_table = "record_collaborator"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["workspace", "user_id", "object_key", "record_id"], name="collaborator_user"
            ),
            models.Index(
                fields=["workspace", "team_id", "object_key", "record_id"], name="collaborator_team"
            ),
            models.Index(fields=["workspace", "record_id"], name="collaborator_record"),
        ]
