"""One database connection per web process that listens, and the open screens it tells.

*How it works*: the write door and others send PostgreSQL notifications with their commits
(`records/store/telling.py`). `EventHub` LISTENs on a connection of its own and hands each message to the
subscribers of its workspace (of its person, where it names one). A subscriber's events wait in a bounded
line in which equal ones are one: a thousand changes of customers are one `records` event until it is sent.

*Rules*: whoever may have missed something is told to start afresh (`reset`) and let go: when the
connection was lost, and when they read too slowly. A message carries no content of records, so nothing
here decides on rights beyond workspace and person. A hub lives on one event loop.

*See*: stream.py.
"""

import asyncio
import logging
import re
import signal
import threading
import uuid
import weakref
from collections import Counter, OrderedDict
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection

from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.telling import CHANNEL, STANDING
from guanxi.kit import jsons
from guanxi.kit.errors import Problem, TooMany
from guanxi.kit.text import Text

log = logging.getLogger("guanxi.web")

MOST_WAITING = 100
MOST_PER_PERSON = 10
MOST_PER_PROCESS = 160
"""Below the number of requests that the server works on at once (config/serving.py)."""
FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0
CHECK_SECONDS = 60.0
READY_SECONDS = 3.0
RESET = b"event: reset\ndata: {}\n\n"

_EVENT = re.compile(r"^[a-z_]{1,40}$")
# A network that goes away without a word is noticed within a minute; sockets on this machine ignore these.
_KEEPALIVE = {"keepalives": 1, "keepalives_idle": 20, "keepalives_interval": 10, "keepalives_count": 3}

_FULL = Text("打开的实时连接太多，请稍后再试。", "Too many live connections are open. Try again later.")


class Subscriber:
    """One open stream: what it has not been sent yet."""

    def __init__(self, workspace_id: uuid.UUID, user_id: uuid.UUID | None) -> None:
        self.workspace = str(workspace_id)
        self.user = str(user_id)
        self.is_over = False
        self.checks_due = 0
        self._waiting: OrderedDict[object, bytes] = OrderedDict()
        self._wake = asyncio.Event()

    def offer(self, event: str, data: Any) -> None:
        """Put an event in line, in the place of an earlier one that it makes superfluous."""
        if self.is_over:
            return
        key = _same_as(event, data)
        self._waiting[key] = f"event: {event}\ndata: ".encode() + jsons.dumps(data) + b"\n\n"
        self._waiting.move_to_end(key)
        if len(self._waiting) > MOST_WAITING:
            self.end(reset=True)
        self._wake.set()

    def doubt(self) -> None:
        """Have it looked at whether they may still listen; twice, for what happens right after being told."""
        self.checks_due = 2
        self._wake.set()

    def end(self, *, reset: bool) -> None:
        """Let the stream end; with `reset`, what it had not been sent yet is replaced by that."""
        self.is_over = True
        if reset:
            self._waiting.clear()
            self._waiting[object()] = RESET
        self._wake.set()

    async def next(self, seconds: float) -> bytes:
        """What is in line, as soon as there is something; nothing when the time is over or it has ended."""
        if not self._waiting and not self.is_over:
            try:
                await asyncio.wait_for(self._wake.wait(), seconds)
            except TimeoutError:
                return b""
        self._wake.clear()
        text = b"".join(self._waiting.values())
        self._waiting.clear()
        return text


def _same_as(event: str, data: Any) -> object:
    """What two events have in common when the later one says all that the earlier one said."""
    if event == "schema":
        return event
    if isinstance(data, dict):
        if event == "records":
            return event, data.get("object")
        if event in ("import", "export"):
            return event, data.get("id")
    return object()


