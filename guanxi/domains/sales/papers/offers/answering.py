"""What a customer sees and does by a link: the quote, its PDF, and one answer.

*How it works*: the link's secret finds the workspace and the link; the program reads the quote, so that the page is the
same whoever made the link. An answer is a move of the quote (states.py) like the one a colleague makes, under the lock of
the link and of the quote: of two answers at once one counts. With it are kept name, comment, signature, address, time,
and the very document that was on the page, with its SHA-256.

*Rules*: whatever is wrong with a link, the answer is the same. A quote that was taken back, replaced or deleted shows
nothing of itself.
"""

import hashlib
import json
import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from guanxi.domains.sales.papers.models import OfferLink
from guanxi.domains.sales.papers.offers.signatures import read_signature
from guanxi.domains.sales.papers.printing.rendering import paper_data
from guanxi.domains.sales.papers.printing.templates import LOCALES, source_of
from guanxi.engine.identity.rules import parse_secret
from guanxi.engine.notifications.facade import notify
from guanxi.engine.press.press import press
from guanxi.engine.records.actions import action_registry
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.read import find_record
from guanxi.engine.records.store.writing import bulk_write
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx, Origin, Via, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, NotFound, invalid
from guanxi.kit.text import Text

QUOTE = "quote"
KIND = "offer"
MOVES = {"accepted": "accept_quote", "declined": "decline_quote"}
MAX_NAME, MAX_COMMENT = 60, 500
_OPEN = ("sent", "accepted", "declined")

DEAD = Text("这个链接无效或已失效，请联系发送方。", "This link is not valid any more. Ask whoever sent it.")
ANSWERED = Text("已经答复过了，不能再答复一次。", "It has been answered already.")
NO_NAME = Text("请填姓名，最多 {max} 个字。", "Please say your name, in at most {max} characters.")
BAD_COMMENT = Text("说明最多 {max} 个字。", "A comment has at most {max} characters.")
BAD_ANSWER = Text("请选择接受或不接受。", "Accept it or decline it.")
CUSTOMER = Text("客户 {name}（网页）", "Customer {name} (page)")
OPENED = Text("客户打开了报价「{record}」", "The customer opened the quote “{record}”")
TOLD = {
    "accepted": Text("{name} 接受了报价「{record}」", "{name} accepted the quote “{record}”"),
    "declined": Text("{name} 没有接受报价「{record}」", "{name} declined the quote “{record}”"),
}


def read_page(token: str, locale: str) -> dict[str, Any]:
    """What the page of a link shows; counts that it was opened. Opens its own session. Raises NotFound."""
    workspace_id, token_hash = _parsed(token)
    with session(workspace_id):
        ctx, row, quote = _open(workspace_id, token_hash, lock=True)
        first = row.first_seen_at is None
        row.seen_count, row.last_seen_at = row.seen_count + 1, ctx.now
        row.first_seen_at = row.first_seen_at or ctx.now
        row.save(update_fields=["seen_count", "last_seen_at", "first_seen_at"])
        if first:
            _note_opened(ctx, row, quote)
        return _page(ctx, row, quote, locale)


def print_page(token: str, locale: str) -> bytes:
    """The quote of a link as PDF; raises NotFound."""
    workspace_id, token_hash = _parsed(token)
    with session(workspace_id):
        ctx, row, _ = _open(workspace_id, token_hash)
        data = paper_data(ctx, QUOTE, row.quote_id, _spoken(ctx, locale))
        source = source_of(ctx, QUOTE)
    return press.print(source, data)


def give_answer(token: str, given: Mapping[str, Any], origin: Origin, locale: str) -> dict[str, Any]:
    """Accept or decline (`{"answer", "name", "comment", "signature"}`); gives the page anew.

    Raises NotFound, Conflict once it is answered, Invalid for what is missing and for a quote that is no longer valid.
    """
    workspace_id, token_hash = _parsed(token)
    with session(workspace_id):
        ctx, row, quote = _open(workspace_id, token_hash, lock=True)
        if row.answer or quote["status"] != "sent":
            raise Conflict(ANSWERED, code="already_answered")
        answer, name, comment = _read(given)
        signature = read_signature(given.get("signature")) if answer == "accepted" else None
        who = replace(ctx.actor, name=CUSTOMER.in_(ctx.locale, name=name))
        ctx = replace(ctx, actor=who, via=Via.PUBLIC, origin=origin)
        document = paper_data(ctx, QUOTE, row.quote_id, ctx.workspace.locale)
        move = action_registry.get(MOVES[answer])
        move.run(ctx, get_object(ctx, QUOTE), [row.quote_id], {"answered_by": name, "comment": comment})
        row.answer, row.answered_at, row.name, row.comment = answer, ctx.now, name, comment or ""
        row.ip, row.agent, row.signature = origin.ip, origin.agent[:400], signature
        row.document, row.document_hash = document, fingerprint(document)
        row.save()
        record(ctx, "paper.answered", object_key=QUOTE, record_id=row.quote_id, link=row.id, answer=answer,
               document_hash=row.document_hash)  # fmt: skip
        _tell(ctx, row, quote, "quote.answered", TOLD[answer])
        return _page(ctx, row, quote | {"status": answer}, locale)


