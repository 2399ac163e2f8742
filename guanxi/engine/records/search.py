"""Search over all objects a person may see, and the index entries the write door keeps.

*How it works*: every live record has one `search_entry` with a tsvector built by us (search_tokens.py):
Chinese by single characters with positions, windows of pinyin, initials and digits. A search collects a
capped set of candidates from the index, of those that each object's own table shows the actor under the
read door's predicate, ranks that set and cuts highlights in Python.

*Rules*: candidates are capped before anything is ranked (half of all rows contain 公司); entries are
written in the record's transaction; a hidden record is not even counted.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from guanxi.engine.access import rights
from guanxi.engine.records.search_tokens import by_title, highlight_ranges, query_of
from guanxi.engine.schema.definitions import ObjectDef, WorkspaceSchema
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import count_read
from guanxi.kit.errors import invalid
from guanxi.kit.sql import FALSE, Sql, all_of, any_of, ident, join, sql
from guanxi.kit.text import Text

CANDIDATES = 400
LIST_CANDIDATES = 5000
MAX_RESULTS = 50
UNKNOWN_OBJECT = Text("没有「{object}」这个对象。", "There is no object “{object}”.")


def matching_records(ctx: Ctx, obj: ObjectDef, text: str, alias: str) -> Sql:
    """The predicate over `alias` of the records of one object that a search text finds."""
    wanted = query_of(text)
    if wanted is None:
        return FALSE
    if _finds_by_title(ctx, obj):
        wanted = by_title(wanted)
    # The cap must not fall on records of others before the few that the actor sees are reached.
    cap = sql(" LIMIT {}", LIST_CANDIDATES) if rights.sees_everything(ctx, obj) else Sql("")
    return sql(
        f"{alias}.id IN (SELECT s.record_id FROM search_entry s WHERE s.workspace_id = {{}} AND s.object_key = {{}}"
        " AND s.tokens @@ {}::tsquery{})",
        ctx.workspace.id,
        obj.key,
        wanted,
        cap,
    )


def search(
    ctx: Ctx, text: str, *, objects: Sequence[str] | None = None, limit: int = 20
) -> list[dict[str, Any]]:
    """What `text` finds, best first: `{"object", "id", "title", "subtitle", "score", "highlights"}`.

    Raises Invalid for an object that does not exist.
    """
    schema = get_schema(ctx)
    wanted = query_of(text)
    targets = _targets(ctx, schema, objects)
    if wanted is None or not targets:
        return []
    rows = _ranked(ctx, schema, targets, wanted, text, min(limit, MAX_RESULTS))
    for key, shown in Counter(row[0] for row in rows).items():
        count_read(ctx, key, shown)
    plain = {obj.key for obj in targets if not _shows_subtitle(ctx, obj)}
    rows = [(key, i, title, "" if key in plain else below, score) for key, i, title, below, score in rows]
    return [
        {
            "object": key,
            "id": str(record_id),
            "title": title,
            "subtitle": subtitle,
            "score": round(float(score), 4),
            "highlights": _highlights(title, subtitle, text),
        }
        for key, record_id, title, subtitle, score in rows
    ]


def _finds_by_title(ctx: Ctx, obj: ObjectDef) -> bool:
    """True when the actor may not read all that records are found by: they find by the title alone."""
    readable = rights.readable(ctx, obj)
    return any(f.key not in readable and f.key != obj.title_field for f in obj.searchable)


def _shows_subtitle(ctx: Ctx, obj: ObjectDef) -> bool:
    readable = rights.readable(ctx, obj)
    return all(f.key in readable for f in obj.subtitle)


def remove_entries(ids: Iterable[uuid.UUID]) -> None:
    """Take records out of the index."""
    with connection.cursor() as db:
        db.execute("DELETE FROM search_entry WHERE record_id = ANY(%s::uuid[])", [list(ids)])


def _targets(ctx: Ctx, schema: WorkspaceSchema, objects: Sequence[str] | None) -> list[ObjectDef]:
    if objects is None:
        return [obj for obj in schema.listed if obj.line_of is None and rights.can(ctx, obj, "read")]
    found = []
    for key in objects:
        obj = schema.find(key)
        if obj is None or not obj.listed or not rights.can(ctx, obj, "read"):
            raise invalid("objects", "unknown_object", UNKNOWN_OBJECT, object=key[:60])
        found.append(obj)
    return found


def _ranked(
    ctx: Ctx, schema: WorkspaceSchema, targets: list[ObjectDef], wanted: str, text: str, limit: int
) -> list[tuple[Any, ...]]:
    """Candidates that the actor sees first (capped, unranked), then those in order of rank."""
    keys = [obj.key for obj in targets]
    candidates = sql(
        "WITH found AS MATERIALIZED (SELECT s.record_id, s.object_key, s.title, s.subtitle, s.tokens, s.updated_at"
        " FROM search_entry s WHERE s.workspace_id = {} AND s.tokens @@ {}::tsquery AND s.object_key = ANY({}) AND {} LIMIT {})",
        ctx.workspace.id,
        wanted,
        Sql("%s::text[]", (keys,)),
        all_of([_visible_among(ctx, schema, targets), _found_rightly(ctx, targets, wanted)]).wrapped(),
        CANDIDATES,
    )
    statement = (
        candidates
        + " SELECT f.object_key, f.record_id, f.title, f.subtitle, "
        + _rank(wanted, text.strip().lower())
        + " AS score FROM found f"
        + sql(" ORDER BY score DESC, char_length(f.title), f.updated_at DESC, f.record_id LIMIT {}", limit)
    )
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        rows: list[tuple[Any, ...]] = db.fetchall()
        return rows


def _found_rightly(ctx: Ctx, targets: list[ObjectDef], wanted: str) -> Sql:
    """Of objects with searched fields that the actor may not read, what their titles are found by."""
    narrowed = [obj.key for obj in targets if _finds_by_title(ctx, obj)]
    if not narrowed:
        return Sql("TRUE")
    titles = sql("s.tokens @@ {}::tsquery", by_title(wanted))
    return any_of([Sql("s.object_key <> ALL(%s::text[])", (narrowed,)), titles])


def _rank(wanted: str, typed: str) -> Sql:
    weights = "'{0.1, 0.2, 0.5, 1.0}'"
    return Sql(
        f"ts_rank({weights}, f.tokens, %s::tsquery) + CASE WHEN lower(f.title) = %s THEN 4"
        " WHEN starts_with(lower(f.title), %s) THEN 2 WHEN position(%s IN lower(f.title)) > 0 THEN 1 ELSE 0 END",
        (wanted, typed, typed, typed),
    )


def _visible_among(ctx: Ctx, schema: WorkspaceSchema, targets: list[ObjectDef]) -> Sql:
    """The predicate over `s` that keeps candidates whose record the actor sees."""
    ways: list[Sql] = []
    by_visibility: dict[bool, list[ObjectDef]] = defaultdict(list)
    for obj in targets:
        by_visibility[rights.sees_everything(ctx, obj)].append(obj)
    if not by_visibility[False]:
        return Sql("TRUE")
    if by_visibility[True]:
        ways.append(Sql("s.object_key = ANY(%s::text[])", ([obj.key for obj in by_visibility[True]],)))
    for obj in by_visibility[False]:
        seen = all_of([Sql("v.id = s.record_id"), rights.visible(ctx, schema, obj, "v")])
        ways.append(
            sql(
                "s.object_key = {} AND EXISTS (SELECT 1 FROM " + ident(obj.table) + " v WHERE {})",
                obj.key,
                seen,
            )
        )
    return join((way.wrapped() for way in ways), " OR ").wrapped() if ways else FALSE


def _highlights(title: str, subtitle: str, text: str) -> list[dict[str, Any]]:
    found = []
    for name, shown in (("title", title), ("subtitle", subtitle)):
        ranges = highlight_ranges(shown, text)
        if ranges:
            found.append({"field": name, "text": shown, "ranges": ranges})
    return found
