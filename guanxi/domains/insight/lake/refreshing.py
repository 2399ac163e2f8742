"""Bringing a lake up to date: what changed since the last time, or everything anew.

*How it works*: rows changed since the last refresh (an hour of overlap catches what was committed late; the same row
twice is no harm) go into the parts that their ids belong to, and only those parts are written anew; deleted ones leave.
Then the parts are counted against the database: where a part differs (rows were purged) it is read again as a whole.
A lake that is not there, or whose columns have another meaning by now, is made from scratch. The result is the same
either way.

*Rules*: one refresh of a workspace at a time (an advisory lock of the transaction). Readers have the old state until
the new one is complete.
"""

import uuid
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from guanxi.domains.insight.lake.exporting import LIVE, batches, between, counted, schema_of, shape
from guanxi.domains.insight.lake.facts import Fact, facts
from guanxi.domains.insight.lake.parts import Kept, Part, folder_of, new_file, read_list, write_list
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.turns import wait_turn
from guanxi.kit.sql import TRUE, sql

OVERLAP = timedelta(hours=1)
PART_ROWS = 500_000
FIRST = str(uuid.UUID(int=0))


@dataclass(frozen=True, slots=True)
class Freshness:
    """How a fact stands after a refresh: rows in the lake and in the database, what was read, whether all of it."""

    fact: str
    rows: int
    database_rows: int
    read: int
    whole: bool

    def as_json(self) -> dict[str, Any]:
        """For the record of a run."""
        return {"fact": self.fact, "rows": self.rows, "database_rows": self.database_rows, "read": self.read,
                "whole": self.whole}  # fmt: skip


def refresh(ctx: Ctx, *, whole: bool = False) -> list[Freshness]:
    """Bring the workspace's lake up to date, or with `whole` make it anew; needs a session of the workspace."""
    wait_turn(f"insight.lake:{ctx.workspace.id}")
    known = {} if whole else read_list(ctx.workspace.id)
    found: dict[str, Kept] = {}
    told = []
    for fact in facts:
        if fact.object not in get_schema(ctx).objects:
            continue
        found[fact.key], freshness = _refreshed(ctx, fact, known.get(fact.key))
        told.append(freshness)
    write_list(ctx.workspace.id, found)
    return told


def _refreshed(ctx: Ctx, fact: Fact, kept: Kept | None) -> tuple[Kept, Freshness]:
    shaped = shape(ctx, fact)
    started = ctx.now.isoformat()
    if kept is None or kept.columns != shaped or not _all_there(ctx, kept):
        parts, read = _written(ctx, fact, batches(ctx, fact, TRUE), FIRST)
        total = sum(part.rows for part in parts)
        return Kept(shaped, started, parts, total), Freshness(fact.key, total, total, read, whole=True)
    parts, read = _with_changes(ctx, fact, kept)
    in_database = counted(ctx, fact, [uuid.UUID(part.low) for part in parts]) if parts else {}
    parts, again = _put_right(ctx, fact, parts, in_database)
    fresh = Kept(shaped, started, parts, sum(in_database.values()))
    return fresh, Freshness(fact.key, fresh.rows, fresh.database_rows, read + again, whole=False)


def _all_there(ctx: Ctx, kept: Kept) -> bool:
    home = folder_of(ctx.workspace.id)
    return all((home / part.file).exists() for part in kept.parts)


def _with_changes(ctx: Ctx, fact: Fact, kept: Kept) -> tuple[list[Part], int]:
    """The parts with the rows that have changed since the last refresh."""
    since = datetime.fromisoformat(kept.until) - OVERLAP
    # Two conditions, each with an index of its own.
    changed = list(
        batches(ctx, fact, sql("r.updated_at >= {} AND r.deleted_at IS NULL", since), also_dead=True)
    )
    changed += list(batches(ctx, fact, sql("r.deleted_at >= {}", since), also_dead=True))
    if not changed:
        return kept.parts, 0
    delta = pa.concat_tables(changed).sort_by("id")
    if not kept.parts:
        live = delta.filter(delta[LIVE]).drop_columns([LIVE])
        return _written(ctx, fact, [live] if live.num_rows else [], FIRST)[0], delta.num_rows
    lows = [part.low for part in kept.parts]
    place = [max(bisect_right(lows, one) - 1, 0) for one in delta["id"].to_pylist()]
    where = pa.array(place, pa.int32())
    parts: list[Part] = []
    for number, part in enumerate(kept.parts):
        own = delta.filter(pc.equal(where, number))
        parts += _merged(ctx, fact, part, own) if own.num_rows else [part]
    return parts, delta.num_rows


def _merged(ctx: Ctx, fact: Fact, part: Part, delta: pa.Table) -> list[Part]:
    """A part with changes: rows of the same ids make room for those that live."""
    old = pq.read_table(folder_of(ctx.workspace.id) / part.file)
    stays = old.filter(pc.invert(pc.is_in(old["id"], value_set=delta["id"].combine_chunks())))
    live = delta.filter(delta[LIVE]).drop_columns([LIVE])
    if live.num_rows == 0 and stays.num_rows == old.num_rows:
        return [part]
    merged = pa.concat_tables([stays, live]).sort_by("id")
    if merged.num_rows == 0:
        return [_write(ctx, fact, merged, part.low)]
    return _written(ctx, fact, [merged], part.low)[0]


def _put_right(
    ctx: Ctx, fact: Fact, parts: list[Part], in_database: Mapping[int, int]
) -> tuple[list[Part], int]:
    """The parts with those read again whose rows are not as many as in the database."""
    found: list[Part] = []
    read = 0
    for number, part in enumerate(parts):
        if part.rows == in_database.get(number, 0):
            found.append(part)
            continue
        high = parts[number + 1].low if number + 1 < len(parts) else None
        again, count = _written(ctx, fact, batches(ctx, fact, between(part.low, high)), part.low)
        found += again or [_write(ctx, fact, schema_of(shape(ctx, fact)).empty_table(), part.low)]
        read += count
    return found, read


def _written(ctx: Ctx, fact: Fact, tables: Iterable[pa.Table], low: str) -> tuple[list[Part], int]:
    """Parts with the rows of the tables, which come in the order of their ids; the first begins at `low`."""
    parts: list[Part] = []
    for piece in _sized(tables):
        parts.append(_write(ctx, fact, piece, str(piece["id"][0]) if parts else low))
    return parts, sum(part.rows for part in parts)


def _sized(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The same rows in pieces of PART_ROWS; one that is less than half of it belongs to the last."""
    held: list[pa.Table] = []
    count = 0
    for table in tables:
        held.append(table)
        count += table.num_rows
        while count >= PART_ROWS * 3 // 2:
            whole = pa.concat_tables(held)
            yield whole.slice(0, PART_ROWS)
            held, count = [whole.slice(PART_ROWS)], count - PART_ROWS
    if count:
        yield pa.concat_tables(held)


def _write(ctx: Ctx, fact: Fact, table: pa.Table, low: str) -> Part:
    path = new_file(ctx.workspace.id, fact.key)
    strings = [field.name for field in table.schema if field.type == pa.string() and field.name != "id"]
    pq.write_table(table, path, compression="zstd", use_dictionary=strings)
    return Part(path.name, low, table.num_rows)
