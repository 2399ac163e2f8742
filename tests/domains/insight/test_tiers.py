"""Tiers under other cuts: what is told beforehand is what a run then does; moves since a month; who costs money."""

import random
import uuid
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guanxi.domains.insight.customers.models import InsightMonth
from guanxi.engine.tenancy.context import Role, session
from tests.domains.insight.firms import Ordered, computed, customers, orders, put
from tests.firms import Door, Firm

pytestmark = pytest.mark.django_db
CUTS = {"high_cut": 80.0, "low_cut": 95.0, "hysteresis": 2.0}


def today() -> date:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def tiers_of(door: Door) -> dict[str, str]:
    body = {
        "fields": ["insight_tier"],
        "filter": {"field": "insight_tier", "op": "is_not_empty"},
        "limit": 200,
    }
    found = door.post("/customer/query", body).data["data"]
    return {row["id"]: row["insight_tier"]["value"] if isinstance(row["insight_tier"], dict) else row["insight_tier"]
            for row in found}  # fmt: skip


def behind(door: Door, filter_: Any) -> set[str]:
    found = door.post("/customer/query", {"fields": ["name"], "filter": filter_, "limit": 200})
    assert found.status_code == 200, found.data
    return {row["id"] for row in found.data["data"]}


def spread(firm: Firm, seed: int) -> None:
    """Many customers of very unlike worth, some of whom bring nothing."""
    rng, now = random.Random(seed), today()
    people = customers(firm, 60)
    worth = [round(rng.paretovariate(1.1) * 100, 2) for _ in people[:55]] + [0.0] * 5
    orders(firm, [Ordered(one, now - timedelta(rng.randrange(1, 300)), amount)
                  for one, amount in zip(people, worth, strict=True)])  # fmt: skip


@pytest.mark.parametrize(("seed", "high", "low", "leeway"), [(1, 60, 90, 0), (2, 40, 97, 5), (3, 92, 95, 4), (4, 80, 95, 2)])  # fmt: skip
def test_what_other_cuts_would_do_is_what_the_next_run_does(
    firm: Firm, seed: int, high: float, low: float, leeway: float
) -> None:
    spread(firm, seed)
    computed(firm)
    door = firm.door()
    before = tiers_of(door)
    told = door.get(f"/insight/tiers?high_cut={high}&low_cut={low}&hysteresis={leeway}").data
    assert told["now"] == CUTS
    assert told["tried"] == {"high_cut": high, "low_cut": low, "hysteresis": leeway}
    for cell in told["cells"]:
        assert len(behind(door, cell["filter"])) == cell["customers"]
    version = door.get("/insight/settings").data["version"]
    changed = {"version": version, "high_cut": high, "low_cut": low, "hysteresis": leeway}
    assert door.patch("/insight/settings", changed).status_code == 200
    computed(firm)
    after = tiers_of(door)
    assert Counter((before[one], after[one]) for one in before) == {
        (cell["from"], cell["to"]): cell["customers"] for cell in told["cells"]
    }


def test_nothing_moves_under_the_cuts_in_force(firm: Firm) -> None:
    spread(firm, 9)
    computed(firm)
    told = firm.door().get("/insight/tiers").data
    assert {(cell["from"], cell["to"]) for cell in told["cells"]} <= {
        (key, key) for key in ("high", "standard", "low")
    }
    assert sum(cell["customers"] for cell in told["cells"]) == 60


def test_cuts_out_of_order_are_refused_by_name(firm: Firm) -> None:
    answer = firm.door().get("/insight/tiers?high_cut=95&low_cut=90")
    assert answer.status_code == 422
    assert [each["field"] for each in answer.data["errors"]] == ["low_cut"]


def test_who_costs_more_than_they_bring_is_named_with_the_reason(firm: Firm) -> None:
    now = today()
    door = firm.door()
    cheap, visited, good = customers(firm, 3)
    rows = [Ordered(cheap, now - timedelta(9), 50, cost=90), Ordered(visited, now - timedelta(8), 100),
            Ordered(good, now - timedelta(7), 1000)]  # fmt: skip
    orders(firm, rows)
    visit = {"name": "拜访", "amount": 300, "spent_on": now.isoformat(), "customer": str(visited)}
    spent = door.post("/expense", visit).data["id"]
    put(firm, "expense", {uuid.UUID(spent): {"status": "approved"}})
    computed(firm)
    exits = door.get("/insight/tiers").data["exits"]
    assert {(each["id"], each["why"]) for each in exits["customers"]} == {
        (str(cheap), "The goods cost more than they brought"), (str(visited), "Serving them costs more than the goods bring"),
    }  # fmt: skip
    assert behind(door, exits["filter"]) == {str(cheap), str(visited)}
    losing = exits["customers"][0]
    assert losing["id"] == str(visited)
    assert (losing["revenue"], losing["goods"], losing["serving"], losing["profit"]) == (100, 0, 300, -200)


def test_moves_since_a_month_name_who_moved(firm: Firm) -> None:
    spread(firm, 5)
    computed(firm)
    door = firm.door()
    now = tiers_of(door)
    best = next(one for one, tier in now.items() if tier == "high")
    month = (today().replace(day=1) - timedelta(1)).replace(day=1)
    with session(firm.workspace.id):
        InsightMonth.objects.create(workspace_id=firm.workspace.id, customer_id=best, month=month, stage="active", tier="low")  # fmt: skip
    moves = door.get(f"/insight/tiers?since={month}").data["moves"]
    assert moves["since"] == month.isoformat()
    assert [(each["id"], each["was"], each["now"]) for each in moves["customers"]] == [(best, "low", "high")]
    assert {"from": "low", "to": "high", "customers": 1}.items() <= next(
        cell for cell in moves["cells"] if cell["from"] == "low"
    ).items()


def test_tiers_are_told_of_the_customers_one_sees(firm: Firm) -> None:
    spread(firm, 7)
    computed(firm)
    rep = firm.door(firm.add("林销售", Role.MEMBER))
    told = rep.get("/insight/tiers").data
    assert told["moves"] is None
    assert sum(cell["customers"] for cell in told["cells"]) == 0
    assert told["missing"] is not None or told["exits"]["customers"] == []
