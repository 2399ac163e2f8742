"""How much of a scarce thing (database connections of a process) each of many may hold at once.

*How it works*: `hold` takes one place under each of the given keys, waits while any of them is full, and
gives up after `patience` seconds. Whoever waits holds nothing, so nobody can be kept from their own share by
others; keys that nobody holds take no memory.

*See*: web/rate_limit.py, docs/adr/0056-hardening.md.
"""

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from guanxi.kit.errors import TooMany


class FairShare:
    """Places held, by key."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._held: Counter[str] = Counter()

    @contextmanager
    def hold(self, shares: Sequence[tuple[str, int]], patience: float) -> Iterator[None]:
        """Hold one place of each `(key, most)` while inside; raises TooMany when none came free in time."""
        deadline = time.monotonic() + patience
        with self._changed:
            while any(self._held[key] >= most for key, most in shares):
                left = deadline - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    raise TooMany(extra={"retry_after": 1})
            for key, _ in shares:
                self._held[key] += 1
        try:
            yield
        finally:
            with self._changed:
                for key, _ in shares:
                    self._held[key] -= 1
                    if not self._held[key]:
                        del self._held[key]
                self._changed.notify_all()

    def held(self, key: str) -> int:
        """How many places are held under `key` now."""
        with self._changed:
            return self._held.get(key, 0)
