"""Who may change what about people: who has that part of the settings, and everybody their own things.

*How it works*: what roles there are and what they give is known above (engine/access), which registers
itself: `role_checks` refuse keys of roles that do not exist, `keepers` what would leave nobody in charge.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace

from guanxi.engine.identity.actors import granting
from guanxi.engine.identity.models import Membership
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Forbidden
from guanxi.kit.text import Text

_ADMINS_ONLY = Text("只有管理员可以做这个操作。", "Only administrators can do this.")
_RULES_MORE = Text(
    "{name} 管理的设置比你多，请管理员来操作。",
    "{name} looks after more of the settings than you. Ask an administrator.",
)


role_checks: list[Callable[[Ctx, uuid.UUID, Sequence[str]], None]] = []
"""Asked before somebody gets these roles: Invalid at `extra_roles` for unknown keys, Forbidden otherwise."""
keepers: list[Callable[[Ctx], None]] = []
"""Called after people's roles have changed; each raises Conflict when nobody is left in charge."""


def require_admin(ctx: Ctx, area: str = "members") -> None:
    """Raises Forbidden unless `area` of the settings is the actor's to change."""
    if not ctx.actor.manages(area):
        raise Forbidden(_ADMINS_ONLY)


def areas_of(ctx: Ctx, member: Membership) -> frozenset[str]:
    """The parts of the settings that a member looks after, or will once active."""
    theirs = replace(ctx.actor, role=Role(member.role), extra_roles=tuple(member.extra_roles), areas=None)
    for grant in granting:
        theirs = grant(ctx.workspace, theirs)
    return theirs.areas or frozenset()


def require_ruling(ctx: Ctx, member: Membership) -> None:
    """Raises Forbidden when a member looks after more of the settings than the actor, who is no administrator.

    Who only looks after people would otherwise shut out those who rule them, or let a former one in again.
    """
    if ctx.actor.role is Role.ADMIN or ctx.actor.manages("roles") or member.user_id == ctx.actor.user_id:
        return
    if areas_of(ctx, member) - (ctx.actor.areas or frozenset()):
        raise Forbidden(_RULES_MORE, code="looks_after_more", name=member.name)


def require_giving(ctx: Ctx, role: str | None, before: str | None = None) -> None:
    """Raises Forbidden when somebody without the area `roles` would give (or take) more than the usual."""
    if role is not None and role != before and {role, before} - {Role.MEMBER, Role.LIMITED, None}:
        require_admin(ctx, "roles")
