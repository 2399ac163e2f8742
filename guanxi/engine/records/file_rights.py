"""Who may use a stored file, and which records hold it.

*How it works*: a file hangs on the records whose fields name it; `record_link` says which (written by
`files.FileHooks`, so it follows every write, undo and merge). A person may use a file that nothing has
taken yet if they uploaded it, or one that a record they can see holds in a field they can read.

*Rules*: set-based; the same answer for reading a file and for hanging it on another record.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection

from guanxi.engine.access import rights
from guanxi.engine.records.query.read import visible_ids
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx

FRESH_HOURS = 24
"""How long a file may hang on nothing."""

_FRESH = (
    "SELECT id FROM stored_file WHERE workspace_id = %s AND id = ANY(%s::uuid[]) AND record_id IS NULL AND object_key = ''"
    " AND created_by IS NOT DISTINCT FROM %s AND created_at > now() - make_interval(hours => %s)"
)
_HOLDERS = (
    "SELECT l.target_id, l.object_key, l.field_key, l.source_id FROM record_link l"
    " JOIN stored_file f ON f.id = l.target_id AND f.workspace_id = l.workspace_id"
    " WHERE l.workspace_id = %s AND l.target_id = ANY(%s::uuid[])"
)


def file_fields(obj: ObjectDef) -> list[FieldDef]:
    """The fields of `obj` that hold files."""
    return [f for f in obj.fields.values() if f.type.references == "file"]


def usable_files(ctx: Ctx, ids: Iterable[uuid.UUID]) -> set[uuid.UUID]:
    """Those of `ids` that the actor may open and hang on a record."""
    wanted = list(ids)
    fresh = _rows(_FRESH, ctx.workspace.id, wanted, ctx.actor.user_id, FRESH_HOURS)
    found = {row[0] for row in fresh}
    rest = [file_id for file_id in wanted if file_id not in found]
    return found | _held_visibly(ctx, rest) if rest else found


def _held_visibly(ctx: Ctx, ids: list[uuid.UUID]) -> set[uuid.UUID]:
    holders: dict[str, dict[uuid.UUID, set[uuid.UUID]]] = defaultdict(lambda: defaultdict(set))
    schema = get_schema(ctx)
    readable: dict[str, set[str]] = {}
    for file_id, object_key, field_key, record_id in _rows(_HOLDERS, ctx.workspace.id, ids):
        obj = schema.find(object_key)
        if obj is None:
            continue
        if object_key not in readable:
            shown = rights.readable(ctx, obj)
            readable[object_key] = {f.key for f in file_fields(obj) if f.key in shown}
        if field_key in readable[object_key]:
            holders[object_key][record_id].add(file_id)
    found: set[uuid.UUID] = set()
    for object_key, by_record in holders.items():
        obj = schema.find(object_key)
        if obj is not None:
            for record_id in visible_ids(ctx, obj, list(by_record)):
                found |= by_record[record_id]
    return found


def _rows(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as db:
        db.execute(statement, params)
        return list(db.fetchall())
