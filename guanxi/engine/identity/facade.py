"""The door of `engine.identity` for every other package.

People and teams by name or id (set-based), making workspaces, actors for jobs and commands.
"""

from guanxi.engine.identity.actions.invitations import invite
from guanxi.engine.identity.actions.members import Place, ensure_members, set_memberships, touch_member
from guanxi.engine.identity.actions.rights import require_admin
from guanxi.engine.identity.actions.sample_people import (
    SampleAccount,
    SamplePerson,
    SampleTeam,
    add_sample_people,
    list_sample_people,
    remove_sample_people,
)
from guanxi.engine.identity.actions.teams import ensure_teams
from guanxi.engine.identity.actions.tokens import create_token, revoke_token, touch_token
from guanxi.engine.identity.actions.workspaces import (
    add_member,
    create_first_workspace,
    create_workspace,
    issue_setup_token,
    needs_setup,
)
from guanxi.engine.identity.actors import Standing, find_standing, load_actor, teams_below
from guanxi.engine.identity.queries import (
    address_of,
    find_live_token,
    find_namesakes,
    find_people,
    find_place,
    first_workspace_id,
    list_own_workspaces,
    list_tokens,
    people,
    team_name,
)
from guanxi.engine.identity.workspace_search import email_is_taken, find_workspace, knows_password

__all__ = [
    "Place",
    "SampleAccount",
    "SamplePerson",
    "SampleTeam",
    "Standing",
    "add_member",
    "add_sample_people",
    "address_of",
    "create_first_workspace",
    "create_token",
    "create_workspace",
    "email_is_taken",
    "ensure_members",
    "ensure_teams",
    "find_live_token",
    "find_namesakes",
    "find_people",
    "find_place",
    "find_standing",
    "find_workspace",
    "first_workspace_id",
    "invite",
    "issue_setup_token",
    "knows_password",
    "list_own_workspaces",
    "list_sample_people",
    "list_tokens",
    "load_actor",
    "needs_setup",
    "people",
    "remove_sample_people",
    "require_admin",
    "revoke_token",
    "set_memberships",
    "team_name",
    "teams_below",
    "touch_member",
    "touch_token",
]
