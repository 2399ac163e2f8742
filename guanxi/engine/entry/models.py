"""What a workspace demands of those who come in, who came in, and how old a password is.

`SignInPolicy` belongs to a workspace. `SignInEvent` and `PasswordAge` belong to a person and stand in no
workspace: signing in happens before one is chosen. They are read by their person, and by administrators through
the memberships of their workspace (queries.py).

*Rules*: of a device only the hash of its cookie is kept; of a password only its hash.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.models import WorkspaceOwned
from guanxi.kit.ids import new_id


class SignInPolicy(WorkspaceOwned):
    """The demands of one workspace; a workspace without a row has those of policy.DEFAULT."""

    password_policy = models.CharField(max_length=8, default="asvs")
    second_factor_roles = models.JSONField(default=list)
    session_hours = models.IntegerField(default=336)
    idle_minutes = models.IntegerField(default=0)
    networks = models.JSONField(default=list)
    sso_only = models.BooleanField(default=False, db_default=False)
    break_glass = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))

    class Meta:
        """One row a workspace."""

        db_table = "sign_in_policy"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace"], name="sign_in_policy_unique")
        ]


class SignInEvent(models.Model):
    """Somebody signed in, or tried to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    outcome = models.CharField(max_length=8)  # in, failed, locked
    ip = models.CharField(max_length=45)
    network = models.CharField(max_length=50)
    device = models.CharField(max_length=64, blank=True)
    agent = models.CharField(max_length=200, blank=True)

    class Meta:
        """Read by person, newest first."""

        db_table = "sign_in_event"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "-at"], name="sign_in_event_user")
        ]


class PasswordAge(models.Model):
    """Since when a person has their password, and the hashes of those before."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+", primary_key=True)
    changed_at = models.DateTimeField()
    earlier = models.JSONField(default=list)

    class Meta:
        """Named for what it holds."""

        db_table = "password_age"
