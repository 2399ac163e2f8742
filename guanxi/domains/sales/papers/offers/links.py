"""Links to the page of a quote: made and ended by who may change the quote.

*How it works*: a link holds a secret of 160 random bits with the workspace in it; its hash alone is stored, and its
address is told once. It says how often it was opened, and keeps the customer's answer. A new version of the quote needs
a link of its own.

*See*: answering.py, what the customer does with it.
"""

import uuid
from typing import Any

from django.conf import settings

from guanxi.domains.sales.papers.actions.quote_moves import MACHINE
from guanxi.domains.sales.papers.models import OfferLink
from guanxi.domains.sales.papers.states import check_state, locked_row
from guanxi.engine.identity.rules import hash_secret, make_secret
from guanxi.engine.records.query.read import get_record
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import NotFound
from guanxi.kit.text import Text

QUOTE = "quote"
KIND = "offer"
MOST_SHOWN = 20
LINKING = Text("给客户发链接", "Make a link for the customer")


def create(ctx: Ctx, quote_id: uuid.UUID) -> dict[str, Any]:
    """A new link to a quote that is out; those before end. Raises NotFound, Forbidden, Conflict in another state."""
    obj = get_object(ctx, QUOTE)
    get_record(ctx, QUOTE, quote_id, fields=["id"])
    check_state(ctx, MACHINE, locked_row(ctx, obj, quote_id), ("sent",), LINKING)
    _open_links(ctx, quote_id).filter(answer="").update(revoked_at=ctx.now)
    secret = make_secret(KIND, ctx.workspace.id)
    row = OfferLink.objects.create(
        workspace_id=ctx.workspace.id, quote_id=quote_id, token_hash=hash_secret(secret), created_by=ctx.actor.user_id,
        created_at=ctx.now,
    )  # fmt: skip
    record(ctx, "paper.link", object_key=QUOTE, record_id=quote_id, link=row.id)
    return shown(row) | {"url": f"{settings.GUANXI_PUBLIC_URL}/offer/{secret}"}


def listed(ctx: Ctx, quote_id: uuid.UUID) -> list[dict[str, Any]]:
    """The links of a quote, newest first, with what became of them, without their secrets; raises NotFound."""
    get_record(ctx, QUOTE, quote_id, fields=["id"])
    rows = OfferLink.objects.filter(workspace_id=ctx.workspace.id, quote_id=quote_id).order_by("-id")
    return [shown(row) for row in rows[:MOST_SHOWN]]


def end(ctx: Ctx, quote_id: uuid.UUID, link_id: uuid.UUID) -> None:
    """End a link; raises NotFound, Forbidden."""
    get_record(ctx, QUOTE, quote_id, fields=["id"])
    locked_row(ctx, get_object(ctx, QUOTE), quote_id)
    if not _open_links(ctx, quote_id).filter(id=link_id).update(revoked_at=ctx.now):
        raise NotFound


def shown(row: OfferLink) -> dict[str, Any]:
    """A link in the API."""
    return {
        "id": row.id, "created_at": row.created_at, "is_open": row.revoked_at is None, "seen_count": row.seen_count,
        "first_seen_at": row.first_seen_at, "last_seen_at": row.last_seen_at, "answer": row.answer or None,
        "answered_at": row.answered_at, "name": row.name, "ip": row.ip, "comment": row.comment, "signature": row.signature,
        "document_hash": row.document_hash, "mailed_to": row.mailed_to,
    }  # fmt: skip


def _open_links(ctx: Ctx, quote_id: uuid.UUID) -> Any:
    return OfferLink.objects.filter(workspace_id=ctx.workspace.id, quote_id=quote_id, revoked_at=None)
