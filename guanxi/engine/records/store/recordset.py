"""Sets of rows to and from PostgreSQL in one statement each, whatever their number.

*How it works*: rows travel as one JSON parameter and are spread by `json_to_recordset` with declared
column types; what all rows share (workspace, time, actor) travels once, beside them. The statement is
the same for one row and for five thousand, and row-level security applies as to any INSERT (a COPY would
be refused). Parameters of large statements are bound on the server.
Inside `overlapped` large statements are only sent: PostgreSQL works on one while Python makes the next.

*Rules*: within `overlapped` nothing but `insert_rows` without results may talk to the database; an
error of any of them is raised when it ends.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from selectors import EVENT_WRITE, DefaultSelector
from typing import Any

import psycopg
from django.db import connection
from psycopg.types.json import Json

from guanxi.kit.jsons import dumps
from guanxi.kit.sql import Sql, ident

LARGE = 1000


def insert_rows(
    table: str,
    columns: Mapping[str, str],
    rows: Sequence[Mapping[str, Any]],
    *,
    shared: Mapping[str, Any] | None = None,
    suffix: str = "",
) -> list[tuple[Any, ...]]:
    """INSERT `rows` (dicts of JSON-able values); `columns` maps names to PostgreSQL types.

    `shared` are the columns that have one value in all rows. `suffix` is what follows (ON CONFLICT,
    RETURNING); its rows are returned.
    """
    if not rows:
        return []
    once = shared or {}
    own = {name: kind for name, kind in columns.items() if name not in once}
    names = ", ".join(map(ident, [*own, *once]))
    values = ", ".join([*(f"x.{ident(name)}" for name in own), *(f"%s::{columns[name]}" for name in once)])
    statement = f"INSERT INTO {ident(table)} ({names}) SELECT {values} FROM {_spread(own)} {suffix}"
    params = [*map(_scalar, once.values()), Json(rows, dumps=dumps)]
    if len(rows) < LARGE and not _is_overlapping():
        with connection.cursor() as db:
            db.execute(statement, params)
            return db.fetchall() if "RETURNING" in suffix else []
    return _bound_on_server(statement.encode(), params, returning="RETURNING" in suffix)


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


def _scalar(value: Any) -> Any:
    """A value as the text that PostgreSQL casts."""
    return value if value is None or isinstance(value, (bool, int)) else str(value)


def _send_all(raw: "psycopg.Connection[Any]") -> None:
    """Hand what is queued to the server; psycopg itself hands over what the socket takes at once."""
    with DefaultSelector() as selector:
        selector.register(raw.fileno(), EVENT_WRITE)
        while raw.pgconn.flush():
            selector.select()


@contextmanager
def overlapped(count: int) -> Iterator[None]:
    """Send the `insert_rows` inside without waiting for each, when there are `count` >= LARGE rows."""
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
    statement = (
        f"UPDATE {ident(table)} AS t SET {sets} FROM {_spread(columns)} WHERE t.{ident(key)} = x.{ident(key)}"
    )
    with connection.cursor() as db:
        db.execute(statement, [dumps(rows).decode()])
        return int(db.rowcount)


def select_rows(statement: Sql) -> list[tuple[Any, ...]]:
    """The rows of a SELECT."""
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        rows: list[tuple[Any, ...]] = db.fetchall()
        return rows


def _spread(columns: Mapping[str, str]) -> str:
    types = ", ".join(f"{ident(name)} {kind}" for name, kind in columns.items())
    return f"json_to_recordset(%s::json) AS x({types})"
