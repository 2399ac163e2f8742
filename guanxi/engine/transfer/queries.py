"""Listing imports: one's own; those of others to who looks after them and sees the whole object."""

import uuid

from django.db.models import Q

from guanxi.engine.access import rights
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.transfer.models import ImportJob
from guanxi.kit.errors import invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.text import Text

BAD_CURSOR = Text(
    "翻页标记不对，请从第一页重新开始。", "The page cursor is not valid. Start from the first page."
)


def list_imports(ctx: Ctx, *, limit: int, cursor: str | None) -> tuple[list[ImportJob], str | None]:
    """Imports, newest first, and the cursor of the next page."""
    rows = ImportJob.objects.filter(workspace_id=ctx.workspace.id)
    mine = Q(created_by=ctx.actor.user_id)
    if ctx.actor.may("changes"):
        keys = rows.order_by().values_list("object_key", flat=True).distinct()
        mine |= Q(object_key__in=[key for key in keys if rights.sees_whole(ctx, key)])
    rows = rows.filter(mine)
    if cursor:
        rows = rows.filter(id__lt=_read(cursor))
    found = list(rows.order_by("-id")[: limit + 1])
    return found[:limit], str(found[limit - 1].id) if len(found) > limit else None


def _read(cursor: str) -> uuid.UUID:
    found = parse_id(cursor)
    if found is None:
        raise invalid("cursor", "bad_cursor", BAD_CURSOR)
    return found
