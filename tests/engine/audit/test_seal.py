"""What happened cannot be changed in silence: the seal names the first row that does not fit, and how."""

import time
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from guanxi.engine.audit import epochs, heads, partitions, sealing, tasks
from guanxi.engine.audit.models import AuditEntry
from guanxi.engine.audit.state import last_verified, look_at_seals
from guanxi.engine.audit.streams import LEAF
from guanxi.engine.audit.verifying import Broken, verify
from guanxi.engine.audit.writing import insert
from guanxi.engine.records.store.purging import purge_records
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy import recording, row_security
from guanxi.engine.tenancy.context import Origin, session
from guanxi.engine.tenancy.owner import owner_connection
from tests.firms import Firm

Owner = psycopg.Connection[Any]


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> None:
    """Heads go to a folder of this test."""
    settings.GUANXI_HOME = tmp_path


@pytest.fixture
def owner() -> Iterator[Owner]:
    """Whoever owns the database, and may do everything."""
    with owner_connection() as found:
        yield found


@pytest.fixture
def sealed(transactional_db: None, firm: Firm) -> Firm:
    """A firm with two blocks of changes and of audit."""
    door = firm.door()
    for batch in range(2):
        for n in range(4):
            assert door.post("/customer", {"name": f"山水公司 {batch}{n}"}).status_code == 201
            with session(firm.workspace.id):
                recording.record(firm.ctx, "settings.changed", area=f"{batch}{n}")
        _seal(firm.workspace.id, 8)
    assert [each.broken for each in verify(firm.workspace.id)] == [None, None]
    return firm


def _seal(workspace: uuid.UUID, least: int) -> None:
    """Seal at least `least` rows in one go: a transaction anywhere on the server makes younger rows wait."""
    with owner_connection() as waiting:
        now = waiting.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
        for _ in range(600):
            oldest = waiting.execute(
                "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
            ).fetchone()
            if now and oldest and oldest[0] > now[0]:
                break
            time.sleep(0.1)
    assert sealing.seal(workspace) >= least


def _ids(owner: Owner, firm: Firm, table: str) -> list[uuid.UUID]:
    rows = owner.execute(
        f"SELECT id FROM {table} WHERE workspace_id = %s ORDER BY tx, id", [firm.workspace.id]
    )
    return [row[0] for row in rows]


def _broken(firm: Firm, stream: str) -> Broken:
    found = {each.stream: each.broken for each in verify(firm.workspace.id)}
    broken = found.pop(stream)
    assert broken is not None
    assert list(found.values()) == [None]
    return broken


STREAMS = pytest.mark.parametrize(
    ("stream", "table", "part"),
    [("journal", "journal_entry", "changes"), ("audit", "audit_entry", "detail")],
)


@STREAMS
def test_an_edited_entry_is_named(sealed: Firm, owner: Owner, stream: str, table: str, part: str) -> None:
    ids = _ids(owner, sealed, table)
    owner.execute(
        f'UPDATE {table} SET {part} = {part} || \'{{"name": [null, "别的"]}}\' WHERE id = %s', [ids[2]]
    )
    broken = _broken(sealed, stream)
    assert (broken.how, broken.row_id, broken.seq) == ("edited", ids[2], 1)


@STREAMS
@pytest.mark.parametrize("column", ["actor_id", "at", "via"])
def test_who_when_and_how_are_sealed_too(
    sealed: Firm, owner: Owner, stream: str, table: str, part: str, column: str
) -> None:
    ids = _ids(owner, sealed, table)
    value = {"actor_id": "gen_random_uuid()", "at": "at + interval '1 microsecond'", "via": "'flow'"}[column]
    owner.execute(f"UPDATE {table} SET {column} = {value} WHERE id = %s", [ids[3]])
    broken = _broken(sealed, stream)
    assert (broken.how, broken.row_id) == ("edited", ids[3])


@STREAMS
def test_a_deleted_entry_is_named(sealed: Firm, owner: Owner, stream: str, table: str, part: str) -> None:
    ids = _ids(owner, sealed, table)
    owner.execute(f"DELETE FROM {table} WHERE id = %s", [ids[1]])
    broken = _broken(sealed, stream)
    assert (broken.how, broken.row_id, broken.seq) == ("deleted", ids[1], 1)


@STREAMS
def test_an_entry_inserted_among_sealed_ones_is_named(
    sealed: Firm, owner: Owner, stream: str, table: str, part: str
) -> None:
    ids = _ids(owner, sealed, table)
    columns = [
        row[0]
        for row in owner.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND column_name <> 'id'",
            [table],
        )
    ]
    names = ", ".join(f'"{name}"' for name in columns)
    fresh = uuid.uuid4()
    owner.execute(
        f"INSERT INTO {table} (id, {names}) SELECT %s, {names} FROM {table} WHERE id = %s", [fresh, ids[2]]
    )
    broken = _broken(sealed, stream)
    assert (broken.how, broken.row_id) == ("inserted", fresh)


