"""How fast deals go through their stages, over what somebody sees; and won deals that are like one."""

import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from guanxi.domains.sales.models import Opportunity
from guanxi.domains.sales.pipeline.filling import fill_forecasts
from guanxi.domains.sales.pipeline.models import StageStay
from guanxi.engine.tenancy.context import Role, session, system_ctx
from tests.domains.sales.conftest import made
from tests.engine.access.people import ALL, make_role, person_with
from tests.firms import Door, Firm


def _move(door: Door, deal: dict[str, Any], stage: str, **values: Any) -> None:
    version = door.get(f"/opportunity/{deal['id']}").data["version"]
    answer = door.patch(f"/opportunity/{deal['id']}", {**values, "stage": stage, "version": version})
    assert answer.status_code == 200, answer.data


def _ask(door: Door, **asked: Any) -> Any:
    query = {key: json.dumps(value) if key == "filter" else value for key, value in asked.items()}
    return door.get(f"/deals/velocity?{urlencode(query)}")


def _stages(door: Door, **asked: Any) -> dict[str, dict[str, Any]]:
    answer = _ask(door, **asked)
    assert answer.status_code == 200, answer.data
    return {row["stage"]: row for row in answer.data["stages"]}


def test_velocity_counts_what_went_on_and_how_long_it_stood(firm: Firm, boss: Door) -> None:
    rep = firm.add("林销售", Role.MEMBER)
    deals = [
        made(boss, "opportunity", name=f"{n}单", owner=str(rep.id) if n == 0 else None) for n in range(4)
    ]
    _move(boss, deals[0], "needs")
    _move(boss, deals[1], "needs")
    _move(boss, deals[1], "qualification")
    _move(boss, deals[2], "won")
    _move(boss, deals[3], "lost", loss_reason="price")
    with session(firm.workspace.id):
        for row in StageStay.objects.filter(stage="qualification"):
            row.entered_at = row.left_at - timedelta(days=6)
            row.save()
    found = _stages(boss)
    first = found["qualification"]
    assert (first["forward"], first["back"], first["won"], first["lost"], first["left"]) == (2, 0, 1, 1, 4)
    assert (first["days"], first["standing"], found["needs"]["back"], found["needs"]["standing"]) == (
        6.0,
        1,
        1,
        1,
    )
    assert (found["contract"]["left"], found["contract"]["days"]) == (0, None)
    # One's own, and one's colleagues' not.
    mine = _stages(firm.door(rep))
    assert (mine["qualification"]["left"], mine["needs"]["left"], mine["needs"]["standing"]) == (1, 0, 1)
    some = _stages(boss, filter={"field": "name", "op": "is", "value": "2单"})
    assert (some["qualification"]["left"], some["needs"]["left"]) == (1, 0)
    for wrong in ({"filter": {"field": "nope", "op": "is", "value": 1}}, {"days": 0}, {"days": 4000}):
        assert _ask(boss, **wrong).status_code == 422


def test_won_deals_that_are_like_one_say_why(firm: Firm, boss: Door, other_firm: Firm) -> None:
    pump = made(boss, "product", name="离心泵")
    industry = "education"
    here, there = (made(boss, "customer", name=name, industry=industry) for name in ("恒拓", "远大"))
    deal = made(boss, "opportunity", name="新单", customer=here["id"], product=pump["id"], amount=1000)
    same = made(boss, "opportunity", name="甲", customer=there["id"], product=pump["id"], amount=1100)
    size = made(boss, "opportunity", name="乙", amount=900)
    far = made(boss, "opportunity", name="丙", amount=90000)
    lost = made(boss, "opportunity", name="丁", product=pump["id"], amount=1000)
    for won in (same, size, far):
        _move(boss, won, "won")
    _move(boss, lost, "lost", loss_reason="price")
    answer = boss.get(f"/deals/{deal['id']}/similar")
    assert answer.status_code == 200, answer.data
    found = [(row["record"]["name"], [why["key"] for why in row["why"]]) for row in answer.data["data"]]
    assert found == [("甲", ["product", "industry", "size"]), ("乙", ["size"])]
    rep = firm.door(firm.add("林销售", Role.MEMBER))
    assert rep.get(f"/deals/{deal['id']}/similar").status_code == 404
    assert other_firm.door().get(f"/deals/{deal['id']}/similar").status_code == 404
    hidden = {"customer": {"industry": "hidden"}, "opportunity": {"amount": "masked"}}
    make_role(boss, "half", objects={"*": ALL}, fields=hidden)
    answer = person_with(firm, boss, "half").get(f"/deals/{deal['id']}/similar")
    assert answer.status_code == 200, answer.data
    assert [[why["key"] for why in row["why"]] for row in answer.data["data"]] == [["product"]]


def test_deals_from_before_get_their_category_and_days(firm: Firm, boss: Door) -> None:
    deal = made(boss, "opportunity", name="旧单", start_date="2026-01-01")
    _move(boss, deal, "won", close_date="2026-01-31")
    with session(firm.workspace.id):
        Opportunity.objects.update(forecast_category=None, cycle_days=None)
        fill_forecasts(system_ctx(firm.ctx.workspace))
    kept = boss.get(f"/opportunity/{deal['id']}").data
    assert (kept["forecast_category"], kept["cycle_days"], kept["stage"]) == ("commit", 30, "won")
