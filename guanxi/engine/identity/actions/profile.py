"""What people change about themselves, and administrators about the workspace."""

import uuid
from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from guanxi.engine.identity.actions.members import rename
from guanxi.engine.identity.actions.rights import require_admin
from guanxi.engine.identity.models import Membership, User
from guanxi.engine.identity.preferences import merged
from guanxi.engine.identity.rules import tidy_name
from guanxi.engine.tenancy.context import Ctx, enter_workspace
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import invalid
from guanxi.kit.text import Text

_NO_ZONE = Text("没有这个时区。", "There is no such time zone.")


def update_me(ctx: Ctx, user_id: uuid.UUID, changes: Mapping[str, Any]) -> User:
    """Change one's own name (in every workspace), language, theme or preferences (merged; null removes)."""
    user = User.objects.select_for_update().get(id=user_id)
    if changes.get("name"):
        user.name = tidy_name(changes["name"])
        _rename_here(ctx, user)
    user.locale = changes.get("locale") or user.locale
    user.theme = changes.get("theme") or user.theme
    if changes.get("preferences") is not None:
        user.preferences = merged(user.preferences, changes["preferences"])
    user.save(update_fields=["name", "locale", "theme", "preferences"])
    return user


def _rename_here(ctx: Ctx, user: User) -> None:
    """Each workspace keeps its own name of a person behind its wall, so go in one after the other."""
    enter_workspace(ctx.workspace.id, user.id)
    memberships = Membership.objects.filter(user_id=user.id).values_list("workspace_id", flat=True)
    for workspace_id in list(memberships):
        enter_workspace(workspace_id)
        member = Membership.objects.get(workspace_id=workspace_id, user_id=user.id)
        rename(member, user.name)
        member.save(update_fields=["name", "sort_key", "search_key"])
    enter_workspace(ctx.workspace.id)


def update_workspace(ctx: Ctx, changes: Mapping[str, Any]) -> Workspace:
    """Change name, time zone, currency, language or what members see; administrators only."""
    require_admin(ctx, "workspace")
    workspace = Workspace.objects.select_for_update().get(id=ctx.workspace.id)
    kept = {key: value for key, value in changes.items() if value is not None}
    if "time_zone" in kept and kept["time_zone"] not in available_timezones():
        raise invalid("time_zone", "unknown_time_zone", _NO_ZONE)
    if "name" in kept:
        kept["name"] = tidy_name(kept["name"])
    before = {key: getattr(workspace, key) for key in kept}
    for key, value in kept.items():
        setattr(workspace, key, value)
    workspace.save(update_fields=sorted(kept))
    record_change(ctx, "workspace.changed", before, kept)
    return workspace
