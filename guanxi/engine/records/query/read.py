"""Answering a RecordQuery: pages of records, single records, counts, ids and streams.

*How it works*: one SELECT for the page (its columns, its joined paths and its order keys), one for the
capped count, one for the titles of everything the page links to, one for to-many links where asked
for: a constant number, whatever the page holds.

*Rules*: counts stop at COUNT_CAP, and are left at "more than this page" where the planner expects them to
cost more than the page; a page asked for by cursor is not counted again; streams walk the
same keyset pages, so that an export sees what a list sees.
"""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import DataError, connection

from guanxi.engine.access import rights
from guanxi.engine.records.query import cursor as cursors
from guanxi.engine.records.query.compile import Compiler, Resolved
from guanxi.engine.records.query.cursor import OrderKey
from guanxi.engine.records.query.present import Presenter
from guanxi.engine.records.query.spec import MAX_LIMIT, RecordQuery, Sort, parse_sort
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.lines import MAX_LINES, PARENT, POSITION
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import count_read
from guanxi.kit.errors import Forbidden, NotFound, invalid
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql, all_of, join, sql
from guanxi.kit.text import Text

COUNT_CAP = 10_000
# About 10 ms: counting 10,000 rows along an index costs some 500 of the planner's units.
CHEAP_COST = 2_500
NOT_SORTABLE = Text("不能按「{field}」排序。", "It is not possible to sort by “{field}”.")


@dataclass(frozen=True, slots=True)
class Page:
    """Records of one page, the cursor of the next (None at the end) and the capped count."""

    data: list[dict[str, Any]]
    next: str | None
    count: int | None = None
    exact: bool = True

    def as_json(self) -> dict[str, Any]:
        """The page shape of the API."""
        count = None if self.count is None else {"value": self.count, "exact": self.exact}
        return {"data": self.data, "page": {"next": self.next, "count": count}}


def fetch_page(ctx: Ctx, query: RecordQuery) -> Page:
    """One page of the records that match; raises Invalid for what it does not understand."""
    obj = rights.get_object(ctx, query.object)
    compiler = Compiler(ctx, obj, verb=query.verb)
    presenter = Presenter(compiler, query.fields)
    keys = order_keys(compiler, query.sort or usual_sort(ctx, obj))
    where = compiler.where(query.filter)
    marks = [compiler.marked(tree, i) for i, tree in enumerate(query.marks)]
    position = cursors.after(keys, cursors.decode(keys, query.cursor)) if query.cursor else None
    narrowed = where if position is None else all_of([where, position])
    base = compiler.base(where=narrowed, deleted=query.deleted, q=query.q)
    order_values = join([*(key.expression + "::text" for key in keys), *marks])
    statement = (
        Sql("SELECT ") + presenter.columns + ", " + order_values + " " + base + " "
        + cursors.order_by(keys) + sql(" LIMIT {}", query.limit + 1)
    )  # fmt: skip
    try:
        rows = _run(statement)
    except DataError:
        if query.cursor is None:
            raise
        raise invalid("cursor", "bad_cursor", cursors.BAD_CURSOR) from None  # its values fit no such order
    more = len(rows) > query.limit
    rows = rows[: query.limit]
    width = presenter.width
    ordered = width + len(keys)
    next_cursor = cursors.encode(keys, rows[-1][width:ordered]) if more else None
    count, exact = None, True
    if query.count is not False and query.cursor is None:
        if not more:
            count = len(rows)
        else:
            counting = Compiler(
                ctx, obj, verb=query.verb
            )  # its own: what the columns join costs nothing to count
            counted = counting.base(where=counting.where(query.filter), deleted=query.deleted, q=query.q)
            is_cheap = query.count or _is_plain(ctx, obj, query)
            count, exact = _capped_count(counted) if is_cheap else _cheap_count(counted, len(rows))
    records = presenter.records(rows)
    count_read(ctx, obj.key, len(records))
    if marks:
        for record, row in zip(records, rows, strict=True):
            record["marks"] = [i for i, holds in enumerate(row[ordered:]) if holds]
    return Page(records, next_cursor, count, exact)


