"""What goods have cost the firm, by customer: summed in the database at the moment of computing.

*Rules*: costs are sensitive: they never go into the lake. They are in the workspace's currency, whatever the order's. Where nobody has written any, nothing is read.
"""

from datetime import date

from django.db import connection

from guanxi.domains.insight.lake.reading import COUNTED
from guanxi.engine.records.query.compile import rows_of, table_of
from guanxi.engine.schema.definitions import ObjectDef
from guanxi.engine.schema.field_types.base import Source
from guanxi.engine.schema.loading import get_schema
from guanxi.engine.tenancy.context import Ctx
from guanxi.kit.sql import Sql, all_of, ident, sql

ORDER, LINES = "sales_order", "sales_order_items"


def costs_of(ctx: Ctx, after: date, until: date) -> dict[str, float]:
    """By customer's id, what the goods of their orders of a time cost, less what came back; empty where none is known."""
    objects = get_schema(ctx).objects
    order, line = objects[ORDER], objects[LINES]
    if any(line.fields[key].seal is not None for key in ("cost", "quantity")):
        return {}
    cost, quantity, back, parent = (_value(line, key) for key in ("cost", "quantity", "returned", "parent"))
    goods = sql("({} * greatest({} - coalesce({}, 0), 0))", cost, quantity, back)
    where = all_of([
        rows_of(ctx, line, "l"), Sql("l.deleted_at IS NULL"), sql("{} IS NOT NULL", cost), rows_of(ctx, order, "o"),
        Sql("o.deleted_at IS NULL"), Sql("o.customer_id IS NOT NULL"), Sql("o.status = ANY(%s)", (list(COUNTED),)),
        sql("o.ordered_on > {} AND o.ordered_on <= {}", after, until),
    ])  # fmt: skip
    statement = (
        sql("SELECT o.customer_id::text, sum({})", goods)
        + Sql(f" FROM {table_of(line)} l JOIN {ident(order.table)} o ON o.id = ")
        + parent + " WHERE " + where + " GROUP BY 1"
    )  # fmt: skip
    with connection.cursor() as db:
        db.execute(statement.text, statement.params)
        return {customer: float(total) for customer, total in db.fetchall() if total is not None}


def _value(obj: ObjectDef, key: str) -> Sql:
    f = obj.fields[key]
    return f.type.typed_expression(Source("l", f.column, f.key, obj.key))