@STREAMS
def test_entries_that_changed_places_are_named(
    sealed: Firm, owner: Owner, stream: str, table: str, part: str
) -> None:
    ids = _ids(owner, sealed, table)
    first, second = ids[1], ids[3]
    owner.execute(
        f"UPDATE {table} a SET tx = b.tx FROM {table} b WHERE a.id = ANY(%s) AND b.id = ANY(%s) AND a.id <> b.id",
        [[first, second], [first, second]],
    )
    broken = _broken(sealed, stream)
    assert (broken.how, broken.row_id) == ("reordered", first)


@STREAMS
def test_a_cut_end_is_named(sealed: Firm, owner: Owner, stream: str, table: str, part: str) -> None:
    ids = _ids(owner, sealed, table)
    owner.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [ids[-2:]])
    broken = _broken(sealed, stream)
    assert (broken.how, broken.row_id) == ("truncated", ids[-2])


@STREAMS
def test_an_end_cut_off_with_its_blocks_is_found_by_the_file_outside(
    sealed: Firm, owner: Owner, stream: str, table: str, part: str
) -> None:
    row = owner.execute(
        "DELETE FROM audit_block WHERE workspace_id = %s AND stream = %s AND seq = 2 RETURNING leaves",
        [sealed.workspace.id, stream],
    ).fetchone()
    assert row is not None
    ids = [uuid.UUID(bytes=row[0][i : i + 16]) for i in range(0, len(row[0]), LEAF)]
    owner.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [ids])
    broken = _broken(sealed, stream)
    assert (broken.how, broken.seq) == ("cut_off", 2)


def test_a_block_that_was_edited_or_taken_away_is_named(sealed: Firm, owner: Owner) -> None:
    owner.execute(
        "UPDATE audit_block SET count = count + 1 WHERE workspace_id = %s AND stream = 'journal' AND seq = 1",
        [sealed.workspace.id],
    )
    assert _broken(sealed, "journal").how == "block_edited"
    owner.execute(
        "DELETE FROM audit_block WHERE workspace_id = %s AND stream = 'journal' AND seq = 1",
        [sealed.workspace.id],
    )
    broken = _broken(sealed, "journal")
    assert (broken.how, broken.seq) == ("block_deleted", 1)


def test_a_seal_made_anew_over_forged_rows_does_not_fit_the_file_outside(sealed: Firm, owner: Owner) -> None:
    """Whoever may do everything in the database can make a chain that fits in itself."""
    owner.execute(
        "UPDATE journal_entry SET actor_id = gen_random_uuid() WHERE workspace_id = %s", [sealed.workspace.id]
    )
    owner.execute(
        "DELETE FROM audit_block WHERE workspace_id = %s AND stream = 'journal'", [sealed.workspace.id]
    )
    sealing.seal(sealed.workspace.id)
    broken = _broken(sealed, "journal")
    assert (broken.how, broken.seq) == ("rewritten", 1)


def test_a_transaction_that_commits_late_is_sealed_in_a_later_block(sealed: Firm, owner: Owner) -> None:
    workspace = sealed.workspace.id
    statement = (
        "INSERT INTO journal_entry (id, workspace_id, object_key, record_id, version, action, changes, via, at)"
        " VALUES (%s, %s, 'customer', gen_random_uuid(), 1, 'create', '{}', 'web', now())"
    )
    early, late = uuid.UUID(int=1), uuid.uuid4()
    with owner_connection() as slow, slow.transaction():
        slow.execute(statement, [early, workspace])
        owner.execute(statement, [late, workspace])
        assert sealing.seal(workspace) == 0  # what is younger than a running transaction waits with it
    _seal(workspace, 2)
    assert [each.broken for each in verify(workspace)] == [None, None]


def test_purged_records_leave_their_entries_without_values(sealed: Firm, owner: Owner) -> None:
    ids = _ids(owner, sealed, "journal_entry")
    row = owner.execute("SELECT record_id FROM journal_entry WHERE id = %s", [ids[0]]).fetchone()
    assert row is not None
    with session(sealed.workspace.id):
        ctx = sealed.ctx
        purge_records(ctx, get_object(ctx, "customer"), [row[0]])
    assert [each.broken for each in verify(sealed.workspace.id)] == [None, None]
    sealing.seal(sealed.workspace.id)
    assert [each.broken for each in verify(sealed.workspace.id)] == [None, None]
    # Values put back under the kept digest, and an erasure that nobody told, are found.
    owner.execute('UPDATE journal_entry SET changes = \'{"name": [null, "假"]}\' WHERE id = %s', [ids[0]])
    broken = _broken(sealed, "journal")
    assert (broken.how, broken.row_id) == ("edited", ids[0])
    owner.execute("UPDATE journal_entry SET changes = '{\"name\": [null, null]}' WHERE id = %s", [ids[0]])
    owner.execute(
        "UPDATE journal_entry SET erased = sha256(jsonb_send(changes)), changes = '{}' WHERE id = %s",
        [ids[2]],
    )
    broken = _broken(sealed, "journal")
    assert (broken.how, broken.row_id) == ("edited", ids[2])


