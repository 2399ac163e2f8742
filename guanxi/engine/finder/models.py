"""Runs of the duplicate finder, what they found, and what people have said about it.

*Rules*: clusters keep ids and reasons, never values: what a person sees of the records comes through the
query door at the moment they look.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class DuplicateRun(WorkspaceOwned):
    """One search over a whole object; the latest of an object is the one that counts."""

    object_key = models.CharField(max_length=40)
    rule = models.CharField(max_length=20)
    threshold = models.FloatField()
    state = models.CharField(max_length=10, default="queued")  # queued, running, done, failed
    progress = models.FloatField(default=0)
    columns = models.JSONField(default=dict)  # role → field keys
    records = models.IntegerField(default=0)
    clusters = models.IntegerField(default=0)
    pairs = models.BigIntegerField(default=0)
    capped = models.JSONField(default=dict)
    error = models.JSONField(null=True)
    merging = models.JSONField(null=True)  # a bulk merge: state, total, done, refused, threshold
    created_by = models.UUIDField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        """Found by object, newest first; one at a time."""

        db_table = "duplicate_run"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "object_key"],
                condition=models.Q(state__in=["queued", "running"]),
                name="duplicate_run_one_at_a_time",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["workspace", "object_key", "-created_at"], name="duplicate_run_latest")
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.state}"


class DuplicateCluster(WorkspaceOwned):
    """Records that a run takes for one. `ids` as text; `pairs` are `{"a", "b", "score", "reasons"}`."""

    run = models.ForeignKey(DuplicateRun, on_delete=models.CASCADE, db_index=False, related_name="+")
    object_key = models.CharField(max_length=40)
    score = models.FloatField()
    ids = models.JSONField()
    pairs = models.JSONField()
    state = models.CharField(max_length=10, default="open")  # open, later, different, merged

    class Meta:
        """Read by score within a state."""

        db_table = "duplicate_cluster"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["workspace", "object_key", "state", "-score", "id"], name="duplicate_cluster_queue"
            ),
            models.Index(fields=["run"], name="duplicate_cluster_run"),
        ]

    def __str__(self) -> str:
        return f"{self.object_key} {self.score}"


class DuplicateDecision(WorkspaceOwned):
    """Two records that somebody has said are two; it holds while neither's compared values change."""

    object_key = models.CharField(max_length=40)
    a_id = models.UUIDField()
    b_id = models.UUIDField()
    a_mark = models.CharField(max_length=40)
    b_mark = models.CharField(max_length=40)
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField()

    class Meta:
        """One a pair (a < b)."""

        db_table = "duplicate_decision"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["workspace", "object_key", "a_id", "b_id"], name="duplicate_decision_pair"
            )
        ]

    def __str__(self) -> str:
        return f"{self.a_id} {self.b_id}"
