"""Who may change what about people: who has that part of the settings, and everybody their own things.

*How it works*: what roles there are and what they give is known above (engine/access), which registers
itself: `role_checks` refuse keys of roles that do not exist, `keepers` what would leave nobody in charge,
`place_checks` whoever would see more by the team they are put in.

*Rules*: nobody but administrators changes their own roles. Who looks after people, and not after roles, neither
widens their own sight (team, teams they lead, people in them) nor lends anybody a sight that is not theirs.
"""

import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from guanxi.engine.identity.actors import find_standing, granting
from guanxi.engine.identity.models import Membership
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Forbidden
from guanxi.kit.text import Text

_ADMINS_ONLY = Text("只有管理员可以做这个操作。", "Only administrators can do this.")
_RULES_MORE = Text(
    "{name} 管理的设置比你多，请管理员来操作。",
    "{name} looks after more of the settings than you. Ask an administrator.",
)
_OWN_ROLES = Text(
    "不能改自己的角色，请管理员来操作。", "Nobody changes their own roles. Ask an administrator."
)
_OWN_PLACE = Text(
    "这样改，你自己看得到的会变多，请管理员来操作。",
    "This would let you see more than you do now. Ask an administrator.",
)

role_checks: list[Callable[[Ctx, uuid.UUID, Sequence[str]], None]] = []
"""Asked before somebody gets these roles: Invalid at `extra_roles` for unknown keys, Forbidden otherwise."""
keepers: list[Callable[[Ctx], None]] = []
"""Called after people's roles have changed; each raises Conflict when nobody is left in charge."""
place_checks: list[Callable[[Ctx, Membership, uuid.UUID], None]] = []
"""Asked before somebody is put into a team or leads it: Forbidden where that lends them others' records."""


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


def require_own_roles(ctx: Ctx, user_id: uuid.UUID | None) -> None:
    """Raises Forbidden when somebody but an administrator would change their own roles."""
    if user_id == ctx.actor.user_id and ctx.actor.role is not Role.ADMIN:
        raise Forbidden(_OWN_ROLES, code="own_roles")


def gives_rights(ctx: Ctx) -> bool:
    """Whether the actor says what others may do: an administrator, or who looks after roles."""
    return ctx.actor.role is Role.ADMIN or ctx.actor.manages("roles")


def require_placing(ctx: Ctx, member: Membership, team_id: uuid.UUID | None) -> None:
    """Raises Forbidden when a team would lend somebody a sight that is not the actor's to give."""
    if team_id is None or gives_rights(ctx) or team_id in ctx.actor.subtree_team_ids:
        return
    for check in place_checks:
        check(ctx, member, team_id)


@contextmanager
def keeping_sight(ctx: Ctx, new: Collection[uuid.UUID] = ()) -> Iterator[None]:
    """A change of teams and places after which the actor reaches nobody whom they did not reach before.

    `new` are ids that were made in it. Raises Forbidden, which takes the change back with its transaction.
    """
    yield
    if gives_rights(ctx) or ctx.actor.user_id is None:
        return
    after = find_standing(ctx.workspace.id, ctx.actor.user_id)
    if after is None:
        return
    now, before = after.actor, ctx.actor
    reached = (
        (now.subtree_team_ids | now.team_path_ids) - (before.subtree_team_ids | before.team_path_ids),
        now.subtree_user_ids - before.subtree_user_ids,
    )
    if any(each - set(new) for each in reached):
        raise Forbidden(_OWN_PLACE, code="own_place")
