"""Imports that somebody who leaves has not finished: see identity/leaving.py."""

import uuid
from typing import Any

from guanxi.engine.identity.leaving import MAX_KEPT, OpenWork, open_work
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.models import ImportJob
from guanxi.engine.transfer.rules import states
from guanxi.kit.text import Text

_OPEN = (states.DRAFT, states.QUEUED, states.RUNNING, states.FAILED)


class OpenImports(OpenWork):
    """Imports that are drafts, run or have stopped: from now on they run with the receiver's rights."""

    key = "imports"
    label = Text("没做完的导入", "Unfinished imports")

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How many."""
        rows = ImportJob.objects.filter(workspace_id=ctx.workspace.id, created_by=person)
        return rows.filter(status__in=_OPEN).count()

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """They are the receiver's."""
        mine = ImportJob.objects.filter(workspace_id=ctx.workspace.id, created_by=person, status__in=_OPEN)
        ids = list(mine.select_for_update().order_by("id").values_list("id", flat=True)[:MAX_KEPT])
        ImportJob.objects.filter(workspace_id=ctx.workspace.id, id__in=ids).update(created_by=to)
        return [str(i) for i in ids]

    def give_back(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID, kept: list[Any]) -> None:
        """Those that are not done are the person's again."""
        rows = ImportJob.objects.filter(workspace_id=ctx.workspace.id, id__in=kept, created_by=to)
        rows.filter(status__in=_OPEN).update(created_by=person)


open_work.register(OpenImports())
