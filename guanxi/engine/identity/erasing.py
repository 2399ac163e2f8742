"""Erasing a customer's person from what colleagues keep about their screens.

*Rules*: preferences belong to a person and not to a workspace, so only those of this workspace's members are looked
at. Accounts themselves are no data of customers.
"""

from django.db import connection

from guanxi.engine.identity.models import User
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.erasing import Eraser, Erasure, eraser_registry
from guanxi.kit.mentions import plain_sql, redact_value
from guanxi.kit.text import Text


def erase_preferences(ctx: Ctx, erasure: Erasure) -> int:
    """Black out mentions in the preferences of the workspace's members; gives how many people's."""
    pattern = erasure.ids_pattern
    if not pattern:
        return 0
    with connection.cursor() as db:
        db.execute(
            "SELECT u.id FROM app_user u JOIN membership m ON m.user_id = u.id WHERE m.workspace_id = %s"
            f" AND {plain_sql('u.preferences::text')} ~* %s ORDER BY u.id FOR UPDATE OF u",
            [ctx.workspace.id, pattern],
        )
        ids = [row[0] for row in db.fetchall()]
    for user in User.objects.filter(id__in=ids):
        user.preferences = redact_value(user.preferences, pattern)
        user.save(update_fields=["preferences"])
    return len(ids)


eraser_registry.register(
    Eraser(
        "preferences", Text("同事的界面偏好", "Preferences of colleagues"), ("app_user",), erase_preferences
    )
)
