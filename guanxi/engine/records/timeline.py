"""One timeline per record: what people did with it, and what happened to it and to what hangs on it.

*How it works*: activities (objects with an `activity_kind`) that link to the record, and journal
entries of the record and of its children (a customer's contacts and deals), are merged by time with a
keyset over (at, id): each source gives at most a page, PostgreSQL merges, the winners are read in full
through the read door. A record may be reached through several link fields. An activity stands where it
took place (a call of yesterday that is written down today); one that is still to come, where it was planned.

*Rules*: every source carries the read door's predicate; journal entries show only readable fields, and
of children only what matters to people (made, stage, owner, amount), not every edit.
"""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.history import describe_entries
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.query.read import get_record, get_records
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.plain_values import moment
from guanxi.kit.sql import Sql, all_of, any_of, ident, join, sql
from guanxi.kit.text import Text

BAD_CURSOR = Text("这个翻页标记不对。", "This cursor is not valid.")
TELLING_FIELDS = ("stage", "status", "owner", "amount", "lifecycle", "tier")


def fetch_timeline(
    ctx: Ctx, object_key: str, record_id: uuid.UUID, *, kinds: Sequence[str] | None = None, limit: int = 30,
    cursor: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A page of `{"id", "at", "kind", "object", "record_id", "title", "body", "actor", "data"}`, newest first.

    `kinds` keeps some: activity kinds (`call`, `note` …), `change` for the journal. Raises NotFound.
    """
    obj = rights.get_object(ctx, object_key)
    get_record(ctx, object_key, record_id, fields=["id"])
    after = _read_cursor(cursor)
    pieces = [
        _activities(ctx, activity, links, record_id)
        for activity, links in _activity_sources(ctx, obj)
        if kinds is None or activity.activity_kind in kinds
    ]
    if kinds is None or "change" in kinds:
        pieces += _journal_sources(ctx, obj, record_id)
    if not pieces:
        return {"data": [], "page": {"next": None, "count": None}}
    bounded = [_bounded(piece, after, limit + 1) for piece in pieces]
    united = join((piece.wrapped() for piece in bounded), " UNION ALL ")
    rows = select_rows(sql("SELECT * FROM ({}) t ORDER BY at DESC, id DESC LIMIT {}", united, limit + 1))
    shown = rows[:limit]
    data = _entries(ctx, shown)
    more = len(rows) > limit
    next_cursor = f"{shown[-1][1].isoformat()}|{shown[-1][0]}" if more else None
    return {"data": data, "page": {"next": next_cursor, "count": None}}


def _activity_sources(ctx: Ctx, obj: ObjectDef) -> list[tuple[ObjectDef, list[FieldDef]]]:
    found: dict[str, tuple[ObjectDef, list[FieldDef]]] = {}
    for other, link in get_schema(ctx).referrers.get(obj.key, ()):
        if other.activity_kind and link.type.storage == "value":
            found.setdefault(other.key, (other, []))[1].append(link)
    return list(found.values())


def _activities(ctx: Ctx, activity: ObjectDef, links: list[FieldDef], record_id: uuid.UUID) -> Sql:
    ways = any_of(sql(f"a.{ident(link.column or '')} = {{}}", record_id) for link in links if link.column)
    conditions = [
        rows_of(ctx, activity, "a"),
        Sql("a.deleted_at IS NULL"),
        ways,
        rights.visible(ctx, get_schema(ctx), activity, "a"),
    ]
    select = Sql("SELECT a.id, ") + _happened(ctx, activity)
    select += sql(" AS at, {}::text AS source, a.id AS record_id", activity.key)
    return select + f" FROM {table_of(activity)} a WHERE " + all_of(conditions)


def _happened(ctx: Ctx, activity: ObjectDef) -> Sql:
    """When an activity `a` took place, as far as the actor may know."""
    field = rights.readable(ctx, activity).get(activity.happened_field or "")
    if field is None or field.column is None:
        return Sql("a.created_at")
    moment = f"a.{ident(field.column)}"
    return sql(f"CASE WHEN {moment} <= {{}} THEN {moment} ELSE a.created_at END", ctx.now)


def _journal_sources(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID) -> list[Sql]:
    own = sql(
        "SELECT j.id, j.at, 'journal'::text AS source, j.record_id FROM journal_entry j"
        " WHERE j.workspace_id = {} AND j.record_id = {}",
        ctx.workspace.id,
        record_id,
    )
    pieces = [own]
    telling = Sql("(j.action <> 'update' OR j.changes ?| %s::text[])", (list(TELLING_FIELDS),))
    for other, link in get_schema(ctx).referrers.get(obj.key, ()):
        if other.activity_kind or link.key not in other.parents or not link.column:
            continue
        child = all_of(
            [
                rows_of(ctx, other, "c"),
                Sql("c.deleted_at IS NULL"),
                sql(f"c.{ident(link.column)} = {{}}", record_id),
                rights.visible(ctx, get_schema(ctx), other, "c"),
            ]
        )
        pieces.append(
            sql(
                "SELECT j.id, j.at, 'journal'::text AS source, j.record_id FROM journal_entry j"
                f" JOIN {table_of(other)} c ON c.id = j.record_id WHERE j.workspace_id = {{}} AND {{}} AND {{}}",
                ctx.workspace.id,
                child,
                telling,
            )
        )
    return pieces


def _bounded(piece: Sql, after: tuple[datetime, uuid.UUID] | None, limit: int) -> Sql:
    kept = Sql("TRUE") if after is None else sql("(p.at, p.id) < ({}, {})", *after)
    return (
        Sql("SELECT * FROM (")
        + piece
        + ") p WHERE "
        + kept
        + sql(" ORDER BY p.at DESC, p.id DESC LIMIT {}", limit)
    )


def _entries(ctx: Ctx, rows: Sequence[tuple[Any, ...]]) -> list[dict[str, Any]]:
    by_object: dict[str, list[uuid.UUID]] = defaultdict(list)
    for row in rows:
        by_object[row[2]].append(row[0])
    made: dict[uuid.UUID, dict[str, Any]] = {}
    for key, ids in by_object.items():
        if key == "journal":
            made |= describe_entries(ctx, ids)
            continue
        activity = rights.get_object(ctx, key)
        for record in get_records(ctx, key, ids):
            made[uuid.UUID(record["id"])] = _activity_entry(activity, record)
    return [made[row[0]] | {"at": row[1]} for row in rows if row[0] in made]


def _activity_entry(activity: ObjectDef, record: dict[str, Any]) -> dict[str, Any]:
    hidden = (
        "id",
        "object",
        "title",
        "version",
        "created_at",
        "created_by",
        "updated_at",
        "updated_by",
        "body",
        "owner",
    )
    return {
        "id": record["id"],
        "at": record["created_at"],
        "kind": activity.activity_kind,
        "object": activity.key,
        "record_id": record["id"],
        "title": record["title"],
        "body": record.get("body"),
        "actor": record["created_by"] or record["owner"],
        "version": record["version"],
        "data": {
            key: value for key, value in record.items() if key not in hidden and value not in (None, [], "")
        },
    }


def _read_cursor(cursor: str | None) -> tuple[datetime, uuid.UUID] | None:
    if not cursor:
        return None
    at, _, given = cursor.partition("|")
    found, when = parse_id(given), moment(at)
    if found is None or when is None:
        raise invalid("cursor", "bad_cursor", BAD_CURSOR)
    return when, found
