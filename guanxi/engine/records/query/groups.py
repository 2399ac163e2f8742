"""Groups and measures: the numbers of boards, summaries and reports, by the same rights as lists.

*How it works*: each dimension is a field's expression (dates in a bucket of the workspace's calendar),
each measure an aggregate over a field; one SELECT … GROUP BY over the query's base. Keys that refer to
records or people get their titles as labels, options their labels, in one more statement.

*Rules*: at most MAX_GROUP_ROWS rows are answered at a time, in an order without ties; the cursor leads to the
next. All groups are computed for any of them, so a cursor is a place among them. A key that refers to a record
the actor may not see is null.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from guanxi.engine.access import rights
from guanxi.engine.records.query import cursor as cursors
from guanxi.engine.records.query.compile import Compiler, Resolved
from guanxi.engine.records.query.measuring import Counted, measured
from guanxi.engine.records.query.present import database_value, reference_of, titles_of
from guanxi.engine.records.query.spec import MAX_GROUP_ROWS, RANGE, Grouping, Measure, RecordQuery
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import count_read
from guanxi.kit.errors import invalid
from guanxi.kit.sql import Sql, join, sql
from guanxi.kit.text import Text

NOT_GROUPABLE = Text("不能按「{field}」分组。", "It is not possible to group by “{field}”.")
NOT_MEASURABLE = Text("「{field}」不能做「{op}」统计。", "“{field}” has no measure “{op}”.")
NEEDS_BUCKET = Text("「{field}」不能这样分段。", "“{field}” has no such buckets.")
NO_RANGES = Text("「{field}」不是数字，不能分段。", "“{field}” is no number: it has no ranges.")
UNKNOWN_SORT = Text("「{name}」既不是分组也不是统计。", "“{name}” is neither a group nor a measure.")


def fetch_groups(ctx: Ctx, query: RecordQuery, *, most: int = MAX_GROUP_ROWS) -> dict[str, Any]:
    """`{"data": [{"keys", "labels", "values"}], "page"}` of a query with groups; raises Invalid.

    With `query.totals` also `"totals"`: such rows with one key (of each dimension) and with none (of everything).
    `most` rows are answered; programs that compute with the rows themselves may ask for more.
    """
    obj = rights.get_object(ctx, query.object)
    compiler = Compiler(ctx, obj)
    groups = [(g, compiler.resolve(g.path, f"group.{i}")) for i, g in enumerate(query.group or ())]
    keys = [group_key(compiler, g, found, i) for i, (g, found) in enumerate(groups)]
    measures = [check_measure(compiler, m, i) for i, m in enumerate(query.measures)]
    base = compiler.base(where=compiler.where(query.filter), deleted=query.deleted, q=query.q)
    limit, order = min(query.limit, most), _order(query, len(keys))
    mark = cursors.mark_of(f"{[(g.path, g.bucket, *g.edges) for g in query.group or ()]}{order}")
    place = cursors.decode_place(mark, query.cursor) if keys and query.cursor else 0
    columns = [*keys, *(_rounded(measure) for measure in measures)]
    statement = Sql("SELECT ") + join(columns) + " " + base
    if keys:
        statement += " GROUP BY " + ", ".join(str(i + 1) for i in range(len(keys)))
        statement += f" ORDER BY {order}" + sql(" LIMIT {} OFFSET {}", limit + 1, place)
    rows = _fetched(statement)
    more = len(rows) > limit
    every = range(len(groups))
    found_rows: list[tuple[Sequence[int], tuple[Any, ...]]] = [(every, row) for row in rows[:limit]]
    if query.totals:
        found_rows += _totals(keys, measures, base, limit)
    shown = _labelled(compiler, query, groups, found_rows)
    data = shown[: min(len(rows), limit)]
    if any(_names_records(grouping, found) for grouping, found in groups):
        count_read(ctx, obj.key, len(data))  # groups by name and number are a list of the records
    following = cursors.encode_place(mark, place + limit) if more else None
    count = None if place else {"value": len(data), "exact": not more}
    answer = {"data": data, "page": {"next": following, "count": count}}
    return answer | {"totals": shown[len(data) :]} if query.totals else answer


def _fetched(statement: Sql) -> list[tuple[Any, ...]]:
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        return list(db.fetchall())


def _totals(
    keys: list[Sql], measures: list[Counted], base: Sql, limit: int
) -> list[tuple[Sequence[int], tuple[Any, ...]]]:
    """The measures by each of several dimensions alone and over everything: which keys a row has, and the row.

    A single dimension's own totals are its groups. Of each dimension at most `limit` rows.
    """
    counted, inner = [], [key + f" AS k{i}" for i, key in enumerate(keys)]
    for measure in measures:
        columns: list[Sql | None] = []
        for piece in measure.pieces():
            name = f"m{len(inner)}"
            columns.append(None if piece is None else Sql(name))
            inner += [] if piece is None else [piece + f" AS {name}"]
        counted.append(_rounded(measure, columns))
    names = [f"k{i}" for i in range(len(keys))]
    alone = [f"({name})" for name in names] if len(names) > 1 else []
    shown = [Sql(name if alone else "NULL") for name in names]
    statement = Sql("SELECT ") + join([*shown, *counted])
    statement += ", " + (f"grouping({', '.join(names)})" if alone else "0")
    statement += Sql(" FROM (SELECT ") + (join(inner) if inner else "1") + " " + base + ") AS counted"
    if alone:
        statement += f" GROUP BY GROUPING SETS ({', '.join([*alone, '()'])})"
        statement += (
            f" ORDER BY grouping({', '.join(names)}) DESC, {', '.join(names)}"  # everything comes first
        )
        statement += sql(" LIMIT {}", limit * len(names) + 1)
    found: list[tuple[Sequence[int], tuple[Any, ...]]] = []
    for *row, without in _fetched(statement):
        # grouping() has a bit for each key, the first highest, set where the row is over all of that key.
        kept = [i for i in range(len(names)) if alone and not without >> (len(names) - 1 - i) & 1]
        found.append((kept, tuple(row)))
    return found


def _names_records(grouping: Grouping, found: Resolved) -> bool:
    """False for groups that tell records by kind, time or colleague: these list nobody's data."""
    colleague = found.field.type.references in ("user", "team")
    return grouping.bucket is None and not found.field.options and not colleague


