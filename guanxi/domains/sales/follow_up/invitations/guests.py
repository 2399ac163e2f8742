"""Who is asked to an event: people the firm knows there, and colleagues; and what they answered.

*How it works*: each guest gets a mail of their own with an invitation that calendars understand (sending.py). What
they answer comes back into the sender's mailbox (replies.py); where the installation reads none, it goes to the person
who asked, and the state stays as it is.

*Rules*: only records that the one who asks sees with their address, and who may change the event. The mail tells
subject, time and place, never what was written down about the event. The address is kept sealed; names are read
anew each time, by the rights of who looks. What has begun is asked to no more.

*See*: docs/adr/0095-invitations-to-events.md.
"""

import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings

from guanxi.domains.customers.facade import addressees
from guanxi.domains.sales.follow_up.invitations.names import COLLEAGUE, names_of
from guanxi.domains.sales.follow_up.invitations.sending import CANCEL, KEEP, Happening, send
from guanxi.domains.sales.follow_up.models import EventGuest
from guanxi.domains.sales.papers.states import locked_row
from guanxi.engine.access import rights
from guanxi.engine.identity.facade import address_of, people
from guanxi.engine.identity.sealing import seal
from guanxi.engine.records import store
from guanxi.engine.records.beside import stored_values
from guanxi.engine.records.query.read import find_record, get_record
from guanxi.engine.schema.field_types.email import checked_email
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Conflict, FieldError, Forbidden, Invalid, NotFound
from guanxi.kit.text import Text

EVENT = "event"
MAX_TO, MAX_GUESTS = 20, 100
NOBODY = Text("请选择邀请谁，一次最多 {max} 位。", "Choose whom to ask, at most {max} at once.")
STRANGER = Text(
    "只能邀请同事，以及这个客户、联系人或线索里登记了邮箱的人。",
    "Only colleagues can be asked, and those of this customer, contact or lead whose address is known.",
)
TOO_MANY = Text("一个日程最多邀请 {max} 位。", "At most {max} people can be asked to an event.")
PASSED = Text("提议的时间已经过去。", "The time that was proposed has passed.")
BEGUN = Text("日程已经开始，不能再邀请。", "The event has begun: nobody can be asked to it any more.")


def listed(ctx: Ctx, event_id: uuid.UUID) -> dict[str, Any]:
    """`{"data": guests, "known": who can be asked, "may_ask", "answers_come_back"}`; raises NotFound."""
    event = get_record(ctx, EVENT, event_id)
    rows = list(EventGuest.objects.filter(workspace_id=ctx.workspace.id, event_id=event_id).order_by("id"))
    names = names_of(ctx, rows)
    may = _may_ask(ctx, event_id)
    asked = {row.record_id for row in rows if row.state != "withdrawn"}
    known = _known(ctx, event) if may else {}
    return {
        "data": [
            {"id": row.id, "object": row.object_key, "name": names.get(row.record_id), "state": row.state,
             "record_id": row.record_id if row.record_id in names else None, "asked_at": row.asked_at,
             "answered_at": row.answered_at,
             "proposal": {"start_at": row.proposed_start, "end_at": row.proposed_end} if row.proposed_start else None}
            for row in rows
        ],
        "known": [{"object": key, "id": i, "name": name} for (key, i), (name, _) in known.items() if i not in asked],
        "may_ask": may and _is_ahead(ctx, event),
        "answers_come_back": bool(settings.GUANXI_BOUNCE_MAILBOX),
    }  # fmt: skip


def ask(ctx: Ctx, event_id: uuid.UUID, wanted: Any) -> dict[str, Any]:
    """Mail an invitation to `wanted` ([{"object", "id"}]); gives `listed`. Raises NotFound, Forbidden, Conflict, Invalid."""
    event = get_record(ctx, EVENT, event_id)
    locked_row(ctx, get_object(ctx, EVENT), event_id)
    if not _is_ahead(ctx, event):
        raise Conflict(BEGUN, code="has_begun")
    if ctx.actor.user_id is None:
        raise Forbidden
    chosen = _read(ctx, event, wanted)
    held = {
        (row.object_key, row.record_id): row
        for row in EventGuest.objects.filter(workspace_id=ctx.workspace.id, event_id=event_id)
    }
    if len(held.keys() | chosen.keys()) > MAX_GUESTS:
        raise Invalid(errors=[FieldError("to", "too_many", TOO_MANY, {"max": MAX_GUESTS})])
    happening = Happening.of(event)
    for (key, record_id), (name, address) in chosen.items():
        row = held.get((key, record_id)) or EventGuest(
            workspace_id=ctx.workspace.id, event_id=event_id, object_key=key, record_id=record_id,
            uid=f"gx-{ctx.workspace.id.hex}-{secrets.token_hex(20)}@guanxi", sequence=-1,
        )  # fmt: skip
        row.address, row.locale = seal(address), ctx.locale
        row.state, row.sequence, row.answered_at = "asked", row.sequence + 1, None
        row.asked_by, row.asked_at = ctx.actor.user_id, ctx.now
        row.proposed_start = row.proposed_end = None
        row.save()
        send(ctx, row, happening, name=name)
    record(ctx, "event.invited", object_key=EVENT, record_id=event_id, count=len(chosen))
    return listed(ctx, event_id)


