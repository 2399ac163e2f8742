"""UUIDv7 ids, made in Python so that they work on every PostgreSQL we support.

*How it works*: 48 bits of Unix milliseconds, 12 bits that count up within a millisecond of this
process, 62 random bits (RFC 9562, section 6.2, method 1). Ids made by one process sort by time of
making, which keeps b-tree inserts at the right edge.

*Rules*: never parse the time out of an id for anything that matters; use `created_at`.
"""

import os
import struct
import threading
import time
import uuid


class _Clock:
    """The last millisecond an id was made in, and how many were made in it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.last_ms = 0
        self.sequence = 0

    def tick(self) -> tuple[int, int]:
        """The next (millisecond, sequence); the caller holds the lock."""
        now_ms = time.time_ns() // 1_000_000
        if now_ms > self.last_ms:
            self.last_ms, self.sequence = now_ms, 0
        self.sequence += 1
        if self.sequence > 0xFFF:  # the millisecond is full: borrow from the next one
            self.last_ms, self.sequence = self.last_ms + 1, 0
        return self.last_ms & ((1 << 48) - 1), self.sequence


_clock = _Clock()


def new_id() -> uuid.UUID:
    """A new UUIDv7, greater than every id this process has made before."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[uuid.UUID]:
    """`count` new UUIDv7 in ascending order, made under one lock (bulk writes need thousands)."""
    random = struct.unpack(f">{count}Q", os.urandom(8 * count))
    with _clock.lock:
        ticks = [_clock.tick() for _ in range(count)]
    return [
        uuid.UUID(int=milliseconds << 80 | 7 << 76 | sequence << 64 | 2 << 62 | low >> 2)
        for (milliseconds, sequence), low in zip(ticks, random, strict=True)
    ]


def parse_id(value: object) -> uuid.UUID | None:
    """The UUID in `value` (a UUID or its usual text forms), or None when it is no id."""
    if isinstance(value, uuid.UUID):
        return value
    if not isinstance(value, str) or not 32 <= len(value) <= 38:
        return None
    try:
        return uuid.UUID(value)
    except ValueError:
        return None
