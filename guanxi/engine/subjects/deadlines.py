"""The desk's own settings: how many workdays an answer under the PIPL may take.

*Sources*: 15 workdays is what the authorities ask of apps (《App违法违规收集使用个人信息行为认定方法》); a firm may promise
less. More than 22 workdays would go beyond the 30 days of GB/T 35273-2020 8.7. The month of the GDPR is not ours to set.
"""

from collections.abc import Mapping
from typing import Any

from guanxi.engine.subjects.models import DeskSettings
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.models import Workspace
from guanxi.engine.tenancy.recording import record_change
from guanxi.kit.errors import StaleVersion, invalid
from guanxi.kit.text import Text

MOST_WORKDAYS = 22
BAD_WORKDAYS = Text("应是 1 到 {max} 的整数。", "A whole number from 1 to {max}.")


def settings_of(ctx: Ctx) -> DeskSettings:
    """The workspace's deadlines, or the defaults."""
    found = DeskSettings.objects.filter(workspace_id=ctx.workspace.id).first()
    return found or DeskSettings(workspace_id=ctx.workspace.id)


def settings_json(row: DeskSettings) -> dict[str, Any]:
    """The settings in the API."""
    return {"pipl_workdays": row.pipl_workdays, "most_workdays": MOST_WORKDAYS, "version": row.version}


def change_settings(ctx: Ctx, body: Mapping[str, Any], version: int) -> DeskSettings:
    """Set `pipl_workdays`, for requests that come from now on; raises Invalid, StaleVersion."""
    Workspace.objects.select_for_update().get(id=ctx.workspace.id)  # the row may not be there yet
    row = settings_of(ctx)
    if row.version != version:
        raise StaleVersion(extra={"current": row.version})
    days = body.get("pipl_workdays", row.pipl_workdays)
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MOST_WORKDAYS:
        raise invalid("pipl_workdays", "out_of_range", BAD_WORKDAYS, max=MOST_WORKDAYS)
    before = {"pipl_workdays": row.pipl_workdays}
    row, _ = DeskSettings.objects.update_or_create(
        workspace_id=ctx.workspace.id, defaults={"pipl_workdays": days, "version": version + 1}
    )
    record_change(ctx, "settings.changed", before, {"pipl_workdays": days}, area="privacy")
    return row
