"""Who somebody is in a workspace: one query, on every request.

*How it works*: `find_standing` reads workspace, membership, user, the teams below and the people in
them with one recursive statement. Nothing is cached: a person disabled a moment ago is out now.
A person's teams are their own, those they manage, and everything below these. What their roles give them
is added by `granting`, which `engine.access` registers: it stands above and knows what a role is.

*Rules*: needs a session of the workspace (tenancy.context.session).

*See*: web/authentication.py, which turns a standing into a `Ctx`.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from guanxi.engine.tenancy.context import Actor, Role, WorkspaceInfo
from guanxi.engine.tenancy.prepared import Prepared, fetch_prepared
from guanxi.kit.errors import NotFound

_STANDING = Prepared(
    """
WITH RECURSIVE me AS (
  SELECT m.id, m.name, m.role, m.extra_roles, m.team_id, m.last_seen_at, u.locale
  FROM membership m JOIN app_user u ON u.id = m.user_id
  WHERE m.workspace_id = $1 AND m.user_id = $2 AND m.status = 'active' AND u.is_active
), below AS (
  SELECT t.id FROM team t, me
  WHERE t.workspace_id = $1 AND (t.id = me.team_id OR t.manager_id = $2)
  UNION
  SELECT t.id FROM team t JOIN below b ON t.parent_id = b.id WHERE t.workspace_id = $1
), above AS (
  SELECT t.id, t.parent_id FROM team t, me
  WHERE t.workspace_id = $1 AND (t.id = me.team_id OR t.manager_id = $2)
  UNION
  SELECT t.id, t.parent_id FROM team t JOIN above a ON t.id = a.parent_id WHERE t.workspace_id = $1
)
SELECT w.name, w.slug, w.time_zone, w.currency, w.locale, w.schema_version, w.member_scope, w.access_version,
  me.id, me.name, me.role, me.extra_roles, me.team_id, me.last_seen_at, me.locale,
  ARRAY(SELECT id FROM below),
  ARRAY(SELECT p.user_id FROM membership p
        WHERE p.workspace_id = $1 AND p.team_id = me.team_id),
  ARRAY(SELECT p.user_id FROM membership p
        WHERE p.workspace_id = $1 AND p.team_id IN (SELECT id FROM below)),
  ARRAY(SELECT id FROM above)
FROM workspace w, me WHERE w.id = $1
""",
    ("uuid", "uuid"),
)

_BELOW = """
WITH RECURSIVE below AS (
  SELECT t.id FROM team t WHERE t.workspace_id = %(workspace)s AND t.id = %(team)s
  UNION
  SELECT t.id FROM team t JOIN below b ON t.parent_id = b.id WHERE t.workspace_id = %(workspace)s
)
SELECT id FROM below
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """An active person in a workspace."""

    workspace: WorkspaceInfo
    actor: Actor
    membership_id: uuid.UUID
    locale: str
    last_seen_at: datetime | None


Granting = Callable[[WorkspaceInfo, Actor], Actor]
granting: list[Granting] = []
"""What completes an actor with what their roles give them; registered at start."""


def find_standing(workspace_id: uuid.UUID, user_id: uuid.UUID) -> Standing | None:
    """The standing of an active member, or None: not a member, invited, disabled, or no such workspace."""
    row = fetch_prepared(_STANDING, [workspace_id, user_id])
    return _standing(workspace_id, user_id, row) if row else None


def _standing(workspace_id: uuid.UUID, user_id: uuid.UUID, row: tuple[Any, ...]) -> Standing:
    workspace = WorkspaceInfo(workspace_id, *row[:8])
    membership_id, name, role, extra, team_id, last_seen_at, locale, *sets = row[8:]
    teams, team_users, subtree_users, path = sets
    actor = Actor(
        user_id=user_id,
        name=name,
        role=Role(role),
        team_id=team_id,
        subtree_team_ids=frozenset(teams),
        team_user_ids=frozenset([user_id, *team_users]),
        subtree_user_ids=frozenset([user_id, *subtree_users]),
        can_write=role != Role.READ_ONLY or bool(extra),
        team_path_ids=frozenset(path),
        extra_roles=tuple(extra),
    )
    for grant in granting:
        actor = grant(workspace, actor)
    return Standing(
        workspace=workspace,
        actor=actor,
        membership_id=membership_id,
        locale=locale,
        last_seen_at=last_seen_at,
    )


def load_actor(workspace_id: uuid.UUID, user_id: uuid.UUID) -> tuple[WorkspaceInfo, Actor]:
    """The workspace and the actor for a Ctx (jobs, commands); raises NotFound for anyone not active there."""
    standing = find_standing(workspace_id, user_id)
    if standing is None:
        raise NotFound
    return standing.workspace, standing.actor


def teams_below(workspace_id: uuid.UUID, team_id: uuid.UUID) -> list[uuid.UUID]:
    """The team and every team below it; empty when there is no such team."""
    with connection.cursor() as cursor:
        cursor.execute(_BELOW, {"workspace": workspace_id, "team": team_id})
        return [row[0] for row in cursor.fetchall()]
