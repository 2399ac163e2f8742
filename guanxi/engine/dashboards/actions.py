"""Saving, changing and deleting dashboards.

*Rules*: those of views (views/actions.py): a personal one belongs to its owner alone; a team's is kept by the managers
of that team and administrators; one for everyone by administrators. A change says which version it is based on. What is
shared says nothing that its readers cannot open.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import F, QuerySet

from guanxi.engine.access.loading import known_roles
from guanxi.engine.dashboards.builtin import PREFIX
from guanxi.engine.dashboards.definitions import check_dashboard
from guanxi.engine.dashboards.models import Dashboard
from guanxi.engine.dashboards.queries import visible
from guanxi.engine.identity.models import Team
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.facade import may_change
from guanxi.kit.errors import Conflict, Forbidden, Invalid, NotFound, StaleVersion, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

MAX_DASHBOARDS = 50
"""Of one scope (of one person or team)."""

_TOO_MANY = Text(
    "这里最多 {max} 个仪表盘，请先删除不用的。", "At most {max} dashboards here. Delete some first."
)
_BUILTIN = Text(
    "现成的仪表盘不能修改，请另存一份。", "A ready-made dashboard cannot be changed. Save a copy."
)
_LOCKED = Text("仪表盘已锁定，请先解锁再修改。", "The dashboard is locked. Unlock it before changing it.")
_ROLES = Text(
    "只有给所有人的仪表盘能设为某些角色的首页。",
    "Only a dashboard for everyone can be the first page of roles.",
)
_NO_ROLE = Text("没有这个角色。", "There is no such role.")
_NO_TEAM = Text("请选择一个团队。", "Choose a team.")


def create_dashboard(ctx: Ctx, given: Mapping[str, Any]) -> Dashboard:
    """A new dashboard of the checked input `given`; raises Forbidden or Invalid."""
    scope = given.get("scope") or "personal"
    made = Dashboard(
        workspace_id=ctx.workspace.id,
        name=given["name"],
        scope=scope,
        owner_id=ctx.actor.user_id,
        team_id=_team(ctx, scope, given.get("team")),
        is_default=bool(given.get("is_default")),
        default_roles=list(given.get("default_roles") or ()),
    )
    _require(ctx, made)
    _make_room(made)
    made.definition = check_dashboard(ctx, given.get("definition") or {}, shared=scope != "personal")
    made.save(force_insert=True)
    _only_default(made)
    return made


def update_dashboard(ctx: Ctx, dashboard_id: str, given: Mapping[str, Any], *, version: int) -> Dashboard:
    """Change what `given` names; raises NotFound, Forbidden, StaleVersion, Conflict or Invalid."""
    found = _get_for_change(ctx, dashboard_id, version)
    if found.locked and given.get("locked") is not False:
        raise Conflict(_LOCKED, code="locked")
    for name in ("name", "is_default", "default_roles", "locked"):
        if given.get(name) is not None:
            setattr(found, name, given[name])
    is_moved = given.get("scope") is not None or given.get("team") is not None
    if is_moved:
        _move(ctx, found, given)
    if given.get("definition") is not None or is_moved:
        wanted = given["definition"] if given.get("definition") is not None else found.definition
        # Shared with others it is checked as a whole: what was one's own may not be theirs.
        kept = None if is_moved else found.definition
        found.definition = check_dashboard(ctx, wanted, shared=found.scope != "personal", kept=kept)
    _require(ctx, found)
    found.version += 1
    found.save()
    _only_default(found)
    return found


def delete_dashboard(ctx: Ctx, dashboard_id: str, *, version: int) -> None:
    """Remove it; raises NotFound, Forbidden, StaleVersion or Conflict."""
    found = _get_for_change(ctx, dashboard_id, version)
    if found.locked:
        raise Conflict(_LOCKED, code="locked")
    found.delete()


def _get_for_change(ctx: Ctx, dashboard_id: str, version: int) -> Dashboard:
    if dashboard_id.startswith(PREFIX):
        raise Forbidden(_BUILTIN, code="builtin_dashboard")
    known = parse_id(dashboard_id)
    found = visible(ctx).filter(id=known).select_for_update(of=("self",)).first() if known else None
    if found is None:
        raise NotFound
    _require(ctx, found)
    if found.version != version:
        raise StaleVersion(extra={"current": found.version})
    return found  # type: ignore[no-any-return]


def _move(ctx: Ctx, found: Dashboard, given: Mapping[str, Any]) -> None:
    """Give it another scope or team; one that becomes personal becomes the actor's."""
    found.scope = given.get("scope") or found.scope
    team = given.get("team") or (found.team_id if found.scope == "team" else None)
    found.team_id = _team(ctx, found.scope, team)
    if found.scope == "personal":
        found.owner_id = ctx.actor.user_id
    if found.scope != "everyone" and given.get("default_roles") is None:
        found.default_roles = []
    _require(ctx, found)
    _make_room(found)


def _require(ctx: Ctx, found: Dashboard) -> None:
    if not may_change(ctx, found.scope, owner_id=found.owner_id, team_id=found.team_id):
        raise Forbidden
    if found.default_roles and found.scope != "everyone":
        raise invalid("default_roles", "not_possible", _ROLES)
    known = known_roles(ctx) if found.default_roles else ()
    strange = next((i for i, role in enumerate(found.default_roles) if role not in known), None)
    if strange is not None:
        raise invalid(f"default_roles.{strange}", "unknown_role", _NO_ROLE)


def _team(ctx: Ctx, scope: str, team: uuid.UUID | None) -> uuid.UUID | None:
    if scope != "team":
        return None
    wanted = team or ctx.actor.team_id
    if wanted is None or not Team.objects.filter(workspace_id=ctx.workspace.id, id=wanted).exists():
        raise invalid("team", "unknown_team", _NO_TEAM)
    return wanted


def _beside(found: Dashboard) -> QuerySet[Dashboard]:
    """The others of the same scope."""
    rows = Dashboard.objects.filter(workspace_id=found.workspace_id, scope=found.scope).exclude(id=found.id)
    if found.scope == "personal":
        return rows.filter(owner_id__in=[found.owner_id])
    return rows.filter(team_id__in=[found.team_id]) if found.scope == "team" else rows


def _make_room(found: Dashboard) -> None:
    if _beside(found).count() >= MAX_DASHBOARDS:
        raise Invalid(_TOO_MANY, code="too_many", max=MAX_DASHBOARDS)


def _only_default(found: Dashboard) -> None:
    """There is one first page in a scope and for a role; those that lose it get a new version."""
    for other in _beside(found).exclude(default_roles=[]) if found.default_roles else ():
        kept = [role for role in other.default_roles if role not in found.default_roles]
        if kept != other.default_roles:
            other.default_roles, other.version = kept, other.version + 1
            other.save(update_fields=["default_roles", "version"])
    if found.is_default:
        _beside(found).filter(is_default=True).update(is_default=False, version=F("version") + 1)
