"""What stages ask of deals, at every door: fields, conditions, checklists, the way back, tasks; and stages that go."""

import json
from dataclasses import replace
from typing import Any

import pytest

from guanxi.domains.sales.pipeline.models import StageStay
from guanxi.engine.records import store
from guanxi.engine.schema.loading import refreshed
from guanxi.engine.tenancy.context import Role, Via, session
from guanxi.kit.errors import Invalid
from tests.domains.sales.conftest import made
from tests.engine.access.people import ALL, make_role, person_with
from tests.firms import Door, Firm

WON, LOST = "won", "lost"


def _pipeline(door: Door) -> dict[str, Any]:
    found: dict[str, Any] = door.get("/pipelines?object=opportunity").data["data"][0]
    return found


def _guide(door: Door, **guides: dict[str, Any]) -> Any:
    """Give stages of the standard pipeline their guides."""
    row = _pipeline(door)
    stages = [
        {**stage, "guide": guides[stage["key"]]} if stage["key"] in guides else stage
        for stage in row["stages"]
    ]
    return door.patch(f"/pipelines/{row['id']}", {"stages": stages})


def _move(door: Door, deal: dict[str, Any], stage: str, **values: Any) -> Any:
    now = door.get(f"/opportunity/{deal['id']}").data
    return door.patch(f"/opportunity/{deal['id']}", {**values, "stage": stage, "version": now["version"]})


def _said(answer: Any) -> list[tuple[str, str]]:
    assert answer.status_code == 422, answer.data
    return [(error["field"], error["code"]) for error in answer.data["errors"]]


BIG = {
    "filter": {"field": "amount", "op": "gte", "value": 1000},
    "message": {"zh-CN": "至少一千", "en": "At least 1,000"},
}
CALLED = {"key": "x", "name": {"zh-CN": "已确认预算", "en": "Budget confirmed"}}
NICE = {"name": {"zh-CN": "已参观工厂", "en": "Factory shown"}, "required": False}


def test_a_stage_asks_for_fields_a_condition_and_what_is_to_be_done(boss: Door) -> None:
    answer = _guide(
        boss,
        qualification={
            "checklist": [CALLED, NICE],
            "playbook": {"zh-CN": "先问预算。", "en": "Ask for the budget."},
        },
        needs={"required": ["next_step", "contact"]},
        proposal={"entry": BIG},
    )
    assert answer.status_code == 200, answer.data
    (budget, factory) = answer.data["stages"][0]["guide"]["checklist"]
    assert (budget["key"], budget["required"], factory["required"]) == ("budget_confirmed", True, False)
    deal = made(boss, "opportunity", name="一单", amount=500)
    assert _said(_move(boss, deal, "needs")) == [
        ("checklist", "checklist"),
        ("next_step", "required"),
        ("contact", "required"),
    ]
    contact = made(boss, "contact", name="罗建国")
    ticked = {"checklist": [budget["key"]], "next_step": "报价"}
    # What is passed over is asked for, too.
    answer = _move(boss, deal, "proposal", **ticked)
    assert _said(answer) == [("contact", "required"), ("amount", "gate")]
    assert answer.data["errors"][1]["message"] == "At least 1,000"
    assert _said(_move(boss, deal, WON, **ticked)) == [("contact", "required"), ("amount", "gate")]
    moved = _move(boss, deal, "proposal", **ticked, contact=contact["id"], amount=1000)
    assert moved.status_code == 200, moved.data
    assert moved.data["checklist"] == ["budget_confirmed"]
    # A deal can always be lost, and be put back; what it does not enter does not ask.
    lost = _move(boss, made(boss, "opportunity", name="二单"), LOST, loss_reason="price")
    assert lost.status_code == 200, lost.data


def test_what_a_role_may_not_fill_in_is_asked_of_others(firm: Firm, boss: Door) -> None:
    assert _guide(boss, needs={"required": ["next_step", "contact"]}).status_code == 200
    kept = [("hidden", []), ("read", []), ("edit", ["next_step"])]
    for right, asked in kept:
        make_role(
            boss, right, objects={"*": ALL}, fields={"opportunity": {"next_step": right, "contact": "hidden"}}
        )
        person = person_with(firm, boss, right)
        deal = made(boss, "opportunity", name=right)
        moved = _move(person, deal, "needs")
        assert ([field for field, _ in _said(moved)] if asked else moved.status_code) == (asked or 200), (
            moved.data
        )
    deal = made(boss, "opportunity", name="一单")
    assert [field for field, _ in _said(_move(boss, deal, "needs"))] == ["next_step", "contact"]


