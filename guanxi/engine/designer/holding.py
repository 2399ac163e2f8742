"""How many records hold what: counted before anything is taken from them; and who may be told of it by its values."""

from collections.abc import Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Forbidden
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql, all_of
from guanxi.kit.text import Text

NOT_SEEN = Text(
    "这一步会显示「{field}」的内容，而你看不到它在所有记录里的值。请看得到的人来做。",
    "This shows what stands in “{field}”, and you do not see it in every record. Ask somebody who does.",
)


def require_sight(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> None:
    """Raise Forbidden unless the actor sees the field of every record: what comes tells of its values."""
    if not rights.sees_values(ctx, obj, f.key):
        raise Forbidden(NOT_SEEN, code="not_seen", field=f.label)


def count_held(ctx: Ctx, obj: ObjectDef, f: FieldDef, values: Sequence[str]) -> dict[str, int]:
    """How many records, deleted ones included, hold each of some options of a field."""
    wanted = list(values)
    if f.type.as_json_value:
        each = Sql(f"jsonb_array_elements_text({_array(f, obj)})")
        select = (
            Sql("SELECT o.value, count(*) FROM ") + table_of(obj) + " r, LATERAL " + each + " AS o(value)"
        )
        where = all_of([rows_of(ctx, obj, "r"), Sql("o.value = ANY(%s::text[])", (wanted,))])
    else:
        value = f.type.expression(Source("r", f.column, f.key, obj.key))
        select = Sql("SELECT ") + value + " AS value, count(*) FROM " + table_of(obj) + " r"
        where = all_of([rows_of(ctx, obj, "r"), value + Sql(" = ANY(%s::text[])", (wanted,))])
    return dict(select_rows(select + " WHERE " + where + " GROUP BY 1"))


def tell_held(ctx: Ctx, obj: ObjectDef, f: FieldDef, values: Sequence[str]) -> dict[str, int | None]:
    """The options that records hold, with `count_held` for who sees the field of every record, else with None."""
    told = rights.sees_values(ctx, obj, f.key)
    return {value: count if told else None for value, count in count_held(ctx, obj, f, values).items()}


def count_filled(ctx: Ctx, obj: ObjectDef, f: FieldDef) -> int:
    """How many live records have a value in a field."""
    if f.computed is not None or f.type.storage == "none":
        return 0
    if f.type.storage == "links":
        statement = Sql(
            "SELECT count(DISTINCT source_id) FROM record_link WHERE workspace_id = %s AND object_key = %s"
            " AND field_key = %s",
            (ctx.workspace.id, obj.key, f.key),
        )
        return int(select_rows(statement)[0][0])
    source = Source("r", f.column, f.key, obj.key)
    filled = source.sql() + " IS NOT NULL"
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.deleted_at IS NULL"), filled])
    return int(select_rows(Sql(f"SELECT count(*) FROM {table_of(obj)} r WHERE ") + where)[0][0])


def stored_json(stored: Any) -> Any:
    """A JSONB value of a raw SELECT: it arrives as text."""
    return loads(stored) if isinstance(stored, (str, bytes)) else stored


def _array(f: FieldDef, obj: ObjectDef) -> str:
    text = Source("r", f.column, f.key, obj.key).sql(as_text=False).text
    return f"CASE WHEN jsonb_typeof({text}) = 'array' THEN {text} ELSE '[]'::jsonb END"
