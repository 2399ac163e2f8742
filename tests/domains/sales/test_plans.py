"""Follow-up plans make tasks day by day, once, and stop when a record fits no longer or has answered."""

import uuid
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guanxi.domains.sales.follow_up.plans.known import plans_of
from guanxi.domains.sales.follow_up.plans.running import seed, settle
from guanxi.engine.records import store
from guanxi.engine.records.hooks import Change
from guanxi.engine.tenancy.context import Ctx
from tests.domains.conftest import Office
from tests.firms import Door

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=SHANGHAI)
NEW = {"field": "lifecycle", "op": "is", "value": "new"}
STEPS = [{"day": 0, "subject": {"zh-CN": "欢迎电话"}}, {"day": 3, "subject": {"zh-CN": "问使用情况"}}, {"day": 12, "subject": {"zh-CN": "满月回访"}}]  # fmt: skip


@pytest.fixture
def boss(office: Office) -> Door:
    return office.firm.door()


def made(boss: Door, **given: Any) -> dict[str, Any]:
    body = {"object": "customer", "name": {"zh-CN": "新客户首月"}, "condition": NEW, "steps": STEPS, **given}
    answer = boss.post("/follow-ups/plans", body)
    assert answer.status_code == 201, answer.data
    found: dict[str, Any] = answer.data
    return found


def begun(office: Office, boss: Door, plan: dict[str, Any], **given: Any) -> None:
    answer = boss.patch(
        f"/follow-ups/plans/{plan['id']}", {"version": plan["version"], "enabled": True, **given}
    )
    assert answer.status_code == 200, answer.data
    seed(office.system, uuid.UUID(plan["id"]))


def at(ctx: Ctx, moment: datetime) -> Ctx:
    return replace(ctx, now=moment)


def run(office: Office, moment: datetime) -> int:
    ctx = at(office.system, moment)
    return sum(settle(ctx, plan) for plan in plans_of(ctx))


def customer(office: Office, ctx: Ctx | None = None, **values: Any) -> dict[str, Any]:
    given = {"name": f"客户 {uuid.uuid4().hex[:8]}", "lifecycle": "new", **values}
    return store.create(ctx or at(office.ctx(office.rep), MONDAY), "customer", given)


def tasks(boss: Door, about: dict[str, Any]) -> list[dict[str, Any]]:
    query = {"filter": {"field": "customer", "op": "is", "value": about["id"]}, "sort": "due_at"}
    found: list[dict[str, Any]] = boss.post("/task/query", query).data["data"]
    return found


def test_a_new_customer_has_their_first_task_at_once_and_the_next_on_their_days(
    office: Office, boss: Door
) -> None:
    begun(office, boss, made(boss))
    one = customer(office)
    (first,) = tasks(boss, one)
    assert (first["subject"], first["owner"]["name"], first["status"]) == ("欢迎电话", "林销售", "open")
    assert first["reason"] == "跟进计划「新客户首月」第 1 步（第 0 天）"
    assert datetime.fromisoformat(first["due_at"]).astimezone(SHANGHAI) == MONDAY.replace(hour=18)
    assert run(office, MONDAY + timedelta(days=2)) == 0
    assert (run(office, MONDAY + timedelta(days=3)), run(office, MONDAY + timedelta(days=3))) == (1, 0)
    # The twelfth day is a Saturday: the task comes on Monday.
    assert run(office, MONDAY + timedelta(days=12)) == 0
    assert run(office, MONDAY + timedelta(days=14)) == 1
    assert [task["subject"] for task in tasks(boss, one)] == ["欢迎电话", "问使用情况", "满月回访"]
    assert run(office, MONDAY + timedelta(days=60)) == 0


def test_who_fits_no_longer_leaves_with_their_open_tasks_and_begins_anew(office: Office, boss: Door) -> None:
    begun(office, boss, made(boss))
    one = customer(office)
    key = uuid.UUID(one["id"])
    ctx = at(office.ctx(office.rep), MONDAY + timedelta(days=1))
    store.update(ctx, "customer", key, {"lifecycle": "active"})
    assert [task["status"] for task in tasks(boss, one)] == ["cancelled"]
    assert run(office, MONDAY + timedelta(days=9)) == 0
    store.update(at(ctx, MONDAY + timedelta(days=10)), "customer", key, {"lifecycle": "new"})
    assert [task["status"] for task in tasks(boss, one)] == ["cancelled", "open"]
    # What the condition does not look at asks nothing of the plan.
    store.update(at(ctx, MONDAY + timedelta(days=10)), "customer", key, {"description": "改一下"})
    assert len(tasks(boss, one)) == 2
    store.delete(at(ctx, MONDAY + timedelta(days=11)), "customer", key)
    assert run(office, MONDAY + timedelta(days=30)) == 0


