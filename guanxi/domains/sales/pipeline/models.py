"""Where deals have stood, and for how long.

*Rules*: written by stays.py alone, with the deal. No key to the deal's table: a deal that is purged takes the sense
of its rows with it, for every reader joins them with the deals that somebody sees.
"""

from typing import ClassVar

from django.db import models

from guanxi.engine.tenancy.models import WorkspaceOwned


class StageStay(WorkspaceOwned):
    """A deal stood in a stage from `entered_at` to `left_at`, when it went on to `next_stage`.

    Where it stands now, and since when, is the deal's own to say.
    """

    deal_id = models.UUIDField()
    stage = models.CharField(max_length=40)
    next_stage = models.CharField(max_length=40)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField()
    left_by = models.UUIDField(null=True)

    class Meta:
        """Read by deal, and by the time they ended."""

        db_table = "stage_stay"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["deal_id", "left_at"], name="stage_stay_deal"),
            models.Index(fields=["workspace", "left_at"], name="stage_stay_left"),
        ]

    def __str__(self) -> str:
        return f"{self.deal_id} {self.stage}"
