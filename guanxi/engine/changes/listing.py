"""My changes: what one did in the last 30 days, newest first, and whether it can be taken back.

*How it works*: the rows are the write door's notes (store/change_sets.py), paged by (at, id). What stands
in the way of undoing one is found by comparing versions in the database: records whose version is no longer
the one that the batch left, and records made by it that others link to.

*Rules*: only one's own; a title is shown to whoever may see the record. Everything bounded.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from guanxi.engine.access import rights
from guanxi.engine.records.change_sources import change_source_registry
from guanxi.engine.records.models import ChangeSet
from guanxi.engine.records.query.compile import Compiler, rows_of, table_of
from guanxi.engine.records.query.present import titles_of
from guanxi.engine.records.store.batches import MAX_TOLD, own_object
from guanxi.engine.records.store.change_sets import KEPT_DAYS
from guanxi.engine.records.store.depending import Left, linked_since, moved_on, no_right, present_left
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.errors import NotFound, invalid
from guanxi.kit.ids import parse_id
from guanxi.kit.plain_values import moment
from guanxi.kit.sql import TRUE, Sql, all_of
from guanxi.kit.text import Text

BAD_CURSOR = Text("这个翻页标记不对。", "This cursor is not valid.")
MAX_LINKED = 5000
UNMERGED = "unmerge"
"""Taking a merge back is no change to be undone: whoever wants it merged again merges it."""
LATEST = "max(version)"


@dataclass(frozen=True, slots=True)
class InTheWay:
    """What keeps some records of a change set from being put back: how many, and some of them."""

    total: int
    count: int
    left: list[Left]


def list_changes(
    ctx: Ctx, *, limit: int, cursor: str | None, whole: uuid.UUID | None = None
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of the actor's own changes, and the next cursor; raises Invalid.

    Parts of a larger piece of work stand under it: they are listed where it is asked for (`whole`; NotFound).
    """
    since = ctx.now - timedelta(days=KEPT_DAYS)
    rows = ChangeSet.objects.filter(workspace_id=ctx.workspace.id, at__gt=since)
    if whole is None:
        rows = rows.filter(actor_id=ctx.actor.user_id or uuid.UUID(int=0), parent_id=None)
    else:
        rows = rows.filter(parent_id=get_change_set(ctx, whole).id)
    if cursor:
        at, last = _read_cursor(cursor)
        rows = rows.filter(Q(at__lt=at) | Q(at=at, id__lt=last))
    found = list(rows.order_by("-at", "-id")[: limit + 1])
    page = found[:limit]
    following = f"{page[-1].at.isoformat()}|{page[-1].id}" if len(found) > limit else None
    return present(ctx, page), following


def get_change_set(ctx: Ctx, change_set_id: uuid.UUID, *, lock: bool = False) -> ChangeSet:
    """One's own change set (administrators: anybody's); raises NotFound."""
    rows = ChangeSet.objects.select_for_update() if lock else ChangeSet.objects
    found = rows.filter(workspace_id=ctx.workspace.id, id=change_set_id).first()
    if found is None or (found.actor_id != ctx.actor.user_id and not ctx.actor.may("changes")):
        raise NotFound
    return found


def present(ctx: Ctx, rows: Sequence[ChangeSet]) -> list[dict[str, Any]]:
    """Change sets as the API tells them."""
    schema = get_schema(ctx)
    wanted: dict[str, set[uuid.UUID]] = {}
    for row in rows:
        if row.record_id and row.object_key in schema.objects:
            wanted.setdefault(row.object_key, set()).add(row.record_id)
    first = next((obj for key in wanted if (obj := schema.find(key))), None)
    titles = titles_of(Compiler(ctx, first), wanted) if first else {}
    named: dict[uuid.UUID, tuple[str, str]] = {}
    for source in change_source_registry:
        titles_found = source.titles(ctx, [row.id for row in rows])
        named |= {found: (source.key, title) for found, title in titles_found.items()}
    return [_shown(ctx, row, schema.find(row.object_key), titles, named) for row in rows]


def _shown(
    ctx: Ctx,
    row: ChangeSet,
    obj: ObjectDef | None,
    titles: dict[Any, Any],
    named: dict[uuid.UUID, tuple[str, str]],
) -> dict[str, Any]:
    undo = row.undo or {}
    kind, title = named.get(row.id, (row.kind, ""))
    record = titles.get((row.object_key, row.record_id)) if row.record_id else None
    return {
        "id": str(row.id),
        "at": row.at,
        "via": row.via,
        "kind": kind,
        "object": row.object_key,
        "object_label": (obj.label if row.record_count == 1 else obj.label_plural).as_dict() if obj else None,
        "record": record,
        # What was deleted is in one's own recycle bin; its title is what one deleted.
        "title": title
        or (record["title"] if record else row.title if row.kind == "delete" and _knows(ctx, row) else ""),
        "count": row.record_count,
        "other_count": row.other_count,
        "until": row.at + timedelta(days=KEPT_DAYS),
        "can_undo": row.kind != UNMERGED
        and row.undo_state == ""
        and ctx.now - row.at <= timedelta(days=KEPT_DAYS),
        "undo_state": row.undo_state or None,
        "undone": undo.get("undone"),
        "skipped": undo.get("skipped"),
        "total": undo.get("total"),
        "undo_error": Text.of(undo["stopped"]).in_(ctx.locale) if undo.get("stopped") else None,
        "left": present_left(ctx, [Left.read(item) for item in undo.get("left", ())]),
    }


