"""The lines of a record are found by an index, whatever object and workspace they are of."""

from django.db import connection

from guanxi.engine.records.query.compile import Compiler
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import session
from guanxi.kit.ids import new_id
from guanxi.kit.sql import Sql
from tests.firms import Firm


def test_lines_are_found_by_their_record(firm: Firm) -> None:
    door = firm.door()
    customer = door.post("/customer", {"name": "中山公司"}).data["id"]
    valve = door.post("/product", {"name": "阀门", "price": 1}).data["id"]
    lines = [{"product": valve, "quantity": n} for n in range(1, 101)]
    # With no rows at all one index costs as much as another.
    made = door.post("/opportunity", {"name": "商机", "customer": customer, "items": lines})
    assert made.status_code == 201, made.content
    with session(firm.workspace.id), connection.cursor() as db:
        link = Compiler(firm.ctx, get_object(firm.ctx, "opportunity_items")).resolve("parent", "parent")
        wanted = link.field.type.expression(link.source) + Sql(" = ANY(%s::uuid[])", ([new_id()],))
        asked = Sql("EXPLAIN SELECT r.id FROM custom_record r WHERE r.deleted_at IS NULL AND ") + wanted
        db.execute("SET LOCAL enable_seqscan = off")
        db.execute(asked.text, asked.params)
        plan = "\n".join(row[0] for row in db.fetchall())
    assert "custom_line_parent" in plan, plan
