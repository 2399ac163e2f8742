"""Changing members: role, team, manager, standing, name.

*Rules*: only administrators; the last active administrator stays one. Administrators' rows are locked
in one order before they are counted, so that two who demote each other cannot both succeed.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from guanxi.engine.identity.actions.rights import (
    gives_rights,
    keepers,
    keeping_sight,
    require_admin,
    require_giving,
    require_own_roles,
    require_placing,
    require_ruling,
    role_checks,
)
from guanxi.engine.identity.actions.tokens import end_tokens
from guanxi.engine.identity.models import Membership, Team, User
from guanxi.engine.identity.rules import ROLES, placeholder_email, search_key, tidy_name, unknown_names
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.engine.tenancy.recording import record, record_change
from guanxi.kit import pinyin
from guanxi.kit.errors import Conflict, NotFound, invalid
from guanxi.kit.ids import new_id, new_ids
from guanxi.kit.text import Text

_LAST_ADMIN = Text(
    "这是最后一位管理员，请先把另一位成员设为管理员。",
    "This is the last administrator. Make somebody else an administrator first.",
)
_NO_SUCH_TEAM = Text("没有这个团队。", "There is no such team.")
_NO_SUCH_PERSON = Text("工作区里没有这个人。", "There is no such person in this workspace.")
_NOT_ONESELF = Text("不能把自己设为自己的上级。", "Nobody can be their own manager.")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person belongs, for `set_memberships`; None leaves that part as it is."""

    user_id: uuid.UUID
    role: str | None = None
    team_id: uuid.UUID | None = None
    manager_id: uuid.UUID | None = None


def update_member(ctx: Ctx, user_id: uuid.UUID, changes: Mapping[str, Any]) -> Membership:
    """Apply `changes` (role, extra_roles, team, manager, status, name); null removes team or manager.

    Giving another role than the usual needs the area `roles`. Somebody who looks after more of the settings
    than the actor is changed by administrators and by who manages roles. Raises Forbidden for one's own roles, and
    for a place that would let oneself or others see what is not the actor's to show.
    """
    require_admin(ctx)
    admins = lock_admins(ctx)
    member = get_member(ctx, user_id, lock=True)
    require_ruling(ctx, member)
    before, roles = _standing(member), (member.role, member.extra_roles)
    if changes.get("role"):
        require_giving(ctx, changes["role"], member.role)
        member.role = changes["role"]
    extra = changes.get("extra_roles")
    if extra is not None and list(extra) != member.extra_roles:
        require_admin(ctx, "roles")
        member.extra_roles = list(dict.fromkeys(extra))
    if (member.role, member.extra_roles) != roles:
        require_own_roles(ctx, user_id)
        for check in role_checks:
            check(ctx, user_id, member.extra_roles)
    if changes.get("name"):
        rename(member, changes["name"])
    if "team" in changes:
        team_id = check_team(ctx, changes["team"])
        if team_id != member.team_id:
            require_placing(ctx, member, team_id)
        member.team_id = team_id
    if "manager" in changes:
        member.manager_id = _check_manager(ctx, member, changes["manager"])
    if changes.get("status"):
        member.status = _next_status(member, changes["status"])
    still_admin = member.role == Role.ADMIN and member.status == "active"
    if admins == [member.user_id] and not still_admin:
        raise Conflict(_LAST_ADMIN, code="last_admin")
    _save(ctx, member, before)
    return member


def _save(ctx: Ctx, member: Membership, before: Mapping[str, Any]) -> None:
    with keeping_sight(ctx):
        member.save()
    if member.status == "disabled" != before["status"]:
        end_tokens(ctx, member.user_id, "disabled")  # who comes back does not bring old keys along
    for keeper in keepers:
        keeper(ctx)
    record_change(
        ctx, "member.changed", before, _standing(member), record_id=member.user_id, name=member.name
    )


def _standing(member: Membership) -> dict[str, Any]:
    """What the audit tells of a member."""
    return {
        "role": str(member.role),
        "extra_roles": list(member.extra_roles),
        "name": member.name,
        "team": member.team_id,
        "manager": member.manager_id,
        "status": member.status,
    }


def lock_admins(ctx: Ctx) -> list[uuid.UUID]:
    """The active administrators, locked until the end of the transaction."""
    rows = Membership.objects.select_for_update().filter(
        workspace_id=ctx.workspace.id, role=Role.ADMIN, status="active"
    )
    return list(rows.order_by("id").values_list("user_id", flat=True))


def _next_status(member: Membership, wanted: str) -> str:
    """Disabling always works; enabling brings back whoever had joined, others are invited again."""
    if wanted == "disabled":
        return "disabled"
    return "active" if member.joined_at else "invited"


def get_member(ctx: Ctx, user_id: uuid.UUID, *, lock: bool = False) -> Membership:
    """The membership of `user_id`; raises NotFound."""
    rows = Membership.objects.select_for_update() if lock else Membership.objects
    member = rows.filter(workspace_id=ctx.workspace.id, user_id=user_id).first()
    if member is None:
        raise NotFound
    return member


def rename(member: Membership, name: str) -> None:
    """Give the member a name, and the keys that follow it; the caller saves."""
    member.name = tidy_name(name)
    member.sort_key = pinyin.sort_key(member.name)
    member.search_key = search_key(member.name)


def check_team(ctx: Ctx, team_id: uuid.UUID | None, field: str = "team") -> uuid.UUID | None:
    """The id when it is a team of this workspace (or None); raises Invalid."""
    if team_id and not Team.objects.filter(workspace_id=ctx.workspace.id, id=team_id).exists():
        raise invalid(field, "unknown_team", _NO_SUCH_TEAM)
    return team_id


