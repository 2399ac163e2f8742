"""Erasing a person from the records: their own go, mentions in others are blacked out.

*How it works*: the records of an erasure are purged with all that stands beside them, and the files that
no other record holds are removed with their bytes when the transaction commits. In the rows that stay,
live or in the recycle bin, free texts that mention the person are blacked out; keys and search entries
follow. The journal keeps who did what and when; where its values mention the person they are erased like
those of purged records (`audit_erase_entries`, of the database's owner).

*Rules*: what is on legal hold stays as it is, with its history; the certificate says how many such records mention
the person, and whoever keeps holds does it once they end (`redact_released`). Values that are kinds of their own (a number of another record, an address of mail) stay: whose they
are was decided before, by choosing the records.
"""

import uuid
from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from guanxi.engine.records.file_store import file_store
from guanxi.engine.records.holds import held_ids
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.models import StoredFile
from guanxi.engine.records.query.compile import environment, rows_of, table_of
from guanxi.engine.records.store import keys, rows
from guanxi.engine.records.store.locking import lock_rows
from guanxi.engine.records.store.purging import purge_records
from guanxi.engine.records.store.recordset import select_rows
from guanxi.engine.records.store.telling import announce
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.erasing import Eraser, Erasure, declare_place, eraser_registry
from guanxi.kit.mentions import mentions, plain_sql, redact_value
from guanxi.kit.sql import Sql, all_of, any_of, ident, sql
from guanxi.kit.text import Text

AT_ONCE = 1000
REDACT = "redact"
FREE = frozenset({"text", "long_text", "rich_text", "tags", "address", "location", "json", "url"})
RECORD_TABLES = (
    "custom_record",
    "record_key",
    "record_link",
    "search_entry",
    "record_alias",
    "record_alias_key",
)


def erase_records(ctx: Ctx, erasure: Erasure) -> int:
    """Purge the records of an erasure; gives their number."""
    schema = get_schema(ctx)
    count = 0
    for key, ids in erasure.records.items():
        obj = schema.find(key)
        if obj is not None and ids:
            count += purge_records(ctx, obj, sorted(ids))
            announce(ctx, key)
    with connection.cursor() as db:
        for table, column in (("record_alias", "old_id"), ("record_alias_key", "old_id")):
            db.execute(
                f"DELETE FROM {table} WHERE workspace_id = %s AND {column} = ANY(%s::uuid[])",
                [ctx.workspace.id, erasure.ids],
            )
    return count


def files_of(ctx: Ctx, ids: Sequence[uuid.UUID]) -> set[uuid.UUID]:
    """The files that these records hold and no other does."""
    statement = (
        "SELECT f.id FROM stored_file f WHERE f.workspace_id = %s AND (f.record_id = ANY(%s::uuid[]) OR EXISTS"
        " (SELECT 1 FROM record_link l WHERE l.workspace_id = f.workspace_id AND l.target_id = f.id"
        " AND l.source_id = ANY(%s::uuid[]))) AND NOT EXISTS (SELECT 1 FROM record_link l"
        " WHERE l.workspace_id = f.workspace_id AND l.target_id = f.id AND NOT l.source_id = ANY(%s::uuid[]))"
    )
    given = list(ids)
    return {row[0] for row in select_rows(Sql(statement, (ctx.workspace.id, given, given, given)))}


def erase_files(ctx: Ctx, erasure: Erasure) -> int:
    """Remove files, with their bytes once the transaction has committed; gives their number."""
    gone = list(erasure.files)
    count = StoredFile.objects.filter(workspace_id=ctx.workspace.id, id__in=gone).delete()[0] if gone else 0
    transaction.on_commit(lambda: _unlink(ctx.workspace.id, gone))
    return count


def _unlink(workspace_id: uuid.UUID, ids: Iterable[uuid.UUID]) -> None:
    for file_id in ids:
        file_store.delete(workspace_id, file_id)


