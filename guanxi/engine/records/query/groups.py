"""Groups and measures: the numbers of boards, summaries and reports, by the same rights as lists.

*How it works*: each dimension is a field's expression (dates in a bucket of the workspace's calendar),
each measure an aggregate over a field; one SELECT … GROUP BY over the query's base. Keys that refer to
records or people get their titles as labels, options their labels, in one more statement.

*Rules*: at most MAX_GROUP_ROWS rows are answered, and `exact` tells when there were more; a key that
refers to a record the actor may not see is null.
"""

import uuid
from collections import defaultdict
from datetime import date, datetime
from typing import Any

from django.db import connection

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import Compiler, Resolved
from guanxi.engine.records.query.measuring import measured
from guanxi.engine.records.query.present import database_value, reference_of, titles_of
from guanxi.engine.records.query.spec import Grouping, Measure, RecordQuery
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import count_read
from guanxi.kit.errors import invalid
from guanxi.kit.sql import Sql, join, sql
from guanxi.kit.text import Text

MAX_GROUP_ROWS = 200
NOT_GROUPABLE = Text("不能按「{field}」分组。", "It is not possible to group by “{field}”.")
NOT_MEASURABLE = Text("「{field}」不能做「{op}」统计。", "“{field}” has no measure “{op}”.")
NEEDS_BUCKET = Text("「{field}」不能这样分段。", "“{field}” has no such buckets.")
UNKNOWN_SORT = Text("「{name}」既不是分组也不是统计。", "“{name}” is neither a group nor a measure.")


def fetch_groups(ctx: Ctx, query: RecordQuery, *, most: int = MAX_GROUP_ROWS) -> dict[str, Any]:
    """`{"data": [{"keys", "labels", "values"}], "page"}` of a query with groups; raises Invalid.

    `most` rows are answered; programs that compute with the rows themselves may ask for more.
    """
    obj = rights.get_object(ctx, query.object)
    compiler = Compiler(ctx, obj)
    groups = [(g, compiler.resolve(g.path, f"group.{i}")) for i, g in enumerate(query.group or ())]
    keys = [group_key(compiler, g, found, i) for i, (g, found) in enumerate(groups)]
    measures = [_measure(compiler, m, i) for i, m in enumerate(query.measures)]
    where = compiler.where(query.filter)
    base = compiler.base(where=where, deleted=query.deleted, q=query.q)
    limit = min(query.limit, most)
    statement = Sql("SELECT ") + join([*keys, *measures]) + " " + base
    if keys:
        statement += " GROUP BY " + ", ".join(str(i + 1) for i in range(len(keys)))
        statement += " ORDER BY " + _order(query, len(keys)) + sql(" LIMIT {}", limit + 1)
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        rows = db.fetchall()
    more = len(rows) > limit
    data = _labelled(compiler, query, groups, rows[:limit])
    if any(_names_records(grouping, found) for grouping, found in groups):
        count_read(ctx, obj.key, len(data))  # groups by name and number are a list of the records
    return {"data": data, "page": {"next": None, "count": {"value": len(data), "exact": not more}}}


def _names_records(grouping: Grouping, found: Resolved) -> bool:
    """False for groups that tell records by kind, time or colleague: these list nobody's data."""
    colleague = found.field.type.references in ("user", "team")
    return grouping.bucket is None and not found.field.options and not colleague


def group_key(compiler: Compiler, grouping: Grouping, found: Resolved, index: int) -> Sql:
    """The expression that a dimension groups by; raises Invalid where the field cannot be grouped so."""
    field = found.field
    if not field.type.groupable and not (grouping.bucket and field.type.buckets):
        raise invalid(f"group.{index}", "not_groupable", NOT_GROUPABLE, field=grouping.path)
    if grouping.bucket is None and field.type.references == "record":
        return compiler.seen_reference(found)
    if grouping.bucket is None:
        return field.type.typed_expression(found.source)
    if grouping.bucket not in field.type.buckets:
        raise invalid(f"group.{index}.bucket", "not_a_date", NEEDS_BUCKET, field=grouping.path)
    return field.type.bucket_expression(found.source, grouping.bucket, compiler.env.zone)


def _measure(compiler: Compiler, measure: Measure, index: int) -> Sql:
    if measure.path is None:
        return Sql("count(*)")
    found = compiler.resolve(measure.path, f"measures.{index}.field")
    kind = found.field.type
    counted = measure.op == "count" and kind.storage == "value"
    if not counted and measure.op not in kind.measures:
        raise invalid(
            f"measures.{index}.op", "not_measurable", NOT_MEASURABLE, field=measure.path, op=measure.op
        )
    if measure.op in ("count", "distinct"):
        expression = kind.typed_expression(found.source)
        return sql("count({}{})", Sql("DISTINCT " if measure.op == "distinct" else ""), expression)
    return sql(f"{measure.op}({{}})", measured(found, compiler.env))


def _order(query: RecordQuery, key_count: int) -> str:
    names = [g.path for g in query.group or ()] + [m.alias for m in query.measures]
    pieces = []
    for i, item in enumerate(query.sort):
        if item.path not in names:
            raise invalid(f"sort.{i}", "unknown_sort", UNKNOWN_SORT, name=item.path[:60])
        pieces.append(f"{names.index(item.path) + 1} {'DESC' if item.descending else 'ASC'} NULLS LAST")
    return ", ".join(pieces or [f"{i + 1} ASC NULLS LAST" for i in range(key_count)])


def _labelled(
    compiler: Compiler,
    query: RecordQuery,
    groups: list[tuple[Grouping, Resolved]],
    rows: list[tuple[Any, ...]],
) -> list[dict[str, Any]]:
    wanted: dict[str, set[uuid.UUID]] = defaultdict(set)
    for i, (_, found) in enumerate(groups):
        kind = reference_of(found.field)
        if kind and kind != "file":
            wanted[kind].update(row[i] for row in rows if row[i])
    titles = titles_of(compiler, wanted) if wanted else {}
    data = []
    for row in rows:
        keys: dict[str, Any] = {}
        labels: dict[str, Any] = {}
        for i, (grouping, found) in enumerate(groups):
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
    if grouping.bucket is not None:
        day = stored.date() if isinstance(stored, datetime) else stored
        return (day.isoformat() if isinstance(day, date) else day), str(day)
    value = field.type.to_api(database_value(field, stored, from_json=False), field, from_json=False)
    option = field.option(value) if isinstance(value, str) else None
    return value, option.label.as_dict() if option else value


def _plain(value: Any) -> Any:
    """A number without trailing zeros after the point (sums of money are 10005534, not 10005534.00)."""
    if value is None or isinstance(value, (int, str)):
        return value
    if hasattr(value, "normalize") and value == value.to_integral_value():
        return int(value)
    return value
