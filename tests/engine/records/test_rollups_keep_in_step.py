"""After any sequence of writes every rollup is what a plain count over the records gives."""

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from guanxi.engine.records import store
from guanxi.engine.records.query import parse_query
from guanxi.engine.records.query.read import stream
from guanxi.engine.records.store import undo_batch
from guanxi.engine.records.store.purging import purge_records
from guanxi.engine.schema.loading import get_object
from guanxi.engine.tenancy.context import session
from guanxi.kit.errors import Problem
from guanxi.kit.ids import new_id
from tests.engine.records.linked import declare, declare_figures
from tests.firms import found

pytestmark = pytest.mark.django_db

VALUES = st.fixed_dictionaries({}, optional={
    "status": st.sampled_from(["open", "done", None]), "price": st.sampled_from(["1.25", "-3", "0", "10.10", None]),
    "day": st.sampled_from(["2026-03-01", "2026-01-31", None]), "name": st.sampled_from(["甲", "乙"]),
})  # fmt: skip
Row = dict[str, Any]


class Writes(RuleBasedStateMachine):
    """Random writes to repairs, equipment and customers."""

    customers = Bundle("customers")
    machines = Bundle("machines")
    repairs = Bundle("repairs")
    batches = Bundle("batches")

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.firm = found(f"firm {uuid.uuid4().hex[:6]}", f"{uuid.uuid4().hex[:8]}@firm.example")
        declare_figures(self.firm, declare(self.firm))
        self.inner = session(self.firm.workspace.id)
        self.inner.__enter__()
        self.ctx = self.firm.ctx

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.inner.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def attempt(self, act: Any) -> Any:
        """What `act` gives; None when it is refused (and then nothing of it stays)."""
        try:
            with transaction.atomic():
                return act()
        except Problem:
            return None

    @rule(target=customers)
    def customer(self) -> uuid.UUID:
        return uuid.UUID(store.create(self.ctx, "customer", {"name": f"客户{uuid.uuid4().hex[:6]}"})["id"])

    @rule(target=machines, customer=st.one_of(st.none(), customers))
    def machine(self, customer: uuid.UUID | None) -> uuid.UUID:
        values = {"name": "机", "customer": customer and str(customer)}
        made = self.attempt(lambda: store.create(self.ctx, "equipment", values))
        return uuid.UUID(made["id"]) if made else multiple()

    @rule(target=repairs, machine=st.one_of(st.none(), machines), values=VALUES)
    def repair(self, machine: uuid.UUID | None, values: Row) -> Any:
        body = {"name": "修", **values, "equipment": machine and str(machine)}
        made = self.attempt(lambda: store.create(self.ctx, "repair", body))
        return uuid.UUID(made["id"]) if made else multiple()

    @rule(target=batches, machine=machines, rows=st.lists(VALUES, min_size=1, max_size=4))
    def many(self, machine: uuid.UUID, rows: list[Row]) -> uuid.UUID:
        batch = new_id()
        bodies = [{"name": "批", **row, "equipment": str(machine)} for row in rows]
        self.attempt(lambda: store.bulk_create(self.ctx.with_batch(batch), "repair", bodies))
        return batch

    @rule(target=batches, some=st.lists(repairs, min_size=1, max_size=4, unique=True), values=VALUES,
          machine=st.one_of(st.none(), machines))  # fmt: skip
    def change(self, some: list[uuid.UUID], values: Row, machine: uuid.UUID | None) -> uuid.UUID:
        batch = new_id()
        given = {**values, **({"equipment": str(machine)} if machine else {})}
        self.attempt(lambda: store.bulk_update(self.ctx.with_batch(batch), "repair", some, given))
        return batch

    @rule(machine=machines, customer=st.one_of(st.none(), customers))
    def hand_over(self, machine: uuid.UUID, customer: uuid.UUID | None) -> None:
        self.attempt(
            lambda: store.update(self.ctx, "equipment", machine, {"customer": customer and str(customer)})
        )

    @rule(key=st.just("repair"), record=repairs)
    def delete_repair(self, key: str, record: uuid.UUID) -> None:
        self.attempt(lambda: store.delete(self.ctx, key, record))

    @rule(record=machines)
    def delete_machine(self, record: uuid.UUID) -> None:
        self.attempt(lambda: store.delete(self.ctx, "equipment", record))

    @rule(record=repairs)
    def restore_repair(self, record: uuid.UUID) -> None:
        self.attempt(lambda: store.restore(self.ctx, "repair", record))

    @rule(record=machines)
    def restore_machine(self, record: uuid.UUID) -> None:
        self.attempt(lambda: store.restore(self.ctx, "equipment", record))

    @rule(target=batches, one=machines, other=machines)
    def merge(self, one: uuid.UUID, other: uuid.UUID) -> uuid.UUID:
        batch = new_id()
        self.attempt(lambda: store.merge(self.ctx.with_batch(batch), "equipment", one, [other], {}))
        return batch

    @rule(record=consumes(repairs))
    def purge_repair(self, record: uuid.UUID) -> None:
        purge_records(self.ctx, get_object(self.ctx, "repair"), [record])

    @rule(record=consumes(machines))
    def purge_machine(self, record: uuid.UUID) -> None:
        purge_records(self.ctx, get_object(self.ctx, "equipment"), [record])

    @rule(batch=consumes(batches))
    def undo(self, batch: uuid.UUID) -> None:
        self.attempt(lambda: undo_batch(self.ctx.with_batch(new_id()), batch))

    @invariant()
    def every_figure_is_what_a_count_gives(self) -> None:
        repairs, machines = self._rows("repair"), self._rows("equipment")
        for record_id, machine in machines.items():
            here = [r for r in repairs.values() if r["equipment"] == record_id]
            assert {key: machine[key] for key in EXPECTED} == {key: f(here) for key, f in EXPECTED.items()}
        for record_id, customer in self._rows("customer").items():
            owned = [m for m in machines.values() if m["customer"] == record_id]
            assert (customer["equipment_count"], customer["all_cost"], customer["broken"]) == (
                len(owned), sum((m["cost"] for m in owned), Decimal(0)), sum(m["open_repairs"] > 0 for m in owned),
            )  # fmt: skip

    def _rows(self, key: str) -> dict[str, Row]:
        rows: dict[str, Row] = {}
        for row in _all(self.ctx, key):
            flat = {k: v["id"] if isinstance(v, dict) and "id" in v else v for k, v in row.items()}
            rows[str(flat["id"])] = flat
        return rows