def test_an_answer_stops_a_plan_that_says_so(office: Office, boss: Door) -> None:
    begun(office, boss, made(boss, stops_on_contact=True))
    one, other = customer(office), customer(office)
    later = at(office.ctx(office.rep), MONDAY + timedelta(hours=2))
    store.create(later, "call", {"customer": one["id"], "outcome": "interested"})
    store.create(later, "call", {"customer": other["id"], "outcome": "no_answer"})
    assert run(office, MONDAY + timedelta(days=3)) == 1
    assert (len(tasks(boss, one)), len(tasks(boss, other))) == (1, 2)


def test_those_who_fit_already_are_left_out_or_taken_in(office: Office, boss: Door) -> None:
    old = customer(office)
    nobodys = store.create(office.ctx(), "customer", {"name": "没人管", "lifecycle": "new"})
    store.bulk_write(office.system, "customer", [_disowned(nobodys)], trusted=True)
    left_out, taken_in = made(boss), made(boss, name={"zh-CN": "全部"}, steps=STEPS[:1], workdays=False)
    begun(office, boss, left_out)
    assert tasks(boss, old) == []
    begun(office, boss, taken_in, existing=True)
    assert [task["reason"][:8] for task in tasks(boss, old)] == ["跟进计划「全部」"]
    assert tasks(boss, nobodys) == [], "nobody's records wait for an owner"
    assert {p["name"]["zh-CN"]: p["running"] for p in boss.get("/follow-ups/plans").data["data"]} == {
        "新客户首月": 0,
        "全部": 1,
    }


def _disowned(record: dict[str, Any]) -> Change:
    return Change("update", uuid.UUID(record["id"]), {"owner": None})


@pytest.mark.parametrize(
    ("given", "field"),
    [({"steps": []}, "steps"), ({"steps": STEPS[::-1]}, "steps.1.day"), ({"name": {"zh-CN": " "}}, "name"), ({"object": "product"}, "object"),
     ({"condition": {"field": "nope", "op": "is", "value": 1}}, "condition.filter.field"), ({"steps": [{"day": 1, "subject": {}}]}, "steps.0.subject")],
)  # fmt: skip
def test_a_plan_that_cannot_be_run_is_refused(boss: Door, given: dict[str, Any], field: str) -> None:
    body = {"object": "customer", "name": {"zh-CN": "计划"}, "condition": NEW, "steps": STEPS, **given}
    answer = boss.post("/follow-ups/plans", body)
    assert answer.status_code == 422, answer.data
    assert answer.data["errors"][0]["field"].startswith(field.split(".filter", maxsplit=1)[0]), answer.data


def test_plans_are_set_up_by_who_keeps_the_rules_and_a_broken_one_rests(office: Office, boss: Door) -> None:
    plan = made(boss)
    one = customer(office)
    told = boss.post("/follow-ups/plans/preview", {"object": "customer", "condition": NEW})
    assert (told.data["count"]["value"], [r["id"] for r in told.data["sample"]]) == (1, [one["id"]])
    rep = office.firm.door(office.rep)
    for answer in (rep.get("/follow-ups/plans"), rep.post("/follow-ups/plans", {"object": "customer", "name": {}, "steps": []}),
                   rep.post("/follow-ups/plans/preview", {"object": "customer"}), rep.delete(f"/follow-ups/plans/{plan['id']}")):  # fmt: skip
        assert answer.status_code == 403, answer.data
    assert boss.patch(f"/follow-ups/plans/{plan['id']}", {"enabled": True}).status_code == 428
    assert boss.patch(f"/follow-ups/plans/{plan['id']}", {"enabled": True, "version": 9}).status_code == 409
    assert boss.delete(f"/follow-ups/plans/{plan['id']}").status_code == 204
    assert boss.delete(f"/follow-ups/plans/{plan['id']}").status_code == 404
