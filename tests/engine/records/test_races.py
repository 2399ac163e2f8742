"""What several people do to records in the same moment, with real transactions."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from guanxi.engine.tenancy.context import session
from tests.engine.records.consistency import disagreements
from tests.engine.records.test_store_keeps_in_step import declare
from tests.firms import Door, Firm, found

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firm(transactional_db: None) -> Firm:
    """A firm whose rows are really committed."""
    made = found()
    declare(made)
    return made


def _at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """Make the calls together; their answers, in the order of the calls."""
    barrier = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def run(index: int) -> None:
        barrier.wait()
        try:
            answers[index] = calls[index]()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i,)) for i in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def _in_step(firm: Firm) -> None:
    with session(firm.workspace.id):
        assert disagreements(firm.ctx, "part") == []


def test_of_twenty_who_take_a_unique_value_one_gets_it(firm: Firm) -> None:
    door = Door(firm.token())
    answers = _at_once(
        [lambda n=n: door.post("/part", {"name": f"第{n}", "code": "only"}) for n in range(20)]
    )
    assert Counter(answer.status_code for answer in answers) == {201: 1, 422: 19}
    assert {answer.data["errors"][0]["code"] for answer in answers if answer.status_code == 422} == {
        "not_unique"
    }
    assert door.get("/part").data["page"]["count"]["value"] == 1
    _in_step(firm)


def test_serial_numbers_have_no_gaps_though_some_writers_fail(firm: Firm) -> None:
    door = Door(firm.token())

    def write(n: int) -> Any:
        bad = {"code": "taken"} if n % 3 == 0 else {}
        return door.post(
            "/part/bulk", {"op": "create", "records": [{"name": f"{n}a"}, {"name": f"{n}b", **bad}]}
        )

    assert door.post("/part", {"name": "先", "code": "taken"}).status_code == 201
    answers = _at_once([lambda n=n: write(n) for n in range(10)])
    assert Counter(answer.status_code for answer in answers) == {200: 6, 422: 4}
    rows = door.post("/part/query", {"fields": ["serial"], "limit": 200}).data["data"]
    numbers = sorted(int(row["serial"].rpartition("-")[2]) for row in rows)
    assert numbers == list(range(1, 14))
    _in_step(firm)


def test_of_ten_who_save_over_one_version_one_wins(firm: Firm) -> None:
    door = Door(firm.token())
    path = f"/part/{door.post('/part', {'name': '零'}).data['id']}"
    answers = _at_once([lambda n=n: door.patch(path, {"name": f"第{n}", "version": 1}) for n in range(10)])
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 9}
    winner = next(answer.data for answer in answers if answer.status_code == 200)
    assert door.get(path).data == winner
    assert winner["version"] == 2
    _in_step(firm)


def test_bulks_over_the_same_records_in_other_orders_do_not_lock_each_other_up(firm: Firm) -> None:
    door = Door(firm.token())
    ids = door.post("/part/bulk", {"op": "create", "records": [{"name": str(i)} for i in range(30)]}).data[
        "ids"
    ]
    orders = [ids, ids[::-1], ids[10:] + ids[:10], ids[20:] + ids[:20]]
    answers = _at_once([lambda n=n, some=some: door.post("/part/bulk", {"op": "update", "ids": some, "set": {"name": f"第{n}"}})
                        for n, some in enumerate(orders)])  # fmt: skip
    assert {answer.status_code for answer in answers} == {200}
    rows = door.post("/part/query", {"fields": ["name"], "limit": 200}).data["data"]
    assert {row["version"] for row in rows} == {5}
    assert len({row["name"] for row in rows}) == 1
    _in_step(firm)


def test_two_opposite_merges_leave_one_record(firm: Firm) -> None:
    door = Door(firm.token())
    one, two = (door.post("/part", {"name": name}).data["id"] for name in "ab")
    answers = _at_once([lambda: door.post(f"/part/{one}/actions/merge", {"others": [two]}),
                        lambda: door.post(f"/part/{two}/actions/merge", {"others": [one]})])  # fmt: skip
    assert sorted(answer.status_code for answer in answers) == [200, 404]
    assert door.get("/part").data["page"]["count"]["value"] == 1
    _in_step(firm)


def test_a_link_made_while_its_record_is_merged_away_waits_and_is_refused(firm: Firm) -> None:
    door = Door(firm.token())
    kept, gone = (door.post("/customer", {"name": name}).data["id"] for name in ("甲公司", "乙公司"))
    made: list[Any] = []

    def link() -> None:
        try:
            made.append(Door(firm.token()).post("/contact", {"name": "张三", "customer": gone}))
        finally:
            connection.close()

    thread = threading.Thread(target=link)
    with transaction.atomic():
        merged = door.post(f"/customer/{kept}/actions/merge", {"others": [gone]})
        assert merged.status_code == 200, merged.data
        thread.start()
        thread.join(0.5)
        assert made == []
    thread.join()
    assert made[0].status_code == 422, made[0].data
    assert made[0].data["errors"][0]["field"] == "customer"
    assert door.get("/contact").data["page"]["count"]["value"] == 0


def test_three_who_put_each_other_above_make_no_ring(firm: Firm) -> None:
    door = Door(firm.token())
    for turn in range(4):
        made = [door.post("/customer", {"name": f"集团{turn}{n}"}).data["id"] for n in range(3)]
        calls = [
            lambda one=one, above=above: door.patch(f"/customer/{one}", {"parent": above, "version": 1})
            for one, above in zip(made, [*made[1:], made[0]], strict=True)
        ]
        answers = _at_once(calls)
        assert {answer.status_code for answer in answers} <= {200, 409, 422}
        above = [door.get(f"/customer/{one}").data["parent"] for one in made]
        assert None in above, [answer.status_code for answer in answers]