def test_the_exit_of_a_stage_and_the_way_back(boss: Door) -> None:
    answer = _guide(
        boss,
        needs={"back": "none", "exit": {"filter": {"field": "customer.name", "op": "is_not_empty"}}},
        negotiation={"back": "previous"},
        won={"back": "none"},
    )
    assert answer.status_code == 200, answer.data
    deal = made(boss, "opportunity", name="一单", stage="needs")
    assert _said(_move(boss, deal, "qualification")) == [("stage", "no_way_back")]
    assert _said(_move(boss, deal, "negotiation")) == [("stage", "gate")]
    customer = made(boss, "customer", name="恒拓")
    assert _move(boss, deal, "negotiation", customer=customer["id"]).status_code == 200
    assert _said(_move(boss, deal, "needs")) == [("stage", "no_way_back")]
    assert _move(boss, deal, "proposal").status_code == 200
    assert _move(boss, deal, "qualification").status_code == 200
    assert _move(boss, deal, WON).status_code == 200
    assert _said(_move(boss, deal, "contract")) == [("stage", "no_way_back")]


def test_every_door_is_held(firm: Firm, boss: Door) -> None:
    assert _guide(boss, proposal={"required": ["next_step"], "entry": BIG}).status_code == 200
    small = made(boss, "opportunity", name="小单", amount=10)
    large = made(boss, "opportunity", name="大单", amount=5000, next_step="报价")
    # Made there, by a person and by a program.
    refused = boss.post("/opportunity", {"name": "三单", "stage": "proposal"})
    assert _said(refused) == [("next_step", "required"), ("amount", "gate")]
    program = Door(token=firm.token())
    assert _said(program.post("/opportunity", {"name": "三单", "stage": "proposal"}))
    # Many at once: all or none.
    many = boss.post("/opportunity/bulk", {"op": "update", "ids": [small["id"], large["id"]],
                                           "set": {"stage": "proposal"}})  # fmt: skip
    assert many.status_code == 422, many.data
    assert {e["field"] for e in many.data["errors"]} == {"records.0.next_step", "records.0.amount"}
    assert boss.get(f"/opportunity/{large['id']}").data["stage"] == "qualification"
    # What is imported, row by row.
    with session(firm.workspace.id):
        ctx = replace(refreshed(firm.ctx), via=Via.IMPORT)
        with pytest.raises(Invalid):
            store.create(ctx, "opportunity", {"name": "旧单", "stage": "proposal", "amount": 5000})
        assert store.create(ctx, "opportunity", {"name": "旧单", "stage": "proposal", "amount": 5000,
                                                 "next_step": "报价"})["stage"] == "proposal"  # fmt: skip


def test_what_is_undone_goes_back_whatever_the_stages_ask(boss: Door) -> None:
    assert _guide(boss, proposal={"back": "none"}, qualification={"required": ["contact"]}).status_code == 200
    contact = made(boss, "contact", name="罗建国")
    deal = made(boss, "opportunity", name="一单", contact=contact["id"])
    done = boss.post(
        "/opportunity/bulk",
        {"op": "update", "ids": [deal["id"]], "set": {"stage": "proposal", "contact": None}},
    )
    assert done.status_code == 200, done.data
    assert _said(_move(boss, deal, "qualification")) == [("stage", "no_way_back")]
    undone = boss.post("/opportunity/bulk", {"op": "undo", "batch": done.data["batch"]})
    assert undone.status_code == 200, undone.data
    assert boss.get(f"/opportunity/{deal['id']}").data["stage"] == "qualification"