def _knows(ctx: Ctx, row: ChangeSet) -> bool:
    """Whether the actor knows what was changed: by having done it, or by seeing all there is."""
    return row.actor_id == ctx.actor.user_id or rights.sees_whole(ctx, row.object_key)


def in_the_way(ctx: Ctx, batch_id: uuid.UUID) -> InTheWay:
    """What stands in the way of undoing a batch whole."""
    by_object = Sql(
        "SELECT object_key, count(DISTINCT record_id) FROM journal_entry WHERE workspace_id = %s AND batch_id = %s"
        " GROUP BY object_key",
        (ctx.workspace.id, batch_id),
    )
    total, count = 0, 0
    left: list[Left] = []
    own = own_object(ctx, batch_id)
    for object_key, number in select_rows(by_object):
        total += number
        obj = get_schema(ctx).find(object_key)
        if obj is None:
            count += number
            continue
        moved, some = _moved(ctx, obj, batch_id)
        linked = _linked(ctx, obj, batch_id)
        closed, shut = _barred(ctx, obj, batch_id) if object_key == own else (0, [])
        count += moved + len(linked) + closed
        told = moved_on(ctx, obj, some, batch_id) + linked + shut
        left += told[: MAX_TOLD - len(left)]
    return InTheWay(total, count, left)


_LAST = (
    "SELECT j.record_id, max(j.version) AS version, bool_or(j.action = 'create') AS made FROM journal_entry j"
    " WHERE j.workspace_id = %s AND j.batch_id = %s AND j.object_key = %s GROUP BY j.record_id"
)


def _moved(ctx: Ctx, obj: ObjectDef, batch_id: uuid.UUID) -> tuple[int, list[uuid.UUID]]:
    """How many records are no longer at the version the batch left them at, and some of them."""
    given = (ctx.workspace.id, batch_id, obj.key)
    join = f"FROM ({_LAST}) b LEFT JOIN {table_of(obj)} r ON r.id = b.record_id AND "
    where = rows_of(ctx, obj, "r") + Sql(" WHERE r.version IS DISTINCT FROM b.version")
    number = select_rows(Sql(f"SELECT count(*) {join}", given) + where)[0][0]
    if not number:
        return 0, []
    some = select_rows(Sql(f"SELECT b.record_id {join}", given) + where + Sql(" LIMIT %s", (MAX_TOLD,)))
    return int(number), [row[0] for row in some]


def _barred(ctx: Ctx, obj: ObjectDef, batch_id: uuid.UUID) -> tuple[int, list[Left]]:
    """How many records, still as the batch left them, the actor may not change any more, and some of them."""
    may = rights.editable(ctx, get_schema(ctx), obj, "r")
    if may == TRUE:
        return 0, []
    given = (ctx.workspace.id, batch_id, obj.key)
    join = Sql(f"FROM ({_LAST}) b JOIN {table_of(obj)} r ON r.id = b.record_id AND ", given) + all_of(
        [rows_of(ctx, obj, "r"), Sql("r.version = b.version"), Sql("((") + may + ") IS NOT TRUE)"]
    )
    number = select_rows(Sql("SELECT count(*) ") + join)[0][0]
    if not number:
        return 0, []
    some = select_rows(Sql("SELECT r.id ") + join + Sql(" LIMIT %s", (MAX_TOLD,)))
    return int(number), [no_right(obj, row[0]) for row in some]


def _linked(ctx: Ctx, obj: ObjectDef, batch_id: uuid.UUID) -> list[Left]:
    """Records that the batch made and that others link to since (of the first MAX_LINKED it made)."""
    given = (ctx.workspace.id, batch_id, obj.key)
    where = all_of([rows_of(ctx, obj, "r"), Sql("r.deleted_at IS NULL AND r.version = b.version AND b.made")])
    made = (
        Sql(f"SELECT b.record_id FROM ({_LAST}) b JOIN {table_of(obj)} r ON r.id = b.record_id AND ", given)
        + where
    )
    ids = [row[0] for row in select_rows(made + Sql(" LIMIT %s", (MAX_LINKED,)))]
    return list(linked_since(ctx, obj, ids, batch_id).values())


def _read_cursor(cursor: str) -> tuple[datetime, uuid.UUID]:
    at, _, given = cursor.partition("|")
    when, found = moment(at), parse_id(given)
    if when is None or found is None:
        raise invalid("cursor", "bad_cursor", BAD_CURSOR)
    return when, found
