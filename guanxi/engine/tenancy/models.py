"""The workspace: a firm's own space, and the wall around it.

Every table with a `workspace_id` carries a forced row-level security policy (row_security.py).
"""

import uuid

from django.db import models

from guanxi.engine.tenancy.context import Ctx, WorkspaceInfo, system_ctx
from guanxi.kit.ids import new_id
from guanxi.kit.text import DEFAULT_LOCALE


class Workspace(models.Model):
    """One tenant. Its id is on every row of every record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=80, unique=True)
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    currency = models.CharField(max_length=3, default="CNY")
    locale = models.CharField(max_length=8, default=DEFAULT_LOCALE)
    member_scope = models.CharField(max_length=8, default="own", help_text="What a member sees: own, team")
    schema_version = models.IntegerField(default=1)
    access_version = models.IntegerField(default=0, db_default=0)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One row a tenant."""

        db_table = "workspace"

    def __str__(self) -> str:
        return self.name

    def info(self) -> WorkspaceInfo:
        """The frozen settings that travel in a Ctx."""
        return WorkspaceInfo(
            id=self.id,
            name=self.name,
            slug=self.slug,
            time_zone=self.time_zone,
            currency=self.currency,
            locale=self.locale,
            schema_version=self.schema_version,
            member_scope=self.member_scope,
            access_version=self.access_version,
        )


class WorkspaceOwned(models.Model):
    """Base of every table whose rows belong to one workspace."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workspace = models.ForeignKey(Workspace, on_delete=models.CASCADE, db_index=False, related_name="+")

    workspace_id: uuid.UUID

    class Meta:
        """Abstract: the table is the subclass's."""

        abstract = True


def load_system_ctx(workspace_id: uuid.UUID) -> Ctx:
    """The context for work that the program does by itself, of a workspace by its id (needs its session)."""
    return system_ctx(Workspace.objects.get(id=workspace_id).info())
