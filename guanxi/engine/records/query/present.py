"""From rows to records: the columns a query selects, and their values as the API shows them.

*How it works*: standard fields come from their columns, custom ones from the `custom` JSONB (selected
once), paths from their joins. What is asked of a field is asked once a page: values are read and shown a
column at a time. Ids of links, people and teams are collected over the whole page and
their titles fetched in one statement; to-many links in another. A linked record that the actor may
not see shows as null.

*Rules*: constant statements per page; nothing here decides who may read which field (`rights` does).
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection

from guanxi.engine.access import rights
from guanxi.engine.records.query.compile import Compiler, Resolved, rows_of, table_of
from guanxi.engine.records.sealed import opened, opened_token
from guanxi.engine.schema.definitions import FieldDef, ObjectDef
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.schema.field_types.sealed import TOKEN
from guanxi.kit.errors import invalid
from guanxi.kit.jsons import loads
from guanxi.kit.sql import Sql, all_of, ident, join
from guanxi.kit.text import Text

RECORD_COLUMNS = (
    "id", "title", "version", "owner_id", "created_at", "created_by", "updated_at", "updated_by", "deleted_at"
)  # fmt: skip

ALWAYS_SHOWN = frozenset({"id", "object", "title", "version", "currency", "deleted_at"})

NOT_SELECTABLE = Text("「{field}」不能经由路径读取。", "“{field}” cannot be read through a path.")

Titles = dict[tuple[str, uuid.UUID], dict[str, Any]]


class Presenter:
    """The selected columns of one query, and the making of records out of its rows.

    `clear` shows masked values as they are: for revealing.py, which writes it down.
    """

    def __init__(self, compiler: Compiler, fields: Sequence[str] | None, *, clear: bool = False) -> None:
        self._compiler = compiler
        obj = compiler.object
        alias = compiler.alias
        readable = rights.shown(compiler.ctx, obj)
        paths = list(readable) if fields is None else list(fields)
        self._resolved: list[Resolved] = []
        self._links: list[FieldDef] = []
        for i, path in enumerate(paths):
            if path in ALWAYS_SHOWN and path not in readable and path not in obj.fields:
                continue
            found = compiler.resolve(path, f"fields.{i}", shown=True)
            if clear and found.field.masked:
                found = replace(found, field=replace(found.field, masked=False))
            if found.field.type.storage == "links":
                if "." in path:
                    raise invalid(f"fields.{i}", "not_selectable", NOT_SELECTABLE, field=path)
                self._links.append(found.field)
            elif found.field.type.storage == "value":
                self._resolved.append(found)
        pieces = [Sql(f"{alias}.{ident(column)}") for column in RECORD_COLUMNS]
        self._has_custom = any(f.source.is_json and f.source.alias == alias for f in self._resolved)
        pieces.append(Sql(f"{alias}.custom") if self._has_custom else Sql("NULL"))
        self._tells_currency = obj.has_currency and _is_plain(readable, obj, "currency")
        if self._tells_currency:
            pieces.append(Sql(f"{alias}.currency"))
        self._fixed = len(pieces)
        self._columns: list[int | None] = []
        for found in self._resolved:
            source = found.source
            if source.alias == alias and (source.is_json or source.column in RECORD_COLUMNS):
                self._columns.append(RECORD_COLUMNS.index(source.column) if source.column else None)
                continue
            self._columns.append(len(pieces))
            pieces.append(_selected(found))
        self.columns = join(pieces)
        self.width = len(pieces)

    def records(self, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
        """The rows as records of the API."""
        ctx, obj = self._compiler.ctx, self._compiler.object
        columns = self._read(rows)
        wanted = self._wanted(rows, columns)
        files = file_descriptions(wanted.pop("file", ()))
        links = self._linked([row[0] for row in rows]) if self._links else {}
        for field in self._links:
            for by_field in links.values():
                wanted[reference_of(field) or ""].update(by_field[field.key])
        titles = titles_of(self._compiler, wanted)
        records = []
        for row in rows:
            record: dict[str, Any] = {
                "id": str(row[0]),
                "object": obj.key,
                "title": row[1],
                "version": row[2],
                "owner": titles.get(("user", row[3])) if row[3] else None,
                "created_at": row[4],
                "created_by": titles.get(("user", row[5])) if row[5] else None,
                "updated_at": row[6],
                "updated_by": titles.get(("user", row[7])) if row[7] else None,
            }
            if row[8] is not None:
                record["deleted_at"] = row[8]
            records.append(record)
        for found, column in zip(self._resolved, columns, strict=True):
            show, path = _shower(found.field, titles, files), found.path
            for record, value in zip(records, column, strict=True):
                record[path] = None if value is None else show(value)
        if self._tells_currency:  # where none is written it is the workspace's
            for row, record in zip(rows, records, strict=True):
                record["currency"] = row[self._fixed - 1] or ctx.workspace.currency
        for field in self._links:
            kind = reference_of(field) or ""
            for row, record in zip(rows, records, strict=True):
                ids = links[row[0]][field.key] if row[0] in links else []
                linked = [titles[kind, i] for i in ids if (kind, i) in titles]
                record[field.key] = field.type.mask(linked) if field.masked and linked else linked
        return records

    def _read(self, rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """By resolved field, the Python values of the rows."""
        place = len(RECORD_COLUMNS)
        customs = [loads(row[place]) if row[place] else {} for row in rows] if self._has_custom else []
        columns = []
        for found, position in zip(self._resolved, self._columns, strict=True):
            field, from_json = found.field, found.source.is_json
            if field.is_sealed:
                held = _opened(field, rows, position, customs)
                columns.append(held)
                continue
            if position is None:
                held = [custom.get(field.key) for custom in customs]
            else:
                held = [row[position] for row in rows]
            if from_json or field.type.as_json_value:
                parsed = position is None
                held = [database_value(field, v, from_json=from_json, parsed=parsed) for v in held]
            columns.append(held)
        return columns

    def _wanted(
        self, rows: Sequence[Sequence[Any]], columns: Sequence[Sequence[Any]]
    ) -> dict[str, set[uuid.UUID]]:
        """By kind, the ids of what a page refers to, to-many links apart."""
        wanted: dict[str, set[uuid.UUID]] = defaultdict(set)
        for row in rows:
            wanted["user"].update(i for i in (row[3], row[5], row[7]) if i)
        for found, column in zip(self._resolved, columns, strict=True):
            kind = reference_of(found.field)
            if kind == "file":
                wanted[kind].update(i for value in column if value for i in _many(value))
            elif kind:
                wanted[kind].update(value for value in column if value)
        return wanted

    def _linked(self, ids: list[uuid.UUID]) -> dict[uuid.UUID, dict[str, list[uuid.UUID]]]:
        """By record and field, the ids that to-many links lead to."""
        keys = [field.key for field in self._links]
        statement = (
            "SELECT source_id, field_key, target_id FROM record_link WHERE workspace_id = %s AND object_key = %s"
            " AND field_key = ANY(%s) AND source_id = ANY(%s::uuid[]) ORDER BY source_id, field_key, position"
        )
        ctx = self._compiler.ctx
        found: dict[uuid.UUID, dict[str, list[uuid.UUID]]] = defaultdict(lambda: defaultdict(list))
        with connection.cursor() as db:
            db.execute(statement, [ctx.workspace.id, self._compiler.object.key, keys, ids])
            for source_id, key, target_id in db.fetchall():
                found[source_id][key].append(target_id)
        return found


def _selected(found: Resolved) -> Sql:
    """The column of a value that does not stand in the row's own `custom`."""
    source = found.source
    if found.field.is_sealed:  # it opens for its own record alone
        token = replace(source, key=source.key + TOKEN).sql(as_text=False)
        return Sql(f"jsonb_build_array({source.alias}.id, ") + token + ")"
    return source.sql(as_text=False) if source.is_json else source.sql()


