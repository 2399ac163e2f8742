"""What a customer sees of an order by a link: what was ordered, what is on its way, what came back.

*How it works*: the link's secret finds the workspace and the link; the program reads the order, its deliveries and returns,
so that the page is the same whoever made the link.

*Rules*: quantities and states alone. No prices, notes, addresses or reasons, and nothing that an administrator has added:
what is shown is listed here by name. Whatever is wrong with a link, the answer is the same.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from guanxi.domains.sales.orders.balance import DELIVERY, ITEMS, ORDER, RETURN
from guanxi.domains.sales.orders.models import StatusLink
from guanxi.domains.sales.orders.tracking.links import KIND, SHOWN
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.rules import parse_secret
from guanxi.engine.records.query.read import fetch_page, get_record, get_records
from guanxi.engine.records.query.spec import RecordQuery, Sort
from guanxi.engine.records.store.lines import stored_lines
from guanxi.engine.schema.field_types.sub_table import line_key
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.kit.errors import NotFound
from guanxi.kit.text import Text

LOCALES = ("zh-CN", "en")
MOST = 100
"""So many deliveries and returns are on the page, the latest first."""
DEAD = Text("这个链接无效或已失效，请联系发送方。", "This link is not valid any more. Ask whoever sent it.")
_ITEM = ("name", "sku", "unit", "quantity", "delivered", "returned")
_OF_DELIVERY = ("number", "status", "carrier", "tracking_number", "planned_on", "shipped_on", "received_on")
_OF_RETURN = ("number", "status", "kind", "requested_on", "received_on")


def read_page(token: str, locale: str) -> dict[str, Any]:
    """What the page of a link shows; counts that it was opened. Opens its own session. Raises NotFound."""
    found = parse_secret(KIND, token)
    if found is None or found.workspace_id is None:
        raise NotFound(DEAD, code="link_dead")
    with session(found.workspace_id):
        links = StatusLink.objects.select_for_update().filter(
            workspace_id=found.workspace_id, revoked_at=None
        )
        row = links.filter(token_hash=found.hash, expires_at__gt=timezone.now()).first()
        if row is None:
            raise NotFound(DEAD, code="link_dead")
        ctx = load_system_ctx(found.workspace_id)
        rows = get_records(ctx, ORDER, [row.order_id], fields=["status"])
        if not rows or rows[0]["status"] not in SHOWN:
            raise NotFound(DEAD, code="link_dead")
        row.seen_count, row.last_seen_at = row.seen_count + 1, ctx.now
        row.first_seen_at = row.first_seen_at or ctx.now
        row.save(update_fields=["seen_count", "last_seen_at", "first_seen_at"])
        spoken = locale if locale in LOCALES else ctx.workspace.locale
        return _page(ctx, row.order_id, spoken) | {"expires_at": row.expires_at}


def _page(ctx: Ctx, order_id: uuid.UUID, locale: str) -> dict[str, Any]:
    order = get_record(
        ctx, ORDER, order_id, fields=["number", "status", "customer", "ordered_on", "due_on", "owner", ITEMS]
    )
    owner = order["owner"]["id"] if isinstance(order.get("owner"), Mapping) else None
    people = identity.people(ctx, [uuid.UUID(str(owner))]) if owner else {}
    return {
        "firm": ctx.workspace.name, "contact": next(iter(people.values()), ""), "number": order["number"] or "",
        "customer": (order["customer"] or {}).get("title", ""), "ordered_on": order["ordered_on"],
        "due_on": order["due_on"], "status": _said(ctx, ORDER, "status", order["status"], locale),
        "items": [{key: _plain(line.get(key)) for key in _ITEM} for line in order[ITEMS]],
        "deliveries": _movements(ctx, DELIVERY, order_id, _OF_DELIVERY, locale),
        "returns": _movements(ctx, RETURN, order_id, _OF_RETURN, locale),
    }  # fmt: skip


def _movements(
    ctx: Ctx, key: str, order_id: uuid.UUID, fields: tuple[str, ...], locale: str
) -> list[dict[str, Any]]:
    """Deliveries or returns that are not cancelled, with what is in them."""
    tree = {"and": [{"field": ORDER, "op": "is", "value": str(order_id)},
                    {"field": "status", "op": "is_not", "value": "cancelled"}]}  # fmt: skip
    query = RecordQuery(key, tree, (Sort("created_at", True),), fields, limit=MOST, count=False)
    rows = fetch_page(ctx, query).data
    lines = stored_lines(ctx, get_object(ctx, line_key(key, ITEMS)), [uuid.UUID(row["id"]) for row in rows])
    choices = [name for name in fields if name in ("status", "kind")]
    return [
        {name: row[name] for name in fields}
        | {name: _said(ctx, key, name, row[name], locale) for name in choices}
        | {ITEMS: [{part: _plain(line.value(part)) for part in ("name", "unit", "quantity")}
                   for line in lines[uuid.UUID(row["id"])]]}
        for row in rows
    ]  # fmt: skip


def _said(ctx: Ctx, key: str, field: str, value: Any, locale: str) -> dict[str, str]:
    option = get_object(ctx, key).fields[field].option(value or "")
    return {"value": str(value or ""), "label": option.label.in_(locale) if option else str(value or "")}


def _plain(value: Any) -> Any:
    """Numbers as the API writes them."""
    return value if isinstance(value, (str, int, float)) or value is None else float(value)
