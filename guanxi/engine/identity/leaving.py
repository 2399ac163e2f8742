"""What somebody who leaves has besides records: who takes over their teams, imports, views, requests.

*How it works*: each package whose rows name people registers an `OpenWork`; engine/handover, which stands
on top, counts what a person has, passes it on to somebody, and gives it back when that is undone. What a
kind keeps of it (`kept`) is JSON that only it reads.

*Rules*: a constant number of statements a kind; giving back leaves alone what has moved on since.
"""

import uuid
from typing import Any

from guanxi.engine.identity.actions.rights import keeping_sight
from guanxi.engine.identity.actions.tokens import end_tokens
from guanxi.engine.identity.models import ApiToken, Membership, Team
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.registry import Registry
from guanxi.kit.text import Text

MAX_KEPT = 5000
"""So much of one kind is passed on; nobody leads more teams or keeps more views."""


class OpenWork:
    """Base of a kind of open work; `moves` is False for what ends instead of going to somebody else."""

    key: str
    label: Text
    moves = True

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How much of it a person has that the actor may pass on."""
        raise NotImplementedError

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """Pass it on (or end it); gives what it takes to give it back."""
        raise NotImplementedError

    def give_back(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID, kept: list[Any]) -> None:
        """Put back what is still as it was passed on."""


open_work: Registry[OpenWork] = Registry("kind of open work", lambda kind: kind.key)


class LedTeams(OpenWork):
    """Teams that the person looks after."""

    key = "teams"
    label = Text("负责的部门", "Teams they lead")

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How many."""
        return Team.objects.filter(workspace_id=ctx.workspace.id, manager_id=person).count()

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """The receiver looks after them."""
        rows = Team.objects.select_for_update().filter(workspace_id=ctx.workspace.id, manager_id=person)
        ids = list(rows.order_by("id").values_list("id", flat=True)[:MAX_KEPT])
        with keeping_sight(ctx):
            Team.objects.filter(workspace_id=ctx.workspace.id, id__in=ids).update(manager_id=to)
        return [str(i) for i in ids]

    def give_back(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID, kept: list[Any]) -> None:
        """Theirs again."""
        Team.objects.filter(workspace_id=ctx.workspace.id, id__in=kept, manager_id=to).update(
            manager_id=person
        )


class Reports(OpenWork):
    """People whose manager the person is."""

    key = "reports"
    label = Text("直接下属", "People who report to them")

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How many."""
        return Membership.objects.filter(workspace_id=ctx.workspace.id, manager_id=person).count()

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """They report to the receiver; the receiver to whom the person reported to."""
        of_firm = Membership.objects.filter(workspace_id=ctx.workspace.id)
        above = of_firm.filter(user_id=person).values_list("manager_id", flat=True).first()
        rows = of_firm.select_for_update().filter(manager_id=person).order_by("id")
        ids = list(rows.values_list("user_id", flat=True)[:MAX_KEPT])
        of_firm.filter(user_id__in=ids).exclude(user_id=to).update(manager_id=to)
        of_firm.filter(user_id=to, manager_id=person).update(manager_id=above if above != to else None)
        return [str(i) for i in ids]

    def give_back(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID, kept: list[Any]) -> None:
        """They report to the person again."""
        of_firm = Membership.objects.filter(workspace_id=ctx.workspace.id)
        of_firm.filter(user_id__in=kept, manager_id=to).update(manager_id=person)
        if str(to) in kept:
            of_firm.filter(user_id=to).update(manager_id=person)


class Tokens(OpenWork):
    """API tokens of the person: nobody else may go on with them."""

    key = "tokens"
    label = Text("访问令牌", "API tokens")
    moves = False

    def count(self, ctx: Ctx, person: uuid.UUID) -> int:
        """How many are not revoked."""
        return ApiToken.objects.filter(
            workspace_id=ctx.workspace.id, user_id=person, revoked_at__isnull=True
        ).count()

    def hand_over(self, ctx: Ctx, person: uuid.UUID, to: uuid.UUID) -> list[Any]:
        """Revoked, for good."""
        return [str(i) for i in end_tokens(ctx, person, "handed_over")]


for kind in (LedTeams(), Reports(), Tokens()):
    open_work.register(kind)
