"""From the lake to arrays: everybody's purchases, what they brought, and what of it could not be counted.

*Rules*: customers are numbers here, their place among the ids of the lake.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from guanxi.domains.insight.lake.reading import Lake, dated
from guanxi.kit.text import Text

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
EPOCH = date(1970, 1, 1)
YEAR = 365

UNCOUNTED = {
    "no_customer": Text("{count} 张订单没有客户，未计入。", "{count} orders have no customer and are not counted."),
    "no_day": Text("{count} 张订单没有下单日期，未计入。", "{count} orders have no day and are not counted."),
    "later": Text("{count} 张订单的日期在未来，到那天才计入。", "{count} orders are dated in the future and count from that day on."),
    "no_amount": Text(
        "{count} 张订单的金额不明（外币没有汇率，或金额不可用），未计入。",
        "Of {count} orders the amount is not known (another currency without a rate, or amounts out of use): not counted.",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Histories:
    """Customers' ids; purchases a customer and day (place, day, amount); money of the last year; what is missing."""

    ids: pa.Array
    created: Ints
    customer: Ints
    day: Ints
    amount: Floats
    orders: int
    net: Floats
    spent: Floats
    missing: list[tuple[Text, dict[str, Any]]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.ids)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def read(lake: Lake, today: date) -> Histories:
    """Everything that customers' figures are computed from, up to today."""
    people = lake["customers"].order_by("id").select("id", "created_at").to_pyarrow()
    ids = people["id"].combine_chunks()
    created = pc.fill_null(people["created_at"].cast(pa.date32()).cast(pa.int32()), day_number(today))
    orders = lake.orders()
    good = dated(orders, today)
    days = good.group_by("customer", "day").agg(amount=good.amount.sum(), orders=good.count()).to_pyarrow()
    place, there = _places(days["customer"], ids)
    lately = today - timedelta(days=YEAR)
    net = _by_customer(good.filter(good.day > lately), "net", ids)
    costs = dated(lake.expenses(), today)
    spent = _by_customer(costs.filter(costs.day > lately), "amount", ids)
    return Histories(
        ids, np.asarray(created, dtype=np.int64), place, _ints(days["day"].cast(pa.int32()))[there],
        _floats(days["amount"])[there], int(_ints(days["orders"]).sum()), net, spent, _uncounted(orders, today),
    )  # fmt: skip


def _places(customers: Any, ids: pa.Array) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """The place of each customer that is still there, and which rows are of one."""
    found = pc.index_in(customers.combine_chunks(), value_set=ids)
    there = np.asarray(pc.is_valid(found))
    return np.asarray(pc.fill_null(found, 0), dtype=np.int64)[there], there


def _by_customer(table: Any, column: str, ids: pa.Array) -> Floats:
    sums = table.group_by("customer").agg(total=table[column].sum()).to_pyarrow()
    place, there = _places(sums["customer"], ids)
    found = np.zeros(len(ids))
    found[place] = np.nan_to_num(_floats(sums["total"])[there])
    return found


def _uncounted(orders: Any, today: date) -> list[tuple[Text, dict[str, Any]]]:
    whole = orders.customer.notnull() & orders.day.notnull()
    told = orders.agg(
        no_customer=orders.customer.isnull().sum(),
        no_day=(orders.customer.notnull() & orders.day.isnull()).sum(),
        later=(whole & (orders.day > ibis.literal(today))).sum(),
        no_amount=(whole & (orders.day <= ibis.literal(today)) & orders.amount.isnull()).sum(),
    ).to_pyarrow().to_pylist()[0]  # fmt: skip
    return [(text, {"count": int(told[key])}) for key, text in UNCOUNTED.items() if told[key]]


def _floats(column: Any) -> Floats:
    return np.asarray(column.combine_chunks(), dtype=np.float64)


def _ints(column: Any) -> Ints:
    return np.asarray(column.combine_chunks(), dtype=np.int64)