def check_person(ctx: Ctx, user_id: uuid.UUID | None, field: str = "manager") -> uuid.UUID | None:
    """The id when it is somebody of this workspace (or None); raises Invalid."""
    if user_id and not Membership.objects.filter(workspace_id=ctx.workspace.id, user_id=user_id).exists():
        raise invalid(field, "unknown_person", _NO_SUCH_PERSON)
    return user_id


def _check_manager(ctx: Ctx, member: Membership, manager_id: uuid.UUID | None) -> uuid.UUID | None:
    if manager_id == member.user_id:
        raise invalid("manager", "own_manager", _NOT_ONESELF)
    return check_person(ctx, manager_id)


def new_placeholder(name: str) -> User:
    """A person known by name only, not saved yet; nobody can sign in as them."""
    user = User(id=new_id(), name=tidy_name(name))
    user.email = placeholder_email(user.id)
    user.set_unusable_password()
    return user


def new_membership(
    ctx: Ctx, user: User, *, name: str, role: str = Role.MEMBER, team_id: uuid.UUID | None = None
) -> Membership:
    """An invited membership, not saved yet."""
    member = Membership(
        workspace_id=ctx.workspace.id, user=user, role=role, team_id=team_id, status="invited"
    )
    rename(member, name)
    return member


def ensure_members(ctx: Ctx, names: Sequence[str]) -> dict[str, uuid.UUID]:
    """The person of each name, making invited members of those nobody knows; three statements in all.

    Of two people with one name the one who came first is meant.
    """
    wanted = {name: tidy_name(name)[:100] for name in names if tidy_name(name)}
    known = find_by_name(ctx, wanted.values())
    missing = unknown_names(wanted.values(), known)
    if missing:
        require_admin(ctx)
        users = [new_placeholder(name) for name in missing]
        User.objects.bulk_create(users)
        members = [new_membership(ctx, user, name=user.name) for user in users]
        for member, member_id in zip(members, new_ids(len(members)), strict=True):
            member.id = member_id
        Membership.objects.bulk_create(members)
        known |= {user.name.casefold(): user.id for user in users}
    return {given: known[name.casefold()] for given, name in wanted.items()}


def find_by_name(ctx: Ctx, names: Iterable[str]) -> dict[str, uuid.UUID]:
    """People by the folded form of their names; unknown names are left out."""
    folded = {tidy_name(name).casefold() for name in names}
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id).order_by("-created_at", "-id")
    # Folding case is left to Python: what PostgreSQL's lower() does depends on the server's locale.
    by_name = {name.casefold(): user_id for name, user_id in rows.values_list("name", "user_id")}
    return {name: by_name[name] for name in folded if name in by_name}


def set_memberships(ctx: Ctx, places: Sequence[Place]) -> int:
    """Put many people into their places with one statement; returns how many rows changed.

    Raises Conflict when it would leave the workspace without an administrator.
    """
    require_admin(ctx)
    if not places:
        return 0
    for place in places:
        if place.role is not None and place.role not in ROLES:
            raise ValueError(f"unknown role {place.role!r}")
        require_giving(ctx, place.role)
    lock_admins(ctx)
    _check_places(ctx, places)
    with keeping_sight(ctx), connection.cursor() as cursor:
        cursor.execute(
            _SET_MEMBERSHIPS,
            [
                [place.user_id for place in places],
                [place.role for place in places],
                [place.team_id for place in places],
                [place.manager_id for place in places],
                ctx.workspace.id,
            ],
        )
        changed = int(cursor.rowcount)
    if not lock_admins(ctx):
        raise Conflict(_LAST_ADMIN, code="last_admin")
    for keeper in keepers:
        keeper(ctx)
    roles = {str(place.user_id): str(place.role) for place in places if place.role is not None}
    record(ctx, "members.placed", count=changed, roles=roles)
    return changed


def _check_places(ctx: Ctx, places: Sequence[Place]) -> None:
    """Raises Forbidden for a place that would show somebody what is not the actor's to show."""
    if gives_rights(ctx):
        return
    wanted = {place.user_id: place for place in places}
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, user_id__in=wanted)
    for member in rows:
        place = wanted[member.user_id]
        if place.role is not None and place.role != member.role:
            require_own_roles(ctx, member.user_id)
        if place.team_id is not None and place.team_id != member.team_id:
            require_placing(ctx, member, place.team_id)


# Teams and managers are taken from this workspace only, whatever ids were given.
_SET_MEMBERSHIPS = """
UPDATE membership m SET
  role = coalesce(v.role, m.role),
  team_id = coalesce((SELECT t.id FROM team t WHERE t.workspace_id = m.workspace_id AND t.id = v.team_id), m.team_id),
  manager_id = coalesce(
    (SELECT p.user_id FROM membership p WHERE p.workspace_id = m.workspace_id AND p.user_id = v.manager_id),
    m.manager_id)
FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::uuid[]) AS v(user_id, role, team_id, manager_id)
WHERE m.workspace_id = %s AND m.user_id = v.user_id
"""


def touch_member(membership_id: uuid.UUID) -> None:
    """Note that a member was here; whoever finds the row locked leaves it to the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE membership SET last_seen_at = %s WHERE id ="
            " (SELECT id FROM membership WHERE id = %s FOR UPDATE SKIP LOCKED)",
            [timezone.now(), membership_id],
        )
