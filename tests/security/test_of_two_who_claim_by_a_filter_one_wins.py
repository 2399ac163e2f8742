"""A bulk by filter changes what matches when it writes, not what matched when it looked."""

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from tests.firms import Door, Firm, found

pytestmark = pytest.mark.django_db(transaction=True)

CLAIMS = 6
RECORDS = 30


@pytest.fixture
def firm(transactional_db: None) -> Firm:
    """A firm whose rows are really committed."""
    return found()


def _claim_together(firm: Firm, body: dict[str, Any]) -> list[Any]:
    secret = firm.token()
    barrier = threading.Barrier(CLAIMS)
    answers: list[Any] = []

    def claim(number: int) -> None:
        door = Door(secret)
        barrier.wait()
        try:
            answers.append(door.post("/product/bulk", body | {"set": {"name": f"taken by {number}"}}))
        finally:
            connection.close()

    threads = [threading.Thread(target=claim, args=(n,)) for n in range(CLAIMS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.parametrize("expect", [RECORDS, None])
def test_of_two_who_claim_by_a_filter_one_wins(firm: Firm, expect: int | None) -> None:
    rows = [{"name": f"free {n}"} for n in range(RECORDS)]
    made = firm.door().post("/product/bulk", {"op": "create", "records": rows})
    assert made.status_code == 200, made.data
    free = {"field": "name", "op": "starts_with", "value": "free"}
    answers = _claim_together(firm, {"op": "update", "filter": free, "expect": expect})
    affected = Counter(answer.data.get("affected", answer.data.get("code")) for answer in answers)
    nothing = "count_changed" if expect else 0
    assert affected == {RECORDS: 1, nothing: CLAIMS - 1}
