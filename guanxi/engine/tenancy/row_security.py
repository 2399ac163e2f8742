"""The wall between workspaces, in the database itself: policies, rights, and what keeps them fast.

*How it works*: `apply` runs as the owner after every migration. Each table with a `workspace_id` gets
forced row-level security with one rule: the row's workspace is the session's (`guanxi.workspace`,
set by context.py). `DOORS` are the few tables that must be readable before a workspace is chosen.
The restricted role gets SELECT, INSERT, UPDATE and DELETE, and nothing else; on what must not be
rewritten (`APPEND_ONLY`: journal and audit) SELECT and INSERT alone. Where we are superuser, the
functions behind our indexed predicates are marked leakproof (leakproof.py).

*Rules*: a table without `workspace_id` must be on the list in tests/config/test_row_security.py;
no code path may switch a policy off.

*See*: leakproof.py, docs/adr/0003-row-level-security.md.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import psycopg
from psycopg import sql

from guanxi.engine.tenancy import leakproof
from guanxi.engine.tenancy.patience import patiently

Connection = psycopg.Connection[Any]

WALL = "workspace_wall"
DOOR = "workspace_door"

_WORKSPACE = "nullif(current_setting('guanxi.workspace', true), '')::uuid"
_USER = "nullif(current_setting('guanxi.user', true), '')::uuid"

_CHORES = "current_setting('guanxi.chores', true) = 'on'"

# Readable before a workspace is chosen: one's own memberships, and the workspaces they are in; for the
# hourly chores (chores.py) the list of workspaces, and nothing in them.
DOORS = {
    "workspace": f"{_CHORES} OR id IN (SELECT m.workspace_id FROM membership m WHERE m.user_id = {_USER})",
    "membership": f"user_id = {_USER}",
    # Whoever names a workspace's sign-in address is shown the ways in, before anybody is known.
    "sso_connection": "is_on AND address = nullif(current_setting('guanxi.sign_in', true), '')",
}
# The workspaces themselves have no workspace_id: their own id is it.
OWN_ID = frozenset({"workspace"})
# What the restricted role may read and never change.
READ_ONLY = frozenset({"django_migrations", "guanxi_upgrade", "audit_epoch"})
# What the restricted role may add to and never change: what happened, and its seal (engine/audit).
# and what people were told and have said to it (engine/privacy).
APPEND_ONLY = frozenset(
    {
        "journal_entry",
        "audit_entry",
        "audit_block",
        "privacy_notice_version",
        "consent_entry",
        "privacy_breach_event",
    }
)


@dataclass(frozen=True, slots=True)
class TableState:
    """What the database says of one table."""

    name: str
    has_workspace: bool
    is_enabled: bool
    is_forced: bool
    marks: dict[str, str]

    @property
    def is_walled(self) -> bool:
        """Whether the table belongs behind the wall."""
        return self.has_workspace or self.name in OWN_ID


def apply(owner: Connection, app_role: str) -> None:
    """Bring policies, rights and leakproof marks to what they must be; does nothing when they are.

    Table by table, so that no two are held at once; rights come last, when every wall stands.
    """
    for table in list_tables(owner):
        if table.is_walled and not _is_walled_in(table):
            patiently(owner, partial(_wall_in, owner, table))
    patiently(owner, partial(_grant, owner, app_role))
    leakproof.mark(owner)


def relax(owner: Connection) -> None:
    """Let the owner see every row while migrating; the restricted role stays walled in.

    `apply` forces the policies on the owner again. A superuser is never bound by them.
    """
    row = owner.execute(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if row is not None and row[0]:
        return
    for table in list_tables(owner):
        if table.is_forced:
            patiently(owner, partial(_let_owner_by, owner, table.name))


def _let_owner_by(owner: Connection, table: str) -> None:
    owner.execute(sql.SQL("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY").format(sql.Identifier(table)))


def find_unprotected(connection: Connection) -> list[str]:
    """The tables of workspaces whose wall is not what it must be."""
    return [table.name for table in list_tables(connection) if table.is_walled and not _is_walled_in(table)]


def list_tables(connection: Connection) -> list[TableState]:
    """Every table of our schema with its state."""
    rows = connection.execute(_TABLES).fetchall()
    return [
        TableState(name, has_workspace, is_enabled, is_forced, dict(policies))
        for name, has_workspace, is_enabled, is_forced, policies in rows
    ]


def partitions_of(connection: Connection, tables: Iterable[str]) -> list[str]:
    """The names of the partitions of `tables`."""
    rows = connection.execute(
        "SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid"
        " JOIN pg_class p ON p.oid = i.inhparent"
        " WHERE p.relnamespace = current_schema()::regnamespace AND p.relname = ANY(%s) AND c.relkind = 'r'"
        " ORDER BY 1",
        [sorted(tables)],
    )
    return [name for (name,) in rows]


_TABLES = """
SELECT c.relname,
       EXISTS (SELECT 1 FROM pg_attribute a
                WHERE a.attrelid = c.oid AND a.attname = 'workspace_id' AND NOT a.attisdropped),
       c.relrowsecurity,
       c.relforcerowsecurity,
       ARRAY(SELECT ARRAY[p.polname::text, coalesce(obj_description(p.oid, 'pg_policy'), '')]
               FROM pg_policy p WHERE p.polrelid = c.oid)
  FROM pg_class c
 WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
 ORDER BY c.relname
