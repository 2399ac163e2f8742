"""Server-sent events: who hears what, for how long, and what it costs the others."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from guanxi.engine.identity.facade import list_tokens, revoke_token
from guanxi.engine.identity.models import Membership, User
from guanxi.engine.notifications.facade import notify
from guanxi.engine.records.store.telling import announce, tell
from guanxi.engine.tenancy import owner_connection
from guanxi.engine.tenancy.context import session
from guanxi.kit.text import Text
from guanxi.web import event_hub, stream
from tests.firms import Door, Firm
from tests.web.event_screens import Screen, listeners

pytestmark = pytest.mark.django_db(transaction=True)


def together(work: Callable[[], Awaitable[None]]) -> None:
    """Run a story of several screens on one event loop."""

    async def bounded() -> None:
        await asyncio.wait_for(work(), 60)

    asyncio.run(bounded())
    # A check that is still at work would meet the emptying of the tables.
    for done in [stream.checkers.submit(time.sleep, 0.01) for _ in range(4)]:
        done.result()


@sync_to_async
def in_firm(firm: Firm, do: Callable[[], Any]) -> None:
    """Do something in the firm and commit it, as another request would."""
    try:
        with session(firm.workspace.id):
            do()
    finally:
        connection.close()


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Heartbeats and checks within moments."""
    monkeypatch.setattr(stream, "HEARTBEAT_SECONDS", 0.1)
    monkeypatch.setattr(stream, "CHECK_AFTER_SECONDS", 0.2)


# ---- who is let in


def test_a_stream_is_opened_by_session_or_token(firm: Firm) -> None:
    token, key = firm.token(), firm.door().session_key

    async def story() -> None:
        async with Screen(token=token) as program, Screen(session=key) as browser:
            for screen in (program, browser):
                assert screen.status == 200
                assert screen.headers["content-type"] == "text/event-stream"
                assert screen.headers["cache-control"] == "no-store"
                assert screen.text.startswith("retry: ")

    together(story)


def test_nobody_else_is_let_in_and_nothing_but_get(firm: Firm) -> None:
    token = firm.token()

    async def story() -> None:
        for screen, status in (
            (Screen(), 401),
            (Screen(token="gx_nonsense"), 401),
            (Screen(session="x" * 32), 401),
            (Screen(token=token, method="POST"), 405),
        ):
            async with screen:
                assert screen.status == status
                assert '"code"' in screen.text

    together(story)


def test_one_person_has_so_many_streams_and_no_more(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_hub, "MOST_PER_PERSON", 2)
    own, other = firm.token(), firm.token(firm.add("小陈"))

    async def story() -> None:
        screens = Screen(token=own), Screen(token=own), Screen(token=own), Screen(token=other)
        async with screens[0], screens[1], screens[2] as third, screens[3] as somebody:
            assert third.status == 429
            assert third.headers["retry-after"]
            assert somebody.status == 200
        async with Screen(token=own) as later:
            assert later.status == 200

    together(story)


