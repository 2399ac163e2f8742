"""Requests for records that somebody who leaves should have decided: see identity/leaving.py."""

import uuid
from typing import Any

from django.db.models import Q, QuerySet

from guanxi.engine.duplicates.models import RecordRequest
from guanxi.engine.identity.leaving import OpenWork, open_work
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class OpenRequests(OpenWork):
    """Open requests that wait for the person's word."""

    key = "requests"
    label = Text("待处理的撞单申请", "Requests waiting for them")

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How many."""
        return self._rows(ctx, person).count()

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """They wait for the receiver."""
        rows = self._rows(ctx, person).select_for_update().values_list("id", "owner_id", "manager_id")
        found = [[str(i), owner == person, manager == person] for i, owner, manager in rows]
        self._rename(ctx, found, person, to)
        return found

    def give_back(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID, kept: list[Any]) -> None:
        """Those still open wait for the person again."""
        self._rename(ctx, kept, to, person)

    def _rename(self, ctx: Ctx, kept: list[Any], before: uuid.UUID, after: uuid.UUID) -> None:
        rows = RecordRequest.objects.filter(workspace_id=ctx.workspace.id, state="open")
        rows.filter(id__in=[i for i, owns, _ in kept if owns], owner_id=before).update(owner_id=after)
        rows.filter(id__in=[i for i, _, leads in kept if leads], manager_id=before).update(manager_id=after)

    def _rows(self, ctx: Ctx, person: uuid.UUID) -> QuerySet[RecordRequest]:
        asked = Q(owner_id=person) | Q(manager_id=person)
        return RecordRequest.objects.filter(asked, workspace_id=ctx.workspace.id, state="open")


open_work.register(OpenRequests())
