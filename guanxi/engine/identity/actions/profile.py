"""What people change about themselves, and administrators about the workspace."""

import uuid
from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from guanxi.engine.identity.actions.members import rename
from guanxi.engine.identity.actions.rights import require_admin
from guanxi.engine.identity.models import Membership, User
from guanxi.engine.identity.rules import tidy_name
from guanxi.engine.tenancy.context import Ctx, enter_workspace
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import invalid
from guanxi.kit.jsons import dumps
from guanxi.kit.text import Text

PREFERENCES_LIMIT = 64 * 1024

_NO_ZONE = Text("没有这个时区。", "There is no such time zone.")
_NO_NUL = Text("偏好设置里有不能保存的字符。", "The preferences have a character that cannot be kept.")
_TOO_MUCH = Text("偏好设置太大。", "The preferences are too large.")


def update_me(ctx: Ctx, user_id: uuid.UUID, changes: Mapping[str, Any]) -> User:
    """Change one's own name (in every workspace), language, theme or preferences (merged; null removes)."""
    user = User.objects.select_for_update().get(id=user_id)
    if changes.get("name"):
        user.name = tidy_name(changes["name"])
        _rename_here(ctx, user)
    user.locale = changes.get("locale") or user.locale
    user.theme = changes.get("theme") or user.theme
    if changes.get("preferences") is not None:
        merged = user.preferences | changes["preferences"]
        user.preferences = {key: value for key, value in merged.items() if value is not None}
        written = dumps(user.preferences)
        if len(written) > PREFERENCES_LIMIT:
            raise invalid("preferences", "too_large", _TOO_MUCH)
        if rb"\u0000" in written:  # PostgreSQL keeps no NUL, however deep it stands
            raise invalid("preferences", "bad_character", _NO_NUL)
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