def fingerprint(document: Mapping[str, Any]) -> str:
    """The SHA-256 of a document as JSON with sorted keys, which stays the same wherever it is kept."""
    return hashlib.sha256(json.dumps(document, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _parsed(token: str) -> tuple[uuid.UUID, str]:
    found = parse_secret(KIND, token)
    if found is None or found.workspace_id is None:
        raise NotFound(DEAD, code="link_dead")
    return found.workspace_id, found.hash


def _open(
    workspace_id: uuid.UUID, token_hash: str, *, lock: bool = False
) -> tuple[Ctx, OfferLink, dict[str, Any]]:
    """The program's context in the link's workspace, the link, and the quote that is out or answered."""
    links = OfferLink.objects.select_for_update() if lock else OfferLink.objects
    row = links.filter(workspace_id=workspace_id, token_hash=token_hash, revoked_at__isnull=True).first()
    if row is None:
        raise NotFound(DEAD, code="link_dead")
    ctx = load_system_ctx(workspace_id)
    quote = find_record(ctx, QUOTE, row.quote_id)
    if quote is None or quote["status"] not in _OPEN:
        raise NotFound(DEAD, code="link_dead")
    return ctx, row, quote


def _page(ctx: Ctx, row: OfferLink, quote: Mapping[str, Any], locale: str) -> dict[str, Any]:
    ends = quote.get("valid_until")
    over = quote["status"] == "sent" and ends is not None and str(ends) < ctx.today.date().isoformat()
    return {
        "state": "expired" if over else "open" if quote["status"] == "sent" else quote["status"],
        "paper": paper_data(ctx, QUOTE, row.quote_id, _spoken(ctx, locale)),
        "answered_at": row.answered_at, "name": row.name, "signature": row.signature, "document_hash": row.document_hash,
    }  # fmt: skip


def _spoken(ctx: Ctx, locale: str) -> str:
    return locale if locale in LOCALES else ctx.workspace.locale


def _read(given: Mapping[str, Any]) -> tuple[str, str, str | None]:
    answer, name, comment = given.get("answer"), given.get("name"), given.get("comment")
    if not isinstance(answer, str) or answer not in MOVES:
        raise invalid("answer", "not_an_option", BAD_ANSWER)
    if not isinstance(name, str) or not name.strip() or len(name) > MAX_NAME or "\x00" in name:
        raise invalid("name", "required", NO_NAME, max=MAX_NAME)
    if comment is not None and (
        not isinstance(comment, str) or len(comment) > MAX_COMMENT or "\x00" in comment
    ):
        raise invalid("comment", "too_long", BAD_COMMENT, max=MAX_COMMENT)
    return answer, name.strip(), comment or None


def _note_opened(ctx: Ctx, row: OfferLink, quote: Mapping[str, Any]) -> None:
    """The quote says since when it is known to have been opened; who looks after it is told of each link once."""
    if not quote.get("opened_at"):
        opened = Change("update", row.quote_id, {"opened_at": ctx.now})
        bulk_write(replace(ctx, via=Via.PUBLIC), QUOTE, [opened], partial=False, trusted=True)
    _tell(ctx, row, quote, "quote.opened", OPENED)


def _tell(ctx: Ctx, row: OfferLink, quote: Mapping[str, Any], kind: str, words: Text) -> None:
    """Tell who looks after the quote and who sent the link."""
    owner = (quote.get("owner") or {}).get("id")
    people = [i for i in (uuid.UUID(str(owner)) if owner else None, row.created_by) if i]
    data = {"record": quote["title"], "name": row.name, "object_key": QUOTE, "record_id": str(row.quote_id)}
    notify(ctx, people, kind, words, url=f"/o/quote/{row.quote_id}", data=data)
