"""While the database is away, requests are told so at once; when it is back, they go on at once.

*How it works*: the first request whose connection breaks has the process know. From then on the others do not
queue for a connection that cannot come: a few times a second one of them knocks, the rest get 503. When the
server answers again, connections that died with the old one are thrown out of the pool before anybody gets
them. What the server itself says (the disk is full) has a sentence of its own.

*See*: authentication.py, which asks for every request to the API; config/database.py for the pool.
"""

import logging
import threading
import time
from collections.abc import Callable

import psycopg
from django.db import InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse

from guanxi.kit.errors import Problem, Unavailable
from guanxi.kit.text import Text
from guanxi.web.problems import problem_response

log = logging.getLogger("guanxi.web")

RETRY_SECONDS = 5
LOOK_SECONDS = 0.25
CONNECT_SECONDS = 2
GUARDED = ("/api/", "/_allauth/")
# SQLSTATE 53100, and what PostgreSQL says when a file cannot grow.
_FULL = ("53100",)
_STORAGE_FULL = Text(
    "服务器磁盘已满，这次没有保存。请联系管理员清理磁盘；之前保存的数据不受影响。",
    "The server's disk is full, so nothing of this was saved. Ask your administrator to free some space; "
    "everything saved before is safe.",
)


class DatabaseWatch:
    """What this process knows of the database's whereabouts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._is_away = False
        self._looked_at = 0.0

    def lost(self) -> None:
        """A connection broke."""
        self._is_away = True

    def require(self) -> None:
        """Raises Unavailable while the database is known to be away."""
        if not self._is_away:
            return
        with self._lock:
            is_my_turn = time.monotonic() - self._looked_at >= LOOK_SECONDS
            if is_my_turn:
                self._looked_at = time.monotonic()
        if not is_my_turn or not _answers():
            raise unavailable()
        _throw_out_dead_connections()
        self._is_away = False


watch = DatabaseWatch()


def unavailable() -> Unavailable:
    """The 503 that says when to come again."""
    return Unavailable(extra={"retry_after": RETRY_SECONDS})


def storage_full() -> Problem:
    """The 507 of a full disk."""
    return Problem(_STORAGE_FULL, status=507, code="storage_full")


def problem_of(error: Exception) -> Problem:
    """What to answer when the database did not do its work."""
    state = getattr(error.__cause__, "sqlstate", None)
    if state in _FULL:
        return storage_full()
    watch.lost()
    return unavailable()


def _answers() -> bool:
    given = connection.get_connection_params()
    login = {name: value for name, value in given.items() if name not in ("cursor_factory", "context")}
    try:
        psycopg.connect(**(login | {"connect_timeout": CONNECT_SECONDS})).close()
    except psycopg.Error:
        return False
    return True


def _throw_out_dead_connections() -> None:
    pool = getattr(connection, "pool", None)
    if pool is not None:
        try:
            pool.check()
        except psycopg.Error as error:
            log.warning("The pool could not be looked through: %s", error)


class DatabaseAwayMiddleware:
    """Answers 503 at once while the database is away, and when a view outside the API finds out."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(GUARDED):
            try:
                watch.require()
            except Problem as problem:
                return problem_response(request, problem)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A view met a database that did not answer."""
        if not isinstance(exception, (OperationalError, InterfaceError)):
            return None
        log.error("The database did not answer %s %s: %s", request.method, request.path_info, exception)
        return problem_response(request, problem_of(exception))
