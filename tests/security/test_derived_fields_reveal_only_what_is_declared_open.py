"""Rollups count all records and formulas read all fields: for who may not see those, they are not there."""

from typing import Any

import pytest

from tests.engine.access.people import ALL, make_role, person_with
from tests.firms import Door, Firm, run_jobs

OWN = ALL | {verb: "own" for verb, reach in ALL.items() if reach == "all"}
SECRET = "北海机密报修"


def _visits(boss: Door, **rollup: Any) -> tuple[str, str]:
    """An object whose records link to a customer, and a customer that the member owns; gives their ids."""
    assert boss.post("/meta/objects", {"key": "visit", "label": "Visit"}).status_code == 201
    link = {"key": "firm", "type": "link", "label": "Firm", "target": "customer"}
    assert boss.post("/meta/objects/visit/fields", link).status_code == 201
    text = {"key": "report", "type": "text", "label": "Report"}
    assert boss.post("/meta/objects/visit/fields", text).status_code == 201
    config = {"object": "visit", "field": "firm", "op": "joined", "measure": "report"}
    body = {"key": "reports", "type": "rollup", "label": "Reports", "config": config} | rollup
    made = boss.post("/meta/objects/customer/fields", body)
    assert made.status_code == 201, made.data
    customer = boss.post("/customer", {"name": "中山公司"}).data["id"]
    visit = boss.post("/visit", {"name": "回访", "firm": customer, "report": SECRET}).data["id"]
    assert boss.get(f"/customer/{customer}").data["reports"] == SECRET
    return str(customer), str(visit)


def _has(door: Door, customer: str) -> bool:
    """Whether the rollup is there, and is so in every way of asking."""
    record = door.get(f"/customer/{customer}")
    found = "reports" in record.data
    assert (SECRET in record.content.decode()) == found
    tree = {"field": "reports", "op": "contains", "value": SECRET}
    for body in ({"filter": tree}, {"sort": "reports"}, {"fields": ["reports"]}):
        assert door.post("/customer/query", body).status_code == (200 if found else 422), body
    told = door.get("/meta/objects/customer").data["fields"]
    assert ("reports" in {f["key"] for f in told}) == found
    return found


def test_a_rollup_over_records_that_one_does_not_see_is_not_there(firm: Firm) -> None:
    boss = firm.door()
    customer, visit = _visits(boss)
    make_role(boss, "sells", objects={"*": OWN, "customer": ALL})
    door = person_with(firm, boss, "sells")
    assert door.get(f"/visit/{visit}").status_code == 404
    assert not _has(door, customer)
    make_role(boss, "visits", objects={"visit": ALL})
    assert _has(person_with(firm, boss, "sells", "visits"), customer)


@pytest.mark.parametrize("right", ["hidden", "masked"])
def test_a_rollup_over_a_field_that_one_does_not_read_is_not_there(firm: Firm, right: str) -> None:
    boss = firm.door()
    customer, _ = _visits(boss)
    make_role(boss, "blind", objects={"*": ALL}, fields={"visit": {"report": right}})
    assert not _has(person_with(firm, boss, "blind"), customer)


def test_a_rollup_that_is_declared_open_is_there_for_everybody(firm: Firm) -> None:
    boss = firm.door()
    customer, _ = _visits(boss, reveals=True)
    make_role(boss, "sells", objects={"*": OWN, "customer": ALL}, fields={"visit": {"report": "hidden"}})
    door = person_with(firm, boss, "sells")
    assert _has(door, customer)
    design = {f["key"]: f for f in boss.get("/meta/objects/customer/design").data["fields"]}
    assert "reveals" in design["reports"]["settable"]
    assert "reveals" not in design["phone"]["settable"]
    assert boss.patch("/meta/objects/customer/fields/reports", {"reveals": False}).status_code == 200
    assert not _has(door, customer)


def test_a_formula_made_of_such_a_rollup_goes_with_it(firm: Firm) -> None:
    boss = firm.door()
    customer, _ = _visits(boss)
    body = {"key": "loud", "type": "formula", "label": "Loud", "config": {"expression": "UPPER(reports)"}}
    assert boss.post("/meta/objects/customer/fields", body).status_code == 201
    make_role(boss, "sells", objects={"*": OWN, "customer": ALL})
    answer = person_with(firm, boss, "sells").get(f"/customer/{customer}")
    assert SECRET not in answer.content.decode()
    assert "loud" not in answer.data
    assert boss.get(f"/customer/{customer}").data["loud"] == SECRET


def test_what_hangs_on_a_record_counts_for_who_sees_the_record(firm: Firm) -> None:
    boss = firm.door()
    config = {"object": "opportunity", "field": "customer", "op": "count"}
    body = {"key": "deals", "type": "rollup", "label": "Deals", "config": config}
    assert boss.post("/meta/objects/customer/fields", body).status_code == 201
    run_jobs()
    member = firm.add("小李")
    one = boss.post("/customer", {"name": "中山公司", "owner": str(member.id)}).data["id"]
    boss.post("/opportunity", {"name": "商机", "customer": one})
    assert firm.door(member).get(f"/customer/{one}").data["deals"] == 1