def group_key(compiler: Compiler, grouping: Grouping, found: Resolved, index: int) -> Sql:
    """The expression that a dimension groups by; raises Invalid where the field cannot be grouped so."""
    field = found.field
    if grouping.bucket == RANGE:
        if "avg" not in field.type.measures:
            raise invalid(f"group.{index}.bucket", "not_a_number", NO_RANGES, field=grouping.path)
        edges = Sql("%s::numeric[]", ([Decimal(str(edge)) for edge in grouping.edges],))
        return sql("width_bucket(({})::numeric, {})", field.type.typed_expression(found.source), edges)
    if not field.type.groupable and not (grouping.bucket and field.type.buckets):
        raise invalid(f"group.{index}", "not_groupable", NOT_GROUPABLE, field=grouping.path)
    if grouping.bucket is None and field.type.references == "record":
        return compiler.seen_reference(found)
    if grouping.bucket is None:
        return field.type.typed_expression(found.source)
    if grouping.bucket not in field.type.buckets:
        raise invalid(f"group.{index}.bucket", "not_a_date", NEEDS_BUCKET, field=grouping.path)
    return field.type.bucket_expression(found.source, grouping.bucket, compiler.env.zone)


def check_measure(compiler: Compiler, measure: Measure, index: int, part: str = "") -> Counted:
    """The measure as SQL; raises Invalid."""
    at = f"measures.{index}{part}"
    if measure.of is not None and measure.over is not None:
        of = check_measure(compiler, measure.of, index, ".of")
        return Counted(measure.op, parts=(of, check_measure(compiler, measure.over, index, ".over")))
    where = sql("({}) IS TRUE", compiler.where(measure.filter, f"{at}.filter")) if measure.filter else None
    if measure.path is None:
        return Counted(measure.op, None, where)
    found = compiler.resolve(measure.path, f"{at}.field")
    kind = found.field.type
    counted = measure.op == "count" and kind.storage == "value"
    if not counted and measure.op not in kind.measures:
        raise invalid(f"{at}.op", "not_measurable", NOT_MEASURABLE, field=measure.path, op=measure.op)
    if measure.op in ("count", "distinct"):
        told = (
            compiler.seen_reference(found)
            if compiler.may_hide(found)
            else kind.typed_expression(found.source)
        )
        return Counted(measure.op, told, where)
    return Counted(measure.op, measured(found, compiler.env), where)


