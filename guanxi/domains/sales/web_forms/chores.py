"""Proofs of work whose time is over are forgotten."""

from guanxi.domains.sales.web_forms.models import SpentWork
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx


def forget_spent(ctx: Ctx) -> None:
    """A proof that is over is refused by its own date."""
    SpentWork.objects.filter(workspace_id=ctx.workspace.id, ends_at__lt=ctx.now).delete()


chore_registry.register(Chore("web_forms", forget_spent))
