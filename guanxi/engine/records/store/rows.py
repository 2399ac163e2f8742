"""Writing the rows of one pass: records, to-many links, journal, search entries.

Every function takes the changes that have passed all checks and runs a constant number of statements.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django.db import connection

from guanxi.engine.records import sealed
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store.foreseeing import (
    Foreseen,
    searched_fields,
    sort_key_of,
    usable,
    words_of,
)
from guanxi.engine.records.store.recordset import Columns, insert_columns, insert_rows, update_rows
from guanxi.engine.records.store.titles import title_of
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Env, FieldType
from guanxi.engine.schema.field_types.sealed import column_type
from guanxi.engine.schema.seals import ON
from guanxi.engine.tenancy.context import Ctx
from guanxi.engine.tenancy.recording import written
from guanxi.kit.ids import new_ids
from guanxi.kit.pinyin import sort_key

_SYSTEM_TYPES = {
    "id": "uuid", "workspace_id": "uuid", "version": "integer", "title": "text", "title_sort": "text",
    "custom": "jsonb", "is_sample": "boolean", "created_at": "timestamptz", "created_by": "uuid",
    "updated_at": "timestamptz", "updated_by": "uuid",
}  # fmt: skip
JOURNAL = {
    "id": "uuid", "workspace_id": "uuid", "object_key": "text", "record_id": "uuid", "version": "integer",
    "action": "text", "changes": "jsonb", "actor_id": "uuid", "via": "text", "batch_id": "uuid", "at": "timestamptz",
}  # fmt: skip
_SEARCH = {"record_id": "uuid", "workspace_id": "uuid", "object_key": "text", "title": "text", "subtitle": "text",
           "tokens": "tsvector", "updated_at": "timestamptz"}  # fmt: skip
_LINKS = {"workspace_id": "uuid", "object_key": "text", "field_key": "text", "source_id": "uuid", "target_id": "uuid",
          "position": "integer"}  # fmt: skip


def insert_records(
    ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], *, sample: bool, foreseen: Foreseen | None = None
) -> None:
    """INSERT new records, their system columns included."""
    kinds = _SYSTEM_TYPES | ({"object_key": "text"} if obj.discriminator is not None else {})
    given = {key for change in changes for key in change.values}
    fields = [f for f in obj.fields.values() if f.key in given and f.in_row]
    typed = {
        column: f
        for f in fields
        if (column := sealed.stored_column(f))
        and column not in (*_SYSTEM_TYPES, "object_key")
        and f.sealing != ON
    }
    customs = {f.key: _dumper(f) for f in fields if sealed.has_customs(f)}
    shared: dict[str, Any] = {
        "workspace_id": ctx.workspace.id, "version": 1, "custom": dict(obj.zeros), "is_sample": sample,
        "created_at": ctx.now, "created_by": ctx.actor.user_id, "updated_at": ctx.now,
        "updated_by": ctx.actor.user_id, "object_key": obj.discriminator,
    }  # fmt: skip
    special = {column for change in changes for column in change.system}
    titles = [title_of(obj, change.values.get(obj.title_field)) for change in changes]
    columns: dict[str, Sequence[Any]] = {
        "id": [change.id for change in changes],
        "title": titles,
        "title_sort": [sort_key_of(title, foreseen) for title in titles],
    }
    for column, f in typed.items():
        columns[column] = _column(changes, f)
    if customs:
        columns["custom"] = [_custom(obj, change, customs) for change in changes]
    for column in special:
        columns[column] = [change.system.get(column, shared.get(column)) for change in changes]
    shared = {column: value for column, value in shared.items() if column in kinds and column not in columns}
    kinds |= {column: column_type(f) for column, f in typed.items()}
    insert_columns(obj.table, kinds, columns, shared=shared)


def _column(changes: Sequence[Change], f: FieldDef) -> list[Any]:
    """The new values of a field in JSON form."""
    key, dump = f.key, _dumper(f)
    values = [change.values.get(key) for change in changes]
    return values if dump is None else [None if value is None else dump(value) for value in values]


def _custom(
    obj: ObjectDef, change: Change, customs: Mapping[str, Callable[[Any], Any] | None]
) -> dict[str, Any]:
    """The values of a new record that have no column of their own."""
    found: dict[str, Any] = dict(obj.zeros)
    for key, dump in customs.items():
        if (value := change.values.get(key)) is None:
            continue
        dumped = value if dump is None else dump(value)
        f = obj.fields[key]
        found |= {key: dumped} if f.seal is None else _kept(f, change.id, dumped)
    return found


def update_records(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """UPDATE changed records: the union of their changed columns, each row with its full values."""
    changed = {key for change in changes for key in change.values}
    stamp = (
        {} if ctx.unrecorded else {"version": "integer", "updated_at": "timestamptz", "updated_by": "uuid"}
    )
    columns = {"id": "uuid"} | stamp
    fields = [obj.fields[key] for key in sorted(changed) if obj.fields[key].in_row]
    typed = [f for f in fields if sealed.stored_column(f)]
    customs = [f for f in fields if sealed.has_customs(f)]
    columns |= {sealed.stored_column(f) or "": column_type(f) for f in typed}
    retitled = obj.title_field in changed
    if retitled:
        columns |= {"title": "text", "title_sort": "text"}
    if customs:
        columns |= {"custom": "jsonb", "emptied": "text[]"}
    rows = []
    for change in changes:
        row: dict[str, Any] = {"id": change.id, "version": change.stored_version + 1, "updated_at": ctx.now,
                               "updated_by": ctx.actor.user_id}  # fmt: skip
        row |= change.system
        for f in typed:
            value = change.value(f.key)
            dumped = None if value is None else f.type.dump(value, f)
            row[sealed.stored_column(f) or ""] = sealed.stored_plain(f, dumped)
        if customs:
            fresh: dict[str, Any] = {}
            for f in (f for f in customs if f.key in change.values):
                given = change.values[f.key]
                dumped = None if given is None else f.type.dump(given, f)
                fresh |= sealed.stored_customs(f, change.id, dumped)
            row["custom"] = {key: value for key, value in fresh.items() if value is not None}
            row["emptied"] = [key for key in fresh if key not in row["custom"]]
        if retitled:
            row["title"] = title_of(obj, change.value(obj.title_field))
            row["title_sort"] = sort_key(row["title"])
        rows.append(row)
    # Merged in the database: rollups are written into the same column, meanwhile.
    merged = {"custom": "(t.custom || x.custom) - x.emptied"}
    if len(columns) > 1:  # links alone, unrecorded, leave the row as it is
        update_rows(obj.table, columns, rows, merged=merged)


def mark_deleted(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], *, deleted: bool) -> None:
    """Move records to the recycle bin, or back."""
    columns = {"id": "uuid", "version": "integer", "updated_at": "timestamptz", "updated_by": "uuid",
               "deleted_at": "timestamptz", "deleted_by": "uuid"}  # fmt: skip
    rows = [
        {"id": c.id, "version": c.stored_version + 1, "updated_at": ctx.now, "updated_by": ctx.actor.user_id,
         "deleted_at": ctx.now if deleted else None, "deleted_by": ctx.actor.user_id if deleted else None}
        for c in changes
    ]  # fmt: skip
    update_rows(obj.table, columns, rows)


def write_links(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """Replace the to-many links that the changes give."""
    given = [(change, f) for f in obj.links for change in changes if f.key in change.values]
    if not given:
        return
    with connection.cursor() as db:
        db.execute(
            "DELETE FROM record_link l USING unnest(%s::uuid[], %s::text[]) AS g(source, field)"
            " WHERE l.workspace_id = %s AND l.object_key = %s AND l.source_id = g.source AND l.field_key = g.field",
            [[c.id for c, _ in given], [f.key for _, f in given], ctx.workspace.id, obj.key],
        )
    rows = [
        {"workspace_id": ctx.workspace.id, "object_key": obj.key, "field_key": f.key, "source_id": change.id,
         "target_id": target, "position": position}
        for change, f in given
        for position, target in enumerate(dict.fromkeys(change.values[f.key] or ()))
    ]  # fmt: skip
    insert_rows("record_link", _LINKS, rows)


def write_journal(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], action: str) -> None:
    """One journal entry a change, `{field: [old, new]}` in JSON form."""
    dumpers = {key: _dumper(f) for key, f in obj.fields.items()}
    shared = {"workspace_id": ctx.workspace.id, "object_key": obj.key, "action": action, "actor_id": ctx.actor.user_id,
              "via": ctx.via, "batch_id": ctx.batch_id}  # fmt: skip
    columns: Columns = {
        "id": new_ids(len(changes)),
        "record_id": [change.id for change in changes],
        "version": [change.stored_version + 1 for change in changes],
        "changes": [_described(ctx, obj, change, dumpers) for change in changes],
        "at": [change.system.get("created_at" if change.op == "create" else "updated_at", ctx.now) for change in changes],
    }  # fmt: skip
    insert_columns("journal_entry", JOURNAL, columns, shared=shared)
    written.journal = True


def write_mention(
    ctx: Ctx, obj: ObjectDef, record_id: uuid.UUID, version: int, field_key: str, action: str
) -> None:
    """A journal entry that a field was dealt with (revealed) without a change: it holds no values."""
    row = {"id": new_ids(1)[0], "object_key": obj.key, "record_id": record_id, "version": version,
           "action": action, "changes": {field_key: [None, None]}, "actor_id": ctx.actor.user_id,
           "via": ctx.via, "batch_id": ctx.batch_id, "at": ctx.now}  # fmt: skip
    insert_rows("journal_entry", JOURNAL, [row], shared={"workspace_id": ctx.workspace.id})


def index_records(
    ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], env: Env, *, fresh: bool, foreseen: Foreseen | None = None
) -> None:  # fmt: skip
    """Write the search entries of records whose searched or shown text is new."""
    if obj.line_of is not None:
        return  # lines are no finds of their own
    searched = searched_fields(obj)
    known = usable(foreseen, searched)
    shown = obj.subtitle
    relevant = {f.key for f in (*obj.searchable, *shown)}
    found = [change for change in changes if fresh or not relevant.isdisjoint(change.values)]
    records = [c.values if c.before is None else c.before | c.values for c in found]
    texts = zip(*([values.get(f.key) for values in records] for f, _, _ in searched), strict=True)
    columns: Columns = {
        "record_id": [change.id for change in found],
        "title": [title_of(obj, values.get(obj.title_field)) for values in records],
        "subtitle": _subtitles(shown, records, env),
        "tokens": [words_of(searched, given, known) for given in texts] if searched else [""] * len(found),
        "updated_at": [change.system.get("updated_at") or ctx.now for change in found],
    }  # fmt: skip
    suffix = (
        ""
        if fresh
        else "ON CONFLICT (record_id) DO UPDATE SET title = EXCLUDED.title, subtitle = EXCLUDED.subtitle,"
        " tokens = EXCLUDED.tokens, updated_at = EXCLUDED.updated_at"
    )
    shared = {"workspace_id": ctx.workspace.id, "object_key": obj.key}
    insert_columns("search_entry", _SEARCH, columns, shared=shared, suffix=suffix)


def _subtitles(shown: Sequence[FieldDef], records: Sequence[Mapping[str, Any]], env: Env) -> list[str]:
    """What stands below the title of each record."""
    columns = [_said([values.get(f.key) for values in records], f, env) for f in shown]
    if not columns:
        return [""] * len(records)
    return [" · ".join(filter(None, texts))[:200] for texts in zip(*columns, strict=True)]


def _said(values: Sequence[Any], f: FieldDef, env: Env) -> list[str | None]:
    """Values as they read; options are few, and each is looked up once."""
    if f.type.has_options and all(value is None or isinstance(value, str) for value in values):
        known = {value: _reading(value, f, env) for value in set(values)}
        return [known[value] for value in values]
    return [_reading(value, f, env) for value in values]


def _reading(value: Any, f: FieldDef, env: Env) -> str | None:
    return None if value is None else f.type.format(f.type.to_api(value, f, from_json=False), f, env)


def _dumper(f: FieldDef) -> Callable[[Any], Any] | None:
    """What turns a value into JSON; None for types whose values are JSON as they are (most texts)."""
    if type(f.type).dump is FieldType.dump:
        return None
    return partial(f.type.dump, field=f)


def _kept(f: FieldDef, record_id: uuid.UUID, dumped: Any) -> dict[str, Any]:
    """What `custom` holds of a new record's value in an encrypted field."""
    forms = sealed.stored_customs(f, record_id, dumped)
    return {key: value for key, value in forms.items() if value is not None}


def _described(
    ctx: Ctx, obj: ObjectDef, change: Change, dumpers: dict[str, Callable[[Any], Any] | None]
) -> dict[str, list[Any]]:
    """`{field: [old, new]}` of a change, in JSON form; what is encrypted in the row is so here."""
    before = change.before
    described = {}
    for key, value in change.values.items():
        old = before.get(key) if before else None
        if value is None and old is None:
            continue
        dump = dumpers[key]
        if dump is not None:
            value = None if value is None else dump(value)
            old = None if old is None else dump(old)
        described[key] = [old, value]
        if obj.fields[key].seal is not None:
            described[key] = sealed.journaled(ctx, obj.key, change.id, key, described[key])
    return described
