"""Commission: bands add up, pay is between oneself and who pays; closed statements never change. Score cards by weight."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanxi.domains.sales.targets import contests
from guanxi.domains.sales.targets.bands import Band, earned, score, total_of
from guanxi.domains.sales.targets.rules import period_of
from guanxi.engine.identity.models import Membership
from guanxi.engine.notifications.models import Notification
from tests.domains.conftest import Office
from tests.domains.sales.test_targets import aim, plan, win
from tests.firms import Door

cents = st.integers(0, 10**12).map(lambda n: Decimal(n) / 100)
bands = st.dictionaries(st.integers(0, 10**8), st.integers(0, 100), min_size=1, max_size=8).map(
    lambda each: [Band(Decimal(start), Decimal(rate)) for start, rate in sorted(each.items())]
)


def paid(by: list[Band], actual: Decimal, target: Decimal | None = None, **how: bool) -> Decimal:
    return total_of(
        earned(by, actual, target, **{"whole": False, "by_attainment": False, "money": True} | how)
    )


@given(by=bands, actual=cents, more=cents)
def test_progressive_bands_take_every_cent_once_and_more_never_pays_less(
    by: list[Band], actual: Decimal, more: Decimal
) -> None:
    steps = earned(by, actual, None, whole=False, by_attainment=False, money=True)
    assert sum(step.base for step in steps) == max(actual - by[0].start, Decimal())
    assert all(step.start <= actual for step in steps)
    assert paid(by, actual + more) >= paid(by, actual) - Decimal("0.05")  # each step is rounded
    assert abs(total_of(steps) - sum((s.base * s.rate / 100 for s in steps), Decimal())) <= Decimal(
        "0.005"
    ) * len(steps)


@given(by=bands, actual=cents)
def test_whole_pays_the_highest_rate_reached_for_everything(by: list[Band], actual: Decimal) -> None:
    reached = [band for band in by if band.start <= actual]
    exact = actual * reached[-1].rate / 100 if reached else Decimal()
    assert abs(paid(by, actual, whole=True) - exact) <= Decimal("0.005")


@given(by=bands, actual=cents, target=cents)
def test_attainment_is_amounts_of_the_target(by: list[Band], actual: Decimal, target: Decimal) -> None:
    scaled = [Band(band.start * target / 100, band.rate) for band in by]
    same = paid(scaled, actual) if target and actual > 0 else Decimal()
    if target:
        assert paid(by, actual, target, by_attainment=True) == same
    else:
        assert paid(by, actual, target, by_attainment=True) == 0
    assert paid(by, -actual) == 0


@given(parts=st.lists(st.tuples(st.none() | st.decimals(-50, 300, places=1), st.integers(0, 100).map(Decimal),
                                st.integers(1, 200).map(Decimal)), max_size=6))  # fmt: skip
def test_a_score_is_between_nought_and_the_highest_cap(parts: list[Any]) -> None:
    found = score(parts)
    if found is None:
        assert not any(share is not None and weight for share, weight, _ in parts)
    else:
        assert 0 <= found <= max(cap for _, _, cap in parts)


BANDS = [{"from": 0, "rate": 1}, {"from": 1000, "rate": 2}]


def last_month(office: Office) -> date:
    return period_of("month", office.ctx().today.date()).moved(-1).start


def earn(office: Office, owner: Any, amount: int, day: date) -> str:
    deal = win(office, owner, amount)
    door = office.firm.door()
    version = door.get(f"/opportunity/{deal}").data["version"]
    moved = door.patch(f"/opportunity/{deal}", {"close_date": day.isoformat(), "version": version})
    assert moved.status_code == 200, moved.data
    return deal


@pytest.fixture
def boss(office: Office) -> Door:
    return office.firm.door()


@pytest.fixture
def rule(boss: Door) -> dict[str, Any]:
    made = boss.post(
        "/targets/commissions", {"name": {"zh-CN": "提成"}, "plan_id": plan(boss)["id"], "bands": BANDS}
    )
    assert made.status_code == 201, made.data
    return made.data


def lines(door: Door, rule: dict[str, Any], day: date) -> dict[str, Any]:
    answer = door.get(f"/targets/commissions/{rule['id']}/statement?day={day}")
    assert answer.status_code == 200, answer.data
    return {line["name"]: line["amount"] for line in answer.data["lines"]}


def test_everybody_sees_their_own_pay_and_who_leads_them_theirs(
    office: Office, boss: Door, rule: dict[str, Any]
) -> None:
    day = last_month(office)
    for person, amount in ((office.rep, 1500), (office.manager, 500), (office.other, 100)):
        earn(office, person, amount, day)
    assert lines(boss, rule, day) == {"林销售": 20, "周经理": 5, "何销售": 1}
    assert lines(office.firm.door(office.rep), rule, day) == {"林销售": 20}
    assert lines(office.firm.door(office.manager), rule, day) == {"林销售": 20, "周经理": 5}
    # A colleague who sees everybody's deals does not see their pay.
    Membership.objects.filter(user_id=office.other.id).update(
        team=Membership.objects.get(user_id=office.rep.id).team
    )
    assert lines(office.firm.door(office.other), rule, day) == {"何销售": 1}
    boss.patch(
        f"/targets/commissions/{rule['id']}",
        {"version": 1, "people": [{"kind": "user", "id": str(office.rep.id)}]},
    )
    other = office.firm.door(office.other)
    assert other.get(f"/targets/commissions/{rule['id']}/statement?day={day}").status_code == 404
    assert other.get("/targets/commissions").data == {"rules": [], "may": False}


def test_what_is_closed_stays_whatever_comes(office: Office, boss: Door, rule: dict[str, Any]) -> None:
    day = last_month(office)
    earn(office, office.rep, 1500, day)
    close = f"/targets/commissions/{rule['id']}/close"
    early = boss.post(close, {"day": office.ctx().today.date().isoformat()})
    assert (early.status_code, early.data["code"]) == (409, "not_over")
    assert office.firm.door(office.manager).post(close, {"day": day.isoformat()}).status_code == 403
    assert boss.post(close, {"day": day.isoformat()}).data["total"] == 20
    assert boss.post(close, {"day": day.isoformat()}).data["code"] == "already_closed"
    earn(office, office.rep, 9000, day)
    changed = boss.patch(
        f"/targets/commissions/{rule['id']}", {"version": 1, "bands": [{"from": 0, "rate": 50}]}
    )
    assert changed.status_code == 200, changed.data
    kept = boss.get(f"/targets/commissions/{rule['id']}/statement?day={day}").data
    assert (kept["total"], kept["said"]["bands"][0]["rate"]) == (20, "1") and kept["closed_at"]
    assert lines(office.firm.door(office.rep), rule, day) == {"林销售": 20}
    assert boss.delete(f"/targets/commissions/{rule['id']}").data["code"] == "in_use"
    assert boss.delete(f"/targets/plans/{rule['plan_id']}").data["code"] == "in_use"


def test_a_rule_is_tried_before_it_is_made(office: Office, boss: Door) -> None:
    made, day = plan(boss), last_month(office)
    aim(boss, made, ("user", office.rep.id, day, 1000))
    earn(office, office.rep, 1500, day)
    body = {"name": {"zh-CN": "提成"}, "plan_id": made["id"], "basis": "attainment", "mode": "whole",
            "bands": [{"from": 0, "rate": 1}, {"from": 100, "rate": 3}]}  # fmt: skip
    tried = boss.post("/targets/commissions/preview", {"rule": body, "day": day.isoformat()})
    assert tried.status_code == 200, tried.data
    (line,) = tried.data["lines"]
    assert (line["name"], line["amount"], line["percent"]) == ("林销售", 45, 150)
    assert boss.get("/targets/commissions").data["rules"] == []
    for bad, field in (({"bands": []}, "bands"), ({"bands": [{"from": 0, "rate": 1}] * 2}, "bands"),
                       ({"bands": [{"from": 0, "rate": 101}]}, "bands"), ({"bands": [{"from": -1, "rate": 1}]}, "from"),
                       ({"plan_id": str(office.rep.id)}, "plan_id"),
                       ({"people": [{"kind": "team", "id": str(office.rep.id)}]}, "people")):  # fmt: skip
        answer = boss.post("/targets/commissions", body | bad)
        assert answer.status_code == 422 and field in answer.data["errors"][0]["field"], (bad, answer.data)
    assert office.firm.door(office.manager).post("/targets/commissions", body).status_code == 403


def test_score_cards_weigh_and_cap(office: Office, boss: Door) -> None:
    day = last_month(office)
    won, counted = plan(boss), plan(boss, measure="new_customers")
    aim(boss, won, ("user", office.rep.id, day, 1000), ("user", office.manager.id, day, 1000))
    aim(boss, counted, ("user", office.rep.id, day, 4))
    earn(office, office.rep, 3000, day)
    earn(office, office.manager, 500, day)
    body = {"name": {"zh-CN": "考核"}, "items": [{"plan": won["id"], "weight": 60, "cap": 150},
                                                 {"plan": counted["id"], "weight": 40}]}  # fmt: skip
    made = boss.post("/targets/cards", body)
    assert made.status_code == 201, made.data
    (card,) = boss.get(f"/targets/cards?day={day}").data["data"]
    assert {row["name"]: row["score"] for row in card["rows"]} == {"林销售": 90, "周经理": 50}
    (own,) = office.firm.door(office.rep).get(f"/targets/cards?day={day}").data["data"]
    assert [row["name"] for row in own["rows"]] == ["林销售"]
    assert boss.patch(f"/targets/cards/{made.data['id']}", {"version": 7}).status_code == 409
    assert boss.post("/targets/cards", body | {"items": body["items"][:1] * 2}).status_code == 422
    assert (
        boss.post("/targets/cards", body | {"items": [{"plan": won["id"], "weight": 0}]}).status_code == 422
    )
    assert boss.delete(f"/targets/plans/{won['id']}").data["code"] == "in_use"
    assert boss.delete(f"/targets/cards/{made.data['id']}").status_code == 204


def test_a_competition_has_three_winners_who_stay(office: Office, boss: Door) -> None:
    day = last_month(office)
    made = plan(boss)
    body = {
        "name": {"zh-CN": "冲刺赛"},
        "plan_id": made["id"],
        "first": day.isoformat(),
        "last": day.isoformat(),
        "prize": "键盘",
    }
    for bad, field in (
        ({"last": "2020-01-01"}, "last"),
        ({"last": "2100-01-01"}, "last"),
        ({"plan_id": str(office.rep.id)}, "plan_id"),
    ):
        answer = boss.post("/targets/contests", body | bad)
        assert answer.status_code == 422 and answer.data["errors"][0]["field"] == field, answer.data
    assert office.firm.door(office.manager).post("/targets/contests", body).status_code == 403
    contest = boss.post("/targets/contests", body)
    assert contest.status_code == 201, contest.data
    for person, amount in ((office.rep, 80), (office.other, 90), (office.manager, 80)):
        earn(office, person, amount, day)
    office.firm.door(office.other).put("/targets/shy", {"shy": True})
    rep = office.firm.door(office.rep)
    (seen,) = rep.get("/targets/contests").data["data"]
    standing = [(row["rank"], row["name"], row["actual"]) for row in seen["rows"] if row["rank"] < 4]
    assert standing[0] == (1, None, None)
    assert set(standing[1:]) == {(2, "林销售", 80), (2, "周经理", None)}
    Notification.objects.all().delete()
    assert contests.close_due(office.system) == 3
    assert contests.close_due(office.system) == 0
    won = {row.user_id: row.data["rank"] for row in Notification.objects.filter(kind=contests.KIND)}
    assert won == {office.other.id: 1, office.rep.id: 2, office.manager.id: 2}
    earn(office, office.rep, 500, day)
    (kept,) = rep.get("/targets/contests").data["data"]
    assert [row["rank"] for row in kept["rows"]] == [1, 2, 2] and kept["closed_at"]
    changed = boss.patch(f"/targets/contests/{contest.data['id']}", {"version": 1, "prize": "车"})
    assert changed.data["code"] == "over"
    assert boss.delete(f"/targets/plans/{made['id']}").data["code"] == "in_use"
    assert boss.delete(f"/targets/contests/{contest.data['id']}").status_code == 204
