"""Writing the rows of one pass: records, to-many links, journal, search entries.

Every function takes the changes that have passed all checks and runs a constant number of statements.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection

from guanxi.engine.records.hooks import Change
from guanxi.engine.records.search_tokens import Kind, SearchPart, vector
from guanxi.engine.records.store.recordset import insert_rows, update_rows
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Env, FieldType
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.ids import new_ids
from guanxi.kit.pinyin import sort_key

MAX_TITLE = 500
_PART_KINDS: dict[str, Kind] = {
    "phone": "phone",
    "email": "email",
    "serial": "number",
    "tax_number": "number",
}
_SYSTEM_TYPES = {
    "id": "uuid", "workspace_id": "uuid", "version": "integer", "title": "text", "title_sort": "text",
    "custom": "jsonb", "is_sample": "boolean", "created_at": "timestamptz", "created_by": "uuid",
    "updated_at": "timestamptz", "updated_by": "uuid",
}  # fmt: skip
_JOURNAL = {
    "id": "uuid", "workspace_id": "uuid", "object_key": "text", "record_id": "uuid", "version": "integer",
    "action": "text", "changes": "jsonb", "actor_id": "uuid", "via": "text", "batch_id": "uuid", "at": "timestamptz",
}  # fmt: skip
_SEARCH = {"record_id": "uuid", "workspace_id": "uuid", "object_key": "text", "title": "text", "subtitle": "text",
           "tokens": "tsvector", "updated_at": "timestamptz"}  # fmt: skip
_LINKS = {"workspace_id": "uuid", "object_key": "text", "field_key": "text", "source_id": "uuid", "target_id": "uuid",
          "position": "integer"}  # fmt: skip


def insert_records(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], *, sample: bool) -> None:
    """INSERT new records, their system columns included."""
    columns = dict(_SYSTEM_TYPES)
    if obj.discriminator is not None:
        columns["object_key"] = "text"
    fields = [f for f in obj.fields.values() if f.column and f.column not in columns and f.in_row]
    columns |= {f.column or "": f.type.column_type for f in fields}
    customs = [f for f in obj.fields.values() if not f.column and f.in_row]
    rows = []
    for change in changes:
        values = change.values
        title = title_of(obj, values.get(obj.title_field))
        row: dict[str, Any] = {
            "id": change.id, "workspace_id": ctx.workspace.id, "version": 1, "title": title,
            "title_sort": sort_key(title), "is_sample": sample, "created_at": ctx.now, "updated_at": ctx.now,
            "created_by": ctx.actor.user_id, "updated_by": ctx.actor.user_id, "object_key": obj.discriminator,
        }  # fmt: skip
        row |= change.system
        for f in fields:
            value = values.get(f.key)
            if value is not None:
                row[f.column or ""] = f.type.dump(value, f)
        row["custom"] = {f.key: f.type.dump(v, f) for f in customs if (v := values.get(f.key)) is not None}
        rows.append(row)
    used = {column for row in rows for column in row}
    insert_rows(obj.table, {column: kind for column, kind in columns.items() if column in used}, rows)


def update_records(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change]) -> None:
    """UPDATE changed records: the union of their changed columns, each row with its full values."""
    changed = {key for change in changes for key in change.values}
    columns = {"id": "uuid", "version": "integer", "updated_at": "timestamptz", "updated_by": "uuid"}
    fields = [obj.fields[key] for key in sorted(changed) if obj.fields[key].in_row]
    typed = [f for f in fields if f.column]
    customs = [f for f in fields if not f.column]
    columns |= {f.column or "": f.type.column_type for f in typed}
    retitled = obj.title_field in changed
    if retitled:
        columns |= {"title": "text", "title_sort": "text"}
    if customs:
        columns["custom"] = "jsonb"
    rows = []
    for change in changes:
        row: dict[str, Any] = {"id": change.id, "version": change.stored_version + 1, "updated_at": ctx.now,
                               "updated_by": ctx.actor.user_id}  # fmt: skip
        row |= change.system
        for f in typed:
            value = change.value(f.key)
            row[f.column or ""] = None if value is None else f.type.dump(value, f)
        if customs:
            custom = dict(change.custom)
            for f in customs:
                if f.key in change.values:
                    value = change.values[f.key]
                    custom[f.key] = None if value is None else f.type.dump(value, f)
            row["custom"] = {key: value for key, value in custom.items() if value is not None}
        if retitled:
            row["title"] = title_of(obj, change.value(obj.title_field))
            row["title_sort"] = sort_key(row["title"])
        rows.append(row)
    update_rows(obj.table, columns, rows)


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
    rows = []
    for change, entry_id in zip(changes, new_ids(len(changes)), strict=True):
        rows.append(
            {"id": entry_id, "workspace_id": ctx.workspace.id, "object_key": obj.key, "record_id": change.id,
             "version": change.stored_version + 1, "action": action, "changes": _described(change, dumpers),
             "actor_id": ctx.actor.user_id, "via": ctx.via, "batch_id": ctx.batch_id,
             "at": change.system.get("created_at", ctx.now) if change.op == "create" else ctx.now}
        )  # fmt: skip
    insert_rows("journal_entry", _JOURNAL, rows)


def index_records(ctx: Ctx, obj: ObjectDef, changes: Sequence[Change], env: Env, *, fresh: bool) -> None:
    """Write the search entries of records whose searched or shown text is new."""
    searched = obj.searchable
    shown = obj.subtitle
    relevant = {f.key for f in (*searched, *shown)}
    rows = []
    for change in changes:
        if not fresh and not relevant.intersection(change.values):
            continue
        title = title_of(obj, change.value(obj.title_field))
        rows.append(
            {"record_id": change.id, "workspace_id": ctx.workspace.id, "object_key": obj.key, "title": title,
             "subtitle": _subtitle(shown, change, env), "tokens": vector(_parts(obj, searched, change)),
             "updated_at": change.system.get("updated_at") or ctx.now}
        )  # fmt: skip
    suffix = (
        ""
        if fresh
        else "ON CONFLICT (record_id) DO UPDATE SET title = EXCLUDED.title, subtitle = EXCLUDED.subtitle,"
        " tokens = EXCLUDED.tokens, updated_at = EXCLUDED.updated_at"
    )
    insert_rows("search_entry", _SEARCH, rows, suffix=suffix)


def title_of(obj: ObjectDef, value: Any) -> str:
    """The title of a record from the value of its title field."""
    if value is None:
        return ""
    f = obj.fields[obj.title_field]
    text = value if isinstance(value, str) else f.type.search_text(value, f)
    return text if len(text) <= MAX_TITLE else text[:MAX_TITLE]


def _parts(obj: ObjectDef, searched: Sequence[FieldDef], change: Change) -> list[SearchPart]:
    parts = []
    for f in searched:
        value = change.value(f.key)
        if value is None:
            continue
        text = f.type.search_text(value, f)
        if not text:
            continue
        if f.key == obj.title_field:
            parts.append(SearchPart(text, "name", "A"))
        else:
            parts.append(SearchPart(text, _PART_KINDS.get(f.type.type, "text"), "B"))
    return parts


def _subtitle(shown: Sequence[FieldDef], change: Change, env: Env) -> str:
    texts = (f.type.format(f.type.to_api(v, f, from_json=False), f, env) for f in shown
             if (v := change.value(f.key)) is not None)  # fmt: skip
    return " · ".join(text for text in texts if text)[:200]


def _dumper(f: FieldDef) -> Callable[[Any], Any] | None:
    """What turns a value into JSON; None for types whose values are JSON as they are (most texts)."""
    if type(f.type).dump is FieldType.dump:
        return None
    return lambda value: f.type.dump(value, f)


def _described(change: Change, dumpers: dict[str, Callable[[Any], Any] | None]) -> dict[str, list[Any]]:
    """`{field: [old, new]}` of a change, in JSON form."""
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
    return described
