"""`/follow-ups/calendar`: one's own feed; `/public/calendars`: what a calendar reads under its address."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status

from guanxi.domains.sales.follow_up.calendar import feeds
from guanxi.engine.identity.rules import hash_secret
from guanxi.engine.records.routes.records import checks
from guanxi.engine.tenancy.requests import ApiRequest

router = Router(tags=["Follow-up"])
READS_A_MINUTE = 20


class CalendarFeedState(Schema):
    """One's calendar feed; its address is told when it is made, and never again."""

    active: bool
    created_at: datetime | None
    last_used_at: datetime | None
    url: str | None = None


@router.get(
    "/follow-ups/calendar",
    response=CalendarFeedState,
    operation_id="calendar_feed",
    summary="One's calendar feed",
)
def get_feed(request: ApiRequest) -> dict[str, Any]:
    """Whether there is one, and when a calendar last asked for it."""
    return feeds.shown(request.ctx)


@router.post(
    "/follow-ups/calendar",
    response={201: CalendarFeedState},
    operation_id="calendar_feed_create",
    summary="Make a calendar feed",
)
def post_feed(request: ApiRequest) -> Status[dict[str, Any]]:
    """A new address; the one before ends."""
    return Status(201, feeds.create(request.ctx))


@router.delete(
    "/follow-ups/calendar",
    response={204: None},
    operation_id="calendar_feed_end",
    summary="End the calendar feed",
)
def delete_feed(request: ApiRequest) -> Status[None]:
    """The address leads nowhere from now on."""
    feeds.end(request.ctx)
    return Status(204, None)


@router.get(
    "/public/calendars/{token}", operation_id="public_calendar", summary="A calendar, for calendar programs"
)
def read_feed(request: HttpRequest, token: str) -> HttpResponse:
    """iCalendar (RFC 5545); 404 alike for every dead address."""
    checks.count(f"calendar:{hash_secret(token)}", READS_A_MINUTE)
    response = HttpResponse(feeds.read(request, token), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Content-Disposition"] = 'inline; filename="guanxi.ics"'
    return response
