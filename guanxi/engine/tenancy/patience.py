"""Changing tables that are in use: wait for a lock a moment only, let the others by, and try again.

*How it works*: whoever waits for a lock that excludes everybody has all who come later wait behind it, however
short the change itself. So each try waits at most LOCK_SECONDS, is undone, and pauses before the next, long
enough for those behind it to be served.

*See*: row_security.py, config/upgrade.py, docs/adr/0063-drills-and-buckets.md.
"""

import random
import time
from collections.abc import Callable
from typing import Any

import psycopg

LOCK_SECONDS = 1.0
TRIES = 60
PAUSE_SECONDS = 1.0
BUSY = (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected)


def pause() -> None:
    """Between two tries."""
    time.sleep(PAUSE_SECONDS * (0.5 + random.random()))  # noqa: S311 - so that two do not meet again


def patiently(owner: "psycopg.Connection[Any]", work: Callable[[], None]) -> None:
    """Do `work` in one transaction of `owner`, again while its tables are busy; raises the last refusal."""
    for attempt in range(1, TRIES + 1):
        try:
            with owner.transaction():
                owner.execute(f"SET LOCAL lock_timeout = '{int(LOCK_SECONDS * 1000)}ms'")
                work()
            return
        except BUSY:
            if attempt == TRIES:
                raise
            pause()