def redact_records(ctx: Ctx, erasure: Erasure) -> int:
    """Black out mentions in the free texts of all other records; gives the number of records."""
    if not erasure.pattern:
        return 0
    return sum(_redact(ctx, obj, erasure.pattern) for obj in get_schema(ctx).listed if obj.record)


def redact_released(ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, pattern: str) -> None:
    """Black out in one record, and in its history, what a hold kept there while a person was erased."""
    if record_id in held_ids(ctx, obj, [record_id], frozen=True):
        return
    for deleted in (False, True):
        _redact_rows(ctx, obj, [record_id], pattern, deleted=deleted)
    announce(ctx, obj.key)
    statement = (
        "SELECT id FROM journal_entry WHERE workspace_id = %s AND record_id = %s AND erased IS NULL"
        f" AND {plain_sql('changes::text')} ~* %s ORDER BY id"
    )
    found = [row[0] for row in select_rows(Sql(statement, (ctx.workspace.id, record_id, pattern)))]
    _erase_entries(ctx, found)


def mentioned_in(ctx: Ctx, obj: ObjectDef, pattern: str, *, limit: int | None = None) -> list[uuid.UUID]:
    """The records of an object, live or not, whose free texts mention somebody."""
    fields = free_fields(obj)
    if not fields or not pattern:
        return []
    ways = [sql(f"{_text_of(f)} ~* {{}}", pattern) for f in fields]
    statement = Sql(f"SELECT r.id FROM {table_of(obj)} r WHERE ") + all_of(
        [rows_of(ctx, obj, "r"), any_of(ways)]
    )
    bounded = statement + " ORDER BY r.id" + (sql(" LIMIT {}", limit) if limit else "")
    return [row[0] for row in select_rows(bounded)]


def free_fields(obj: ObjectDef) -> list[FieldDef]:
    """The fields that people write what they like into."""
    return [
        f
        for f in obj.fields.values()
        if f.in_row and not f.system and not f.is_sealed and f.type.type in FREE
    ]


def _text_of(f: FieldDef) -> str:
    return plain_sql(f"r.{ident(f.column)}::text" if f.column else f"(r.custom ->> '{f.key}')")


def _redact(ctx: Ctx, obj: ObjectDef, pattern: str) -> int:
    found = mentioned_in(ctx, obj, pattern)
    frozen = held_ids(ctx, obj, found, frozen=True)
    found = [i for i in found if i not in frozen]
    for start in range(0, len(found), AT_ONCE):
        part = found[start : start + AT_ONCE]
        for deleted in (False, True):
            _redact_rows(ctx, obj, part, pattern, deleted=deleted)
    if found:
        announce(ctx, obj.key)
    return len(found)


def _redact_rows(ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], pattern: str, *, deleted: bool) -> None:
    changes = [Change("update", i, {}) for i in ids]
    lock_rows(ctx, obj, changes, deleted=deleted, trusted=True)
    changes = [change for change in changes if not change.errors]
    fields = free_fields(obj)
    for change in changes:
        before = change.before or {}
        for f in fields:
            value = before.get(f.key)
            clean = None if value is None else redact_value(value, pattern)
            if clean != value:
                change.values[f.key] = clean
    changes = [change for change in changes if change.values]
    if not changes:
        return
    if not deleted:
        keys.write_keys(ctx, obj, keys.claim_keys(ctx, obj, changes))
        changes = [change for change in changes if not change.errors]
    rows.update_records(ctx, obj, changes)
    if not deleted:
        rows.index_records(ctx, obj, changes, environment(ctx), fresh=False)
    for change in changes:
        rows.write_mention(ctx, obj, change.id, change.stored_version + 1, next(iter(change.values)), REDACT)