@pytest.mark.parametrize("table", ["journal_entry", "audit_entry", "audit_block"])
@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET workspace_id = workspace_id", "DELETE FROM {}", "TRUNCATE {}"]
)
@pytest.mark.asvs("16.4.2")
def test_the_program_itself_may_not_rewrite_what_happened(sealed: Firm, table: str, statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        session(sealed.workspace.id),
        connection.cursor() as db,
    ):
        db.execute(statement.format(table))


def test_nor_reach_a_month_past_its_table(sealed: Firm, owner: Owner) -> None:
    months = [row[0] for row in owner.execute("SELECT inhrelid::regclass::text FROM pg_inherits"
              " WHERE inhparent = 'audit_entry'::regclass")]  # fmt: skip
    assert len(months) >= 5
    for month in months:
        for statement in (
            f"DELETE FROM {month}",
            f"UPDATE {month} SET kind = kind",
            f"SELECT * FROM {month}",
        ):
            with (
                pytest.raises(DatabaseError, match="permission denied"),
                transaction.atomic(),
                connection.cursor() as db,
            ):
                db.execute(statement)


def test_another_workspace_is_neither_shown_nor_erased(sealed: Firm, make_firm: Callable[..., Firm]) -> None:
    other = make_firm("别家", "chief@other.example", "李强")
    with session(sealed.workspace.id), connection.cursor() as db:
        db.execute("SELECT record_id FROM journal_entry LIMIT 1")
        (record,) = db.fetchone() or (None,)
    with session(other.workspace.id), connection.cursor() as db:
        db.execute("SELECT count(*) FROM audit_entry WHERE workspace_id = %s", [sealed.workspace.id])
        assert db.fetchone() == (0,)
        db.execute("SELECT audit_erase_journal(%s, NULL, 'mine')", [[record]])
        assert db.fetchone() == (0,)


@pytest.mark.asvs("16.4.3")
def test_the_file_outside_holds_every_head_and_survives_half_a_line(sealed: Firm) -> None:
    known = heads.known(sealed.workspace.id)
    assert {stream: sorted(found) for stream, found in known.items()} == {"audit": [1, 2], "journal": [1, 2]}
    path = heads.path_of(sealed.workspace.id)
    path.write_bytes(path.read_bytes()[:-40])  # the machine went down while the last line was written
    with session(sealed.workspace.id):
        recording.record(sealed.ctx, "settings.changed")
    sealing.seal(sealed.workspace.id)
    assert set(heads.known(sealed.workspace.id)["journal"]) == {1, 2}
    assert [each.broken for each in verify(sealed.workspace.id)] == [None, None]


def test_after_a_restore_into_another_cluster_numbers_go_on(sealed: Firm, owner: Owner) -> None:
    """There transaction numbers are smaller: rows would slip behind the seal and never be covered."""
    workspace = sealed.workspace.id
    row = owner.execute("SELECT max(tx) FROM journal_entry").fetchone()
    assert row is not None
    try:
        # As if everything had been written by a cluster two thousand million transactions on.
        ahead = 2_000_000_000
        for table in epochs.TABLES:
            owner.execute(
                f"ALTER TABLE {table} ALTER tx SET DEFAULT ({ahead} + pg_current_xact_id()::text::bigint)"
            )
        owner.execute("UPDATE audit_epoch SET tx_offset = %s, system = 1", [ahead])
        _write_one(sealed)
        _seal(workspace, 1)
        for table in epochs.TABLES:
            owner.execute(
                f"ALTER TABLE {table} ALTER tx SET DEFAULT (0 + pg_current_xact_id()::text::bigint)"
            )
        owner.execute("UPDATE audit_epoch SET tx_offset = 0")
        epochs.ensure(owner)
        epochs.ensure(owner)
        assert owner.execute("SELECT count(*), max(epoch) FROM audit_epoch").fetchone() == (2, 2)
        _write_one(sealed)
        _seal(workspace, 1)
        assert [each.broken for each in verify(workspace)] == [None, None]
    finally:
        for table in epochs.TABLES:
            owner.execute(
                f"ALTER TABLE {table} ALTER tx SET DEFAULT (0 + pg_current_xact_id()::text::bigint)"
            )
        owner.execute("DELETE FROM audit_epoch WHERE epoch > 1")
        owner.execute(
            "UPDATE audit_epoch SET tx_offset = 0, system = (SELECT system_identifier FROM pg_control_system())"
        )


