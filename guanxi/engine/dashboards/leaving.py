"""The dashboards of somebody who leaves: see identity/leaving.py."""

import uuid
from typing import Any

from guanxi.engine.dashboards.models import Dashboard
from guanxi.engine.identity.leaving import MAX_KEPT, OpenWork, open_work
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class Dashboards(OpenWork):
    """Dashboards that the person owns; nobody's opening page changes by what they are given."""

    key = "dashboards"
    label = Text("仪表盘", "Dashboards")

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How many."""
        return Dashboard.objects.filter(workspace_id=ctx.workspace.id, owner_id=person).count()

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """They are the receiver's."""
        mine = Dashboard.objects.filter(workspace_id=ctx.workspace.id, owner_id=person)
        rows = mine.select_for_update().order_by("id").values_list("id", "is_default")
        kept = [[str(i), opens] for i, opens in rows[:MAX_KEPT]]
        given = Dashboard.objects.filter(workspace_id=ctx.workspace.id, id__in=[row[0] for row in kept])
        given.filter(scope="personal").update(is_default=False)
        given.update(owner_id=to)
        return kept

    def give_back(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID, kept: list[Any]) -> None:
        """They are the person's, as they were."""
        rows = Dashboard.objects.filter(workspace_id=ctx.workspace.id, owner_id=to)
        opening = [i for i, opens in kept if opens]
        rows.filter(id__in=opening, scope="personal").update(is_default=True)
        rows.filter(id__in=[i for i, _ in kept]).update(owner_id=person)


open_work.register(Dashboards())
