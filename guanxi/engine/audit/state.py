"""How the seal stands, at a glance: for the doctor and for the screen.

*How it works*: compares the last block of each stream with the file outside, looks how long the oldest row
has waited for its seal, and what the last verification said. Nothing is recomputed.
"""

import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction

from guanxi.engine.audit import heads
from guanxi.engine.audit.models import AuditBlock
from guanxi.engine.audit.streams import STREAMS
from guanxi.engine.audit.writing import INSTALLATION, elsewhere
from guanxi.engine.tenancy.chores import list_workspaces
from guanxi.engine.tenancy.context import enter_workspace
from guanxi.kit.jsons import loads

MOST_WORKSPACES = 200
_WAITING = (
    "SELECT min(t.at) FROM {table} t WHERE t.workspace_id = %s AND t.tx >= %s AND (t.tx, t.id) > (%s, %s)"
)
_VERIFIED = (
    "SELECT at, count, detail FROM audit_entry WHERE workspace_id = %s AND kind = 'audit.verified'"
    " ORDER BY at DESC LIMIT 1"
)


@dataclass(frozen=True, slots=True)
class Seals:
    """Over all workspaces: those whose seal does not fit, and the longest wait in minutes."""

    trouble: list[uuid.UUID]
    minutes: int


@dataclass(frozen=True, slots=True)
class StreamState:
    """One stream of a workspace: its last block, and since when something waits."""

    stream: str
    seq: int
    sealed_at: datetime | None
    waiting_since: datetime | None
    is_known_outside: bool


def look_at_seals() -> Seals:
    """The state of every workspace's seal (of the first MOST_WORKSPACES)."""
    trouble, oldest = [], datetime.now(UTC)
    with transaction.atomic(), elsewhere():
        for workspace_id in [INSTALLATION, *(w.id for w in list_workspaces())][:MOST_WORKSPACES]:
            enter_workspace(workspace_id)
            streams = stream_states(workspace_id)
            verified = last_verified(workspace_id)
            if any(not each.is_known_outside for each in streams) or (verified and verified["broken"]):
                trouble.append(workspace_id)
            oldest = min([oldest, *(each.waiting_since for each in streams if each.waiting_since)])
    return Seals(trouble, int((datetime.now(UTC) - oldest).total_seconds() // 60))


def stream_states(workspace_id: uuid.UUID) -> list[StreamState]:
    """Both streams of a workspace; needs a session of it."""
    outside = heads.last(workspace_id)
    states = []
    for stream in STREAMS:
        blocks = AuditBlock.objects.filter(workspace_id=workspace_id, stream=stream.key).order_by("-seq")
        last = blocks.values_list("seq", "hash", "sealed_at", "to_tx", "to_id").first()
        seq, hash_, sealed_at, tx, row_id = last or (0, b"", None, -1, INSTALLATION)
        head = outside.get(stream.key)
        # A block may be a moment older than its line; a line may not be of a later or another block.
        fits = head is None or head.seq < seq or (head.seq == seq and head.hash == bytes(hash_).hex())
        with connection.cursor() as db:
            db.execute(_WAITING.format(table=stream.table), [workspace_id, tx, tx, row_id])
            row = db.fetchone()
        states.append(StreamState(stream.key, seq, sealed_at, row[0] if row else None, fits))
    return states


def last_verified(workspace_id: uuid.UUID) -> dict[str, Any] | None:
    """What the last verification that was written down found; needs a session of the workspace."""
    with connection.cursor() as db:
        db.execute(_VERIFIED, [workspace_id])
        row = db.fetchone()
    if row is None:
        return None
    return {"at": row[0], "entries": row[1], "broken": _parsed(row[2]).get("broken") or []}


def _parsed(detail: Any) -> dict[str, Any]:
    return detail if isinstance(detail, dict) else loads(detail)
