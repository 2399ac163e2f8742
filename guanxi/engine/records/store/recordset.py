"""Sets of rows to and from PostgreSQL in one statement each, whatever their number.

*How it works*: rows travel column by column. A column is one text, its values put between separators that
none of them holds, which `string_to_array` takes apart and `unnest` spreads beside the others; a column
with one value in all rows (workspace, time, actor) travels as that value. So one row is a plain INSERT of
values, five thousand are the same statement with arrays, and row-level security applies as to any INSERT (a
COPY would be refused). Parameters of large statements are bound on the server.
Inside `overlapped` large statements are only sent: PostgreSQL works on one while Python makes the next.

*Rules*: within `overlapped` nothing but inserts without results may talk to the database; an
error of any of them is raised when it ends.

*See*: docs/adr/0064-columns-instead-of-rows.md.
"""

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import Decimal
from secrets import token_hex
from selectors import EVENT_WRITE, DefaultSelector
from typing import Any

import psycopg
from django.db import connection

from guanxi.kit.jsons import dumps
from guanxi.kit.sql import Sql, ident

LARGE = 1000
_TEXT_ONLY = {str, type(None)}
_SEPARATORS = (("\x1e", "\x1d"), ("\x02", "\x03"))

Columns = Mapping[str, Sequence[Any]]


def insert_rows(
    table: str,
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    shared: Mapping[str, Any] | None = None,
    suffix: str = "",
) -> list[tuple[Any, ...]]:
    """INSERT `rows` (dicts by column; what is not in one is NULL); else like `insert_columns`."""
    return insert_columns(table, columns, _turned(columns, rows, shared or {}), shared=shared, suffix=suffix)


def insert_columns(
    table: str,
    kinds: Mapping[str, str],
    columns: Columns,
    *,
    shared: Mapping[str, Any] | None = None,
    suffix: str = "",
) -> list[tuple[Any, ...]]:
    """INSERT rows given column by column, all of one length; `kinds` maps names to PostgreSQL types.

    `shared` are the columns that have one value in all rows. `suffix` is what follows (ON CONFLICT,
    RETURNING); its rows are returned.
    """
    count = _count(columns)
    if not count:
        return []
    spread = _Spread(kinds, columns, shared or {}, count)
    names = ", ".join(map(ident, spread.values))
    statement = f"INSERT INTO {ident(table)} ({names}) SELECT {', '.join(spread.values.values())} {spread.source} {suffix}"
    returning = "RETURNING" in suffix
    if count < LARGE and not _is_overlapping():
        with connection.cursor() as db:
            db.execute(statement, spread.params)
            return db.fetchall() if returning else []
    return _bound_on_server(statement.encode(), spread.params, returning=returning)


def _turned(
    kinds: Mapping[str, str], rows: Sequence[Mapping[str, Any]], shared: Mapping[str, Any]
) -> dict[str, list[Any]]:
    return {name: [row.get(name) for row in rows] for name in kinds if name not in shared}


def _count(columns: Columns) -> int:
    return len(next(iter(columns.values()), ()))


class _Spread:
    """Columns as a source of rows: what to select for each, from what, and the parameters in this order."""

    def __init__(
        self,
        kinds: Mapping[str, str],
        columns: Columns,
        shared: Mapping[str, Any],
        count: int,
    ) -> None:
        self.values: dict[str, str] = {}
        self.params: list[Any] = []
        varying: dict[str, list[Any]] = {}
        for name, kind in kinds.items():
            if name in shared or _is_one(columns[name]):
                value = shared[name] if name in shared else columns[name][0]
                self.values[name] = f"%s::{kind}"
                self.params.append(_text(value, kind))
            else:
                varying[name] = list(columns[name])
                self.values[name] = f"x.{ident(name)}::{kind}"
        self.source = self._unnest(kinds, varying) if varying else _rows(count)

    def _unnest(self, kinds: Mapping[str, str], varying: Mapping[str, list[Any]]) -> str:
        texts = {name: _texts(values, kinds[name]) for name, values in varying.items()}
        (separator, empty), joined = _joined(texts)
        self.params += joined.values()
        parts = ", ".join([f"string_to_array(%s, {separator}, {empty})"] * len(joined))
        return f"FROM unnest({parts}) AS x({', '.join(map(ident, varying))})"


def _rows(count: int) -> str:
    return "" if count == 1 else f"FROM generate_series(1, {count})"


def _is_one(values: Sequence[Any]) -> bool:
    """True when all rows have one value (texts and nothing are compared, anything else is to be the same)."""
    first, last = values[0], values[-1]
    if first is last and not isinstance(first, str):
        return all(value is first for value in values)
    return isinstance(first, str) and first == last and values.count(first) == len(values)


