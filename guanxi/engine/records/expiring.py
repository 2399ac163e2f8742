"""Forgetting the answers to repeated requests (web/idempotency.py) once nobody repeats them any more."""

from datetime import timedelta

from django.utils import timezone

from guanxi.engine.records.models import IdempotencyKey
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx

KEYS_KEPT = timedelta(hours=24)


def forget_keys(ctx: Ctx) -> None:
    """Remove the idempotency keys that are older than a day (an hourly chore)."""
    IdempotencyKey.objects.filter(
        workspace_id=ctx.workspace.id, created_at__lte=timezone.now() - KEYS_KEPT
    ).delete()


chore_registry.register(Chore("records.forget_idempotency_keys", forget_keys))
