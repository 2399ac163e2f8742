"""The address of one's calendar feed, and what stands in it.

*How it works*: an address holds a secret of 160 random bits with the workspace in it; its hash alone is stored, and the
address is told once. A person has one: a new one ends the one before. Whoever has the address sees what its person
sees at that moment, through the read door: their events, open tasks with a date, and whom they are to be in touch with.

*Rules*: whatever is wrong with an address, the answer is the same. Somebody who may not come in any more has no feed.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from guanxi.domains.sales.follow_up.calendar.ical_rules import Entry, calendar
from guanxi.domains.sales.follow_up.models import CalendarFeed
from guanxi.engine.access import rights
from guanxi.engine.entry import gate
from guanxi.engine.identity.facade import load_actor
from guanxi.engine.identity.rules import hash_secret, make_secret, parse_secret
from guanxi.engine.records.query import RecordQuery, Sort, fetch_page
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, Via, session
from guanxi.engine.tenancy.recording import record
from guanxi.kit.errors import Forbidden, NotFound
from guanxi.kit.plain_values import moment
from guanxi.kit.text import Text

KIND = "ical"
BACK, AHEAD = 60, 400
MOST = 200
TOUCHED_EVERY = timedelta(minutes=5)
HALF_AN_HOUR = timedelta(minutes=30)
DEAD = Text("这个日历地址无效或已停用。", "This calendar address is not valid any more.")
NAME = Text("关系 · {person}", "Guanxi · {person}")
CONTACT = Text("联系 {record}", "Contact {record}")
_OPEN: dict[str, Any] = {
    "lead": {"field": "status", "op": "not_in", "value": ["converted", "disqualified"]},
    "opportunity": {"field": "status", "op": "is", "value": "open"},
}


def shown(ctx: Ctx) -> dict[str, Any]:
    """Whether the caller has a feed, since when, and when a calendar last asked for it."""
    row = _rows(ctx).first()
    return {
        "active": row is not None,
        "created_at": row and row.created_at,
        "last_used_at": row and row.last_used_at,
    }


def create(ctx: Ctx) -> dict[str, Any]:
    """A new address, told this once; the one before ends. Raises Forbidden for who may not write."""
    if ctx.actor.user_id is None or not ctx.actor.can_write:
        raise Forbidden
    _rows(ctx).delete()
    secret = make_secret(KIND, ctx.workspace.id)
    CalendarFeed.objects.create(
        workspace_id=ctx.workspace.id,
        user_id=ctx.actor.user_id,
        token_hash=hash_secret(secret),
        created_at=ctx.now,
    )
    record(ctx, "settings.changed", area="calendar", action="create")
    return shown(ctx) | {"url": f"{settings.GUANXI_PUBLIC_URL}/api/v1/public/calendars/{secret}.ics"}


def end(ctx: Ctx) -> None:
    """The address leads nowhere from now on."""
    if ctx.actor.user_id is None or not ctx.actor.can_write:
        raise Forbidden
    if _rows(ctx).delete()[0]:
        record(ctx, "settings.changed", area="calendar", action="delete")


def read(request: HttpRequest, token: str) -> str:
    """The calendar under an address; opens its own session. Raises NotFound."""
    secret = parse_secret(KIND, token.removesuffix(".ics"))
    if secret is None or secret.workspace_id is None:
        raise NotFound(DEAD)
    with session(secret.workspace_id):
        row = CalendarFeed.objects.filter(workspace_id=secret.workspace_id, token_hash=secret.hash).first()
        if row is None:
            raise NotFound(DEAD)
        try:
            workspace, actor = load_actor(secret.workspace_id, row.user_id)
            gate.check(request, secret.workspace_id, actor, by_token=True)
        except (NotFound, Forbidden):
            raise NotFound(DEAD) from None
        ctx = Ctx(workspace=workspace, actor=actor, via=Via.API, locale=workspace.locale)
        if row.last_used_at is None or ctx.now - row.last_used_at > TOUCHED_EVERY:
            CalendarFeed.objects.filter(id=row.id).update(last_used_at=ctx.now)
        name = NAME.in_(ctx.locale, person=actor.name)
        return calendar(name, workspace.time_zone, entries(ctx), ctx.now)


def entries(ctx: Ctx) -> list[Entry]:
    """What the actor has before them, within a stretch around today; at most MOST of each kind."""
    found = [_event(row) for row in _read(ctx, "event", "start_at", {})]
    found += [
        _due(row) for row in _read(ctx, "task", "due_at", {"field": "status", "op": "is", "value": "open"})
    ]
    for key in ("customer", "lead", "opportunity"):
        found += [_contact(ctx, row) for row in _read(ctx, key, "next_contact_at", _OPEN.get(key, {}))]
    return found


def _read(ctx: Ctx, key: str, field: str, tree: dict[str, Any]) -> list[dict[str, Any]]:
    obj = get_schema(ctx).find(key)
    if obj is None or not rights.can(ctx, obj, "read") or field not in rights.readable(ctx, obj):
        return []
    stretch = [
        {"field": field, "op": "after", "value": {"relative": f"-{BACK}d"}},
        {"field": field, "op": "before", "value": {"relative": f"+{AHEAD}d"}},
    ]
    mine = {"field": "owner", "op": "is", "value": "me"}
    query = RecordQuery(
        key,
        {"and": [mine, *stretch, *([tree] if tree else [])]},
        sort=(Sort(field),),
        limit=MOST,
        count=False,
    )
    return fetch_page(ctx, query).data


def _event(row: dict[str, Any]) -> Entry:
    start = _moment(row["start_at"])
    end = _moment(row["end_at"]) if row.get("end_at") else start + HALF_AN_HOUR
    return _entry(row, start, end, row["title"], place=row.get("place") or "")


def _due(row: dict[str, Any]) -> Entry:
    due = _moment(row["due_at"])
    return _entry(row, due, due + HALF_AN_HOUR, row["title"], busy=False)


def _contact(ctx: Ctx, row: dict[str, Any]) -> Entry:
    at = _moment(row["next_contact_at"])
    return _entry(row, at, at + HALF_AN_HOUR, CONTACT.in_(ctx.locale, record=row["title"]), busy=False)


def _entry(
    row: dict[str, Any], start: datetime, end: datetime, summary: str, *, place: str = "", busy: bool = True
) -> Entry:
    about = next(
        (row[key]["title"] for key in ("customer", "lead", "opportunity", "contact") if row.get(key)), ""
    )
    words = [part for part in (about, row.get("body") if isinstance(row.get("body"), str) else "") if part]
    url = f"{settings.GUANXI_PUBLIC_URL}/o/{row['object']}/{row['id']}"
    return Entry(
        f"{row['object']}-{row['id']}@guanxi", start, end, summary, _moment(row["updated_at"]),
        description="\n".join([*words, url]), place=place, url=url, busy=busy,
    )  # fmt: skip


def _moment(shown_at: str) -> datetime:
    found = moment(shown_at)
    assert found is not None
    return found


def _rows(ctx: Ctx) -> Any:
    person = ctx.actor.user_id or uuid.UUID(int=0)
    return CalendarFeed.objects.filter(workspace_id=ctx.workspace.id, user_id=person)