def get_record(ctx: Ctx, object_key: str, record_id: uuid.UUID, *, fields: Sequence[str] | None = None,
               deleted: bool = False) -> dict[str, Any]:  # fmt: skip
    """The record, as the API shows it; raises NotFound for what does not exist or may not be seen."""
    found = get_records(ctx, object_key, [record_id], fields=fields, deleted=deleted)
    if not found:
        raise NotFound
    return found[0] | _lines(ctx, rights.get_object(ctx, object_key), record_id, fields, deleted=deleted)


def _lines(
    ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, fields: Sequence[str] | None, *, deleted: bool
) -> dict[str, list[dict[str, Any]]]:
    """By sub-table that is asked for, the record's lines in their order."""
    readable = rights.readable(ctx, obj)
    wanted = [f for f in obj.sub_tables if f.key in readable and (fields is None or f.key in fields)]
    found = {}
    for f in wanted:
        tree = {"field": PARENT, "op": "is", "value": str(record_id)}
        query = RecordQuery(
            f.target or "", tree, (Sort(POSITION),), limit=MAX_LINES, count=False, deleted=deleted
        )
        found[f.key] = fetch_page(ctx, query).data
    return found


def find_record(ctx: Ctx, object_key: str, record_id: uuid.UUID) -> dict[str, Any] | None:
    """The record, or None."""
    found = get_records(ctx, object_key, [record_id])
    return found[0] if found else None


def get_records(ctx: Ctx, object_key: str, ids: Sequence[uuid.UUID], *, fields: Sequence[str] | None = None,
                deleted: bool = False, counted: bool = False) -> list[dict[str, Any]]:  # fmt: skip
    """The visible ones among the records of these ids, in the order of `ids`.

    `counted` says that the audit has counted them as read already.
    """
    obj = rights.get_object(ctx, object_key)
    compiler = Compiler(ctx, obj)
    presenter = Presenter(compiler, tuple(fields) if fields is not None else None)
    base = compiler.base(where=Sql("r.id = ANY(%s::uuid[])", (list(ids),)), deleted=deleted)
    records = presenter.records(_run(Sql("SELECT ") + presenter.columns + " " + base))
    if not counted:
        count_read(ctx, obj.key, len(records))
    by_id = {record["id"]: record for record in records}
    return [by_id[str(i)] for i in ids if str(i) in by_id]


def count_matching(ctx: Ctx, query: RecordQuery, *, cap: int = COUNT_CAP) -> tuple[int, bool]:
    """How many records match, and whether the number is exact (below `cap`)."""
    obj = rights.get_object(ctx, query.object)
    compiler = Compiler(ctx, obj, verb=query.verb)
    where = compiler.where(query.filter)
    return _capped_count(compiler.base(where=where, deleted=query.deleted, q=query.q), cap)


def matching_ids(
    ctx: Ctx,
    query: RecordQuery,
    *,
    limit: int,
    after: uuid.UUID | None = None,
    until: datetime | None = None,
    lock: bool = True,
) -> list[uuid.UUID]:
    """Ids of at most `limit` matching records, locked, for set-based writes (by way of `lock_matching`).

    `after` goes on behind an id, `until` leaves out what was made later: who walks through all of them.
    Whoever waited for another writer gets only what still matches afterwards. The order is that of every
    writer (store/locking.py), so that none waits for another in a ring.
    """
    obj = rights.get_object(ctx, query.object)
    compiler = Compiler(ctx, obj, verb=query.verb)
    conditions = [compiler.where(query.filter)]
    if after is not None:
        conditions.append(Sql("r.id > %s", (after,)))
    if until is not None:
        conditions.append(Sql("r.created_at <= %s", (until,)))
    base = compiler.base(where=all_of(conditions), deleted=query.deleted, q=query.q)
    ending = sql(" ORDER BY r.id LIMIT {}", limit) + (" FOR UPDATE OF r" if lock else "")
    return [row[0] for row in _run(Sql("SELECT r.id ") + base + ending)]


def stream(ctx: Ctx, query: RecordQuery, *, size: int = MAX_LIMIT) -> Iterator[list[dict[str, Any]]]:
    """All matching records, page by page in the query's order (for exports; no LIMIT but the end)."""
    page_query = replace(query, limit=size, count=False, cursor=None)
    while True:
        page = fetch_page(ctx, page_query)
        if page.data:
            yield page.data
        if page.next is None:
            return
        page_query = replace(page_query, cursor=page.next)


