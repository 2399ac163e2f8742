"""Where a benchmark runs: a home of its own, filled once, served by the product itself.

*How it works*: `__main__` sets GUANXI_HOME to a folder per case and size before anything is imported.
`filled` makes and migrates the home's database and fills it unless it has been; `served` runs
`guanxi up` on it and gives the address. The raw floor is measured over `restricted`: a plain psycopg
connection of the same role that the product uses, under the same row-level security.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 - after set-up
from django.db import connection  # noqa: E402 - after set-up

from guanxi.config.database import app_login, ensure_app_role, owner_login  # noqa: E402 - after set-up
from guanxi.config.embedded import EmbeddedServer, make_home  # noqa: E402 - after set-up
from guanxi.config.env import get_env  # noqa: E402 - after set-up
from guanxi.config.upgrade import upgrade  # noqa: E402 - after set-up

START_SECONDS = 120
# What a start makes up for (missed chores of the night) is over, or it is not what was to be measured.
IDLE_SECONDS, PATIENCE_SECONDS = 5, 300


@contextmanager
def filled(fill: Callable[[], dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The home's server, its database filled; gives what `fill` gave when it ran (kept as JSON)."""
    env = get_env()
    make_home(env.folder)
    mark = env.folder / "filled.json"
    with EmbeddedServer(env.folder).use():
        ensure_app_role(env)
        with _as_owner():
            upgrade(env, settings.GUANXI_APP_ROLE)
        if not mark.exists():
            kept = fill()
            connection.close()
            with psycopg.connect(**owner_login(env), autocommit=True) as owner:
                owner.execute("VACUUM ANALYZE")
            mark.write_text(json.dumps(kept), encoding="utf-8")
        yield json.loads(mark.read_text(encoding="utf-8"))
        connection.close()


@contextmanager
def _as_owner() -> Iterator[None]:
    login = connection.settings_dict.copy()
    owner = owner_login(get_env())
    connection.close()
    connection.settings_dict.update({"USER": owner.get("user", ""), "PASSWORD": owner.get("password", "")})
    yield
    connection.close()
    connection.settings_dict.update(login)


def restricted() -> "psycopg.Connection[tuple[object, ...]]":
    """A plain connection of the restricted role."""
    return psycopg.connect(**app_login(get_env()))


@contextmanager
def served() -> Iterator[tuple[str, int]]:
    """The product on the home; gives (host, port)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    log = Path(get_env().folder) / "up.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "guanxi", "up", "--no-demo", "--port", str(port)], stdout=out, stderr=out
        )
        try:
            deadline = time.monotonic() + START_SECONDS
            while not _answers(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(log.read_text(encoding="utf-8"))
                time.sleep(0.2)
            _until_idle()
            yield "127.0.0.1", port
        finally:
            process.terminate()
            process.wait(timeout=60)


def _until_idle() -> None:
    """Wait until the worker has had nothing to do for a while."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    quiet_since = time.monotonic()
    with psycopg.connect(**owner_login(get_env()), autocommit=True) as db:
        while time.monotonic() - quiet_since < IDLE_SECONDS:
            at_work = db.execute(_AT_WORK).fetchall()
            if at_work and time.monotonic() > deadline:
                raise SystemExit(
                    f"The worker does not come to rest, nothing is measured beside it: {at_work}"
                )
            if at_work:
                quiet_since = time.monotonic()
            time.sleep(0.5)


_AT_WORK = """SELECT task_name, status FROM procrastinate_jobs
 WHERE status = 'doing' OR (status = 'todo' AND coalesce(scheduled_at, now()) <= now()) LIMIT 5"""


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/v1/setup", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
