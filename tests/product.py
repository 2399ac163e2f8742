"""Runs the whole product as a person would, in processes of its own, for tests marked `whole`.

*How it works*: `running` gives a home that does not exist yet a copy of one whose database is made and migrated, and
empty. That one is made once for all processes of a run. `start` begins with nothing, as on a new machine.
"""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

START_SECONDS = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(home: Path, **settings: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GUANXI_")}
    for name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE", "PYTHONPATH"):
        kept.pop(name, None)
    return {**kept, "GUANXI_HOME": str(home), "GUANXI_LOCALE": "en", "GUANXI_WEB_PROCESSES": "1", **settings}


def guanxi(
    home: Path, *arguments: str, seconds: float = START_SECONDS, **settings: str
) -> "subprocess.CompletedProcess[str]":
    """One command, to its end."""
    return subprocess.run(
        [sys.executable, "-m", "guanxi", *arguments],
        env=environment(home, **settings), capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip


@dataclass
class Product:
    """A running `guanxi up`."""

    home: Path
    port: int
    process: "subprocess.Popen[bytes]"
    log: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def get(self, path: str) -> tuple[int, Any]:
        try:
            with urllib.request.urlopen(self.url + path, timeout=10) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.read()
        except OSError:
            return 0, b""

    def wait_for(self, what: Any, seconds: float = START_SECONDS) -> None:
        deadline = time.monotonic() + seconds
        while not what():
            assert time.monotonic() < deadline, self.output
            time.sleep(0.1)

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.output
        return self.get("/api/v1/setup")[0] == 200

    def child(self, name: str) -> psutil.Process | None:
        """The process of a part: web or worker."""
        for process in psutil.Process(self.process.pid).children():
            if process.cmdline()[-2:] == ["guanxi", name]:
                return process
        return None

    def stop(self, how: int = signal.SIGINT) -> int:
        if self.process.poll() is None:
            self.process.send_signal(how)
        return self.process.wait(30)


def start(home: Path, *arguments: str, python: str = sys.executable, **settings: str) -> Product:
    home.parent.mkdir(parents=True, exist_ok=True)
    port = free_port()
    log = home.parent / f"up-{port}.log"
    with open(log, "wb") as stream:
        process = subprocess.Popen(
            [python, "-m", "guanxi", "up", "--port", str(port), *arguments],
            env=environment(home, **settings), stdout=stream, stderr=stream, cwd=home.parent,
        )  # fmt: skip
    return Product(home, port, process, log, settings)


def prepare(home: Path) -> None:
    """Copy the home that is ready to `home`; the first to ask makes it."""
    root = Path(os.environ.get("PYTEST_DEBUG_TEMPROOT") or tempfile.gettempdir()) / f"guanxi-{_schema()}"
    root.mkdir(exist_ok=True)
    ready = root / "ready"
    with open(root / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            shutil.rmtree(root / "home", ignore_errors=True)
            made = guanxi(root / "home", "migrate")
            assert made.returncode == 0, made.stdout + made.stderr
            ready.touch()
    home.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(root / "home"), str(home)], check=True)


def _schema() -> str:
    """A name for the tables there are now: by all migrations."""
    found = hashlib.sha256()
    for path in sorted((Path(__file__).parent.parent / "guanxi").rglob("migrations/*.py")):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:12]


@contextmanager
def running(home: Path, *arguments: str, **settings: str) -> Iterator[Product]:
    """The product, ready to answer; stopped at the end."""
    if not home.exists() and "DATABASE_URL" not in settings:
        prepare(home)
    product = start(home, *arguments, **settings)
    try:
        product.wait_for(product.is_ready)
        yield product
    finally:
        product.stop()


def server_pid(home: Path) -> int:
    """The process id of the embedded PostgreSQL."""
    return int((home / "pg" / "postmaster.pid").read_text().splitlines()[0])


def up_lock(home: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((home / "up.lock").read_text())
    return found
