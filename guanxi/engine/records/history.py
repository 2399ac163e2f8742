"""The history of one record: its journal, as people read it."""

import uuid
from collections.abc import Sequence
from typing import Any

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.records.query.present import reference_of, titles_of
from guanxi.engine.records.query.read import get_record
from guanxi.engine.records.sealed import recalled_changes
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.schema.written import recalled
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql
from guanxi.kit.text import Text

Row = tuple[Any, ...]
UNKNOWN_FIELD = Text("没有这个字段。", "There is no such field.")
BAD_CURSOR = Text("这个翻页标记不对。", "This cursor is not valid.")


def fetch_history(
    ctx: Ctx,
    object_key: str,
    record_id: uuid.UUID,
    *,
    limit: int = 50,
    cursor: str | None = None,
    field: str | None = None,
) -> dict[str, Any]:
    """A page of `{"id", "at", "actor", "via", "action", "changes"}`, newest first; raises NotFound.

    `field` keeps the entries that changed it. Fields that the actor may not read are left out of every entry.
    """
    obj = rights.get_object(ctx, object_key)
    if field is not None and field not in rights.shown(ctx, obj):
        raise invalid("field", "unknown_field", UNKNOWN_FIELD)
    get_record(ctx, object_key, record_id, fields=["id"])
    before = parse_id(cursor) if cursor else None
    if cursor and before is None:
        raise invalid("cursor", "bad_cursor", BAD_CURSOR)
    statement = Sql(
        "SELECT id, at, actor_id, via, action, changes, version, object_key, record_id FROM journal_entry"
        " WHERE workspace_id = %s"
        " AND record_id = %s AND (%s::uuid IS NULL OR id < %s::uuid) AND (%s::text IS NULL OR changes ? %s)"
        " ORDER BY id DESC LIMIT %s",
        (ctx.workspace.id, record_id, before, before, field, field or "", limit + 1),
    )
    rows = select_rows(statement)
    shown = rows[:limit]
    data = _described(ctx, [(obj, row) for row in shown])
    more = len(rows) > limit
    return {"data": data, "page": {"next": str(shown[-1][0]) if more else None, "count": None}}


def describe_entries(ctx: Ctx, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """Timeline entries of journal rows that the caller has found visible, by id."""
    statement = Sql(
        "SELECT id, at, actor_id, via, action, changes, version, object_key, record_id FROM journal_entry"
        " WHERE workspace_id = %s AND id = ANY(%s::uuid[])",
        (ctx.workspace.id, list(ids)),
    )
    schema = get_schema(ctx)
    pairs = [(obj, row) for row in select_rows(statement) if (obj := schema.find(row[7]))]
    titles = titles_of(Compiler(ctx, pairs[0][0]), _records_of(pairs)) if pairs else {}
    made = {}
    for (obj, row), entry in zip(pairs, _described(ctx, pairs), strict=True):
        about = titles.get((obj.key, row[8]))
        made[row[0]] = {
            "id": entry["id"],
            "at": entry["at"],
            "kind": "change",
            "object": obj.key,
            "record_id": str(row[8]),
            "title": about["title"] if about else "",
            "body": None,
            "actor": entry["actor"],
            "data": {"action": entry["action"], "via": entry["via"], "changes": entry["changes"]},
        }
    return made


def _records_of(pairs: Sequence[tuple[ObjectDef, Row]]) -> dict[str, set[uuid.UUID]]:
    wanted: dict[str, set[uuid.UUID]] = {}
    for obj, row in pairs:
        wanted.setdefault(obj.key, set()).add(row[8])
    return wanted


def _described(ctx: Ctx, pairs: Sequence[tuple[ObjectDef, Row]]) -> list[dict[str, Any]]:
    """Journal rows with their readable changes, everything they refer to by its title."""
    entries = [
        (row, _changes(ctx, obj, row[8], {k: v for k, v in loads(row[5]).items() if k in shown}, shown))
        for obj, row in pairs
        for shown in (rights.shown(ctx, obj),)
    ]
    wanted: dict[str, set[uuid.UUID]] = {"user": {row[2] for row, _ in entries if row[2]}}
    for _, changes in entries:
        for f, values in changes:
            for value in values:
                for i in _ids(f, value):
                    wanted.setdefault(reference_of(f) or "", set()).add(i)
    titles = titles_of(Compiler(ctx, pairs[0][0]), wanted) if pairs else {}
    return [
        {
            "id": str(row[0]),
            "at": row[1],
            "actor": titles.get(("user", row[2])) if row[2] else None,
            "via": row[3],
            "action": row[4],
            "version": row[6],
            "changes": [
                {
                    "field": f.key,
                    "label": f.label.as_dict(),
                    "old": _shown(f, old, titles),
                    "new": _shown(f, new, titles),
                }
                for f, (old, new) in changes
            ],
        }
        for row, changes in entries
    ]


def _changes(
    ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, changes: dict[str, Any], shown: dict[str, FieldDef]
) -> list[tuple[FieldDef, list[Any]]]:
    known = recalled_changes(ctx, obj.key, record_id, changes)
    return [(shown[key], pair) for key, pair in known.items()]


def _ids(f: FieldDef, value: Any) -> list[uuid.UUID]:
    if reference_of(f) in (None, "file") or value is None:
        return []
    return [i for item in (value if isinstance(value, list) else [value]) if (i := parse_id(item))]


def _shown(f: FieldDef, value: Any, titles: dict[tuple[str, uuid.UUID], dict[str, Any]]) -> Any:
    kind = reference_of(f)
    if value is None:
        return None
    if f.masked:
        return f.type.mask(recalled(f, value) if kind is None else value)
    if kind in (None, "file"):
        return recalled(f, value) if kind is None else value
    found = [titles.get((kind or "", i)) for i in _ids(f, value)]
    return found if isinstance(value, list) else (found[0] if found else None)
