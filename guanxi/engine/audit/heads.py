"""The heads of the chains outside the database: a file a workspace under GUANXI_HOME/seal.

*How it works*: each sealed block adds a line with its number and hash, written through to the disk after the
block is committed; what a crash left out is added with the next one. Who rewrites the database with all its
blocks cannot make these lines fit; who takes blocks away at the end is found by the lines that stay. A
line `accepted` says that an administrator of the machine has taken over an older state (a restored backup):
lines of later blocks before it count no more.

*Rules*: append only. Copy this folder to where the database's administrators have no access.
"""

import json
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from guanxi.engine.audit.streams import STREAMS

TAIL = 64 * 1024


@dataclass(frozen=True, slots=True)
class Head:
    """One block as the file knows it."""

    stream: str
    seq: int
    hash: str


def path_of(workspace_id: uuid.UUID) -> Path:
    """The file of a workspace."""
    return Path(settings.GUANXI_HOME) / "seal" / f"{workspace_id}.jsonl"


def append(workspace_id: uuid.UUID, heads: Iterable[Head], *, accepted: bool = False) -> None:
    """Add lines and have them on the disk."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    lines = [
        json.dumps({"at": now, "stream": head.stream, "seq": head.seq, "hash": head.hash}
                   | ({"accepted": True} if accepted else {}))
        for head in heads
    ]  # fmt: skip
    if not lines:
        return
    path = path_of(workspace_id)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        broken = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
        os.write(descriptor, ("\n" * broken + "\n".join(lines) + "\n").encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def known(workspace_id: uuid.UUID) -> dict[str, dict[int, str]]:
    """The hash of each block that counts, by stream and number."""
    found: dict[str, dict[int, str]] = {}
    for line in _lines(workspace_id):
        of_stream = found.setdefault(line["stream"], {})
        if line.get("accepted"):
            for seq in [seq for seq in of_stream if seq > line["seq"]]:
                del of_stream[seq]
        of_stream[line["seq"]] = line["hash"]
    return found


def last(workspace_id: uuid.UUID) -> dict[str, Head]:
    """The last block of each stream that the file knows: its last line."""
    found: dict[str, Head] = {}
    for line in _lines(workspace_id, TAIL):
        found[line["stream"]] = Head(line["stream"], line["seq"], line["hash"])
    if len(found) == len(STREAMS):
        return found
    return {line["stream"]: Head(line["stream"], line["seq"], line["hash"]) for line in _lines(workspace_id)}


def _lines(workspace_id: uuid.UUID, tail: int | None = None) -> Iterator[dict[str, Any]]:
    """The lines (of the last `tail` bytes); what a crash left half written is written again by its block."""
    try:
        with path_of(workspace_id).open("rb") as file:
            if tail is not None:
                file.seek(max(0, file.seek(0, os.SEEK_END) - tail))
            for line in file:
                try:
                    yield json.loads(line)
                except ValueError:
                    continue
    except FileNotFoundError:
        return
