"""Fills a benchmark's workspace through the write door, by the chunk."""

import uuid
from collections.abc import Callable
from typing import Any

from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.kit.ids import new_ids

CHUNK = 5000


def write(ctx: Ctx, key: str, rows: int, make: Callable[[int], dict[str, Any]]) -> list[uuid.UUID]:
    """Create `rows` records of an object, the n-th of `make(n)`; gives their ids, stops at the first refusal."""
    ids: list[uuid.UUID] = []
    for start in range(0, rows, CHUNK):
        fresh = new_ids(min(CHUNK, rows - start))
        changes = [Change("create", i, make(start + n), index=n) for n, i in enumerate(fresh)]
        with session(ctx.workspace.id):
            result = store.bulk_write(ctx, key, changes)
        if result.refused:
            raise SystemExit(f"{key}: {next(iter(result.refused.values()))}")
        ids += fresh
    return ids
