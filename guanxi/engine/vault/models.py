"""The data keys of workspaces, wrapped: what lies here is of no use without the master key."""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class DataKey(WorkspaceOwned):
    """A key of a workspace. `kind`: `data` encrypts, `index` makes blind indexes.

    `wrapped` is the key under the master key named by `master` (a fingerprint, never the key). Of `data` the highest
    version is in force, and old versions stay: sealed journal entries and backups are read with them. Of `index` one
    is `in_force`; a second is there while the key changes, to come (higher) or to go (lower).
    """

    kind = models.CharField(max_length=8)
    version = models.IntegerField()
    master = models.CharField(max_length=200)
    wrapped = models.BinaryField()
    in_force = models.BooleanField(default=True, db_default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        """One key a kind and version."""

        db_table = "data_key"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "kind", "version"], name="data_key_version")
        ]
