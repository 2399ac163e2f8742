"""Open screens for tests of the event stream: against the ASGI application, and against a real server."""

import asyncio
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from guanxi.config.database import app_login, owner_login
from guanxi.config.env import get_env
from guanxi.web.handling import ThreadHandler
from tests.product import free_port


class Screen:
    """One EventSource, speaking ASGI with the application in this process."""

    def __init__(self, *, token: str = "", session: str = "", method: str = "GET") -> None:
        headers = [(b"host", b"127.0.0.1"), (b"accept-language", b"en")]
        if token:
            headers.append((b"authorization", f"Bearer {token}".encode()))
        if session:
            headers.append((b"cookie", f"{settings.SESSION_COOKIE_NAME}={session}".encode()))
        self._scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
            "path": "/api/v1/stream", "raw_path": b"/api/v1/stream", "query_string": b"", "root_path": "",
            "headers": headers, "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", 8000),
        }  # fmt: skip
        self.status = 0
        self.headers: dict[str, str] = {}
        self.text = ""
        self._asked = False
        self._gone = asyncio.Event()
        self._news = asyncio.Event()
        self.may_send = asyncio.Event()
        self.may_send.set()

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(ThreadHandler()(self._scope, self._receive, self._send))
        await self.until(lambda: self.status and (self.status != 200 or "event: ready" in self.text))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._gone.set()
        self.may_send.set()
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(self._task, 10)

    async def until(self, holds: Any, seconds: float = 10.0) -> None:
        """Wait until something holds of this screen."""
        deadline = time.monotonic() + seconds
        while not holds():
            left = deadline - time.monotonic()
            assert left > 0, f"waited in vain; it shows {self.status} {self.text!r}"
            self._news.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), min(left, 0.2))

    async def shows(self, text: str) -> None:
        await self.until(lambda: text in self.text)

    async def ends(self, seconds: float = 10.0) -> None:
        await self.until(self._task.done, seconds)

    @property
    def events(self) -> list[str]:
        """What arrived, without comments."""
        blocks = [block for block in self.text.split("\n\n") if block.startswith("event: ")]
        return [block.replace("event: ", "").replace("\ndata: ", " ") for block in blocks]

    async def _receive(self) -> dict[str, Any]:
        if not self._asked:
            self._asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode().lower(): value.decode() for name, value in message["headers"]}
        else:
            await self.may_send.wait()
            self.text += message.get("body", b"").decode()
        self._news.set()


class LiveScreen(threading.Thread):
    """One EventSource over HTTP; what it shows is the answer as it came, with its headers."""

    def __init__(self, server: "WebServer", token: str) -> None:
        super().__init__(daemon=True)
        self.text = ""
        self._line = socket.create_connection(("127.0.0.1", server.port), timeout=60)
        asked = f"GET /api/v1/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n"
        self._line.sendall(asked.encode())
        self.start()

    def run(self) -> None:
        with suppress(OSError), self._line:
            while part := self._line.recv(65536):
                self.text += part.decode()

    def close(self) -> None:
        """The tab is closed."""
        with suppress(OSError):
            self._line.shutdown(socket.SHUT_RDWR)
        self.join(10)

    def shows(self, text: str, seconds: float = 10.0) -> None:
        deadline = time.monotonic() + seconds
        while text not in self.text:
            assert time.monotonic() < deadline, f"waited in vain for {text!r}; it shows {self.text!r}"
            time.sleep(0.02)


class WebServer:
    """`guanxi web`, a real granian, over the database of this test."""

    def __init__(self, log: Path, **more: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._log = log
        kept = {name: value for name, value in os.environ.items() if not name.startswith("GUANXI_")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        own = {
            "GUANXI_HOME": str(get_env().folder),
            "GUANXI_SECRET_KEY": settings.SECRET_KEY,
            "GUANXI_PORT": str(self.port),
            "GUANXI_WEB_PROCESSES": "1",
            "GUANXI_PART": "web",
            "DATABASE_URL": _url(owner_login(get_env())),
            "GUANXI_APP_DATABASE_URL": _url(app_login(get_env())),
        }
        with open(log, "wb") as stream:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "guanxi", "web"], env=kept | own | more, stdout=stream, stderr=stream
            )
        self._wait()

    def get(self, path: str, token: str) -> int:
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {token}"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while True:
            assert self.process.poll() is None, self._log.read_text()
            with suppress(OSError):
                self.get("/api/v1/setup", "")
                return
            assert time.monotonic() < deadline, self._log.read_text()
            time.sleep(0.1)


@contextmanager
def serving(log: Path, **more: str) -> Iterator[WebServer]:
    """A server for as long as the block lasts."""
    server = WebServer(log, **more)
    try:
        yield server
    finally:
        server.process.kill()
        server.process.wait()


def _url(login: dict[str, Any]) -> str:
    name = connection.settings_dict["NAME"]
    return f"postgresql://{login['user']}@/{name}?host={quote(str(login['host']), safe='')}"


def listeners(owner: Any) -> list[int]:
    """The database connections of this test that listen."""
    statement = (
        "SELECT pid FROM pg_stat_activity"
        " WHERE datname = current_database() AND query LIKE %s AND pid <> pg_backend_pid()"
    )
    return [row[0] for row in owner.execute(statement, ["LISTEN%"]).fetchall()]
