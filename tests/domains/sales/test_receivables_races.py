"""Many spend the same money, and pay the same debt, in the same moment: with real transactions."""

from typing import Any

import pytest

from tests.domains.sales.conftest import made
from tests.engine.records.test_races import _at_once
from tests.firms import Door, Firm, found

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def firm(transactional_db: None) -> Firm:
    """A firm whose rows are really committed."""
    return found()


def test_nothing_is_spent_twice_and_nothing_is_paid_twice(firm: Firm) -> None:
    door = Door(firm.token())
    customer = made(door, "customer", name="甲")["id"]
    plans = [made(door, "payment_plan", customer=customer, amount=100, due_on="2031-01-01") for _ in range(2)]
    payments = [made(door, "payment", customer=customer, amount=90, paid_on="2026-03-01") for _ in range(3)]

    def pay(payment: dict[str, Any], plan: dict[str, Any]) -> Any:
        body = {"allocations": [{"plan": plan["id"], "amount": 30}, {"plan": plans[0]["id"], "amount": 10}]}
        return door.post(f"/receivables/payments/{payment['id']}/allocations", body)

    answers = _at_once([lambda p=p, q=q: pay(p, q) for p in payments for q in plans for _ in range(2)])
    assert {answer.status_code for answer in answers} <= {201, 200, 422}
    spent = [door.get(f"/payment/{p['id']}").data for p in payments]
    paid = [door.get(f"/payment_plan/{p['id']}").data for p in plans]
    good = sum(answer.status_code == 200 for answer in answers)
    assert sum(p["allocated"] for p in spent) == sum(p["received"] for p in paid) == good * 40
    for payment in spent:
        assert payment["surplus"] == 90 - payment["allocated"] >= 0
        assert payment["allocated"] == sum(row["amount"] for row in payment["allocations"])
    for plan in paid:
        assert plan["outstanding"] == 100 - plan["received"] >= 0
    assert good >= 3


def test_a_contract_is_split_once(firm: Firm) -> None:
    door = Door(firm.token())
    contract = made(door, "contract", name="合同", items=[{"name": "泵", "price": 1000}])
    path = f"/receivables/contracts/{contract['id']}/plans"
    answers = _at_once([lambda: door.post(path, {"parts": 3, "first_due": "2031-01-01"}) for _ in range(5)])
    assert sorted(answer.status_code for answer in answers) == [201, 422, 422, 422, 422]
    state = door.get(f"/receivables/contracts/{contract['id']}").data
    assert (state["planned"], state["unplanned"], len(state["plans"])) == (1000, 0, 3)
