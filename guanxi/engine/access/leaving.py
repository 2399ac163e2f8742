"""Sharing rules for somebody who leaves, and whoever stands in for them: see identity/leaving.py."""

import uuid
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from guanxi.engine.access.models import Delegation, SharingRule
from guanxi.engine.access.sharing import raise_version
from guanxi.engine.identity.leaving import OpenWork, open_work
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.text import Text


class RulesFor(OpenWork):
    """Sharing rules that share with the person; passed on by who manages roles only."""

    key = "sharing_rules"
    label = Text("以他为对象的共享规则", "Sharing rules for them")

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How many."""
        return self._rows(ctx, person).count() if ctx.actor.manages("roles") else 0

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """They share with the receiver."""
        if not ctx.actor.manages("roles"):
            return []
        ids = list(self._rows(ctx, person).select_for_update().values_list("id", flat=True))
        SharingRule.objects.filter(id__in=ids).update(to_key=str(to))
        raise_version(ctx)
        return [str(i) for i in ids]

    def give_back(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID, kept: list[Any]) -> None:
        """They share with the person again."""
        self._rows(ctx, to).filter(id__in=kept).update(to_key=str(person))
        raise_version(ctx)

    def _rows(self, ctx: Ctx, person: uuid.UUID) -> QuerySet[SharingRule]:
        return SharingRule.objects.filter(workspace_id=ctx.workspace.id, to_kind="user", to_key=str(person))


class StandingIn(OpenWork):
    """The person standing in for others, and others for them: both end."""

    key = "delegations"
    label = Text("休假代理", "Standing in")
    moves = False

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How many are not over."""
        return self._rows(ctx, person).count()

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """They end."""
        rows = list(self._rows(ctx, person))
        kept = [
            [str(r.from_user_id), str(r.to_user_id), r.level, r.starts_at.isoformat(), r.until.isoformat()]
            for r in rows
        ]
        self._rows(ctx, person).delete()
        raise_version(ctx)
        return kept

    def give_back(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID, kept: list[Any]) -> None:
        """Those that would not be over go on."""
        Delegation.objects.bulk_create(
            Delegation(
                workspace_id=ctx.workspace.id, from_user_id=given, to_user_id=taking, level=level, starts_at=datetime.fromisoformat(starts),
                until=datetime.fromisoformat(until), created_by=ctx.actor.user_id,
            )
            for given, taking, level, starts, until in kept
            if datetime.fromisoformat(until) > ctx.now
        )  # fmt: skip
        raise_version(ctx)

    def _rows(self, ctx: Ctx, person: uuid.UUID) -> QuerySet[Delegation]:
        return Delegation.objects.filter(
            Q(from_user_id=person) | Q(to_user_id=person), workspace_id=ctx.workspace.id, until__gt=ctx.now
        )


open_work.register(RulesFor())
open_work.register(StandingIn())
