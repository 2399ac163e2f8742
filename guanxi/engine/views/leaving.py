"""What somebody who leaves shares as views are shared: see identity/leaving.py.

*Rules*: nobody's opening page or pinned tabs change by what they are given; given back, it is as it was.
"""

import uuid
from typing import Any

from django.db.models import QuerySet

from guanxi.engine.identity.leaving import MAX_KEPT, OpenWork, open_work
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.models import SavedView
from guanxi.kit.text import Text


class SharedRows(OpenWork):
    """Rows of `model` that the person owns; `flags` are what personal ones lose with their owner."""

    def __init__(self, key: str, label: Text, model: Any, flags: tuple[str, ...]) -> None:
        self.key, self.label = key, label
        self._model, self._flags = model, flags

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How many."""
        return self._owned(ctx, person).count()

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """They are the receiver's."""
        rows = self._owned(ctx, person).select_for_update().order_by("id")
        kept = [[str(i), *flags] for i, *flags in rows.values_list("id", *self._flags)[:MAX_KEPT]]
        given = self._owned(ctx, person).filter(id__in=[row[0] for row in kept])
        given.filter(scope="personal").update(**dict.fromkeys(self._flags, False))
        given.update(owner_id=to)
        return kept

    def give_back(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID, kept: list[Any]) -> None:
        """They are the person's, as they were."""
        rows = self._owned(ctx, to)
        for flags in {tuple(had) for _, *had in kept}:
            same = rows.filter(id__in=[i for i, *had in kept if tuple(had) == flags])
            was = dict(zip(self._flags, flags, strict=True))
            same.filter(scope="personal").update(owner_id=person, **was)
            same.update(owner_id=person)

    def _owned(self, ctx: Ctx, person: uuid.UUID) -> QuerySet[Any]:
        rows: QuerySet[Any] = self._model.objects.filter(workspace_id=ctx.workspace.id, owner_id=person)
        return rows


open_work.register(
    SharedRows("views", Text("保存的视图", "Saved views"), SavedView, ("pinned", "is_default"))
)
