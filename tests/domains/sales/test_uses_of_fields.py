"""What is set up in sales and asks for a field is named before the field goes, and does not break silently."""

from typing import Any

from tests.domains.conftest import Office
from tests.domains.sales.test_assignment import rule
from tests.domains.sales.test_plans import made as follow_up_plan
from tests.domains.sales.test_targets import plan
from tests.domains.sales.test_web_forms import FIELDS, form
from tests.firms import Door

NORTH = {"field": "branch", "op": "is", "value": "north"}


def kinds(door: Door, field: str) -> list[str]:
    """What uses a field, by its designer's page."""
    return [use["kind"] for use in door.get(f"/meta/objects/{field}/usage").data["data"]]


def test_what_asks_for_a_field_keeps_it_or_lets_it_go(office: Office) -> None:
    door = office.firm.door()
    for key in ("customer", "lead", "opportunity"):
        answer = door.post(f"/meta/objects/{key}/fields", {"key": "branch", "type": "text", "label": "分部"})
        assert answer.status_code == 201, answer.data
    rules: list[dict[str, Any]] = [{"kind": "no_follow_up", "days": 30, "filter": NORTH}]
    pool = door.post("/pools", {"object": "customer", "name": {"zh-CN": "北区"}, "rules": rules})
    assert pool.status_code == 201, pool.data
    follow_up_plan(door, condition=NORTH)
    rule(door, office.rep, filter=NORTH)
    asked = form(door, fields=[*FIELDS, {"key": "branch", "required": False}])
    plan(door, filter=NORTH)

    assert sorted(kinds(door, "customer/fields/branch")) == ["follow_up_plan", "pool"]
    assert sorted(kinds(door, "lead/fields/branch")) == ["assignment_rule", "web_form"]
    assert kinds(door, "opportunity/fields/branch") == ["target_plan"]
    for key in ("customer", "lead", "opportunity"):
        refused = door.delete(f"/meta/objects/{key}/fields/branch?detach=true")
        assert (refused.status_code, refused.data["code"]) == (409, "in_use"), key
        assert "北区" in refused.data["detail"] or key != "customer"
    assert len(door.get("/web-forms").data["forms"][0]["fields"]) == len(FIELDS) + 1, "all or nothing"

    (shared,) = door.get("/assignment").data["rules"]
    assert door.delete(f"/assignment/rules/{shared['id']}").status_code == 204
    assert door.delete("/meta/objects/lead/fields/branch").data["code"] == "in_use"
    assert door.delete("/meta/objects/lead/fields/branch?detach=true").status_code == 204
    (left,) = door.get("/web-forms").data["forms"]
    assert (left["fields"], left["version"]) == (FIELDS, asked["version"] + 1)


def test_a_field_that_a_pool_masks_is_named_and_may_change_its_type(office: Office) -> None:
    door = office.firm.door()
    assert (
        door.post(
            "/meta/objects/customer/fields", {"key": "hint", "type": "text", "label": "线索"}
        ).status_code
        == 201
    )
    pool = door.post("/pools", {"object": "customer", "name": {"zh-CN": "西区"}, "hidden_fields": ["hint"]})
    assert pool.status_code == 201, pool.data
    for refused in (
        door.delete("/meta/objects/customer/fields/hint?detach=true"),
        door.patch("/meta/objects/customer/fields/hint", {"hidden": True}),
    ):
        assert (refused.status_code, refused.data["code"]) == (409, "in_use"), refused.data
        assert "西区" in refused.data["detail"]
    assert (
        door.post("/meta/objects/customer/fields/hint/conversions", {"type": "long_text"}).status_code == 202
    )
