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
            ("journal_entry", "record_id"),
        ):
            assert _count(table, column, customer["id"]) == 0, table
    assert door.get(f"/contact/{contact['id']}").data["customer"] is None
    assert door.post(f"/customer/{customer['id']}/actions/restore").status_code == 404
