"""Whether everything that stands beside the records of a workspace agrees with them."""

import json
from typing import Any

from django.db import connection

from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.records.query.present import database_value
from guanxi.engine.records.store.foreseeing import searched_fields, words_of
from guanxi.engine.records.store.keys import normal_of, rules_of
from guanxi.engine.records.store.locking import stored_fields
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.pinyin import sort_key
from guanxi.kit.sql import ident


def disagreements(ctx: Ctx, object_key: str) -> list[str]:
    """What does not agree: search entries, keys and journal against the rows of an object; empty when all does."""
    obj = get_object(ctx, object_key)
    found: list[str] = []
    live = set()
    for record_id, version, deleted_at, title, title_sort, values in _records(ctx, obj):
        where = f"{object_key} {record_id}"
        if deleted_at is None:
            live.add(record_id)
            found += _beside(ctx, obj, record_id, title, values, where)
        if title_sort != sort_key(title):
            found.append(f"{where}: sorts as {title_sort!r}")
        found += _journal(obj, record_id, version, deleted_at is not None, values, where)
    for table in ("search_entry", "record_key"):
        stray = {
            row[0] for row in _select(f"SELECT record_id FROM {table} WHERE object_key = %s", object_key)
        } - live
        found += [f"{table} of {i}, which is not there" for i in stray]
    return found


def _records(ctx: Ctx, obj: ObjectDef) -> list[tuple[Any, ...]]:
    fields = stored_fields(obj)
    columns = [f for f in fields if f.column]
    names = ", ".join(f"r.{ident(f.column or '')}" for f in columns)
    where = rows_of(ctx, obj, "r")
    with connection.cursor() as db:
        db.execute(
            f"SELECT r.id, r.version, r.deleted_at, r.title, r.title_sort, r.custom, {names} FROM {table_of(obj)} r WHERE {where.text}",
            where.params,
        )
        rows = db.fetchall()
    records = []
    for row in rows:
        custom = json.loads(row[5])
        values = {
            f.key: database_value(f, value, from_json=False)
            for f, value in zip(columns, row[6:], strict=True)
        }
        values |= {
            f.key: database_value(f, custom.get(f.key), from_json=True, parsed=True)
            for f in fields
            if not f.column
        }
        for f in obj.links:
            targets = _select(
                "SELECT target_id FROM record_link WHERE source_id = %s AND field_key = %s ORDER BY position",
                row[0],
                f.key,
            )
            values[f.key] = [target for (target,) in targets] or None
        records.append((*row[:5], values))
    return records


def _beside(
    ctx: Ctx, obj: ObjectDef, record_id: Any, title: str, values: dict[str, Any], where: str
) -> list[str]:
    found = []
    searched = searched_fields(obj)
    words = words_of(searched, [values.get(f.key) for f, _, _ in searched], None)
    entries = _select(
        "SELECT title, tokens = %s::tsvector FROM search_entry WHERE record_id = %s", words, record_id
    )
    if entries != [(title, True)]:
        found.append(f"{where}: searched as {entries}, titled {title!r}")
    want = set()
    for rule in rules_of(obj):
        normal = normal_of(rule, obj, values.get)
        if normal is not None:
            want.add((rule.key, normal, rule.strict))
    held = _select("SELECT rule, value, strict FROM record_key WHERE record_id = %s", record_id)
    if sorted(held) != sorted(want):
        found.append(f"{where}: holds the keys {sorted(held)}, should hold {sorted(want)}")
    return found


def _journal(
    obj: ObjectDef, record_id: Any, version: int, is_deleted: bool, values: dict[str, Any], where: str
) -> list[str]:
    found = []
    entries = _select(
        "SELECT version, action, changes FROM journal_entry WHERE record_id = %s ORDER BY id", record_id
    )
    if [entry[0] for entry in entries] != list(range(1, version + 1)):
        found.append(f"{where}: version {version}, journal of {[entry[0] for entry in entries]}")
    told: dict[str, Any] = {}
    for number, _, changes in entries:
        for key, (old, new) in json.loads(changes).items():
            if told.get(key) != old:
                found.append(f"{where}: entry {number} says that {key} was {old!r}; it was {told.get(key)!r}")
            told[key] = new
    for f in obj.fields.values():
        # What is summed up of other records is kept by the program, and no change of this one.
        if f.system or f.type.storage == "none" or f.declared == "rollup" or f.key not in values:
            continue
        value = values[f.key]
        kept = None if value is None else json.loads(json.dumps(f.type.dump(value, f), default=float))
        if kept != told.get(f.key):
            found.append(f"{where}: {f.key} is {kept!r}, the journal ends with {told.get(f.key)!r}")
    return found


def _select(statement: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as db:
        db.execute(statement, params)
        rows: list[tuple[Any, ...]] = db.fetchall()
        return rows
