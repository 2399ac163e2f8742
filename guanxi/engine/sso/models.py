"""A workspace's identity providers, and which of their people are which of ours.

*Rules*: a connection can be read without a workspace by whoever names its address (tenancy/row_security.py), so that
the sign-in page can offer it. The secret is sealed and never shown. A person of a provider is known by issuer and
subject, never by address: addresses are given to somebody else when people leave.
"""

import uuid
from typing import ClassVar

from django.db import models

from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.models import WorkspaceOwned


class SsoConnection(WorkspaceOwned):
    """One way in: `kind` names the provider (providers/), `config` holds what that kind asks for."""

    kind = models.CharField(max_length=20)
    label = models.CharField(max_length=60)
    address = models.CharField(max_length=80)
    is_on = models.BooleanField(default=False)
    config = models.JSONField(default=dict)
    secret = models.TextField(blank=True)
    domains = models.JSONField(default=list)
    join_role = models.CharField(max_length=16, blank=True)
    trusts_addresses = models.BooleanField(default=False)
    trusts_factor = models.BooleanField(default=False)
    # Raised when what came by the connection before is to count no more.
    era = models.IntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Found by workspace, and by the address on the sign-in page."""

        db_table = "sso_connection"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "created_at"], name="sso_connection_workspace"),
            models.Index(fields=["address"], name="sso_connection_address"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def way(self) -> str:
        """What a session that comes by it holds: good while the connection is in use."""
        return f"{self.id}:{self.era}"


class SsoDomain(WorkspaceOwned):
    """A mail domain that a connection names; `how` says what has proven that it is the firm's (domains.py)."""

    domain = models.CharField(max_length=253)
    token = models.CharField(max_length=64)
    how = models.CharField(max_length=8, blank=True)
    proven_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """Each domain once a workspace."""

        db_table = "sso_domain"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "domain"], name="sso_domain_unique")
        ]


class SsoIdentity(WorkspaceOwned):
    """A person of a provider, and the account they come in with."""

    connection = models.ForeignKey(SsoConnection, on_delete=models.CASCADE, related_name="people")
    connection_id: uuid.UUID
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    email = models.CharField(max_length=254, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        """One account a person."""

        db_table = "sso_identity"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["connection", "issuer", "subject"], name="sso_identity_unique")
        ]
