"""Dashboards: several reports and figures on one page.

*Rules*: rows are written by `actions` only, which checks rights, versions and definitions. Ready-made dashboards are
no rows (builtin.py). A dashboard holds no figures: whoever opens it gets those of what they may see.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.identity.models import Team, User
from guanxi.engine.tenancy.models import WorkspaceOwned


class Dashboard(WorkspaceOwned):
    """A page of widgets (`definition`), shown to whom `scope` says, as views are (engine/views/models.py).

    `owner` is the person of a personal one (and the maker of a shared one), `team` that of a team's. `default_roles`
    are those that everyone's dashboard opens for; a `locked` one is not changed until unlocked.
    """

    name = models.JSONField()
    scope = models.CharField(max_length=12)  # personal, team, everyone
    owner = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    team = models.ForeignKey(Team, null=True, on_delete=models.CASCADE, related_name="+")
    is_default = models.BooleanField(default=False)
    default_roles = models.JSONField(default=list)
    locked = models.BooleanField(default=False)
    definition = models.JSONField(default=dict)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        """Read as a whole: there are few of them."""

        db_table = "dashboard"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "created_at", "id"], name="dashboard_workspace"),
            models.Index(fields=["owner"], name="dashboard_owner"),
        ]

    def __str__(self) -> str:
        return str(self.id)
