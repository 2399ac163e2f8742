"""Lines inside records: read and written with their record, one whole list at a time.

*How it works*: `split` takes the lists out of what the API was given. `save` compares each with the lines
there are: what has a known id is changed, what has none is new, what is missing goes to the recycle bin,
and places are given anew in the order of the list. All of it is the write door's own passes over the
object of lines, in the record's transaction; what is wrong is named as `items.3.price`.
Whatever door lines come through (a list, an import, a bulk edit), their record gets a new version and an
entry in its history that says what happened to them (`tell_records`).

*Rules*: at most MAX_LINES lines. A record's lines are deleted, restored and purged with it.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.hooks import Change, hooks_for
from guanxi.engine.records.query.compile import Compiler, environment, rows_of, table_of
from guanxi.engine.records.store.inputs import read_values
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.recordset import insert_rows, select_rows
from guanxi.engine.records.store.rows import JOURNAL
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.lines import MAX_LINES, PARENT, POSITION
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import FieldError
from guanxi.kit.ids import new_id, new_ids, parse_id
from guanxi.kit.sql import Sql, all_of
from guanxi.kit.text import Text

NOT_A_LIST = Text("这里需要一组明细，最多 {max} 行。", "A list of at most {max} lines is needed here.")
TOO_MANY = Text("一条记录最多 {max} 行明细。", "A record has at most {max} lines.")
UNKNOWN_LINE = Text("这条记录没有这一行。", "This record has no such line.")
TWICE = Text("同一行出现了两次。", "The same line is there twice.")
NOT_YOURS = Text(
    "你不能修改这条记录，也就不能改它的明细。", "You may not change this record, hence not its lines."
)
_SHOWN = ("object", "title", "version", "owner", "currency", "deleted_at")
_DONE = {"create": "created", "update": "updated", "delete": "deleted", "restore": "restored"}


@dataclass(slots=True)
class Plan:
    """What is to happen to the lines of one sub-table of a record."""

    table: FieldDef
    obj: ObjectDef
    changes: list[Change] = field(default_factory=list)
    errors: list[FieldError] = field(default_factory=list)
    summary: dict[str, int] = field(default_factory=dict)


def line_objects(ctx: Ctx, obj: ObjectDef) -> list[tuple[FieldDef, ObjectDef]]:
    """The sub-tables of an object with their objects of lines."""
    schema = get_schema(ctx)
    pairs = ((f, schema.find(f.target or "")) for f in obj.sub_tables)
    return [(f, line) for f, line in pairs if line is not None]


def split(
    ctx: Ctx, obj: ObjectDef, values: Mapping[str, Any]
) -> tuple[dict[str, Any], list[tuple[FieldDef, ObjectDef, Any]]]:
    """The values without those of sub-tables that the actor may write, and those.

    Others stay among the values, to be refused by name as any field is.
    """
    readable = rights.readable(ctx, obj)
    found = [
        (f, line, values[f.key])
        for f, line in line_objects(ctx, obj)
        if f.key in values and f.key in readable and rights.is_writable(ctx, readable[f.key])
    ]
    taken = {f.key for f, _, _ in found}
    return {key: value for key, value in values.items() if key not in taken}, found


def plan(ctx: Ctx, f: FieldDef, obj: ObjectDef, given: Any, record_id: uuid.UUID, *, is_new: bool) -> Plan:
    """What turns the lines of a record (which the caller has locked) into the list that is given."""
    made = Plan(f, obj)
    rows = [] if given is None else given
    if not isinstance(rows, list) or len(rows) > MAX_LINES:
        made.errors.append(FieldError(f.key, "wrong_type", NOT_A_LIST, {"max": MAX_LINES}))
        return made
    present = {} if is_new else _present(ctx, obj, [record_id])
    env = environment(ctx)
    kept: set[uuid.UUID] = set()
    shown = rights.readable(ctx, obj).values()
    echoed = {PARENT, POSITION, *_SHOWN, *(f.key for f in shown if not rights.is_writable(ctx, f))}
    for n, row in enumerate(rows):
        at = f"{f.key}.{n}"
        body = dict(row) if isinstance(row, Mapping) else row
        wanted = body.pop("id", None) if isinstance(body, dict) else None
        if isinstance(body, dict):  # a line may come back as it was shown
            body = {key: value for key, value in body.items() if key not in echoed}
        values, errors = read_values(ctx, obj, body, env, prefix=f"{at}.")
        made.errors += errors
        line_id = parse_id(wanted)
        if wanted is None:
            made.changes.append(
                Change("create", new_id(), {**values, PARENT: record_id, POSITION: n + 1}, index=n)
            )
            continue
        if line_id is None or line_id not in present or line_id in kept:
            twice = line_id in kept
            made.errors.append(FieldError(f"{at}.id", "duplicate_line" if twice else "unknown_line",
                                          TWICE if twice else UNKNOWN_LINE))  # fmt: skip
            continue
        kept.add(line_id)
        made.changes.append(Change("update", line_id, {**values, POSITION: n + 1}, index=n))
    gone = [i for i in present if i not in kept]
    made.changes = [
        *(Change("delete", i, {}, index=MAX_LINES + n) for n, i in enumerate(gone)),
        *made.changes,
    ]
    return made


def fill_positions(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """Give new lines their place after the last; refuse more than a record may have."""
    if obj.line_of is None:
        return
    by_record: dict[uuid.UUID, list[Change]] = defaultdict(list)
    for change in changes:
        record = change.values.get(PARENT)
        if record is not None and not change.errors:
            by_record[record].append(change)
    if not by_record:
        return
    held: dict[uuid.UUID, list[int]] = defaultdict(list)
    for record, place in _places(ctx, obj, by_record):
        held[record].append(int(place or 0))
    for record, fresh in by_record.items():
        last, room = max(held[record], default=0), MAX_LINES - len(held[record])
        for n, change in enumerate(fresh):
            if n >= room:
                change.refuse(PARENT, "too_many", TOO_MANY, max=MAX_LINES)
            elif change.values.get(POSITION) is None:
                last += 1
                change.values[POSITION] = last


def check_records(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """Refuse lines of records that the actor may not change."""
    record = get_schema(ctx).find(obj.line_of.object) if obj.line_of is not None else None
    asked = {i for c in changes if c.changes(PARENT) and (i := c.values.get(PARENT))}
    if record is None or not asked:
        return
    compiler = Compiler(ctx, record)
    may = rights.editable(ctx, compiler.schema, record, "r")
    base = compiler.base(where=all_of([Sql("r.id = ANY(%s::uuid[])", (sorted(asked),)), may]))
    allowed = {row[0] for row in select_rows(Sql("SELECT r.id ") + base)}
    for change in changes:
        if change.changes(PARENT) and change.values.get(PARENT) not in (None, *allowed):
            change.refuse(PARENT, "not_editable", NOT_YOURS)


def lock_records(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """Lock the records that the changed lines belong to, before the lines themselves."""
    record = get_schema(ctx).find(obj.line_of.object) if obj.line_of is not None else None
    if record is None:
        return
    ids = {i for c in changes if isinstance(i := c.values.get(PARENT), uuid.UUID)}
    stored = [c.id for c in changes if c.op != "create"]
    if stored:
        ids.update(row[0] for row in _records_of(ctx, obj, stored) if row[0])
    where = all_of([rows_of(ctx, record, "p"), Sql("p.id = ANY(%s::uuid[])", (sorted(ids),))])
    select_rows(
        Sql(f"SELECT p.id FROM {table_of(record)} p WHERE ") + where + " ORDER BY p.id FOR NO KEY UPDATE"
    )


def tell_records(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], op: str) -> None:
    """Give the records of changed lines a new version, and an entry that says what happened to the lines.

    What hooks derive from a record's lines follows in the same transaction (`lines_written`).
    """
    record = get_schema(ctx).find(obj.line_of.object) if obj.line_of is not None else None
    if record is None or obj.line_of is None or obj.line_of.field not in record.fields:
        return
    told: dict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    for change in changes:
        for owner in {change.value(PARENT), (change.before or {}).get(PARENT)} - {None}:
            told[owner][_DONE[op]] += 1
    if not ctx.unrecorded:
        _write_down(ctx, obj, record, told)
    for hook in hooks_for(record):
        if hook.with_lines:
            hook.lines_written(ctx, record, obj.line_of.field, sorted(told))


def _write_down(
    ctx: Ctx, obj: ObjectDef, record: ObjectDef, told: Mapping[uuid.UUID, Mapping[str, int]]
) -> None:
    if obj.line_of is None:
        return
    statement = Sql(
        f"UPDATE {table_of(record)} SET version = version + 1, updated_at = %s, updated_by = %s"
        " WHERE workspace_id = %s AND id = ANY(%s::uuid[]) RETURNING id, version",
        (ctx.now, ctx.actor.user_id, ctx.workspace.id, sorted(told)),
    )
    found = select_rows(statement)
    rows = [
        {"id": entry, "workspace_id": ctx.workspace.id, "object_key": record.key, "record_id": record_id,
         "version": version, "action": "update", "changes": {obj.line_of.field: [None, dict(told[record_id])]},
         "actor_id": ctx.actor.user_id, "via": ctx.via, "batch_id": ctx.batch_id, "at": ctx.now}
        for entry, (record_id, version) in zip(new_ids(len(found)), found, strict=True)
    ]  # fmt: skip
    insert_rows("journal_entry", JOURNAL, rows)


def of_records(
    ctx: Ctx, obj: ObjectDef, ids: Collection[uuid.UUID], *, gone_with_them: bool | None
) -> list[uuid.UUID]:
    """The lines of records: the live ones (False), those deleted together with their record (True), all (None)."""
    record = get_schema(ctx).find(obj.line_of.object) if obj.line_of is not None else None
    if record is None or not ids:
        return []
    conditions = [rows_of(ctx, obj, "r"), Sql("p.id = ANY(%s::uuid[])", (sorted(ids),))]
    if gone_with_them is not None:
        conditions.append(Sql("r.deleted_at = p.deleted_at" if gone_with_them else "r.deleted_at IS NULL"))
    link = Compiler(ctx, obj).resolve(PARENT, PARENT)
    statement = (
        Sql(f"SELECT r.id FROM {table_of(obj)} r JOIN {table_of(record)} p ON p.id = ")
        + link.field.type.expression(link.source) + " WHERE " + all_of(conditions) + " ORDER BY r.id"
    )  # fmt: skip
    return [row[0] for row in select_rows(statement)]


def stored_lines(ctx: Ctx, obj: ObjectDef, records: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Change]]:
    """By record (which the caller has locked), updates of its live lines that change nothing yet, in their order.

    Each has `before`. Two statements, whatever the number.
    """
    found = [Change("update", i, {}) for i in of_records(ctx, obj, records, gone_with_them=False)]
    read_before(ctx, obj, found)
    by_record: dict[uuid.UUID, list[Change]] = {i: [] for i in records}
    for change in sorted(found, key=lambda c: (c.value(POSITION) or 0, c.id)):
        by_record[change.value(PARENT)].append(change)
    return by_record


def read_before(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """Fill `before` of updates of lines whose records the caller has locked."""
    if changes:
        lock_rows(ctx, obj, changes, deleted=False, trusted=True, lock=False)


def _present(ctx: Ctx, obj: ObjectDef, records: Collection[uuid.UUID]) -> dict[uuid.UUID, None]:
    return dict.fromkeys(of_records(ctx, obj, records, gone_with_them=False))


def _places(ctx: Ctx, obj: ObjectDef, records: Collection[uuid.UUID]) -> list[tuple[Any, ...]]:
    compiler = Compiler(ctx, obj)
    link, place = compiler.resolve(PARENT, PARENT), compiler.resolve(POSITION, POSITION)
    held = link.field.type.expression(link.source)
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.deleted_at IS NULL"),
                    held + Sql(" = ANY(%s::uuid[])", (sorted(records),))])  # fmt: skip
    columns = held + ", " + place.field.type.expression(place.source)
    return select_rows(Sql("SELECT ") + columns + f" FROM {table_of(obj)} r WHERE " + where)


def _records_of(ctx: Ctx, obj: ObjectDef, lines: Sequence[uuid.UUID]) -> list[tuple[Any, ...]]:
    link = Compiler(ctx, obj).resolve(PARENT, PARENT)
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.id = ANY(%s::uuid[])", (list(lines),))])
    held = link.field.type.expression(link.source)
    return select_rows(Sql("SELECT DISTINCT ") + held + f" FROM {table_of(obj)} r WHERE " + where)
