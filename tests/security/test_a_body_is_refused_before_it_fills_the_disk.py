"""Bodies are counted while they arrive: what is too large is refused before it is written anywhere."""

import asyncio
import json
from typing import Any

import pytest

from guanxi.web.body_limit import FORM_BYTES, LARGE_AT_ONCE, MEGABYTE, BodyLimit, Message, Receive, Send

BLOCK = b"x" * MEGABYTE


class Wire:
    """A client that sends blocks for as long as it is asked for more, and what it is told."""

    def __init__(self, path: str, *, blocks: int, declared: int | None = None) -> None:
        headers = [(b"accept-language", b"en")]
        if declared is not None:
            headers.append((b"content-length", str(declared).encode()))
        self.scope: dict[str, Any] = {"type": "http", "path": path, "headers": headers}
        self.left, self.sent = blocks, 0
        self.status = 0
        self.body = b""

    async def receive(self) -> Message:
        await asyncio.sleep(0)
        self.sent, self.left = self.sent + 1, self.left - 1
        return {"type": "http.request", "body": BLOCK, "more_body": self.left > 0}

    async def send(self, message: Message) -> None:
        self.status = message.get("status", self.status)
        self.body += message.get("body", b"")

    @property
    def code(self) -> Any:
        return json.loads(self.body)["code"]


async def _reading(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Like Django: the whole body first."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})


def _run(*wires: Wire) -> None:
    async def together() -> None:
        limited = BodyLimit(_reading)
        await asyncio.gather(*(limited(wire.scope, wire.receive, wire.send) for wire in wires))

    asyncio.run(together())


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/customer", "/api/v1/files/x", "/_allauth/browser/v1/auth/login"]
)
def test_a_body_that_does_not_end_is_cut_off(path: str, settings: Any) -> None:
    wire = Wire(path, blocks=100_000)
    _run(wire)
    assert (wire.status, wire.code) == (413, "too_large")
    assert wire.sent <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE + 1


def test_a_declared_length_beyond_the_limit_is_refused_unread() -> None:
    wire = Wire("/api/v1/customer", blocks=1, declared=99_999_999_999)
    _run(wire)
    assert (wire.status, wire.sent) == (413, 0)


def test_uploads_have_limits_of_their_own(settings: Any) -> None:
    settings.GUANXI_MAX_FILE_MB = 30
    fits, beyond = Wire("/api/v1/files", blocks=30), Wire("/api/v1/files", blocks=31 + FORM_BYTES // MEGABYTE)
    table = Wire("/api/v1/imports", blocks=40)
    _run(fits, beyond, table)
    assert (fits.status, beyond.status, table.status) == (200, 413, 200)


def test_only_a_few_large_uploads_are_taken_at_a_time() -> None:
    wires = [Wire("/api/v1/imports", blocks=30) for _ in range(LARGE_AT_ONCE + 2)]
    small = Wire("/api/v1/imports", blocks=3)
    _run(*wires, small)
    assert sorted(wire.status for wire in wires) == [200] * LARGE_AT_ONCE + [503] * 2
    assert small.status == 200


@pytest.mark.asvs("15.2.2")
def test_a_body_that_dribbles_is_answered_408() -> None:
    class Slow(Wire):
        async def receive(self) -> Message:
            await asyncio.sleep(0.05)
            return {"type": "http.request", "body": b"x", "more_body": True}

    async def dribble(wire: Wire) -> None:
        limited = BodyLimit(_reading)
        limited.body_seconds = 0.3
        await asyncio.wait_for(limited(wire.scope, wire.receive, wire.send), 5)

    wire = Slow("/api/v1/customer", blocks=1)
    asyncio.run(dribble(wire))
    assert (wire.status, wire.code) == (408, "too_slow")


def test_waiting_for_the_end_of_a_stream_is_not_being_slow() -> None:
    class Open(Wire):
        async def receive(self) -> Message:
            if self.sent:
                await asyncio.sleep(0.4)
                return {"type": "http.disconnect"}
            self.sent = 1
            return {"type": "http.request", "body": b"", "more_body": False}

    async def streaming(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        assert (await receive())["type"] == "http.request"
        await send({"type": "http.response.start", "status": 200, "headers": []})
        assert (await receive())["type"] == "http.disconnect"

    async def stay(wire: Wire) -> None:
        limited = BodyLimit(streaming)
        limited.body_seconds = 0.1
        await limited(wire.scope, wire.receive, wire.send)

    wire = Open("/api/v1/stream", blocks=1)
    asyncio.run(stay(wire))
    assert wire.status == 200