class EventHub:
    """The listener of one process and its subscribers."""

    def __init__(self, login: Callable[[], dict[str, Any]]) -> None:
        self._login = login
        self._subscribers: set[Subscriber] = set()
        self._ready = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._is_closed = False

    def require_room(self, ctx: Ctx) -> None:
        """Raise TooMany or a 503 when one more stream is one too many."""
        people = Counter(subscriber.user for subscriber in self._subscribers)
        if people[str(ctx.actor.user_id)] >= MOST_PER_PERSON:
            raise TooMany(_FULL, extra={"retry_after": 60})
        if self._is_closed or len(self._subscribers) >= MOST_PER_PROCESS:
            raise Problem(_FULL, status=503, code="too_many_streams", extra={"retry_after": 60})

    async def join(self, ctx: Ctx) -> Subscriber:
        """A new subscriber; events from now on reach it."""
        subscriber = Subscriber(ctx.workspace.id, ctx.actor.user_id)
        self._subscribers.add(subscriber)
        if self._is_closed:
            subscriber.end(reset=False)
        elif self._task is None or self._task.done():
            self._task = asyncio.create_task(self._listen())
        try:
            await asyncio.wait_for(self._ready.wait(), READY_SECONDS)
        except TimeoutError:
            log.warning("An event stream was opened while the database cannot be listened to")
        except asyncio.CancelledError:
            self.leave(subscriber)
            raise
        return subscriber

    def leave(self, subscriber: Subscriber) -> None:
        """The stream is over; when it was the last, nobody listens any more."""
        self._subscribers.discard(subscriber)
        if not self._subscribers and self._task is not None:
            self._task.cancel()
            self._task = None
            self._ready.clear()

    def close(self) -> None:
        """The process ends: every stream ends now."""
        self._is_closed = True
        self._ready.set()
        for subscriber in self._subscribers:
            subscriber.end(reset=False)

    def deliver(self, payload: str) -> None:
        """Hand a message to whom it is for; what is no message of ours is logged and dropped."""
        try:
            message = jsons.loads(payload)
            workspace, event = message["workspace"], message["event"]
            user, data = message.get("user"), message.get("data")
            if not _EVENT.match(event):
                raise ValueError(event)
        except (ValueError, KeyError, TypeError, AttributeError):
            log.warning("A notification of the database could not be read")
            return
        for subscriber in list(self._subscribers):
            if event == STANDING:
                if workspace in (None, subscriber.workspace) and user in (None, subscriber.user):
                    subscriber.doubt()
            elif subscriber.workspace == workspace and user in (None, subscriber.user):
                subscriber.offer(event, data)

    async def _listen(self) -> None:
        delay = FIRST_DELAY
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    **self._login(), autocommit=True
                ) as listener:
                    await listener.execute(f"LISTEN {CHANNEL}")
                    delay = FIRST_DELAY
                    self._ready.set()
                    await self._hear(listener)
            except (psycopg.Error, OSError) as error:
                log.warning("The connection for events was lost: %s", type(error).__name__)
            self._ready.clear()
            for subscriber in self._subscribers:
                subscriber.end(reset=True)
            await asyncio.sleep(delay)
            delay = min(delay * 2, LONGEST_DELAY)

    async def _hear(self, listener: psycopg.AsyncConnection[Any]) -> None:
        while True:
            async for notice in listener.notifies(timeout=CHECK_SECONDS):
                self.deliver(notice.payload)
            await listener.execute("SELECT 1")


_hubs: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, EventHub]" = weakref.WeakKeyDictionary()


def get_hub() -> EventHub:
    """The hub of the running event loop, which ends with the process."""
    loop = asyncio.get_running_loop()
    hub = _hubs.get(loop)
    if hub is None:
        hub = _hubs[loop] = EventHub(_django_login)
        if threading.current_thread() is threading.main_thread():
            _close_on_signal(hub, loop)
    return hub


def _django_login() -> dict[str, Any]:
    """The login that Django uses in this process: the restricted role's."""
    given = connection.get_connection_params()
    return {
        name: value for name, value in given.items() if name not in ("cursor_factory", "context")
    } | _KEEPALIVE


def _close_on_signal(hub: EventHub, loop: asyncio.AbstractEventLoop) -> None:
    """Streams would hold up the end of the process: end them first, then let the server's handler go on."""
    before = signal.getsignal(signal.SIGTERM)
    if not callable(before):
        return

    def handler(signum: int, frame: Any) -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(hub.close)
        before(signum, frame)

    signal.signal(signal.SIGTERM, handler)
