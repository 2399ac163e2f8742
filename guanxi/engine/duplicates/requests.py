"""Asking for a record that a colleague has, and answering.

*How it works*: whoever met a masked match sends its `ref` with the values that found it; the match is
found again by them, so that a `ref` alone leads nowhere. The owner and their manager are told; where
nobody owns the record, or the owner has left, the administrators. Whoever may change the record (or an
administrator) answers: approving makes the requester its owner, through the write door.

*Rules*: one open request a person and record; an answer is final.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from guanxi.engine.access import rights
from guanxi.engine.duplicates.looking_up import equal, read_text
from guanxi.engine.duplicates.models import RecordRequest
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.models import Membership
from guanxi.engine.notifications.facade import notify
from guanxi.engine.records.duplicates import Match, matches_of, reference
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import Compiler, rows_of, table_of
from guanxi.engine.records.query.present import titles_of
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.writing import bulk_write, refusal
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Conflict, Forbidden, NotFound, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.sql import Sql, all_of
from guanxi.kit.text import Text

MAX_OPEN = 20
MAX_MESSAGE = 500
PAGE = 50
ASKED, ANSWERED = "record.requested", "record.request_answered"
TOO_LONG = Text("最多 {max} 个字。", "At most {max} characters.")
TOO_MANY = Text(
    "你有 {max} 个申请还没有答复，请先等一等。",
    "{max} of your requests are still open. Wait for an answer first.",
)
ALREADY = Text("你已经申请过了，正在等答复。", "You have asked for it already and will get an answer.")
ANSWERED_BEFORE = Text("这个申请已经有答复了。", "This request has been answered already.")
BAD_CURSOR = Text("这个翻页标记不对。", "This cursor is not valid.")
BAD_BOX = Text("box 只能是 received 或 sent。", "box is received or sent.")
_ASK = Text("{actor} 申请接手{object}「{record}」", "{actor} asks to take over the {object} “{record}”")
_YES = Text(
    "{actor} 同意了你的申请：{object}「{record}」现在由你负责",
    "{actor} agreed: the {object} “{record}” is yours now",
)
_NO = Text("{actor} 没有同意你对一条{object}的申请", "{actor} declined your request for a {object}")
URL = "/tools/duplicates?tab=requests"


@dataclass(frozen=True, slots=True)
class Requests:
    """A page of requests."""

    data: list[dict[str, Any]]
    next: str | None


def request_record(ctx: Ctx, body: Mapping[str, Any]) -> dict[str, Any]:
    """Ask for the record that `ref` stands for; raises NotFound, Conflict, Invalid, Forbidden."""
    if not ctx.actor.can_write:
        raise Forbidden
    obj = rights.get_object(ctx, str(body.get("object") or ""))
    message = str(body.get("message") or "").strip()
    if len(message) > MAX_MESSAGE or "\x00" in message:
        raise invalid("message", "too_long", TOO_LONG, max=MAX_MESSAGE)
    record_id = _referred(ctx, obj, body)
    mine = RecordRequest.objects.filter(workspace_id=ctx.workspace.id, requester_id=_me(ctx), state="open")
    if mine.count() >= MAX_OPEN:
        raise Conflict(TOO_MANY, code="too_many_requests", max=MAX_OPEN)
    title, owner_id = _title_and_owner(ctx, obj, record_id)
    members = Membership.objects.filter(workspace_id=ctx.workspace.id, status="active")
    owner = members.filter(user_id=owner_id).first() if owner_id else None
    try:
        with transaction.atomic():
            made = RecordRequest.objects.create(
                workspace_id=ctx.workspace.id, object_key=obj.key, record_id=record_id, requester_id=_me(ctx),
                owner_id=owner.user_id if owner else None, manager_id=owner.manager_id if owner else None,
                message=message, created_at=ctx.now,
            )  # fmt: skip
    except IntegrityError:
        raise Conflict(ALREADY, code="already_requested") from None
    asked = [i for i in (made.owner_id, made.manager_id) if i and i != ctx.actor.user_id]
    notify(
        ctx, asked or _administrators(ctx), ASKED, _ASK, message, f"{URL}&request={made.id}",
        {"actor": ctx.actor.name, "object": obj.label.as_dict(), "record": title[:200], "request": str(made.id),
         "object_key": obj.key, "record_id": str(record_id)},
    )  # fmt: skip
    return _shown(ctx, [made])[0]


def list_requests(ctx: Ctx, *, box: str, state: str | None, cursor: str | None) -> Requests:
    """Requests one was sent (administrators: all) or has sent, newest first; raises Invalid."""
    if box not in ("received", "sent"):
        raise invalid("box", "wrong_type", BAD_BOX)
    rows = RecordRequest.objects.filter(workspace_id=ctx.workspace.id)
    rows = rows.filter(requester_id=_me(ctx)) if box == "sent" else _received(ctx, rows)
    if state:
        rows = rows.filter(state=state[:10])
    if cursor:
        last = parse_id(cursor)
        if last is None:
            raise invalid("cursor", "bad_cursor", BAD_CURSOR)
        rows = rows.filter(id__lt=last)
    found = list(rows.order_by("-id")[: PAGE + 1])
    return Requests(_shown(ctx, found[:PAGE]), str(found[PAGE - 1].id) if len(found) > PAGE else None)


def answer_request(ctx: Ctx, request_id: uuid.UUID, *, approve: bool, answer: str) -> dict[str, Any]:
    """Approve (the requester becomes the owner) or decline; raises NotFound, Forbidden, Conflict, Invalid."""
    rows = RecordRequest.objects.select_for_update().filter(workspace_id=ctx.workspace.id, id=request_id)
    found = rows.first()
    if found is None or (found.requester_id == ctx.actor.user_id and not ctx.actor.may("quality")):
        raise NotFound
    obj = rights.get_object(ctx, found.object_key)
    if len(answer) > MAX_MESSAGE or "\x00" in answer:
        raise invalid("answer", "too_long", TOO_LONG, max=MAX_MESSAGE)
    change = Change("update", found.record_id, {"owner": found.requester_id})
    lock_rows(ctx, obj, [change], deleted=False, trusted=False)
    if change.errors:
        raise refusal({0: change.errors}, single=True)
    if found.state != "open":
        raise Conflict(ANSWERED_BEFORE, code="already_answered")
    title, _ = _title_and_owner(ctx, obj, found.record_id)
    if approve:
        bulk_write(ctx, obj.key, [Change("update", found.record_id, {"owner": found.requester_id})], partial=False,
                   trusted=True)  # fmt: skip
    found.state, found.answer = ("approved" if approve else "declined"), answer
    found.decided_by, found.decided_at = ctx.actor.user_id, ctx.now
    found.save()
    notify(
        ctx, [found.requester_id], ANSWERED, _YES if approve else _NO, answer,
        f"/o/{obj.key}/{found.record_id}" if approve else f"{URL}&box=sent",
        {"actor": ctx.actor.name, "object": obj.label.as_dict(), "object_key": obj.key,
         **({"record": title[:200], "record_id": str(found.record_id)} if approve else {})},
    )  # fmt: skip
    return _shown(ctx, [found])[0]


def withdraw_request(ctx: Ctx, request_id: uuid.UUID) -> None:
    """Take back one's own open request; raises NotFound, Conflict."""
    rows = RecordRequest.objects.select_for_update().filter(
        workspace_id=ctx.workspace.id, id=request_id, requester_id=_me(ctx)
    )
    found = rows.first()
    if found is None:
        raise NotFound
    if found.state != "open":
        raise Conflict(ANSWERED_BEFORE, code="already_answered")
    found.state, found.decided_by, found.decided_at = "withdrawn", ctx.actor.user_id, ctx.now
    found.save()


