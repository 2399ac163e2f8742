"""Which stages records stand in, the deleted ones included: a stage with records is not taken away."""

from collections.abc import Sequence
from typing import Any

from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.pipelines import InUse
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql, all_of, sql


def stages_in_use(ctx: Ctx, object_key: str) -> InUse:
    """A question: which of some stages does any record of the object stand in?"""
    obj = get_object(ctx, object_key)
    stage_fields = [f for f in obj.fields.values() if f.type.type == "stage"]

    def used(keys: Sequence[str]) -> list[str]:
        found: set[Any] = set()
        for f in stage_fields:
            source = f.type.expression(Source("r", f.column, f.key, obj.key))
            where = all_of(
                [rows_of(ctx, obj, "r"), sql("{} = ANY({})", source, Sql("%s::text[]", (list(keys),)))]
            )
            statement = Sql("SELECT DISTINCT ") + source + f" FROM {table_of(obj)} r WHERE " + where
            found.update(row[0] for row in select_rows(statement))
        return [key for key in keys if key in found]

    return used
