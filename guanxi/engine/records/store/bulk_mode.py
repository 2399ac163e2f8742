"""Writing many records at once: what the database is told beforehand, and tidied afterwards.

*How it works*: the search index (GIN) gathers new entries in a pending list and sorts them in when the
list is full. A small list keeps searches quick; sorting in after every few hundred rows is what makes
an import slow. A large pass therefore raises the limit for its own transaction, and `tidy_search_index`
(a job, every minute) sorts in what has gathered.

*See*: docs/adr/0035-writing-by-the-thousand.md.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

from guanxi.engine.records.store.recordset import LARGE

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
