"""Insight of a workspace: the figures of customers against plain Python over the same orders, and who sees them."""

import itertools
import random
import statistics
import uuid
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guanxi.engine.tenancy.context import Role
from tests.domains.insight.firms import Ordered, computed, customers, orders
from tests.firms import Door, Firm, found, run_jobs

pytestmark = pytest.mark.django_db
KEYS = ("stage", "stage_since", "tier", "segment", "orders", "spend", "average", "last_on", "gap", "clv", "churn", "next_on")  # fmt: skip


def shown(door: Door, **query: Any) -> dict[str, dict[str, Any]]:
    """By customer their figures, as a list shows them."""
    body = {"fields": ["name", *(f"insight_{key}" for key in KEYS)], "limit": 200, **query}
    answer = door.post("/customer/query", body)
    assert answer.status_code == 200, answer.data
    return {
        row["id"]: {key: row[f"insight_{key}"] for key in KEYS if f"insight_{key}" in row}
        for row in answer.data["data"]
    }


def today() -> date:
    """The day in the zone of the firms."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()


def stage_of(days: list[date], now: date, usual: float) -> str:
    """The stage by the book: multiples of the median gap, half-way to everybody's where there is one gap alone."""
    if not days:
        return "potential"
    gaps = [(b - a).days for a, b in itertools.pairwise(days)]
    rhythm = statistics.median(gaps) if gaps else usual
    if len(gaps) == 1:
        rhythm = (rhythm + usual) / 2
    rhythm = min(max(rhythm, 14), 365)
    since = (now - days[-1]).days
    if since > rhythm * 4:
        return "lost"
    if since > rhythm * 2:
        return "dormant"
    if not gaps:
        return "new"
    return "won_back" if gaps[-1] > rhythm * 4 else "active"


def value(field: Any) -> Any:
    return field["value"] if isinstance(field, dict) else field


def test_the_figures_are_those_of_plain_python(firm: Firm) -> None:
    rng, now = random.Random(5), today()
    people = customers(firm, 36)
    rows = [
        Ordered(one, now - timedelta(rng.randrange(0, 600)), round(rng.uniform(10, 1000), 2))
        for one in people[:30] for _ in range(rng.randrange(1, 5))
    ]  # fmt: skip
    orders(firm, [*rows, rows[0], Ordered(None, now, 5), Ordered(people[30], now + timedelta(9), 7)])
    rows.append(rows[0])
    computed(firm)
    door = firm.door()
    told = shown(door)
    days: dict[str, list[date]] = {str(one): [] for one in people}
    spend = dict.fromkeys(days, 0.0)
    year = dict.fromkeys(days, 0.0)
    for row in rows:
        key = str(row.customer)
        assert row.day
        days[key] = sorted({*days[key], row.day})
        spend[key] += row.amount
        year[key] += row.amount if row.day > now - timedelta(365) else 0
    gaps = [(b - a).days for each in days.values() for a, b in itertools.pairwise(each)]
    usual = statistics.median(gaps)
    for key, each in days.items():
        got = told[key]
        assert value(got["stage"]) == stage_of(each, now, usual), (key, each)
        assert got["orders"] == len(each)
        if each:
            assert got["last_on"] == each[-1].isoformat()
            assert got["spend"] == pytest.approx(spend[key], abs=0.011)
    ranked = sorted((key for key in days if days[key]), key=lambda key: -year[key])
    total, before = sum(year.values()), 0.0
    for key in ranked:
        share = before / total * 100
        tier = "low" if year[key] <= 0 else "high" if share < 80 else "standard" if share < 95 else "low"
        assert value(told[key]["tier"]) == tier, (key, share)
        before += year[key]
    stages: dict[str, int] = {}
    for each in days.values():
        stages[stage_of(each, now, usual)] = stages.get(stage_of(each, now, usual), 0) + 1
    lost = shown(door, filter={"field": "insight_stage", "op": "is", "value": "lost"})
    assert len(lost) == stages["lost"]
    best = list(shown(door, sort=["-insight_spend"], limit=3))
    assert best == sorted(days, key=lambda key: -spend[key])[:3]
    home = door.get("/insight").data
    assert {row["stage"]: row["customers"] for row in home["stages"]} == stages
    flow = home["flow"][-1]["moves"]
    assert sum(move["customers"] for move in flow) == 36
    assert {move["to"]: 0 for move in flow}.keys() <= stages.keys()
    assert len(home["missing"]) >= 2, "an order without a customer, one of the days to come"
    assert [card["key"] for card in home["cards"]][:2] == ["profile", "knowledge"] and len(
        home["cards"]
    ) == 10
    card = door.get(f"/insight/customers/{ranked[0]}").data
    assert card["why"]["stage"] and card["why"]["tier"] and card["models"]["clv"] and card["as_of"]
    assert {change["kind"] for change in card["changes"]} == {"stage", "tier"} and len(card["months"]) == 1
    assert door.get(f"/customer/{ranked[0]}").data["version"] == 1, "the customer itself is not touched"
    _a_second_run_tells_what_changed(firm, ranked, now)


