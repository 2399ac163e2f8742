"""A calendar feed: only what its person sees, under an address that can be ended, as RFC 5545 wants it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.follow_up.calendar.ical_rules import Entry, calendar, folded, text
from guanxi.domains.sales.follow_up.models import CalendarFeed
from guanxi.engine.identity.models import Membership
from guanxi.engine.records import store
from tests.domains.conftest import Office
from tests.firms import Door

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)


def path(url: str) -> str:
    return url[url.index("/api/v1") :]


@pytest.fixture
def door(office: Office) -> Door:
    return office.firm.door(office.rep)


def feed(door: Door) -> str:
    answer = door.post("/follow-ups/calendar")
    assert answer.status_code == 201, answer.data
    return path(answer.data["url"])


def read(address: str) -> Any:
    return Client().get(address)


def test_a_calendar_shows_what_its_person_has_before_them_and_nothing_of_others(
    office: Office, door: Door
) -> None:
    ctx, other = office.ctx(office.rep), office.ctx(office.other)
    soon = (ctx.now + timedelta(days=2)).isoformat()
    customer = store.create(ctx, "customer", {"name": "中山恒拓, 公司; 一", "next_contact_at": soon})
    store.create(
        ctx, "event", {"subject": "看产线", "start_at": soon, "place": "小榄", "customer": customer["id"]}
    )
    store.create(ctx, "task", {"subject": "送样机", "due_at": soon})
    store.create(ctx, "task", {"subject": "没有日期的"})
    store.create(other, "event", {"subject": "别人的会", "start_at": soon})
    answer = read(feed(door))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["Cache-Control"] == "no-store"
    told = answer.content.decode().replace("\r\n ", "")
    assert "SUMMARY:看产线\r\n" in told
    assert "SUMMARY:送样机\r\n" in told
    assert "SUMMARY:联系 中山恒拓\\, 公司\\; 一\r\n" in told
    assert "LOCATION:小榄\r\n" in told
    assert "没有日期的" not in told
    assert "别人的会" not in told
    assert told.count("BEGIN:VEVENT") == 3


def test_an_address_is_told_once_kept_as_a_hash_and_ended(office: Office, door: Door) -> None:
    first = feed(door)
    row = CalendarFeed.objects.get(workspace_id=office.firm.workspace.id)
    assert row.token_hash not in first
    second = feed(door)
    assert (read(first).status_code, read(second).status_code) == (404, 200)
    shown = door.get("/follow-ups/calendar").data
    assert (shown["active"], shown["url"]) == (True, None)
    assert shown["last_used_at"] is not None
    Membership.objects.filter(user_id=office.rep.id).update(status="disabled")
    assert read(second).status_code == 404
    Membership.objects.filter(user_id=office.rep.id).update(status="active")
    assert door.delete("/follow-ups/calendar").status_code == 204
    assert read(second).status_code == 404
    for bad in ("x", "ical_" + "a" * 59, second[:-6] + "aa.ics"):
        assert read(f"/api/v1/public/calendars/{bad}" if "/" not in bad else bad).status_code == 404


def test_a_calendar_is_asked_for_only_so_often(door: Door) -> None:
    address = feed(door)
    assert {read(address).status_code for _ in range(30)} == {200, 429}


@given(st.text(max_size=200), st.text(max_size=400))
def test_lines_are_folded_and_nothing_said_becomes_a_line_of_its_own(summary: str, description: str) -> None:
    entry = Entry("x@guanxi", NOW, NOW, summary, NOW, description=description)
    told = calendar("名", "Asia/Shanghai", [entry], NOW)
    pieces = told.split("\r\n")
    assert all(len(piece.encode(errors="surrogatepass")) <= 75 for piece in pieces)
    unfolded = told.replace("\r\n ", "").split("\r\n")
    names = {line.partition(":")[0].partition(";")[0] for line in unfolded if line}
    assert names <= {"BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "X-WR-TIMEZONE", "REFRESH-INTERVAL",
                     "X-PUBLISHED-TTL", "UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "TRANSP"}  # fmt: skip
    assert "".join(piece[1:] if n else piece for n, piece in enumerate(folded(text(summary)))) == text(
        summary
    )