def test_a_process_has_so_many_streams_and_no_more(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(event_hub, "MOST_PER_PROCESS", 1)
    token = firm.token()

    async def story() -> None:
        async with Screen(token=token), Screen(token=token) as second:
            assert second.status == 503

    together(story)


# ---- who hears what


def test_everybody_of_a_workspace_hears_of_its_records_and_nobody_else(firm: Firm, other_firm: Firm) -> None:
    tokens = [firm.token(), firm.token(firm.add("小陈")), other_firm.token()]

    async def story() -> None:
        async with (
            Screen(token=tokens[0]) as boss,
            Screen(token=tokens[1]) as rep,
            Screen(token=tokens[2]) as foreign,
        ):
            await in_firm(firm, lambda: announce(firm.ctx, "customer"))
            await in_firm(other_firm, lambda: announce(other_firm.ctx, "lead"))
            for screen, events in ((boss, ["customer"]), (rep, ["customer"]), (foreign, ["lead"])):
                await screen.shows("event: records")
                assert screen.events == [f'records {{"object":"{key}"}}' for key in events]

    together(story)


def test_a_notice_reaches_its_reader_alone(firm: Firm) -> None:
    rep = firm.add("林悦")
    tokens = firm.token(), firm.token(rep)

    async def story() -> None:
        async with Screen(token=tokens[0]) as boss, Screen(token=tokens[1]) as reader:
            await in_firm(firm, lambda: notify(firm.ctx, [rep.id], "system.hello", Text("嗨", "Hi")))
            await in_firm(firm, lambda: announce(firm.ctx, "customer"))
            await boss.shows("records")
            await reader.shows("records")
            assert [event.split()[0] for event in boss.events] == ["records"]
            assert [event.split()[0] for event in reader.events] == ["notification", "records"]
            assert '"kind":"system.hello"' in reader.events[0].replace(" : ", ":").replace('" :', '":')

    together(story)


def test_what_is_rolled_back_is_not_heard_of(firm: Firm) -> None:
    token = firm.token()

    def fail() -> None:
        announce(firm.ctx, "lead")
        raise ValueError("changed my mind")

    async def story() -> None:
        async with Screen(token=token) as screen:
            with pytest.raises(ValueError, match="changed"):
                await in_firm(firm, fail)
            await in_firm(firm, lambda: announce(firm.ctx, "customer"))
            await screen.shows("records")
            assert screen.events == ['records {"object":"customer"}']

    together(story)


def test_a_change_through_the_api_is_heard_of(firm: Firm) -> None:
    token = firm.token()

    async def story() -> None:
        async with Screen(token=token) as screen:
            door = Door(token)
            made = await sync_to_async(door.post)("/customer", {"name": "中山公司"})
            assert made.status_code == 201
            await screen.shows('records\ndata: {"object":"customer"}')
            await sync_to_async(door.post)("/meta/objects", {"key": "co_visit", "label": "拜访"})
            await screen.shows("event: schema")

    together(story)


def test_a_message_that_cannot_be_read_harms_nobody(firm: Firm) -> None:
    token = firm.token()
    wrong = [b"{", b"[]", b"{}", b'{"workspace": 7, "event": "a b"}', b'{"workspace": "x", "event": null}']

    async def story() -> None:
        async with Screen(token=token) as screen:
            for payload in wrong:
                event_hub.get_hub().deliver(payload.decode())
            await in_firm(firm, lambda: announce(firm.ctx, "customer"))
            await screen.shows("records")
            assert len(screen.events) == 1

    together(story)


# ---- slow readers, heartbeats, lost connections


def test_equal_events_wait_as_one_and_progress_shows_its_latest(firm: Firm) -> None:
    token = firm.token()

    def work() -> None:
        for number in range(300):
            announce(firm.ctx, "customer")
            progress = {"id": "i-1", "done": number}
            message = {
                "workspace": firm.workspace.id,
                "user": firm.admin.id,
                "event": "import",
                "data": progress,
            }
            tell(message)

    async def story() -> None:
        async with Screen(token=token) as screen:
            screen.may_send.clear()
            await in_firm(firm, lambda: announce(firm.ctx, "lead"))
            await in_firm(firm, work)
            await in_firm(firm, lambda: announce(firm.ctx, "task"))
            await asyncio.sleep(0.5)
            screen.may_send.set()
            await screen.shows("task")
            kinds = [event.split()[0] for event in screen.events]
            assert kinds.count("records") <= 4
            assert kinds.count("import") <= 2
            assert '"done":299' in screen.text

    together(story)


def test_whoever_reads_too_slowly_starts_afresh(firm: Firm) -> None:
    token = firm.token()

    def flood() -> None:
        for number in range(event_hub.MOST_WAITING + 50):
            tell({"workspace": firm.workspace.id, "event": "notification", "data": {"id": number}})

    async def story() -> None:
        async with Screen(token=token) as slow, Screen(token=token) as other:
            slow.may_send.clear()
            await in_firm(firm, lambda: announce(firm.ctx, "lead"))
            await other.shows("records")
            await in_firm(firm, flood)
            await asyncio.sleep(0.5)
            slow.may_send.set()
            await slow.ends()
            assert slow.events[-1] == "reset {}"
            assert len(slow.events) < 5

    together(story)


@pytest.mark.usefixtures("quick")
def test_silence_is_filled_with_comments(firm: Firm) -> None:
    token = firm.token()

    async def story() -> None:
        async with Screen(token=token) as screen:
            await screen.until(lambda: screen.text.count(": still here") >= 3)
            assert screen.events == []

    together(story)


def test_a_lost_connection_is_made_again_and_everybody_told(firm: Firm) -> None:
    token = firm.token()

    def cut() -> None:
        with owner_connection() as owner:
            assert [owner.execute("SELECT pg_terminate_backend(%s)", [pid]) for pid in listeners(owner)]

    async def story() -> None:
        async with Screen(token=token) as screen, Screen(token=token) as second:
            await asyncio.to_thread(cut)
            for each in (screen, second):
                await each.ends()
                assert each.events == ["reset {}"]
        async with Screen(token=token) as again:
            await in_firm(firm, lambda: announce(firm.ctx, "customer"))
            await again.shows("records")

    together(story)


def test_when_the_last_has_left_nobody_listens(firm: Firm) -> None:
    token = firm.token()

    async def story() -> None:
        with owner_connection() as owner:
            async with Screen(token=token), Screen(token=token):
                assert len(listeners(owner)) == 1
            for _ in range(50):
                if not listeners(owner):
                    break
                await asyncio.sleep(0.1)
            assert listeners(owner) == []

    together(story)


# ---- the right to listen ends


def sign_out(firm: Firm, user: User) -> None:
    Session.objects.all().delete()


def change_password(firm: Firm, user: User) -> None:
    user.set_password("another 青山 2026")
    user.save()


def disable(firm: Firm, user: User) -> None:
    Membership.objects.filter(user=user).update(status="disabled")


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("how", [sign_out, change_password, disable])
def test_a_session_that_is_over_ends_its_stream(firm: Firm, how: Callable[[Firm, User], None]) -> None:
    rep = firm.add("林悦")
    key = firm.door(rep).session_key
    boss = firm.token()

    async def story() -> None:
        async with Screen(session=key) as screen, Screen(token=boss) as other:
            await screen.until(lambda: screen.text.count(": still here") >= 8)
            await in_firm(firm, lambda: how(firm, rep))
            await screen.ends()
            assert other.status == 200
            count = other.text.count(": still here")
            await other.until(lambda: other.text.count(": still here") > count + 3)

    together(story)


@pytest.mark.usefixtures("quick")
def test_a_revoked_or_expired_token_ends_its_stream(firm: Firm) -> None:
    revoked, expiring = firm.token(), firm.token(expires_at=timezone.now() + timedelta(seconds=4))

    def revoke() -> None:
        for token in list_tokens(firm.ctx, firm.admin.id):
            if token.expires_at is None:
                revoke_token(firm.ctx, token.id, user_id=firm.admin.id)

    async def story() -> None:
        async with Screen(token=revoked) as first, Screen(token=expiring) as second:
            assert (first.status, second.status) == (200, 200)
            await in_firm(firm, revoke)
            await first.ends()
            await second.ends()

    together(story)


@pytest.mark.usefixtures("quick")
def test_working_in_another_workspace_ends_the_stream_of_the_first(firm: Firm, other_firm: Firm) -> None:
    with session(other_firm.workspace.id):
        Membership.objects.filter(user=other_firm.admin).update(user=firm.admin)
    door = firm.door()
    assert door.get("/me").status_code == 200

    async def story() -> None:
        async with Screen(session=door.session_key) as screen:
            switch = {"workspace": str(other_firm.workspace.id)}
            assert (await sync_to_async(door.post)("/me/workspace", switch)).status_code == 200
            await screen.ends()

    together(story)
