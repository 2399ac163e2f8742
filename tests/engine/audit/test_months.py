"""Months of the audit: made ahead, dropped in time, and the seal knows of both."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from guanxi.engine.audit import partitions, sealing
from guanxi.engine.audit.models import AuditEntry
from guanxi.engine.audit.verifying import verify
from guanxi.engine.audit.writing import insert
from guanxi.engine.records.store.purging import purge_records
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy import row_security
from guanxi.engine.tenancy.context import Origin, session
from tests.engine.audit.sealed import Owner, broken_of, ids_of, own_folder, owner, sealed, write_one
from tests.firms import Firm

__all__ = ["own_folder", "owner", "sealed"]


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
    write_one(sealed)
    sealing.seal(sealed.workspace.id)
    assert partitions.keep_up(now) == [name]
    assert [each.broken for each in verify(sealed.workspace.id)] == [None, None]
    assert partitions.keep_up(now) == []
    owner.execute(
        "DELETE FROM audit_entry WHERE id = (SELECT id FROM audit_entry WHERE workspace_id = %s ORDER BY tx LIMIT 1)",
        [sealed.workspace.id],
    )
    assert broken_of(sealed, "audit").how == "deleted"


def test_what_told_of_an_erasure_outlives_its_month(sealed: Firm, owner: Owner) -> None:
    """The journal is kept longer than the audit: its erased rows are still accounted for, and no others are."""
    old = partitions.next_month(datetime.now(UTC), -31)
    name = f"audit_entry_{old:%Y_%m}"
    owner.execute(
        f"CREATE TABLE {name} PARTITION OF audit_entry FOR VALUES FROM ('{old.isoformat()}')"
        f" TO ('{partitions.next_month(old).isoformat()}')"
    )
    row_security.apply(owner, settings.GUANXI_APP_ROLE)
    ids = ids_of(owner, sealed, "journal_entry")
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
