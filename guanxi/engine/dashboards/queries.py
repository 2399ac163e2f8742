"""Which dashboards a person sees, and with which they start.

*How it works*: dashboards are shared as views are (views/queries.py): one sees one's own, those of one's team and the
teams above and below it, those for everyone, and the ready-made ones. One of them is the first page: one's own choice
before the team's, that before what the role is given, then everyone's, else the ready-made one of the role.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.dashboards.builtin import PREFIX, ReadyDashboard, offered, opening
from guanxi.engine.dashboards.models import Dashboard
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.facade import may_change, seen_by
from guanxi.kit.errors import NotFound
from guanxi.kit.ids import parse_id

MOST = 300
_SCOPES = ("personal", "team", "everyone")
OPEN_FILTERS = {"period": None, "owner": None, "team": None}


@dataclass(frozen=True, slots=True)
class DashboardRow:
    """A dashboard as its reader sees it; `mine` tells that they may change it."""

    id: str
    name: str | dict[str, str]
    about: dict[str, str] | None
    scope: str
    team: uuid.UUID | None
    is_default: bool
    default_roles: list[str]
    locked: bool
    mine: bool
    builtin: bool
    opens: bool
    version: int
    definition: dict[str, Any]


def list_dashboards(ctx: Ctx) -> list[DashboardRow]:
    """Those that the actor sees, ready-made ones first; `opens` stands on the one they start with."""
    stored = list(visible(ctx).order_by("created_at", "id")[:MOST])
    ready = offered(ctx, _listed(ctx))
    first = _first(ctx, stored, [found for found, _ in ready])
    rows = [_ready_row(found, widgets, opens=found.id == first) for found, widgets in ready]
    return rows + [_stored_row(ctx, found, opens=str(found.id) == first) for found in stored]


def get_dashboard(ctx: Ctx, dashboard_id: str) -> DashboardRow:
    """One of them; raises NotFound."""
    if dashboard_id.startswith(PREFIX):
        for found, widgets in offered(ctx, _listed(ctx)):
            if found.id == dashboard_id:
                return _ready_row(found, widgets, opens=False)
        raise NotFound
    stored = visible(ctx).filter(id=parse_id(dashboard_id)).first() if parse_id(dashboard_id) else None
    if stored is None:
        raise NotFound
    return _stored_row(ctx, stored, opens=False)


def visible(ctx: Ctx) -> Any:
    """The stored dashboards that the actor may open."""
    return Dashboard.objects.filter(seen_by(ctx), workspace_id=ctx.workspace.id)


def _listed(ctx: Ctx) -> frozenset[str]:
    return frozenset(obj.key for obj in get_schema(ctx).listed if rights.can(ctx, obj, "read"))


def _first(ctx: Ctx, stored: list[Dashboard], ready: list[ReadyDashboard]) -> str | None:
    roles = {str(ctx.actor.role), *ctx.actor.extra_roles}
    wanted = [found for found in stored if found.is_default or roles & set(found.default_roles)]
    wanted.sort(key=lambda found: (_SCOPES.index(found.scope), not roles & set(found.default_roles)))
    if wanted:
        return str(wanted[0].id)
    mine = opening([str(ctx.actor.role), *ctx.actor.extra_roles])
    ids = [found.id for found in ready]
    return mine if mine in ids else next(iter(ids), None)


def _ready_row(found: ReadyDashboard, widgets: list[dict[str, Any]], *, opens: bool) -> DashboardRow:
    return DashboardRow(
        id=found.id, name=found.name.as_dict(), about=found.about.as_dict(), scope="everyone", team=None,
        is_default=False, default_roles=[], locked=False, mine=False, builtin=True, opens=opens, version=1,
        definition={"widgets": widgets, "filters": OPEN_FILTERS | found.filters},
    )  # fmt: skip


def _stored_row(ctx: Ctx, found: Dashboard, *, opens: bool) -> DashboardRow:
    kept = found.definition
    return DashboardRow(
        id=str(found.id), name=found.name, about=None, scope=found.scope, team=found.team_id,
        is_default=found.is_default, default_roles=found.default_roles, locked=found.locked, builtin=False, opens=opens,
        mine=may_change(ctx, found.scope, owner_id=found.owner_id, team_id=found.team_id), version=found.version,
        definition={
            "widgets": kept.get("widgets") or [], "filters": OPEN_FILTERS | (kept.get("filters") or {})
        },
    )  # fmt: skip
