"""How much a request may carry, checked while it arrives and before anything of it is kept.

*How it works*: Django's handler writes the whole body to a temporary file before it looks at the address,
for strangers too. This wrapper around the application counts what comes in: a declared length beyond the
limit is refused unread, an undeclared one when it gets there. Uploads have limits of their own, and beyond
what any request may carry only a few of them are let in at a time, so that the disk cannot be filled.
A body has to arrive within BODY_SECONDS (uploads within UPLOAD_SECONDS): whoever dribbles is answered 408.

*Rules*: these limits lie a little above those that the doors state (files.py, reading/limits.py), whose
sentences are the better ones; they count bytes on the wire, the form around a file included.

*See*: config/asgi.py.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from django.conf import settings

from guanxi.engine.transfer.reading.limits import MAX_FILE_BYTES
from guanxi.kit.errors import Problem, TooLarge
from guanxi.kit.jsons import dumps
from guanxi.kit.text import DEFAULT_LOCALE, Text, match_locale

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

MEGABYTE = 1024 * 1024
FORM_BYTES = MEGABYTE
"""What a form may add to the file in it."""
LARGE_AT_ONCE = 8
BODY_SECONDS = 30.0
UPLOAD_SECONDS = 900.0

_GONE: Message = {"type": "http.disconnect"}
_TOO_LARGE = Text("请求内容最多 {max} MB。", "The request may carry at most {max} MB.")
_TOO_SLOW = Text(
    "请求内容没有在 {seconds} 秒内传完。", "The request did not arrive completely within {seconds} seconds."
)
_BUSY = Text("同时上传的大文件太多，请稍后再试。", "Too many large uploads at once. Try again shortly.")


class BodyLimit:
    """The application, with bodies bounded."""

    def __init__(self, application: Application) -> None:
        self._application = application
        self.general = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        self._uploads = {
            "/api/v1/files": int(settings.GUANXI_MAX_FILE_MB) * MEGABYTE + FORM_BYTES,
            "/api/v1/imports": MAX_FILE_BYTES + FORM_BYTES,
        }
        self.large_now = 0
        self.body_seconds, self.upload_seconds = BODY_SECONDS, UPLOAD_SECONDS

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it when its body is too large."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        body = _Body(self, scope, receive, send)
        try:
            if not await body.is_refused(_declared_length(scope)):
                await self._application(scope, body.receive, body.send)
        finally:
            if body.is_large:
                self.large_now -= 1

    def limit_of(self, path: str) -> int:
        """The most bytes that the body of a request to `path` may have."""
        return max(self.general, self._uploads.get(path, 0))

    def seconds_of(self, path: str) -> float:
        """How long the body of a request to `path` may take to arrive."""
        return self.upload_seconds if path in self._uploads else self.body_seconds


class _Body:
    """The body of one request on its way in; once refused, the application sees the client go away."""

    def __init__(self, limits: BodyLimit, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        self._limits, self._scope, self._receive, self._send = limits, scope, receive, send
        self._limit = limits.limit_of(scope["path"])
        self._taken = 0
        self._seconds = limits.seconds_of(scope["path"])
        self._due = time.monotonic() + self._seconds
        self._is_whole = False
        self._is_over = False
        self.is_large = False

    async def receive(self) -> Message:
        """The next piece, counted."""
        if self._is_over:
            return _GONE
        if self._is_whole:  # what comes now is the end of the connection, whenever that is
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), max(0.0, self._due - time.monotonic()))
        except TimeoutError:
            await self._refuse(Problem(_TOO_SLOW, status=408, code="too_slow", seconds=round(self._seconds)))
            return _GONE
        self._is_whole = not message.get("more_body")
        self._taken += len(message.get("body", b""))
        return _GONE if await self.is_refused(self._taken) else message

    async def send(self, message: Message) -> None:
        """What the application answers; nothing after a refusal."""
        if not self._is_over:
            await self._send(message)

    async def is_refused(self, size: int) -> bool:
        """Whether a body of `size` bytes is one too large (then it has been answered so)."""
        problem = self._check(size)
        if problem is not None:
            await self._refuse(problem)
        return self._is_over

    async def _refuse(self, problem: Problem) -> None:
        self._is_over = True
        await _answer(self._scope, self._send, problem)

    def _check(self, size: int) -> Problem | None:
        if size > self._limit:
            return TooLarge(_TOO_LARGE, max=self._limit // MEGABYTE)
        if size > self._limits.general and not self.is_large:
            if self._limits.large_now >= LARGE_AT_ONCE:
                return Problem(_BUSY, status=503, code="too_many_uploads", extra={"retry_after": 10})
            self.is_large = True
            self._limits.large_now += 1
        return None


def _declared_length(scope: dict[str, Any]) -> int:
    text = _header(scope, b"content-length")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _header(scope: dict[str, Any], name: bytes) -> str:
    found = next((value for key, value in scope["headers"] if key.lower() == name), b"")
    return str(found.decode("latin-1"))


async def _answer(scope: dict[str, Any], send: Send, problem: Problem) -> None:
    body = dumps(problem.as_json(match_locale(_header(scope, b"accept-language")) or DEFAULT_LOCALE))
    headers = [
        (b"content-type", b"application/problem+json"),
        (b"x-content-type-options", b"nosniff"),
        (b"cache-control", b"no-store"),
        (b"content-length", str(len(body)).encode()),
        # The rest of the body is not read.
        (b"connection", b"close"),
    ]
    if "retry_after" in problem.extra:
        headers.append((b"retry-after", str(problem.extra["retry_after"]).encode()))
    await send({"type": "http.response.start", "status": problem.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
