"""One consistent look at the whole database: tables, rows, definitions, sequences.

*How it works*: `taken` opens a repeatable-read transaction as the owner and exports its snapshot; pg_dump
reads the definitions under the same snapshot, and every table is read (COPY, binary) in it. Row-level
security must not hide rows from a backup: a superuser is never bound by it; for any other owner the walls
are taken down for the owner alone while the copy is made (the restricted role stays behind them), and
`row_security = off` has PostgreSQL refuse rather than leave rows out.

*Rules*: reads only. One backup at a time; an upgrade waits for it, and it for an upgrade.

*See*: rows.py, engine/tenancy/row_security.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from guanxi.config.backup import programs
from guanxi.config.backup.manifest import Table
from guanxi.config.backup.rows import rows_of
from guanxi.config.console import Stop
from guanxi.config.database import Login, check_server, connect
from guanxi.config.upgrade import UPGRADE_LOCK
from guanxi.engine.tenancy import row_security
from guanxi.kit.text import Text

BACKUP_LOCK = 4_731_882_002
# The lines of the restricted role's rights are not in a copy: `row_security.apply` brings them back.
_DEFINITIONS = (
    "--schema-only",
    "--format=custom",
    "--no-owner",
    "--no-privileges",
    "--lock-wait-timeout=60s",
)

_TABLES = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
 WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'
   AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
 GROUP BY c.oid ORDER BY pg_relation_size(c.oid) DESC, c.relname
"""
_SEQUENCES = """
SELECT c.relname FROM pg_class c
 WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'S' ORDER BY 1
"""


@dataclass(slots=True)
class Snapshot:
    """An open look at the database."""

    connection: psycopg.Connection[Any]
    login: Login
    name: str
    tables: list[Table]

    @property
    def server(self) -> str:
        """The server's version."""
        return str(_value(self.connection, "SELECT current_setting('server_version')"))

    def definitions(self) -> bytes:
        """What makes tables, indexes and all else: an archive for pg_restore."""
        program = programs.find("pg_dump", self.connection.info.server_version // 10000)
        schema = _value(self.connection, "SELECT current_schema()")
        return programs.run(
            program, self.login, *_DEFINITIONS, f"--schema={schema}", f"--snapshot={self.name}"
        )

    def migrations(self) -> list[str]:
        """The migrations applied, as `app.name`."""
        if "django_migrations" not in {table.name for table in self.tables}:
            return []
        found = self.connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1")
        return [name for (name,) in found.fetchall()]

    def rows(self, table: Table) -> Iterator[bytes]:
        """Every row of a table, as binary COPY gives it."""
        return read_rows(self.connection, table)

    def sequences(self) -> dict[str, int | None]:
        """Where each sequence stands: the last number given, None when it gave none."""
        found: dict[str, int | None] = {}
        for (name,) in self.connection.execute(_SEQUENCES).fetchall():
            statement = sql.SQL("SELECT CASE WHEN is_called THEN last_value END FROM {}")
            row = self.connection.execute(statement.format(sql.Identifier(name))).fetchone()
            found[name] = row[0] if row else None
        return found


def read_rows(connection: psycopg.Connection[Any], table: Table) -> Iterator[bytes]:
    """Every row of a table, as binary COPY gives it, in any transaction."""
    columns = sql.SQL(", ").join(map(sql.Identifier, table.columns))
    statement = sql.SQL("COPY {} ({}) TO STDOUT (FORMAT binary)").format(sql.Identifier(table.name), columns)
    with connection.cursor() as cursor, cursor.copy(statement) as copied:
        yield from rows_of(copied)


def list_tables(connection: psycopg.Connection[Any]) -> list[Table]:
    """Every table of our schema that holds rows, the largest first."""
    return [Table(name, columns) for name, columns in connection.execute(_TABLES).fetchall()]


@contextmanager
def taken(login: Login, app_role: str) -> Iterator[Snapshot]:
    """A snapshot, held inside the block. Raises Stop while another backup runs."""
    with connect(login) as guard:
        check_server(guard)
        if not _value(guard, f"SELECT pg_try_advisory_lock({BACKUP_LOCK})"):
            raise Stop(_ANOTHER)
        if not _value(guard, f"SELECT pg_try_advisory_lock_shared({UPGRADE_LOCK})"):
            raise Stop(_UPGRADING)
        is_bound = _value(
            guard, "SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user"
        )
        if is_bound:
            guard.execute("SET lock_timeout = '10s'")
            row_security.relax(guard)
        try:
            with connect(login) as reader:
                yield _open(reader, login)
        finally:
            if is_bound:
                row_security.apply(guard, app_role)


def _open(reader: psycopg.Connection[Any], login: Login) -> Snapshot:
    reader.execute("SET row_security = off")
    reader.execute("SET statement_timeout = 0")
    reader.execute("SET idle_in_transaction_session_timeout = 0")
    reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    tables = list_tables(reader)
    return Snapshot(reader, login, _value(reader, "SELECT pg_export_snapshot()"), tables)


def _value(connection: psycopg.Connection[Any], statement: str) -> Any:
    row = connection.execute(sql.SQL(statement)).fetchone()  # constants of ours
    return row[0] if row else None


_ANOTHER = Text("另一个备份正在进行，请等它完成。", "Another backup is being made; wait until it is done.")
_UPGRADING = Text(
    "数据库正在升级，请稍后再备份。", "The database is being upgraded; back up when that is done."
)
