"""What a workspace watches and marks: the settings of the audit."""

from collections.abc import Mapping
from typing import Any

from guanxi.engine.audit.models import AuditSettings
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record_change
from guanxi.engine.transfer.exporting.watermark import visible
from guanxi.kit.errors import FieldError, Invalid, StaleVersion
from guanxi.kit.text import Text

LIMITS = {
    "alert_factor": (2, 1000),
    "alert_least": (10, 10_000_000),
    "night_from": (0, 23),
    "night_to": (0, 23),
}
NAMES = ("visible_watermark", *LIMITS)
UNKNOWN = Text("没有这项设置。", "There is no such setting.")
BAD_SWITCH = Text("这里只能是 true 或 false。", "Only true or false is allowed here.")
BAD_NUMBER = Text("应是 {min} 到 {max} 的整数。", "A whole number from {min} to {max}.")


def settings_of(ctx: Ctx) -> AuditSettings:
    """The workspace's settings, or the defaults."""
    found = AuditSettings.objects.filter(workspace_id=ctx.workspace.id).first()
    return found or AuditSettings(workspace_id=ctx.workspace.id)


def as_json(ctx: Ctx) -> dict[str, Any]:
    """The settings as the API tells them."""
    return _told(settings_of(ctx))


def save(ctx: Ctx, given: Mapping[str, Any], version: int) -> dict[str, Any]:
    """Change some of them; raises Invalid, StaleVersion."""
    errors = [error for name, value in given.items() if (error := _fault(name, value))]
    if errors:
        raise Invalid(errors=errors)
    AuditSettings.objects.bulk_create([AuditSettings(workspace_id=ctx.workspace.id)], ignore_conflicts=True)
    row = AuditSettings.objects.select_for_update().get(workspace_id=ctx.workspace.id)
    if row.version != version:
        raise StaleVersion(extra={"current": row.version})
    before = _told(row)
    for name, value in given.items():
        setattr(row, name, value)
    record_change(ctx, "settings.changed", before, _told(row), area="audit")
    row.version += 1
    row.save()
    return _told(row)


def _wants_line(ctx: Ctx) -> bool:
    return settings_of(ctx).visible_watermark


visible.wanted = _wants_line


def _fault(name: str, value: Any) -> FieldError | None:
    if name not in NAMES:
        return FieldError(name[:60], "unknown_setting", UNKNOWN)
    if name not in LIMITS:
        return None if isinstance(value, bool) else FieldError(name, "wrong_type", BAD_SWITCH)
    low, high = LIMITS[name]
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        return FieldError(name, "out_of_range", BAD_NUMBER, {"min": low, "max": high})
    return None


def _told(row: AuditSettings) -> dict[str, Any]:
    return {name: getattr(row, name) for name in (*NAMES, "version")}
