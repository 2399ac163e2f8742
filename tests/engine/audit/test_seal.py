"""What happened cannot be changed in silence: the seal names the first row that does not fit, and how."""

import uuid
from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from guanxi.engine.audit import epochs, heads, sealing, tasks
from guanxi.engine.audit.state import last_verified, look_at_seals
from guanxi.engine.audit.streams import LEAF
from guanxi.engine.audit.verifying import verify
from guanxi.engine.records.store.purging import purge_records
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy import recording
from guanxi.engine.tenancy.context import session
from guanxi.engine.tenancy.owner import owner_connection
from tests.engine.audit.sealed import Owner, broken_of, ids_of, own_folder, owner, seal, sealed, write_one
from tests.firms import Firm

__all__ = ["own_folder", "owner", "sealed"]

STREAMS = pytest.mark.parametrize(
    ("stream", "table", "part"),
    [("journal", "journal_entry", "changes"), ("audit", "audit_entry", "detail")],
)


@STREAMS
def test_an_edited_entry_is_named(sealed: Firm, owner: Owner, stream: str, table: str, part: str) -> None:
    ids = ids_of(owner, sealed, table)
    owner.execute(
        f'UPDATE {table} SET {part} = {part} || \'{{"name": [null, "别的"]}}\' WHERE id = %s', [ids[2]]
    )
    broken = broken_of(sealed, stream)
    assert (broken.how, broken.row_id, broken.seq) == ("edited", ids[2], 1)


@STREAMS
@pytest.mark.parametrize("column", ["actor_id", "at", "via"])
def test_who_when_and_how_are_sealed_too(
    sealed: Firm, owner: Owner, stream: str, table: str, part: str, column: str
) -> None:
    ids = ids_of(owner, sealed, table)
    value = {"actor_id": "gen_random_uuid()", "at": "at + interval '1 microsecond'", "via": "'flow'"}[column]
    owner.execute(f"UPDATE {table} SET {column} = {value} WHERE id = %s", [ids[3]])
    broken = broken_of(sealed, stream)
    assert (broken.how, broken.row_id) == ("edited", ids[3])


@STREAMS
def test_a_deleted_entry_is_named(sealed: Firm, owner: Owner, stream: str, table: str, part: str) -> None:
    ids = ids_of(owner, sealed, table)
    owner.execute(f"DELETE FROM {table} WHERE id = %s", [ids[1]])
    broken = broken_of(sealed, stream)
    assert (broken.how, broken.row_id, broken.seq) == ("deleted", ids[1], 1)


@STREAMS
def test_an_entry_inserted_among_sealed_ones_is_named(
    sealed: Firm, owner: Owner, stream: str, table: str, part: str
) -> None:
    ids = ids_of(owner, sealed, table)
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
    broken = broken_of(sealed, stream)
    assert (broken.how, broken.row_id) == ("inserted", fresh)


@STREAMS
def test_entries_that_changed_places_are_named(
    sealed: Firm, owner: Owner, stream: str, table: str, part: str
) -> None:
    ids = ids_of(owner, sealed, table)
    first, second = ids[1], ids[3]
    owner.execute(
        f"UPDATE {table} a SET tx = b.tx FROM {table} b WHERE a.id = ANY(%s) AND b.id = ANY(%s) AND a.id <> b.id",
        [[first, second], [first, second]],
    )
    broken = broken_of(sealed, stream)
    assert (broken.how, broken.row_id) == ("reordered", first)


@STREAMS
def test_a_cut_end_is_named(sealed: Firm, owner: Owner, stream: str, table: str, part: str) -> None:
    ids = ids_of(owner, sealed, table)
    owner.execute(f"DELETE FROM {table} WHERE id = ANY(%s)", [ids[-2:]])
    broken = broken_of(sealed, stream)
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
    broken = broken_of(sealed, stream)
    assert (broken.how, broken.seq) == ("cut_off", 2)


def test_a_block_that_was_edited_or_taken_away_is_named(sealed: Firm, owner: Owner) -> None:
    owner.execute(
        "UPDATE audit_block SET count = count + 1 WHERE workspace_id = %s AND stream = 'journal' AND seq = 1",
        [sealed.workspace.id],
    )
    assert broken_of(sealed, "journal").how == "block_edited"
    owner.execute(
        "DELETE FROM audit_block WHERE workspace_id = %s AND stream = 'journal' AND seq = 1",
        [sealed.workspace.id],
    )
    broken = broken_of(sealed, "journal")
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
    broken = broken_of(sealed, "journal")
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
    seal(workspace, 2)
    assert [each.broken for each in verify(workspace)] == [None, None]


def test_purged_records_leave_their_entries_without_values(sealed: Firm, owner: Owner) -> None:
    ids = ids_of(owner, sealed, "journal_entry")
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
    broken = broken_of(sealed, "journal")
    assert (broken.how, broken.row_id) == ("edited", ids[0])
    owner.execute("UPDATE journal_entry SET changes = '{\"name\": [null, null]}' WHERE id = %s", [ids[0]])
    owner.execute(
        "UPDATE journal_entry SET erased = sha256(jsonb_send(changes)), changes = '{}' WHERE id = %s",
        [ids[2]],
    )
    broken = broken_of(sealed, "journal")
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
        write_one(sealed)
        seal(workspace, 1)
        for table in epochs.TABLES:
            owner.execute(
                f"ALTER TABLE {table} ALTER tx SET DEFAULT (0 + pg_current_xact_id()::text::bigint)"
            )
        owner.execute("UPDATE audit_epoch SET tx_offset = 0")
        epochs.ensure(owner)
        epochs.ensure(owner)
        assert owner.execute("SELECT count(*), max(epoch) FROM audit_epoch").fetchone() == (2, 2)
        write_one(sealed)
        seal(workspace, 1)
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


def test_the_doctor_tells_a_seal_that_does_not_fit(sealed: Firm, owner: Owner) -> None:
    assert look_at_seals().trouble == []
    owner.execute("DELETE FROM audit_block WHERE workspace_id = %s AND seq = 2", [sealed.workspace.id])
    assert look_at_seals().trouble == [sealed.workspace.id]
    tasks.verify_and_note(sealed.workspace.id)
    with session(sealed.workspace.id):
        told = last_verified(sealed.workspace.id)
    assert told is not None
    assert {each["how"] for each in told["broken"]} == {"cut_off"}
