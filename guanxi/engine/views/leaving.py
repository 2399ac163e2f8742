"""The saved views of somebody who leaves: see identity/leaving.py."""

import uuid
from typing import Any

from guanxi.engine.identity.leaving import MAX_KEPT, OpenWork, open_work
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.models import SavedView
from guanxi.kit.text import Text


class Views(OpenWork):
    """Views that the person owns; nobody's opening view changes by what they are given."""

    key = "views"
    label = Text("保存的视图", "Saved views")

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How many."""
        return SavedView.objects.filter(workspace_id=ctx.workspace.id, owner_id=person).count()

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """They are the receiver's."""
        mine = SavedView.objects.filter(workspace_id=ctx.workspace.id, owner_id=person)
        rows = mine.select_for_update().order_by("id")
        kept = [[str(i), *flags] for i, *flags in rows.values_list("id", "pinned", "is_default")[:MAX_KEPT]]
        given = SavedView.objects.filter(workspace_id=ctx.workspace.id, id__in=[row[0] for row in kept])
        given.filter(scope="personal").update(pinned=False, is_default=False)
        given.update(owner_id=to)
        return kept

    def give_back(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID, kept: list[Any]) -> None:
        """They are the person's, as they were."""
        rows = SavedView.objects.filter(workspace_id=ctx.workspace.id, owner_id=to)
        for pinned, opens in ((True, True), (True, False), (False, True), (False, False)):
            ids = [i for i, was_pinned, was_default in kept if (was_pinned, was_default) == (pinned, opens)]
            if ids:
                rows.filter(id__in=ids, scope="personal").update(
                    owner_id=person, pinned=pinned, is_default=opens
                )
                rows.filter(id__in=ids).update(owner_id=person)


open_work.register(Views())
