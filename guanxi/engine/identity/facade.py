"""The door of `engine.identity` for every other package.

People and teams by name or id (set-based), making workspaces, actors for jobs and commands.
"""

from guanxi.engine.identity.actions.invitations import invite
from guanxi.engine.identity.actions.members import Place, ensure_members, set_memberships
from guanxi.engine.identity.actions.rights import require_admin
from guanxi.engine.identity.actions.teams import ensure_teams
from guanxi.engine.identity.actions.tokens import create_token, revoke_token
from guanxi.engine.identity.actions.workspaces import (
    add_member,
    create_first_workspace,
    create_workspace,
    issue_setup_token,
    needs_setup,
)
from guanxi.engine.identity.actors import Standing, find_standing, load_actor, teams_below
from guanxi.engine.identity.queries import (
    find_people,
    find_place,
    list_own_workspaces,
    list_tokens,
    people,
    team_name,
)

__all__ = [
    "Place",
    "Standing",
    "add_member",
    "create_first_workspace",
    "create_token",
    "create_workspace",
    "ensure_members",
    "ensure_teams",
    "find_people",
    "find_place",
    "find_standing",
    "invite",
    "issue_setup_token",
    "list_own_workspaces",
    "list_tokens",
    "load_actor",
    "needs_setup",
    "people",
    "require_admin",
    "revoke_token",
    "set_memberships",
    "team_name",
    "teams_below",
]
