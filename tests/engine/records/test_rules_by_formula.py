"""Defaults and validations by formula: at every door, as a form shows them, counted before they are kept."""

from typing import Any

from guanxi.engine.tenancy.context import Role
from tests.engine.access.people import ALL, make_role, person_with
from tests.engine.records.test_form_states import drafted
from tests.engine.records.test_rules import change, door, job, rule, said, validation
from tests.firms import Door, Firm

__all__ = ["door"]


def must(door: Door, formula: str, field: str = "cost", **more: Any) -> dict[str, Any]:
    return validation(door, None, field, formula=formula, **more)


def starts_as(door: Door, field: str, formula: str, condition: Any = None) -> dict[str, Any]:
    return rule(door, [{"kind": "default", "field": field, "formula": formula}], condition)


def test_what_a_formula_says_must_be_true_is_held_at_every_door(door: Door) -> None:
    made = must(door, "Cost <= Count * 10")
    assert (made["formula"], made["condition"]) == ("cost <= count * 10", None)
    assert said(door.post("/job", {"name": "j", "count": 1, "cost": 11})) == [("cost", "rule_broken")]
    good = job(door, count=1, cost=10)
    assert said(change(door, good, count=0)) == [("cost", "rule_broken")], "what the formula reads counts"
    assert change(door, good, city="Bern").status_code == 200
    bulk = {"op": "create", "records": [{"name": "a", "count": 9, "cost": 1}, {"name": "b", "cost": 1}]}
    assert said(door.post("/job/bulk", bulk)) == [("records.1.cost", "rule_broken")]


def test_a_formula_without_an_answer_refuses_nothing(door: Door) -> None:
    must(door, "IF(ISBLANK(result), BLANK(), LEN(result) > 3)", "result")
    assert job(door)["result"] is None
    assert said(door.post("/job", {"name": "j", "result": "abc"})) == [("result", "rule_broken")]
    assert job(door, result="abcd")["result"] == "abcd"


def test_a_default_is_calculated_from_what_is_given_and_only_where_nothing_is(door: Door) -> None:
    starts_as(door, "cost", "count * 2.5")
    starts_as(
        door, "result", 'CONCAT(customer.name, " / ", kind)', {"field": "customer", "op": "is_not_empty"}
    )
    starts_as(door, "state", 'IF(count > 5, "waiting", "open")')
    customer = door.post("/customer", {"name": "北方机械"}).data["id"]
    made = job(door, count=6, customer=customer, kind="sale")
    assert (made["cost"], made["result"], made["state"]) == (15.0, "北方机械 / sale", "waiting")
    assert job(door, count=6, cost=1)["cost"] == 1.0
    assert change(door, job(door, count=1), count=4).data["cost"] == 2.5, "a default is for new records"
    shown = drafted(door, {"count": 3})["fields"]
    assert (shown["cost"]["default"], shown["state"]["default"]) == (7.5, "open")
    rows = {"op": "create", "records": [{"name": str(n), "count": n} for n in range(3)]}
    assert door.post("/job/bulk", rows).status_code == 200
    listed = door.get("/job?fields=name,count,cost&sort=name&limit=3").data["data"]
    assert [row["cost"] for row in listed] == [0.0, 2.5, 5.0]


def test_what_a_default_comes_to_is_left_out_where_the_field_does_not_take_it(door: Door) -> None:
    starts_as(door, "state", 'CONCAT("no such ", "option")')
    starts_as(door, "cost", "count / 0")
    made = job(door, count=1)
    assert (made["state"], made["cost"]) == (None, None)


def test_nobody_learns_through_a_formula_what_they_may_not_see(door: Door, firm: Firm) -> None:
    starts_as(door, "result", "customer.name")
    must(door, 'customer.name <> "秘密公司"', "customer")
    hidden = door.post("/customer", {"name": "秘密公司"}).data["id"]
    assert said(door.post("/job", {"name": "j", "customer": hidden})) == [("customer", "rule_broken")]
    low = firm.door(firm.add("小李", Role.MEMBER))
    state = drafted(low, {"customer": hidden})
    assert "default" not in state["fields"]["result"]
    assert all(error["code"] != "rule_broken" for error in state["errors"])


def test_the_designer_counts_who_would_fail_and_tries_the_formula(door: Door) -> None:
    for n in range(1, 5):
        job(door, cost=n, count=3)
    job(door)
    body = {"formula": "cost < count", "field": "cost", "message": {"zh-CN": "x", "en": "x"}}
    seen = door.post("/meta/objects/job/validations/preview", body).data
    assert (seen["failing"], seen["total"]["value"]) == ({"value": 3, "exact": True}, 5), "0 < 0 is not true"
    assert len(seen["examples"]) == 3
    wrong = seen["examples"][0]["id"]
    assert door.post("/meta/objects/job/validations/preview", body | {"record": wrong}).data["test"]["holds"]


def test_what_cannot_be_a_rule_by_formula_is_refused_with_its_place(door: Door) -> None:
    def refused(kind: str, **body: Any) -> list[tuple[str, str]]:
        return said(door.post(f"/meta/objects/job/{kind}", body))

    message = {"message": {"zh-CN": "x", "en": "x"}, "field": "cost"}
    assert refused("validations", formula="cost * 2", **message) == [("formula", "wrong_result")]
    assert refused("validations", formula="nope > 2", **message) == [("formula", "unknown_field")]
    assert refused("validations", formula="cost > " + "1" * 11_000, **message) == [("formula", "too_long")]
    assert refused("validations", **message) == [("condition", "required")]
    both = {"formula": "cost > 1", "condition": {"field": "cost", "op": "gt", "value": 2}}
    assert refused("validations", **both, **message) == [("formula", "not_possible")]
    default = {"kind": "default", "field": "cost"}
    for formula, code in (("cost + 1", "ring"), ('"text"', "wrong_result"), (7, "wrong_type")):
        assert refused("rules", effects=[default | {"formula": formula}]) == [("effects.0", code)]
    link = {"kind": "default", "field": "customer", "formula": "customer.name"}
    assert refused("rules", effects=[link]) == [("effects.0", "not_possible")]


