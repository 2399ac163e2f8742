"""Verifies the seal: recomputes every digest and names the first row that does not fit, and how.

*How it works*: first the chain: numbers without a gap, each hash made anew, each block as the file outside
knows it. Then the rows: for a run of blocks at a time the database makes the leaves anew in one statement, and
they must equal the stored ones byte for byte; only where they differ the first difference is looked at. An
erased row is held to its digest, must hold no value any more, and must be told by the audit
(`journal.erased`, or `journal.sealed` for values that were encrypted). Rows of audit months that were dropped (`audit.retired`) may be missing.

*Rules*: reads only. What the last block does not cover yet can be no evidence; sealing runs every minute.

*See*: sealing.py, heads.py, docs/adr/0054-audit-and-seal.md.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection

from guanxi.engine.audit import heads
from guanxi.engine.audit.sealing import GENESIS, START, BlockInfo
from guanxi.engine.audit.streams import LEAF, STREAMS, Stream
from guanxi.engine.audit.writing import INSTALLATION
from guanxi.engine.tenancy.context import session

AT_ONCE = 100_000

_BLOCKS = """
SELECT seq, epoch, from_tx, from_id, to_tx, to_id, count, first_at, sealed_at, prev, hash, sha256(leaves)
FROM audit_block WHERE workspace_id = %s AND stream = %s ORDER BY seq
"""
_STORED = (
    "SELECT string_agg(leaves, ''::bytea ORDER BY seq) FROM audit_block"
    " WHERE workspace_id = %s AND stream = %s AND seq BETWEEN %s AND %s"
)
_STORED_HASH = f"SELECT sha256(coalesce(({_STORED}), ''))"
_MADE = """
SELECT string_agg(uuid_send(t.id) || {digest}, ''::bytea ORDER BY t.tx, t.id) FROM {table} t
WHERE t.workspace_id = %(workspace)s AND t.tx BETWEEN %(from_tx)s AND %(to_tx)s
AND (t.tx, t.id) > (%(from_tx)s, %(from_id)s) AND (t.tx, t.id) <= (%(to_tx)s, %(to_id)s)
"""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first thing that does not fit. `how`: edited, deleted, inserted, reordered, truncated of a row;
    block_edited, block_deleted, cut_off, rewritten of a block; `row_id` is None for blocks.
    """

    stream: str
    how: str
    seq: int
    row_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found in one stream of a workspace."""

    stream: str
    entries: int
    blocks: int
    sealed_at: datetime | None
    broken: Broken | None


@dataclass(frozen=True, slots=True)
class _Block:
    info: BlockInfo
    first_at: datetime
    prev: bytes
    hash: bytes
    leaves_hash: bytes


def verify(workspace_id: uuid.UUID) -> list[Verified]:
    """Verify both streams of a workspace."""
    outside = heads.known(workspace_id)
    retired = _retired_before()
    with session(workspace_id):
        found = []
        for stream in STREAMS:
            blocks = list(_blocks(workspace_id, stream))
            broken = _check_chain(stream, blocks, outside.get(stream.key, {}))
            broken = broken or _check_rows(workspace_id, stream, blocks, retired)
            broken = broken or _check_erased(workspace_id, stream)
            sealed_at = blocks[-1].info.sealed_at if blocks else None
            entries = sum(block.info.count for block in blocks)
            found.append(Verified(stream.key, entries, len(blocks), sealed_at, broken))
        return found


def _retired_before() -> datetime | None:
    with session(INSTALLATION), connection.cursor() as db:
        db.execute(
            "SELECT max((detail ->> 'before')::timestamptz) FROM audit_entry"
            " WHERE workspace_id = %s AND kind = 'audit.retired'",
            [INSTALLATION],
        )
        row = db.fetchone()
        return row[0] if row else None


def _blocks(workspace_id: uuid.UUID, stream: Stream) -> Iterator[_Block]:
    with connection.cursor() as db:
        db.execute(_BLOCKS, [workspace_id, stream.key])
        for row in db:
            (
                seq,
                epoch,
                from_tx,
                from_id,
                to_tx,
                to_id,
                count,
                first_at,
                sealed_at,
                prev,
                hash_,
                leaves_hash,
            ) = row
            info = BlockInfo(
                workspace_id, stream.key, seq, epoch, from_tx, from_id, to_tx, to_id, count, sealed_at
            )
            yield _Block(info, first_at, bytes(prev), bytes(hash_), bytes(leaves_hash))


def _check_chain(stream: Stream, blocks: Sequence[_Block], outside: dict[int, str]) -> Broken | None:
    prev, place = GENESIS, (-1, START)
    for expected, block in enumerate(blocks, start=1):
        info = block.info
        if info.seq != expected:
            return Broken(stream.key, "block_deleted", expected)
        fits = block.prev == prev and (info.from_tx, info.from_id) == place
        if not fits or info.hash_of(prev, block.leaves_hash) != block.hash:
            return Broken(stream.key, "block_edited", info.seq)
        if outside.get(info.seq, block.hash.hex()) != block.hash.hex():
            return Broken(stream.key, "rewritten", info.seq)
        prev, place = block.hash, (info.to_tx, info.to_id)
    if outside and max(outside) > len(blocks):
        return Broken(stream.key, "cut_off", len(blocks) + 1)
    return None


def _check_rows(
    workspace_id: uuid.UUID, stream: Stream, blocks: Sequence[_Block], retired: datetime | None
) -> Broken | None:
    for run in _runs(blocks):
        first, last = run[0].info, run[-1].info
        making = _MADE.format(table=stream.table, digest=stream.digest)
        place = {"workspace": workspace_id, "from_tx": first.from_tx, "from_id": first.from_id, "to_tx": last.to_tx,
                 "to_id": last.to_id}  # fmt: skip
        where = [workspace_id, stream.key, first.seq, last.seq]
        # The bytes themselves travel only where they differ.
        if _bytes(f"SELECT sha256(coalesce(({making}), ''))", place) == _bytes(_STORED_HASH, where):
            continue
        stored, made = _bytes(_STORED, where), _bytes(making, place)
        if stream.key == "audit" and retired is not None and any(b.first_at < retired for b in run):
            stored = _without_retired(run, stored, made, retired)
        if made != stored:
            broken = _name(stream, stored, made, is_end=run[-1] is blocks[-1])
            return replace(broken, seq=_seq_of(run, stored, broken))
    return None


def _runs(blocks: Sequence[_Block]) -> Iterator[list[_Block]]:
    """Neighbouring blocks whose rows are looked at together."""
    run: list[_Block] = []
    rows = 0
    for block in blocks:
        if run and rows + block.info.count > AT_ONCE:
            yield run
            run, rows = [], 0
        run.append(block)
        rows += block.info.count
    if run:
        yield run


def _without_retired(run: Sequence[_Block], stored: bytes, made: bytes, retired: datetime) -> bytes:
    """The stored leaves without rows of months that were dropped: what is missing in blocks that reach there."""
    present = {leaf[:16] for leaf in _leaves(made)}
    kept, start = [], 0
    for block in run:
        end = start + block.info.count * LEAF
        part = _leaves(stored[start:end])
        kept += part if block.first_at >= retired else [leaf for leaf in part if leaf[:16] in present]
        start = end
    return b"".join(kept)


def _name(stream: Stream, stored: bytes, made: bytes, *, is_end: bool) -> Broken:
    """The first row where the leaves differ, and how."""
    wanted, found = _leaves(stored), _leaves(made)
    at = next(
        (i for i, (old, new) in enumerate(zip(wanted, found, strict=False)) if old != new),
        min(len(wanted), len(found)),
    )
    digest_of = {leaf[:16]: leaf[16:] for leaf in wanted}
    if at == len(wanted):
        return Broken(stream.key, "inserted", 0, _id(found[at]))
    lost = _id(wanted[at])
    if at < len(found) and found[at][:16] == wanted[at][:16]:
        swapped = found[at][16:] in set(digest_of.values())
        return Broken(stream.key, "reordered" if swapped else "edited", 0, lost)
    if at < len(found) and found[at][:16] not in digest_of:
        return Broken(stream.key, "inserted", 0, _id(found[at]))
    if _exists(stream, lost):
        return Broken(stream.key, "reordered", 0, lost)
    return Broken(stream.key, "truncated" if is_end and at == len(found) else "deleted", 0, lost)


def _seq_of(run: Sequence[_Block], stored: bytes, broken: Broken) -> int:
    """The block that the row is in, or would be."""
    ids = [leaf[:16] for leaf in _leaves(stored)]
    place = ids.index(broken.row_id.bytes) if broken.row_id and broken.row_id.bytes in ids else 0
    for block in run:
        place -= block.info.count
        if place < 0:
            return block.info.seq
    return run[-1].info.seq


def _check_erased(workspace_id: uuid.UUID, stream: Stream) -> Broken | None:
    """An erased row that still (or again) holds a plain value, or that no entry of the audit tells of."""
    plain = '@ != null && !(@.type() == "string" && @ starts with "gx1.")'
    holds = f"jsonb_path_exists(t.{stream.part}, 'lax $.*[*] ? ({plain})')"
    with connection.cursor() as db:
        db.execute(
            "WITH told AS MATERIALIZED (SELECT DISTINCT r.id::uuid AS id FROM audit_entry e"
            " CROSS JOIN LATERAL (SELECT jsonb_array_elements_text(e.detail -> 'records')"
            " UNION ALL SELECT jsonb_array_elements_text(e.detail -> 'entries')) AS r(id)"
            " WHERE e.workspace_id = %s AND e.kind IN ('journal.erased', 'journal.sealed'))"
            f" SELECT t.id FROM {stream.table} t WHERE t.workspace_id = %s AND t.erased IS NOT NULL"
            f" AND ({holds} OR (NOT EXISTS (SELECT 1 FROM told WHERE told.id = t.record_id)"
            "  AND NOT EXISTS (SELECT 1 FROM told WHERE told.id = t.id)))"
            " ORDER BY t.tx, t.id LIMIT 1",
            [workspace_id, workspace_id],
        )
        row = db.fetchone()
    return Broken(stream.key, "edited", 0, row[0]) if row else None


def _exists(stream: Stream, row_id: uuid.UUID) -> bool:
    with connection.cursor() as db:
        db.execute(f"SELECT 1 FROM {stream.table} WHERE id = %s", [row_id])
        return db.fetchone() is not None


def _bytes(statement: str, params: Any) -> bytes:
    with connection.cursor() as db:
        db.execute(statement, params)
        row = db.fetchone()
    return bytes(row[0]) if row and row[0] is not None else b""


def _leaves(leaves: bytes) -> list[bytes]:
    return [leaves[i : i + LEAF] for i in range(0, len(leaves), LEAF)]


def _id(leaf: bytes) -> uuid.UUID:
    return uuid.UUID(bytes=leaf[:16])
