"""The two parts that serve: web (granian) and worker (procrastinate), each run as one child process.

*How it works*: `serve_web` loads the application's code once and hands it to granian's processes, which are
forked where the system can. `run_worker` works off jobs and defers the periodic ones: it is the scheduler too,
and any number of workers may run (the database decides who defers a period).

*Rules*: both run as the restricted database role and end when the process that started them has gone.

*See*: process_tree.py, asgi.py, job_recovery.py.
"""

import asyncio
import resource
from importlib import import_module

from django.conf import settings
from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.jobs import DeleteJobCondition

from guanxi.config import job_recovery
from guanxi.config.env import Env
from guanxi.config.parent_watch import end_with_parent
from guanxi.config.starting import wait_until_told

# Ctrl-C ends open requests, streams and jobs after this long.
PATIENCE_SECONDS = 4
HEADER_SECONDS = 10
MOST_CONNECTIONS = 2048
# A connection, and what answering it may open besides.
MOST_FILES = 4 * MOST_CONNECTIONS


def serve_web(env: Env) -> None:
    """Serve until told to stop."""
    end_with_parent(env.parent)
    _allow_files()
    import_module(settings.ROOT_URLCONF)
    wait_until_told(env)
    server = Server(
        "guanxi.config.asgi:application",
        address=env.host,
        port=env.port,
        interface=Interfaces.ASGINL,
        workers=env.web_process_count,
        # Connections at once per process, open streams and those that dribble included; more wait in the backlog.
        backpressure=MOST_CONNECTIONS,
        # Headers fit in one packet: whoever dribbles them is let go.
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_SECONDS * 1000),
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=PATIENCE_SECONDS,
    )
    server.serve()


def _allow_files() -> None:
    """Many systems let a process open 1,024 files unless it asks for more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_FILES if hard == resource.RLIM_INFINITY else min(MOST_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def run_worker(env: Env) -> None:
    """Work off jobs until told to stop."""
    end_with_parent(env.parent)
    job_recovery.register(app)
    asyncio.run(_work(env.worker_slots))


async def _work(slots: int) -> None:
    # Only the worker's own bookkeeping goes over the asynchronous connector. The tasks keep their link
    # to Django's, so that a job which enqueues another does so inside its own transaction.
    worker_app: App = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
    async with worker_app.open_async():
        await worker_app.run_worker_async(
            concurrency=slots,
            delete_jobs=DeleteJobCondition.SUCCESSFUL,
            shutdown_graceful_timeout=PATIENCE_SECONDS,
            update_heartbeat_interval=job_recovery.HEARTBEAT_SECONDS,
            stalled_worker_timeout=job_recovery.STALLED_SECONDS,
        )
