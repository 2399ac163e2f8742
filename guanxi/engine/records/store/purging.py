"""Taking records away for good: what the recycle bin has held for 90 days, and all that hangs on it.

*How it works*: links of other rows to the record are emptied, its files let go, then its keys, search
entry and to-many links are deleted, and the row itself. Its journal keeps who did what and when, since the
seal covers it; the values in it are erased by `audit_erase_journal`, a function of the database's owner
which leaves an entry in the audit (engine/audit/migrations).

*Rules*: set-based and bounded: what one run leaves, the next takes. Nothing that is live is touched but
its link to what is gone.
"""

import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db import connection

from guanxi.engine.records.files import release
from guanxi.engine.records.holds import held_ids
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.store import lines
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.rollups import Keeper
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.chores import Chore, chore_registry
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import TRUE, Sql, all_of, ident, sql

KEPT_DAYS = 90
MOST = 2000
ERASED_AT_ONCE = 1000
_BESIDE = (
    ("record_key", "record_id"),
    ("search_entry", "record_id"),
    ("record_link", "source_id"),
    ("record_link", "target_id"),
    ("record_alias_key", "record_id"),
    ("record_alias", "record_id"),
    ("field_mark", "record_id"),
    ("field_confirmation", "record_id"),
)
_LED_ON = """
UPDATE record_alias a SET record_id = b.record_id FROM record_alias b
 WHERE a.workspace_id = %(workspace)s AND b.workspace_id = a.workspace_id AND b.old_id = a.record_id
   AND a.record_id = ANY(%(ids)s)
"""


def empty_recycle_bin(ctx: Ctx) -> None:
    """Purge what was deleted more than 90 days ago, at most MOST records of each object."""
    limit = ctx.now - timedelta(days=KEPT_DAYS)
    for obj in get_schema(ctx).listed:
        if not obj.record:
            continue
        ids, _ = next_to_go(ctx, obj, sql("r.deleted_at < {}", limit), MOST)
        if ids:
            purge_records(ctx, obj, ids)


def next_to_go(ctx: Ctx, obj: ObjectDef, where: Sql, most: int) -> tuple[list[uuid.UUID], bool]:
    """Up to `most` rows of `obj` (`r`) that nothing holds, and whether others match and stay.

    What is held stays, however many of them stand in front.
    """
    found: list[uuid.UUID] = []
    more = False
    last: uuid.UUID | None = None
    while len(found) < most:
        after = Sql("r.id > %s", (last,)) if last else TRUE
        statement = Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + all_of(
            [rows_of(ctx, obj, "r"), where, after]
        )
        ids = [row[0] for row in select_rows(statement + sql(" ORDER BY r.id LIMIT {}", most))]
        held = held_ids(ctx, obj, ids)
        more = more or bool(held)
        found += [record_id for record_id in ids if record_id not in held]
        if len(ids) < most:
            return found[:most], more or len(found) > most
        last = ids[-1]
    return found[:most], True


def purge_records(ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID]) -> int:
    """Delete these rows of `obj` with all that stands beside them; gives their number."""
    for _, line in lines.line_objects(ctx, obj):
        purge_records(ctx, line, lines.of_records(ctx, line, ids, gone_with_them=None))
    release(ctx, ids)
    keeper = Keeper(ctx, obj)
    parents = keeper.parents_of(ids)
    with connection.cursor() as db:
        for other, link, statement in _unlinking(ctx, obj):
            db.execute(statement, {"workspace": ctx.workspace.id, "ids": list(ids)})
            Keeper(ctx, other).follow_rows([row[0] for row in db.fetchall()], [link.key])
        # What had been merged into these stays known as what they were merged into themselves.
        db.execute(_LED_ON, {"workspace": ctx.workspace.id, "ids": list(ids)})
        for table, column in _BESIDE:
            db.execute(
                f"DELETE FROM {table} WHERE workspace_id = %(workspace)s AND {column} = ANY(%(ids)s)",
                {"workspace": ctx.workspace.id, "ids": list(ids)},
            )
        for start in range(0, len(ids), ERASED_AT_ONCE):
            part = list(ids[start : start + ERASED_AT_ONCE])
            db.execute("SELECT audit_erase_journal(%s, %s, %s)", [part, ctx.actor.user_id, "purged"])
        db.execute(
            f"DELETE FROM {table_of(obj)} WHERE workspace_id = %(workspace)s AND id = ANY(%(ids)s)",
            {"workspace": ctx.workspace.id, "ids": list(ids)},
        )
        purged = int(db.rowcount)
    keeper.follow_parents(parents)
    return purged


def _unlinking(ctx: Ctx, obj: ObjectDef) -> Iterator[tuple[ObjectDef, FieldDef, str]]:
    for other, link in get_schema(ctx).referrers.get(obj.key, ()):
        if link.type.storage != "value":
            continue
        kind = f" AND object_key = '{other.discriminator}'" if other.discriminator else ""
        change, held = _emptied(link)
        statement = (
            f"UPDATE {table_of(other)} SET {change} WHERE workspace_id = %(workspace)s{kind}"
            f" AND {held} = ANY(%(ids)s) RETURNING id"
        )
        yield other, link, statement


def _emptied(link: FieldDef) -> tuple[str, str]:
    """What empties a link, and the id it holds."""
    if link.column:
        return f"{ident(link.column)} = NULL", ident(link.column)
    return f"custom = custom - '{link.key}'", f"(custom ->> '{link.key}')::uuid"


chore_registry.register(Chore("records.empty_recycle_bin", empty_recycle_bin))
