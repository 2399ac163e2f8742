"""What follows from the stage of a deal."""

import uuid
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from guanxi.engine.records import store
from guanxi.engine.schema.loading import refreshed
from guanxi.engine.schema.models import Pipeline, Stage
from guanxi.engine.tenancy.context import Ctx, Via
from guanxi.engine.tenancy.models import Workspace
from guanxi.kit.errors import Invalid
from tests.domains.conftest import Office


def deal(ctx: Ctx, **values: Any) -> dict[str, Any]:
    return store.create(ctx, "opportunity", {"name": "焊接工作站 3 台", "amount": 745000, **values})


def change(ctx: Ctx, record: dict[str, Any], **values: Any) -> dict[str, Any]:
    return store.update(ctx, "opportunity", uuid.UUID(record["id"]), values, version=record["version"])


def test_a_new_deal_starts_at_the_first_stage_of_the_default_pipeline(office: Office) -> None:
    ctx = office.ctx()
    made = deal(ctx)
    assert (made["pipeline"], made["stage"], made["status"]) == ("standard", "qualification", "open")
    assert made["probability"] == 10
    assert made["start_date"] == ctx.today.date().isoformat()
    assert made["stage_entered_at"] and made["close_date"] is None
    assert made["currency"] == "CNY"


def test_a_stage_brings_its_probability_and_the_moment_it_was_entered(office: Office) -> None:
    ctx = office.ctx()
    made = deal(ctx)
    ctx = replace(ctx, now=ctx.now + timedelta(days=3))
    moved = change(ctx, made, stage="proposal")
    assert moved["probability"] == 50
    assert moved["stage_entered_at"] > made["stage_entered_at"]
    kept = change(ctx, moved, amount=800000)
    assert kept["stage_entered_at"] == moved["stage_entered_at"]


def test_a_probability_that_is_given_stands(office: Office) -> None:
    made = deal(office.ctx(), stage="proposal", probability=65)
    assert made["probability"] == 65
    moved = change(office.ctx(), made, stage="negotiation", probability=80)
    assert moved["probability"] == 80
    assert change(office.ctx(), moved, next_step="报价")["probability"] == 80


def test_a_won_deal_is_closed_today_unless_a_day_is_given(office: Office) -> None:
    ctx = office.ctx()
    won = change(ctx, deal(ctx), stage="won")
    assert (won["status"], won["probability"], won["close_date"]) == (
        "won",
        100,
        ctx.today.date().isoformat(),
    )
    dated = change(ctx, deal(ctx), stage="won", close_date="2026-03-01")
    assert dated["close_date"] == "2026-03-01"


def test_losing_a_deal_asks_why(office: Office) -> None:
    ctx = office.ctx()
    made = deal(ctx)
    with pytest.raises(Invalid) as refused:
        change(ctx, made, stage="lost")
    assert [(e.field, e.code) for e in refused.value.errors] == [("loss_reason", "required")]
    lost = change(ctx, made, stage="lost", loss_reason="price", loss_note="高一成")
    assert (lost["status"], lost["probability"]) == ("lost", 0)


def test_a_deal_that_is_taken_up_again_forgets_its_end(office: Office) -> None:
    ctx = office.ctx()
    lost = change(ctx, deal(ctx), stage="lost", loss_reason="price", competitor="华岳")
    again = change(ctx, lost, stage="negotiation")
    assert (again["status"], again["close_date"], again["loss_reason"]) == ("open", None, None)
    assert again["competitor"] == "华岳"


def test_an_import_of_old_deals_needs_no_reason_and_keeps_their_days(office: Office) -> None:
    ctx = office.ctx(via=Via.IMPORT)
    lost = deal(ctx, stage="lost", start_date="2016-10-20", close_date="2017-03-01")
    assert (lost["status"], lost["close_date"]) == ("lost", "2017-03-01")
    assert lost["stage_entered_at"].startswith("2017-02-28T16:00")  # midnight in Shanghai
    open_one = deal(ctx, stage="needs", start_date="2017-05-04")
    assert open_one["stage_entered_at"].startswith("2017-05-03T16:00")


def test_the_close_date_of_an_open_deal_is_the_expected_one(office: Office) -> None:
    made = deal(office.ctx(), close_date="2027-01-31")
    assert (made["expected_close_date"], made["close_date"]) == ("2027-01-31", None)
    kept = change(office.ctx(), made, close_date="2027-02-28")
    assert (kept["expected_close_date"], kept["close_date"]) == ("2027-01-31", None)


@pytest.mark.asvs("2.2.3")
def test_a_deal_can_go_to_the_first_stage_of_another_pipeline(office: Office) -> None:
    workspace = office.firm.workspace
    other = Pipeline.objects.create(
        workspace=workspace, object_key="opportunity", key="renewal", name={"en": "R"}
    )
    for position, (key, kind) in enumerate((("due", "open"), ("renewed", "won"))):
        Stage.objects.create(workspace=workspace, pipeline=other, object_key="opportunity", key=key, kind=kind,
                             name={"en": key}, position=position)  # fmt: skip
    Workspace.objects.filter(id=workspace.id).update(schema_version=2)
    ctx = refreshed(office.ctx())
    made = deal(ctx, pipeline="renewal")
    assert made["stage"] == "due"
    moved = change(ctx, deal(ctx), pipeline="renewal")
    assert (moved["pipeline"], moved["stage"]) == ("renewal", "due")
    assert deal(ctx, stage="renewed")["pipeline"] == "renewal"
    with pytest.raises(Invalid) as refused:
        deal(ctx, pipeline="standard", stage="due")
    assert refused.value.errors[0].code == "other_pipeline"


def test_a_deal_with_a_contact_is_with_their_customer(office: Office) -> None:
    ctx = office.ctx()
    customer = store.create(ctx, "customer", {"name": "中山市恒拓自动化设备有限公司"})
    contact = store.create(ctx, "contact", {"name": "罗建国", "customer": customer["id"]})
    assert deal(ctx, contact=contact["id"])["customer"]["id"] == customer["id"]


def test_status_and_dates_that_follow_cannot_be_set(office: Office) -> None:
    for field, value in (("status", "won"), ("stage_entered_at", "2020-01-01T00:00:00Z")):
        with pytest.raises(Invalid) as refused:
            deal(office.ctx(), **{field: value})
        assert refused.value.errors[0].code == "readonly_field"
