"""Transaction numbers that never run back, whatever cluster the data has come to.

*How it works*: rows carry the number of the transaction that wrote them, as `offset + xid`. The seal goes by it:
whatever is older than the oldest running transaction is complete, though its ids may be younger or older
than those of rows already sealed. A dump restored into another cluster meets smaller numbers there: so each
upgrade, which runs before anything is served, compares the cluster with the one before, begins a new
*epoch*, and where need be raises the offset in the columns' defaults above everything written so far.

*Rules*: runs as the owner with the walls relaxed (config/upgrade.py); `horizon` needs a session.
"""

from dataclasses import dataclass
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

TABLES = ("journal_entry", "audit_entry")


@dataclass(frozen=True, slots=True)
class Horizon:
    """Every row with a smaller `tx` is committed or never will be."""

    epoch: int
    tx: int


def horizon() -> Horizon:
    """How far everything is complete, as of the next statement."""
    with connection.cursor() as db:
        db.execute(
            "SELECT epoch, tx_offset + pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM audit_epoch"
            " ORDER BY epoch DESC LIMIT 1"
        )
        row = db.fetchone()
    return Horizon(*row) if row else Horizon(0, 0)


def ensure(owner: psycopg.Connection[Any]) -> None:
    """Begin an epoch when the data has come to another cluster; does nothing otherwise."""
    if _value(owner, "SELECT to_regclass('audit_epoch')") is None:
        return
    system = _system(owner)
    last = owner.execute(
        "SELECT epoch, system, tx_offset FROM audit_epoch ORDER BY epoch DESC LIMIT 1"
    ).fetchone()
    if last is not None and system is not None and last[1] == system:
        return
    newest = _newest(owner)
    current = int(_value(owner, "SELECT pg_current_xact_id()::text::bigint"))
    offset = last[2] if last is not None else 0
    if last is not None and system is None and offset + current > newest:
        return  # no way to tell clusters apart, and no need to
    if offset + current <= newest:
        offset = newest - current + 1
    with owner.transaction():
        owner.execute("SET LOCAL lock_timeout = '10s'")
        for table in TABLES:
            owner.execute(
                sql.SQL(
                    "ALTER TABLE {} ALTER COLUMN tx SET DEFAULT ({} + pg_current_xact_id()::text::bigint)"
                ).format(sql.Identifier(table), sql.Literal(offset))
            )
        owner.execute(
            "INSERT INTO audit_epoch (epoch, system, tx_offset, began_at) VALUES (%s, %s, %s, now())",
            [(last[0] if last else 0) + 1, system, offset],
        )


def _newest(owner: psycopg.Connection[Any]) -> int:
    found = _value(
        owner,
        "SELECT greatest((SELECT max(tx) FROM journal_entry), (SELECT max(tx) FROM audit_entry),"
        " (SELECT max(to_tx) FROM audit_block))",
    )
    return int(found or 0)


def _system(owner: psycopg.Connection[Any]) -> int | None:
    """The cluster's own number; None where the server does not tell."""
    try:
        with owner.transaction():
            return int(_value(owner, "SELECT system_identifier FROM pg_control_system()"))
    except psycopg.errors.InsufficientPrivilege:
        return None


def _value(owner: psycopg.Connection[Any], statement: sql.SQL | str) -> Any:
    row = owner.execute(statement).fetchone()
    return row[0] if row else None