def _me(ctx: Ctx) -> uuid.UUID:
    if ctx.actor.user_id is None:
        raise Forbidden
    return ctx.actor.user_id


def _referred(ctx: Ctx, obj: ObjectDef, body: Mapping[str, Any]) -> uuid.UUID:
    values, ref = body.get("values"), body.get("ref")
    matches: list[Match] = []
    if isinstance(values, Mapping):
        matches = matches_of(ctx, obj, values)
    elif body.get("q"):
        matches = equal(ctx, obj, read_text(body["q"]))
    found = next((m.record_id for m in matches if reference(ctx, obj, m.record_id) == ref), None)
    if found is None or found in visible_ids(ctx, obj, [found]):
        raise NotFound
    return found


def _title_and_owner(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID) -> tuple[str, uuid.UUID | None]:
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.id = %s", (record_id,))])
    title, owner = select_rows(Sql(f"SELECT r.title, r.owner_id FROM {table_of(obj)} r WHERE ") + where)[0]
    return title, owner


def _administrators(ctx: Ctx) -> list[uuid.UUID]:
    rows = Membership.objects.filter(workspace_id=ctx.workspace.id, role=Role.ADMIN, status="active")
    return list(rows.values_list("user_id", flat=True)[:20])


def _received(ctx: Ctx, rows: QuerySet[RecordRequest]) -> QuerySet[RecordRequest]:
    if ctx.actor.may("quality"):
        return rows
    return rows.filter(Q(owner_id=ctx.actor.user_id) | Q(manager_id=ctx.actor.user_id))


def _shown(ctx: Ctx, rows: list[RecordRequest]) -> list[dict[str, Any]]:
    """Requests as the API tells them; the record only to those who may see it."""
    schema = get_schema(ctx)
    names = identity.people(ctx, {i for row in rows for i in (row.requester_id, row.decided_by) if i})
    wanted: dict[str, set[uuid.UUID]] = {}
    for row in rows:
        if (obj := schema.find(row.object_key)) is not None:
            wanted.setdefault(obj.key, set()).add(row.record_id)
    first = next((obj for key in wanted if (obj := schema.find(key))), None)
    titles = titles_of(Compiler(ctx, first), wanted) if first else {}
    people = {i: {"id": str(i), "name": name} for i, name in names.items()}
    return [
        {
            "id": str(row.id),
            "object": row.object_key,
            "record": titles.get((row.object_key, row.record_id)),
            "requester": people.get(row.requester_id),
            "message": row.message,
            "state": row.state,
            "answer": row.answer,
            "decided_by": people.get(row.decided_by) if row.decided_by else None,
            "decided_at": row.decided_at,
            "created_at": row.created_at,
        }
        for row in rows
    ]
