"""Many reach for one record: one gets it. Many clicks of one person: their limit holds."""

import threading
from collections import Counter
from typing import Any

import pytest
from django.db import connection

from tests.domains.pool.conftest import Pond, make_pond
from tests.firms import Door, found

pytestmark = pytest.mark.django_db(transaction=True)

CLAIMANTS = 6
RECORDS = 12


@pytest.fixture
def pond(transactional_db: None) -> Pond:
    """A firm whose rows are really committed."""
    return make_pond(found())


def _together(jobs: list[tuple[str, list[str]]], path: str) -> list[Any]:
    """Each job (a token and the records, one after the other) in a thread of its own."""
    barrier = threading.Barrier(len(jobs))
    answers: list[Any] = []

    def run(secret: str, ids: list[str]) -> None:
        door = Door(secret)
        barrier.wait()
        try:
            for i in ids:
                answers.append((secret, i, door.post(path, {"ids": [i]})))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=job) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_of_many_who_claim_a_record_exactly_one_gets_it(pond: Pond) -> None:
    ids = pond.pooled(RECORDS)
    secrets = [pond.firm.token(pond.people[name]) for name in ("林销售", "何销售")]
    jobs = [(secrets[n % 2], ids) for n in range(CLAIMANTS)]
    answers = _together(jobs, f"/pools/{pond.pool}/claim")
    assert Counter(answer.status_code for _, _, answer in answers) == {
        200: RECORDS,
        409: RECORDS * (CLAIMANTS - 1),
    }
    names = {secrets[0]: "林销售", secrets[1]: "何销售"}
    winners = {i: secret for secret, i, answer in answers if answer.status_code == 200}
    assert set(winners) == set(ids)
    for i in ids:
        assert pond.boss.get(f"/customer/{i}").data["owner"]["name"] == names[winners[i]]
    for secret, i, answer in answers:  # who comes too late is told who has it
        if answer.status_code == 409:
            (told,) = answer.data["refused"]
            code = "yours" if secret == winners[i] else "not_in_pool"
            assert (told["owner"]["name"], answer.data["code"]) == (names[winners[i]], code)


def test_a_limit_holds_however_many_clicks_arrive_at_once(pond: Pond) -> None:
    assert pond.setup(limits={"daily": 3, "team_held": 5}).status_code == 200
    ids = pond.pooled(RECORDS)
    secrets = [pond.firm.token(pond.people[name]) for name in ("林销售", "何销售")]
    jobs = [(secrets[n % 2], ids[n * 2 : n * 2 + 2]) for n in range(CLAIMANTS)]
    answers = _together(jobs, f"/pools/{pond.pool}/claim")
    got = Counter(secret for secret, _, answer in answers if answer.status_code == 200)
    assert sum(got.values()) == 5 and max(got.values()) <= 3