def _write_one(firm: Firm) -> None:
    with session(firm.workspace.id):
        recording.record(firm.ctx, "settings.changed")


def test_months_past_their_time_are_dropped_and_the_seal_knows_why(sealed: Firm, owner: Owner) -> None:
    """A year-old month: its rows go, those of later months stay covered."""
    now = datetime.now(UTC)
    old = partitions.next_month(now, -30)
    name = f"audit_entry_{old:%Y_%m}"
    owner.execute(
        f"CREATE TABLE {name} PARTITION OF audit_entry FOR VALUES FROM ('{old.isoformat()}')"
        f" TO ('{partitions.next_month(old).isoformat()}')"
    )
    row_security.apply(owner, settings.GUANXI_APP_ROLE)
    with session(sealed.workspace.id):
        for n in range(3):
            insert(sealed.workspace.id, "settings.changed", Origin(), at=old + timedelta(days=n))
    _write_one(sealed)
    sealing.seal(sealed.workspace.id)
    assert partitions.keep_up(now) == [name]
    assert [each.broken for each in verify(sealed.workspace.id)] == [None, None]
    assert partitions.keep_up(now) == []
    owner.execute(
        "DELETE FROM audit_entry WHERE id = (SELECT id FROM audit_entry WHERE workspace_id = %s ORDER BY tx LIMIT 1)",
        [sealed.workspace.id],
    )
    assert _broken(sealed, "audit").how == "deleted"


def test_what_told_of_an_erasure_outlives_its_month(sealed: Firm, owner: Owner) -> None:
    """The journal is kept longer than the audit: its erased rows are still accounted for, and no others are."""
    old = partitions.next_month(datetime.now(UTC), -31)
    name = f"audit_entry_{old:%Y_%m}"
    owner.execute(
        f"CREATE TABLE {name} PARTITION OF audit_entry FOR VALUES FROM ('{old.isoformat()}')"
        f" TO ('{partitions.next_month(old).isoformat()}')"
    )
    row_security.apply(owner, settings.GUANXI_APP_ROLE)
    ids = _ids(owner, sealed, "journal_entry")
    row = owner.execute("SELECT record_id FROM journal_entry WHERE id = %s", [ids[0]]).fetchone()
    assert row is not None
    with session(sealed.workspace.id):
        purge_records(sealed.ctx, get_object(sealed.ctx, "customer"), [row[0]])
        told = AuditEntry.objects.filter(workspace_id=sealed.workspace.id, kind="journal.erased").values(
            "detail"
        )
        detail = told.latest("at")["detail"]
        insert(sealed.workspace.id, "journal.erased", Origin(), at=old + timedelta(days=1), detail=detail)
    owner.execute(
        "DELETE FROM audit_entry WHERE kind = 'journal.erased' AND at > %s", [partitions.next_month(old)]
    )
    assert partitions.keep_up(datetime.now(UTC)) == [name]
    assert not [
        each.broken for each in verify(sealed.workspace.id) if each.stream == "journal" and each.broken
    ]


def test_the_coming_months_are_made_ahead_and_walled_in(transactional_db: None, owner: Owner) -> None:
    ahead = partitions.next_month(datetime.now(UTC), 14)
    try:
        partitions.keep_up(ahead)
        name = f"audit_entry_{partitions.next_month(ahead, 2):%Y_%m}"
        assert name in row_security.partitions_of(owner, ["audit_entry"])
        assert row_security.find_unprotected(owner) == []
    finally:
        for part in row_security.partitions_of(owner, ["audit_entry"]):
            if (
                part.endswith(("_rest",))
                or part <= f"audit_entry_{partitions.next_month(datetime.now(UTC), 3):%Y_%m}"
            ):
                continue
            owner.execute(f"DROP TABLE {part}")


def test_the_doctor_tells_a_seal_that_does_not_fit(sealed: Firm, owner: Owner) -> None:
    assert look_at_seals().trouble == []
    owner.execute("DELETE FROM audit_block WHERE workspace_id = %s AND seq = 2", [sealed.workspace.id])
    assert look_at_seals().trouble == [sealed.workspace.id]
    tasks.verify_and_note(sealed.workspace.id)
    with session(sealed.workspace.id):
        told = last_verified(sealed.workspace.id)
    assert told is not None
    assert {each["how"] for each in told["broken"]} == {"cut_off"}