def _joined(texts: Mapping[str, list[str | None]]) -> tuple[tuple[str, str], dict[str, str]]:
    """Two SQL literals, the separator and what stands for NULL, and each column with these in one text."""
    for separator, empty in _SEPARATORS:
        found = _join(texts, separator, empty)
        if found is not None:
            return (f"E'\\x{ord(separator):02x}'", f"E'\\x{ord(empty):02x}'"), found
    while True:  # somebody's text holds them all
        separator, empty = token_hex(16), token_hex(16)
        found = _join(texts, separator, empty)
        if found is not None:
            return (f"'{separator}'", f"'{empty}'"), found


def _join(texts: Mapping[str, list[str | None]], separator: str, empty: str) -> dict[str, str] | None:
    """Each column in one text; None when a value holds one of the marks."""
    found = {}
    for name, values in texts.items():
        nothing = values.count(None)
        joined = separator.join(
            [empty if text is None else text for text in values] if nothing else values  # type: ignore[arg-type]
        )
        if joined.count(separator) != len(values) - 1 or joined.count(empty) != nothing:
            return None
        found[name] = joined
    return found


def _texts(values: list[Any], kind: str) -> list[str | None]:
    """Values as the texts that PostgreSQL casts to `kind`."""
    if kind in ("text", "tsvector") and set(map(type, values)) <= _TEXT_ONLY:
        return values
    as_text = _TEXTS.get(kind, _plain)
    return [None if value is None else as_text(value) for value in values]


def _text(value: Any, kind: str) -> str | None:
    return None if value is None else _TEXTS.get(kind, _plain)(value)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (bool, int, float, uuid.UUID)):
        return str(value)
    return dumps(value).decode()


def _uuid(value: Any) -> str:
    return value.hex if type(value) is uuid.UUID else str(value)


def _json(value: Any) -> str:
    return dumps(value).decode()


def _array(values: Sequence[Any]) -> str:
    quoted = (_plain(value).replace("\\", "\\\\").replace('"', '\\"') for value in values)
    return "{" + ",".join(f'"{text}"' for text in quoted) + "}"


_TEXTS: Mapping[str, Callable[[Any], str]] = {
    "uuid": _uuid,
    "jsonb": _json,
    "text[]": _array,
}


def _bound_on_server(statement: bytes, params: list[Any], *, returning: bool) -> list[tuple[Any, ...]]:
    """Run a large statement: its rows are not quoted into its text, nor parsed as such."""
    connection.ensure_connection()
    raw = connection.connection
    with connection.wrap_database_errors:
        db = psycopg.Cursor(raw)
        db.execute(statement, params)
        if _is_overlapping():
            _send_all(raw)
            return []
        return db.fetchall() if returning else []


def _send_all(raw: "psycopg.Connection[Any]") -> None:
    """Hand what is queued to the server; psycopg itself hands over what the socket takes at once."""
    with DefaultSelector() as selector:
        selector.register(raw.fileno(), EVENT_WRITE)
        while raw.pgconn.flush():
            selector.select()


@contextmanager
def overlapped(count: int) -> Iterator[None]:
    """Send the inserts inside without waiting for each, when there are `count` >= LARGE rows."""
    if count < LARGE:
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _is_overlapping() -> bool:
    raw = connection.connection
    return raw is not None and raw.info.pipeline_status != psycopg.pq.PipelineStatus.OFF


def update_rows(
    table: str,
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    key: str = "id",
    merged: Mapping[str, str] | None = None,
) -> int:
    """UPDATE the rows of `table` with equal `key`; gives the number of rows changed.

    `merged` says how to make a column of what it holds (`t`) and what is given (`x`); what is given only
    for that (`emptied`) is no column.
    """
    if not rows:
        return 0
    given = {name: f"x.{ident(name)}" for name in columns if name not in (key, "emptied")}
    made = given | {name: sql for name, sql in (merged or {}).items() if name in columns}
    sets = ", ".join(f"{ident(name)} = {made[name]}" for name in made)
    spread = _Spread(columns, _turned(columns, rows, {}), {}, len(rows))
    values = ", ".join(f"{value} AS {ident(name)}" for name, value in spread.values.items())
    statement = (
        f"UPDATE {ident(table)} AS t SET {sets} FROM (SELECT {values} {spread.source}) AS x"
        f" WHERE t.{ident(key)} = x.{ident(key)}"
    )
    with connection.cursor() as db:
        db.execute(statement, spread.params)
        return int(db.rowcount)


def text_array(values: Collection[str]) -> Sql:
    """A text[] of values: one parameter, whatever their number, that needs no quoting of each."""
    (separator, empty), joined = _joined({"": list(values)})
    return Sql(f"string_to_array(%s, {separator}, {empty})", (joined[""],))


def select_rows(statement: Sql) -> list[tuple[Any, ...]]:
    """The rows of a SELECT."""
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        rows: list[tuple[Any, ...]] = db.fetchall()
        return rows
