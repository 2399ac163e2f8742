"""What happens to notices after they were made: they are read, and they grow old."""

import uuid
from collections.abc import Iterable

from django.utils import timezone

from guanxi.engine.notifications.models import Notification
from guanxi.engine.notifications.queries import KEPT, own_notices
from guanxi.engine.records.store.telling import tell
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx


def mark_read(ctx: Ctx, ids: Iterable[uuid.UUID] | None) -> int:
    """Mark the actor's own notices of these ids (None: all) as read; those of others are left alone.

    Their other open screens hear of it.
    """
    rows = own_notices(ctx).filter(read_at__isnull=True)
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    changed = rows.update(read_at=timezone.now())
    if changed:
        tell(
            {
                "workspace": ctx.workspace.id,
                "user": ctx.actor.user_id,
                "event": "notification",
                "data": {"read": changed},
            }
        )
    return changed


def forget_old(ctx: Ctx) -> None:
    """Remove what is older than the time notices are kept (an hourly chore)."""
    old = Notification.objects.filter(workspace_id=ctx.workspace.id, created_at__lte=timezone.now() - KEPT)
    old.delete()


chore_registry.register(Chore("notifications.forget_old", forget_old))
