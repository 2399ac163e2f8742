"""Indexes of custom fields: asked for with the field, built by a job, concurrently.

*How it works*: `request_indexes` enqueues one job in the schema change's transaction; the job opens the
owner's connection and builds what is declared and missing. An index is over one workspace's rows and
one key of `custom`, by the very expression that filters and sorts compile to, continued by the title's
sort key: a list filtered by the field comes out in its usual order. The planner takes no statistics from
a partial index, so the expression gets statistics of its own, once per table.

*Rules*: an index that failed half-way (INVALID) is dropped and built again; names are made of ids.
"""

import hashlib
import uuid

from guanxi.engine.records.tasks import build_indexes
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.facade import indexed_fields
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.tenancy.context import Ctx


def request_indexes(ctx: Ctx) -> None:
    """Have the worker build the declared indexes that are missing, once this transaction commits."""
    wanted = [index_sql(ctx.workspace.id, obj, f) for obj, f in indexed_fields(ctx)]
    if wanted:
        build_indexes.defer(indexes=wanted)


def index_sql(workspace_id: uuid.UUID, obj: ObjectDef, f: FieldDef) -> list[str]:
    """`[name, index statement, statistics statement, table]` of a custom field in a workspace."""
    expression = f.type.expression(Source(obj.table, None, f.key, obj.key)).text.replace(
        f"{obj.table}.custom", "custom"
    )
    mark = hashlib.blake2s(f"{workspace_id}{obj.key}{f.key}{expression}".encode(), digest_size=8).hexdigest()
    name = f"cf_{obj.key[:20]}_{mark}"
    kind = f" AND object_key = '{obj.key}'" if obj.discriminator else ""
    method = f"USING gin ({expression})" if f.type.as_json_value else f"(({expression}), title_sort, id)"
    where = f"WHERE deleted_at IS NULL AND workspace_id = '{workspace_id}'{kind}"
    described = hashlib.blake2s(f"{obj.table}{expression}".encode(), digest_size=8).hexdigest()
    statistics = f'CREATE STATISTICS IF NOT EXISTS "cs_{described}" ON ({expression}) FROM "{obj.table}"'
    index = f'CREATE INDEX CONCURRENTLY "{name}" ON "{obj.table}" {method} {where}'
    return [name, index, statistics, obj.table]
