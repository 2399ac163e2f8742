"""Saving, changing and deleting views.

*Rules*: a personal view belongs to its owner alone, administrators included; a team's view is kept by the
managers of that team and administrators; one for everyone by administrators. A change says which version
it is based on. Making a view the default takes that from the others of the same scope.
"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Max, QuerySet

from guanxi.engine.access import rights
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.views import keeping
from guanxi.engine.views.builtin import PREFIX
from guanxi.engine.views.definitions import KINDS, check_definition
from guanxi.engine.views.models import SavedView
from guanxi.engine.views.queries import ids_of, visible_views
from guanxi.kit.errors import Conflict, Forbidden, NotFound, StaleVersion, invalid
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
        team_id=keeping.team_of(ctx, scope, given.get("team")),
        pinned=bool(given.get("pinned")),
        is_default=bool(given.get("is_default")),
        default_roles=list(given.get("default_roles") or ()),
        by_link=bool(given.get("by_link")),
        definition=check_definition(ctx, obj, kind, given.get("definition") or {}),
    )
    keeping.check(ctx, view, _ROLES)
    keeping.make_room(_beside(view), MAX_VIEWS, _TOO_MANY)
    view.position = _position(view, given.get("position"))
    view.save(force_insert=True)
    keeping.only_default(_beside(view), view)
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
    keeping.check(ctx, view, _ROLES)
    view.version += 1
    view.save()
    keeping.only_default(_beside(view), view)
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
    keeping.check(ctx, view, _ROLES)
    if view.version != version:
        raise StaleVersion(extra={"current": view.version})
    return view


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise invalid("kind", "unknown_kind", _KIND_STAYS, kind=kind[:40])
    return kind


def _position(view: SavedView, wanted: int | None) -> int:
    if wanted is not None:
        return wanted
    last = _beside(view).aggregate(last=Max("position"))["last"]
    return FIRST_POSITION if last is None else max(FIRST_POSITION, min(last + 1, 2**30))


def _move(ctx: Ctx, view: SavedView, given: Mapping[str, Any]) -> None:
    keeping.rescope(ctx, view, given.get("scope"), given.get("team"))
    keeping.check(ctx, view, _ROLES)
    keeping.make_room(_beside(view), MAX_VIEWS, _TOO_MANY)


def _beside(view: SavedView) -> QuerySet[SavedView]:
    return keeping.beside(SavedView.objects.filter(object_key=view.object_key), view)
