"""Who may look into the audit: whoever has that area; one function, asked by every door of this package."""

from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Forbidden
from guanxi.kit.text import Text

_ADMINS_ONLY = Text("你的角色不能查看审计日志。", "Your role may not look into the audit.")


def require_auditor(ctx: Ctx, *, change: bool = False) -> None:
    """Raise Forbidden for who may not read the audit (`change`: set what it watches)."""
    if not (ctx.actor.manages("audit") if change else ctx.actor.may("audit")):
        raise Forbidden(_ADMINS_ONLY)