def _a_second_run_tells_what_changed(firm: Firm, ranked: list[str], now: date) -> None:
    door = firm.door()
    stage = {"and": [{"field": "insight_stage", "op": "is", "value": "lost"}]}
    lost = next(iter(shown(door, filter=stage)))
    orders(firm, [Ordered(uuid.UUID(lost), now, 1)])
    computed(firm)
    told = door.get(f"/insight/customers/{lost}").data
    newest = next(change for change in told["changes"] if change["kind"] == "stage")
    assert newest["key"] in {"active", "won_back"} and newest["was"] and newest["on"], newest
    sheet = door.post(
        "/exports", {"object": "customer", "fields": ["name", "insight_stage"], "format": "csv"}
    )
    assert sheet.status_code in (201, 202), sheet.data


@pytest.mark.parametrize("rows", [
    [], [(0, 10, 100)], [(0, 10, -5)], [(0, -30, 100)], [(0, 10, 100), (0, 10, 100)], [(0, 3660, 5), (0, 1, 5)],
    [(n % 3, n * 10, 100) for n in range(40)], [(0, 5, 0)],
], ids=["none", "one", "refund", "future", "twice", "ten years", "constant", "free"])  # fmt: skip
def test_odd_histories_make_no_nonsense(firm: Firm, rows: list[tuple[int, int, float]]) -> None:
    now, people = today(), customers(firm, 3)
    orders(firm, [Ordered(people[who], now - timedelta(ago), abs(amount)) for who, ago, amount in rows])
    computed(firm)
    told = shown(firm.door())
    home = firm.door().get("/insight")
    assert home.status_code == 200 and home.data["run"]["state"] == "done"
    assert all(row["churn"] is None and row["stage"] for row in told.values())
    if not rows or rows == [(0, -30, 100)]:
        assert {value(row["stage"]) for row in told.values()} == {"potential"} and home.data["missing"]
    assert firm.door().get(f"/insight/customers/{people[0]}").status_code == 200


def test_insight_is_seen_by_the_rights_of_the_customer(firm: Firm) -> None:
    (one,) = customers(firm, 1)
    orders(firm, [Ordered(one, date(2026, 1, 5), 100)])
    computed(firm)
    rep = firm.door(firm.add("林销售", Role.MEMBER))
    assert rep.get(f"/insight/customers/{one}").status_code == 404, "a customer of somebody else"
    seen = rep.get("/insight").data
    assert seen["stages"] == [] and seen["flow"] == [] and seen["pareto"] == [] and not seen["may"]
    assert rep.post("/insight/runs").status_code == 403
    assert rep.patch("/insight/settings", {"version": 0, "dormant": 3}).status_code == 403
    other = found("北海公司", "chief@other.example", "李强").door()
    assert other.get(f"/insight/customers/{one}").status_code == 404
    assert other.get("/insight").data["as_of"] is None


def test_rules_are_checked_and_insight_can_be_switched_off(firm: Firm) -> None:
    door = firm.door()
    customers(firm, 1)
    wrong = door.patch("/insight/settings", {"version": 0, "dormant": 5, "lost": 3, "high_cut": 99.5})
    assert {error["field"] for error in wrong.data["errors"]} == {"lost", "high_cut", "low_cut"}
    kept = door.patch("/insight/settings", {"version": 0, "dormant": 3})
    assert (kept.status_code, kept.data["rules"]["dormant"], kept.data["version"]) == (200, 3, 1)
    assert door.patch("/insight/settings", {"version": 0, "dormant": 2}).status_code == 409
    assert door.patch("/insight/settings", {"version": 1, "is_on": False}).status_code == 200
    keys = {f["key"] for f in door.get("/meta/objects/customer").data["fields"]}
    assert not any(key.startswith("insight_") for key in keys)
    assert door.post("/insight/runs").data["code"] == "insight_off"
    assert run_jobs() == 0
