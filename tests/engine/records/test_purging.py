"""The recycle bin keeps records for 90 days, and then nothing of them is left."""

import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from guanxi.engine.records.holds import HoldCheck, hold_checks
from guanxi.engine.records.store import purging
from guanxi.engine.records.store.purging import empty_recycle_bin
from guanxi.engine.tenancy.context import session
from tests.firms import Firm


def _count(table: str, column: str, record_id: str) -> int:
    with connection.cursor() as db:
        db.execute(f"SELECT count(*) FROM {table} WHERE {column} = %s", [record_id])
        return int(db.fetchone()[0])


def test_a_deleted_record_can_be_restored_until_the_90th_day_and_is_gone_after_it(firm: Firm) -> None:
    door = firm.door()
    customer = door.post("/customer", {"name": "将被清除的公司", "phone": "0760-85321180"}).data
    contact = door.post("/contact", {"name": "罗建国", "customer": customer["id"]}).data
    assert door.delete(f"/customer/{customer['id']}", {"version": customer["version"]}).status_code == 204
    with session(firm.workspace.id):
        ctx = firm.ctx
        empty_recycle_bin(replace(ctx, now=ctx.now + timedelta(days=89)))
        assert _count("customer", "id", customer["id"]) == 1
        empty_recycle_bin(replace(ctx, now=ctx.now + timedelta(days=91)))
        for table, column in (
            ("customer", "id"),
            ("record_key", "record_id"),
        ):
            assert _count(table, column, customer["id"]) == 0, table
        with connection.cursor() as db:
            db.execute(
                "SELECT action, changes::text, erased IS NOT NULL FROM journal_entry WHERE record_id = %s ORDER BY id",
                [customer["id"]],
            )
            told = db.fetchall()
            db.execute("SELECT count, detail FROM audit_entry WHERE kind = 'journal.erased'")
            erasures = db.fetchall()
    # Who did what and when stays for the seal; what the values were does not.
    assert [row[0] for row in told] == ["create", "delete"]
    assert "85321180" not in told[0][1] and "将被清除" not in told[0][1] and told[0][2]
    assert any(customer["id"] in detail for _, detail in erasures)
    assert door.get(f"/contact/{contact['id']}").data["customer"] is None
    assert door.post(f"/customer/{customer['id']}/actions/restore").status_code == 404


def test_what_is_held_keeps_nothing_else_in_the_bin(firm: Firm, monkeypatch: pytest.MonkeyPatch) -> None:
    """Held records stay, however many of them stand in front of the others."""
    door = firm.door()
    ids = [door.post("/customer", {"name": f"公司{n}"}).data["id"] for n in range(5)]
    for record_id in ids:
        door.delete(f"/customer/{record_id}", {"version": 1})
    monkeypatch.setattr(purging, "MOST", 2)
    held = {uuid.UUID(record_id) for record_id in ids[:3]}
    check = HoldCheck("test", lambda ctx, obj, asked: held & set(asked))
    monkeypatch.setitem(hold_checks._items, "test", check)
    with session(firm.workspace.id):
        empty_recycle_bin(replace(firm.ctx, now=firm.ctx.now + timedelta(days=91)))
        left = [_count("customer", "id", record_id) for record_id in ids]
    assert left == [1, 1, 1, 0, 0]
