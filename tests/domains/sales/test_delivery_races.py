"""Many who deliver the same order in the same moment, with real transactions."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from tests.domains.sales.conftest import made
from tests.domains.sales.test_deliveries import confirmed, deliver, figures, now, take_back
from tests.firms import Door, Firm, found

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firm(transactional_db: None) -> Firm:
    """A firm whose rows are really committed."""
    return found()


def _at_once(calls: list[Callable[[], Any]]) -> list[Any]:
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


def test_of_twelve_who_deliver_at_once_no_more_go_out_than_were_ordered(firm: Firm) -> None:
    door = Door(firm.token())
    order = confirmed(door, [{"name": "泵", "price": 10, "quantity": 10}])
    line = order["items"][0]["id"]
    ways: list[Callable[[], Any]] = [
        lambda: deliver(door, order, 3),
        lambda: door.post(
            "/delivery", {"sales_order": order["id"], "items": [{"item": line, "quantity": 3}]}
        ),
    ]
    answers = _at_once(ways * 6)
    assert Counter(answer.status_code for answer in answers) in (
        Counter({200: n, 201: 3 - n, 422: 9}) for n in range(4)
    )
    for plan in door.post("/delivery/query", {}).data["data"]:
        if plan["status"] == "planned":
            assert door.post(f"/delivery/{plan['id']}/actions/ship_delivery", {}).status_code == 200
    assert figures(door, order) == [(9, 0)]
    numbers = sorted(row["number"][-4:] for row in door.post("/delivery/query", {}).data["data"])
    assert numbers == ["0001", "0002", "0003"]


def test_shipping_returning_and_cancelling_at_once_reconcile(firm: Firm) -> None:
    door = Door(firm.token())
    order = confirmed(door, [{"name": "泵", "price": 10, "quantity": 10}])
    sent = [deliver(door, order, 2).data["delivery"]["id"] for _ in range(4)]
    cancel = [
        lambda i=i: door.post(f"/delivery/{i}/actions/cancel_delivery", {"comment": "x"}) for i in sent[:2]
    ]
    answers = _at_once(
        [*cancel, *[lambda: take_back(door, order, 3)] * 3, *[lambda: deliver(door, order, 1)] * 3]
    )
    assert {answer.status_code for answer in answers} <= {200, 422}
    rows = {key: door.post(f"/{key}/query", {}).data["data"] for key in ("delivery", "sales_return")}
    sums = {
        key: sum(
            line["quantity"]
            for row in found
            if row["status"] != "cancelled"
            for line in door.get(f"/{key}/{row['id']}").data["items"]
        )
        for key, found in rows.items()
    }
    assert figures(door, order) == [(sums["delivery"] - sums["sales_return"], sums["sales_return"])]
    assert 0 <= sums["sales_return"] <= sums["delivery"] <= 10
    assert now(door, order)["owed_total"] == 100 - 10 * sums["sales_return"]


def test_a_quote_is_ordered_once_by_two_clicks(firm: Firm) -> None:
    door = Door(firm.token())
    quote = made(door, "quote", name="报价", items=[{"name": "泵", "price": 10}])
    assert door.post(f"/quote/{quote['id']}/actions/send_quote", {}).status_code == 200
    answers = _at_once([lambda: door.post(f"/quote/{quote['id']}/actions/make_order", {})] * 4)
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 3}
