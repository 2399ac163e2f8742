"""Everything the sample firm holds, as plain data: composed from a seed and a day, no database.

*How it works*: `make_plan` composes products, customers with their contacts, deals, what people did
about them, and leads, in that order, then the papers, orders and money of deals that were won; a `Ref` stands for a
record that is written earlier. Values are in the form the API takes. The same seed and day always give the same plan.

*See*: firms.py, deals.py, doings.py, enquiries.py, offers.py, orders.py, dues.py, billing.py, spending.py; filling.py writes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

OBJECTS = (
    "product", "price_book", "price_book_entry", "discount_band", "currency_rate",
    "customer", "contact", "opportunity", "quote", "contract", "sales_order", "delivery", "sales_return", "payment_plan",
    "invoice", "payment", "expense", "lead", "note", "call", "event", "task",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ref:
    """Record number `index` of an object of the plan."""

    object: str
    index: int


@dataclass(frozen=True, slots=True)
class Person:
    """One of the firm's people, by key."""

    key: str


@dataclass(slots=True)
class Row:
    """One record: its values, its owner's key, when it was made; `kept` are values the program keeps.

    `state` is what it has come to by itself before anything that refers to it was written (an order is confirmed before
    something is delivered of it): written through the door, so that what hangs on it follows. `kept` is set at the end.
    """

    values: dict[str, Any]
    owner: str | None
    created_at: datetime
    kept: dict[str, Any] = field(default_factory=dict)
    state: dict[str, Any] = field(default_factory=dict)
    changed_at: datetime | None = None


@dataclass(slots=True)
class Plan:
    """The rows of each object, in the order they are written; amounts have so many `decimals`."""

    day: date
    decimals: int = 2
    rows: dict[str, list[Row]] = field(default_factory=lambda: {key: [] for key in OBJECTS})

    def add(self, object_key: str, row: Row) -> Ref:
        """Append a row; gives the reference to it."""
        self.rows[object_key].append(row)
        return Ref(object_key, len(self.rows[object_key]) - 1)

    def row(self, ref: Ref) -> Row:
        """The row of a reference."""
        return self.rows[ref.object][ref.index]

    def refs(self, object_key: str) -> Iterator[Ref]:
        """References to all rows of an object."""
        return (Ref(object_key, index) for index in range(len(self.rows[object_key])))
