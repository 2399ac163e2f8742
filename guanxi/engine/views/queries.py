"""Which views a person sees, and what they may do with them.

*How it works*: one sees one's own views, those of one's team and the teams above and below it, those for
everyone, and the built-in ones. Exactly one of them is the default: one's own choice before the team's,
the team's before that of the role, that before everyone's, else the built-in view that suits the role. A view
`by_link` opens for any colleague who has its address, and stands in nobody else's list.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from guanxi.engine.access import rights
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.engine.views.builtin import PREFIX, BuiltinView, builtin_views, default_view, ready_reports
from guanxi.engine.views.definitions import shown_definition
from guanxi.engine.views.models import SavedView
from guanxi.kit.errors import NotFound
from guanxi.kit.ids import parse_id

_ABOVE = """
WITH RECURSIVE above AS (
  SELECT t.id, t.parent_id FROM team t WHERE t.workspace_id = %(workspace)s AND t.id = %(team)s
  UNION
  SELECT t.id, t.parent_id FROM team t JOIN above a ON t.id = a.parent_id WHERE t.workspace_id = %(workspace)s
)
SELECT id FROM above
"""
MOST_REPORTS = 500
_SCOPES = ("personal", "team", "everyone")


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A view as its reader sees it; `mine` tells that they may change it."""

    id: str
    object: str
    name: str | dict[str, str]
    kind: str
    scope: str
    team: uuid.UUID | None
    pinned: bool
    is_default: bool
    default_roles: list[str]
    locked: bool
    by_link: bool
    position: int
    mine: bool
    builtin: bool
    broken: bool
    version: int
    definition: dict[str, Any]


def list_views(ctx: Ctx, object_key: str) -> list[ViewRow]:
    """The views of an object, built-in ones first; raises NotFound for an unknown object."""
    obj = rights.get_object(ctx, object_key)
    stored = list(visible_views(ctx).filter(object_key=obj.key).order_by("position", "id"))
    chosen = _default(ctx, obj, stored)
    built = [_builtin_row(view, is_default=view.id == chosen) for view in builtin_views(ctx, obj)]
    return built + [_stored_row(ctx, obj, view, is_default=str(view.id) == chosen) for view in stored]


def list_reports(ctx: Ctx) -> list[ViewRow]:
    """The reports of every object that the actor sees: the ready-made ones, then those that people saved."""
    objects = {obj.key: obj for obj in get_schema(ctx).listed if rights.can(ctx, obj, "read")}
    found = [
        _builtin_row(view, is_default=False) for obj in objects.values() for view in ready_reports(ctx, obj)
    ]
    stored = (
        visible_views(ctx)
        .filter(kind="report", object_key__in=objects)
        .order_by("object_key", "position", "id")
    )
    found += [
        _stored_row(ctx, objects[view.object_key], view, is_default=False) for view in stored[:MOST_REPORTS]
    ]
    return found


def find_reports(ctx: Ctx, wanted: Iterable[tuple[str, str]]) -> dict[tuple[str, str], ViewRow]:
    """Of (object, id of a view) those that are reports which the actor may open and read whole, in one statement."""
    pairs = set(wanted)
    objects = {obj.key: obj for obj in get_schema(ctx).listed if rights.can(ctx, obj, "read")}
    found: dict[tuple[str, str], ViewRow] = {}
    for key in {key for key, view_id in pairs if view_id.startswith(PREFIX)} & set(objects):
        for ready in ready_reports(ctx, objects[key]):
            found[key, ready.id] = _builtin_row(ready, is_default=False)
    ids = [found_id for _, view_id in pairs if not view_id.startswith(PREFIX) for found_id in ids_of(view_id)]
    if ids:
        reports = SavedView.objects.filter(workspace_id=ctx.workspace.id, id__in=ids, kind="report")
        for view in reports.filter(seen_by(ctx) | Q(by_link=True)):
            if view.object_key in objects:
                row = _stored_row(ctx, objects[view.object_key], view, is_default=False)
                kept, shown = view.definition, row.definition
                if all(len(shown[part]) == len(kept.get(part) or ()) for part in ("groups", "measures")):
                    found[view.object_key, row.id] = row
    return {pair: row for pair, row in found.items() if pair in pairs}


