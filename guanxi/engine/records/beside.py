"""What marks and confirmations share: notes that stand beside the value of a field, not in the record.

*Rules*: seeing such a note takes the right to read the field, leaving one the right to change the record. The
record itself does not change: no version, no journal entry.
"""

import uuid
from collections.abc import Collection, Iterable
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
    found = stored_values(ctx, obj, [record_id], [f] if f else []).get(record_id)
    if found is None:
        raise NotFound
    editable, values = found
    if edit and not editable:
        raise Forbidden
    return values[0] if f else None


def stored_values(
    ctx: Ctx, obj: ObjectDef, ids: Collection[uuid.UUID], fields: Iterable[FieldDef]
) -> dict[uuid.UUID, tuple[bool, list[Any]]]:
    """By record that the actor sees: whether they may change it, and the stored values of the fields."""
    compiler = Compiler(ctx, obj)
    statement = Sql("SELECT r.id, (") + rights.editable(ctx, compiler.schema, obj, "r") + ") IS TRUE"
    for f in fields:
        value = compiler.resolve(f.key, "field")
        statement = statement + ", " + value.field.type.expression(value.source)
    rows = select_rows(statement + " " + compiler.base(where=Sql("r.id = ANY(%s)", (list(ids),))))
    return {id_: (editable, values) for id_, editable, *values in rows}


def together(fields: dict[str, list[uuid.UUID]]) -> Iterable[tuple[list[uuid.UUID], list[str]]]:
    """Fields that changed in the same records in one go: a bulk edit changes one set of fields."""
    found: dict[tuple[uuid.UUID, ...], list[str]] = {}
    for key, ids in fields.items():
        found.setdefault(tuple(ids), []).append(key)
    return ((list(ids), keys) for ids, keys in found.items())
