"""Saving, changing and deleting dashboards.

*Rules*: those of views (views/actions.py): a personal one belongs to its owner alone; a team's is kept by the managers
of that team and administrators; one for everyone by administrators. A change says which version it is based on. What is
shared says nothing that its readers cannot open.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from guanxi.engine.dashboards.builtin import PREFIX
from guanxi.engine.dashboards.definitions import check_dashboard
from guanxi.engine.dashboards.models import Dashboard
from guanxi.engine.dashboards.queries import visible
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views import keeping
from guanxi.kit.errors import Conflict, Forbidden, NotFound, StaleVersion
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


def create_dashboard(ctx: Ctx, given: Mapping[str, Any]) -> Dashboard:
    """A new dashboard of the checked input `given`; raises Forbidden or Invalid."""
    scope = given.get("scope") or "personal"
    made = Dashboard(
        workspace_id=ctx.workspace.id,
        name=given["name"],
        scope=scope,
        owner_id=ctx.actor.user_id,
        team_id=keeping.team_of(ctx, scope, given.get("team")),
        is_default=bool(given.get("is_default")),
        default_roles=list(given.get("default_roles") or ()),
    )
    keeping.check(ctx, made, _ROLES)
    keeping.make_room(_beside(made), MAX_DASHBOARDS, _TOO_MANY)
    made.definition = check_dashboard(ctx, given.get("definition") or {}, shared=scope != "personal")
    made.save(force_insert=True)
    keeping.only_default(_beside(made), made)
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
    keeping.check(ctx, found, _ROLES)
    found.version += 1
    found.save()
    keeping.only_default(_beside(found), found)
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
    keeping.check(ctx, found, _ROLES)
    if found.version != version:
        raise StaleVersion(extra={"current": found.version})
    return found  # type: ignore[no-any-return]


def _move(ctx: Ctx, found: Dashboard, given: Mapping[str, Any]) -> None:
    keeping.rescope(ctx, found, given.get("scope"), given.get("team"))
    if found.scope != "everyone" and given.get("default_roles") is None:
        found.default_roles = []
    keeping.check(ctx, found, _ROLES)
    keeping.make_room(_beside(found), MAX_DASHBOARDS, _TOO_MANY)


def _beside(found: Dashboard) -> QuerySet[Dashboard]:
    return keeping.beside(Dashboard.objects.all(), found)