def usual_sort(ctx: Ctx, obj: ObjectDef) -> tuple[Sort, ...]:
    """The order of an object's lists where nobody asks for one: by nothing that the actor may not read."""
    readable = rights.readable(ctx, obj)
    return tuple(item for item in parse_sort(obj.default_sort) if item.path.split(".")[0] in readable)


def order_keys(compiler: Compiler, sorts: Sequence[Sort]) -> list[OrderKey]:
    """The order of a page: the sort keys and the id that makes it total."""
    keys = []
    for i, item in enumerate(sorts):
        found = compiler.resolve(item.path, f"sort.{i}")
        if not found.field.type.sortable:
            raise invalid(f"sort.{i}", "not_sortable", NOT_SORTABLE, field=item.path)
        expression, nullable = compiler.sort_expression(found)
        keys.append(OrderKey(expression, _cast_of(found, expression), item.descending, nullable))
    keys.append(OrderKey(Sql(f"{compiler.alias}.id"), "uuid", keys[0].descending if keys else True, False))
    return keys


def _cast_of(found: Resolved, expression: Sql) -> str:
    """The type that a cursor's text is cast to so that it compares with the sort expression."""
    if expression.text.startswith("array_position"):
        return "integer"
    if expression.text.endswith((".title_sort", ".name")):
        return "text"
    if found.source.is_json:
        return found.field.type.json_cast or "text"
    return found.field.type.column_type


def _is_plain(ctx: Ctx, obj: ObjectDef, query: RecordQuery) -> bool:
    """Whether all live records of an object are asked for: an index has them, and nobody needs to ask the planner."""
    narrowed = query.filter or query.q or query.deleted or query.verb != "see"
    return obj.record and not narrowed and rights.sees_everything(ctx, obj)


def _cheap_count(base: Sql, seen: int) -> tuple[int, bool]:
    """The capped count, or "more than `seen`" when the planner expects counting to be dear."""
    counted = Sql("SELECT 1 ") + base + sql(" LIMIT {}", COUNT_CAP + 1)
    plan = _run("EXPLAIN (FORMAT JSON) " + counted)[0][0]
    cost = (plan if isinstance(plan, list) else loads(plan))[0]["Plan"]["Total Cost"]
    return _capped_count(base) if cost <= CHEAP_COST else (seen, False)


def _capped_count(base: Sql, cap: int = COUNT_CAP) -> tuple[int, bool]:
    statement = Sql("SELECT count(*) FROM (SELECT 1 ") + base + sql(" LIMIT {}) counted", cap + 1)
    found = int(_run(statement)[0][0])
    return (cap, False) if found > cap else (found, True)


def _run(statement: Sql) -> list[tuple[Any, ...]]:
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        rows: list[tuple[Any, ...]] = db.fetchall()
        return rows


def require_reach(
    ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], verb: str, *, deleted: bool = False
) -> None:
    """Raise Forbidden unless `verb` reaches all of these records; asks nothing where it reaches as far as sight.

    Also nothing where it reaches as far as changing does, which the write door asks of every row.
    """
    if rights.scope(ctx, obj, verb) >= min(rights.scope(ctx, obj, "see"), rights.scope(ctx, obj, "edit")):
        return
    compiler = Compiler(ctx, obj, verb=verb)
    base = compiler.base(where=Sql("r.id = ANY(%s::uuid[])", (list(ids),)), deleted=deleted)
    if len(_run(Sql("SELECT r.id ") + base)) < len(set(ids)):
        raise Forbidden


def visible_ids(
    ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], *, deleted: bool = False, held: bool = False
) -> set[uuid.UUID]:
    """Those of `ids` that are live (or deleted) records of `obj` the actor may see.

    `held` ones stay so until the transaction ends: who deletes or merges one meanwhile waits, or is waited for.
    """
    compiler = Compiler(ctx, obj)
    base = compiler.base(where=Sql("r.id = ANY(%s::uuid[])", (list(ids),)), deleted=deleted)
    lock = " ORDER BY r.id FOR KEY SHARE OF r" if held else ""
    return {row[0] for row in _run(Sql("SELECT r.id ") + base + lock)}
