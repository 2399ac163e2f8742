"""Taking sample data away for good, without touching a row of anybody's own.

*How it works*: a sample record to which somebody's own record links (or a file of theirs hangs on) is
kept, one under a legal hold too, and so is what the kept ones link to; `find_kept` computes that set link by link until nothing
is added. `purge` deletes the others with all that stands beside them (purging.py).

*Rules*: the ids that are purged are chosen by `is_sample` in the same transaction.

*See*: docs/adr/0022-sample-data.md
"""

import uuid
from collections.abc import Collection, Mapping

from guanxi.engine.records.holds import held_ids
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store.purging import purge_records
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.telling import announce
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import Conflict
from guanxi.kit.sql import Sql, all_of, ident, sql
from guanxi.kit.text import Text

Kept = dict[str, set[uuid.UUID]]
HELD = Text(
    "「{where}」里有依法保留的记录，解除保留以后才能删除。",
    "Records of “{where}” are under a legal hold. Release that first.",
)


def find_kept(ctx: Ctx) -> Kept:
    """The sample records that must stay, by object."""
    kept: Kept = {obj.key: _with_files(ctx, obj) | _held(ctx, obj) for obj in get_schema(ctx).listed}
    grown = True
    while grown:
        grown = False
        for target, pairs in get_schema(ctx).referrers.items():
            for obj, link in pairs if target in kept else ():
                if obj.line_of is not None:
                    continue  # lines go with their record
                fresh = _linked(ctx, obj, link, target, kept[obj.key]) - kept[target]
                kept[target] |= fresh
                grown = grown or bool(fresh)
    return {key: ids for key, ids in kept.items() if ids}


def purge(ctx: Ctx, kept: Mapping[str, Collection[uuid.UUID]]) -> dict[str, int]:
    """Delete all sample records but the `kept`; gives how many of each object."""
    counts = {}
    for obj in get_schema(ctx).listed:
        statement = Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + all_of(
            [
                rows_of(ctx, obj, "r"),
                Sql("r.is_sample"),
                sql("NOT r.id = ANY({})", _ids(kept.get(obj.key, ()))),
            ]
        )
        ids = [row[0] for row in select_rows(statement)]
        if ids:
            counts[obj.key] = purge_records(ctx, obj, ids)
            announce(ctx, obj.key)
    return counts


def has_own_records(ctx: Ctx, obj: ObjectDef, field: FieldDef | None = None) -> bool:
    """Whether live records that are no samples exist (with a value in the custom `field`, where given)."""
    conditions = [rows_of(ctx, obj, "r"), Sql("r.deleted_at IS NULL"), Sql("NOT r.is_sample")]
    if field is not None:
        conditions.append(sql("r.custom ->> {} IS NOT NULL", field.key))
    statement = Sql(f"SELECT 1 FROM {table_of(obj)} r WHERE ") + all_of(conditions) + " LIMIT 1"
    return bool(select_rows(statement))


def purge_samples_of(ctx: Ctx, obj: ObjectDef) -> None:
    """Delete the sample records of one object for good; raises Conflict when one of them is held."""
    ids = _samples(ctx, obj)
    if held_ids(ctx, obj, ids):
        raise Conflict(HELD, code="held", where=obj.label_plural.in_(ctx.locale))
    if ids:
        purge_records(ctx, obj, ids)
        announce(ctx, obj.key)


def owners_among(ctx: Ctx, people: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of `people` who own a record, live or in the recycle bin."""
    found: set[uuid.UUID] = set()
    for table in {table_of(obj) for obj in get_schema(ctx).listed}:
        statement = sql(
            f"SELECT DISTINCT r.owner_id FROM {table} r WHERE r.workspace_id = {{}} AND r.owner_id = ANY({{}})",
            ctx.workspace.id,
            _ids(people),
        )
        found.update(row[0] for row in select_rows(statement))
    return found


def _linked(
    ctx: Ctx, obj: ObjectDef, link: FieldDef, target: str, kept: Collection[uuid.UUID]
) -> set[uuid.UUID]:
    """Sample records of `target` that rows of `obj` link to by `link`, rows that stay."""
    other = get_schema(ctx).objects[target]
    stays = sql("(NOT r.is_sample OR r.id = ANY({}))", _ids(kept))
    rows = [rows_of(ctx, obj, "r"), rows_of(ctx, other, "s"), Sql("s.is_sample"), stays]
    statement = Sql(f"SELECT DISTINCT s.id FROM {table_of(other)} s ")
    if link.type.storage == "links":
        statement += sql(
            f"JOIN record_link l ON l.target_id = s.id AND l.workspace_id = {{}} AND l.object_key = {{}}"
            f" AND l.field_key = {{}} JOIN {table_of(obj)} r ON r.id = l.source_id WHERE ",
            ctx.workspace.id,
            obj.key,
            link.key,
        )
    else:
        source = f"r.{ident(link.column)}" if link.column else f"(r.custom ->> '{link.key}')::uuid"
        statement += f"JOIN {table_of(obj)} r ON {source} = s.id WHERE "
    return {row[0] for row in select_rows(statement + all_of(rows))}


def _samples(ctx: Ctx, obj: ObjectDef) -> list[uuid.UUID]:
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.is_sample")])
    return [row[0] for row in select_rows(Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + where)]


def _held(ctx: Ctx, obj: ObjectDef) -> set[uuid.UUID]:
    return held_ids(ctx, obj, _samples(ctx, obj))


def _with_files(ctx: Ctx, obj: ObjectDef) -> set[uuid.UUID]:
    statement = Sql(f"SELECT r.id FROM {table_of(obj)} r JOIN stored_file f ON f.record_id = r.id WHERE ")
    return {row[0] for row in select_rows(statement + all_of([rows_of(ctx, obj, "r"), Sql("r.is_sample")]))}


def _ids(ids: Collection[uuid.UUID]) -> Sql:
    return Sql("%s::uuid[]", (sorted(ids),))
