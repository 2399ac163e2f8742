"""Values the program keeps by itself (last contact, ages): written without a version or a journal entry.

They are no change of a person: nobody's edit grows stale by them and history stays readable.
"""

import uuid
from collections.abc import Mapping
from typing import Any

from guanxi.engine.records.store.recordset import update_rows
from guanxi.engine.records.store.rollups import Keeper
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx


def touch(ctx: Ctx, object_key: str, values: Mapping[uuid.UUID, Mapping[str, Any]]) -> int:
    """Set readonly typed fields of records, `{record id: {field: Python value}}`; gives the rows changed.

    All records are given the same fields.
    """
    if not values:
        return 0
    obj = get_object(ctx, object_key)
    names = sorted({key for given in values.values() for key in given})
    fields = [obj.fields[name] for name in names]
    if any(f.column is None for f in fields):
        raise ValueError("only fields with a column can be touched")
    columns = {"id": "uuid"} | {f.column or "": f.type.column_type for f in fields}
    rows = []
    for record_id in sorted(values):
        given = values[record_id]
        row: dict[str, Any] = {"id": record_id}
        for f in fields:
            value = given[f.key]
            row[f.column or ""] = None if value is None else f.type.dump(value, f)
        rows.append(row)
    changed = update_rows(obj.table, columns, rows)
    Keeper(ctx, obj).follow_rows(list(values), names)
    return changed
