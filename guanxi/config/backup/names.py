"""The names of backups: when one was made, and why.

`guanxi-20261122T023000Z-daily.gxb`; other files in a place are left alone.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

SUFFIX = ".gxb"
KEYS_SUFFIX = ".gxk"
REASONS = ("daily", "manual", "upgrade")
_STAMP = "%Y%m%dT%H%M%SZ"
_NAME = re.compile(r"guanxi-(\d{8}T\d{6}Z)-([a-z]+)\.gxb")


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup in a place."""

    name: str
    at: datetime
    reason: str
    size: int


def name_of(at: datetime, reason: str) -> str:
    """The name of a backup made at that time."""
    return f"guanxi-{at.astimezone(UTC).strftime(_STAMP)}-{reason}{SUFFIX}"


def kept(name: str, size: int) -> Kept | None:
    """What a name says; None for other files."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    at = datetime.strptime(found[1], _STAMP).replace(tzinfo=UTC)
    return Kept(name, at, found[2], size)
