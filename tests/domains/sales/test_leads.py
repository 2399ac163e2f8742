"""A lead's clock runs in working hours until somebody answers; leads are closed with a reason; the inbox."""

import uuid
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guanxi.engine.records import store
from guanxi.engine.records.query.read import get_record
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.kit.errors import Conflict, Invalid
from tests.domains.conftest import Office

SHANGHAI = ZoneInfo("Asia/Shanghai")
FRIDAY = datetime(2026, 11, 20, 17, 45, tzinfo=SHANGHAI)
MONDAY = datetime(2026, 11, 23, 9, 20, tzinfo=SHANGHAI)


@pytest.fixture
def clock(office: Office) -> None:
    door = office.firm.door()
    answer = door.patch("/assignment", {"version": 1, "response_minutes": 30})
    assert answer.status_code == 200, answer.data


def lead(ctx: Ctx, **values: Any) -> dict[str, Any]:
    return store.create(ctx, "lead", {"name": "王女士", **values})


def now(ctx: Ctx, made: dict[str, Any]) -> dict[str, Any]:
    return get_record(ctx, "lead", uuid.UUID(made["id"]))


@pytest.mark.usefixtures("clock")
def test_the_clock_stops_over_the_weekend_and_at_the_first_contact(office: Office) -> None:
    ctx = replace(office.ctx(office.rep), now=FRIDAY)
    made = lead(ctx)
    due = datetime.fromisoformat(made["first_response_due_at"])
    assert due == datetime(2026, 11, 23, 9, 15, tzinfo=SHANGHAI)
    later = replace(ctx, now=MONDAY)
    store.create(later, "call", {"lead": made["id"], "direction": "outbound", "outcome": "no_answer"})
    assert now(later, made)["first_response_at"] is None
    store.create(later, "call", {"lead": made["id"], "direction": "outbound", "outcome": "connected"})
    found = now(later, made)
    assert datetime.fromisoformat(found["first_response_at"]) == MONDAY
    assert (found["first_response_minutes"], found["version"]) == (35, 1)
    store.create(replace(ctx, now=MONDAY.replace(hour=15)), "note", {"lead": made["id"], "body": "又联系了"})
    assert now(later, made)["first_response_minutes"] == 35


@pytest.mark.usefixtures("clock")
def test_a_change_of_status_answers_too_and_nobody_sets_the_clock_by_hand(office: Office) -> None:
    ctx = replace(office.ctx(office.rep), now=FRIDAY)
    made = lead(ctx)
    later = replace(ctx, now=MONDAY)
    store.update(later, "lead", uuid.UUID(made["id"]), {"status": "contacted"})
    assert now(later, made)["first_response_minutes"] == 35
    with pytest.raises(Invalid):
        store.update(later, "lead", uuid.UUID(made["id"]), {"first_response_at": None})
    store.update(later, "lead", uuid.UUID(made["id"]), {"status": "new"})
    store.update(
        replace(later, now=MONDAY.replace(hour=17)), "lead", uuid.UUID(made["id"]), {"status": "contacted"}
    )
    assert now(later, made)["first_response_minutes"] == 35


def test_without_a_promise_there_is_no_due_date_and_old_leads_start_no_clock(office: Office) -> None:
    assert lead(office.ctx(office.rep))["first_response_due_at"] is None
    door = office.firm.door()
    door.patch("/assignment", {"version": 1, "response_minutes": 30})
    assert lead(office.ctx(office.rep), status="contacted")["first_response_due_at"] is None


def test_leads_are_closed_with_a_reason(office: Office) -> None:
    ctx = office.ctx(office.rep)
    one, two = lead(ctx, description="老客户介绍"), lead(ctx)
    with pytest.raises(Invalid):
        office.act(ctx, "lead", "disqualify", one["id"])
    done = office.act(ctx, "lead", "disqualify", one["id"], two["id"], reason="no_budget", note="明年再说")
    assert done == {"disqualified": 2}
    found = now(ctx, one)
    assert (found["status"], found["disqualify_reason"]) == ("disqualified", "no_budget")
    assert found["description"] == "老客户介绍\n明年再说"
    office.act(ctx, "lead", "convert", lead(ctx, company="甲公司")["id"])
    converted = lead(ctx, company="乙公司")
    office.act(ctx, "lead", "convert", converted["id"])
    with pytest.raises(Conflict):
        office.act(ctx, "lead", "disqualify", converted["id"], reason="other")


@pytest.mark.usefixtures("clock")
def test_the_inbox_holds_what_nobody_answered_the_most_pressing_first(office: Office) -> None:
    ctx = office.ctx(office.rep)
    second, first = lead(replace(ctx, now=MONDAY)), lead(replace(ctx, now=FRIDAY))
    answered = lead(replace(ctx, now=FRIDAY))
    store.update(ctx, "lead", uuid.UUID(answered["id"]), {"status": "qualified"})
    door = office.firm.door(office.rep)
    views = door.get("/views?object=lead").data["data"]
    inbox = next(view for view in views if view["id"] == "builtin:inbox")
    query = {key: inbox["definition"][key] for key in ("filter", "sort")}
    found = door.post("/lead/query", query).data["data"]
    assert [each["id"] for each in found] == [first["id"], second["id"]]


def test_campaign_and_utm_come_in_with_the_lead(office: Office) -> None:
    ctx = replace(office.ctx(), via=Via.API)
    made = lead(
        ctx,
        campaign="秋季展会",
        utm_source="baidu",
        utm_medium="cpc",
        landing_page="https://firm.example/a",
        score=80,
    )
    assert (made["campaign"], made["utm_source"], made["utm_medium"], made["score"]) == (
        "秋季展会",
        "baidu",
        "cpc",
        80,
    )
    with pytest.raises(Invalid):
        lead(ctx, score=101)
