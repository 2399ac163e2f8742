"""Expressions over records that are not stored yet: what a form shows, what is about to be written.

*How it works*: the drafts travel as one JSON parameter and are spread into rows with the columns of the
object's own table (`jsonb_populate_recordset`). The same compiler that serves lists then works over
them: conditions, formulas and paths through links mean in a rule what they mean in a filter.

*Rules*: nothing is written; links lead to what the actor of `ctx` may see. One statement for all drafts.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import connection

from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.sealed import INDEX
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.jsons import dumps
from guanxi.kit.sql import Sql, ident, join


def draft_row(
    ctx: Ctx,
    obj: ObjectDef,
    record_id: uuid.UUID,
    values: Mapping[str, Any],
    custom: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """A row of the object's table made of Python `values`; `custom` is what the stored row holds there."""
    row: dict[str, Any] = {"id": record_id, "workspace_id": ctx.workspace.id, "version": 1}
    kept = dict(custom or {})
    for key, value in values.items():
        f = obj.fields.get(key)
        if f is None or not f.in_row:
            continue
        dumped = None if value is None else f.type.dump(value, f)
        if f.is_sealed:  # conditions ask for its blind index alone
            assert f.seal is not None
            kept[key + INDEX] = None if dumped is None else f.seal.blind(dumped)
        elif f.column:
            row[f.column] = dumped
        else:
            kept[key] = dumped
    if obj.discriminator is not None:
        row["object_key"] = obj.discriminator
    return row | {"custom": {key: value for key, value in kept.items() if value is not None}}


def evaluate(
    ctx: Ctx, obj: ObjectDef, drafts: Sequence[Mapping[str, Any]], build: Callable[[Compiler], Sequence[Sql]]
) -> dict[uuid.UUID, tuple[Any, ...]]:
    """By id of draft, the values of the expressions that `build` makes with the compiler it is given.

    `drafts` come from `draft_row`. Raises what compiling raises (Invalid for an unknown field).
    """
    if not drafts:
        return {}
    rows = Sql(f"jsonb_populate_recordset(NULL::{ident(obj.table)}, %s::jsonb)", (dumps(drafts).decode(),))
    compiler = Compiler(ctx, obj, rows=rows)
    expressions = build(compiler)
    statement = Sql("SELECT ") + join([Sql("r.id"), *expressions]) + " " + compiler.base()
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        return {row[0]: row[1:] for row in db.fetchall()}
