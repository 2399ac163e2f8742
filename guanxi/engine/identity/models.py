"""People, the teams they are in, and what lets them in.

`User` is global (one person, one sign-in, many workspaces); `Membership`, `Team`, `Invitation` and
`ApiToken` belong to a workspace and stand behind its wall. A person's own memberships are visible to
them without a workspace (see tenancy/row_security.py), so that they can choose one.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned
from guanxi.kit.ids import new_id


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """A saved user; `password=None` means that they cannot sign in by password yet."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=100)
    locale = models.CharField(max_length=8, blank=True, default="")
    theme = models.CharField(max_length=8, default="system")
    preferences = models.JSONField(default=dict, blank=True)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        """Named for what it holds, not for the app."""

        db_table = "app_user"

    def __str__(self) -> str:
        return self.name or self.email


class Team(WorkspaceOwned):
    """A node of the department tree 部门."""

    name = models.CharField(max_length=100)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    manager = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        """Names are unique among siblings."""

        db_table = "team"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "parent", "name"], name="team_name_unique", nulls_distinct=False
            )
        ]


class Membership(WorkspaceOwned):
    """A person's place in a workspace: role, team, manager, standing."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16)
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="memberships")
    manager = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=16, default="active")  # active, invited, disabled
    last_seen_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One membership a person and workspace."""

        db_table = "membership"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_unique")
        ]


class Invitation(WorkspaceOwned):
    """An open invitation; the secret of its link is stored hashed."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Named for what it holds."""

        db_table = "invitation"


class ApiToken(WorkspaceOwned):
    """A key to the API: never more than its person, in one workspace; stored hashed."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    prefix = models.CharField(max_length=16)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    expires_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Looked up by hash."""

        db_table = "api_token"


class SetupToken(models.Model):
    """The one-time link that makes the first workspace; stored hashed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Global: it exists before any workspace."""

        db_table = "setup_token"
