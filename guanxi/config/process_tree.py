"""`guanxi up`: one command that starts everything, watches it, and stops everything.

*How it works*: after the checks (home free, room on the disk, port free) the embedded PostgreSQL is
started, and `guanxi prepare` brings the database up to date in a process of its own. The web part
starts beside it and loads its code meanwhile; it touches nothing until it is told that the database is
ready. Then the worker starts. A loop watches both: a part that ends is reported and started again, after a
pause that doubles while it keeps ending. Ctrl-C or SIGTERM stops the parts, then the database.

*Rules*: this process stays small: it imports neither Django nor the application, and serves nobody.

*See*: parts in serving.py, upgrade.py, docs/adr/0005-one-process-tree.md.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from threading import Event
from types import FrameType

from guanxi.config import home, starting
from guanxi.config.console import Stop, complain, say
from guanxi.config.embedded import EmbeddedServer
from guanxi.config.embedded_archive import archive_settings
from guanxi.config.env import Env, url_host
from guanxi.kit.text import Text

LOOK_SECONDS = 0.25
DATABASE_LOOK_SECONDS = 2.0
STOP_SECONDS = 9.0
LONGEST_PAUSE_SECONDS = 15.0
# A part that ran this long has recovered: its next end is a new story.
STEADY_SECONDS = 10.0


@dataclass(slots=True)
class Part:
    """One child process: what to run, and how it has been doing."""

    name: str
    label: Text
    process: "subprocess.Popen[bytes] | None" = None
    began_at: float = 0.0
    pause: float = 1.0
    start_at: float = 0.0

    def start(self, env: Env, *, waiting: bool = False) -> None:
        """Start the process; a waiting one loads its code and serves when `tell` says so."""
        self.process = _spawn(env, self.name, part=self.name, waiting=waiting)
        self.began_at = time.monotonic()

    def tell(self) -> None:
        """Let a waiting process serve. One that has ended meanwhile is found by `look`."""
        if self.process is not None and self.process.stdin is not None:
            with suppress(BrokenPipeError), self.process.stdin as told:
                told.write(starting.GO)

    def look(self, env: Env) -> None:
        """Report and restart the process when it has ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start(env)
            return
        code = self.process.poll()
        if code is None:
            return
        self.pause = 1.0 if now - self.began_at > STEADY_SECONDS else self.pause
        complain(_ENDED, part=self.label.zh, part_en=self.label.en, how=_how(code), pause=int(self.pause))
        self.process, self.start_at = None, now + self.pause
        self.pause = min(self.pause * 2, LONGEST_PAUSE_SECONDS)


def up(env: Env, *, demo: bool) -> None:
    """Run Guanxi until told to stop. Raises Stop when it cannot start."""
    stop = Event()
    with ExitStack() as stack:
        stack.enter_context(home.hold(env))
        stack.enter_context(_stopping_by_signal(stop))
        home.check_port(env.host, env.port)
        home.check_room(env.folder)
        server = EmbeddedServer(env.folder, extra_settings=archive_settings(env)) if env.is_embedded else None
        if server is not None:
            say(_STARTING_DATABASE)
            stack.enter_context(server.use())
        web, worker = Part("web", Text("网页服务", "web")), Part("worker", Text("后台任务", "worker"))
        parts = [web, worker]
        try:
            web.start(env, waiting=True)
            _prepare(env, demo=demo, stop=stop)
            if not stop.is_set():
                web.tell()
                worker.start(env)
                _watch(env, parts, server, stop)
        finally:
            _end([part.process for part in parts if part.process is not None])
        say(_STOPPING)


def _prepare(env: Env, *, demo: bool, stop: Event) -> None:
    """Migrate, protect and, on an empty database, say how to begin: in a process of its own."""
    process = _spawn(env, "prepare", *(["--demo"] if demo else []), role="owner")
    while process.poll() is None and not stop.wait(0.05):
        pass
    if process.poll() is None:
        _end([process])
    elif process.returncode:
        raise SystemExit(process.returncode)


def _watch(env: Env, parts: list[Part], server: EmbeddedServer | None, stop: Event) -> None:
    said_ready, looked_at = False, time.monotonic()
    while not stop.wait(LOOK_SECONDS):
        for part in parts:
            part.look(env)
        said_ready = said_ready or _say_ready(env)
        if server is not None and time.monotonic() - looked_at > DATABASE_LOOK_SECONDS:
            looked_at = time.monotonic()
            _look_at_database(server)


def _say_ready(env: Env) -> bool:
    """Print the address as soon as somebody listens there."""
    try:
        with socket.create_connection((url_host(env.host).strip("[]"), env.port), timeout=0.2):
            pass
    except OSError:
        return False
    say(_READY, address=env.url)
    return True


def _look_at_database(server: EmbeddedServer) -> None:
    if server.has_ended():
        complain(_DATABASE_ENDED)
        try:
            server.start()
        except Stop as stop:
            complain(stop.text, **stop.values)


def _spawn(
    env: Env, *arguments: str, part: str = "command", role: str = "app", waiting: bool = False
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "guanxi", *arguments],
        env={
            **os.environ,
            "GUANXI_HOME": str(env.folder),
            "GUANXI_HOST": env.host,
            "GUANXI_PORT": str(env.port),
            "GUANXI_PART": part,
            "GUANXI_DB_ROLE": role,
            "GUANXI_PARENT": str(os.getpid()),
            "GUANXI_WAITS": "1" if waiting else "0",
        },
        stdin=subprocess.PIPE if waiting else subprocess.DEVNULL,
        # Ctrl-C in the terminal reaches this process alone, which then stops the others in order.
        start_new_session=True,
    )


def _end(processes: list["subprocess.Popen[bytes]"]) -> None:
    for process in processes:
        process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def _stopping_by_signal(stop: Event) -> Iterator[None]:
    def on_signal(number: int, frame: FrameType | None) -> None:
        stop.set()

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, on_signal) for number in signals}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _how(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else str(code)


_STARTING_DATABASE = Text("正在启动内置数据库……", "Starting the embedded database …")
_READY = Text("Guanxi 已就绪：{address}  （按 Ctrl-C 停止）", "Guanxi is ready: {address}  (Ctrl-C stops it)")
_STOPPING = Text("正在停止……", "Stopping …")
_ENDED = Text(
    "{part}意外结束（{how}），{pause} 秒后重新启动。",
    "The {part_en} ended unexpectedly ({how}); starting it again in {pause} s.",
)
_DATABASE_ENDED = Text(
    "内置数据库意外结束，正在重新启动。", "The embedded database ended unexpectedly; starting it again."
)