def _all(ctx: Any, key: str) -> list[Row]:
    return [row for page in stream(ctx, parse_query(key, {})) for row in page]


def _prices(rows: list[Row]) -> list[Decimal]:
    return [row["price"] for row in rows if row["price"] is not None]


def _by_day(rows: list[Row], *, last: bool) -> list[Row]:
    dated = sorted((r for r in rows if r["day"]), key=lambda r: (r["day"], r["id"]), reverse=last)
    return dated + sorted((r for r in rows if not r["day"]), key=lambda r: r["id"], reverse=last)


def _first(values: list[Any]) -> Any:
    return next((value for value in values if value is not None), None)


def _mean(rows: list[Row]) -> Decimal | None:
    prices = _prices(rows)
    return (
        None
        if not prices
        else (sum(prices) / len(prices)).quantize(Decimal("0.01"), rounding="ROUND_HALF_UP")
    )


EXPECTED: dict[str, Any] = {
    "repairs": len,
    "open_repairs": lambda rows: sum(r["status"] == "open" for r in rows),
    "cost": lambda rows: sum(_prices(rows), Decimal(0)),
    "open_cost": lambda rows: sum(_prices([r for r in rows if r["status"] == "open"]), Decimal(0)),
    "mean": _mean,
    "least": lambda rows: min(_prices(rows), default=None),
    "latest": lambda rows: max((r["day"] for r in rows if r["day"]), default=None),
    "first_status": lambda rows: _first([r["status"] for r in _by_day(rows, last=False)]),
    "last_status": lambda rows: _first([r["status"] for r in _by_day(rows, last=True)]),
    "names": lambda rows: ", ".join(r["name"] for r in _by_day(rows, last=False)) or None,
}  # fmt: skip


def test_figures_agree_with_a_plain_count_after_anything(db: Any) -> None:
    run_state_machine_as_test(Writes, settings=settings(
        max_examples=8, stateful_step_count=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
    ))  # fmt: skip
