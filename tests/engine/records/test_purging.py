"""The recycle bin keeps records for 90 days, and then nothing of them is left."""

from dataclasses import replace
from datetime import timedelta

from django.db import connection

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
