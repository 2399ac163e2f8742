"""Sets of rows to and from PostgreSQL in one statement each, whatever their number.

*How it works*: rows travel as one JSON parameter and are spread by `json_to_recordset` with declared
column types. Python spends a few microseconds a row (orjson), the statement is the same for one row
and for five thousand, and row-level security applies as to any INSERT (a COPY would be refused).
Inside `overlapped` large statements are only sent: PostgreSQL works on one while Python makes the next.

*Rules*: within `overlapped` nothing but `insert_rows` without results may talk to the database; an
error of any of them is raised when it ends.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
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
    suffix: str = "",
    order_by: str = "",
) -> list[tuple[Any, ...]]:
    """INSERT `rows` (dicts of JSON-able values); `columns` maps names to PostgreSQL types.

    `suffix` is what follows (ON CONFLICT, RETURNING); its rows are returned.
    """
    if not rows:
        return []
    names = ", ".join(ident(name) for name in columns)
    chosen = ", ".join(f"x.{ident(name)}" for name in columns)
    statement = (
        f"INSERT INTO {ident(table)} ({names}) SELECT {chosen} FROM {_spread(columns)}"
        f"{' ORDER BY ' + order_by if order_by else ''} {suffix}"
    )
    if connection.connection is not None and _is_overlapping(connection.connection):
        # Bound on the server: the rows are not quoted into the statement's text, and need not be waited for.
        psycopg.Cursor(connection.connection).execute(statement.encode(), [Json(rows, dumps=dumps)])
        return []
    with connection.cursor() as db:
        db.execute(statement, [dumps(rows).decode()])
        return db.fetchall() if "RETURNING" in suffix else []


@contextmanager
def overlapped(count: int) -> Iterator[None]:
    """Send the `insert_rows` inside without waiting for each, when there are `count` >= LARGE rows."""
    if count < LARGE:
        yield
        return
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


def _is_overlapping(raw: "psycopg.Connection[Any]") -> bool:
    return raw.info.pipeline_status != psycopg.pq.PipelineStatus.OFF


def update_rows(
    table: str, columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]], *, key: str = "id"
) -> int:
    """UPDATE the rows of `table` with equal `key`; gives the number of rows changed."""
    if not rows:
        return 0
    sets = ", ".join(f"{ident(name)} = x.{ident(name)}" for name in columns if name != key)
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
