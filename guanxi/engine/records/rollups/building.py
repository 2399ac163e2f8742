"""Filling rollups of records that are there already, and checking what is kept.

*How it works*: whoever saves a rollup has a job fill it, a chunk of records in a transaction, in the order
of ids; the field says `busy` until the last is done. The job first waits for transactions that began
before the rollup was known: they may write records it would not see. Rollups whose definition moves with the day are filled
again after midnight.

*Rules*: idempotent: a chunk computes what is true now and writes what differs.
"""

import time
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.db import connection
from procrastinate.contrib.django import app

from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.rollups.aggregates import Group, differences, groups_of, shape
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.rollups import refresh_all
from guanxi.engine.schema.changes import bumped
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.models import SchemaField
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.engine.tenancy.models import load_system_ctx
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql, all_of, sql

FILL = "records.fill_rollup"
QUEUE = "maintenance"
BUSY = "rollup"
CHUNK = 2000
LONGEST_WAIT = 60.0


@dataclass(frozen=True, slots=True)
class Difference:
    """A kept figure that is not what it should be."""

    object: str
    id: uuid.UUID
    field: str
    kept: Any
    true: Any


def request_filling(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> Ctx:
    """Have the worker fill a rollup once this transaction commits; it is `busy` until then.

    Gives the context at the schema's new version.
    """
    for row in SchemaField.objects.filter(object_key=obj.key, key=f.key):
        row.definition = {**row.definition, "busy": BUSY}
        row.save(update_fields=["definition"])
    _defer(ctx, obj, f)
    return bumped(ctx)


def fill(workspace_id: uuid.UUID, object_key: str, field_key: str) -> int:
    """Fill one rollup in all records of its object, and say that it is done; gives the records that changed.

    Rollups that share its pass over the other object's records are filled with it.
    """
    _wait_for_older_transactions(workspace_id)
    changed = rebuild(workspace_id, object_key, field_key)
    with session(workspace_id):
        row = SchemaField.objects.select_for_update().filter(object_key=object_key, key=field_key).first()
        if row is not None and row.definition.get("busy") == BUSY:
            row.definition = {key: value for key, value in row.definition.items() if key != "busy"}
            row.save(update_fields=["definition"])
            bumped(load_system_ctx(workspace_id))
    return changed


def rebuild(workspace_id: uuid.UUID, object_key: str, field_key: str | None = None) -> int:
    """Compute an object's rollups (or one) anew in all records, deleted ones too; gives how many differed."""
    changed = 0
    last: uuid.UUID | None = None
    while True:
        with session(workspace_id):
            ctx = load_system_ctx(workspace_id)
            groups, ids = _next(ctx, object_key, field_key, last)
            if not ids:
                return changed
            for group in groups:
                changed += refresh_all(ctx, group, ids)
        last = ids[-1]


def verify(workspace_id: uuid.UUID, object_key: str) -> Iterator[Difference]:
    """Every kept figure of an object that is not what its records say; a snapshot a chunk."""
    last: uuid.UUID | None = None
    while True:
        with session(workspace_id):
            ctx = load_system_ctx(workspace_id)
            groups, ids = _next(ctx, object_key, None, last)
            found = [item for group in groups for item in _differing(ctx, group, ids)] if ids else []
        yield from found
        if not ids:
            return
        last = ids[-1]


def rolled_up(ctx: Ctx) -> list[str]:
    """The keys of the objects that have rollups."""
    return [obj.key for obj in get_schema(ctx).listed if any(f.rollup for f in obj.fields.values())]


def moves_with_time(ctx: Ctx, group: Group, f: FieldDef) -> bool:
    """True when a rollup gives another figure on another day though no record changes."""
    later = replace(ctx, now=ctx.now + timedelta(days=400))
    return shape(ctx, group, f) != shape(later, group, f)


def refill_moving(ctx: Ctx) -> None:
    """Have the rollups filled, once a day, whose definition moves with the day (an hourly chore)."""
    today = ctx.today.date().isoformat()
    for obj in get_schema(ctx).listed:
        for group in groups_of(get_schema(ctx), obj):
            for f in group.rollups:
                if moves_with_time(ctx, group, f):
                    _refill_once(ctx, obj, f, today)


def _refill_once(ctx: Ctx, obj: ObjectDef, f: FieldDef, today: str) -> None:
    row = SchemaField.objects.select_for_update().filter(object_key=obj.key, key=f.key).first()
    if row is None or row.definition.get("filled_on") == today:
        return
    row.definition = {**row.definition, "filled_on": today}
    row.save(update_fields=["definition"])
    _defer(ctx, obj, f)


def _defer(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> None:
    task = app.configure_task(FILL, queue=QUEUE, lock=f"{FILL}:{ctx.workspace.id}:{obj.key}")
    task.defer(workspace_id=str(ctx.workspace.id), object_key=obj.key, field_key=f.key)


def _next(
    ctx: Ctx, object_key: str, field_key: str | None, last: uuid.UUID | None
) -> tuple[Sequence[Group], list[uuid.UUID]]:
    """The groups to compute, and the ids of the next chunk of records (none: all are done)."""
    obj = get_schema(ctx).find(object_key)
    groups = groups_of(get_schema(ctx), obj) if obj is not None else ()
    wanted = [group for group in groups if field_key is None or field_key in group.keys]
    if obj is None or not wanted:
        return [], []
    where = [rows_of(ctx, obj, "r")]
    if last is not None:
        where.append(sql("r.id > {}", last))
    statement = Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + all_of(where)
    return wanted, [row[0] for row in select_rows(statement + sql(" ORDER BY r.id LIMIT {}", CHUNK))]


def _differing(ctx: Ctx, group: Group, ids: Sequence[uuid.UUID]) -> list[Difference]:
    statement = differences(ctx, group, ids)
    if statement is None:
        return []
    return [
        Difference(group.obj.key, row[0], row[1], *(None if v is None else loads(v) for v in row[2:]))
        for row in select_rows(statement)
    ]


def _wait_for_older_transactions(workspace_id: uuid.UUID) -> None:
    """Wait until every transaction has ended that was running when this began, a minute at most."""
    if connection.in_atomic_block:
        return  # a job run by hand within a transaction: nothing of others can have changed for it
    with session(workspace_id), connection.cursor() as db:
        db.execute("SELECT clock_timestamp()")
        began = db.fetchone()[0]
    until = time.monotonic() + LONGEST_WAIT
    while time.monotonic() < until:
        with session(workspace_id), connection.cursor() as db:
            db.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND usename = current_user AND xact_start < %s AND pid <> pg_backend_pid()",
                [began],
            )
            if not db.fetchone()[0]:
                return
        time.sleep(0.2)


chore_registry.register(Chore("records.refill_moving_rollups", refill_moving))