def test_entering_a_stage_makes_its_tasks_once_and_keeps_where_a_deal_stood(firm: Firm, boss: Door) -> None:
    quote = {"subject": {"zh-CN": "出报价单", "en": "Write the quote"}, "due_days": 2}
    assert _guide(boss, proposal={"tasks": [quote]}).status_code == 200
    rep = firm.add("林销售", Role.MEMBER)
    deal = made(boss, "opportunity", name="一单", owner=str(rep.id))
    assert _move(boss, deal, "proposal").status_code == 200
    (task,) = boss.get("/task").data["data"]
    assert (task["subject"], task["owner"]["id"], task["opportunity"]["id"]) == (
        "出报价单",
        str(rep.id),
        deal["id"],
    )
    assert _move(boss, deal, "needs").status_code == 200
    assert _move(boss, deal, "proposal").status_code == 200
    assert len(boss.get("/task").data["data"]) == 1
    with session(firm.workspace.id):
        rows = StageStay.objects.filter(deal_id=deal["id"]).order_by("left_at", "id")
        assert [(row.stage, row.next_stage) for row in rows] == [
            ("qualification", "proposal"), ("proposal", "needs"), ("needs", "proposal"),
        ]  # fmt: skip
        store.create(
            replace(refreshed(firm.ctx), via=Via.IMPORT), "opportunity", {"name": "旧单", "stage": "proposal"}
        )
    assert len(boss.get("/task").data["data"]) == 1


def test_the_forecast_follows_the_stage_until_somebody_says_otherwise(boss: Door) -> None:
    assert _guide(boss, needs={"forecast": "best_case"}).status_code == 200
    deal = made(boss, "opportunity", name="一单", expected_close_date="2027-01-31", start_date="2026-01-01")
    assert (deal["forecast_category"], deal["close_pushes"], deal["cycle_days"]) == ("pipeline", None, None)
    assert _move(boss, deal, "needs").data["forecast_category"] == "best_case"
    assert (
        _move(boss, deal, "contract", expected_close_date="2027-02-28").data["forecast_category"] == "commit"
    )
    chosen = _move(boss, deal, "contract", forecast_category="omitted", expected_close_date="2027-02-01").data
    assert (chosen["forecast_category"], chosen["close_pushes"]) == ("omitted", 1)
    kept = _move(boss, deal, "negotiation", expected_close_date="2027-03-01").data
    assert (kept["forecast_category"], kept["close_pushes"]) == ("omitted", 2)
    won = _move(boss, deal, WON, close_date="2026-02-15", win_reason="price").data
    assert (won["forecast_category"], won["cycle_days"]) == ("commit", 45)
    again = _move(boss, deal, "proposal").data
    assert (again["forecast_category"], again["cycle_days"], again["win_reason"]) == ("pipeline", None, None)


def test_a_stage_with_deals_goes_once_it_is_said_where_they_go(boss: Door) -> None:
    row = _pipeline(boss)
    one = made(boss, "opportunity", name="一单", stage="needs")
    binned = made(boss, "opportunity", name="二单", stage="needs")
    assert boss.delete(f"/opportunity/{binned['id']}", {"version": binned["version"]}).status_code == 204
    left = [stage for stage in row["stages"] if stage["key"] != "needs"]
    refused = boss.patch(f"/pipelines/{row['id']}", {"stages": left})
    assert (refused.status_code, refused.data["code"]) == (409, "stage_in_use")
    assert refused.data["stages"] == [
        {"key": "needs", "name": {"zh-CN": "需求确认", "en": "Needs analysis"}, "count": 2}
    ]
    assert "Needs analysis (2)" in refused.data["detail"]
    for wrong in ({"needs": "nowhere"}, {"needs": "needs"}, ["needs"], {"needs": 5}):
        assert boss.patch(f"/pipelines/{row['id']}", {"stages": left, "move": wrong}).status_code == 422
    done = boss.patch(f"/pipelines/{row['id']}", {"stages": left, "move": {"needs": "proposal"}})
    assert done.status_code == 200, done.data
    moved = boss.get(f"/opportunity/{one['id']}").data
    assert (moved["stage"], moved["probability"]) == ("proposal", 50)
    restored = boss.post("/opportunity/bulk", {"op": "restore", "ids": [binned["id"]]})
    assert restored.status_code == 200, restored.data
    assert boss.get(f"/opportunity/{binned['id']}").data["stage"] == "proposal"
    for nothing in ([], left[:1], None, "x"):
        assert boss.patch(f"/pipelines/{row['id']}", {"stages": nothing}).status_code == 422


