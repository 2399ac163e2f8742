"""Public pools 公海, how often people have claimed today, and what the nightly job did.

A record's own state (in which pool, since when, why, whose it was) stands in its row: customers/pooling.py.

*Rules*: a pool's key stands in records and is never given to another; a pool that is deleted leaves its row.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class Pool(WorkspaceOwned):
    """A pool of one object's records; what members, rules and limits look like: settings.py."""

    object_key = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    name = models.JSONField(default=dict)
    position = models.IntegerField(default=0)
    filter = models.JSONField(null=True)  # which records it is for; null: all
    exempt = models.JSONField(null=True)  # which of them no rule takes; null: none
    spare_open_deals = models.BooleanField(default=True)
    members = models.JSONField(default=list)  # {kind: everyone | user | team, id, manages}
    limits = models.JSONField(
        default=dict
    )  # daily, held, team_daily, team_held, cooldown_days, protection_days
    hidden_fields = models.JSONField(default=list)
    claimable = models.BooleanField(default=True)  # False: managers alone hand out
    rules = models.JSONField(default=list)  # {id, kind, days, workdays, filter, warn_days, enabled}
    is_sample = models.BooleanField(default=False)
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        """Keys are unique in a workspace, those of deleted pools included."""

        db_table = "sales_pool"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "key"], name="sales_pool_key")
        ]

    def __str__(self) -> str:
        return self.key


class PoolTally(WorkspaceOwned):
    """How many records somebody (`holder`: a person or a team) has claimed from a pool on a day."""

    pool_key = models.CharField(max_length=40)
    day = models.DateField()
    holder = models.UUIDField()
    claimed = models.IntegerField(default=0)

    class Meta:
        """One a pool, day and holder."""

        db_table = "sales_pool_tally"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "pool_key", "day", "holder"], name="sales_pool_tally_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pool_key} {self.day}"


class PoolRun(WorkspaceOwned):
    """One night's recycling; `detail` says by rule how many, and the change by which they are undone."""

    day = models.DateField()
    state = models.CharField(max_length=10, default="running")  # running, done
    recycled = models.IntegerField(default=0)
    warned = models.IntegerField(default=0)
    detail = models.JSONField(default=list)  # {pool, rule, change, recycled}
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """One a day."""

        db_table = "sales_pool_run"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["workspace", "day"], name="sales_pool_run_day")
        ]

    def __str__(self) -> str:
        return str(self.day)
