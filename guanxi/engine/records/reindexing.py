"""Writing the search entries of an object anew when what they are made of has changed.

*How it works*: a field that is hidden, shown, made searchable or put away changes what its records are
found by and what stands below their titles. One job goes through the object's live records, a chunk in a
transaction, and writes their entries as the write door would.

*Rules*: until the job is through, entries are as they were; a record is locked while its entry is written.
"""

import uuid
from collections.abc import Sequence

from procrastinate.contrib.django import app

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import environment, rows_of, table_of
from guanxi.engine.records.search import remove_entries
from guanxi.engine.records.store import rows
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.kit.sql import Sql, all_of, sql

REINDEX = "records.reindex"
QUEUE = "maintenance"
CHUNK = 1000


def request_reindexing(ctx: Ctx, before: ObjectDef, after: ObjectDef) -> None:
    """Have the worker write the entries anew, if the change from `before` to `after` shows in them."""
    if _sources(before) != _sources(after):
        start_reindexing(ctx, after)


def start_reindexing(ctx: Ctx, obj: ObjectDef) -> None:
    """Have the worker write the entries of an object anew."""
    task = app.configure_task(REINDEX, queue=QUEUE, lock=f"{REINDEX}:{ctx.workspace.id}:{obj.key}")
    task.defer(workspace_id=str(ctx.workspace.id), object_key=obj.key)


def reindex(workspace_id: uuid.UUID, object_key: str) -> None:
    """Write the search entries of all live records of an object."""
    last: uuid.UUID | None = None
    while True:
        with session(workspace_id):
            ctx = load_system_ctx(workspace_id)
            obj = get_schema(ctx).find(object_key)
            ids = _next_ids(ctx, obj, last) if obj is not None else []
            if obj is None or not ids:
                return
            write_entries(ctx, obj, ids)
        last = ids[-1]


def _sources(obj: ObjectDef) -> tuple[list[str], list[str]]:
    return [f.key for f in obj.searchable], [f.key for f in obj.subtitle]


def _next_ids(ctx: Ctx, obj: ObjectDef, last: uuid.UUID | None) -> list[uuid.UUID]:
    where = [rows_of(ctx, obj, "r"), Sql("r.deleted_at IS NULL")]
    if last is not None:
        where.append(sql("r.id > {}", last))
    statement = Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + all_of(where)
    return [row[0] for row in select_rows(statement + sql(" ORDER BY r.id LIMIT {}", CHUNK))]


def write_entries(ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID]) -> None:
    """Write the search entries of some records; those in the bin have none."""
    if obj.line_of is not None:
        return
    changes = [Change("update", record_id, {}, index=n) for n, record_id in enumerate(ids)]
    lock_rows(ctx, obj, changes, deleted=False, trusted=True)
    live = [change for change in changes if not change.errors]
    for change in live:
        change.system = {"updated_at": (change.before or {}).get("updated_at")}
    remove_entries([change.id for change in live])
    rows.index_records(ctx, obj, live, environment(ctx), fresh=True)
