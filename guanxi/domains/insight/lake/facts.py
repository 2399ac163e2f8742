"""What the lake keeps of a workspace: every fact, declared in one place.

*How it works*: a fact is the rows of one object; its columns are fields of it. What follows from several facts (an order
line in the workspace's currency, a return as a negative line) is an expression over them (reading.py): so a row of
the lake depends on one row of the database, and changes when that does.

*Rules*: no names and no texts of people. A field that is sensitive or encrypted in a workspace is empty in its lake.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from guanxi.kit.registry import Registry
from guanxi.kit.text import Text


@dataclass(frozen=True, slots=True)
class Fact:
    """Rows of `object`; `columns` are fields by the column's name. Every fact has an `id` besides."""

    key: str
    object: str
    label: Text
    columns: Mapping[str, str] = field(default_factory=dict)


facts: Registry[Fact] = Registry("fact", lambda fact: fact.key)


def _fact(key: str, obj: str, zh: str, en: str, *same: str, **columns: str) -> None:
    facts.register(Fact(key, obj, Text(zh, en), {name: name for name in same} | columns))


_fact("customers", "customer", "客户", "Customers", "created_at", "industry", "source")
_fact("products", "product", "产品", "Products", "category", "is_active")
_fact("orders", "sales_order", "订单", "Orders", "customer", "status", "ordered_on", "currency", "rate", "total",
      "net_total", "returned_total")  # fmt: skip
_fact(
    "order_lines",
    "sales_order_items",
    "订单明细",
    "Order lines",
    "product",
    "quantity",
    "amount",
    "net",
    order="parent",
)
_fact("returns", "sales_return", "退货单", "Returns", "status", "kind", "received_on", order="sales_order")
_fact(
    "return_lines",
    "sales_return_items",
    "退货明细",
    "Return lines",
    "quantity",
    line="item",
    sales_return="parent",
)
_fact(
    "payments",
    "payment",
    "回款",
    "Payments",
    "customer",
    "kind",
    "status",
    "paid_on",
    "owner",
    amount="base_amount",
)
_fact(
    "expenses", "expense", "费用", "Expenses", "customer", "kind", "status", "spent_on", amount="base_amount"
)
_fact("deals", "opportunity", "商机", "Opportunities", "created_at", "start_date", "stage", "stage_entered_at", "status",
      "close_date", "currency", "rate", "amount", "owner")  # fmt: skip