def _opened(
    field: FieldDef, rows: Sequence[Sequence[Any]], position: int | None, customs: Sequence[dict[str, Any]]
) -> list[Any]:
    """The values of an encrypted field."""
    if position is None:
        return [opened(field, row[0], custom) for row, custom in zip(rows, customs, strict=True)]
    pairs = (loads(row[position]) for row in rows)
    return [None if i is None else opened_token(field, uuid.UUID(i), token) for i, token in pairs]


def reference_of(field: FieldDef) -> str | None:
    """The kind of thing a field refers to: an object's key, `user`, `team`, `file`, or None."""
    if field.type.references == "record":
        return field.target
    return field.type.references


def database_value(field: FieldDef, stored: Any, *, from_json: bool, parsed: bool = False) -> Any:
    """The Python value of what the database gave for a field.

    `parsed` tells that JSON has been read already; JSONB columns arrive as text.
    """
    if stored is None:
        return None
    if from_json:
        return field.type.load(stored if parsed else loads(stored), field)
    if field.type.as_json_value:
        return field.type.load(loads(stored) if isinstance(stored, (str, bytes)) else stored, field)
    return stored


def stored_source(source: Source, field: FieldDef) -> Source:
    """Where what `stored_value` reads is: of an encrypted field, its encrypted form."""
    return replace(source, key=source.key + TOKEN) if field.is_sealed else source


