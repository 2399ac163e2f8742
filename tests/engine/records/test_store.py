"""The write door: uniqueness, merging, undoing, and what a refusal leaves behind."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.records.store import undo_batch
from guanxi.engine.tenancy.context import Ctx, session
from guanxi.kit.ids import new_id
from tests.engine.records.consistency import disagreements
from tests.engine.records.test_store_keeps_in_step import declare
from tests.firms import Door, Firm


@dataclass
class Bench:
    """A firm with an object that has everything a store must keep in step."""

    door: Door
    ctx: Ctx

    def make(self, name: str, **values: Any) -> dict[str, Any]:
        made = self.door.post("/part", {"name": name, **values})
        assert made.status_code == 201, made.data
        return dict(made.data)

    def read(self, record: dict[str, Any]) -> Any:
        return self.door.get(f"/part/{record['id']}").data

    def change(self, record: dict[str, Any], **values: Any) -> Any:
        return self.door.patch(f"/part/{record['id']}", {"version": self.read(record)["version"], **values})

    def act(self, record: dict[str, Any], action: str, **given: Any) -> Any:
        return self.door.post(f"/part/{record['id']}/actions/{action}", given)


@pytest.fixture
def bench(firm: Firm) -> Iterator[Bench]:
    declare(firm)
    with session(firm.workspace.id):
        yield Bench(firm.door(), firm.ctx)
        assert disagreements(firm.ctx, "part") == []


def _id(record: dict[str, Any]) -> uuid.UUID:
    return uuid.UUID(record["id"])


def test_a_unique_value_may_be_written_otherwise_by_its_own_record(bench: Bench) -> None:
    one = bench.make("甲", code="abc")
    assert bench.change(one, code="ABC").data["code"] == "ABC"
    taken = bench.door.post("/part", {"name": "乙", "code": " Abc "})
    assert [(error["field"], error["code"]) for error in taken.data["errors"]] == [("code", "not_unique")]


def test_a_refused_change_gives_back_the_values_it_had_claimed(bench: Bench) -> None:
    one = bench.make("甲", code="A", second="taken")
    two = bench.make("乙", code="B")
    change = Change("update", _id(two), {"code": "fresh", "second": "taken"})
    result = store.bulk_write(bench.ctx, "part", [change], partial=True)
    assert list(result.refused) == [0]
    assert bench.change(one, code="fresh").status_code == 200
    assert bench.read(two)["code"] == "B"


def test_of_two_rows_with_one_value_the_first_is_kept_and_the_second_named(bench: Bench) -> None:
    changes = [Change("create", new_id(), {"name": "甲", "code": "same"}, index=i) for i in range(2)]
    result = store.bulk_write(bench.ctx, "part", changes, partial=True)
    assert (result.created, list(result.refused)) == (1, [1])


def test_a_deleted_record_frees_its_value_and_cannot_come_back_while_another_has_it(bench: Bench) -> None:
    one = bench.make("甲", code="A")
    assert bench.door.delete(f"/part/{one['id']}", {"version": 1}).status_code == 204
    two = bench.make("乙", code="a")
    refused = bench.act(one, "restore")
    assert [(error["field"], error["code"]) for error in refused.data["errors"]] == [("code", "not_unique")]
    assert bench.change(two, code=None).status_code == 200
    assert bench.act(one, "restore").status_code == 200


def test_merging_moves_links_fills_gaps_and_can_be_undone_to_the_last_value(bench: Bench) -> None:
    kept, gone = bench.make("甲", code="A"), bench.make("乙", code="B", exact="1.5", phone="13800138000")
    friend = bench.make("友")
    bench.change(gone, beside=[friend["id"]])
    child, aside = bench.make("子", above=gone["id"]), bench.make("旁", beside=[kept["id"], gone["id"]])
    before = {record["id"]: bench.read(record) for record in (kept, gone, child, aside, friend)}
    batch = new_id()
    merged = store.merge(bench.ctx.with_batch(batch), "part", _id(kept), [_id(gone)], {"code": "B"})
    assert (merged["code"], merged["exact"], merged["phone"]) == ("B", 1.5, "+8613800138000")
    assert [item["id"] for item in merged["beside"]] == [friend["id"]]
    assert bench.read(child)["above"]["id"] == kept["id"]
    assert [item["id"] for item in bench.read(aside)["beside"]] == [kept["id"]]
    moved = bench.door.get(f"/part/{gone['id']}")
    assert (moved.status_code, moved.data) == (301, {"moved_to": kept["id"]})
    told = {
        change["field"]
        for change in bench.door.get(f"/part/{child['id']}/history").data["data"][0]["changes"]
    }
    assert told == {"above"}

    undone = undo_batch(bench.ctx.with_batch(new_id()), batch)
    assert (undone.undone, undone.skipped) == (4, 0)
    moving = ("version", "updated_at")
    for record_id, row in before.items():
        now = bench.door.get(f"/part/{record_id}").data
        assert {k: v for k, v in now.items() if k not in moving} == {
            k: v for k, v in row.items() if k not in moving
        }


def test_a_merged_record_never_links_to_itself(bench: Bench) -> None:
    parent = bench.make("上级")
    child = bench.make("下级", above=parent["id"], beside=[parent["id"]])
    merged = bench.act(child, "merge", others=[parent["id"]])
    assert merged.status_code == 200, merged.data
    assert (merged.data["above"], merged.data["beside"]) == (None, [])
    boss = bench.make("老板")
    under = bench.make("员工", above=boss["id"])
    merged = bench.act(boss, "merge", others=[under["id"]])
    assert (merged.status_code, merged.data["above"]) == (200, None)


def test_undoing_a_batch_restores_former_values_and_leaves_what_has_moved_on(bench: Bench) -> None:
    one, two = bench.make("甲", code="A", labels=["x"]), bench.make("乙", beside=[])
    bench.change(two, beside=[one["id"]])
    batch = new_id()
    ctx = bench.ctx.with_batch(batch)
    store.bulk_update(ctx, "part", [_id(one), _id(two)], {"name": "同", "labels": ["y"], "beside": []})
    made = store.bulk_create(ctx, "part", [{"name": "新"}])[0]
    bench.change(one, name="改过了")
    undone = undo_batch(bench.ctx.with_batch(new_id()), batch)
    assert (undone.undone, undone.skipped) == (2, 1)
    assert bench.read(one)["name"] == "改过了"
    back = bench.read(two)
    assert (back["name"], back["labels"], [item["id"] for item in back["beside"]]) == (
        "乙",
        None,
        [one["id"]],
    )
    assert bench.door.get(f"/part/{made}").status_code == 404


def test_a_refusal_in_the_middle_of_a_bulk_leaves_nothing_behind(bench: Bench) -> None:
    bench.make("甲", code="taken")
    before = bench.door.get("/part").data["page"]["count"]
    rows = [{"name": str(i), "code": f"n{i}"} for i in range(20)] + [{"name": "坏", "code": "taken"}]
    refused = bench.door.post("/part/bulk", {"op": "create", "records": rows})
    assert [(error["field"], error["code"]) for error in refused.data["errors"]] == [
        ("records.20.code", "not_unique")
    ]
    assert bench.door.get("/part").data["page"]["count"] == before
    assert bench.make("乙", code="n3")["serial"].endswith("0002")
