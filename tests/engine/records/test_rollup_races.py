"""Writers who reach the same record in the same moment lose nothing of each other's, with real transactions."""

from typing import Any

import pytest

from guanxi.engine.records.rollups import building
from tests.engine.records.linked import declare, declare_figures
from tests.engine.records.test_races import _at_once
from tests.firms import Door, Firm, found

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firm(transactional_db: None) -> Firm:
    """A firm whose rows are really committed."""
    made = found()
    declare_figures(made, declare(made))
    return made


def _right(firm: Firm) -> None:
    for key in ("equipment", "customer"):
        assert list(building.verify(firm.workspace.id, key)) == []


def _machines(door: Door, count: int) -> tuple[str, list[str]]:
    customer = door.post("/customer", {"name": "甲公司"}).data["id"]
    rows = [{"name": f"{i}号", "customer": customer} for i in range(count)]
    return customer, door.post("/equipment/bulk", {"op": "create", "records": rows}).data["ids"]


def test_all_who_add_at_once_are_counted(firm: Firm) -> None:
    door = Door(firm.token())
    customer, (machine,) = _machines(door, 1)
    answers = _at_once(
        [
            lambda n=n: door.post("/repair", {"name": f"修{n}", "equipment": machine, "price": n})
            for n in range(16)
        ]
    )
    assert {answer.status_code for answer in answers} == {201}
    shown = door.get(f"/equipment/{machine}").data
    assert (shown["repairs"], shown["cost"]) == (16, sum(range(16)))
    assert door.get(f"/customer/{customer}").data["all_cost"] == sum(range(16))
    _right(firm)


def test_all_kinds_of_writes_at_once_leave_right_figures(firm: Firm) -> None:
    door = Door(firm.token())
    customer, machines = _machines(door, 3)
    rows = [{"name": f"修{i}", "equipment": machines[i % 3], "price": i, "status": "open"} for i in range(24)]
    ids = door.post("/repair/bulk", {"op": "create", "records": rows}).data["ids"]

    def bulk(some: list[str], **values: Any) -> Any:
        return door.post("/repair/bulk", {"op": "update", "ids": some, "set": values})

    calls = [
        lambda: bulk(ids[:12], equipment=machines[1]),
        lambda: bulk(ids[6:18][::-1], price=5),
        lambda: bulk(ids[12:], status="done", equipment=machines[0]),
        lambda: door.post("/repair/bulk", {"op": "delete", "ids": ids[20:]}),
        lambda: door.post(f"/equipment/{machines[0]}/actions/merge", {"others": [machines[2]]}),
        lambda: door.patch(f"/customer/{customer}", {"name": "乙公司", "version": 1}),
        lambda: door.post("/repair", {"name": "新", "equipment": machines[1], "price": 100}),
        lambda: door.post("/equipment", {"name": "新", "customer": customer}),
    ]
    for answer in _at_once(calls):
        assert answer.status_code < 500, answer.data
    assert door.get(f"/customer/{customer}").data["title"] == "乙公司"
    _right(firm)


def test_two_who_link_records_of_one_object_crosswise_do_not_lock_each_other_up(firm: Firm) -> None:
    door = firm.door()
    config = {"object": "equipment", "field": "above", "op": "count"}
    body = {"key": "below", "type": "rollup", "label": "below", "config": config}
    assert door.post("/meta/objects/equipment/fields", body).status_code == 201
    program = Door(firm.token())
    _, machines = _machines(program, 2)
    for turn in range(5):
        pairs = [(machines[0], machines[1]), (machines[1], machines[0])]
        links = [above if turn % 2 == 0 else None for _, above in pairs]
        answers = _at_once([
            lambda one=one, link=link: program.post("/equipment/bulk", {"op": "update", "ids": [one], "set": {"above": link}})
            for (one, _), link in zip(pairs, links, strict=True)])  # fmt: skip
        assert {answer.status_code for answer in answers} == {200}
    _right(firm)


def test_a_rollup_filled_while_others_write_is_right(firm: Firm) -> None:
    door = Door(firm.token())
    _, machines = _machines(door, 2)

    def write(n: int) -> Any:
        return door.post("/repair", {"name": f"修{n}", "equipment": machines[n % 2], "price": 1})

    answers = _at_once([lambda: building.rebuild(firm.workspace.id, "equipment"),
                        *(lambda n=n: write(n) for n in range(10))])  # fmt: skip
    assert all(answer.status_code == 201 for answer in answers[1:])
    _right(firm)