def stored_value(field: FieldDef, record_id: uuid.UUID, stored: Any, *, from_json: bool) -> Any:
    """The Python value of a selected `stored_source`; opened, where it is encrypted."""
    if field.is_sealed:
        return opened_token(field, record_id, None if stored is None else loads(stored))
    return database_value(field, stored, from_json=from_json)


def titles_of(compiler: Compiler, wanted: dict[str, set[uuid.UUID]]) -> Titles:
    """`{(object, id): {"id", "title"|"name", "object"}}` of everything a page refers to, in one statement."""
    ctx, schema = compiler.ctx, compiler.schema
    pieces = []
    for key, ids in wanted.items():
        obj = schema.find(key)
        if obj is None or not ids:
            continue
        conditions = [rows_of(ctx, obj, "t"), Sql("t.id = ANY(%s::uuid[])", (list(ids),))]
        if obj.record:
            conditions += [Sql("t.deleted_at IS NULL"), rights.visible(ctx, schema, obj, "t")]
        select = Sql("SELECT %s::text, t.id, t.title::text FROM ", (key,))
        pieces.append(select + f"{table_of(obj)} t WHERE " + all_of(conditions))
    if not pieces:
        return {}
    statement = join(pieces, " UNION ALL ")
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        return {(key, i): _reference(key, i, title) for key, i, title in db.fetchall()}


def file_descriptions(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """What the API says of stored files."""
    wanted = list(ids)
    if not wanted:
        return {}
    with connection.cursor() as db:
        db.execute("SELECT id, name, size, type FROM stored_file WHERE id = ANY(%s::uuid[])", [wanted])
        return {
            row[0]: {
                "id": str(row[0]),
                "name": row[1],
                "size": row[2],
                "type": row[3],
                "url": f"/api/v1/files/{row[0]}",
            }
            for row in db.fetchall()
        }


def _reference(key: str, record_id: uuid.UUID, title: str) -> dict[str, Any]:
    if key in ("user", "team"):
        return {"id": str(record_id), "name": title}
    return {"id": str(record_id), "title": title, "object": key}


def _many(value: Any) -> list[Any]:
    """The ids in the value of a field of one file or of several."""
    return value if isinstance(value, list) else [value]


def _shower(field: FieldDef, titles: Titles, files: dict[uuid.UUID, dict[str, Any]]) -> Callable[[Any], Any]:
    """What makes the API's form out of a value of the field (never None)."""
    kind, to_api, mask = reference_of(field), field.type.to_api, field.type.mask
    if field.masked:
        return lambda value: mask(to_api(value, field, from_json=False) if kind is None else value)
    if kind == "file":
        return lambda value: _described(value, files)
    if kind is not None:
        return lambda value: titles.get((kind, value))
    return lambda value: to_api(value, field, from_json=False)


def _described(value: Any, files: dict[uuid.UUID, dict[str, Any]]) -> Any:
    shown = [files[i] for i in _many(value) if i in files]
    return shown if isinstance(value, list) else next(iter(shown), None)


def _is_plain(shown: Mapping[str, FieldDef], obj: ObjectDef, key: str) -> bool:
    """Whether the actor reads a field as it is; one that the object does not declare is nobody's secret."""
    return key not in obj.fields or (key in shown and not shown[key].masked)
