"""Forecasts of a workspace: sums against plain Python, honesty on short series, the pipeline's shares, and who sees them."""

import random
import uuid
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from guanxi.domains.insight.customers.models import InsightRun
from guanxi.domains.insight.methods.pipelines import NEVER, Deals, pipeline
from guanxi.domains.insight.methods.thin import TooThin
from guanxi.engine.records import store
from guanxi.engine.tenancy.context import session
from tests.domains.insight.firms import computed, ctx_of, put
from tests.domains.insight.test_workspace import today
from tests.engine.access.people import ALL, make_role, person_with
from tests.firms import Firm

pytestmark = pytest.mark.django_db


def month_back(day: date, count: int) -> date:
    """The first of the month so many months before a day's."""
    place = day.year * 12 + day.month - 1 - count
    return date(place // 12, place % 12 + 1, 1)


def won_deals(firm: Firm, rows: list[tuple[date, float]]) -> list[uuid.UUID]:
    """Deals that were won on these days."""
    with session(firm.workspace.id):
        ids = store.bulk_create(ctx_of(firm), "opportunity", [
            {"name": f"商机{n}", "amount": amount, "start_date": (day - timedelta(40)).isoformat()}
            for n, (day, amount) in enumerate(rows)
        ])  # fmt: skip
        values: dict[uuid.UUID, dict[str, Any]] = {
            i: {"stage": "won", "close_date": day} for i, (day, _) in zip(ids, rows, strict=True)
        }
        put(firm, "opportunity", values)
    return ids


def steady(now: date, months: int) -> list[tuple[date, float]]:
    """A few deals won in each month, some of them in the running one."""
    rng = random.Random(2)
    return [
        (min(month_back(now, back) + timedelta(days=rng.randrange(0, 27)), now), round(rng.uniform(800, 1200), 2))
        for back in range(months + 1) for _ in range(4)
    ]  # fmt: skip


def test_months_are_told_with_range_accuracy_and_the_records_behind(firm: Firm) -> None:
    now = today()
    rows = steady(now, 16)
    won_deals(firm, rows)
    computed(firm)
    door = firm.door()
    answer = door.get("/insight/forecast")
    assert answer.status_code == 200, answer.data
    won = answer.data["won"]
    sums: dict[str, float] = {}
    for day, amount in rows:
        sums[day.replace(day=1).isoformat()] = sums.get(day.replace(day=1).isoformat(), 0) + amount
    running = now.replace(day=1).isoformat()
    assert won["so_far"] == pytest.approx(sums.pop(running), abs=0.02)
    assert {each["month"]: each["value"] for each in won["history"]} == pytest.approx(sums, abs=0.02)
    for each in (won["history"][3], won["history"][-1]):
        found = door.post(
            "/opportunity/query", {"filter": each["filter"], "measures": [{"op": "sum", "field": "amount"}]}
        )
        listed = door.post(
            "/opportunity/query", {"filter": each["filter"], "fields": ["amount"], "limit": 100}
        ).data
        assert found.status_code == 200
        assert sum(row["amount"] for row in listed["data"]) == pytest.approx(each["value"], abs=0.02)
    assert won["ahead"][0]["month"] == running and len(won["ahead"]) == 6
    for each in won["ahead"][1:]:
        assert each["low"] <= each["value"] <= each["high"] and 2000 < each["value"] < 6500, each
    widths = [each["high"] - each["low"] for each in won["ahead"][1:]]
    assert widths == pytest.approx(sorted(widths), abs=0.05), (
        "what lies farther ahead is not told to be surer"
    )
    assert len(won["accuracy"]) == 6 and not any(each["tracked"] for each in won["accuracy"])
    assert won["error"] is not None and won["error"] < 60
    assert answer.data["received"]["missing"], "no payments: nothing is told"
    _what_was_told_is_held_against_what_came(firm, now)


def _what_was_told_is_held_against_what_came(firm: Firm, now: date) -> None:
    """A run of last month told something: it stands before what is reckoned back."""
    last = month_back(now, 1)
    with session(firm.workspace.id):
        run = InsightRun.objects.get(workspace_id=firm.workspace.id)
        InsightRun.objects.create(
            workspace_id=firm.workspace.id, day=last, state="done", started_at=run.started_at - timedelta(days=31),
            finished_at=run.started_at - timedelta(days=31),
            figures={"forecast": {"won": {"ahead": [{"month": last.isoformat(), "value": 1234.5}]}, "received": {"ahead": []}}},
        )  # fmt: skip
    computed(firm)
    accuracy = {each["month"]: each for each in firm.door().get("/insight/forecast").data["won"]["accuracy"]}
    assert accuracy[last.isoformat()]["tracked"] and accuracy[last.isoformat()]["told"] == 1234.5
    assert not accuracy[month_back(now, 2).isoformat()]["tracked"]


@pytest.mark.parametrize("months", [None, 0, 3])
def test_a_short_series_has_no_forecast_and_says_so(firm: Firm, months: int | None) -> None:
    if months is not None:
        won_deals(firm, steady(today(), months))
    computed(firm)
    told = firm.door().get("/insight/forecast").data
    assert (
        told["won"]["ahead"] == [] and "at least 8" in told["won"]["missing"] and told["won"]["error"] is None
    )


def test_the_forecast_is_for_who_sees_every_deal_and_its_amount(firm: Firm) -> None:
    won_deals(firm, steady(today(), 12))
    computed(firm)
    door = firm.door()
    assert door.get("/insight/forecast").data["won"]["ahead"]
    own = {**ALL, "see": "own"}
    for n, rights in enumerate((
        {"objects": {"*": ALL, "opportunity": own, "payment": own}},
        {"objects": {"*": ALL}, "fields": {"opportunity": {"amount": "hidden"}, "payment": {"amount": "hidden"}}},
        {"objects": {"*": ALL}, "fields": {"opportunity": {"amount": "masked"}, "payment": {"amount": "masked"}}},
    )):  # fmt: skip
        make_role(door, f"f{n}", **rights)
        told = person_with(firm, door, f"f{n}").get("/insight/forecast").data
        assert told["won"] is None and told["received"] is None and told["teams"] == [] and told["missing"], (
            rights
        )


def test_the_pipeline_tells_what_stages_have_brought() -> None:
    """Every month ten deals enter; after a month half of those in the second stage are won, none in the first."""
    months = np.arange(0, 24 * 30, 30, dtype=np.int64)
    opened, closed, won, stays = [], [], [], []
    for n, start in enumerate(months[:-1]):
        for k in range(10):
            place = len(opened)
            good = k % 2 == 0
            opened.append(int(start) + 1)
            over = n < len(months) - 2
            closed.append(int(start) + 45 if over else NEVER)
            won.append(good and over)
            stays.append(
                (place, 2 if good or k < 5 else 1, int(start) + 1, int(start) + 45 if over else NEVER)
            )
    deal, stage, entered, left = (np.array(column, dtype=np.int64) for column in zip(*stays, strict=True))
    deals = Deals(
        np.array(opened), np.array(closed), np.array(won), np.full(len(opened), 100.0), (deal, stage, entered, left)
    )  # fmt: skip
    told = pipeline(deals, months, 2, 3)
    assert told.shares[2, 0] == pytest.approx(5 / 7, abs=0.03) and told.shares[1, 0] < 0.1
    assert told.open[0] == pytest.approx(500, abs=15) and told.open[2] == pytest.approx(0, abs=5)
    assert told.new[0] == 0 and told.new[1] == pytest.approx(500)
    with pytest.raises(TooThin):
        pipeline(deals, months[:2], 2, 3)
