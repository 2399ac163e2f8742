"""Indexes of custom fields: asked for with the field, built by a job, concurrently.

*How it works*: `request_indexes` enqueues one job in the schema change's transaction; the job reads the
declarations again, opens the owner's connection and builds what is declared and missing. An index is over one workspace's rows and
one key of `custom`, by the very expression that filters and sorts compile to, continued by the title's
sort key: a list filtered by the field comes out in its usual order. The planner takes no statistics from
a partial index, so the expression gets statistics of its own, once per table.

*Rules*: an index that failed half-way (INVALID) is dropped and built again; names are made of ids. What no field
asks for any more is dropped by the same job. A job names a workspace and never holds a statement: whoever can write a job must not thereby speak as the owner.
"""

import hashlib
import uuid
from collections.abc import Sequence

from procrastinate.contrib.django import app
from psycopg import sql

from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.facade import indexed_fields
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.owner import owner_connection
from guanxi.kit.sql import ident, literal

BUILD_INDEXES = "records.build_indexes"
QUEUE = "maintenance"


def request_indexes(ctx: Ctx) -> None:
    """Have the worker build the declared indexes that are missing, once this transaction commits."""
    if indexed_fields(ctx):
        request_index_work(ctx)


def request_index_work(ctx: Ctx) -> None:
    """Have the worker bring the indexes to what is declared: build what is missing, drop what is left over."""
    task = app.configure_task(BUILD_INDEXES, queue=QUEUE, lock=BUILD_INDEXES)
    task.defer(workspace_id=str(ctx.workspace.id))


def declared_indexes(ctx: Ctx) -> list[list[str]]:
    """What `index_sql` says of every indexed field of the workspace."""
    return [index_sql(ctx.workspace.id, obj, f) for obj, f in indexed_fields(ctx)]


def build_indexes(indexes: Sequence[Sequence[str]]) -> None:
    """Build each of `declared_indexes` that is missing; rebuild those left invalid by a failure."""
    with owner_connection() as owner:
        # Building waits for writers by design; the short lock timeout is for everything else.
        owner.execute("SET lock_timeout = '60s'")
        for name, index, statistics, table in indexes:
            row = owner.execute(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)", [f'public."{name}"']
            ).fetchone()
            if row is not None and row[0]:
                continue
            if row is not None:
                owner.execute(sql.SQL("DROP INDEX CONCURRENTLY {}").format(sql.Identifier(name)))
            owner.execute(index.encode())
            if statistics:
                owner.execute(statistics.encode())
            owner.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))


def drop_left_over(workspace_id: uuid.UUID, indexes: Sequence[Sequence[str]]) -> int:
    """Drop the workspace's indexes of fields that ask for none any more; gives their number."""
    wanted = [name for name, *_ in indexes]
    with owner_connection() as owner:
        owner.execute("SET lock_timeout = '60s'")
        rows = owner.execute(
            "SELECT indexname FROM pg_indexes WHERE schemaname = 'public' AND indexname LIKE 'cf\\_%%'"
            " AND indexdef LIKE %s AND NOT indexname = ANY(%s)",
            [f"%'{workspace_id}'%", wanted],
        ).fetchall()
        for (name,) in rows:
            owner.execute(sql.SQL("DROP INDEX CONCURRENTLY IF EXISTS {}").format(sql.Identifier(name)))
        return len(rows)


def index_sql(workspace_id: uuid.UUID, obj: ObjectDef, f: FieldDef) -> list[str]:
    """`[name, index statement, statistics statement, table]` of a field in a workspace.

    A column needs no statistics of its own: PostgreSQL keeps them.
    """
    source = Source(obj.table, f.column, f.key, obj.key)
    expression = f.type.expression(source).text.replace(f"{obj.table}.", "")
    mark = hashlib.blake2s(f"{workspace_id}{obj.key}{f.key}{expression}".encode(), digest_size=8).hexdigest()
    name = f"cf_{obj.key[:20]}_{mark}"
    kind = f" AND object_key = {literal(obj.key).text}" if obj.discriminator else ""
    method = f"USING gin ({expression})" if f.type.as_json_value else f"(({expression}), title_sort, id)"
    where = f"WHERE deleted_at IS NULL AND workspace_id = '{workspace_id}'{kind}"
    described = hashlib.blake2s(f"{obj.table}{expression}".encode(), digest_size=8).hexdigest()
    statistics = f'CREATE STATISTICS IF NOT EXISTS "cs_{described}" ON ({expression}) FROM {ident(obj.table)}'
    statistics = "" if f.column else statistics
    index = f"CREATE INDEX CONCURRENTLY {ident(name)} ON {ident(obj.table)} {method} {where}"
    return [name, index, statistics, obj.table]