def test_a_validation_turns_from_condition_to_formula_and_back(door: Door) -> None:
    made = validation(door, {"field": "cost", "op": "gt", "value": 5}, "cost")
    path = f"/meta/objects/job/validations/{made['id']}"
    turned = door.patch(path, {"formula": "cost <= 9", "version": 1}).data
    assert (turned["condition"], turned["formula"]) == (None, "cost <= 9")
    assert job(door, cost=8)["cost"] == 8.0
    assert door.patch(path, {"formula": "", "version": 2}).status_code == 422
    back = door.patch(path, {"condition": made["condition"], "version": 2}).data
    assert (back["condition"], back["formula"]) == (made["condition"], "")


def test_a_field_that_a_rules_formula_reads_says_so_before_it_is_deleted(door: Door) -> None:
    must(door, "cost <= count * 10")
    starts_as(door, "result", "city")
    for key in ("count", "city"):
        uses = door.get(f"/meta/objects/job/fields/{key}/usage").data["data"]
        assert {use["kind"] for use in uses} & {"rule", "validation"}, uses


def test_the_data_review_counts_what_breaks_a_formula_and_opens_it(door: Door) -> None:
    wrong = job(door, cost=20, count=1)["id"]
    job(door, cost=2, count=1)
    check = must(door, "cost <= count * 10")["id"]
    review = door.get("/quality/job").data
    assert [(found["broken"], found["filter"]) for found in review["rules"]] == [(1, None)]
    assert door.post("/quality/job/measure", {}).status_code == 200
    opened = door.get(f"/quality/job/worklist?check=broken&field={check}").data
    assert opened == {"filter": {"field": "id", "op": "in", "value": [wrong]}, "complete": True}


def test_what_a_role_may_not_read_counts_in_rules_and_tells_no_value(door: Door, firm: Firm) -> None:
    must(door, "cost >= count")
    validation(door, {"field": "count", "op": "gt", "value": 100}, "count")
    rule(door, [{"kind": "require", "fields": ["city"]}], {"field": "count", "op": "is", "value": 7})
    starts_as(door, "result", "CONCAT(count)")
    floor = job(door, count=7, cost=9, city="Bern")
    for key, right in (("veiled", "masked"), ("kept", "hidden")):
        make_role(door, key, objects={"*": ALL}, fields={"job": {"count": right}})
        low = person_with(firm, door, key)
        assert said(low.patch(f"/job/{floor['id']}", {"cost": 5, "version": 1})) == [
            ("cost", "rule_broken")
        ], key
        assert said(low.patch(f"/job/{floor['id']}", {"city": None, "version": 1})) == [
            ("city", "required")
        ], key
        assert (
            low.post("/job/query", {"filter": {"field": "count", "op": "is", "value": 7}}).status_code == 422
        )
        state = low.post("/job/draft", {"values": {"cost": 5}, "record": floor["id"]}).data
        assert [(e["field"], e["code"]) for e in state["errors"]] == [("cost", "rule_broken")]
        assert "default" not in state["fields"].get("result", {})
        assert low.post("/job", {"name": "n", "cost": 9}).data["result"] is None


def test_what_a_role_may_not_fill_in_is_not_required_of_it(door: Door, firm: Firm) -> None:
    made = door.post(
        "/meta/objects/job/fields", {"key": "floor", "type": "number", "label": "Floor", "required": True}
    )
    assert made.status_code == 201
    rule(door, [{"kind": "require", "fields": ["result"]}], {"field": "state", "op": "is", "value": "done"})
    for right in ("read", "masked", "hidden"):
        make_role(door, right, objects={"*": ALL}, fields={"job": {"floor": right, "result": right}})
        low = person_with(firm, door, right)
        made = low.post("/job", {"name": "n", "state": "open"})
        assert made.status_code == 201, made.data
        done = low.patch(f"/job/{made.data['id']}", {"state": "done", "version": 1})
        assert done.status_code == 200, done.data
        state = low.post("/job/draft", {"values": {"name": "n", "state": "done"}}).data
        assert state["errors"] == []
        assert not any(found["required"] for found in state["fields"].values() if found["readonly"])
        assert said(low.post("/job", {"name": ""})) == [("name", "required")]
        # Who may fill it in is asked as before.
        assert said(door.post("/job", {"name": "n"})) == [("floor", "required")]
        assert said(door.post("/job", {"name": "n", "floor": 1, "state": "done"})) == [("result", "required")]


def test_a_choice_that_is_not_allowed_is_not_named_to_who_may_not_see_it(door: Door, firm: Firm) -> None:
    limits = [{"kind": "options", "field": "state", "options": ["open"]}]
    made = job(door, state="waiting")
    rule(door, limits, {"field": "city", "op": "is", "value": "Bern"})
    make_role(door, "kept", objects={"*": ALL}, fields={"job": {"state": "hidden"}})
    low = person_with(firm, door, "kept")
    refused = low.patch(f"/job/{made['id']}", {"city": "Bern", "version": 1})
    assert said(refused) == [("state", "option_not_allowed")]
    assert "waiting" not in refused.content.decode().lower()
    assert "waiting" in change(door, made, city="Bern").content.decode()
