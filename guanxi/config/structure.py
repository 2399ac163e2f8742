"""The tables as all migrations leave them, for a database that is empty: seconds instead of a minute.

*How it works*: `structure.sql` is what pg_dump says of a database that was migrated from nothing, and which
migrations that took (`guanxi structure` writes it anew). `load` runs it on an empty database in
one transaction; migrations written since run as usual afterwards, so it may lag behind. The audit's months are
made for today, not for the day it was written.

*Rules*: never needed: without it (another schema than `public`) the migrations do the same, which
tests/config/test_structure.py holds it to. A migration that fills tables makes it be written anew by whoever
needs the rows: it holds definitions and the list of migrations alone.

*See*: upgrade.py, docs/adr/0088-structure-of-an-empty-database.md.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from guanxi.config.backup import programs
from guanxi.config.database import Login, connect, django_database, owner_login
from guanxi.config.env import Env
from guanxi.engine.audit import partitions

FILE = Path(__file__).with_name("structure.sql")
SCHEMA = "public"

# Sessions' settings (some unknown to older servers), and what a terminal would be told.
_NOT_OURS = re.compile(
    r"^(SET .*;|SELECT pg_catalog\.set_config.*;|\\.*|--.*|CREATE SCHEMA .*;|COMMENT ON (SCHEMA|EXTENSION) .*;)\n",
    re.MULTILINE,
)
_DEFINITIONS = (
    "--schema-only",
    "--no-owner",
    "--no-privileges",
    "--no-publications",
    f"--schema={SCHEMA}",
    # The months of the audit, and the note of the upgrade that is running.
    "--exclude-table=audit_entry_2*",
    "--exclude-table=guanxi_upgrade",
)


def load(owner: psycopg.Connection[Any]) -> int:
    """Make the tables if the database is empty; the number of migrations that spares, 0 where it is not empty."""
    row = owner.execute("SELECT current_schema(), to_regclass('django_migrations')").fetchone()
    if row is None or row[0] != SCHEMA or row[1] is not None:
        return 0
    with owner.transaction():
        owner.execute(FILE.read_bytes())
        # The file's names are whole; ours again are looked up where they always are.
        partitions.make_ahead(owner, datetime.now(UTC))
        counted = owner.execute("SELECT count(*) FROM django_migrations").fetchone()
    return int(counted[0]) if counted else 0


def dump(login: Login) -> str:
    """The definitions of a migrated database, without owners, rights and walls (row_security.py makes them)."""
    with connect(login) as owner:
        program = programs.find("pg_dump", owner.info.server_version // 10000)
        applied = owner.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
        extensions = owner.execute(
            "SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' ORDER BY 1"
        ).fetchall()
        rows = [sql.SQL("({}, {}, now())").format(*map(sql.Literal, row)).as_string(owner) for row in applied]
    told = programs.run(program, login, *_DEFINITIONS).decode()
    said = re.sub(r"\n{3,}", "\n\n", _NOT_OURS.sub("", told)).strip()
    return "\n".join(
        [
            *(f"CREATE EXTENSION IF NOT EXISTS {name} WITH SCHEMA {SCHEMA};" for (name,) in extensions),
            "",
            said,
            "",
            f"INSERT INTO {SCHEMA}.django_migrations (app, name, applied) VALUES",
            ",\n".join(rows) + ";",
            "",
        ]
    )


@contextmanager
def empty_database(env: Env, name: str) -> Iterator[Login]:
    """A database `name` that is dropped afterwards: how the owner signs in to it."""
    login = owner_login(env)
    made = login | {"dbname": name}
    with connect(login) as owner:
        owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        owner.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield made
        finally:
            owner.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def migrate(env: Env, login: Login) -> None:
    """Apply what is pending, one migration after the other, without walls or notes."""
    before = dict(connection.settings_dict)
    connection.close()
    connection.settings_dict.update(django_database(env, login))
    try:
        call_command("migrate", verbosity=0)
    finally:
        connection.close()
        connection.settings_dict.update(before)
