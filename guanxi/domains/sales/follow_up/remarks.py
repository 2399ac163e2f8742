"""Remarks on records, with @mention: who sees a record may say something about it, and call others to it.

*How it works*: mentions are ids of people given beside the text. Everybody mentioned is told, and so are the record's
owner and who has said something before; the notices lead to the record.

*Rules*: nobody is called to what they may not see. A remark is taken back by who made it, or by an administrator.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from guanxi.domains.sales.follow_up.models import Remark
from guanxi.engine.access import rights
from guanxi.engine.identity.facade import load_actor, people
from guanxi.engine.notifications.facade import Notice, notify_each
from guanxi.engine.records.query.read import get_record, visible_ids
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.tenancy.context import Ctx, Role
from guanxi.kit.errors import Forbidden, NotFound, Problem, invalid
from guanxi.kit.text import Text

SHOWN = 200
MAX_MENTIONS = 20
MENTIONED, ADDED = "remark.mention", "remark.comment"
SAY = Text("请写点什么。", "Write something.")
TOO_MANY = Text("一条记录最多 {max} 条评论。", "A record has at most {max} remarks.")
NOT_THEIRS = Text("有人看不到这条记录，不能 @ 他：{names}", "Not visible to everybody mentioned: {names}")
_MENTION = Text("{actor} 在「{record}」里提到了你", "{actor} mentioned you on “{record}”")
_ADD = Text("{actor} 评论了「{record}」", "{actor} remarked on “{record}”")


def list_remarks(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> list[dict[str, Any]]:
    """The remarks on a record, oldest first; raises NotFound."""
    get_record(ctx, object_key, record_id, fields=["id"])
    return remarks_of(ctx, [record_id]).get(record_id, [])


def remarks_of(ctx: Ctx, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[dict[str, Any]]]:
    """By record (which the caller has read), its remarks, oldest first; two statements."""
    rows = list(
        Remark.objects.filter(workspace_id=ctx.workspace.id, record_id__in=list(ids)).order_by(
            "created_at", "id"
        )[: SHOWN * 5]
    )
    named = people(
        ctx, {row.author_id for row in rows} | {uuid.UUID(i) for row in rows for i in row.mentions}
    )
    found: dict[uuid.UUID, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row.record_id, []).append(_shown(ctx, row, named))
    return found


def add_remark(
    ctx: Ctx, object_key: str, record_id: uuid.UUID, body: str, mentions: Sequence[uuid.UUID]
) -> dict[str, Any]:
    """Say something about a record; raises NotFound, Forbidden, Invalid."""
    if not ctx.actor.can_write or ctx.actor.user_id is None:
        raise Forbidden
    obj = rights.get_object(ctx, object_key)
    record = get_record(ctx, object_key, record_id)
    text = body.strip()
    if not text:
        raise invalid("body", "required", SAY)
    rows = Remark.objects.filter(workspace_id=ctx.workspace.id, record_id=record_id)
    authors = list(rows.values_list("author_id", flat=True)[: SHOWN + 1])
    if len(authors) >= SHOWN:
        raise invalid("body", "too_many", TOO_MANY, max=SHOWN)
    called = [person for person in dict.fromkeys(mentions) if person != ctx.actor.user_id]
    _check_sight(ctx, obj, record_id, called)
    row = Remark.objects.create(
        workspace_id=ctx.workspace.id, object_key=obj.key, record_id=record_id, author_id=ctx.actor.user_id, body=text,
        mentions=[str(person) for person in called], created_at=ctx.now,
    )  # fmt: skip
    # Whose it is may be masked for who speaks: then that person is not told.
    owners = [who for key in ("owner", "created_by") if isinstance(who := record.get(key), dict)]
    others = {uuid.UUID(owners[0]["id"])} if owners else set()
    others = (others | set(authors)) - {ctx.actor.user_id} - set(called)
    seeing = [person for person in others if _sees(ctx, obj, record_id, person)]
    _tell(ctx, record, MENTIONED, _MENTION, called)
    _tell(ctx, record, ADDED, _ADD, seeing)
    return _shown(ctx, row, people(ctx, {row.author_id, *called}))


def delete_remark(ctx: Ctx, remark_id: uuid.UUID) -> None:
    """Take a remark back; raises NotFound for what one does not see, Forbidden for what is another's."""
    row = Remark.objects.filter(workspace_id=ctx.workspace.id, id=remark_id).first()
    if row is None:
        raise NotFound
    get_record(ctx, row.object_key, row.record_id, fields=["id"])
    if not ctx.actor.can_write or (row.author_id != ctx.actor.user_id and ctx.actor.role is not Role.ADMIN):
        raise Forbidden
    row.delete()


def _check_sight(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, called: Sequence[uuid.UUID]) -> None:
    blind = [person for person in called if not _sees(ctx, obj, record_id, person)]
    if blind:
        names = people(ctx, blind)
        raise invalid("mentions", "not_visible", NOT_THEIRS, names="、".join(names.values()) or "?")


def _sees(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, person: uuid.UUID) -> bool:
    try:
        _, actor = load_actor(ctx.workspace.id, person)
        return bool(visible_ids(replace(ctx, actor=actor), obj, [record_id]))
    except Problem:
        return False


def _tell(ctx: Ctx, record: dict[str, Any], kind: str, title: Text, told: Sequence[uuid.UUID]) -> None:
    data = {
        "actor": ctx.actor.name,
        "record": record["title"][:200],
        "object_key": record["object"],
        "record_id": record["id"],
    }
    url = f"/o/{record['object']}/{record['id']}"
    notify_each(ctx, kind, [Notice(person, title, url=url, data=data) for person in told])


def _shown(ctx: Ctx, row: Remark, names: dict[uuid.UUID, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "at": row.created_at,
        "author": {"id": row.author_id, "name": names.get(row.author_id, "")},
        "body": row.body,
        "mentions": [{"id": i, "name": names.get(uuid.UUID(i), "")} for i in row.mentions],
        "mine": row.author_id == ctx.actor.user_id,
    }
