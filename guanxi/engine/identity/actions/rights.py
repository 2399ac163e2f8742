"""Who may change what about people: administrators, and everybody their own things."""

from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Forbidden
from guanxi.kit.text import Text

_ADMINS_ONLY = Text("只有管理员可以做这个操作。", "Only administrators can do this.")


def require_admin(ctx: Ctx) -> None:
    """Raises Forbidden unless the actor is an administrator whose key may write."""
    if ctx.actor.role is not Role.ADMIN or not ctx.actor.can_write:
        raise Forbidden(_ADMINS_ONLY)