def _rounded(measure: Counted, pieces: Sequence[Sql | None] | None = None) -> Sql:
    whole = measure.aggregate(pieces)
    return sql("round(({})::numeric, 6)", whole) if measure.op == "median" else whole


def _order(query: RecordQuery, key_count: int) -> str:
    names = [g.path for g in query.group or ()] + [m.alias for m in query.measures]
    pieces = []
    for i, item in enumerate(query.sort):
        if item.path not in names:
            raise invalid(f"sort.{i}", "unknown_sort", UNKNOWN_SORT, name=item.path[:60])
        pieces.append(f"{names.index(item.path) + 1} {'DESC' if item.descending else 'ASC'} NULLS LAST")
    return ", ".join([*pieces, *(f"{i + 1} ASC NULLS LAST" for i in range(key_count))])


def _labelled(
    compiler: Compiler,
    query: RecordQuery,
    groups: list[tuple[Grouping, Resolved]],
    rows: Sequence[tuple[Sequence[int], tuple[Any, ...]]],
) -> list[dict[str, Any]]:
    """The rows as they are answered; each comes with the positions of the keys that it has."""
    wanted: dict[str, set[uuid.UUID]] = defaultdict(set)
    for i, (_, found) in enumerate(groups):
        kind = reference_of(found.field)
        if kind and kind != "file":
            wanted[kind].update(row[i] for _, row in rows if row[i])
    titles = titles_of(compiler, wanted) if wanted else {}
    data = []
    for has, row in rows:
        keys: dict[str, Any] = {}
        labels: dict[str, Any] = {}
        for i in has:
            grouping, found = groups[i]
            keys[grouping.path], labels[grouping.path] = _key_and_label(found, grouping, row[i], titles)
        values = {m.alias: _plain(row[len(groups) + i]) for i, m in enumerate(query.measures)}
        data.append({"keys": keys, "labels": labels, "values": values})
    return data


def _key_and_label(
    found: Resolved, grouping: Grouping, stored: Any, titles: dict[Any, dict[str, Any]]
) -> tuple[Any, Any]:
    if stored is None:
        return None, None
    field = found.field
    kind = reference_of(field)
    if kind is not None:
        shown = titles.get((kind, stored))
        return (str(stored), shown.get("title") or shown.get("name")) if shown else (None, None)
    if grouping.bucket == RANGE:
        bounds = [*map(_written, grouping.edges)]
        key = f"{bounds[stored - 1] if stored else ''}~{bounds[stored] if stored < len(bounds) else ''}"
        return key, key
    if grouping.bucket is not None:
        day = stored.date() if isinstance(stored, datetime) else stored
        return (day.isoformat() if isinstance(day, date) else day), str(day)
    value = field.type.to_api(database_value(field, stored, from_json=False), field, from_json=False)
    option = field.option(value) if isinstance(value, str) else None
    return value, option.label.as_dict() if option else value


def _written(edge: float) -> str:
    return str(int(edge)) if edge == int(edge) else str(edge)


def _plain(value: Any) -> Any:
    """A number without trailing zeros after the point (sums of money are 10005534, not 10005534.00)."""
    if value is None or isinstance(value, (int, str)):
        return value
    if hasattr(value, "normalize") and value == value.to_integral_value():
        return int(value)
    return value
