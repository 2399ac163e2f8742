"""The seal: how fast it is made and verified, and what it costs the journal.

A million entries of the journal and a tenth as many of the audit. Verifying recomputes every digest; its floor
is reading the same bytes once without computing anything. The cost of an entry is an INSERT of pieces of 5,000
into the journal as it is, against a copy of the table without the two columns and the index of the seal.
"""

import statistics
import time
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection

from bench.measuring import Report, conditions
from bench.place import filled
from guanxi.config.database import owner_login
from guanxi.config.env import get_env
from guanxi.engine.audit import sealing, verifying
from guanxi.engine.identity import facade as identity
from guanxi.engine.identity.actions.accounts import create_account
from guanxi.engine.tenancy.context import session
from guanxi.kit.ids import parse_id

DEFAULT_ROWS = 1_000_000
PIECE = 5000
ROUNDS = 21
_CHANGES = (
    "jsonb_build_object('name', jsonb_build_array(null, '公司' || n), 'phone', jsonb_build_array(null, '1380000' || n),"
    " 'industry', jsonb_build_array(null, 'education'), 'owner', jsonb_build_array(null, gen_random_uuid()))"
)
_JOURNAL = (
    "INSERT INTO {table} (id, workspace_id, object_key, record_id, version, action, changes, actor_id, via, batch_id, at)"
    " SELECT gen_random_uuid(), %(workspace)s, 'customer', gen_random_uuid(), 1, 'create', {changes}, %(user)s, 'import',"
    " %(user)s, now() FROM generate_series(1, %(rows)s) n"
)
_AUDIT = (
    "INSERT INTO audit_entry (id, workspace_id, at, kind, actor_id, ip, agent, via, operation, object_key, detail)"
    " SELECT gen_random_uuid(), %(workspace)s, now(), 'request.write', %(user)s, '10.0.0.1', 'Mozilla/5.0', 'web',"
    " 'PATCH /api/v1/customer/{{id}}', 'customer', jsonb_build_object('n', n) FROM generate_series(1, %(rows)s) n"
)
_SCAN = (
    "SELECT count(*), sum(length(changes::text)), min(at), max(record_id::text) FROM journal_entry"
    " WHERE workspace_id = %s"
)


def run(rows: int) -> Report:
    """Fill once, then seal anew and verify."""
    with filled(lambda: _fill(rows)) as kept:
        report = Report("audit", conditions(journal=rows, audit=rows // 10))
        workspace = parse_id(kept["workspace"])
        assert workspace is not None
        with psycopg.connect(**owner_login(get_env()), autocommit=True) as owner:
            owner.execute("DELETE FROM audit_block WHERE workspace_id = %s", [workspace])
            _path(workspace).unlink(missing_ok=True)
            entries = rows + rows // 10
            scan = _seconds(lambda: owner.execute(_SCAN, [workspace]).fetchone(), 3)
            sealed = _seconds(lambda: sealing.seal(workspace), 1)
            report.add("sealing, entries a second", entries / sealed, rows / scan, "1/s")
            found: list[verifying.Verified] = []
            verified = _seconds(lambda: found.extend(verifying.verify(workspace)), 3)
            if any(each.broken for each in found):
                raise SystemExit(f"the seal does not fit: {found}")
            report.add("verifying, entries a second", entries / verified, rows / scan, "1/s")
            _cost(report, owner, kept)
    return report


def _cost(report: Report, owner: psycopg.Connection[Any], kept: dict[str, Any]) -> None:
    """Microseconds an entry of the journal takes with what the seal needs, and without."""
    owner.execute("DROP TABLE IF EXISTS plain_journal, sealed_journal, bench_source")
    for table in ("plain_journal", "sealed_journal"):
        owner.execute(f"CREATE TABLE {table} (LIKE journal_entry INCLUDING ALL)")
    owner.execute("DROP INDEX IF EXISTS plain_journal_tx_idx")
    owner.execute("ALTER TABLE plain_journal DROP COLUMN tx, DROP COLUMN erased")
    given = {"workspace": kept["workspace"], "user": kept["user"], "rows": PIECE}
    owner.execute(
        f"CREATE TABLE bench_source AS SELECT gen_random_uuid() AS id, gen_random_uuid() AS record, {_CHANGES} AS changes"
        f" FROM generate_series(1, {PIECE}) n"
    )
    columns = "object_key, version, action, actor_id, via, batch_id, at"
    taken: dict[str, list[float]] = {"plain_journal": [], "sealed_journal": []}
    for _ in range(ROUNDS):
        for table, times in taken.items():
            owner.execute(f"TRUNCATE {table}")
            began = time.perf_counter()
            owner.execute(
                f"INSERT INTO {table} (id, workspace_id, record_id, changes, {columns}) SELECT id, %(workspace)s, record,"
                " changes, 'customer', 1, 'create', %(user)s, 'import', %(user)s, now() FROM bench_source",
                {key: given[key] for key in ("workspace", "user")},
            )
            times.append((time.perf_counter() - began) / PIECE * 1e6)
    sealed, plain = (statistics.median(taken[table]) for table in ("sealed_journal", "plain_journal"))
    report.add("one journal entry", sealed, plain, "µs")
    report.add("of it for the seal", sealed - plain, None, "µs")
    owner.execute("DROP TABLE plain_journal, sealed_journal, bench_source")


def _seconds(work: Any, times: int) -> float:
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return min(taken)


def _path(workspace: Any) -> Path:
    return Path(get_env().folder) / "seal" / f"{workspace}.jsonl"


def _fill(rows: int) -> dict[str, Any]:
    with session(None):
        user = create_account(
            email="bench@example.com", name="Bench", password="only for measuring", verified=True
        )
        workspace = identity.create_workspace("Bench", admin=user)
    for statement, count in (
        (_JOURNAL.format(table="journal_entry", changes=_CHANGES), rows),
        (_AUDIT.format(), rows // 10),
    ):
        for start in range(0, count, PIECE):
            with session(workspace.id), connection.cursor() as db:
                db.execute(
                    statement, {"workspace": workspace.id, "user": user.id, "rows": min(PIECE, count - start)}
                )
    return {"workspace": str(workspace.id), "user": str(user.id)}
