"""After any sequence of writes, refused ones included, journal, search index and keys agree with the rows."""

import uuid
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
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store import undo_batch
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.kit.errors import Problem
from guanxi.kit.ids import new_id
from tests.engine.records.consistency import disagreements
from tests.firms import Firm, found

pytestmark = pytest.mark.django_db

NAMES = st.sampled_from(["甲公司", "乙公司", "Alpha", "alpha", "中山 Box"])
CODES = st.sampled_from(["A1", "a1", " A1", "B2", "C3", None])
BODIES = st.fixed_dictionaries({}, optional={
    "name": NAMES, "code": CODES, "second": CODES, "day": st.sampled_from(["2026-03-05", None]),
    "exact": st.sampled_from(["1.5", "2", None]), "labels": st.sampled_from([["甲"], [], None]),
    "phone": st.sampled_from(["13800138000", "+86 138 0013 8000", None]),
})  # fmt: skip


def declare(firm: Firm) -> None:
    """An object with unique fields, a serial number, links to itself."""
    door = firm.door()
    assert door.post("/meta/objects", {"key": "part", "label": "Part"}).status_code == 201
    for key, kind, extra in (
        ("code", "text", {"unique": True, "searchable": True}), ("second", "text", {"unique": True}), ("day", "date", {}),
        ("exact", "decimal", {"config": {"decimals": 2}}), ("labels", "tags", {"searchable": True}), ("phone", "phone", {"searchable": True}),
        ("serial", "serial", {"searchable": True}), ("above", "link", {"target": "part"}), ("beside", "links", {"target": "part"}),
    ):  # fmt: skip
        made = door.post("/meta/objects/part/fields", {"key": key, "type": kind, "label": key, **extra})
        assert made.status_code == 201, made.data


class Writes(RuleBasedStateMachine):
    """Random writes of every kind to one object."""

    records = Bundle("records")
    batches = Bundle("batches")

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.firm = found(f"firm {uuid.uuid4().hex[:6]}", f"{uuid.uuid4().hex[:8]}@firm.example")
        declare(self.firm)
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

    def ctx_in(self, batch: uuid.UUID) -> Ctx:
        return self.ctx.with_batch(batch)

    @rule(target=records, body=BODIES, name=NAMES)
    def create(self, body: dict[str, Any], name: str) -> Any:
        made = self.attempt(lambda: store.create(self.ctx, "part", {"name": name, **body}))
        return uuid.UUID(made["id"]) if made else multiple()

    @rule(target=batches, bodies=st.lists(BODIES, min_size=1, max_size=4), partial=st.booleans())
    def create_many(self, bodies: list[dict[str, Any]], partial: bool) -> uuid.UUID:
        batch, rows = new_id(), [{"name": "批", **body} for body in bodies]
        if partial:
            changes = [Change("create", new_id(), {k: v for k, v in row.items() if k in ("name", "code", "second")}, index=i)
                       for i, row in enumerate(rows)]  # fmt: skip
            self.attempt(lambda: store.bulk_write(self.ctx_in(batch), "part", changes, partial=True))
        else:
            self.attempt(lambda: store.bulk_create(self.ctx_in(batch), "part", rows))
        return batch

    @rule(record=records, body=BODIES)
    def update(self, record: uuid.UUID, body: dict[str, Any]) -> None:
        self.attempt(lambda: store.update(self.ctx, "part", record, body))

    @rule(
        target=batches,
        some=st.lists(records, min_size=1, max_size=3, unique=True),
        body=BODIES,
        partial=st.booleans(),
    )
    def update_many(self, some: list[uuid.UUID], body: dict[str, Any], partial: bool) -> uuid.UUID:
        batch = new_id()
        if partial:
            values = {k: v.strip() if v else v for k, v in body.items() if k in ("name", "code", "second")}
            changes = [Change("update", i, dict(values), index=n) for n, i in enumerate(some)]
            self.attempt(lambda: store.bulk_write(self.ctx_in(batch), "part", changes, partial=True))
        else:
            self.attempt(lambda: store.bulk_update(self.ctx_in(batch), "part", some, body))
        return batch

    @rule(record=records, one=records, some=st.lists(records, max_size=3))
    def link(self, record: uuid.UUID, one: uuid.UUID, some: list[uuid.UUID]) -> None:
        self.attempt(
            lambda: store.update(
                self.ctx, "part", record, {"above": str(one), "beside": [str(i) for i in some]}
            )
        )

    @rule(record=records)
    def delete(self, record: uuid.UUID) -> None:
        self.attempt(lambda: store.delete(self.ctx, "part", record))

    @rule(record=records)
    def restore(self, record: uuid.UUID) -> None:
        self.attempt(lambda: store.restore(self.ctx, "part", record))

    @rule(target=batches, record=records, others=st.lists(records, min_size=1, max_size=2), body=BODIES)
    def merge(self, record: uuid.UUID, others: list[uuid.UUID], body: dict[str, Any]) -> uuid.UUID:
        batch = new_id()
        self.attempt(lambda: store.merge(self.ctx_in(batch), "part", record, others, body))
        return batch

    @rule(batch=consumes(batches))
    def undo(self, batch: uuid.UUID) -> None:
        self.attempt(lambda: undo_batch(self.ctx_in(new_id()), batch))

    @invariant()
    def everything_agrees(self) -> None:
        assert disagreements(self.ctx, "part") == []


def test_journal_index_and_keys_agree_with_the_rows_after_anything(db: Any) -> None:
    run_state_machine_as_test(Writes, settings=settings(
        max_examples=15, stateful_step_count=18, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck),
    ))  # fmt: skip
