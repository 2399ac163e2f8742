"""Seals what is committed: blocks of row digests, chained by hash, per workspace and stream.

*How it works*: rows are taken in the order (tx, id) from where the last block ended up to the horizon below
which every transaction is over (epochs.py): so a row that is committed late cannot slip behind a block. A
block keeps the id and digest of each row (`leaves`), so that the first broken row can be named, and its hash
covers the block before it, what it says of itself, and its leaves. Afterwards the heads of the chains go
to a file outside the database (heads.py).

*Rules*: digests are computed by the database, set-wise; a block has at most MOST rows. One sealer a
workspace at a time (an advisory lock).

*See*: streams.py, verifying.py, docs/adr/0054-audit-and-seal.md.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from guanxi.engine.audit import heads
from guanxi.engine.audit.epochs import Horizon, horizon
from guanxi.engine.audit.models import AuditBlock
from guanxi.engine.audit.streams import LEAF, STREAMS, Stream
from guanxi.engine.tenancy.context import session

MOST = 50_000
START = uuid.UUID(int=0)
GENESIS = b"\0" * 32
_LOCK = 4_731_882_054

_NEXT = """
WITH rows AS MATERIALIZED (
  SELECT t.id FROM {table} t
  WHERE t.workspace_id = %(workspace)s AND t.tx >= %(tx)s AND t.tx < %(horizon)s AND (t.tx, t.id) > (%(tx)s, %(id)s)
  ORDER BY t.tx, t.id LIMIT %(most)s
)
SELECT count(*), min(t.at), max(t.at), max(t.tx), string_agg(uuid_send(t.id) || {digest}, ''::bytea ORDER BY t.tx, t.id)
FROM {table} t JOIN rows USING (id) WHERE t.workspace_id = %(workspace)s
"""


@dataclass(frozen=True, slots=True)
class BlockInfo:
    """What a block says of itself; `hash_of` makes its hash."""

    workspace_id: uuid.UUID
    stream: str
    seq: int
    epoch: int
    from_tx: int
    from_id: uuid.UUID
    to_tx: int
    to_id: uuid.UUID
    count: int
    sealed_at: datetime

    def hash_of(self, prev: bytes, leaves_hash: bytes) -> bytes:
        """The hash that chains this block to the one before."""
        said = "|".join(
            str(part)
            for part in (
                "guanxi-seal-1", self.workspace_id, self.stream, self.seq, self.epoch, self.from_tx, self.from_id,
                self.to_tx, self.to_id, self.count, self.sealed_at.astimezone(UTC).isoformat(timespec="microseconds"),
            )
        )  # fmt: skip
        return hashlib.sha256(prev + said.encode() + leaves_hash).digest()


def seal(workspace_id: uuid.UUID) -> int:
    """Seal what is complete in a workspace and tell the file outside; gives the number of rows sealed."""
    with session(workspace_id):
        with connection.cursor() as db:
            db.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCK % 2**31, str(workspace_id)])
        until = horizon()
        sealed = sum(_seal_stream(workspace_id, stream, until) for stream in STREAMS)
    tell_outside(workspace_id)
    return sealed


def tell_outside(workspace_id: uuid.UUID) -> None:
    """Add to the file outside whatever blocks it does not know yet."""
    told = heads.last(workspace_id)
    with session(workspace_id):
        rows = [
            row
            for stream in STREAMS
            for row in AuditBlock.objects.filter(
                workspace_id=workspace_id, stream=stream.key,
                seq__gt=told[stream.key].seq if stream.key in told else 0,
            ).order_by("seq").values_list("stream", "seq", "hash")
        ]  # fmt: skip
    heads.append(workspace_id, [heads.Head(stream, seq, bytes(hash_).hex()) for stream, seq, hash_ in rows])


def _seal_stream(workspace_id: uuid.UUID, stream: Stream, until: Horizon) -> int:
    sealed = 0
    last = (
        AuditBlock.objects.filter(workspace_id=workspace_id, stream=stream.key)
        .order_by("-seq")
        .values_list("seq", "to_tx", "to_id", "hash")
        .first()
    )
    seq, tx, row_id, prev = last or (0, -1, START, GENESIS)
    while True:
        with connection.cursor() as db:
            db.execute(
                _NEXT.format(table=stream.table, digest=stream.digest),
                {"workspace": workspace_id, "tx": tx, "id": row_id, "horizon": until.tx, "most": MOST},
            )
            row: tuple[Any, ...] = db.fetchone() or (0, *[None] * 4)
        count, first_at, last_at, newest, leaves = row
        if not count:
            return sealed
        leaves = bytes(leaves)
        info = BlockInfo(workspace_id, stream.key, seq + 1, until.epoch, tx, row_id, newest,
                         uuid.UUID(bytes=leaves[-LEAF : -LEAF + 16]), count, datetime.now(UTC))  # fmt: skip
        hash_ = info.hash_of(bytes(prev), hashlib.sha256(leaves).digest())
        AuditBlock(
            workspace_id=workspace_id, stream=stream.key, seq=info.seq, epoch=info.epoch, from_tx=tx, from_id=row_id,
            to_tx=info.to_tx, to_id=info.to_id, count=count, first_at=first_at, last_at=last_at,
            sealed_at=info.sealed_at, leaves=leaves, prev=bytes(prev), hash=hash_,
        ).save(force_insert=True)  # fmt: skip
        seq, tx, row_id, prev = info.seq, info.to_tx, info.to_id, hash_
        sealed += count
