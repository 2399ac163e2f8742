"""Saved ways to look at the records of one object.

*Rules*: rows are written by `actions` only, which checks rights, versions and definitions. Built-in
views are no rows (builtin.py).
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.identity.models import Team, User
from guanxi.engine.tenancy.models import WorkspaceOwned


class SavedView(WorkspaceOwned):
    """A view: what is shown (`definition`), how (`kind`) and to whom (`scope`).

    `owner` is the person of a personal view (and the maker of a shared one), `team` that of a team's
    view. `name` is a text or a pair in both languages. `default_roles` are those that everyone's view
    opens for; `locked` ones are not changed until unlocked; `by_link` ones open for whoever has the address.
    """

    object_key = models.CharField(max_length=40)
    name = models.JSONField()
    kind = models.CharField(max_length=12)  # table, board, calendar, gallery, regions
    scope = models.CharField(max_length=12)  # personal, team, everyone
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    pinned = models.BooleanField(default=False)
    is_default = models.BooleanField(default=False)
    default_roles = models.JSONField(default=list)
    locked = models.BooleanField(default=False)
    by_link = models.BooleanField(default=False)
    position = models.IntegerField(default=0)
    definition = models.JSONField(default=dict)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Read by object."""

        db_table = "saved_view"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "object_key", "position", "id"], name="saved_view_object"),
            models.Index(fields=["owner"], name="saved_view_owner"),
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.id}"