def get_view(ctx: Ctx, view_id: str, object_key: str | None = None) -> ViewRow:
    """One view (built-in ones need their object); raises NotFound."""
    if not view_id.startswith(PREFIX):
        found = visible_views(ctx).filter(id__in=ids_of(view_id)).first() or _by_link(ctx, view_id)
        if found is None:
            raise NotFound
        object_key = found.object_key
        if found.by_link and found.owner_id != ctx.actor.user_id:
            return _stored_row(ctx, rights.get_object(ctx, object_key), found, is_default=False)
    rows = list_views(ctx, object_key) if object_key else []
    row = next((row for row in rows if row.id == view_id), None)
    if row is None:
        raise NotFound
    return row


def visible_views(ctx: Ctx) -> QuerySet[SavedView]:
    """The stored views that the actor may use."""
    return SavedView.objects.filter(seen_by(ctx), workspace_id=ctx.workspace.id)


def seen_by(ctx: Ctx) -> Q:
    """The condition on rows with `scope`, `owner` and `team` that the actor sees: what is shared as views are."""
    shared = Q(scope="everyone") | Q(scope="team", team_id__in=_teams(ctx))
    if ctx.actor.may("views"):
        shared = ~Q(scope="personal")
    own = Q(scope="personal", owner_id=ctx.actor.user_id)
    return shared | own


def _by_link(ctx: Ctx, view_id: str) -> SavedView | None:
    rows = SavedView.objects.filter(workspace_id=ctx.workspace.id, id__in=ids_of(view_id), by_link=True)
    return rows.first()


def ids_of(view_id: str) -> list[uuid.UUID]:
    """The id in a path; none for what is no id."""
    found = parse_id(view_id)
    return [found] if found else []


def may_change(ctx: Ctx, scope: str, *, owner_id: uuid.UUID | None, team_id: uuid.UUID | None) -> bool:
    """Whether the actor may make or change such a view."""
    actor = ctx.actor
    if not actor.can_write and actor.role is not Role.READ_ONLY:
        return False  # a token that only reads; a person who only reads has views of their own
    if scope == "personal":
        return owner_id is not None and owner_id == actor.user_id
    if actor.manages("views"):
        return True
    return (
        scope == "team"
        and actor.can_write
        and actor.holds(Role.MANAGER)
        and team_id in actor.subtree_team_ids
    )


def _teams(ctx: Ctx) -> set[uuid.UUID]:
    """The actor's team, those above it, and those below that they look after."""
    if ctx.actor.team_id is None:
        return set(ctx.actor.subtree_team_ids)
    with connection.cursor() as cursor:
        cursor.execute(_ABOVE, {"workspace": ctx.workspace.id, "team": ctx.actor.team_id})
        return {row[0] for row in cursor.fetchall()} | ctx.actor.subtree_team_ids


def _default(ctx: Ctx, obj: ObjectDef, stored: list[SavedView]) -> str:
    mine = {str(ctx.actor.role), *ctx.actor.extra_roles}
    wanted = [view for view in stored if view.is_default or mine & set(view.default_roles)]
    wanted.sort(key=lambda view: (_SCOPES.index(view.scope), not mine & set(view.default_roles)))
    return str(wanted[0].id) if wanted else default_view(ctx, obj)


def _builtin_row(view: BuiltinView, *, is_default: bool) -> ViewRow:
    return ViewRow(
        id=view.id, object=view.object_key, name=view.name.as_dict(), kind=view.kind, scope="everyone", team=None,
        pinned=view.pinned, is_default=is_default, default_roles=[], locked=False, by_link=False,
        position=view.position, mine=False, builtin=True, broken=False, version=1, definition=view.definition,
    )  # fmt: skip


def _stored_row(ctx: Ctx, obj: ObjectDef, view: SavedView, *, is_default: bool) -> ViewRow:
    definition, is_broken = shown_definition(ctx, obj, view.kind, view.definition)
    return ViewRow(
        id=str(view.id), object=view.object_key, name=view.name, kind=view.kind, scope=view.scope, team=view.team_id,
        pinned=view.pinned, is_default=is_default, default_roles=view.default_roles, locked=view.locked,
        by_link=view.by_link, position=view.position, builtin=False, broken=is_broken,
        mine=may_change(ctx, view.scope, owner_id=view.owner_id, team_id=view.team_id),
        version=view.version, definition=definition,
    )  # fmt: skip
