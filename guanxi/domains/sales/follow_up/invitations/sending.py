"""The mail with an invitation: what a person reads, and what their calendar does (iMIP, RFC 6047).

*How it works*: one mail a guest, under the `uid` that is theirs, with a higher `sequence` each time. Answers go to
the sender's address where its mailbox is read, else to the one who asked.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any, Self

from django.conf import settings

from guanxi.domains.sales.follow_up.calendar.ical_rules import Entry, Invited, invitation
from guanxi.domains.sales.follow_up.models import EventGuest
from guanxi.engine.identity.facade import address_of, people
from guanxi.engine.identity.mailing import enqueue
from guanxi.engine.identity.mails import Attachment, WrittenMail
from guanxi.engine.identity.sealing import unseal
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.plain_values import moment
from guanxi.kit.text import Text

USUAL = timedelta(minutes=30)
ASKED = Text("邀请：{subject}（{start}）", "Invitation: {subject} ({start})")
CHANGED = Text("有变动：{subject}（{start}）", "Changed: {subject} ({start})")
KEPT = Text("维持原时间：{subject}（{start}）", "Time unchanged: {subject} ({start})")
CANCELLED = Text("已取消：{subject}（{start}）", "Cancelled: {subject} ({start})")
BODY = Text(
    "{guest}，您好：\n\n{what}\n\n{subject}\n时间：{start} – {end}（{zone}）{place}\n\n{how}\n\n{me}\n{firm}\n",
    "Dear {guest},\n\n{what}\n\n{subject}\nWhen: {start} – {end} ({zone}){place}\n\n{how}\n\n{me}\n{firm}\n",
)
PLACE = Text("\n地点：{place}", "\nWhere: {place}")
ASKS = Text("{me}邀请您参加：", "{me} asks you to:")
CHANGES = Text("{me}邀请您参加的日程有变动，现在是：", "What {me} asked you to has changed. It is now:")
CANCELS = Text(
    "下面的日程已取消，或不再需要您参加：", "This was cancelled, or you are no longer asked to it:"
)
KEEPS = Text(
    "您提议的时间这次不方便，日程维持原来的时间：",
    "The time you proposed is not possible. It stays as it was:",
)
ANSWER = Text(
    "请在邮件或日历里点「接受」或「拒绝」，也可以直接回复这封邮件。",
    "Please accept or decline in your mail or calendar program, or simply answer this mail.",
)
NO_ANSWER = Text("您不需要回复。", "No answer is needed.")
ANYBODY = Text("客户", "guest")


@dataclass(frozen=True, slots=True)
class Happening:
    """What a guest is told of an event."""

    id: uuid.UUID
    subject: str
    start: datetime | None
    end: datetime | None
    place: str

    @classmethod
    def of(cls, values: Mapping[str, Any], event_id: uuid.UUID | None = None) -> Self:
        """From a record as the API shows it, or from a record's Python values and its id."""
        start, end = values.get("start_at"), values.get("end_at")
        return cls(
            event_id or uuid.UUID(str(values["id"])), str(values.get("subject") or ""),
            moment(start) if isinstance(start, str) else start, moment(end) if isinstance(end, str) else end,
            str(values.get("place") or ""),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """What a mail is about: to calendars by its method, to people by its words."""

    method: str
    title: Text
    what: Text
    how: Text


ASK = Telling("REQUEST", ASKED, ASKS, ANSWER)
CHANGE = Telling("REQUEST", CHANGED, CHANGES, ANSWER)
CANCEL = Telling("CANCEL", CANCELLED, CANCELS, NO_ANSWER)
KEEP = Telling("DECLINECOUNTER", KEPT, KEEPS, ANSWER)


def send(ctx: Ctx, row: EventGuest, event: Happening, *, name: str, telling: Telling = ASK) -> None:
    """Hand the worker the mail to one guest; nothing for an event without a start."""
    if event.start is None:
        return
    address, me = unseal(row.address), people(ctx, [row.asked_by]).get(row.asked_by, ctx.workspace.name)
    own = address_of(ctx, row.asked_by)
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    organizer = sender if settings.GUANXI_BOUNCE_MAILBOX or not own else own
    end = max(event.start, event.end or event.start + USUAL)
    said = Invited(me, organizer, name or address, address, row.sequence)
    entry = Entry(row.uid, event.start, end, event.subject, ctx.now, place=event.place)
    content = invitation(entry, said, ctx.now, method=telling.method)
    file = Attachment("invite.ics", f"text/calendar; method={telling.method}", content.encode())
    subject, body = _words(ctx, row.locale, event, end, guest=name, me=me, telling=telling)
    mail = WrittenMail(subject, body, (file,))
    enqueue(mail, address, workspace_id=ctx.workspace.id, reply_to=own or sender)


def _words(
    ctx: Ctx, locale: str, event: Happening, end: datetime, *, guest: str, me: str, telling: Telling
) -> tuple[str, str]:
    """Subject and text; times are the workspace's."""
    zone = ctx.workspace.zone
    assert event.start is not None
    start, until = event.start.astimezone(zone), end.astimezone(zone)
    values = {
        "guest": guest or ANYBODY.in_(locale), "me": me, "firm": ctx.workspace.name, "subject": event.subject,
        "start": f"{start:%Y-%m-%d %H:%M}", "zone": ctx.workspace.time_zone,
        "end": f"{until:%H:%M}" if until.date() == start.date() else f"{until:%Y-%m-%d %H:%M}",
        "place": PLACE.in_(locale, place=event.place) if event.place else "",
    }  # fmt: skip
    values["what"] = telling.what.in_(locale, me=me)
    values["how"] = telling.how.in_(locale)
    return " ".join(telling.title.in_(locale, **values).split()), BODY.in_(locale, **values)
