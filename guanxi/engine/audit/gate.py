"""Who may look into the audit: one function, asked by every door of this package."""

from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Forbidden
from guanxi.kit.text import Text

_ADMINS_ONLY = Text("只有管理员可以查看审计日志。", "Only administrators may look into the audit.")


def require_auditor(ctx: Ctx, *, change: bool = False) -> None:
    """Raise Forbidden for who may not read the audit (`change`: set what it watches)."""
    if ctx.actor.role is not Role.ADMIN or (change and not ctx.actor.can_write):
        raise Forbidden(_ADMINS_ONLY)
