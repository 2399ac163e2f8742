"""The department tree: new teams, moves, removals.

*Rules*: only who looks after people, and so that they see no more by it (rights.py); a tree has no circles. Moves in one workspace happen one after the other
(the workspace's row is locked), because two that are fine alone can close a circle together.
"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from guanxi.engine.identity.actions.members import check_person, check_team
from guanxi.engine.identity.actions.rights import (
    gives_rights,
    keeping_sight,
    require_admin,
    require_placing,
)
from guanxi.engine.identity.models import Membership, Team
from guanxi.engine.identity.rules import makes_cycle, tidy_name, unknown_names
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.recording import record, record_change
from guanxi.kit.errors import Conflict, NotFound, invalid
from guanxi.kit.ids import new_ids
from guanxi.kit.text import Text

_NAME_TAKEN = Text("同一个上级下已有同名团队。", "There is already a team of this name in the same place.")
_CYCLE = Text("不能把团队移到它自己的下级里。", "A team cannot be moved below itself.")
_HAS_CHILDREN = Text("请先移走或删除下级团队。", "Move or delete the teams below it first.")


def create_team(ctx: Ctx, *, name: str, parent: uuid.UUID | None, manager: uuid.UUID | None) -> Team:
    """A new team; raises Invalid for an unknown parent or manager, or a name taken among its siblings."""
    require_admin(ctx)
    team = Team(
        workspace_id=ctx.workspace.id,
        name=tidy_name(name),
        parent_id=check_team(ctx, parent, "parent"),
        manager_id=_check_leader(ctx, manager, parent),
    )
    with keeping_sight(ctx, new=[team.id]):
        _save(team, force_insert=True)
    record(ctx, "team.created", record_id=team.id, name=team.name)
    return team


def update_team(ctx: Ctx, team_id: uuid.UUID, changes: Mapping[str, Any]) -> Team:
    """Apply `changes` (name, parent, manager) to a team; null takes parent or manager away."""
    require_admin(ctx)
    _lock_tree(ctx)
    team = _get_team(ctx, team_id)
    before = _told(team)
    if changes.get("name"):
        team.name = tidy_name(changes["name"])
    if "manager" in changes:
        team.manager_id = _check_leader(ctx, changes["manager"], team.id)
    if "parent" in changes:
        parents = dict(Team.objects.filter(workspace_id=ctx.workspace.id).values_list("id", "parent_id"))
        parent = check_team(ctx, changes["parent"], "parent")
        if makes_cycle(parents, team.id, parent):
            raise invalid("parent", "cycle", _CYCLE)
        if parent != team.parent_id:
            _check_those_above(ctx, team.id, parent, parents)
        team.parent_id = parent
    with keeping_sight(ctx):
        _save(team)
    record_change(ctx, "team.changed", before, _told(team), record_id=team.id)
    return team


def delete_team(ctx: Ctx, team_id: uuid.UUID) -> None:
    """Remove a team without teams below it; its people stay, without a team."""
    require_admin(ctx)
    _lock_tree(ctx)
    team = _get_team(ctx, team_id)
    if team.children.exists():
        raise Conflict(_HAS_CHILDREN, code="team_has_children")
    record(ctx, "team.deleted", record_id=team.id, name=team.name)
    team.delete()


def _check_leader(ctx: Ctx, manager: uuid.UUID | None, team: uuid.UUID | None) -> uuid.UUID | None:
    """Who is to lead a team (or is to lead one below `team`); raises Invalid, Forbidden."""
    found = check_person(ctx, manager)
    member = (
        Membership.objects.filter(workspace_id=ctx.workspace.id, user_id=found).first() if found else None
    )
    if member is not None and team is not None:
        require_placing(ctx, member, team)
    return found


def _check_those_above(
    ctx: Ctx, team_id: uuid.UUID, parent: uuid.UUID | None, parents: Mapping[uuid.UUID, uuid.UUID | None]
) -> None:
    """Raises Forbidden where a move would show a team to people to whom it is not the actor's to show."""
    if gives_rights(ctx):
        return
    above: list[uuid.UUID] = []
    while parent is not None and parent not in above:
        above.append(parent)
        parent = parents.get(parent)
    leaders = Team.objects.filter(workspace_id=ctx.workspace.id, id__in=above).values("manager_id")
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id)
    for member in rows.filter(Q(team_id__in=above) | Q(user_id__in=leaders)):
        require_placing(ctx, member, team_id)


def _told(team: Team) -> dict[str, Any]:
    """What the audit tells of a team."""
    return {"name": team.name, "parent": team.parent_id, "manager": team.manager_id}


def ensure_teams(ctx: Ctx, names: Sequence[str]) -> dict[str, uuid.UUID]:
    """The team of each name, making top-level ones of those nobody knows; two statements in all."""
    wanted = {name: tidy_name(name)[:100] for name in names if tidy_name(name)}
    rows = Team.objects.filter(workspace_id=ctx.workspace.id).order_by("-id").values_list("name", "id")
    known = {name.casefold(): team_id for name, team_id in rows}
    missing = unknown_names(wanted.values(), known)
    if missing:
        require_admin(ctx)
        ids = new_ids(len(missing))
        Team.objects.bulk_create(
            Team(id=team_id, workspace_id=ctx.workspace.id, name=name)
            for team_id, name in zip(ids, missing, strict=True)
        )
        known |= {name.casefold(): team_id for team_id, name in zip(ids, missing, strict=True)}
    return {given: known[name.casefold()] for given, name in wanted.items()}


def _lock_tree(ctx: Ctx) -> None:
    Workspace.objects.select_for_update().get(id=ctx.workspace.id)


def _get_team(ctx: Ctx, team_id: uuid.UUID) -> Team:
    team = Team.objects.filter(workspace_id=ctx.workspace.id, id=team_id).first()
    if team is None:
        raise NotFound
    return team


def _save(team: Team, *, force_insert: bool = False) -> None:
    try:
        with transaction.atomic():
            team.save(force_insert=force_insert)
    except IntegrityError as error:
        raise invalid("name", "name_taken", _NAME_TAKEN) from error