def strip_kept(ctx: Ctx, obj: ObjectDef, ids: Sequence[uuid.UUID], pattern: str) -> None:
    """Take a person out of records that stay: their numbers and addresses as well as mentions."""
    reach = [f for f in obj.fields.values() if f.in_row and f.type.type in ("phone", "email")]
    for deleted in (False, True):
        changes = [Change("update", i, {}) for i in ids]
        lock_rows(ctx, obj, changes, deleted=deleted, trusted=True)
        for change in changes:
            held = change.before or {}
            change.values = {f.key: None for f in reach if mentions(str(held.get(f.key) or ""), pattern)}
        changes = [change for change in changes if not change.errors and change.values]
        if changes:
            keys.claim_keys(ctx, obj, changes if not deleted else [])
            rows.update_records(ctx, obj, changes)


def count_held_mentions(ctx: Ctx, erasure: Erasure) -> int:
    """How many records on legal hold mention the person: these stay as they are, history included."""
    if not erasure.pattern:
        return 0
    objects = [obj for obj in get_schema(ctx).listed if obj.record]
    return sum(
        len(held_ids(ctx, obj, mentioned_in(ctx, obj, erasure.pattern), frozen=True)) for obj in objects
    )


def erase_journal(ctx: Ctx, erasure: Erasure) -> int:
    """Erase the values of journal and audit entries that mention the person; gives their number."""
    if not erasure.pattern:
        return 0
    count = 0
    for table, part in (("journal_entry", "changes"), ("audit_entry", "detail")):
        statement = (
            f"SELECT id, object_key, record_id FROM {table} WHERE workspace_id = %s AND erased IS NULL"
            f" AND {plain_sql(f'{part}::text')} ~* %s ORDER BY id"
        )
        rows_found = select_rows(Sql(statement, (ctx.workspace.id, erasure.pattern)))
        frozen = _frozen(ctx, ((row[1], row[2]) for row in rows_found)) if part == "changes" else set()
        count += _erase_entries(ctx, [row[0] for row in rows_found if row[2] not in frozen])
    return count


def _erase_entries(ctx: Ctx, ids: Sequence[uuid.UUID]) -> int:
    count = 0
    with connection.cursor() as db:
        for start in range(0, len(ids), AT_ONCE):
            db.execute(
                "SELECT audit_erase_entries(%s, %s, %s)",
                [list(ids[start : start + AT_ONCE]), ctx.actor.user_id, "erased"],
            )
            row = db.fetchone()
            count += int(row[0]) if row else 0
    return count


def _frozen(ctx: Ctx, records: Iterable[tuple[str, uuid.UUID | None]]) -> set[uuid.UUID]:
    """Those of these records that are on legal hold."""
    by_object: dict[str, set[uuid.UUID]] = {}
    for key, record_id in records:
        if record_id is not None:
            by_object.setdefault(key, set()).add(record_id)
    objects = ((get_schema(ctx).find(key), ids) for key, ids in by_object.items())
    return {i for obj, ids in objects if obj is not None for i in held_ids(ctx, obj, ids, frozen=True)}


def _register() -> None:
    for key, zh, en, tables, run in (
        ("records", "记录（含回收站、查重键、搜索索引）", "Records, with recycle bin, identity keys and search index",
         RECORD_TABLES, erase_records),
        ("files", "文件", "Files", (), erase_files),
        ("mentions", "其他记录里的提及", "Mentions in other records", (), redact_records),
        ("held_mentions", "法律保留中的提及（未改动）", "Mentions in records on legal hold (left as they are)", (),
         count_held_mentions),
        ("journal", "变更历史与审计", "History and audit", ("journal_entry", "audit_entry"), erase_journal),
    ):  # fmt: skip
        eraser_registry.register(Eraser(key, Text(zh, en), tables, run))
    declare_place("stored_file", "文件名", "Names of files", texts=("name",))
    declare_place("field_mark", "号码标记", "Marks on values", record=("record_id",))
    declare_place("field_confirmation", "字段确认", "Confirmed values", record=("record_id",))
    declare_place(
        "change_set", "操作记录与撤销", "Changes and undo", texts=("title", "undo"), record=("record_id",)
    )
    declare_place("idempotency_key", "请求的应答", "Answers to requests", texts=("body",), drops=True)


_register()
