"""Who may change what about people: who has that part of the settings, and everybody their own things.

*How it works*: what roles there are and what they give is known above (engine/access), which registers
itself: `role_checks` refuse keys of roles that do not exist, `keepers` what would leave nobody in charge.
"""

import uuid
from collections.abc import Callable, Sequence

from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Forbidden
from guanxi.kit.text import Text

_ADMINS_ONLY = Text("只有管理员可以做这个操作。", "Only administrators can do this.")


role_checks: list[Callable[[Ctx, uuid.UUID, Sequence[str]], None]] = []
"""Asked before somebody gets these roles: Invalid at `extra_roles` for unknown keys, Forbidden otherwise."""
keepers: list[Callable[[Ctx], None]] = []
"""Called after people's roles have changed; each raises Conflict when nobody is left in charge."""


def require_admin(ctx: Ctx, area: str = "members") -> None:
    """Raises Forbidden unless `area` of the settings is the actor's to change."""
    if not ctx.actor.manages(area):
        raise Forbidden(_ADMINS_ONLY)


def require_giving(ctx: Ctx, role: str | None, before: str | None = None) -> None:
    """Raises Forbidden when somebody without the area `roles` would give (or take) more than the usual."""
    if role is not None and role != before and {role, before} - {Role.MEMBER, Role.LIMITED, None}:
        require_admin(ctx, "roles")
