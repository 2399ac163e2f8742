"""The same to every record that a condition finds, in one statement: for jobs that go through all of an object.

*How it works*: what each field becomes is SQL over the record (`r`). One statement locks the next records that
still match, in the order of their ids, writes them and their journal; of each nothing travels but the number it adds
to its owner's. That is all that a pass of the write door comes to where nobody else has a say in the fields: no hook
(`RecordHooks.follows`), no rollup, no key, no word of the search, no rule that wants them filled. Where somebody has, the
records take the ordinary pass with the same values: slower, and the same in the end.

*Rules*: for the program itself: no rights and no rules of the object are asked. A constant number of statements.

*See*: docs/adr/0066-public-pools.md, decision 9.
"""

import uuid
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from guanxi.engine.records.hooks import Change, hooks_for
from guanxi.engine.records.query.compile import table_of
from guanxi.engine.records.query.present import database_value
from guanxi.engine.records.rollups.aggregates import groups_over
from guanxi.engine.records.store.recordset import select_rows, text_array
from guanxi.engine.records.store.rollups import Keeper
from guanxi.engine.records.store.telling import announce
from guanxi.engine.records.store.writing import CHUNK, bulk_write
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_object, get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import written
from guanxi.kit.ids import new_ids
from guanxi.kit.sql import Sql, ident, join, literal, sql


@dataclass(frozen=True, slots=True)
class Rewritten:
    """How many records were written, by whose they were; `last` is where to go on (None: there are no more)."""

    count: int = 0
    last: uuid.UUID | None = None
    owners: Mapping[uuid.UUID, int] = field(default_factory=dict)


def rewrite(
    ctx: Ctx, object_key: str, rows: Sql, values: Mapping[str, Sql], *, action: str, after: uuid.UUID | None = None,
    most: int = CHUNK,
) -> Rewritten:  # fmt: skip
    """Give the next records of `rows` (FROM … WHERE … over `r`) behind `after` the `values`, journaled as `action`.

    Every record of `rows` gets another value of some field by it. Raises NotFound for the object.
    """
    obj = get_object(ctx, object_key)
    if after is not None:
        rows += sql(" AND r.id > {}", after)
    if not is_alone(ctx, obj, values.keys()):
        return _by_pass(ctx, obj, rows, values, action, most)
    found = select_rows(_statement(ctx, obj, rows, values, action, most))
    owners = {owner: count for owner, count, _ in found if owner is not None}
    total = sum(count for _, count, _ in found)
    if total:
        written.journal = True
        announce(ctx, obj.key)
    last = uuid.UUID(max(row[2] for row in found)) if total == most else None
    return Rewritten(total, last, owners)


def is_alone(ctx: Ctx, obj: ObjectDef, keys: Collection[str]) -> bool:
    """True when a new value of these fields is nothing to anybody but row and journal."""
    fields = [obj.fields[key] for key in keys]
    heard = {f.key for f in (*obj.searchable, *obj.subtitle)} | {obj.title_field}
    heard |= {part.field for rule in obj.identity for part in rule.parts}
    for group in groups_over(get_schema(ctx), obj):
        heard |= {group.link.key, *group.reads}
    return (
        all(f.column and f.in_row and f.seal is None and not (f.required or f.unique) for f in fields)
        and obj.line_of is None
        and heard.isdisjoint(keys)
        and not any(hook.follows(ctx, obj, keys) for hook in hooks_for(obj))
    )


def _statement(ctx: Ctx, obj: ObjectDef, rows: Sql, values: Mapping[str, Sql], action: str, most: int) -> Sql:
    """Lock, update, journal; gives by owner how many there were, and the last id."""
    fields = [obj.fields[key] for key in values]
    columns = [ident(f.column or "") for f in fields]
    read = join(
        sql(f"r.{column} AS was_{n}, ({{}})::{f.type.column_type} AS now_{n}", values[f.key])
        for n, (f, column) in enumerate(zip(fields, columns, strict=True))
    )
    told = join((_told(f, n) for n, f in enumerate(fields)), " || ")
    sets = ", ".join(f"{column} = f.now_{n}" for n, column in enumerate(columns))
    entries = text_array([entry.hex for entry in new_ids(most)])
    who = ctx.actor.user_id
    return join(
        [
            sql(
                "WITH found AS MATERIALIZED (SELECT r.id, r.version, r.owner_id, {} {} ORDER BY r.id LIMIT {} FOR UPDATE OF r)",
                read, rows, most,
            ),
            sql(
                f", changed AS (UPDATE {table_of(obj)} t SET version = f.version + 1, updated_at = {{}},"
                f" updated_by = {{}}::uuid,"
                f" {sets} FROM found f WHERE t.id = f.id)",
                ctx.now, who,
            ),
            Sql(", numbered AS (SELECT f.*, row_number() OVER (ORDER BY f.id) AS place FROM found f)"),
            sql(
                ", noted AS (INSERT INTO journal_entry (id, workspace_id, object_key, record_id, version, action, changes,"
                " actor_id, via, batch_id, at) SELECT e.entry::uuid, {}::uuid, {}, n.id, n.version + 1, {}, {}, {}::uuid, {}, {}::uuid,"
                " {}::timestamptz"
                " FROM numbered n JOIN unnest({}) WITH ORDINALITY AS e(entry, place) USING (place))",
                ctx.workspace.id, obj.key, action, told, who, ctx.via, ctx.batch_id, ctx.now, entries,
            ),
            Sql(" SELECT f.owner_id, count(*), max(f.id::text) FROM found f GROUP BY f.owner_id"),
        ],
        "",
    )  # fmt: skip


def _told(f: FieldDef, n: int) -> Sql:
    """`{field: [old, new]}` in JSON form, as the journal has it; nothing of a field that stays as it was."""
    return sql(
        f"CASE WHEN n.was_{n} IS DISTINCT FROM n.now_{n} THEN jsonb_build_object({{}}, jsonb_build_array({{}}, {{}}))"
        " ELSE jsonb_build_object() END",
        literal(f.key), f.type.json_value(Sql(f"n.was_{n}")), f.type.json_value(Sql(f"n.now_{n}")),
    )  # fmt: skip


def _by_pass(
    ctx: Ctx, obj: ObjectDef, rows: Sql, values: Mapping[str, Sql], action: str, most: int
) -> Rewritten:  # fmt: skip
    """The same through the ordinary pass of the write door."""
    ending = sql(" ORDER BY r.id LIMIT {}", most)
    keeper = Keeper(ctx, obj)
    if keeper.keeps:  # what stands above is locked first, as every writer does
        ids = [row[0] for row in select_rows(Sql("SELECT r.id ") + rows + ending)]
        keeper.lock([Change("update", i, {}) for i in ids], whatever=True)
    fields = [obj.fields[key] for key in values]
    read = join(sql(f"({{}})::{f.type.column_type}", values[f.key]) for f in fields)
    found = select_rows(Sql("SELECT r.id, r.owner_id, ") + read + " " + rows + ending + " FOR UPDATE OF r")
    changes = [
        Change("update", record, {
            f.key: database_value(f, value, from_json=False) for f, value in zip(fields, given, strict=True)
        }, index=n)
        for n, (record, _, *given) in enumerate(found)
    ]  # fmt: skip
    done = bulk_write(ctx, obj.key, changes, partial=True, trusted=True, action=action).ids if changes else {}
    owners = Counter(owner for n, (_, owner, *_) in enumerate(found) if n in done and owner is not None)
    return Rewritten(len(done), found[-1][0] if len(found) == most else None, owners)