def withdraw(ctx: Ctx, event_id: uuid.UUID, guest_id: uuid.UUID) -> None:
    """Ask somebody no more, and tell them where the event is still to come; raises NotFound, Forbidden."""
    event = get_record(ctx, EVENT, event_id)
    locked_row(ctx, get_object(ctx, EVENT), event_id)
    rows = EventGuest.objects.filter(workspace_id=ctx.workspace.id, event_id=event_id, id=guest_id)
    row = rows.exclude(state="withdrawn").first()
    if row is None:
        raise NotFound
    row.state, row.sequence = "withdrawn", row.sequence + 1
    row.proposed_start = row.proposed_end = None
    row.save(update_fields=["state", "sequence", "proposed_start", "proposed_end"])
    if _is_ahead(ctx, event):
        send(ctx, row, Happening.of(event), name=names_of(ctx, [row]).get(row.record_id, ""), telling=CANCEL)
    record(ctx, "event.uninvited", object_key=EVENT, record_id=event_id, guest=row.id)


def answer_proposal(ctx: Ctx, event_id: uuid.UUID, guest_id: uuid.UUID, *, accepted: bool) -> dict[str, Any]:
    """Move the event to the time that a guest proposed, or tell them that it stays; gives `listed`.

    Everybody who is asked is told of the move, as of any. Raises NotFound, Forbidden, Conflict, Invalid.
    """
    event = get_record(ctx, EVENT, event_id)
    locked_row(ctx, get_object(ctx, EVENT), event_id)
    rows = EventGuest.objects.filter(workspace_id=ctx.workspace.id, event_id=event_id, id=guest_id)
    row = rows.exclude(proposed_start=None).exclude(state="withdrawn").select_for_update().first()
    if row is None:
        raise NotFound
    if ctx.actor.user_id is None:
        raise Forbidden
    start, end = row.proposed_start, row.proposed_end
    if accepted:
        if start is None or start <= ctx.now:
            raise Conflict(PASSED, code="passed")
        store.update(ctx, EVENT, event_id, {"start_at": start, "end_at": end or _later(event, start)})
    elif _is_ahead(ctx, event):
        send(ctx, row, Happening.of(event), name=names_of(ctx, [row]).get(row.record_id, ""), telling=KEEP)
    rows.update(proposed_start=None, proposed_end=None)
    answer = "accepted" if accepted else "declined"
    record(ctx, "event.proposal", object_key=EVENT, record_id=event_id, guest=row.id, answer=answer)
    return listed(ctx, event_id)


def _later(event: Mapping[str, Any], start: datetime) -> datetime | None:
    """The end of an event that lasts as long as it did, from another start on."""
    before = Happening.of(event)
    return start + (before.end - before.start) if before.start and before.end else None


def _read(ctx: Ctx, event: Mapping[str, Any], wanted: Any) -> dict[tuple[str, uuid.UUID], tuple[str, str]]:
    """Whom is meant, with name and address; a colleague by their account."""
    given = wanted if isinstance(wanted, list) else []
    if not 1 <= len(given) <= MAX_TO:
        raise Invalid(errors=[FieldError("to", "required", NOBODY, {"max": MAX_TO})])
    known = _known(ctx, event)
    chosen: dict[tuple[str, uuid.UUID], tuple[str, str]] = {}
    errors = []
    for n, each in enumerate(given):
        key = _key(each)
        if key is not None and key[0] == COLLEAGUE:
            name, address = people(ctx, [key[1]]).get(key[1], ""), address_of(ctx, key[1])
            found = (name, address) if name and address else None
        else:
            found = known.get(key) if key else None
        if key is None or found is None:
            errors.append(FieldError(f"to.{n}", "not_known", STRANGER))
        else:
            chosen[key] = found
    if errors:
        raise Invalid(errors=errors)
    return chosen


def _key(each: Any) -> tuple[str, uuid.UUID] | None:
    try:
        return str(each["object"]), uuid.UUID(each["id"])
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def _known(ctx: Ctx, event: Mapping[str, Any]) -> dict[tuple[str, uuid.UUID], tuple[str, str]]:
    """Who can be asked besides colleagues, with name and address, by object and id."""
    found = addressees(ctx, event.get("customer"), event.get("contact"))
    known = {(each.object, each.id): (each.name, each.email) for each in found}
    lead = event.get("lead")
    leads = get_schema(ctx).find("lead")
    if (
        lead
        and leads is not None
        and rights.can(ctx, leads, "read")
        and "email" in rights.readable(ctx, leads)
    ):
        row = find_record(ctx, "lead", uuid.UUID(lead["id"]))
        address = checked_email(str((row or {}).get("email") or ""))
        if row and address:
            known["lead", uuid.UUID(row["id"])] = (row["title"], address)
    return known


def _may_ask(ctx: Ctx, event_id: uuid.UUID) -> bool:
    may_edit, _ = stored_values(ctx, get_object(ctx, EVENT), [event_id], []).get(event_id, (False, []))
    return may_edit and ctx.actor.can_write and ctx.actor.user_id is not None


def _is_ahead(ctx: Ctx, event: Mapping[str, Any]) -> bool:
    start = Happening.of(event).start
    return start is not None and start > ctx.now
