"""Somebody who leaves is in rules, queues and perhaps the fallback: whoever takes over stands there instead."""

import uuid
from typing import Any

from guanxi.domains.sales.assignment.models import AssignmentDesk, AssignmentQueue, AssignmentRule
from guanxi.engine.identity.leaving import OpenWork, open_work
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class SharesOfLeads(OpenWork):
    """Rules and queues that name the person, and the fallback."""

    key = "assignment"
    label = Text("线索分配规则", "Rules that share out leads")

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How many."""
        desk = AssignmentDesk.objects.filter(workspace_id=ctx.workspace.id, fallback_user=person).count()
        return desk + sum(len(_naming(model, ctx, person, name)) for model, name in _PLACES)

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """The receiver stands where the person stood."""
        kept: list[Any] = []
        for model, name in _PLACES:
            for row in _naming(model, ctx, person, name, lock=True):
                _swap(row, name, person, to)
                kept.append([name, str(row.id)])
        desks = AssignmentDesk.objects.filter(workspace_id=ctx.workspace.id, fallback_user=person)
        if desks.update(fallback_user=to):
            kept.append(["fallback", ""])
        return kept

    def give_back(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID, kept: list[Any]) -> None:
        """The person stands there again, where the receiver still does."""
        for model, name in _PLACES:
            ids = [row_id for kind, row_id in kept if kind == name]
            for row in model.objects.select_for_update().filter(workspace_id=ctx.workspace.id, id__in=ids):
                _swap(row, name, to, person)
        if any(kind == "fallback" for kind, _ in kept):
            AssignmentDesk.objects.filter(workspace_id=ctx.workspace.id, fallback_user=to).update(
                fallback_user=person
            )


_PLACES: tuple[tuple[Any, str], ...] = ((AssignmentRule, "targets"), (AssignmentQueue, "members"))


def _naming(model: Any, ctx: Ctx, person: uuid.UUID, name: str, *, lock: bool = False) -> list[Any]:
    rows = model.objects.filter(
        workspace_id=ctx.workspace.id, **{f"{name}__contains": [{"kind": "user", "id": str(person)}]}
    )
    return list((rows.select_for_update() if lock else rows).order_by("id"))


def _swap(row: Any, name: str, old: uuid.UUID, new: uuid.UUID) -> None:
    """Put one person in another's place; somebody who stands there already stands there once."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for target in getattr(row, name):
        if target["kind"] == "user" and target["id"] == str(old):
            target = {**target, "id": str(new)}
        found.setdefault((target["kind"], target["id"]), target)
    setattr(row, name, list(found.values()))
    row.save(update_fields=[name])


open_work.register(SharesOfLeads())
