"""Which stages records stand in, the deleted ones included; and moving them before their stage goes.

*How it works*: `move_out` gives the live records the other stage through the write door, as one batch in the journal
that can be undone, and writes those in the recycle bin directly (nobody has seen them change), so that none comes back
to a stage that is no more.

*Rules*: it is the administrator's doing: gates do not hold, and one request moves at most MOST records.
"""

import uuid
from collections.abc import Mapping, Sequence

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.recordset import select_rows, update_rows
from guanxi.engine.records.store.writing import CHUNK, bulk_write
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.schema.loading import get_object
from guanxi.engine.schema.pipelines import InUse
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import TooLarge, invalid
from guanxi.kit.ids import new_id
from guanxi.kit.sql import Sql, all_of, sql
from guanxi.kit.text import Text

MOST = 20_000
NO_STAGE = Text("请选择另一个阶段。", "Choose another stage.")
TOO_MANY = Text(
    "一次最多移动 {max} 条记录，请先在列表里分批移走。",
    "At most {max} records are moved at once. Move some of them in the list first.",
)


def stages_in_use(ctx: Ctx, object_key: str) -> InUse:
    """A question: how many records of the object stand in each of some stages?"""
    obj = get_object(ctx, object_key)

    def used(keys: Sequence[str]) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for f in _stage_fields(obj):
            source = f.type.expression(Source("r", f.column, f.key, obj.key))
            statement = Sql("SELECT ") + source + f", count(*) FROM {table_of(obj)} r WHERE "
            for key, count in select_rows(statement + _standing(ctx, obj, f, keys) + Sql(" GROUP BY 1")):
                found[key] = found.get(key, 0) + count
        return {key: found[key] for key in keys if key in found}

    return used


def move_out(ctx: Ctx, object_key: str, pipeline_stages: Sequence[str], move: object) -> None:
    """Move what stands in a stage to another one, as `{from: to}` says; both are the pipeline's.

    Raises Invalid naming the stage, TooLarge.
    """
    if not isinstance(move, Mapping):
        raise invalid("move", "wrong_type", NO_STAGE)
    for former, other in move.items():
        if former not in pipeline_stages or other not in pipeline_stages or other in move:
            raise invalid(f"move.{str(former)[:40]}", "unknown_option", NO_STAGE)
    obj = get_object(ctx, object_key)
    ctx = ctx.with_batch(new_id())
    for f in _stage_fields(obj):
        statement = Sql(f"SELECT r.id, r.deleted_at IS NOT NULL, r.{f.column} FROM {table_of(obj)} r WHERE ")
        statement += _standing(ctx, obj, f, list(move)) + sql(" LIMIT {}", MOST + 1)
        rows = select_rows(statement)
        if len(rows) > MOST:
            raise TooLarge(TOO_MANY, code="too_many_records", max=MOST)
        live = [(i, stage) for i, deleted, stage in rows if not deleted]
        for start in range(0, len(live), CHUNK):
            part = live[start : start + CHUNK]
            changes = [Change("update", i, {f.key: move[was]}, index=n) for n, (i, was) in enumerate(part)]
            bulk_write(ctx, obj.key, changes, partial=False, trusted=True)
        _write_deleted(obj, f, [(i, move[stage]) for i, deleted, stage in rows if deleted])


def _stage_fields(obj: ObjectDef) -> list[FieldDef]:
    return [f for f in obj.fields.values() if f.type.type == "stage" and f.column]


def _standing(ctx: Ctx, obj: ObjectDef, f: FieldDef, keys: Sequence[str]) -> Sql:
    source = f.type.expression(Source("r", f.column, f.key, obj.key))
    return all_of([rows_of(ctx, obj, "r"), sql("{} = ANY({})", source, Sql("%s::text[]", (list(keys),)))])


def _write_deleted(obj: ObjectDef, f: FieldDef, rows: Sequence[tuple[uuid.UUID, str]]) -> None:
    column = f.column
    if rows and column is not None:
        values = [{"id": i, column: f.type.dump(stage, f)} for i, stage in rows]
        update_rows(obj.table, {"id": "uuid", column: f.type.column_type}, values)
