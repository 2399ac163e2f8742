"""Saving, changing and deleting views.

*Rules*: a personal view belongs to its owner alone, administrators included; a team's view is kept by the
managers of that team and administrators; one for everyone by administrators. A change says which version
it is based on. Making a view the default takes that from the others of the same scope.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Max

from guanxi.engine.access import rights
from guanxi.engine.access.loading import known_roles
from guanxi.engine.identity.models import Team
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views.builtin import PREFIX
from guanxi.engine.views.definitions import KINDS, check_definition
from guanxi.engine.views.models import SavedView
from guanxi.engine.views.queries import ids_of, may_change, visible_views
from guanxi.kit.errors import Conflict, Forbidden, Invalid, NotFound, StaleVersion, invalid
from guanxi.kit.text import Text

MAX_VIEWS = 100
"""Of one object and scope (of one person or team)."""
FIRST_POSITION = 100
"""Built-in views come before."""

_TOO_MANY = Text("这里最多 {max} 个视图，请先删除不用的。", "At most {max} views here. Delete some first.")
_BUILTIN = Text(
    "内置视图不能修改，请另存为新视图。", "A built-in view cannot be changed. Save it as a new one."
)
_LOCKED = Text("视图已锁定，请先解锁再修改。", "The view is locked. Unlock it before changing it.")
_ROLES = Text(
    "只有给所有人的视图能设为某些角色的默认视图。", "Only a view for everyone can be the default of roles."
)
_NO_ROLE = Text("没有这个角色。", "There is no such role.")
_NO_TEAM = Text("请选择一个团队。", "Choose a team.")
_KIND_STAYS = Text("「{kind}」这种视图不存在。", "There is no view of the kind “{kind}”.")


def create_view(ctx: Ctx, given: Mapping[str, Any]) -> SavedView:
    """A new view of the checked input `given`; raises NotFound, Forbidden or Invalid."""
    obj = rights.get_object(ctx, given["object"])
    kind, scope = given.get("kind") or "table", given.get("scope") or "personal"
    view = SavedView(
        workspace_id=ctx.workspace.id,
        object_key=obj.key,
        name=given["name"],
        kind=_kind(kind),
        scope=scope,
        owner_id=ctx.actor.user_id,
        team_id=_team(ctx, scope, given.get("team")),
        pinned=bool(given.get("pinned")),
        is_default=bool(given.get("is_default")),
        default_roles=list(given.get("default_roles") or ()),
        by_link=bool(given.get("by_link")),
        definition=check_definition(ctx, obj, kind, given.get("definition") or {}),
    )
    _require(ctx, view)
    _make_room(view)
    view.position = _position(view, given.get("position"))
    view.save(force_insert=True)
    _only_default(view)
    return view


def update_view(ctx: Ctx, view_id: str, given: Mapping[str, Any], *, version: int) -> SavedView:
    """Change what `given` names; raises NotFound, Forbidden, StaleVersion or Invalid."""
    view = _get_for_change(ctx, view_id, version)
    if view.locked and given.get("locked") is not False:
        raise Conflict(_LOCKED, code="locked")
    for name in ("name", "pinned", "is_default", "position", "default_roles", "locked", "by_link"):
        if given.get(name) is not None:
            setattr(view, name, given[name])
    if given.get("scope") is not None or given.get("team") is not None:
        _move(ctx, view, given)
    if given.get("kind") is not None:
        view.kind = _kind(given["kind"])
    if given.get("kind") is not None or given.get("definition") is not None:
        obj = rights.get_object(ctx, view.object_key)
        wanted = given.get("definition")
        view.definition = check_definition(ctx, obj, view.kind, view.definition if wanted is None else wanted)
    _require(ctx, view)
    view.version += 1
    view.save()
    _only_default(view)
    return view


def delete_view(ctx: Ctx, view_id: str, *, version: int) -> None:
    """Remove a view; raises NotFound, Forbidden or StaleVersion."""
    view = _get_for_change(ctx, view_id, version)
    if view.locked:
        raise Conflict(_LOCKED, code="locked")
    view.delete()


def _get_for_change(ctx: Ctx, view_id: str, version: int) -> SavedView:
    if view_id.startswith(PREFIX):
        raise Forbidden(_BUILTIN, code="builtin_view")
    view = visible_views(ctx).filter(id__in=ids_of(view_id)).select_for_update(of=("self",)).first()
    if view is None:
        raise NotFound
    _require(ctx, view)
    if view.version != version:
        raise StaleVersion(extra={"current": view.version})
    return view


def _move(ctx: Ctx, view: SavedView, given: Mapping[str, Any]) -> None:
    """Give the view another scope or team; one that becomes personal becomes the actor's."""
    view.scope = given.get("scope") or view.scope
    team = given.get("team") or (view.team_id if view.scope == "team" else None)
    view.team_id = _team(ctx, view.scope, team)
    if view.scope == "personal":
        view.owner_id = ctx.actor.user_id
    _require(ctx, view)
    _make_room(view)


def _require(ctx: Ctx, view: SavedView) -> None:
    if not may_change(ctx, view.scope, owner_id=view.owner_id, team_id=view.team_id):
        raise Forbidden
    if view.default_roles and view.scope != "everyone":
        raise invalid("default_roles", "not_possible", _ROLES)
    known = known_roles(ctx) if view.default_roles else ()
    strange = next((i for i, role in enumerate(view.default_roles) if role not in known), None)
    if strange is not None:
        raise invalid(f"default_roles.{strange}", "unknown_role", _NO_ROLE)


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise invalid("kind", "unknown_kind", _KIND_STAYS, kind=kind[:40])
    return kind


def _team(ctx: Ctx, scope: str, team: uuid.UUID | None) -> uuid.UUID | None:
    if scope != "team":
        return None
    wanted = team or ctx.actor.team_id
    if wanted is None or not Team.objects.filter(workspace_id=ctx.workspace.id, id=wanted).exists():
        raise invalid("team", "unknown_team", _NO_TEAM)
    return wanted


def _beside(view: SavedView) -> Any:
    """The other views of the same object and scope."""
    rows = SavedView.objects.filter(
        workspace_id=view.workspace_id, object_key=view.object_key, scope=view.scope
    ).exclude(id=view.id)
    if view.scope == "personal":
        return rows.filter(owner_id__in=[view.owner_id])
    return rows.filter(team_id__in=[view.team_id]) if view.scope == "team" else rows


def _make_room(view: SavedView) -> None:
    if _beside(view).count() >= MAX_VIEWS:
        raise Invalid(_TOO_MANY, code="too_many", max=MAX_VIEWS)


def _position(view: SavedView, wanted: int | None) -> int:
    if wanted is not None:
        return wanted
    last = _beside(view).aggregate(last=Max("position"))["last"]
    return FIRST_POSITION if last is None else max(FIRST_POSITION, min(last + 1, 2**30))


def _only_default(view: SavedView) -> None:
    """There is one default in a scope and for a role; views that lose it get a new version."""
    for other in _beside(view).exclude(default_roles=[]) if view.default_roles else ():
        kept = [role for role in other.default_roles if role not in view.default_roles]
        if kept != other.default_roles:
            other.default_roles, other.version = kept, other.version + 1
            other.save(update_fields=["default_roles", "version"])
    if view.is_default:
        _beside(view).filter(is_default=True).update(is_default=False, version=F("version") + 1)
