"""Who keeps what is shared as views are: those of a team, a role's default, how many there may be.

*How it works*: views and dashboards have the same columns for whom they are shown to (`Shared`); the rows beside one are
those of its kind in the same scope, of the same person or team.

*Rules*: `check` before every save, `only_default` after it.

*See*: actions.py of views and of dashboards; queries.py for who sees what.
"""

import uuid
from typing import Any, Protocol

from django.db.models import F, QuerySet

from guanxi.engine.access.loading import known_roles
from guanxi.engine.identity.models import Team
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.queries import may_change
from guanxi.kit.errors import Forbidden, Invalid, invalid
from guanxi.kit.text import Text

_NO_ROLE = Text("没有这个角色。", "There is no such role.")
_NO_TEAM = Text("请选择一个团队。", "Choose a team.")


class Shared(Protocol):
    """A row that is shown to whom its `scope` says."""

    id: Any
    workspace_id: Any
    scope: Any
    owner_id: Any
    team_id: Any
    is_default: Any
    default_roles: Any


def check(ctx: Ctx, row: Shared, not_for_roles: Text) -> None:
    """Raises Forbidden for who may not keep it, Invalid for roles that cannot begin with it."""
    if not may_change(ctx, row.scope, owner_id=row.owner_id, team_id=row.team_id):
        raise Forbidden
    if row.default_roles and row.scope != "everyone":
        raise invalid("default_roles", "not_possible", not_for_roles)
    known = known_roles(ctx) if row.default_roles else ()
    strange = next((i for i, role in enumerate(row.default_roles) if role not in known), None)
    if strange is not None:
        raise invalid(f"default_roles.{strange}", "unknown_role", _NO_ROLE)


def rescope(ctx: Ctx, row: Shared, scope: str | None, team: uuid.UUID | None) -> None:
    """Give it another scope or team; one that becomes personal becomes the actor's. Raises Invalid."""
    row.scope = scope or row.scope
    row.team_id = team_of(ctx, row.scope, team or (row.team_id if row.scope == "team" else None))
    if row.scope == "personal":
        row.owner_id = ctx.actor.user_id


def team_of(ctx: Ctx, scope: str, team: uuid.UUID | None) -> uuid.UUID | None:
    """The team of that scope, one's own where none is named; raises Invalid."""
    if scope != "team":
        return None
    wanted = team or ctx.actor.team_id
    if wanted is None or not Team.objects.filter(workspace_id=ctx.workspace.id, id=wanted).exists():
        raise invalid("team", "unknown_team", _NO_TEAM)
    return wanted


def beside(rows: QuerySet[Any], row: Shared) -> QuerySet[Any]:
    """The others among `rows` (those of its kind) in the same scope, of the same person or team."""
    others = rows.filter(workspace_id=row.workspace_id, scope=row.scope).exclude(id=row.id)
    if row.scope == "personal":
        return others.filter(owner_id__in=[row.owner_id])
    return others.filter(team_id__in=[row.team_id]) if row.scope == "team" else others


def make_room(others: QuerySet[Any], most: int, too_many: Text) -> None:
    """Raises Invalid when there are `most` already."""
    if others.count() >= most:
        raise Invalid(too_many, code="too_many", max=most)


def only_default(others: QuerySet[Any], row: Shared) -> None:
    """There is one default in a scope and for a role; those that lose it get a new version."""
    for other in others.exclude(default_roles=[]) if row.default_roles else ():
        kept = [role for role in other.default_roles if role not in row.default_roles]
        if kept != other.default_roles:
            other.default_roles, other.version = kept, other.version + 1
            other.save(update_fields=["default_roles", "version"])
    if row.is_default:
        others.filter(is_default=True).update(is_default=False, version=F("version") + 1)
