"""Links to the page of an order: made and ended by who may change the order.

*How it works*: a link holds a secret of 160 random bits with the workspace in it; its hash alone is stored, and its address
is told once. It ends by itself after some days, when it is ended, and with the order's being taken back or deleted.
Several may be open: one for the buyer, one for the warehouse.

*See*: page.py, what the customer sees.
"""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from guanxi.domains.sales.orders.actions.order_moves import MACHINE
from guanxi.domains.sales.orders.models import StatusLink
from guanxi.domains.sales.papers.facade import check_state, locked_row
from guanxi.engine.identity.rules import hash_secret, make_secret
from guanxi.engine.records.query.read import get_record
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.text import Text

ORDER = "sales_order"
KIND = "order"
SHOWN = ("confirmed", "in_delivery", "delivered", "completed", "cancelled")
MOST_SHOWN, MOST_OPEN = 20, 10
DAYS, MAX_DAYS = 90, 365
LINKING = Text("给客户发链接", "Make a link for the customer")
BAD_DAYS = Text("有效天数应在 1 到 {max} 之间。", "It holds for 1 to {max} days.")
TOO_MANY = Text(
    "最多 {max} 个有效链接，请先停用一些。", "At most {max} links are open at a time. End some first."
)


def create(ctx: Ctx, order_id: uuid.UUID, given: Mapping[str, Any]) -> dict[str, Any]:
    """A new link (`{"days": how long it holds}`); raises NotFound, Forbidden, Invalid, Conflict for a draft."""
    get_record(ctx, ORDER, order_id, fields=["id"])
    days = given.get("days", DAYS)
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= MAX_DAYS:
        raise invalid("days", "out_of_range", BAD_DAYS, max=MAX_DAYS)
    check_state(ctx, MACHINE, locked_row(ctx, get_object(ctx, ORDER), order_id), SHOWN, LINKING)
    if _open_links(ctx, order_id).count() >= MOST_OPEN:
        raise invalid("days", "too_many", TOO_MANY, max=MOST_OPEN)
    secret = make_secret(KIND, ctx.workspace.id)
    row = StatusLink.objects.create(
        workspace_id=ctx.workspace.id, order_id=order_id, token_hash=hash_secret(secret), created_by=ctx.actor.user_id,
        created_at=ctx.now, expires_at=ctx.now + timedelta(days=days),
    )  # fmt: skip
    record(ctx, "order.link", object_key=ORDER, record_id=order_id, link=row.id)
    return shown(ctx, row) | {"url": f"{settings.GUANXI_PUBLIC_URL}/order/{secret}"}


def listed(ctx: Ctx, order_id: uuid.UUID) -> list[dict[str, Any]]:
    """The links of an order, newest first, without their secrets; raises NotFound."""
    get_record(ctx, ORDER, order_id, fields=["id"])
    rows = StatusLink.objects.filter(workspace_id=ctx.workspace.id, order_id=order_id).order_by("-id")
    return [shown(ctx, row) for row in rows[:MOST_SHOWN]]


def end(ctx: Ctx, order_id: uuid.UUID, link_id: uuid.UUID) -> None:
    """End a link; raises NotFound, Forbidden."""
    get_record(ctx, ORDER, order_id, fields=["id"])
    locked_row(ctx, get_object(ctx, ORDER), order_id)
    if not _open_links(ctx, order_id).filter(id=link_id).update(revoked_at=ctx.now):
        raise NotFound
    record(ctx, "order.link_ended", object_key=ORDER, record_id=order_id, link=link_id)


def shown(ctx: Ctx, row: StatusLink) -> dict[str, Any]:
    """A link in the API."""
    return {
        "id": row.id, "created_at": row.created_at, "expires_at": row.expires_at,
        "is_open": row.revoked_at is None and row.expires_at > ctx.now, "seen_count": row.seen_count,
        "first_seen_at": row.first_seen_at, "last_seen_at": row.last_seen_at,
    }  # fmt: skip


def _open_links(ctx: Ctx, order_id: uuid.UUID) -> Any:
    holds = Q(revoked_at=None, expires_at__gt=ctx.now)
    return StatusLink.objects.filter(holds, workspace_id=ctx.workspace.id, order_id=order_id)