"""


def _rules(table: TableState) -> dict[str, tuple[str, str]]:
    """The policies of a table: name → (for what, rule)."""
    column = "id" if table.name in OWN_ID else "workspace_id"
    rules = {WALL: ("ALL", f"{column} = {_WORKSPACE}")}
    if table.name in DOORS:
        rules[DOOR] = ("SELECT", DOORS[table.name])
    return rules


def _mark(rule: tuple[str, str]) -> str:
    """A fingerprint kept as the policy's comment, so that an unchanged policy is not made again."""
    return hashlib.sha256("\n".join(rule).encode()).hexdigest()[:16]


def _is_walled_in(table: TableState) -> bool:
    wanted = {name: _mark(rule) for name, rule in _rules(table).items()}
    return table.is_enabled and table.is_forced and table.marks == wanted


def _wall_in(owner: Connection, table: TableState) -> None:
    name = sql.Identifier(table.name)
    for policy in table.marks:
        owner.execute(sql.SQL("DROP POLICY {} ON {}").format(sql.Identifier(policy), name))
    for policy, rule in _rules(table).items():
        made = _statement("CREATE POLICY {{}} ON {{}} FOR {} USING ({})", *rule)
        owner.execute(made.format(sql.Identifier(policy), name))
        owner.execute(
            sql.SQL("COMMENT ON POLICY {} ON {} IS {}").format(
                sql.Identifier(policy), name, sql.Literal(_mark(rule))
            )
        )
    owner.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(name))
    owner.execute(sql.SQL("ALTER TABLE {} FORCE ROW LEVEL SECURITY").format(name))


def _statement(template: str, *parts: str) -> sql.SQL:
    # The parts are constants of this module, never input.
    return sql.SQL(template.format(*parts))


def _grant(owner: Connection, app_role: str) -> None:
    role = sql.Identifier(app_role)
    row = owner.execute("SELECT current_schema(), current_database()").fetchone()
    schema, database = (sql.Identifier(name) for name in row or ("public", "postgres"))
    statements = [
        sql.SQL("REVOKE CREATE ON SCHEMA {} FROM PUBLIC").format(schema),
        sql.SQL("GRANT TEMPORARY ON DATABASE {} TO {}").format(database, role),
        sql.SQL("GRANT USAGE ON SCHEMA {} TO {}").format(schema, role),
        sql.SQL("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {} TO {}").format(schema, role),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {} TO {}").format(schema, role),
        sql.SQL("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {} TO {}").format(schema, role),
        *(
            sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table.name), role)
            for table in list_tables(owner)
            if table.name in READ_ONLY
        ),
        *(
            sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table.name), role)
            for table in list_tables(owner)
            if table.name in APPEND_ONLY
        ),
        # Partitions are reached through their table, whose rights count.
        *(
            sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(name), role)
            for name in partitions_of(owner, APPEND_ONLY)
        ),
    ]
    for statement in statements:
        owner.execute(statement)
