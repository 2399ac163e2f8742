"""People, the teams they are in, and what lets them in.

`User` is global (one person, one sign-in, many workspaces); `Membership`, `Team`, `Invitation` and
`ApiToken` belong to a workspace and stand behind its wall. A person's own memberships are visible to
them without a workspace (see tenancy/row_security.py), so that they can choose one.

*Rules*: what a workspace calls a person is `Membership.name`; no workspace reads or writes the name
of a `User`. Secrets are stored hashed (rules.py).
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
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

    @property
    def is_fresh(self) -> bool:
        """Whether nobody has taken this account into use yet (invited or imported, never signed in)."""
        return self.last_login is None and not self.has_usable_password()


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

    def __str__(self) -> str:
        return self.name


class Membership(WorkspaceOwned):
    """A person's place in a workspace: name, role, team, manager, standing.

    `role` is the base role; `extra_roles` the keys of further ones (engine/access), whose rights are added.
    `sort_key` (pinyin) orders lists; `search_key` is what the picker looks in. Both follow `name`:
    change it through `actions.members` only. `joined_at` is empty until an invitation is accepted.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    name = models.CharField(max_length=100)
    sort_key = models.TextField(db_collation="C")
    search_key = models.TextField()
    role = models.CharField(max_length=16)
    extra_roles = ArrayField(models.CharField(max_length=40), default=list, db_default=[])
    team = models.ForeignKey(Team, null=True, on_delete=models.SET_NULL, related_name="memberships")
    manager = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    status = models.CharField(max_length=16, default="active")  # active, invited, disabled
    joined_at = models.DateTimeField(null=True)
    last_seen_at = models.DateTimeField(null=True)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One membership a person and workspace."""

        db_table = "membership"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "user"], name="membership_unique")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "sort_key", "id"], name="membership_sort")
        ]

    def __str__(self) -> str:
        return self.name


class Invitation(WorkspaceOwned):
    """An open invitation: two links to the same thing, both stored hashed.

    `token_hash` is of the link that the administrator may copy; `mail_token_hash` of the one that was
    sent by mail, which proves that whoever follows it owns the address.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    mail_token_hash = models.CharField(max_length=64, unique=True, null=True)
    invited_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Named for what it holds."""

        db_table = "invitation"

    def __str__(self) -> str:
        return self.email or str(self.id)


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

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix})"


class SetupToken(models.Model):
    """The one-time link that makes the first workspace; stored hashed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        """Global: it exists before any workspace."""

        db_table = "setup_token"

    def __str__(self) -> str:
        return str(self.id)
