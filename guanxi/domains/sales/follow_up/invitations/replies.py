"""Taking the answers of guests out of the sender's mailbox.

*Rules*: an answer counts by the `uid` that only that guest was sent; which address it comes from does not matter. One to
an older time, or older than the last, changes nothing. Its texts are kept nowhere.
"""

import re
import uuid

from guanxi.domains.sales.follow_up.invitations.names import names_of
from guanxi.domains.sales.follow_up.invitations.reply_rules import Reply, read_reply
from guanxi.domains.sales.follow_up.models import EventGuest
from guanxi.engine.bounces.incoming import IncomingReader, incoming_registry
from guanxi.engine.notifications.facade import notify
from guanxi.engine.records.query.read import find_record
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import Workspace, load_system_ctx
from guanxi.kit.text import Text

ANSWERED = "event.answered"
WORDS = {
    "accepted": Text("{name} 会参加「{record}」", "{name} will come to “{record}”"),
    "tentative": Text("{name} 可能参加「{record}」", "{name} may come to “{record}”"),
    "declined": Text("{name} 不参加「{record}」", "{name} will not come to “{record}”"),
}
PROPOSED = Text("{name} 提议把「{record}」改到 {start}", "{name} proposes {start} for “{record}”")
SOMEBODY = Text("有一位客人", "A guest")
_UID = re.compile(r"^gx-([0-9a-f]{32})-[0-9a-f]{40}@guanxi$")


def take(raw: bytes) -> bool:
    """Take an answer; whether the message was one to an invitation of this installation."""
    reply = read_reply(raw)
    found = _UID.match(reply.uid) if reply else None
    if reply is None or found is None:
        return False
    workspace_id = uuid.UUID(found[1])
    with session(workspace_id):
        if not Workspace.objects.filter(id=workspace_id).exists():
            return False
        return _note(load_system_ctx(workspace_id), reply)


def _note(ctx: Ctx, reply: Reply) -> bool:
    row = EventGuest.objects.select_for_update().filter(workspace_id=ctx.workspace.id, uid=reply.uid).first()
    if row is None:
        return False
    at = min(reply.at or ctx.now, ctx.now)
    is_old = row.answered_at is not None and at < row.answered_at
    start = reply.start if reply.start is not None and reply.start > ctx.now else None
    before = (row.state, row.proposed_start, row.proposed_end)
    now = (reply.answer or row.state, start, reply.end if start else None)
    nothing = start is None and not reply.answer
    if row.state == "withdrawn" or reply.sequence < row.sequence or is_old or nothing or now == before:
        return True
    row.state, row.proposed_start, row.proposed_end = now
    row.answered_at = at
    row.save(update_fields=["state", "answered_at", "proposed_start", "proposed_end"])
    _tell(ctx, row)
    return True


def _tell(ctx: Ctx, row: EventGuest) -> None:
    """Tell who looks after the event, and who asked."""
    event = find_record(ctx, "event", row.event_id)
    if event is None:
        return
    name = names_of(ctx, [row]).get(row.record_id)
    owner = (event.get("owner") or {}).get("id")
    to = [i for i in (uuid.UUID(str(owner)) if owner else None, row.asked_by) if i]
    data = {
        "record": event["title"], "name": name or {"zh-CN": SOMEBODY.zh, "en": SOMEBODY.en},
        "object_key": "event", "record_id": str(row.event_id),
    }  # fmt: skip
    if row.proposed_start is not None:
        data["start"] = f"{row.proposed_start.astimezone(ctx.workspace.zone):%Y-%m-%d %H:%M}"
    words = WORDS[row.state] if row.proposed_start is None else PROPOSED
    notify(ctx, to, ANSWERED, words, url=f"/o/event/{row.event_id}", data=data)


incoming_registry.register(IncomingReader("event_answers", take))
