"""The months of the audit: made ahead, and dropped when they have been kept long enough.

*How it works*: each month has a partition, made MONTHS_AHEAD months before. Should that ever fail, rows go
to `audit_entry_rest` and nothing is lost or refused. Months older than GUANXI_AUDIT_MONTHS are dropped,
which the installation's own audit tells (`audit.retired`), and by which the seal knows why they are gone. What a
month tells of values that were erased or encrypted in place goes on into the present month: the rows it is
about are kept longer, and the seal holds them to it.

*Rules*: DDL, hence the owner's connection, in the worker alone.
"""

import logging
import re
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from guanxi.engine.audit.writing import INSTALLATION, insert
from guanxi.engine.tenancy import row_security
from guanxi.engine.tenancy.context import Origin, Via, session
from guanxi.engine.tenancy.owner import owner_connection

log = logging.getLogger("guanxi.audit")

TABLE = "audit_entry"
MONTHS_AHEAD = 3
LEAST_MONTHS = 6
CARRIED_ON = ("journal.erased", "journal.sealed")
_NAME = re.compile(r"audit_entry_(\d{4})_(\d{2})\Z")


def next_month(month: datetime, count: int = 1) -> datetime:
    """The first moment of the month `count` months on (back for negative ones)."""
    index = month.year * 12 + month.month - 1 + count
    return datetime(index // 12, index % 12 + 1, 1, tzinfo=UTC)


def keep_up(now: datetime) -> list[str]:
    """Make the coming months and drop those past their time; gives the names of what was dropped."""
    with owner_connection() as owner:
        existing = row_security.partitions_of(owner, [TABLE])
        if make_ahead(owner, now):
            row_security.apply(owner, settings.GUANXI_APP_ROLE)
    dropped = []
    horizon = next_month(now, -max(LEAST_MONTHS, int(settings.GUANXI_AUDIT_MONTHS)))
    for name in existing:
        found = _NAME.match(name)
        if found and next_month(datetime(int(found[1]), int(found[2]), 1, tzinfo=UTC)) <= horizon:
            _drop(name, next_month(datetime(int(found[1]), int(found[2]), 1, tzinfo=UTC)))
            dropped.append(name)
    return dropped


def make_ahead(owner: psycopg.Connection[Any], now: datetime) -> bool:
    """Make this month and the coming ones; whether any was missing. Who calls gives them their walls."""
    existing = row_security.partitions_of(owner, [TABLE])
    made = [_make(owner, next_month(now, ahead), existing) for ahead in range(MONTHS_AHEAD + 1)]
    return any(made)


def _make(owner: psycopg.Connection[Any], month: datetime, existing: list[str]) -> bool:
    name = f"{TABLE}_{month:%Y_%m}"
    if name in existing:
        return False
    try:
        owner.execute(
            sql.SQL("CREATE TABLE {} PARTITION OF {} FOR VALUES FROM ({}) TO ({})").format(
                sql.Identifier(name),
                sql.Identifier(TABLE),
                sql.Literal(month.isoformat()),
                sql.Literal(next_month(month).isoformat()),
            )
        )
    except psycopg.errors.CheckViolation:
        # Rows of that month are in the rest already: they stay there, and are kept as long.
        log.warning("The month %s of the audit has begun without its partition", name)
        return False
    return True


def _drop(name: str, end: datetime) -> None:
    """Drop a month. Told first: a month that is told and still there is dropped at the next run."""
    _carry_on(name)
    with session(INSTALLATION):
        insert(INSTALLATION, "audit.retired", Origin(), via=Via.SYSTEM, detail={"month": name, "before": end})
    with owner_connection() as owner:
        owner.execute(sql.SQL("DROP TABLE {}").format(sql.Identifier(name)))


def _carry_on(name: str) -> None:
    with owner_connection() as owner:
        rows = owner.execute(
            sql.SQL(
                "SELECT workspace_id, kind, actor_id, object_key, count, detail FROM {} WHERE kind = ANY(%s)"
                " ORDER BY workspace_id, tx, id"
            ).format(sql.Identifier(name)),
            [list(CARRIED_ON)],
        ).fetchall()
    for workspace_id, entries in groupby(rows, key=lambda row: row[0]):
        with session(workspace_id):
            for _, kind, actor_id, object_key, count, detail in entries:
                insert(
                    workspace_id, kind, Origin(), actor_id=actor_id, via=Via.SYSTEM, object_key=object_key,
                    count=count, detail=detail | {"month": name},
                )  # fmt: skip
