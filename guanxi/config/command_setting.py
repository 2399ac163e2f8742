"""What surrounds a command: Django set up, the database running and up to date.

*How it works*: `with_database` wraps what a click command (or each command of a group) does, so that
asking for `--help` starts nothing. The embedded server is shared with a running `guanxi up`; when
there is none, it runs for as long as the command does. A database that is behind is upgraded by
`guanxi migrate` in a process of its own, since that alone signs in as the owner.
"""

import functools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click
import django
from django.db import connection

from guanxi.config.console import Stop
from guanxi.config.database import app_login, connect
from guanxi.config.embedded import EmbeddedServer
from guanxi.config.embedded_archive import archive_settings
from guanxi.config.env import Env, get_env
from guanxi.config.upgrade import is_up_to_date
from guanxi.kit.text import Text


def django_ready() -> None:
    """Set Django up, once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guanxi.config.settings")
    django.setup()


@contextmanager
def running_database(env: Env) -> Iterator[None]:
    """Have the database running: the embedded one is started if need be, an external one must answer."""
    if not env.is_embedded:
        yield
        return
    with EmbeddedServer(env.folder, extra_settings=archive_settings(env)).use():
        yield


def with_database(command: click.Command) -> click.Command:
    """The command, done with the database running and up to date."""
    if isinstance(command, click.Group):
        for each in command.commands.values():
            with_database(each)
    elif command.callback is not None:
        command.callback = _surrounded(command.callback)
    return command


def _surrounded(callback: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(callback)
    def run(*args: Any, **kwargs: Any) -> Any:
        env = get_env()
        with running_database(env):
            _ensure_up_to_date(env)
            try:
                return callback(*args, **kwargs)
            finally:
                connection.close()

    return run


def _ensure_up_to_date(env: Env) -> None:
    try:
        connect(app_login(env)).close()
        ready = is_up_to_date()
    except Stop:
        ready = False  # the restricted role is missing: the same remedy, or the same complaint
    finally:
        connection.close()
    if ready:
        return
    outcome = subprocess.run(
        [sys.executable, "-m", "guanxi", "migrate"], check=False, stdout=subprocess.DEVNULL
    )
    if outcome.returncode:
        raise Stop(_NOT_UPGRADED, exit_code=outcome.returncode)


_NOT_UPGRADED = Text(
    "数据库没有升级，命令没有执行。", "The database was not upgraded, and the command did not run."
)