BAD: list[tuple[dict[str, Any], str]] = [
    ({"required": ["status"]}, "required"),
    ({"required": ["no_such"]}, "required"),
    ({"required": "amount"}, "required"),
    ({"required": ["amount"] * 40}, "required"),
    ({"entry": {"filter": {"field": "nope", "op": "is", "value": 1}}}, "entry.filter.field"),
    ({"entry": {"filter": {"field": "amount", "op": "gte", "value": "much"}}}, "entry.filter.value"),
    ({"entry": {"message": {"en": "x"}}}, "entry"),
    ({"exit": [1]}, "exit"),
    ({"checklist": [{"name": ""}]}, "checklist.0"),
    ({"checklist": [{"name": "a"}, 5]}, "checklist.1"),
    ({"checklist": [{"name": "a" * 101}]}, "checklist.0"),
    ({"tasks": [{"subject": "a", "due_days": -1}]}, "tasks.0"),
    ({"tasks": [{"subject": "a", "due_days": True}]}, "tasks.0"),
    ({"playbook": {"zh-CN": "x" * 5001}}, "playbook"),
    ({"playbook": {"zh-CN": "a\x00b"}}, "playbook"),
    ({"back": "somewhere"}, "back"),
    ({"forecast": "sure"}, "forecast"),
    ({"colour": "red"}, "colour"),
]


def test_what_a_stage_cannot_ask_is_named(firm: Firm, boss: Door) -> None:
    for guide, where in BAD:
        answer = _guide(boss, needs=guide)
        assert answer.status_code == 422, (guide, answer.data)
        assert answer.data["errors"][0]["field"].startswith(f"stages.1.guide.{where}"), (guide, answer.data)
    assert all(stage["guide"] == {} for stage in _pipeline(boss)["stages"])
    rep = firm.door(firm.add("林销售", Role.MEMBER))
    assert _guide(rep, needs={"back": "none"}).status_code == 403


def test_conditions_are_told_to_who_sets_them_up_and_keep_their_fields(firm: Firm, boss: Door) -> None:
    assert _guide(boss, needs={"entry": BIG, "required": ["next_step"]}).status_code == 200
    rep = firm.door(firm.add("林销售", Role.MEMBER))
    (entry,) = [s["guide"]["entry"] for s in _pipeline(rep)["stages"] if s["guide"]]
    assert entry == {"message": BIG["message"]}
    assert "guide" not in json.dumps(boss.get("/meta/objects/opportunity").data)
    custom = boss.post(
        "/meta/objects/opportunity/fields", {"key": "depth", "type": "number", "label": "深度"}
    )
    assert custom.status_code == 201, custom.data
    assert _guide(boss, proposal={"required": ["depth"]}).status_code == 200
    refused = boss.delete("/meta/objects/opportunity/fields/depth")
    assert (refused.status_code, refused.data["code"]) == (409, "in_use")
    document = boss.get("/configuration").data
    (kept,) = [s["guide"] for s in document["pipelines"][0]["stages"] if s["key"] == "proposal"]
    assert kept == {"required": ["depth"]}


def test_of_two_people_at_one_pipeline_the_second_is_told_by_whom(boss: Door, firm: Firm) -> None:
    seen = _pipeline(boss)
    path = f"/pipelines/{seen['id']}"
    other = firm.door(firm.add("李雷", Role.ADMIN))
    changed = other.patch(path, {"stages": seen["stages"][1:], "version": seen["version"]})
    assert changed.status_code == 200, changed.data
    late = boss.patch(path, {"stages": seen["stages"], "version": seen["version"]})
    assert (late.status_code, late.data["code"]) == (409, "stale_version")
    assert "李雷" in late.data["detail"]
    assert _pipeline(boss)["stages"] == changed.data["stages"], "nothing of the late change is kept"
    field = boss.post("/meta/objects/opportunity/fields", {"type": "text", "label": "Other"})
    assert field.status_code == 201
    kept = boss.patch(path, {"name": "改名", "version": changed.data["version"]})
    assert kept.status_code == 200, "what is not about pipelines is nobody's conflict"
    (latest, *_) = boss.get("/meta/objects/opportunity/changes").data["data"]
    assert (latest["action"], latest["changes"]["name"][1]["en"]) == ("pipeline_changed", "改名")
