"""Several people take the same merge back at the same moment: one does, the others are told, nobody meets a fault."""

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from tests.firms import Door, Firm, found

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firm(transactional_db: None) -> Firm:
    """A firm whose rows are really committed."""
    return found()


def test_one_takes_the_merge_back_and_the_others_are_told(firm: Firm) -> None:
    door, secret = firm.door(), firm.token()
    ids = [door.post("/customer", {"name": f"甲公司 {n}"}).data["id"] for n in range(3)]
    merged = door.post("/customer/merge", {"ids": ids, "survivor": ids[0]})
    assert merged.status_code == 200, merged.data
    batch = merged.data["batch"]
    ways = [(f"/customer/{ids[0]}/unmerge", {"batch": batch}), (f"/changes/{batch}/undo", {})] * 3
    barrier = threading.Barrier(len(ways))
    answers: list[Any] = []

    def take_back(path: str, body: dict[str, Any]) -> None:
        own = Door(secret)
        barrier.wait()
        try:
            answers.append(own.post(path, body))
        finally:
            connection.close()

    threads = [threading.Thread(target=take_back, args=way) for way in ways]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = Counter(answer.data.get("code", "done") for answer in answers)
    assert told["done"] == 1, told
    assert set(told) <= {"done", "undone_already", "no_such_merge"}
    assert [door.get(f"/customer/{i}").status_code for i in ids] == [200, 200, 200]
