"""What marks and confirmations share: notes that stand beside the value of a field, not in the record.

*Rules*: seeing such a note takes the right to read the field, leaving one the right to change the record. The
record itself does not change: no version, no journal entry.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Forbidden, NotFound
from guanxi.kit.sql import Sql


def stored_value(
    ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, f: FieldDef | None = None, *, edit: bool = False
) -> Any:
    """The stored value of a field of a record (None without one); raises NotFound, Forbidden."""
    compiler = Compiler(ctx, obj)
    value = compiler.resolve(f.key, "field") if f else None
    shown = value.field.type.expression(value.source) if value else Sql("NULL")
    may = rights.editable(ctx, compiler.schema, obj, "r")
    statement = Sql("SELECT (") + may + ") IS TRUE, " + shown + " "
    rows = select_rows(statement + compiler.base(where=Sql("r.id = %s", (record_id,))))
    if not rows:
        raise NotFound
    if edit and not rows[0][0]:
        raise Forbidden
    return rows[0][1]


def together(fields: dict[str, list[uuid.UUID]]) -> Iterable[tuple[list[uuid.UUID], list[str]]]:
    """Fields that changed in the same records in one go: a bulk edit changes one set of fields."""
    found: dict[tuple[uuid.UUID, ...], list[str]] = {}
    for key, ids in fields.items():
        found.setdefault(tuple(ids), []).append(key)
    return ((list(ids), keys) for ids, keys in found.items())
