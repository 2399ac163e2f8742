"""Writing many records at once: what the database is told beforehand, and tidied afterwards.

*How it works*: the search index (GIN) gathers new entries in a pending list and sorts them in when the
list is full. A small list keeps searches quick; sorting in after every few hundred rows is what makes
an import slow. A large pass therefore raises the limit for its own transaction, and `tidy_search_index`
(a job, every minute) sorts in what has gathered. Sorting is a third of what PostgreSQL does for an import:
`sorting_beside` has another connection do it, chunk by chunk, while the next one is written.

*See*: docs/adr/0035-writing-by-the-thousand.md.
"""

import gc
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection

from guanxi.engine.records.store.recordset import LARGE
from guanxi.engine.tenancy.owner import owner_connection

log = logging.getLogger("guanxi.records")

PENDING_LIST = "64MB"


@contextmanager
def many(count: int) -> Iterator[None]:
    """A pass over `count` records in the running transaction.

    Besides the search index: Python's cycle collector, which walks through hundreds of thousands of
    fresh rows over and over and finds nothing, waits until the pass is over (a third of its time).
    """
    if count < LARGE:
        yield
        return
    with connection.cursor() as db:
        db.execute(f"SET LOCAL gin_pending_list_limit = '{PENDING_LIST}'")
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def sort_search_index(owner: "psycopg.Connection[object]") -> None:
    """Sort in what has gathered; only the owner may."""
    owner.execute("SELECT gin_clean_pending_list('search_tokens'::regclass)")


@contextmanager
def sorting_beside() -> Iterator[Callable[[], None]]:
    """Gives what asks for sorting; it is done by another connection, and nobody waits for it.

    A process without the owner's login, or a sorting that fails, leaves it to the passes themselves.
    """
    asked, over = threading.Event(), threading.Event()
    thread = threading.Thread(target=_sort_when_asked, args=(asked, over), name="sorting", daemon=True)
    thread.start()
    try:
        yield asked.set
    finally:
        over.set()
        asked.set()
        thread.join()


def _sort_when_asked(asked: threading.Event, over: threading.Event) -> None:
    try:
        with owner_connection() as owner:
            while asked.wait() and not over.is_set():
                asked.clear()
                sort_search_index(owner)
    except (RuntimeError, psycopg.Error) as error:
        log.info("the search index is not sorted beside the import: %s", error)
