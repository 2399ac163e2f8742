"""Asking a lake: the facts as Ibis tables over DuckDB, and the expressions that several questions share.

*How it works*: `open_lake` gives the tables of one workspace; whoever asks builds an expression and has it run
(`to_pyarrow`). The expressions know no backend. Columns that may not go into the lake are there, and empty.

*Rules*: money is in the workspace's currency, by the rate that was written on the order; without one (another currency,
no rate known) the amount is unknown, not zero. Orders count from when they are confirmed on.
"""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

import ibis

from guanxi.domains.insight.lake.facts import facts
from guanxi.domains.insight.lake.parts import paths_of, read_list

COUNTED = ("confirmed", "in_delivery", "delivered", "completed")
"""The states of orders that are purchases."""
_TYPES = {
    "created_at": "timestamp('UTC')", "stage_entered_at": "timestamp('UTC')", "start_date": "date", "close_date": "date",
    "ordered_on": "date", "received_on": "date", "paid_on": "date", "spent_on": "date",
    "rate": "float64", "total": "float64", "net_total": "float64", "returned_total": "float64", "quantity": "float64",
    "amount": "float64", "net": "float64", "is_active": "boolean",
}  # fmt: skip
MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class Lake:
    """The tables of a workspace by fact, and its currency."""

    tables: Mapping[str, Any]
    currency: str

    def __getitem__(self, fact: str) -> Any:
        return self.tables[fact]

    def orders(self) -> Any:
        """Orders that count: `id`, `customer`, `day`, `amount` and `net` after what came back for good, in the workspace's currency."""
        t = self["orders"]
        own = t.currency.isnull() | (t.currency == self.currency)
        rate = ibis.cases((t.rate.notnull(), t.rate), (own, ibis.literal(1.0)))
        back = t.returned_total.fill_null(0.0)
        stays = ibis.cases((t.total != 0, 1 - back / t.total), else_=1.0)
        return t.filter(t.status.isin(COUNTED)).select(
            "id", "customer", day=t.ordered_on, amount=(t.total - back) * rate,
            net=t.net_total.fill_null(t.total) * stays * rate,
        )  # fmt: skip

    def lines(self) -> Any:
        """Lines of orders that count, and what came back as negative ones: `customer`, `product`, `day`, `quantity`, `amount`."""
        heads = self["orders"]
        own = heads.currency.isnull() | (heads.currency == self.currency)
        rate = ibis.cases((heads.rate.notnull(), heads.rate), (own, ibis.literal(1.0)))
        heads = heads.filter(heads.status.isin(COUNTED)).select(
            order="id", customer="customer", day="ordered_on", rate_used=rate
        )
        sold = self["order_lines"].join(heads, "order")
        columns = ("customer", "product", "day", "quantity", "amount")
        bought = sold.mutate(amount=sold.amount * sold.rate_used).select(*columns)
        arrived = self["returns"].filter(
            (self["returns"].status == "received") & (self["returns"].kind == "refund")
        )
        back = (
            self["return_lines"]
            .rename(back="quantity", back_id="id")
            .join(arrived.select(sales_return="id", came="received_on"), "sales_return")
        )
        joined = back.join(sold, back.line == sold.id)
        share = ibis.cases((joined.quantity != 0, joined.back / joined.quantity), else_=0.0)
        returned = joined.mutate(
            day=joined.came, amount=-joined.amount * joined.rate_used * share, quantity=-joined.back
        ).select(*columns)
        return bought.union(returned)

    def deals(self) -> Any:
        """Deals: `id`, `owner`, `opened`, `stage`, `stage_on`, `status`, `closed`, and `amount` in the workspace's currency."""
        t = self["deals"]
        own = t.currency.isnull() | (t.currency == self.currency)
        rate = ibis.cases((t.rate.notnull(), t.rate), (own, ibis.literal(1.0)))
        return t.select(
            "id", "owner", "stage", "status", opened=ibis.coalesce(t.start_date, t.created_at.date()),
            stage_on=t.stage_entered_at.date(), closed=t.close_date, amount=t.amount * rate,
        )  # fmt: skip

    def payments(self) -> Any:
        """Money that came in (what went back is negative): `owner`, `day`, `amount`."""
        t = self["payments"]
        return t.filter(t.status == "confirmed").select("owner", day="paid_on", amount="amount")

    def expenses(self) -> Any:
        """Approved expenses on customers: `customer`, `day`, `amount`."""
        t = self["expenses"]
        return t.filter((t.status == "approved") & t.customer.notnull()).select(
            "customer", day="spent_on", amount="amount"
        )


def dated(table: Any, until: date) -> Any:
    """The rows of a customer, with a day up to `until` and a known amount."""
    return table.filter(
        table.customer.notnull() & table.day.notnull() & (table.day <= until) & table.amount.notnull()
    )


@contextmanager
def open_lake(workspace_id: uuid.UUID, currency: str) -> Iterator[Lake]:
    """The lake of a workspace for reading; facts that it does not have are empty."""
    backend = ibis.duckdb.connect(memory_limit=MEMORY)
    try:
        known = read_list(workspace_id)
        tables = {}
        for fact in facts:
            kept = known.get(fact.key)
            columns = {"id": "string"} | {name: _TYPES.get(name, "string") for name in fact.columns}
            if kept is None or not kept.parts:
                tables[fact.key] = backend.create_table(fact.key, schema=ibis.schema(columns), temp=True)
                continue
            raw = backend.read_parquet(paths_of(workspace_id, kept), table_name=fact.key)
            tables[fact.key] = raw.select(**{name: raw[name].cast(kind) for name, kind in columns.items()})
        yield Lake(tables, currency)
    finally:
        backend.disconnect()
