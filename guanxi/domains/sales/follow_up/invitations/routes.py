"""`/follow-ups/events/{id}/guests`: who is asked to an event, and what they answered."""

import uuid
from datetime import datetime
from typing import Any, Literal

from ninja import Router, Schema, Status

from guanxi.domains.sales.follow_up.invitations import guests
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Follow-up"])
MAILS_A_MINUTE = 40


class ProposedTime(Schema):
    """Another time that a guest would rather have; without an end the event lasts as long as it did."""

    start_at: datetime
    end_at: datetime | None


class Guest(Schema):
    """Somebody who was asked; without name and record where the caller does not see who it is."""

    id: uuid.UUID
    object: str
    record_id: uuid.UUID | None
    name: str | None
    state: Literal["asked", "accepted", "tentative", "declined", "withdrawn"]
    asked_at: datetime
    answered_at: datetime | None
    proposal: ProposedTime | None


class KnownGuest(Schema):
    """Somebody who can be asked."""

    object: str
    id: uuid.UUID
    name: str


class GuestList(Schema):
    """The guests of an event, who else of the customer can be asked, and whether answers come back by themselves."""

    data: list[Guest]
    known: list[KnownGuest]
    may_ask: bool
    answers_come_back: bool


class GuestChoice(Schema):
    """A contact, customer or lead of the event, or a colleague (`user`)."""

    object: str
    id: uuid.UUID


class ProposalAnswer(Schema):
    """Whether the event moves to the time that was proposed."""

    answer: Literal["accepted", "declined"]


class GuestsWanted(Schema):
    """Whom to ask."""

    to: list[GuestChoice]


@router.get(
    "/follow-ups/events/{event_id}/guests",
    response=GuestList,
    operation_id="event_guests",
    summary="Guests of an event",
)
def get_guests(request: ApiRequest, event_id: uuid.UUID) -> dict[str, Any]:
    """Whom the event's reader sees by name; nothing is sent."""
    return guests.listed(request.ctx, event_id)


@router.post(
    "/follow-ups/events/{event_id}/guests",
    response={201: GuestList},
    operation_id="event_guests_ask",
    summary="Ask people to an event",
)
def post_guests(request: ApiRequest, event_id: uuid.UUID, body: GuestsWanted) -> Status[dict[str, Any]]:
    """Mails each an invitation for their calendar; who was asked before is asked again."""
    checks.count(f"guests:{request.ctx.actor.user_id}", MAILS_A_MINUTE)
    wanted = [{"object": each.object, "id": str(each.id)} for each in body.to]
    return Status(201, guests.ask(request.ctx, event_id, wanted))


@router.delete(
    "/follow-ups/events/{event_id}/guests/{guest_id}",
    response={204: None},
    operation_id="event_guests_withdraw",
    summary="Ask somebody no more",
)
def delete_guest(request: ApiRequest, event_id: uuid.UUID, guest_id: uuid.UUID) -> Status[None]:
    """Tells them by mail where the event is still to come."""
    guests.withdraw(request.ctx, event_id, guest_id)
    return Status(204, None)


@router.post(
    "/follow-ups/events/{event_id}/guests/{guest_id}/proposal",
    response=GuestList,
    operation_id="event_guests_proposal",
    summary="Answer another time that was proposed",
)
def post_proposal(
    request: ApiRequest, event_id: uuid.UUID, guest_id: uuid.UUID, body: ProposalAnswer
) -> dict[str, Any]:
    """Accepted: the event moves there and everybody is asked anew. Declined: the guest is told by mail that it stays."""
    checks.count(f"guests:{request.ctx.actor.user_id}", MAILS_A_MINUTE)
    return guests.answer_proposal(request.ctx, event_id, guest_id, accepted=body.answer == "accepted")
