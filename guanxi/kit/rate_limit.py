"""Counting what a caller does in a minute, within one process.

*How it works*: windows of one minute; when one ends its counts are dropped, so memory is bounded by the
callers of one minute.

*See*: web/rate_limit.py, docs/adr/0012-rate-limits-in-process.md.
"""

import threading
import time
from collections import Counter

from guanxi.kit.errors import TooMany

WINDOW_SECONDS = 60


class RateLimiter:
    """Counts callers in the running window."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._window = 0
        self._counts: Counter[str] = Counter()

    def count(self, caller: str, limit: int) -> None:
        """Count one request of `caller`; raises TooMany past `limit` a minute."""
        now = time.time()
        window = int(now // WINDOW_SECONDS)
        with self._lock:
            if window != self._window:
                self._window = window
                self._counts.clear()
            self._counts[caller] += 1
            used = self._counts[caller]
        if used > limit:
            wait = int((window + 1) * WINDOW_SECONDS - now) + 1
            raise TooMany(extra={"retry_after": wait})

    def forget(self) -> None:
        """Start afresh."""
        with self._lock:
            self._counts.clear()
