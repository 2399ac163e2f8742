"""What `engine.identity` asks us about people's roles: what they give, which exist, who is left in charge."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from guanxi.engine.access.builtin import BUILTIN
from guanxi.engine.access.loading import get_access, merged_for
from guanxi.engine.access.models import RoleRow
from guanxi.engine.access.rules import ANY, VERBS, Kind, Merged, Scope
from guanxi.engine.entry.policies import naming
from guanxi.engine.identity.actions.rights import keepers, place_checks, role_checks
from guanxi.engine.identity.actors import granting
from guanxi.engine.identity.models import Membership
from guanxi.engine.tenancy.context import Actor, Ctx, WorkspaceInfo
from guanxi.kit.errors import Conflict, Forbidden, invalid
from guanxi.kit.text import Text

NOT_ONESELF = Text(
    "已开启三员分立，不能改自己的角色。", "Duties are separated: nobody changes their own roles."
)
NOT_YOURS_TO_SHOW = Text(
    "{name} 的角色看得到部门的记录，而这个部门不归你管，请管理员来调整。",
    "{name} sees the records of their team by their role, and this team is not below yours. Ask an administrator.",
)
UNKNOWN_ROLE = Text("没有「{role}」这个角色。", "There is no role “{role}”.")
NOBODY_LEFT = Text(
    "至少要有一位在职成员能管理角色，请先把这项权限交给别人。",
    "Somebody must be able to manage roles. Give that right to somebody else first.",
)


def grant(workspace: WorkspaceInfo, actor: Actor) -> Actor:
    """The actor with the areas and verbs that their roles give them."""
    found = merged_for(workspace, actor)
    return replace(actor, areas=found.areas, verbs=verbs_of(found))


def verbs_of(found: Merged) -> frozenset[str]:
    """What may be done with at least one object."""
    kinds = {Kind(key, key) for _, rights in found.roles for key in rights.objects} | {Kind(ANY, ANY)}
    return frozenset(verb for verb in VERBS if any(found.cell(kind, verb).scope for kind in kinds))


def check_roles(ctx: Ctx, user_id: uuid.UUID, keys: Sequence[str]) -> None:
    """Raise Invalid at `extra_roles` for a role that does not exist, Forbidden for who would rule themselves."""
    access = get_access(ctx.workspace)
    if access.separate_duties and user_id == ctx.actor.user_id:
        raise Forbidden(NOT_ONESELF, code="own_roles")
    for key in keys:
        if key not in BUILTIN and key not in access.roles:
            raise invalid("extra_roles", "unknown_role", UNKNOWN_ROLE, role=key[:40])


def check_place(ctx: Ctx, member: Membership, team_id: uuid.UUID) -> None:
    """Raise Forbidden for a team whose records somebody would see by their roles, and the actor does not see."""
    access = get_access(ctx.workspace)
    found = access.together((member.role, *member.extra_roles), ctx.workspace.member_scope)
    kinds = {Kind(key, key) for _, rights in found.roles for key in rights.objects} | {Kind(ANY, ANY)}
    by_team = (Scope.TEAM, Scope.TEAM_BELOW)
    if any(found.cell(kind, verb).scope in by_team for kind in kinds for verb in VERBS):
        raise Forbidden(NOT_YOURS_TO_SHOW, code="more_than_own", name=member.name)


def keep_somebody(ctx: Ctx) -> None:
    """Raise Conflict when no active person can manage roles any more; the people's rows are locked first."""
    access = get_access(ctx.workspace)
    if not access.separate_duties:
        return  # administrators can, and the last of them stays one
    rows = Membership.objects.select_for_update().filter(workspace_id=ctx.workspace.id, status="active")
    for role, extra in rows.order_by("id").values_list("role", "extra_roles"):
        if "roles" in access.together((role, *extra), ctx.workspace.member_scope).areas:
            return
    raise Conflict(NOBODY_LEFT, code="nobody_in_charge")


def role_names(ctx: Ctx) -> dict[str, dict[str, str]]:
    """The name of every role of the workspace, the built-in ones first."""
    own = RoleRow.objects.filter(workspace_id=ctx.workspace.id).order_by("position", "key")
    stored = dict(own.values_list("key", "name"))
    return stored | {key: role.name.as_dict() for key, role in BUILTIN.items()}


naming.append(role_names)
granting.append(grant)
role_checks.append(check_roles)
keepers.append(keep_somebody)
place_checks.append(check_place)
